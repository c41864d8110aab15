//! The order of pages: what stands below what, and what is read before and after.

use std::collections::HashMap;

use super::{PageId, PageKind, Site, Target};
use crate::content::sections::Direction;

/// A page to read before or after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Neighbour {
    /// A page of the site, with the words of the link where the author gave some.
    Page(PageId, Option<String>),
    /// A page that is announced and not there yet; its title.
    Planned(String),
}

/// What is read before and after a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// What is read before.
    pub previous: Option<Neighbour>,
    /// What is read after.
    pub next: Option<Neighbour>,
}

/// Fills in every page's children, in reading order: as the site file says, then as the page above
/// names them, then frameworks in their category's order, then by address.
pub(super) fn order(site: &mut Site, named: &HashMap<PageId, HashMap<PageId, usize>>) {
    let mut children: HashMap<PageId, Vec<PageId>> = HashMap::new();
    for (id, page) in site.pages.iter().enumerate() {
        if let Some(parent) = page.parent {
            children.entry(parent).or_default().push(id);
        }
    }
    for (parent, mut ids) in children {
        let named = named.get(&parent);
        ids.sort_by_cached_key(|&page| place(site, named, page));
        site.structure_mut().pages[parent].children = ids;
    }
    let mut rank: Vec<PageId> = site.reading_order();
    rank.retain(|page| site.pages[*page].category.is_some_and(|id| site.categories[id].page == *page));
    // Categories are numbered in reading order too, so that lists of them need no sorting.
    let mut categories: Vec<_> = std::mem::take(&mut site.structure_mut().categories).into_iter().map(Some).collect();
    let mut numbers = HashMap::new();
    for page in rank {
        if let Some(old) = site.pages[page].category
            && let Some(category) = categories[old].take()
        {
            numbers.insert(old, site.categories.len());
            site.structure_mut().categories.push(category);
        }
    }
    for page in &mut site.structure_mut().pages {
        page.category = page.category.and_then(|old| numbers.get(&old).copied());
    }
}

/// What a page is ordered by among its siblings.
fn place(site: &Site, named: Option<&HashMap<PageId, usize>>, page: PageId) -> (usize, usize, usize, Vec<Piece>) {
    let url = site.pages[page].url.trim_matches('/');
    let configured = site.site_file.categories.iter().position(|name| name == url);
    let framework = match site.pages[page].kind {
        PageKind::Framework(index) => index,
        _ => usize::MAX,
    };
    let mentioned = named.and_then(|named| named.get(&page).copied());
    (configured.unwrap_or(usize::MAX), framework, mentioned.unwrap_or(usize::MAX), natural(url))
}

/// A stretch of a name, such that numbers are ordered as numbers: `2` before `10`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// Its digits without leading zeros, preceded by their number; and how many there were with them.
    Number(usize, String, usize),
    Text(String),
}

fn natural(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        pieces.push(if is_number {
            let digits = piece.trim_start_matches('0');
            Piece::Number(digits.len(), digits.to_owned(), piece.len())
        } else {
            Piece::Text(piece.to_owned())
        });
        rest = tail;
    }
    pieces
}

impl Site {
    /// All pages, each before those below it.
    pub fn reading_order(&self) -> Vec<PageId> {
        [0].into_iter().chain(self.below(0)).collect()
    }

    /// All pages below a page, each before those below it.
    pub fn below(&self, page: PageId) -> Vec<PageId> {
        let mut order = Vec::new();
        let mut open: Vec<PageId> = self.pages[page].children.iter().rev().copied().collect();
        while let Some(page) = open.pop() {
            order.push(page);
            open.extend(self.pages[page].children.iter().rev());
        }
        order
    }

    /// The pages above a page, the home page first.
    pub fn ancestors(&self, page: PageId) -> Vec<PageId> {
        let mut above: Vec<_> = std::iter::successors(self.pages[page].parent, |&id| self.pages[id].parent).collect();
        above.reverse();
        above
    }

    /// What is read before and after a page: as its navigation block says, else as the tree does.
    pub fn neighbours(&self, page: PageId) -> Neighbours {
        let mut neighbours = self.neighbours_in_tree(page);
        let Some(id) = self.pages[page].document else { return neighbours };
        if self.page_of(id) != page {
            return neighbours;
        }
        for link in &self.documents[id].navigation {
            let url = &self.documents[id].links[link.link].url;
            let neighbour = match self.resolve(id, url) {
                Target::Page { page, .. } => {
                    Neighbour::Page(page, (!link.title.is_empty()).then(|| link.title.clone()))
                }
                _ => Neighbour::Planned(link.title.clone()),
            };
            match link.direction {
                Direction::Previous => neighbours.previous = Some(neighbour),
                Direction::Next => neighbours.next = Some(neighbour),
            }
        }
        neighbours
    }

    /// Neighbours among the siblings; the first child follows its parent where that is not the home page.
    fn neighbours_in_tree(&self, page: PageId) -> Neighbours {
        let Some(parent) = self.pages[page].parent else { return Neighbours::default() };
        let siblings = &self.pages[parent].children;
        let Some(at) = siblings.iter().position(|sibling| *sibling == page) else { return Neighbours::default() };
        let above = (parent != 0).then_some(parent);
        let first_child =
            self.pages[page].children.first().copied().filter(|_| self.pages[page].kind != PageKind::Category);
        let previous = at.checked_sub(1).map(|before| siblings[before]).or(above);
        let next = first_child.or_else(|| siblings.get(at + 1).copied());
        let neighbour = |page: PageId| Neighbour::Page(page, None);
        Neighbours { previous: previous.map(neighbour), next: next.map(neighbour) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["a/10-x", "a/9-x", "a", "a/09-x", "b", "a/9-xy", "a/18446744073709551616-x"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["a", "a/9-x", "a/9-xy", "a/09-x", "a/10-x", "a/18446744073709551616-x", "b"]);
    }
}
