//! Situations that a category describes, each with the weights and must-haves that fit it.
//!
//! They stand in the category's document under a heading "Situations": a heading each, under it a metadata
//! block with the lines `Weights` and `Must`, then words on why.

use std::borrow::Cow;

use super::question::Question;
use crate::content::metadata::Fact;
use crate::content::sections::Section;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids;
use crate::site::{Category, Site};

/// The slug of the heading under which situations stand.
const HEADING: &str = "situations";
/// The line that says how much criteria weigh.
const WEIGHTS: &str = "weights";
/// The line that says what a framework must have.
const MUST: &str = "must";
const WEIGHTS_HELP: &str = "write declared criteria with numbers from 0 to 10: `Performance 5, Scalability 3`";
const MUST_HELP: &str = "write a declared fact and what it has to be, more of them after a semicolon: `GPU scheduling: yes; Round trip < 5 ms`";

/// A situation with the question it asks.
#[derive(Debug)]
pub struct Situation<'s> {
    /// What it is called.
    pub title: &'s str,
    /// Its first paragraph as plain text; may be empty.
    pub says: &'s str,
    /// Where it is described.
    pub url: String,
    /// What it asks.
    pub question: Question,
}

impl<'s> Situation<'s> {
    /// The situations of a category, in the order of its document.
    pub fn all(site: &'s Site, category: &Category) -> Vec<Self> {
        sections(site, category).into_iter().filter_map(|section| Self::read(site, category, section)).collect()
    }

    /// The situation of a name, or of words that only its name has.
    pub fn named(site: &'s Site, category: &Category, name: &str) -> Option<Self> {
        let slug = ids::slug(name);
        let mut fitting: Vec<_> = Self::all(site, category)
            .into_iter()
            .filter(|situation| ids::slug(situation.title).contains(&slug))
            .collect();
        let exact = fitting.iter().position(|situation| ids::slug(situation.title) == slug);
        match (exact, fitting.len()) {
            (Some(at), _) => Some(fitting.swap_remove(at)),
            (None, 1) => fitting.pop(),
            _ => None,
        }
    }

    /// What situations ask that cannot be answered, as warnings at their lines.
    pub fn diagnostics(site: &Site) -> Vec<Diagnostic> {
        site.categories.iter().flat_map(|category| Self::diagnostics_of(site, category)).collect()
    }

    /// The same for the situations of one category.
    pub fn diagnostics_of(site: &Site, category: &Category) -> Vec<Diagnostic> {
        let document = &site.documents[category.document];
        let lines = sections(site, category).into_iter().flat_map(|section| lines(&document.sections[section]));
        let told = lines.flat_map(|line| {
            let mut question = Question::open(category);
            read_line(&mut question, site, category, line);
            question.notes.into_iter().map(|note| {
                Diagnostic::new(
                    Severity::Warning,
                    "situation",
                    document.path.as_str(),
                    line.line,
                    note.trim_end_matches('.'),
                )
                .at_column(line.column)
                .help(if line.slug == WEIGHTS { WEIGHTS_HELP } else { MUST_HELP })
            })
        });
        told.collect()
    }

    fn read(site: &'s Site, category: &Category, section: usize) -> Option<Self> {
        let found = &site.documents[category.document].sections[section];
        let mut lines = lines(found).peekable();
        lines.peek()?;
        let mut question = Question::open(category);
        lines.for_each(|line| read_line(&mut question, site, category, line));
        let url = site.href(category.document, section);
        Some(Self { title: &found.title, says: found.lead_text().trim(), url, question })
    }
}

/// All that is wrong with the content of a site, also with what its situations ask; ordered by file and line.
pub fn diagnostics(site: &Site) -> Vec<Diagnostic> {
    let mut all = site.diagnostics();
    all.extend(Situation::diagnostics(site));
    all.sort_by(|a, b| a.place().cmp(&b.place()));
    all
}

/// The lines of a section that say what a situation asks.
fn lines(section: &Section) -> impl Iterator<Item = &Fact> {
    section.facts.iter().filter(|fact| [WEIGHTS, MUST].contains(&fact.slug.as_str()))
}

fn read_line(question: &mut Question, site: &Site, category: &Category, line: &Fact) {
    if line.slug == WEIGHTS {
        question.read_weights(category, &line.text);
    } else {
        let must = line.text.split(';').map(|must| (Cow::from(MUST), Cow::from(must)));
        question.read_must(site, category, must);
    }
}

/// The sections below the heading under which situations stand.
fn sections(site: &Site, category: &Category) -> Vec<usize> {
    let document = &site.documents[category.document];
    let above = document.sections.iter().position(|section| section.slug() == HEADING);
    above.map(|above| document.children(above).collect()).unwrap_or_default()
}
