//! Fingerprints of documents: equal as long as the entries of a document would come out the same.
//!
//! Besides the document's own text they cover what its entries take from the site: the names of its
//! pages and of those above them, and whether it lies in a category, where other sections are gaps.

use xxhash_rust::xxh3::xxh3_64;

use super::places::Places;
use crate::site::{PageId, Site};

/// The fingerprints of all documents, in their order.
pub(super) fn fingerprints(site: &Site, places: &Places) -> Vec<u64> {
    let pages = page_fingerprints(site);
    let mut bytes = Vec::new();
    let documents = site.documents.iter().enumerate();
    documents
        .map(|(id, document)| {
            bytes.clear();
            bytes.extend_from_slice(&document.hash.to_le_bytes());
            let mut before = None;
            for (section, place) in places.of_document(id).iter().enumerate() {
                if before != Some(place.page) {
                    before = Some(place.page);
                    bytes.extend_from_slice(&section.to_le_bytes());
                    bytes.extend_from_slice(&pages[place.page as PageId].to_le_bytes());
                }
            }
            xxh3_64(&bytes)
        })
        .collect()
}

/// Hashes of what entries take from each page.
fn page_fingerprints(site: &Site) -> Vec<u64> {
    let mut trails = vec![0; site.pages.len()];
    let mut fingerprints = vec![0; site.pages.len()];
    let mut bytes = Vec::new();
    for id in site.reading_order() {
        let page = &site.pages[id];
        let above: u64 = page.parent.map_or(0, |parent| trails[parent]);
        bytes.clear();
        bytes.extend_from_slice(&above.to_le_bytes());
        bytes.extend_from_slice(page.title.as_bytes());
        trails[id] = xxh3_64(&bytes);
        bytes.push(u8::from(page.category.is_some()));
        bytes.extend_from_slice(&page.section.to_le_bytes());
        bytes.extend_from_slice(page.url.as_bytes());
        fingerprints[id] = xxh3_64(&bytes);
    }
    fingerprints
}
