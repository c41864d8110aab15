//! Where a page stands: when it was changed and by whom, when its sources were read and by whom, what is still a gap.

use crate::content::history::Change;
use crate::content::value::dates::{self, Day};
use crate::ids::DocPath;
use crate::site::{Category, Evidence, PageId, Site};

/// What a reader may want to know before trusting a page.
#[derive(Default)]
pub(super) struct Standing<'a> {
    pub changed: Option<Changed<'a>>,
    /// The days between which its sources were read: `None` where it has none.
    pub read: Option<Read<'a>>,
    /// Its gaps, in order.
    pub gaps: Vec<Gap<'a>>,
}

/// The last change of what the page is made from.
pub(super) struct Changed<'a> {
    pub at: &'a str,
    pub day: String,
    pub author: &'a str,
}

/// The first and the last day on which a source was read.
pub(super) struct Read<'a> {
    pub first: String,
    pub last: String,
    /// Who wrote down what was read on the last day, where version control knows.
    pub by: Option<&'a str>,
}

/// A section that is not researched yet.
pub(super) struct Gap<'a> {
    pub id: &'a str,
    pub title: &'a str,
}

impl<'a> Standing<'a> {
    /// How a page of the site stands; `None` where no document is shown on it.
    pub fn of_page(site: &'a Site, page: PageId) -> Option<Self> {
        let document = &site.documents[site.pages[page].document?];
        let gap = |section: usize| {
            let id = site.anchor_on(page, section)?;
            Some(Gap { id, title: &document.sections[section].title })
        };
        Some(Self {
            read: Read::of_page(site, page),
            gaps: site.gap_sections(page).into_iter().filter_map(gap).collect(),
            ..Self::of_file(site, &document.path)
        })
    }

    /// How a page stands that is put together from a category and its frameworks.
    pub fn of_category(site: &'a Site, category: &Category) -> Self {
        let frameworks = category.frameworks.iter().map(|framework| framework.page);
        let changes = frameworks.chain([category.page]).filter_map(|page| site.last_change(page));
        let evidence = site.evidence(category);
        let days = evidence.sources.iter().filter_map(|source| source.read);
        Self {
            changed: changes.max_by(|a, b| (a.day, &a.at).cmp(&(b.day, &b.at))).map(Changed::of),
            read: Read::of(days, |last| reader_on(site, evidence, last)),
            gaps: Vec::new(),
        }
    }

    /// How a page stands that shows a file which cites nothing.
    pub fn of_file(site: &'a Site, path: &DocPath) -> Self {
        Self { changed: site.last_change_of(path).map(Changed::of), ..Self::default() }
    }

    /// Whether there is anything to say.
    pub fn is_known(&self) -> bool {
        self.changed.is_some() || self.read.is_some() || !self.gaps.is_empty()
    }
}

impl<'a> Changed<'a> {
    fn of(change: &'a Change) -> Self {
        Self { at: &change.at, day: dates::iso(change.day), author: &change.author }
    }
}

impl<'a> Read<'a> {
    /// When the sources of a page were read.
    pub fn of_page(site: &'a Site, page: PageId) -> Option<Self> {
        let document = &site.documents[site.pages[page].document?];
        let days = document.footnotes.iter().filter_map(|note| note.citation.read);
        Self::of(days, |last| site.history.first_author_since(&document.path, last))
    }

    fn of(days: impl Iterator<Item = Day> + Clone, by: impl FnOnce(Day) -> Option<&'a str>) -> Option<Self> {
        let (first, last) = (days.clone().min()?, days.max()?);
        Some(Self { first: dates::iso(first), last: dates::iso(last), by: by(last) })
    }
}

/// Who wrote into one of the files of a category that a source was read on a day; the first whose name is known.
fn reader_on<'a>(site: &'a Site, evidence: &Evidence, day: Day) -> Option<&'a str> {
    evidence.sources.iter().flat_map(|source| &source.uses).find_map(|place| {
        let document = &site.documents[place.document];
        let is_of_the_day = document.footnotes[place.footnote].citation.read == Some(day);
        if is_of_the_day { site.history.first_author_since(&document.path, day) } else { None }
    })
}
