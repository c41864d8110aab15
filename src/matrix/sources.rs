//! The sources that a cell cites, with the number a page shows them by and where they lead.

use serde::Serialize;

use super::cell::Cell;
use crate::content::value::dates;
use crate::site::{DocumentId, Site};

/// A source that a cell cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source<'s> {
    /// Its number on the page of the framework.
    pub number: usize,
    /// What the footnote says, as plain text.
    pub text: &'s str,
    /// The first address it gives.
    pub url: Option<&'s str>,
    /// Who wrote it; may be empty.
    pub author: &'s str,
    /// What it is called; may be empty.
    pub title: &'s str,
    /// The day on which it was read, in ISO 8601.
    pub read: Option<String>,
    /// Whether that was long ago.
    pub ageing: bool,
}

impl<'s> Source<'s> {
    /// The sources of a cell whose framework stands in a document, in the order in which it cites them.
    pub fn of_cell(site: &'s Site, document: DocumentId, cell: &Cell) -> Vec<Self> {
        cell.cites().into_iter().filter_map(|footnote| Self::of_footnote(site, document, footnote)).collect()
    }

    fn of_footnote(site: &'s Site, document: DocumentId, footnote: usize) -> Option<Self> {
        let found = &site.documents[document];
        let note = found.footnotes.get(footnote)?;
        let mut links = note.html.links().filter_map(|link| found.links.get(link));
        let url = links.find(|link| !link.unsafe_url).map(|link| link.url.as_str());
        let citation = &note.citation;
        Some(Self {
            number: Site::source_number(footnote),
            text: note.text.trim(),
            url,
            author: &citation.author,
            title: &citation.title,
            read: citation.read.map(dates::iso),
            ageing: site.is_ageing(citation.read),
        })
    }
}
