//! The indexer: keeps shards of entries in step with the site, one generation after the other.
//!
//! An update writes a new shard with the documents that changed, several where these are many, and takes in
//! those older shards that hold no more than it does. So the number of shards grows with the logarithm of the number of
//! entries, and no update rewrites much more than what it adds. Snapshots share the shards.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::entry::{Entry, PageNames, sections_with_entry};
use super::places::Places;
use super::shard::{Shard, Writer};
use super::snapshot::{Owned, Snapshot};
use crate::ids::DocPath;
use crate::site::{DocumentId, PageId, Site};

/// About how many sections the documents written to one shard have at most.
const MOST_SECTIONS: usize = 40_000;

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
    /// What is indexed, in the order in which the site has it.
    documents: Vec<Known>,
    shards_written: u64,
}

/// A shard with its number, which no other shard ever has.
struct Held {
    number: u64,
    shard: Arc<Shard>,
}

/// A document of the site, and where its entries are, if it has been indexed yet.
struct Known {
    path: DocPath,
    indexed: Option<Indexed>,
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
    /// Fails when the index cannot be set up; in memory it always can.
    pub fn new() -> Result<Self, SearchError> {
        Ok(Self::default())
    }

    /// Brings the index to the state of a site and returns that state. Documents whose entries are the
    /// same as before are left alone.
    ///
    /// # Errors
    /// Fails when the index cannot be written; the next update then catches up.
    pub fn update(&mut self, site: &Site) -> Result<Snapshot, SearchError> {
        let places = Places::of(site);
        let fingerprints = places.fingerprints();
        self.follow(site);
        for (known, fingerprint) in self.documents.iter_mut().zip(&fingerprints) {
            known.indexed = known.indexed.filter(|indexed| indexed.fingerprint == *fingerprint);
        }
        let mut kept = self.shards_to_keep(&places);
        let is_stale = |known: &Known| known.indexed.is_none_or(|indexed| !kept.contains(&indexed.shard));
        let stale: Vec<DocumentId> =
            self.documents.iter().enumerate().filter(|(_, known)| is_stale(known)).map(|(id, _)| id).collect();
        if !stale.is_empty() {
            let parts = parts(&places, &stale);
            let written: Result<Vec<Shard>, SearchError> =
                parts.par_iter().map(|documents| write(site, &places, documents)).collect();
            for (shard, documents) in written?.into_iter().zip(parts) {
                self.shards_written += 1;
                kept.push(self.shards_written);
                self.shards.push(Held { number: self.shards_written, shard: Arc::new(shard) });
                for (local, &id) in (0..).zip(documents) {
                    let indexed = Indexed { shard: self.shards_written, local, fingerprint: fingerprints[id] };
                    self.documents[id].indexed = Some(indexed);
                }
            }
        }
        self.shards.retain(|held| kept.contains(&held.number));
        Ok(Snapshot::new(self.owned(&places), places))
    }

    /// Brings the list of documents in line with the site. Nearly always it is.
    fn follow(&mut self, site: &Site) {
        let paths = site.documents.iter().map(|document| &document.path);
        if self.documents.iter().map(|known| &known.path).eq(paths.clone()) {
            return;
        }
        let indexed: HashMap<_, _> = self.documents.drain(..).map(|known| (known.path, known.indexed)).collect();
        let known = |path: &DocPath| Known { path: path.clone(), indexed: indexed.get(path).copied().flatten() };
        self.documents = paths.map(known).collect();
    }

    /// The shards that stay: not those without a living document, and not those that a new shard takes in
    /// because they hold no more than it does, or mostly what is dead.
    fn shards_to_keep(&self, places: &Places) -> Vec<u64> {
        let mut alive = vec![0; self.shards.len()];
        let mut growing = 0;
        for (id, known) in self.documents.iter().enumerate() {
            let shard = known.indexed.and_then(|indexed| self.position(indexed.shard));
            *shard.map_or(&mut growing, |shard| &mut alive[shard]) += places.of_document(id).len();
        }
        let mut kept = Vec::new();
        for (held, alive) in self.shards.iter().zip(alive).rev() {
            if alive == 0 {
                continue;
            }
            if growing > 0 && (alive <= growing || alive * 2 < held.shard.sections()) {
                growing += alive;
            } else {
                kept.push(held.number);
            }
        }
        kept
    }

    fn position(&self, number: u64) -> Option<usize> {
        self.shards.iter().position(|held| held.number == number)
    }

    /// The shards with the documents that each of them has the entries of.
    fn owned(&self, places: &Places) -> Vec<Owned> {
        let mut owned: Vec<Owned> = self.shards.iter().map(|held| Owned::new(&held.shard)).collect();
        for (id, known) in self.documents.iter().enumerate() {
            let Some(indexed) = known.indexed else { continue };
            if let Some(at) = self.position(indexed.shard) {
                owned[at].claim(indexed.local, places.first_section(id));
            }
        }
        owned
    }
}

/// The documents in parts that each make a shard, so that several processors write them, and search them later.
fn parts<'d>(places: &Places, documents: &'d [DocumentId]) -> Vec<&'d [DocumentId]> {
    let sections = |ids: &[DocumentId]| ids.iter().map(|&id| places.of_document(id).len()).sum::<usize>();
    let count = sections(documents).div_ceil(MOST_SECTIONS).max(1);
    documents.chunks(documents.len().div_ceil(count).max(1)).collect()
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
        writer.end_document(site.documents[id].sections.len());
    }
    Ok(writer.finish()?)
}
