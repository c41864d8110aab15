//! The tree of pages beside every page, cut down so that a folder of thousands stays small.
//!
//! Levels on the way to the current page are open. Other levels are there to be opened while they are
//! short and the tree has room; a long level shows only what surrounds the current page.

use std::borrow::Cow;

use askama::Template;

use crate::chart::marks::MARKS;
use crate::site::{PageId, PageKind, Site};

/// A level with more entries than this shows only a window of as many.
const WINDOW: usize = 60;
/// A level off the way is shown, folded, when it has at most so many entries.
const FOLDED: usize = 24;
/// So many entries off the way are shown in all.
const ROOM: usize = 150;

/// One level of the tree.
#[derive(Debug, Template)]
#[template(path = "partials/nav_level.html", whitespace = "minimize")]
pub(super) struct Level<'a> {
    pub entries: Vec<Entry<'a>>,
    /// Where a level that is cut off can be seen whole, and how many entries it has.
    pub whole: Option<(&'a str, usize)>,
}

/// A page in the tree.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub href: Cow<'a, str>,
    pub title: &'a str,
    /// Number of the framework's mark.
    pub mark: Option<usize>,
    pub current: bool,
    /// What lies below it, and whether that is unfolded.
    pub below: Option<(Level<'a>, bool)>,
}

/// The tree around a page; around none, only the top level.
///
/// `current` is the address of the page itself, which may be one that the engine makes.
pub(super) fn tree<'a>(site: &'a Site, page: Option<PageId>, current: &str) -> Level<'a> {
    let way = page.map(|page| site.ancestors(page).into_iter().chain([page]).collect()).unwrap_or_default();
    Tree { site, way, current, room: ROOM }.level(0, 1)
}

/// The number of a framework page's mark.
pub(super) fn mark_of(site: &Site, page: PageId) -> Option<usize> {
    match site.pages[page].kind {
        PageKind::Framework(index) => Some(mark(index)),
        _ => None,
    }
}

/// The number of the mark of a framework, by its place in its category.
pub(super) fn mark(index: usize) -> usize {
    index % MARKS
}

struct Tree<'a, 'c> {
    site: &'a Site,
    way: Vec<PageId>,
    current: &'c str,
    room: usize,
}

impl<'a> Tree<'a, '_> {
    fn level(&mut self, page: PageId, depth: usize) -> Level<'a> {
        let above = &self.site.pages[page];
        let children = above.children.as_slice();
        let here = self.way.get(depth).and_then(|on_way| children.iter().position(|child| child == on_way));
        let (window, whole) = if children.len() > WINDOW {
            let start = here.unwrap_or(0).saturating_sub(WINDOW / 2).min(children.len() - WINDOW);
            (&children[start..start + WINDOW], Some((above.url.as_str(), children.len())))
        } else {
            (children, None)
        };
        let mut entries: Vec<_> = window.iter().map(|&child| self.entry(child, depth)).collect();
        entries.extend(self.made_entries(page));
        Level { entries, whole }
    }

    fn entry(&mut self, page: PageId, depth: usize) -> Entry<'a> {
        let on_way = self.way.get(depth) == Some(&page);
        let shown = &self.site.pages[page];
        let count = shown.children.len();
        let fits = count <= FOLDED && count <= self.room;
        let below = (count > 0 && (on_way || fits)).then(|| {
            if !on_way {
                self.room -= count;
            }
            (self.level(page, depth + 1), on_way)
        });
        Entry {
            href: Cow::Borrowed(&shown.url),
            title: &shown.title,
            mark: mark_of(self.site, page),
            current: shown.url == self.current,
            below,
        }
    }

    /// The pages that compare and help to choose, last below their category.
    fn made_entries(&self, page: PageId) -> Vec<Entry<'a>> {
        let category = self.site.category_of(page).filter(|category| category.page == page);
        let Some(category) = category.filter(|category| category.frameworks.len() > 1) else { return Vec::new() };
        let entry = |href: String, title| Entry {
            current: href == self.current,
            href: Cow::Owned(href),
            title,
            mark: None,
            below: None,
        };
        vec![
            entry(category.compare_url(self.site), "Compare side by side"),
            entry(category.choose_url(self.site), "Help me choose"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::content::sections::Document;
    use crate::ids::DocPath;
    use crate::site::Input;

    fn site(paths: impl Iterator<Item = String>) -> Site {
        let documents: BTreeMap<_, _> = paths
            .map(|path| (DocPath::new(&path), Arc::new(Document::read(DocPath::new(&path), format!("# {path}")))))
            .collect();
        Site::build(Input { documents, ..Input::default() })
    }

    #[test]
    fn a_long_level_shows_what_surrounds_the_page_and_a_link_to_all() {
        let site = site((0..500).map(|number| format!("all/page-{number:03}.md")));
        let page = site.page_at("/all/page-250/").expect("was given");
        let tree = tree(&site, Some(page), "/all/page-250/");
        let (level, is_open) = tree.entries[0].below.as_ref().expect("has pages");
        assert!(*is_open);
        assert_eq!((level.entries.len(), level.whole), (WINDOW, Some(("/all/", 500))));
        assert_eq!(level.entries.iter().filter(|entry| entry.current).count(), 1);
        assert_eq!(level.entries[0].href, "/all/page-220/");
    }

    #[test]
    fn levels_off_the_way_are_folded_while_there_is_room() {
        let pages = (0..20).flat_map(|folder| (0..12).map(move |number| format!("f{folder:02}/p{number}.md")));
        let site = site(pages);
        let page = site.page_at("/f19/p0/").expect("was given");
        let tree = tree(&site, Some(page), "/f19/p0/");
        let shown: Vec<_> =
            tree.entries.iter().map(|entry| entry.below.as_ref().map(|(_, is_open)| *is_open)).collect();
        assert_eq!(shown.iter().filter(|below| **below == Some(false)).count(), ROOM / 12);
        assert_eq!(shown[19], Some(true));
        assert_eq!(shown[18], None);
    }
}
