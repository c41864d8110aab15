//! Pages for the words of an address that leads nowhere.

use super::find::answer;
use super::query::Query;
use super::request::Request;
use super::snapshot::Snapshot;
use super::terms::Part;
use crate::site::{PageId, Site};

impl Snapshot {
    /// Address and title of the pages that these words may name, the likeliest first. The words may be a
    /// path such as `/frameworks/dask.html`; what its last segment names comes first.
    pub fn suggest_pages(&self, site: &Site, words: &str, limit: usize) -> Vec<(String, String)> {
        let words = words.trim_end_matches('/').trim_end_matches(".html").trim_end_matches(".md");
        let last = words.rsplit('/').next().unwrap_or_default();
        let mut pages = self.pages_named(site, last);
        for page in self.pages_named(site, words) {
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        pages.truncate(limit);
        pages.into_iter().map(|page| (site.pages[page].url.clone(), site.pages[page].title.clone())).collect()
    }

    fn pages_named(&self, site: &Site, words: &str) -> Vec<PageId> {
        let text = words.replace(|c: char| !c.is_alphanumeric(), " ");
        let request = Request::read(&Query { text, ..Query::default() }, self);
        let matches = answer(self, &request, &[Part::Name], usize::MAX).sifted.best;
        matches.iter().filter_map(|matched| self.resolve(matched.slot, site)).map(|(_, _, page)| page).collect()
    }
}
