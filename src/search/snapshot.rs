//! A snapshot: the index as it was for one generation of the site, and stays.
//!
//! Every entry of every shard has a slot; slots are numbered through the shards. The snapshot knows which
//! section of the site of its generation each entry is of, or that the entry is dead.

use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::lexicon::Lexicon;
use super::living::Living;
use super::places::{Kind, Names, Places};
use super::shard::Shard;
use super::topics::Topics;
use crate::site::{DocumentId, PageId, Site};

const DEAD: u32 = u32::MAX;
/// Entries to be looked at from which on several processors are faster than one.
const WORTH_SHARING: usize = 20_000;

/// Threads that share the shards of a large index, and do nothing else: those that read files and write shards may be
/// busy for seconds. They are started by the first search that is worth it; there are none where that fails.
static THREADS: LazyLock<Option<ThreadPool>> =
    LazyLock::new(|| ThreadPoolBuilder::new().thread_name(|number| format!("search-{number}")).build().ok());

/// The search index of one generation. Cheap to clone, and valid whatever the indexer does later.
#[derive(Clone)]
pub struct Snapshot(Arc<Inner>);

struct Inner {
    shards: Vec<Arc<Shard>>,
    /// The numbers of the sections that the entries are of.
    sections: Vec<u32>,
    /// The living entries of each shard.
    living: Vec<Living>,
    places: Places,
    entries: u64,
}

/// A shard with the documents that its living entries are of.
pub(super) struct Owned {
    shard: Arc<Shard>,
    /// The number of the first section of each document.
    first_sections: Vec<u32>,
}

impl Owned {
    /// A shard without living entries.
    pub(super) fn new(shard: &Arc<Shard>) -> Self {
        Self { shard: Arc::clone(shard), first_sections: vec![DEAD; shard.documents()] }
    }

    /// Brings the entries of one of its documents to life, which has its sections from a number on.
    pub(super) fn claim(&mut self, local: u32, first_section: usize) {
        self.first_sections[local as usize] = first_section as u32;
    }
}

impl Snapshot {
    pub(super) fn new(owned: Vec<Owned>, places: Places) -> Self {
        let mut sections: Vec<u32> = Vec::with_capacity(owned.iter().map(|owned| owned.shard.entries()).sum());
        let mut living = Vec::with_capacity(owned.len());
        for Owned { shard, first_sections } in &owned {
            let first = sections.len();
            sections.extend(shard.keys().iter().map(|key| match first_sections[key.document as usize] {
                DEAD => DEAD,
                first => first + key.section,
            }));
            let alive = (0..).zip(&sections[first..]).filter(|(_, section)| **section != DEAD);
            let kinds = alive.map(|(entry, section)| (entry, places.kinds(*section as usize)));
            living.push(Living::of(shard.entries(), kinds));
        }
        let entries = living.iter().map(|living| living.entries().count() as u64).sum();
        let shards = owned.into_iter().map(|owned| owned.shard).collect();
        Self(Arc::new(Inner { shards, sections, living, places, entries }))
    }

    /// How many sections can be found.
    pub fn entries(&self) -> u64 {
        self.0.entries
    }

    /// How much memory the index takes, in bytes.
    pub fn bytes(&self) -> usize {
        self.0.shards.iter().map(|shard| shard.bytes()).sum()
    }

    /// The shards, each with the number of its first slot.
    pub(super) fn shards(&self) -> impl Iterator<Item = (u32, &Shard)> {
        self.0.shards.iter().scan(0, |next, shard| {
            let first = *next;
            *next += shard.entries() as u32;
            Some((first, &**shard))
        })
    }

    /// Does work that goes through the shards again and again, where these are worth it among the threads that share
    /// it: to hand over each time, and wait, would take longer than most of it.
    pub(super) fn among_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        if self.is_small(self.slots()) { work() } else { on_threads(work) }
    }

    /// Does something with each shard, its number and the number of its first slot, at once where so many entries
    /// are to be looked at that it is worth it; what comes of it is in the order of the shards.
    pub(super) fn each_shard<T: Send>(
        &self,
        looked_at: usize,
        work: impl Fn(usize, &Shard, u32) -> T + Sync,
    ) -> Vec<T> {
        if self.is_small(looked_at) {
            return self.shards().enumerate().map(|(at, (first, shard))| work(at, shard, first)).collect();
        }
        let shards: Vec<(u32, &Shard)> = self.shards().collect();
        on_threads(|| shards.par_iter().enumerate().map(|(at, (first, shard))| work(at, shard, *first)).collect())
    }

    /// Whether one thread looks at so many entries in less time than several need to share them.
    fn is_small(&self, looked_at: usize) -> bool {
        looked_at < WORTH_SHARING || self.0.shards.len() == 1
    }

    /// The number of the shard that a slot is in, and of its entry there.
    pub(super) fn locate(&self, slot: u32) -> (usize, u32) {
        let within = self.shards().enumerate().take_while(|(_, (first, _))| *first <= slot).last();
        within.map_or((0, slot), |(at, (first, _))| (at, slot - first))
    }

    /// How many slots there are, dead ones too.
    pub(super) fn slots(&self) -> usize {
        self.0.sections.len()
    }

    /// The living entries of a shard.
    pub(super) fn living(&self, shard: usize) -> &Living {
        &self.0.living[shard]
    }

    /// The numbers of the category, framework and criterion of a living entry.
    pub(super) fn kinds(&self, slot: u32) -> [u16; 3] {
        self.0.places.kinds(self.0.sections[slot as usize] as usize)
    }

    /// The place of a living entry in reading order.
    pub(super) fn rank(&self, slot: u32) -> (u32, usize) {
        self.0.places.rank(self.0.sections[slot as usize] as usize)
    }

    /// The names of a kind.
    pub(super) fn names(&self, kind: Kind) -> &Names {
        self.0.places.names(kind)
    }

    /// What words mean together.
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.0.places.lexicon()
    }

    /// The rows of comparisons that can be asked for.
    pub(super) fn topics(&self) -> &Topics {
        self.0.places.topics()
    }

    /// Document, section and page of a living entry in a site; nothing where the site is of another
    /// generation and has changed there.
    pub(super) fn resolve(&self, slot: u32, site: &Site) -> Option<(DocumentId, usize, PageId)> {
        let (id, section) = self.0.places.section(self.0.sections[slot as usize] as usize);
        let document = site.documents.get(id).filter(|document| document.hash == self.0.places.hash(id))?;
        (section < document.sections.len()).then(|| (id, section, site.place(id, section).0))
    }
}

/// Does work on one of the threads that share shards, unless it is on one already.
fn on_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*THREADS {
        Some(threads) => threads.install(work),
        None => work(),
    }
}
