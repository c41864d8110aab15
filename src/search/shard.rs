//! A shard: the terms of some documents' entries, written once and read until the last snapshot goes.
//!
//! A document is in one shard at a time; when it changes it moves to a new one, and what the old shard
//! still holds of it counts as dead. The writer works in the calling thread and in memory.

use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::{BlockSegmentPostings, Postings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{DocSet, Index, IndexSettings, SingleSegmentIndexWriter, TERMINATED};

use super::entry::Entry;
use super::family::StemMark;
use super::letters::Letters;
use super::neighbours::{Neighbours, pairs};
use super::terms::{self, ABOVE_MARKS, FIELD, Pairs, Part};
use super::told::Told;

/// Bytes of working memory for a section. The writer derives the size of its first table from the sum, and
/// a large table costs more than a small shard.
const MEMORY_OF_A_SECTION: usize = 4_000;
const LEAST_MEMORY: usize = 100_000;
const MOST_MEMORY: usize = 15_000_000;

/// Which section an entry is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryKey {
    /// The number of the document in the shard.
    pub document: u32,
    /// The section in the document.
    pub section: u32,
}

/// About how many words each part of an entry has.
pub(super) type Lengths = [u16; Part::ALL.len()];

/// Entries written together.
pub(super) struct Shard {
    keys: Vec<EntryKey>,
    /// How long each part of the entries is, part by part.
    lengths: [Vec<u16>; Part::ALL.len()],
    neighbours: Neighbours,
    documents: u32,
    sections: usize,
    bytes: usize,
    terms: Arc<InvertedIndexReader>,
    told: Told,
}

/// A shard that is being written.
pub(super) struct Writer {
    keys: Vec<EntryKey>,
    lengths: [Vec<u16>; Part::ALL.len()],
    neighbours: Neighbours,
    /// The pairs of words of the entry that is being added.
    pairs: Pairs,
    documents: u32,
    sections: usize,
    directory: RamDirectory,
    writer: SingleSegmentIndexWriter<Entry>,
}

impl Writer {
    /// Starts a shard of documents that have so many sections.
    pub(super) fn new(sections: usize) -> tantivy::Result<Self> {
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let pairs = Pairs::default();
        let tokenizers = TokenizerManager::new();
        tokenizers.register(terms::ANALYZER, terms::analyzer(&pairs));
        let memory = (sections * MEMORY_OF_A_SECTION).clamp(LEAST_MEMORY, MOST_MEMORY);
        let directory = RamDirectory::create();
        let writer = Index::builder()
            .schema(terms::schema())
            .settings(settings)
            .tokenizers(tokenizers)
            .single_segment_index_writer(directory.clone(), memory)?;
        Ok(Self {
            keys: Vec::with_capacity(sections),
            lengths: std::array::from_fn(|_| Vec::with_capacity(sections)),
            neighbours: Neighbours::default(),
            pairs,
            documents: 0,
            sections: 0,
            directory,
            writer,
        })
    }

    /// Adds an entry of the current document.
    pub(super) fn add(&mut self, section: usize, entry: Entry) -> tantivy::Result<()> {
        self.keys.push(EntryKey { document: self.documents, section: section as u32 });
        self.lengths.iter_mut().zip(entry.lengths()).for_each(|(lengths, length)| lengths.push(length));
        self.writer.add_document(entry)?;
        self.pairs.move_to(&mut self.neighbours);
        Ok(())
    }

    /// Goes on to the next document; this one has so many sections, with and without entries.
    pub(super) fn end_document(&mut self, sections: usize) {
        self.documents += 1;
        self.sections += sections;
    }

    /// The shard.
    pub(super) fn finish(self) -> tantivy::Result<Shard> {
        let Self { keys, lengths, neighbours, documents, sections, directory, writer, .. } = self;
        let index = writer.finalize()?;
        let terms = match index.searchable_segments()?.first() {
            Some(segment) => SegmentReader::open(segment)?.inverted_index(FIELD)?,
            None => Arc::new(InvertedIndexReader::empty(IndexRecordOption::Basic)),
        };
        let told = Told::of(&terms)?;
        let of_entries = keys.len() * (size_of::<EntryKey>() + size_of::<Lengths>()) + neighbours.bytes();
        let bytes = directory.total_mem_usage() + of_entries + told.bytes();
        Ok(Shard { keys, lengths, neighbours, documents, sections, bytes, terms, told })
    }
}

/// A term found in a shard.
pub(super) struct Found {
    /// What the word stands in.
    pub part: Part,
    /// Its number among the terms of the shard.
    pub number: u64,
    /// The mark of its stem.
    pub stem: StemMark,
    info: TermInfo,
}

impl Found {
    /// How many entries have it, dead ones too.
    pub(super) fn entries(&self) -> u32 {
        self.info.doc_freq
    }
}

impl Shard {
    /// How many documents it was written of.
    pub(super) fn documents(&self) -> usize {
        self.documents as usize
    }

    /// How many sections these had.
    pub(super) fn sections(&self) -> usize {
        self.sections
    }

    /// How many entries it has, dead ones too.
    pub(super) fn entries(&self) -> usize {
        self.keys.len()
    }

    /// How much memory it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Which sections its entries are of, in the order in which postings number them.
    pub(super) fn keys(&self) -> &[EntryKey] {
        &self.keys
    }

    /// How many words there are in a part of each entry.
    pub(super) fn lengths(&self, part: Part) -> &[u16] {
        &self.lengths[part as usize]
    }

    /// The number of the last term whose word may have a stem, among those that begin with the same two letters.
    pub(super) fn last_of_stem(&self, beginning: &str, stem: StemMark) -> Option<u64> {
        self.told.last_of_stem(beginning, stem)
    }

    /// Goes through the terms of the words that begin with this one, itself included, in their order, as long as it is
    /// to go on.
    pub(super) fn beginning_with(&self, word: &str, mut goes_on: impl FnMut(&str, Found) -> bool) {
        let mut end = word.as_bytes().to_vec();
        end.push(u8::MAX);
        self.range(word.as_bytes(), &end, &mut goes_on);
    }

    /// Goes through the terms of this word alone, as long as it is to go on.
    pub(super) fn word(&self, word: &str, mut goes_on: impl FnMut(&str, Found) -> bool) {
        let mut end = word.as_bytes().to_vec();
        end.push(ABOVE_MARKS);
        self.range(word.as_bytes(), &end, &mut goes_on);
    }

    fn range(&self, start: &[u8], end: &[u8], goes_on: &mut impl FnMut(&str, Found) -> bool) {
        let Ok(mut stream) = self.terms.terms().range().ge(start).lt(end).into_stream() else { return };
        while stream.advance() {
            let (number, info) = (stream.term_ord(), stream.value().clone());
            if let Some((word, part)) = terms::read(stream.key())
                && !goes_on(word, Found { part, number, stem: self.told.stem(number), info })
            {
                return;
            }
        }
    }

    /// Goes through the words whose letters fit, in their order, with the number of entries that have each of their
    /// terms.
    pub(super) fn made_of(&self, fit: impl Fn(Letters) -> bool, mut each: impl FnMut(&str, u32)) {
        let (terms, mut term) = (self.terms.terms(), Vec::new());
        for number in self.told.made_of(fit) {
            if terms.ord_to_term(number, &mut term).is_ok_and(|is_term| is_term)
                && let Some((word, _)) = terms::read(&term)
                && let Ok(Some(info)) = terms.get(&term)
            {
                each(word, info.doc_freq);
            }
        }
    }

    /// Goes through the entries that have a term, many at once and in order, with how often they have it.
    pub(super) fn each_block(&self, term: &Found, mut each: impl FnMut(&[u32], &[u32])) {
        let Ok(mut postings) = self.terms.read_block_postings_from_terminfo(&term.info, IndexRecordOption::WithFreqs)
        else {
            return;
        };
        while !postings.docs().is_empty() {
            let block: &BlockSegmentPostings = &postings;
            each(block.docs(), block.freqs());
            postings.advance();
        }
    }

    /// Goes through the entries that have these words one after the other in one part. Positions are read last, and
    /// only where the words may be neighbours: they take longer than all the rest.
    pub(super) fn each_phrase(&self, words: &[String], part: Part, mut each: impl FnMut(u32)) {
        let postings: Option<Vec<_>> = words.iter().map(|word| self.positions(word, part)).collect();
        let Some(postings) = postings else { return };
        let mut lists: Vec<_> = (0_u32..).zip(postings).collect();
        lists.sort_by_key(|(_, list)| list.size_hint());
        let Some(((offset, rarest), others)) = lists.split_first_mut() else { return };
        let (offset, pairs) = (*offset, pairs(words));
        let (mut starts, mut next) = (Vec::new(), Vec::new());
        let mut entry = rarest.doc();
        while entry != TERMINATED {
            if !self.neighbours.may_have(entry, &pairs) {
                entry = rarest.advance();
                continue;
            }
            let behind =
                others.iter_mut().map(|(_, other)| if other.doc() < entry { other.seek(entry) } else { other.doc() });
            let furthest = behind.max().unwrap_or(entry);
            if furthest > entry {
                entry = if furthest == TERMINATED { TERMINATED } else { rarest.seek(furthest) };
                continue;
            }
            rarest.positions(&mut starts);
            starts.retain(|start| *start >= offset);
            starts.iter_mut().for_each(|start| *start -= offset);
            for (offset, other) in others.iter_mut() {
                other.positions(&mut next);
                starts.retain(|start| next.binary_search(&(start + *offset)).is_ok());
            }
            if !starts.is_empty() {
                each(entry);
            }
            entry = rarest.advance();
        }
    }

    fn positions(&self, word: &str, part: Part) -> Option<impl Postings + use<>> {
        let info = self.terms.terms().get(terms::term(word, part)).ok()??;
        self.terms.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions).ok()
    }
}
