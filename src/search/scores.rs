//! Scores: how well each entry matches one word, by where and how often the word stands in it.
//!
//! All terms that stand for the word count as the word, each at its weight, as BM25 counts it: the more
//! often the better, with less and less gain, and less in a long text than in a short one. The lengths
//! are compared with fixed ones, so that a score does not depend on what was deleted or moved.

use super::family::{Family, Kin};
use super::query::{Open, Word};
use super::shard::{Found, Shard};
use super::snapshot::Snapshot;
use super::terms::Part;

/// How much of the gain of a further occurrence is left.
const SATURATION: f32 = 1.2;
/// What all parts of a name count against the name itself.
const PARTS_WEIGHT: f32 = 0.5;

/// How often longer words may stand in texts that are looked at for the beginning of one. Where only that
/// is looked for, one in each entry is too many on any site.
const MOST_ALONE: u64 = 40_000;
const MOST_BESIDE_OTHERS: u64 = 60_000;

/// How much of a score comes from a part.
#[derive(Clone, Copy)]
struct Weighing {
    /// What the part is worth.
    worth: f32,
    /// What is added to a count that it is measured by: in an empty part, and for each word in it.
    base: f32,
    each: f32,
}

impl Weighing {
    /// What a part is worth, its usual length in words, and how much its length counts.
    const fn new(worth: f32, usual: f32, slope: f32) -> Self {
        Self { worth: worth * (1.0 + SATURATION), base: SATURATION * (1.0 - slope), each: SATURATION * slope / usual }
    }

    const fn of(part: Part) -> Self {
        match part {
            Part::Name => Self::new(8.0, 3.0, 0.4),
            Part::Title => Self::new(6.0, 3.0, 0.4),
            Part::Path => Self::new(3.0, 6.0, 0.2),
            Part::Facts => Self::new(2.0, 30.0, 0.3),
            Part::Body => Self::new(1.0, 120.0, 0.5),
        }
    }

    fn score(self, count: f32, length: u16) -> f32 {
        self.worth * count / (count + self.base + self.each * f32::from(length))
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
    /// Whether longer words that begin with the word count in titles only.
    pub beginnings_in_titles: bool,
    /// By what all scores are multiplied: the more, the fewer entries have the word.
    rarity: f32,
}

impl Scores {
    /// The score of a slot; 0 where it does not match.
    pub(super) fn get(&self, slot: u32) -> f32 {
        self.scores[slot as usize] * self.rarity
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

    fn set_rarity(&mut self, entries: u64) {
        let (all, matching) = (entries as f32, self.slots.len() as f32);
        self.rarity = (1.0 + (all - matching).max(0.0) / (matching + 0.5)).ln().max(0.1);
    }
}

/// Scores words; keeps its working memory from one word to the next.
pub(super) struct Scorer<'s> {
    snapshot: &'s Snapshot,
    /// The parts in which words are looked for.
    parts: &'static [Part],
    counts: Vec<f32>,
    counted: Vec<u32>,
}

impl<'s> Scorer<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, parts: &'static [Part]) -> Self {
        Self { snapshot, parts, counts: vec![0.0; snapshot.slots()], counted: Vec::new() }
    }

    /// Scores a word, its stem, what begins with it where it is open, and its parts.
    pub(super) fn word(&mut self, word: &Word) -> Scores {
        let mut scores = self.any_of(&[&word.text], word.open);
        let parts: Vec<Scores> = word.parts.iter().map(|part| self.any_of(&[&part.text], part.open)).collect();
        add_parts(&mut scores, &parts);
        scores
    }

    /// Scores what has any of these words, as if they were one.
    pub(super) fn any_of(&mut self, words: &[&str], open: Open) -> Scores {
        let mut families: Vec<Family> = words.iter().map(|word| Family::of(word, open != Open::No)).collect();
        let mut found: Vec<Vec<(Found, Kin)>> = Vec::new();
        for (_, shard) in self.snapshot.shards() {
            let mut terms = Vec::new();
            families.iter_mut().for_each(|family| family.terms(shard, &mut terms));
            terms.retain(|(term, _)| self.parts.contains(&term.part));
            terms.sort_unstable_by_key(|(term, _)| term.part);
            found.push(terms);
        }
        let mut scores = self.no_scores();
        scores.beginnings_in_titles = self.leave_out_common_beginnings(&mut found, open);
        for ((first, shard), terms) in self.snapshot.shards().zip(found) {
            for same_part in terms.chunk_by(|(a, _), (b, _)| a.part == b.part) {
                match same_part {
                    [(term, kin)] => self.score(shard, first, term, *kin, &mut scores),
                    several => self.score_together(shard, first, several, &mut scores),
                }
            }
        }
        scores.set_rarity(self.snapshot.entries());
        scores
    }

    /// Leaves out longer words outside of titles, where nearly everything has one; whether that is so.
    fn leave_out_common_beginnings(&self, found: &mut [Vec<(Found, Kin)>], open: Open) -> bool {
        let most = match open {
            Open::No => return false,
            Open::Alone => self.snapshot.entries().min(MOST_ALONE),
            Open::BesideOthers => MOST_BESIDE_OTHERS,
        };
        let in_text = |term: &Found, kin: Kin| kin == Kin::Longer && !matches!(term.part, Part::Name | Part::Title);
        let terms = found.iter().flatten().filter(|(term, kin)| in_text(term, *kin));
        if terms.map(|(term, _)| u64::from(term.entries())).sum::<u64>() <= most {
            return false;
        }
        found.iter_mut().for_each(|terms| terms.retain(|(term, kin)| !in_text(term, *kin)));
        true
    }

    /// Scores what has these words one after the other.
    pub(super) fn phrase(&mut self, words: &[Word]) -> Scores {
        let words: Vec<String> = words
            .iter()
            .flat_map(|word| if word.parts.is_empty() { std::slice::from_ref(word) } else { &word.parts })
            .map(|word| word.text.clone())
            .collect();
        let mut scores = self.no_scores();
        for (first, shard) in self.snapshot.shards() {
            for &part in self.parts {
                let weighing = Weighing::of(part);
                shard.each_phrase(&words, part, |entry| {
                    let slot = first + entry;
                    if self.snapshot.is_alive(slot) {
                        scores.add(slot, weighing.score(1.0, shard.length(entry, part)));
                        scores.named[slot as usize] |= part == Part::Name;
                    }
                });
            }
        }
        scores.set_rarity(self.snapshot.entries());
        scores
    }

    fn no_scores(&self) -> Scores {
        let slots = self.snapshot.slots();
        Scores {
            scores: vec![0.0; slots],
            named: vec![false; slots],
            slots: Vec::new(),
            beginnings_in_titles: false,
            rarity: 1.0,
        }
    }

    /// Scores the only term that stands for the word in a part.
    fn score(&self, shard: &Shard, first: u32, term: &Found, kin: Kin, scores: &mut Scores) {
        let weighing = Weighing::of(term.part);
        let (names, weight) = (names(term, kin), kin.weight());
        shard.each_posting(term, |entry, count| {
            let slot = first + entry;
            if self.snapshot.is_alive(slot) {
                scores.add(slot, weighing.score(weight * count as f32, shard.length(entry, term.part)));
                scores.named[slot as usize] |= names;
            }
        });
    }

    /// Scores all terms that stand for the word in a part, as one.
    fn score_together(&mut self, shard: &Shard, first: u32, terms: &[(Found, Kin)], scores: &mut Scores) {
        let Self { snapshot, counts, counted, .. } = self;
        for (term, kin) in terms {
            let (names, weight) = (names(term, *kin), kin.weight());
            shard.each_posting(term, |entry, count| {
                let slot = first + entry;
                let sum = &mut counts[slot as usize];
                if *sum == 0.0 {
                    counted.push(slot);
                }
                *sum += weight * count as f32;
                scores.named[slot as usize] |= names;
            });
        }
        let Some((Found { part, .. }, _)) = terms.first() else { return };
        let weighing = Weighing::of(*part);
        for slot in counted.drain(..) {
            let count = std::mem::take(&mut counts[slot as usize]);
            if snapshot.is_alive(slot) {
                scores.add(slot, weighing.score(count, shard.length(slot - first, *part)));
            }
        }
    }
}

/// Whether a term makes a page one that is named: more than its beginning stands in the page's name.
fn names(term: &Found, kin: Kin) -> bool {
    term.part == Part::Name && kin != Kin::Longer
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
            scores.add(slot, gain / scores.rarity);
            scores.named[slot as usize] |= parts.iter().all(|part| part.is_named(slot));
        }
    }
}
