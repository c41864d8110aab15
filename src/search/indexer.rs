//! The indexer: keeps shards of entries in step with the site, one generation after the other.
//!
//! An update writes one new shard with the documents that changed, and takes in those older shards
//! that hold no more than it does. So the number of shards grows with the logarithm of the number of
//! entries, and no update rewrites much more than what it adds. Snapshots share the shards.

use std::collections::HashMap;
use std::sync::Arc;

use super::entry::{Entry, PageNames, sections_with_entry};
use super::fingerprint::fingerprints;
use super::places::Places;
use super::shard::{Shard, Writer};
use super::snapshot::{Owned, Snapshot};
use crate::ids::DocPath;
use crate::site::{DocumentId, PageId, Site};

/// Why the index could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index could not be written.
    #[error("the search index could not be written")]
    Write(#[from] tantivy::TantivyError),
}

/// The search index of the program; it outlives the generations of the site.
#[derive(Default)]
pub struct Indexer {
    shards: Vec<Held>,
    documents: HashMap<DocPath, Indexed>,
    shards_written: u64,
}

/// A shard with its number, which no other shard ever has.
struct Held {
    number: u64,
    shard: Arc<Shard>,
}

/// Where the entries of a document are.
#[derive(Clone, Copy)]
struct Indexed {
    /// The number of the shard.
    shard: u64,
    /// Its own number in the shard.
    local: u32,
    /// Hash of all that its entries are made of.
    fingerprint: u64,
}

impl Indexer {
    /// An empty index.
    ///
    /// # Errors
    /// Fails when the index cannot be set up.
    pub fn new() -> Result<Self, SearchError> {
        Ok(Self::default())
    }

    /// Brings the index to the state of a site and returns that state. Documents whose entries are the
    /// same as before are left alone.
    ///
    /// # Errors
    /// Fails when the index cannot be written; it is then as it was before.
    pub fn update(&mut self, site: &Site) -> Result<Snapshot, SearchError> {
        let places = Places::of(site);
        let fingerprints = fingerprints(site, &places);
        let mut known: Vec<Option<Indexed>> = (site.documents.iter().zip(&fingerprints))
            .map(|(document, &fingerprint)| {
                self.documents.get(&document.path).filter(|known| known.fingerprint == fingerprint).copied()
            })
            .collect();
        let kept = self.shards_to_keep(site, &known);
        let stale: Vec<DocumentId> = (known.iter().enumerate())
            .filter(|(_, known)| known.is_none_or(|known| !kept.contains(&known.shard)))
            .map(|(id, _)| id)
            .collect();
        let written = if stale.is_empty() { None } else { Some(write(site, &places, &stale)?) };

        self.shards.retain(|held| kept.contains(&held.number));
        if let Some(shard) = written {
            self.shards_written += 1;
            let number = self.shards_written;
            self.shards.push(Held { number, shard: Arc::new(shard) });
            for (local, &id) in (0..).zip(&stale) {
                let indexed = Indexed { shard: number, local, fingerprint: fingerprints[id] };
                known[id] = Some(indexed);
                self.documents.insert(site.documents[id].path.clone(), indexed);
            }
        }
        if self.documents.len() > site.documents.len() {
            self.documents.retain(|path, _| site.document_at(path).is_some());
        }
        Ok(Snapshot::new(self.owned(&known), site, places))
    }

    /// The shards that stay: not those without a living entry, and not those that a new shard takes in
    /// because they hold no more than it does, or mostly dead entries.
    fn shards_to_keep(&self, site: &Site, known: &[Option<Indexed>]) -> Vec<u64> {
        let mut alive: HashMap<u64, usize> = HashMap::new();
        let mut growing = 0;
        for (document, known) in site.documents.iter().zip(known) {
            *known.map_or(&mut growing, |known| alive.entry(known.shard).or_default()) += document.sections.len();
        }
        let mut kept = Vec::new();
        for held in self.shards.iter().rev() {
            match alive.get(&held.number) {
                None => {}
                Some(&alive) if growing > 0 && (alive <= growing || alive * 2 < held.shard.entries().len()) => {
                    growing += alive;
                }
                Some(_) => kept.push(held.number),
            }
        }
        kept
    }

    /// The shards with the documents that each of them has the entries of.
    fn owned(&self, known: &[Option<Indexed>]) -> Vec<Owned> {
        let mut owned: Vec<Owned> = self.shards.iter().map(|held| Owned::new(&held.shard)).collect();
        for (id, known) in known.iter().enumerate() {
            let Some(known) = known else { continue };
            if let Some(at) = self.shards.iter().position(|held| held.number == known.shard) {
                owned[at].claim(known.local, id);
            }
        }
        owned
    }
}

/// Writes a shard of these documents' entries; each document's number in it is its place in the list.
fn write(site: &Site, places: &Places, documents: &[DocumentId]) -> Result<Shard, SearchError> {
    let sections = documents.iter().map(|&id| site.documents[id].sections.len()).sum();
    let mut writer = Writer::new(sections)?;
    let mut names: HashMap<PageId, Arc<PageNames>> = HashMap::new();
    for &id in documents {
        for (section, page) in sections_with_entry(site, id, places.of_document(id)) {
            let names = names.entry(page).or_insert_with(|| Arc::new(PageNames::of(site, page)));
            writer.add(section, Entry::new(Arc::clone(&site.documents[id]), section, Arc::clone(names)))?;
        }
        writer.end_document();
    }
    Ok(writer.finish()?)
}
