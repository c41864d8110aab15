//! A snapshot: the index as it was for one generation of the site, and stays.
//!
//! Every entry of every shard has a slot; slots are numbered through the shards. A slot knows where its
//! entry stands in the site of the snapshot's generation, or that the entry is dead.

use std::sync::Arc;

use super::places::{Kind, Names, Place, Places};
use super::shard::Shard;
use crate::site::{DocumentId, PageId, Site};

const DEAD: u32 = u32::MAX;

/// The search index of one generation. Cheap to clone, and valid whatever the indexer does later.
#[derive(Clone)]
pub struct Snapshot(Arc<Inner>);

struct Inner {
    shards: Vec<Arc<Shard>>,
    slots: Vec<Slot>,
    names: [Names; 3],
    /// The hashes of the site's documents, by which its generation is recognised.
    hashes: Vec<u64>,
    entries: u64,
}

/// Where an entry stands in the site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    document: u32,
    section: u32,
    /// Numbers of its category, framework and criterion.
    pub kinds: [u16; 3],
    /// Its place in reading order.
    pub rank: (u32, u32),
}

/// A shard with the documents that its living entries are of.
pub(super) struct Owned {
    shard: Arc<Shard>,
    documents: Vec<u32>,
}

impl Owned {
    /// A shard without living entries.
    pub(super) fn new(shard: &Arc<Shard>) -> Self {
        Self { shard: Arc::clone(shard), documents: vec![DEAD; shard.documents()] }
    }

    /// Says which document of the site the shard has under a number.
    pub(super) fn claim(&mut self, local: u32, document: DocumentId) {
        self.documents[local as usize] = document as u32;
    }
}

impl Snapshot {
    pub(super) fn new(owned: Vec<Owned>, site: &Site, places: Places) -> Self {
        let mut slots = Vec::with_capacity(owned.iter().map(|owned| owned.shard.entries().len()).sum());
        for owned in &owned {
            slots.extend(owned.shard.entries().iter().map(|entry| {
                let document = owned.documents[entry.document as usize];
                let place = places.get(document as DocumentId, entry.section as usize);
                place.map_or(Slot::dead(), |place| Slot::new(document, entry.section, place, &places))
            }));
        }
        let entries = slots.iter().filter(|slot| slot.is_alive()).count() as u64;
        let hashes = site.documents.iter().map(|document| document.hash).collect();
        let shards = owned.into_iter().map(|owned| owned.shard).collect();
        Self(Arc::new(Inner { shards, slots, names: places.into_names(), hashes, entries }))
    }

    /// How many sections can be found.
    pub fn entries(&self) -> u64 {
        self.0.entries
    }

    /// The shards, each with the number of its first slot.
    pub(super) fn shards(&self) -> impl Iterator<Item = (usize, &Shard)> {
        self.0.shards.iter().scan(0, |next, shard| {
            let first = *next;
            *next += shard.entries().len();
            Some((first, &**shard))
        })
    }

    /// All slots, dead ones too.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.0.slots
    }

    /// The names of a kind.
    pub(super) fn names(&self, kind: Kind) -> &Names {
        &self.0.names[kind as usize]
    }

    /// Document, section and page of a slot in a site; nothing where the site is of another generation
    /// and has changed there.
    pub(super) fn resolve(&self, slot: u32, site: &Site) -> Option<(DocumentId, usize, PageId)> {
        let slot = self.0.slots.get(slot as usize)?;
        let (document, section) = (slot.document as usize, slot.section as usize);
        let found = site.documents.get(document).filter(|found| Some(&found.hash) == self.0.hashes.get(document))?;
        (section < found.sections.len()).then(|| (document, section, site.place(document, section).0))
    }
}

impl Slot {
    fn new(document: u32, section: u32, place: Place, places: &Places) -> Self {
        let rank = (places.rank(place.page as PageId), section);
        Self { document, section, kinds: place.kinds, rank }
    }

    fn dead() -> Self {
        Self { document: DEAD, section: 0, kinds: [super::places::NONE; 3], rank: (u32::MAX, 0) }
    }

    /// Whether its entry is still there.
    pub(super) fn is_alive(&self) -> bool {
        self.document != DEAD
    }
}
