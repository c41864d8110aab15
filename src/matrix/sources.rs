//! The sources that a cell cites, with the number a page shows them by and where they lead.

use serde::Serialize;

use super::cell::Cell;
use crate::content::template::{Part, Slot};
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
}

impl<'s> Source<'s> {
    /// The sources of a cell whose framework stands in a document, in the order in which it cites them.
    pub fn of_cell(site: &'s Site, document: DocumentId, cell: &Cell) -> Vec<Self> {
        cell.cites().into_iter().filter_map(|footnote| Self::of_footnote(site, document, footnote)).collect()
    }

    fn of_footnote(site: &'s Site, document: DocumentId, footnote: usize) -> Option<Self> {
        let found = &site.documents[document];
        let note = found.footnotes.get(footnote)?;
        let mut links = note.html.parts().filter_map(|part| match part {
            Part::Slot(Slot::Link(link)) => found.links.get(link),
            _ => None,
        });
        let url = links.find(|link| !link.unsafe_url).map(|link| link.url.as_str());
        Some(Self { number: Site::source_number(footnote), text: note.text.trim(), url })
    }
}
