//! Where a page stands: when it was changed and by whom, when its sources were read, what is still a gap.

use super::Chrome;
use crate::content::value::dates::{self, Day};
use crate::site::PageId;

/// What a reader may want to know before trusting a page.
pub(super) struct Standing<'a> {
    pub changed: Option<Changed<'a>>,
    /// The days between which its sources were read: `None` where it has none.
    pub read: Option<Read>,
    /// Its gaps, in order.
    pub gaps: Vec<Gap<'a>>,
}

/// The last change of the page's file.
pub(super) struct Changed<'a> {
    pub at: &'a str,
    pub day: String,
    pub author: &'a str,
}

/// The first and the last day on which a source was read.
pub(super) struct Read {
    pub first: String,
    pub last: String,
}

/// A section that is not researched yet.
pub(super) struct Gap<'a> {
    pub id: &'a str,
    pub title: &'a str,
}

impl<'a> Standing<'a> {
    /// How a page stands; `None` where nothing is known.
    pub fn of(chrome: Chrome<'a>, page: PageId) -> Option<Self> {
        let site = chrome.site;
        let document = &site.documents[site.pages[page].document?];
        let gap = |section: usize| {
            let id = site.anchor_on(page, section)?;
            Some(Gap { id, title: &document.sections[section].title })
        };
        let standing = Self {
            changed: site.last_change(page).map(|change| Changed {
                at: &change.at,
                day: dates::iso(change.day),
                author: &change.author,
            }),
            read: Read::of(document.footnotes.iter().filter_map(|note| note.citation.read)),
            gaps: site.gap_sections(page).into_iter().filter_map(gap).collect(),
        };
        let is_known = standing.changed.is_some() || standing.read.is_some() || !standing.gaps.is_empty();
        is_known.then_some(standing)
    }
}

impl Read {
    fn of(days: impl Iterator<Item = Day> + Clone) -> Option<Self> {
        Some(Self { first: dates::iso(days.clone().min()?), last: dates::iso(days.max()?) })
    }
}
