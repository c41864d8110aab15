//! Scores: how well each entry matches one word, by where and how often the word stands in it.
//!
//! All terms that stand for the word count as the word, each at its weight, as BM25 counts it: the more
//! often the better, with less and less gain, and less in a long text than in a short one. The lengths
//! are compared with fixed ones, so that a score never depends on what else was deleted or moved.

use super::query::Word;
use super::shard::{Found, Shard};
use super::snapshot::Snapshot;
use super::terms::{Form, Part};
use super::words::Stems;

/// How much of the gain of a further occurrence is left.
const SATURATION: f32 = 1.2;
/// What a term counts that stands for the word by its stem.
const STEM_WEIGHT: f32 = 0.6;
/// What a term counts that begins with the word.
const BEGINNING_WEIGHT: f32 = 0.4;
/// What all parts of a name count against the name itself.
const PARTS_WEIGHT: f32 = 0.5;

/// What a part is worth, its usual length in words, and how much its length counts.
const fn weight(part: Part) -> (f32, f32, f32) {
    match part {
        Part::Name => (8.0, 3.0, 0.4),
        Part::Title => (6.0, 3.0, 0.4),
        Part::Path => (3.0, 6.0, 0.2),
        Part::Facts => (2.0, 30.0, 0.3),
        Part::Body => (1.0, 120.0, 0.5),
    }
}

/// How well entries match a word, by slot.
pub(super) struct Scores {
    /// 0 for those that do not.
    scores: Vec<f32>,
    /// Whether the whole word stands in the name of the page that the entry is for.
    named: Vec<bool>,
    /// The slots of those that do, in no order.
    slots: Vec<u32>,
}

impl Scores {
    fn none(slots: usize) -> Self {
        Self { scores: vec![0.0; slots], named: vec![false; slots], slots: Vec::new() }
    }

    /// The score of a slot; 0 where it does not match.
    pub(super) fn get(&self, slot: u32) -> f32 {
        self.scores[slot as usize]
    }

    /// Whether a slot matches by the name of its page.
    pub(super) fn is_named(&self, slot: u32) -> bool {
        self.named[slot as usize]
    }

    /// The slots that match.
    pub(super) fn slots(&self) -> &[u32] {
        &self.slots
    }

    fn add(&mut self, slot: u32, score: f32) {
        let sum = &mut self.scores[slot as usize];
        if *sum == 0.0 {
            self.slots.push(slot);
        }
        *sum += score;
    }

    /// Weighs the scores by how few entries have the word.
    fn weigh(mut self, entries: u64) -> Self {
        let (all, matching) = (entries as f32, self.slots.len() as f32);
        let rarity = (1.0 + (all - matching).max(0.0) / (matching + 0.5)).ln().max(0.1);
        self.slots.iter().for_each(|&slot| self.scores[slot as usize] *= rarity);
        self
    }
}

/// Scores words; keeps its working memory from one word to the next.
pub(super) struct Scorer<'s> {
    snapshot: &'s Snapshot,
    /// The parts in which words are looked for.
    parts: &'static [Part],
    counts: Vec<f32>,
    counted: Vec<u32>,
    stems: Stems,
}

impl<'s> Scorer<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, parts: &'static [Part]) -> Self {
        Self {
            snapshot,
            parts,
            counts: vec![0.0; snapshot.slots().len()],
            counted: Vec::new(),
            stems: Stems::default(),
        }
    }

    /// Scores a word, its stem, what begins with it where it is open, and its parts.
    pub(super) fn word(&mut self, word: &Word) -> Scores {
        let mut scores = self.any_of(&[&word.text], word.open);
        let parts: Vec<Scores> = word.parts.iter().map(|part| self.any_of(&[&part.text], part.open)).collect();
        add_parts(&mut scores, &parts);
        scores
    }

    /// Scores what has any of these words, as if they were one.
    pub(super) fn any_of(&mut self, words: &[&str], open: bool) -> Scores {
        let mut scores = Scores::none(self.counts.len());
        for (first, shard) in self.snapshot.shards() {
            let mut terms = Vec::new();
            for word in words {
                self.terms(shard, word, &mut terms);
                if open {
                    let mut longer = Vec::new();
                    shard.beginning_with(word, &mut longer);
                    terms.extend(
                        longer.into_iter().filter(|term| term.form == Form::Word).map(|term| (term, BEGINNING_WEIGHT)),
                    );
                }
            }
            terms.retain(|(term, _)| self.parts.contains(&term.part));
            terms.sort_unstable_by_key(|(term, _)| term.part);
            for same_part in terms.chunk_by(|(a, _), (b, _)| a.part == b.part) {
                for (term, weight) in same_part {
                    self.count(shard, first, term, *weight, &mut scores);
                }
                self.settle(shard, first, same_part[0].0.part, &mut scores);
            }
        }
        scores.weigh(self.snapshot.entries())
    }

    /// Scores what has these words one after the other.
    pub(super) fn phrase(&mut self, words: &[Word]) -> Scores {
        let words: Vec<String> = words
            .iter()
            .flat_map(|word| if word.parts.is_empty() { std::slice::from_ref(word) } else { &word.parts })
            .map(|word| word.text.clone())
            .collect();
        let mut scores = Scores::none(self.counts.len());
        for (first, shard) in self.snapshot.shards() {
            for &part in self.parts {
                shard.each_phrase(&words, part, |entry| {
                    self.add(first + entry as usize, 1.0);
                    scores.named[first + entry as usize] |= part == Part::Name;
                });
                self.settle(shard, first, part, &mut scores);
            }
        }
        scores.weigh(self.snapshot.entries())
    }

    /// The terms that stand for a word as a whole, with their weights.
    fn terms(&mut self, shard: &Shard, word: &str, terms: &mut Vec<(Found, f32)>) {
        let mut stem = String::new();
        self.stems.stem(word, &mut stem);
        let mut found = Vec::new();
        shard.word(word, &mut found);
        let is_stem = stem == word;
        terms.extend(found.into_iter().filter_map(|term| match term.form {
            Form::Word => Some((term, 1.0)),
            Form::Stem => is_stem.then_some((term, STEM_WEIGHT)),
        }));
        if !is_stem && !stem.is_empty() {
            let mut found = Vec::new();
            shard.word(&stem, &mut found);
            terms.extend(found.into_iter().map(|term| (term, STEM_WEIGHT)));
        }
    }

    fn count(&mut self, shard: &Shard, first: usize, term: &Found, weight: f32, scores: &mut Scores) {
        let names = term.part == Part::Name && weight > BEGINNING_WEIGHT;
        shard.each_posting(term, |entry, count| {
            let slot = first + entry as usize;
            self.add(slot, weight * count as f32);
            scores.named[slot] |= names;
        });
    }

    fn add(&mut self, slot: usize, count: f32) {
        let sum = &mut self.counts[slot];
        if *sum == 0.0 {
            self.counted.push(slot as u32);
        }
        *sum += count;
    }

    /// Turns the counts of one part into scores.
    fn settle(&mut self, shard: &Shard, first: usize, part: Part, scores: &mut Scores) {
        let (worth, usual, slope) = weight(part);
        for slot in self.counted.drain(..) {
            let count = std::mem::take(&mut self.counts[slot as usize]);
            if self.snapshot.slots()[slot as usize].is_alive() {
                let length = shard.entries()[slot as usize - first].lengths[part as usize];
                let norm = SATURATION * (1.0 - slope + slope * f32::from(length) / usual);
                scores.add(slot, worth * count * (1.0 + SATURATION) / (count + norm));
            }
        }
    }
}

/// Adds what has all parts of a name to what has the name itself.
fn add_parts(scores: &mut Scores, parts: &[Scores]) {
    let Some(fewest) = parts.iter().min_by_key(|part| part.slots.len()) else { return };
    for &slot in &fewest.slots {
        if parts.iter().any(|part| part.get(slot) == 0.0) {
            continue;
        }
        let mean = parts.iter().map(|part| part.get(slot)).sum::<f32>() / parts.len() as f32;
        let gain = mean * PARTS_WEIGHT - scores.get(slot);
        if gain > 0.0 {
            scores.add(slot, gain);
            scores.named[slot as usize] |= parts.iter().all(|part| part.is_named(slot));
        }
    }
}
