//! What the index holds of a section: its title, what it lies in, its facts and its text.
//!
//! An entry borrows its texts from the document it shares, so that indexing copies none of them. Gaps
//! have no entry; the section a page starts at always has one, for the page's name.

use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document as TantivyDocument, ReferenceValue, ReferenceValueLeaf, Value};

use super::places::Place;
use super::shard::Lengths;
use super::terms::{FIELD, Part};
use crate::content::metadata::{Fact, FactState};
use crate::content::sections::{Document, Section};
use crate::site::{DocumentId, PageId, PageKind, Site};

/// Bytes of text that make up for one word, when only its length is asked for.
const BYTES_OF_A_WORD: usize = 6;

/// What the entries of one page share.
#[derive(Debug)]
pub(super) struct PageNames {
    /// The page's title.
    title: String,
    /// The last segments of its address and of those it had before, which may name it differently.
    slugs: Vec<String>,
    /// The titles of the pages above it, without the home page unless that is a category.
    above: Vec<String>,
    /// The section it starts at.
    start: usize,
    /// What the category says that findings are about, by section.
    meanings: Vec<(usize, String)>,
}

/// One section as it is indexed.
pub(super) struct Entry {
    document: Arc<Document>,
    section: usize,
    page: Arc<PageNames>,
}

impl PageNames {
    pub(super) fn of(site: &Site, page: PageId) -> Self {
        Self {
            title: site.pages[page].title.clone(),
            slugs: slugs(site, page).collect(),
            above: pages_above(site, page).map(|above| site.pages[above].title.clone()).collect(),
            start: site.pages[page].section,
            meanings: meanings(site, page),
        }
    }

    fn meaning(&self, section: usize) -> Option<&str> {
        self.meanings.iter().find(|(of, _)| *of == section).map(|(_, meaning)| meaning.as_str())
    }
}

/// The last segments of a page's address and of its old addresses.
pub(super) fn slugs(site: &Site, page: PageId) -> impl Iterator<Item = String> + '_ {
    let shown = &site.pages[page];
    let document = shown.document.map(|id| &site.documents[id]).filter(|document| {
        shown.section == document.title_section || shown.section == 0 // else it is a part of a larger file
    });
    let aliases = document.map(|document| document.aliases.as_slice()).unwrap_or_default();
    std::iter::once(shown.url.as_str()).chain(aliases.iter().map(String::as_str)).map(|url| {
        let slug = url.trim_matches('/').rsplit('/').next().unwrap_or_default();
        percent_encoding::percent_decode_str(slug).decode_utf8_lossy().into_owned()
    })
}

/// What the category says of the criterion of each finding on a page, and of the facts that it states.
fn meanings(site: &Site, page: PageId) -> Vec<(usize, String)> {
    let PageKind::Framework(index) = site.pages[page].kind else { return Vec::new() };
    let Some(category) = site.category_of(page) else { return Vec::new() };
    let framework = &category.frameworks[index];
    let document = &site.documents[framework.document];
    let findings = category.criteria.iter().zip(&framework.findings);
    findings
        .filter_map(|(criterion, finding)| {
            let section = finding.section?;
            let stated = |slug: &str| facts(&document.sections[section]).any(|fact| fact.slug == slug);
            let declared = criterion.facts.iter().filter(|fact| stated(&fact.slug));
            let texts = [criterion.description.as_str()].into_iter().chain(declared.map(|fact| &*fact.description));
            Some((section, texts.collect::<Vec<_>>().join("\n")))
        })
        .collect()
}

/// The pages above a page that name what it lies in, the topmost first.
fn pages_above(site: &Site, page: PageId) -> impl Iterator<Item = PageId> {
    site.ancestors(page).into_iter().filter(|&above| above != 0 || site.pages[above].category.is_some())
}

/// The names of what a section lies in: pages, then the headings above it on its page.
pub(super) fn path(site: &Site, document: DocumentId, section: usize, page: PageId) -> Vec<String> {
    let mut path: Vec<String> = pages_above(site, page).map(|above| site.pages[above].title.clone()).collect();
    if !is_top(site, section, page) {
        path.push(site.pages[page].title.clone());
        let sections = &site.documents[document].sections;
        path.extend(
            headings_above(sections, section, site.pages[page].section).map(|above| sections[above].title.clone()),
        );
    }
    path
}

/// Whether a section is the one its page starts at.
pub(super) fn is_top(site: &Site, section: usize, page: PageId) -> bool {
    section == site.pages[page].section
}

/// The headings above a section up to the one its page starts at, the topmost first.
fn headings_above(sections: &[Section], section: usize, top: usize) -> impl Iterator<Item = usize> {
    let above = std::iter::successors(Some(sections[section].parent), |&at| Some(sections[at].parent));
    let mut above: Vec<_> = above.take_while(|&at| at != 0 && at != top).collect();
    above.reverse();
    above.into_iter()
}

/// The sections of a document that have an entry.
pub(super) fn sections_with_entry<'s>(
    site: &'s Site,
    document: DocumentId,
    places: &'s [Place],
) -> impl Iterator<Item = (usize, PageId)> + 's {
    let pages = places.iter().map(|place| place.page as PageId).enumerate();
    pages.filter(move |&(section, page)| {
        // Text before the first heading belongs to the entry of the page.
        is_top(site, section, page) || (section != 0 && !site.is_gap(document, section))
    })
}

/// The facts of a section that say something.
pub(super) fn facts(section: &Section) -> impl Iterator<Item = &Fact> {
    section.facts.iter().filter(|fact| fact.state != FactState::Gap)
}

/// The texts of a section; at the top of a page also what stands before its heading.
pub(super) fn texts(document: &Document, section: usize, top: bool) -> impl Iterator<Item = &str> {
    let is_page = top && section == document.title_section;
    let description = document.description.as_deref().filter(|_| is_page);
    let before = Some(document.sections[0].text()).filter(|_| is_page && section != 0);
    let own = document.sections[section].text();
    description.into_iter().chain(before).chain([own]).filter(|text| !text.is_empty())
}

impl Entry {
    pub(super) fn new(document: Arc<Document>, section: usize, page: Arc<PageNames>) -> Self {
        Self { document, section, page }
    }

    /// About how many words there are in each part.
    pub(super) fn lengths(&self) -> Lengths {
        let mut lengths = Lengths::default();
        let mut part = Part::Body;
        self.values(&mut |value| match value {
            Piece::Part(next) => part = next,
            Piece::Text(text) => {
                let words = match part {
                    Part::Meaning | Part::Facts | Part::Body => text.len() / BYTES_OF_A_WORD,
                    _ => text.split_whitespace().count(),
                };
                let length = &mut lengths[part as usize];
                *length = length.saturating_add(u16::try_from(words).unwrap_or(u16::MAX));
            }
        });
        lengths
    }

    /// All texts of the entry, each group after the part it belongs to.
    fn values<'a>(&'a self, push: &mut impl FnMut(Piece<'a>)) {
        let sections = &self.document.sections;
        let section = &sections[self.section];
        let top = self.section == self.page.start;
        if top {
            push(Piece::Part(Part::Name));
            push(Piece::Text(&self.page.title));
            self.page.slugs.iter().for_each(|slug| push(Piece::Text(slug)));
        }
        push(Piece::Part(Part::Title));
        push(Piece::Text(&section.title));
        push(Piece::Part(Part::Path));
        self.page.above.iter().for_each(|title| push(Piece::Text(title)));
        if !top {
            push(Piece::Text(&self.page.title));
            let headings = headings_above(sections, self.section, self.page.start);
            headings.for_each(|above| push(Piece::Text(&sections[above].title)));
        }
        push(Piece::Part(Part::Label));
        facts(section).for_each(|fact| push(Piece::Text(&fact.name)));
        push(Piece::Part(Part::Meaning));
        self.page.meaning(self.section).into_iter().for_each(|meaning| push(Piece::Text(meaning)));
        push(Piece::Part(Part::Facts));
        facts(section).for_each(|fact| push(Piece::Text(&fact.text)));
        section.rating.iter().for_each(|rating| push(Piece::Text(&rating.reason_text)));
        push(Piece::Part(Part::Body));
        texts(&self.document, self.section, top).for_each(|text| push(Piece::Text(text)));
    }
}

/// A text, or the part that the texts after it belong to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    Part(Part),
    Text(&'a str),
}

impl TantivyDocument for Entry {
    type Value<'a> = Piece<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, Piece<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let mut values = Vec::with_capacity(16);
        self.values(&mut |piece| values.push((FIELD, piece)));
        values.into_iter()
    }
}

impl<'a> Value<'a> for Piece<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        let text = match *self {
            Self::Part(part) => part.announcement(),
            Self::Text(text) if Part::announced(text).is_some() => "",
            Self::Text(text) => text,
        };
        ReferenceValue::Leaf(ReferenceValueLeaf::Str(text))
    }
}
