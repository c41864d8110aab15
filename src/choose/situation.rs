//! Situations that a category describes, each with the weights and must-haves that fit it.
//!
//! They stand in the category's document under a heading "Situations": a heading each, under it a metadata
//! block with the lines `Weights` and `Must`, then words on why.

use std::borrow::Cow;

use super::question::Question;
use crate::content::metadata::Fact;
use crate::content::sections::Body;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids;
use crate::site::{Category, Site};

/// The heading under which situations stand.
const HEADING: &str = "situations";

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
        let mut all = Vec::new();
        for category in &site.categories {
            let document = &site.documents[category.document];
            for section in sections(site, category) {
                let Some(situation) = Situation::read(site, category, section) else { continue };
                let line = document.sections[section].facts.first().map_or(1, |fact| fact.line);
                let warn =
                    |note: String| Diagnostic::new(Severity::Warning, "situation", document.path.as_str(), line, note);
                all.extend(situation.question.notes.into_iter().map(warn));
            }
        }
        all
    }

    fn read(site: &'s Site, category: &Category, section: usize) -> Option<Self> {
        let found = &site.documents[category.document].sections[section];
        let line = |slug: &str| found.facts.iter().find(|fact| fact.slug == slug).map(|fact: &Fact| fact.text.as_str());
        let (weights, must) = (line("weights"), line("must"));
        if weights.is_none() && must.is_none() {
            return None;
        }
        let mut question = Question::open(category);
        question.read_weights(category, weights.unwrap_or_default());
        let must = must.unwrap_or_default().split(';').map(|must| (Cow::from("must"), Cow::from(must)));
        question.read_must(site, category, must);
        let says = if let Body::Written { lead_text, .. } = &found.body { lead_text.trim() } else { "" };
        Some(Self { title: &found.title, says, url: site.href(category.document, section), question })
    }
}

/// The sections below the heading under which situations stand.
fn sections(site: &Site, category: &Category) -> Vec<usize> {
    let document = &site.documents[category.document];
    let above = document.sections.iter().position(|section| ids::slug(&section.title) == HEADING);
    above.map(|above| document.children(above).collect()).unwrap_or_default()
}
