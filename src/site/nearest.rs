//! What an address that leads nowhere may have meant.

use super::{DocumentId, PageId, Site, Target};

/// How unlike two names may be and still count as near: a third of the longer one's characters.
const FAR: usize = 3;

impl Site {
    /// The pages whose address is nearest to a path that does not exist, nearest first, at most `limit`.
    pub fn nearest_pages(&self, path: &str, limit: usize) -> Vec<PageId> {
        let wanted = words(path);
        let Some(last) = wanted.rsplit('/').find(|segment| !segment.is_empty()) else { return Vec::new() };
        let mut near: Vec<(usize, PageId)> = (self.pages.iter().enumerate())
            .filter_map(|(id, page)| {
                let url = page.url.trim_matches('/');
                let name = url.rsplit('/').next().unwrap_or_default();
                let by_name = distance(last, name);
                let by_path = distance(wanted.trim_matches('/'), url);
                let contains =
                    (name.len() > 2 && last.len() > 2 && (name.contains(last) || last.contains(name))).then_some(2);
                Some((by_name.into_iter().chain(by_path).chain(contains).min()?, id))
            })
            .collect();
        near.sort_unstable();
        let mut pages: Vec<PageId> = near.into_iter().map(|(_, id)| id).collect();
        pages.extend(self.nearest_ancestor(path).filter(|page| *page != 0 && !pages.contains(page)));
        pages.truncate(limit);
        pages
    }

    /// The page of the longest part of the path that leads to one.
    fn nearest_ancestor(&self, path: &str) -> Option<PageId> {
        let mut shorter = path.trim_end_matches('/');
        while let Some((above, _)) = shorter.rsplit_once('/') {
            if let Some(page) = self.page_at(&format!("{above}/")) {
                return Some(page);
            }
            shorter = above;
        }
        None
    }

    pub(super) fn nearest_file(&self, file: &str) -> Option<&str> {
        let paths = self.documents.iter().map(|document| &document.path).chain(self.assets.keys());
        let near = paths.filter_map(|path| Some((distance(file, path.as_str())?, path.as_str())));
        near.min_by_key(|(far, _)| *far).map(|(_, path)| path)
    }

    pub(super) fn nearest_anchor(&self, from: DocumentId, url: &str) -> String {
        let wanted = url.split_once('#').map_or("", |(_, fragment)| fragment);
        let Target::Page { page, .. } = self.resolve(from, url) else { return String::new() };
        let anchors = self.sections_on(page).into_iter().filter_map(|section| self.anchor_on(page, section));
        let near = anchors.filter_map(|anchor| Some((distance(wanted, anchor)?, anchor))).min_by_key(|(far, _)| *far);
        let near = near.map(|(_, anchor)| format!("#{anchor}"));
        help(near.as_deref(), "correct the anchor after the #")
    }
}

/// What to do about a name that is not known: whether the nearest was meant, or else something that helps in any case.
pub(super) fn help(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean {near}?"))
}

/// The nearest of several names, without regard to case; none where none is near.
pub(super) fn among<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    let near = names.filter_map(|known| Some((distance(&wanted, &known.to_lowercase())?, known)));
    near.min_by_key(|(far, _)| *far).map(|(_, known)| known)
}

fn words(path: &str) -> String {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().to_lowercase();
    let path = path.trim_end_matches(".html").trim_end_matches(".md");
    path.chars().take(200).map(|c| if matches!(c, ' ' | '_' | '.') { '-' } else { c }).collect()
}

/// Edits between two names, or `None` when they are too far apart to be worth showing.
fn distance(a: &str, b: &str) -> Option<usize> {
    let longer = a.len().max(b.len());
    if a.is_empty() || b.is_empty() || a.len().abs_diff(b.len()) * FAR > longer {
        return None;
    }
    let edits = strsim::damerau_levenshtein(a, b);
    (edits * FAR <= longer).then_some(edits)
}
