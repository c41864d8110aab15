//! What a category rests on: its sources, each once however many pages cite it, and which findings rest on each.

use std::collections::HashMap;

use super::{Category, DocumentId, Site};
use crate::content::citation::Citation;
use crate::content::value::dates::{self, Day};
use crate::ids;

/// After how many months a source is marked as ageing, where the site file does not say.
const MAX_AGE_MONTHS: u32 = 12;

/// The sources of a category.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The sources in the order of their names.
    pub sources: Vec<Source>,
    of_footnote: HashMap<(DocumentId, usize), usize>,
}

/// A source, once.
#[derive(Debug, Clone)]
pub struct Source {
    /// What makes it this source: its address without what does not matter in it.
    pub key: String,
    /// Its anchor on the page of sources.
    pub anchor: String,
    /// What its fullest footnote names.
    pub citation: Citation,
    /// The text of that footnote.
    pub text: String,
    /// The latest day on which it was read.
    pub read: Option<Day>,
    /// Where it is cited.
    pub uses: Vec<Use>,
}

/// A place at which a source is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The document.
    pub document: DocumentId,
    /// Its footnote.
    pub footnote: usize,
    /// The sections that cite it.
    pub sections: Vec<usize>,
}

impl Site {
    /// What a category rests on.
    pub fn evidence(&self, category: &Category) -> &Evidence {
        let id = self.pages[category.page].category.unwrap_or_default();
        self.evidence[id].get_or_init(|| self.collect_evidence(id))
    }

    /// The source that a footnote of a document names, where the document belongs to a category.
    pub fn source_of(&self, document: DocumentId, footnote: usize) -> Option<(&Category, &Source)> {
        let category = self.category_of(self.page_of(document))?;
        let evidence = self.evidence(category);
        let at = *evidence.of_footnote.get(&(document, footnote))?;
        Some((category, &evidence.sources[at]))
    }

    /// Whether a source read on a day has to be read again.
    pub fn is_ageing(&self, read: Option<Day>) -> bool {
        let limit = self.site_file.source_max_age_months.unwrap_or(MAX_AGE_MONTHS);
        self.today.0 > 0 && read.is_some_and(|read| dates::months_between(read, self.today) >= limit)
    }

    fn collect_evidence(&self, category: usize) -> Evidence {
        let mut evidence = Evidence::default();
        let mut known: HashMap<String, usize> = HashMap::new();
        let documents = (0..self.documents.len()).filter(|&id| self.pages[self.page_of(id)].category == Some(category));
        for document in documents {
            let sections = &self.documents[document].sections;
            let mut citing: HashMap<usize, Vec<usize>> = HashMap::new();
            for (section, found) in sections.iter().enumerate() {
                for &footnote in &found.cites {
                    let list = citing.entry(footnote).or_default();
                    if list.last() != Some(&section) {
                        list.push(section);
                    }
                }
            }
            for (footnote, note) in self.documents[document].footnotes.iter().enumerate() {
                let Some(sections) = citing.remove(&footnote) else { continue };
                let key = note.citation.key();
                let at = *known.entry(key.clone()).or_insert_with(|| {
                    evidence.sources.push(Source::new(key, &note.citation, &note.text));
                    evidence.sources.len() - 1
                });
                evidence.sources[at].take(&note.citation, &note.text);
                evidence.sources[at].uses.push(Use { document, footnote, sections });
            }
        }
        evidence.order();
        evidence
    }
}

impl Evidence {
    /// Orders the sources by name and numbers the footnotes' ways to them.
    fn order(&mut self) {
        self.sources.sort_by_cached_key(|source| (source.citation.name().to_lowercase(), source.key.clone()));
        let mut anchors = ids::Unique::default();
        for (at, source) in self.sources.iter_mut().enumerate() {
            source.anchor = anchors.claim(&format!("source-{}", ids::slug(&source.key.replace('/', "-"))));
            for place in &source.uses {
                self.of_footnote.insert((place.document, place.footnote), at);
            }
        }
    }
}

impl Source {
    fn new(key: String, citation: &Citation, text: &str) -> Self {
        let (citation, text) = (citation.clone(), text.to_owned());
        Self { key, anchor: String::new(), read: citation.read, citation, text, uses: Vec::new() }
    }

    /// Takes over what another footnote of the same source says better: more of it, or a later day.
    fn take(&mut self, citation: &Citation, text: &str) {
        self.read = self.read.max(citation.read);
        let known = |citation: &Citation| {
            [
                !citation.author.is_empty(),
                !citation.title.is_empty(),
                !citation.version.is_empty(),
                citation.read.is_some(),
            ]
            .into_iter()
            .filter(|known| *known)
            .count()
        };
        if known(citation) > known(&self.citation) {
            self.citation = citation.clone();
            text.clone_into(&mut self.text);
        }
    }
}
