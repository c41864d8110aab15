//! The order of pages: what stands below what, and what is read before and after.

use std::cmp::Ordering;
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
        ids.sort_by(|&a, &b| compare(site, named.get(&parent), a, b));
        site.pages[parent].children = ids;
    }
    let mut rank: Vec<PageId> = site.reading_order();
    rank.retain(|page| site.pages[*page].category.is_some_and(|id| site.categories[id].page == *page));
    // Categories are numbered in reading order too, so that lists of them need no sorting.
    let mut categories: Vec<_> = std::mem::take(&mut site.categories).into_iter().map(Some).collect();
    let mut numbers = HashMap::new();
    for page in rank {
        if let Some(old) = site.pages[page].category
            && let Some(category) = categories[old].take()
        {
            numbers.insert(old, site.categories.len());
            site.categories.push(category);
        }
    }
    for page in &mut site.pages {
        page.category = page.category.and_then(|old| numbers.get(&old).copied());
    }
}

fn compare(site: &Site, named: Option<&HashMap<PageId, usize>>, a: PageId, b: PageId) -> Ordering {
    let configured = |page: PageId| {
        let slug = site.pages[page].url.trim_matches('/');
        site.site_file.categories.iter().position(|name| name == slug).unwrap_or(usize::MAX)
    };
    let framework = |page: PageId| match site.pages[page].kind {
        PageKind::Framework(index) => index,
        _ => usize::MAX,
    };
    let place = |page: PageId| named.and_then(|named| named.get(&page).copied()).unwrap_or(usize::MAX);
    let key = |page: PageId| (configured(page), framework(page), place(page));
    key(a).cmp(&key(b)).then_with(|| natural(&site.pages[a].url, &site.pages[b].url))
}

/// Compares text so that numbers in it count as numbers: `2` before `10`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (in_a, in_b) = (digits(a), digits(b));
        if in_a > 0 && in_b > 0 {
            let (number_a, number_b) = (a[..in_a].trim_start_matches('0'), b[..in_b].trim_start_matches('0'));
            let order = number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b)).then(in_a.cmp(&in_b));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (&a[in_a..], &b[in_b..]);
            continue;
        }
        let (mut chars_a, mut chars_b) = (a.chars(), b.chars());
        match (chars_a.next(), chars_b.next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x != y => return x.cmp(&y),
            _ => (a, b) = (chars_a.as_str(), chars_b.as_str()),
        }
    }
}

impl Site {
    /// All pages, each before those below it.
    pub fn reading_order(&self) -> Vec<PageId> {
        let mut order = Vec::with_capacity(self.pages.len());
        let mut open = vec![0];
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
        let mut names = ["/a/10-x/", "/a/9-x/", "/a/", "/a/09-x/", "/b/"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["/a/", "/a/9-x/", "/a/09-x/", "/a/10-x/", "/b/"]);
    }
}
