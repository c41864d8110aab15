//! Scores: how well each entry matches one word, by where and how often the word stands in it.
//!
//! All terms that stand for the word count as the word, each at its weight, as BM25 counts it: the more
//! often the better, with less and less gain, and less in a long text than in a short one. The lengths
//! are compared with fixed ones, so that a score does not depend on what was deleted or moved. What means
//! the same as a word counts for less than the word.

use super::family::{Family, Kin};
use super::lexicon::Named;
use super::places::Kind;
use super::shard::{Found, Shard};
use super::snapshot::Snapshot;
use super::terms::Part;
use super::wanted::{Open, Same, Wanted, Word};

/// How much of the gain of a further occurrence is left.
const SATURATION: f32 = 1.2;
/// What the parts of a name count against the name itself: one after the other, and anywhere.
const NEIGHBOURS_WEIGHT: f32 = 0.5;
const PARTS_WEIGHT: f32 = 0.5;
/// What words that mean the same count against the word itself.
const SYNONYM_WEIGHT: f32 = 0.4;

/// How often longer words may stand in texts that are looked at for the beginning of one. Where only that
/// is looked for, one in each entry is too many on any site.
const MOST_ALONE: u64 = 40_000;
const MOST_BESIDE_OTHERS: u64 = 60_000;

/// The bit for a page that is named; the lower ones are those of the parts.
const NAMED: u8 = 1 << Part::ALL.len();

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
            Part::Label => Self::new(5.0, 12.0, 0.1),
            Part::Meaning => Self::new(0.7, 60.0, 0.1),
            Part::Facts => Self::new(2.0, 60.0, 0.3),
            Part::Body => Self::new(1.0, 250.0, 0.4),
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
    /// The parts in which it stands, a bit each, and whether the page that the entry is for is named.
    stands: Vec<u8>,
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
        self.stands[slot as usize] & NAMED != 0
    }

    /// Whether a slot matches in a part.
    pub(super) fn is_in(&self, slot: u32, part: Part) -> bool {
        self.stands[slot as usize] & bit(part) != 0
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

    /// Adds what matches something else in its place, at a weight; the better of both counts.
    fn add_in_place(&mut self, other: &Self, weight: f32) {
        for &slot in &other.slots {
            let gain = other.get(slot) * weight - self.get(slot);
            if gain > 0.0 {
                self.add(slot, gain / self.rarity);
            }
            self.stands[slot as usize] |= other.stands[slot as usize];
        }
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

    /// Scores what was wanted.
    pub(super) fn wanted(&mut self, wanted: &Wanted) -> Scores {
        match wanted {
            Wanted::Word(word) => self.word(word),
            Wanted::Phrase(words) => self.phrase(&texts(words)),
            Wanted::Same(same) => self.same(same),
            Wanted::Frameworks(named) => self.frameworks(named),
        }
    }

    /// Scores a word, its stem, what begins with it where it is open, and its parts.
    pub(super) fn word(&mut self, word: &Word) -> Scores {
        let mut scores = self.any_of(&[&word.text], word.open);
        self.add_parts(&mut scores, &word.parts);
        scores
    }

    /// Scores a word where it stands in titles.
    pub(super) fn in_titles(&mut self, word: &Word) -> Scores {
        let parts = std::mem::replace(&mut self.parts, &[Part::Name, Part::Title]);
        let scores = self.any_of(&[&word.text], word.open);
        self.parts = parts;
        scores
    }

    /// Scores words that together mean the same as others.
    fn same(&mut self, same: &Same) -> Scores {
        let mut scores = match same.words.as_slice() {
            [word] => self.word(word),
            words => {
                let mut scores = self.phrase(&texts(words));
                let all: Vec<Scores> = words.iter().map(|word| self.word(word)).collect();
                add_where_all_are(&mut scores, &all);
                scores
            }
        };
        for other in &same.others {
            let meant = match other.as_slice() {
                [word] => self.any_of(&[word], Open::No),
                words => self.phrase(words),
            };
            scores.add_in_place(&meant, SYNONYM_WEIGHT);
        }
        scores
    }

    /// Scores what is about any of these frameworks, or has a name of theirs.
    fn frameworks(&mut self, named: &[(Named, Vec<Word>)]) -> Scores {
        let mut scores = self.no_scores();
        for (named, _) in named {
            let mut found = match named.name.as_slice() {
                [word] => self.any_of(&[word], Open::No),
                words => self.phrase(words),
            };
            let own = Weighing::of(Part::Path).score(1.0, 3);
            for slot in (0..self.snapshot.slots() as u32).filter(|&slot| self.snapshot.is_alive(slot)) {
                if self.snapshot.kinds(slot)[Kind::Framework as usize] == named.framework {
                    let missing = own - found.scores[slot as usize];
                    if missing > 0.0 {
                        found.add(slot, missing);
                    }
                }
            }
            for &slot in &found.slots {
                scores.add(slot, found.get(slot));
                scores.stands[slot as usize] |= found.stands[slot as usize];
            }
        }
        scores
    }

    /// Adds what has the parts of a name one after the other to what has the name itself; where nothing has
    /// either, what has all of them anywhere.
    fn add_parts(&mut self, scores: &mut Scores, parts: &[Word]) {
        if parts.is_empty() {
            return;
        }
        let neighbours = self.phrase(&texts(parts));
        scores.add_in_place(&neighbours, NEIGHBOURS_WEIGHT);
        if scores.slots.is_empty() {
            let all: Vec<Scores> = parts.iter().map(|part| self.any_of(&[&part.text], part.open)).collect();
            add_where_all_are(scores, &all);
        }
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

    /// Scores what itself says these words one after the other.
    pub(super) fn phrase(&mut self, words: &[String]) -> Scores {
        let mut scores = self.no_scores();
        for (first, shard) in self.snapshot.shards() {
            for &part in self.parts.iter().filter(|part| **part != Part::Meaning) {
                let weighing = Weighing::of(part);
                let bits = if part == Part::Name { bit(part) | NAMED } else { bit(part) };
                shard.each_phrase(words, part, |entry| {
                    let slot = first + entry;
                    if self.snapshot.is_alive(slot) {
                        scores.add(slot, weighing.score(1.0, shard.length(entry, part)));
                        scores.stands[slot as usize] |= bits;
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
            stands: vec![0; slots],
            slots: Vec::new(),
            beginnings_in_titles: false,
            rarity: 1.0,
        }
    }

    /// Scores the only term that stands for the word in a part.
    fn score(&self, shard: &Shard, first: u32, term: &Found, kin: Kin, scores: &mut Scores) {
        let weighing = Weighing::of(term.part);
        let (bits, weight) = (bits(term, kin), kin.weight());
        shard.each_posting(term, |entry, count| {
            let slot = first + entry;
            if self.snapshot.is_alive(slot) {
                scores.add(slot, weighing.score(weight * count as f32, shard.length(entry, term.part)));
                scores.stands[slot as usize] |= bits;
            }
        });
    }

    /// Scores all terms that stand for the word in a part, as one.
    fn score_together(&mut self, shard: &Shard, first: u32, terms: &[(Found, Kin)], scores: &mut Scores) {
        let Self { snapshot, counts, counted, .. } = self;
        for (term, kin) in terms {
            let (bits, weight) = (bits(term, *kin), kin.weight());
            shard.each_posting(term, |entry, count| {
                let slot = first + entry;
                let sum = &mut counts[slot as usize];
                if *sum == 0.0 {
                    counted.push(slot);
                }
                *sum += weight * count as f32;
                scores.stands[slot as usize] |= bits;
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

/// The bits of a term: its part, and whether more than its beginning stands in the page's name.
fn bits(term: &Found, kin: Kin) -> u8 {
    let names = term.part == Part::Name && kin != Kin::Longer;
    bit(term.part) | if names { NAMED } else { 0 }
}

fn bit(part: Part) -> u8 {
    1 << part as u8
}

/// The words as they follow one another in the index: names of several parts by their parts.
pub(super) fn texts(words: &[Word]) -> Vec<String> {
    let parts = words.iter().flat_map(|word| match word.parts.as_slice() {
        [] => std::slice::from_ref(word),
        parts => parts,
    });
    parts.map(|word| word.text.clone()).collect()
}

/// Adds what has all parts of a name to what has the name itself.
fn add_where_all_are(scores: &mut Scores, parts: &[Scores]) {
    let Some(fewest) = parts.iter().min_by_key(|part| part.slots.len()) else { return };
    for &slot in &fewest.slots {
        if parts.iter().any(|part| part.get(slot) == 0.0) {
            continue;
        }
        let mean = parts.iter().map(|part| part.get(slot)).sum::<f32>() / parts.len() as f32;
        let gain = mean * PARTS_WEIGHT - scores.get(slot);
        if gain > 0.0 {
            scores.add(slot, gain / scores.rarity);
            scores.stands[slot as usize] |= parts.iter().fold(u8::MAX, |bits, part| bits & part.stands[slot as usize]);
        }
    }
}
