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
const SYNONYM_WEIGHT: f32 = 0.5;

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
            Part::Title => Self::new(11.0, 3.0, 0.7),
            Part::Path => Self::new(4.0, 6.0, 0.2),
            Part::Label => Self::new(7.0, 12.0, 0.1),
            Part::Meaning => Self::new(0.7, 60.0, 0.1),
            Part::Facts => Self::new(2.0, 60.0, 0.3),
            Part::Body => Self::new(2.0, 250.0, 0.25),
        }
    }

    fn score(self, count: f32, length: u16) -> f32 {
        self.worth * count / (count + self.base + self.each * f32::from(length))
    }
}

/// How well entries match a word, shard by shard.
pub(super) struct Scores {
    pieces: Vec<Piece>,
    /// Whether longer words that begin with the word count in titles only.
    pub beginnings_in_titles: bool,
    /// By what all scores are multiplied: the more, the fewer entries have the word.
    rarity: f32,
}

/// How well the entries of one shard match a word, before it counts how rare the word is.
struct Piece {
    /// By entry; 0 for those that do not match.
    scores: Vec<f32>,
    /// The parts in which it stands, a bit each, and whether the page that the entry is for is named.
    stands: Vec<u8>,
    /// The entries that match, in no order.
    entries: Vec<u32>,
}

/// The scores of one shard's entries.
#[derive(Clone, Copy)]
pub(super) struct InShard<'s> {
    piece: &'s Piece,
    rarity: f32,
}

impl Scores {
    fn of(pieces: Vec<Piece>, entries: u64) -> Self {
        let mut scores = Self { pieces, beginnings_in_titles: false, rarity: 1.0 };
        let (all, matching) = (entries as f32, scores.matches() as f32);
        scores.rarity = (1.0 + (all - matching).max(0.0) / (matching + 0.5)).ln().max(0.1);
        scores
    }

    /// How many entries match.
    pub(super) fn matches(&self) -> usize {
        self.pieces.iter().map(|piece| piece.entries.len()).sum()
    }

    /// The scores of a shard's entries.
    pub(super) fn in_shard(&self, shard: usize) -> InShard<'_> {
        InShard { piece: &self.pieces[shard], rarity: self.rarity }
    }

    /// Adds what matches something else in its place, at a weight; the better of both counts.
    fn add_in_place(&mut self, other: &Self, weight: f32) {
        let rarity = self.rarity;
        for (shard, piece) in self.pieces.iter_mut().enumerate() {
            let other = other.in_shard(shard);
            for &entry in other.entries() {
                let gain = other.get(entry) * weight - piece.scores[entry as usize] * rarity;
                piece.gain(entry, gain / rarity, other.piece.stands[entry as usize]);
            }
        }
    }

    /// Adds what has all parts of a name to what has the name itself.
    fn add_where_all_are(&mut self, parts: &[Self]) {
        let rarity = self.rarity;
        for (shard, piece) in self.pieces.iter_mut().enumerate() {
            let parts: Vec<InShard> = parts.iter().map(|part| part.in_shard(shard)).collect();
            let Some(fewest) = parts.iter().min_by_key(|part| part.entries().len()) else { return };
            for &entry in fewest.entries() {
                if parts.iter().all(|part| part.has(entry)) {
                    let mean = parts.iter().map(|part| part.get(entry)).sum::<f32>() / parts.len() as f32;
                    let gain = mean * PARTS_WEIGHT - piece.scores[entry as usize] * rarity;
                    let stands = parts.iter().fold(u8::MAX, |bits, part| bits & part.piece.stands[entry as usize]);
                    piece.gain(entry, gain / rarity, if gain > 0.0 { stands } else { 0 });
                }
            }
        }
    }
}

impl Piece {
    fn none(entries: usize) -> Self {
        Self { scores: vec![0.0; entries], stands: vec![0; entries], entries: Vec::new() }
    }

    fn add(&mut self, entry: u32, score: f32, stands: u8) {
        let sum = &mut self.scores[entry as usize];
        if *sum == 0.0 {
            self.entries.push(entry);
        }
        *sum += score;
        self.stands[entry as usize] |= stands;
    }

    /// Adds a gain, if it is one; where it stands counts even so.
    fn gain(&mut self, entry: u32, gain: f32, stands: u8) {
        if gain > 0.0 {
            self.add(entry, gain, stands);
        } else {
            self.stands[entry as usize] |= stands;
        }
    }
}

impl<'s> InShard<'s> {
    /// Whether an entry matches.
    pub(super) fn has(self, entry: u32) -> bool {
        self.piece.scores[entry as usize] > 0.0
    }

    /// The score of an entry; 0 where it does not match.
    pub(super) fn get(self, entry: u32) -> f32 {
        self.piece.scores[entry as usize] * self.rarity
    }

    /// Whether an entry matches by the name of its page.
    pub(super) fn is_named(self, entry: u32) -> bool {
        self.piece.stands[entry as usize] & NAMED != 0
    }

    /// Whether an entry matches in a part.
    pub(super) fn is_in(self, entry: u32, part: Part) -> bool {
        self.piece.stands[entry as usize] & bit(part) != 0
    }

    /// The entries that match.
    pub(super) fn entries(self) -> &'s [u32] {
        &self.piece.entries
    }
}

/// Scores words.
pub(super) struct Scorer<'s> {
    snapshot: &'s Snapshot,
    /// The parts in which words are looked for.
    parts: &'static [Part],
}

impl<'s> Scorer<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, parts: &'static [Part]) -> Self {
        Self { snapshot, parts }
    }

    /// Scores what was wanted.
    pub(super) fn wanted(&self, wanted: &Wanted) -> Scores {
        match wanted {
            Wanted::Word(word) => self.word(word),
            Wanted::Phrase(words) => self.phrase(&texts(words)),
            Wanted::Same(same) => self.same(same),
            Wanted::Frameworks(named) => self.frameworks(named),
        }
    }

    /// Scores a word, its stem, what begins with it where it is open, and its parts.
    pub(super) fn word(&self, word: &Word) -> Scores {
        let mut scores = self.any_of(&[&word.text], word.open);
        self.add_parts(&mut scores, &word.parts);
        scores
    }

    /// Scores a word where it stands in titles.
    pub(super) fn in_titles(&self, word: &Word) -> Scores {
        Self { parts: &[Part::Name, Part::Title], ..*self }.any_of(&[&word.text], word.open)
    }

    /// Scores words that together mean the same as others.
    fn same(&self, same: &Same) -> Scores {
        let mut scores = match same.words.as_slice() {
            [word] => self.word(word),
            words => {
                let mut scores = self.phrase(&texts(words));
                let all: Vec<Scores> = words.iter().map(|word| self.word(word)).collect();
                scores.add_where_all_are(&all);
                scores
            }
        };
        for other in &same.others {
            scores.add_in_place(&self.name(other), SYNONYM_WEIGHT);
        }
        scores
    }

    /// Scores a word as it is, or several that follow one another.
    fn name(&self, words: &[String]) -> Scores {
        match words {
            [word] => self.any_of(&[word], Open::No),
            words => self.phrase(words),
        }
    }

    /// Scores what is about any of these frameworks, or has a name of theirs.
    fn frameworks(&self, named: &[(Named, Vec<Word>)]) -> Scores {
        let own = Weighing::of(Part::Path).score(1.0, 3);
        let found: Vec<(u16, Scores)> =
            named.iter().map(|(named, _)| (named.framework, self.name(&named.name))).collect();
        let pieces = self.snapshot.each_shard(|at, shard, first| {
            let mut piece = Piece::none(shard.entries());
            for (framework, found) in &found {
                let found = found.in_shard(at);
                for entry in (0..shard.entries() as u32).filter(|entry| self.snapshot.is_alive(first + entry)) {
                    let is_about = self.snapshot.kinds(first + entry)[Kind::Framework as usize] == *framework;
                    let score = found.get(entry);
                    let score = if is_about { score.max(own * found.rarity) } else { score };
                    if score > 0.0 {
                        piece.add(entry, score, found.piece.stands[entry as usize]);
                    }
                }
            }
            piece
        });
        Scores { pieces, beginnings_in_titles: false, rarity: 1.0 }
    }

    /// Adds what has the parts of a name one after the other to what has the name itself; where nothing has
    /// either, what has all of them anywhere.
    fn add_parts(&self, scores: &mut Scores, parts: &[Word]) {
        if parts.is_empty() {
            return;
        }
        let neighbours = self.phrase(&texts(parts));
        scores.add_in_place(&neighbours, NEIGHBOURS_WEIGHT);
        if scores.matches() == 0 {
            let all: Vec<Scores> = parts.iter().map(|part| self.any_of(&[&part.text], part.open)).collect();
            scores.add_where_all_are(&all);
        }
    }

    /// Scores what has any of these words, as if they were one.
    pub(super) fn any_of(&self, words: &[&str], open: Open) -> Scores {
        let mut families: Vec<Family> = words.iter().map(|word| Family::of(word, open != Open::No)).collect();
        let mut found: Vec<Vec<(Found, Kin)>> = Vec::new();
        for (_, shard) in self.snapshot.shards() {
            let mut terms = Vec::new();
            families.iter_mut().for_each(|family| family.terms(shard, &mut terms));
            terms.retain(|(term, _)| self.parts.contains(&term.part));
            terms.sort_unstable_by_key(|(term, _)| term.part);
            found.push(terms);
        }
        let beginnings_in_titles = self.leave_out_common_beginnings(&mut found, open);
        let pieces = self.snapshot.each_shard(|at, shard, first| {
            let mut piece = Piece::none(shard.entries());
            for same_part in found[at].chunk_by(|(a, _), (b, _)| a.part == b.part) {
                match same_part {
                    [(term, kin)] => self.score(shard, first, term, *kin, &mut piece),
                    several => self.score_together(shard, first, several, &mut piece),
                }
            }
            piece
        });
        Scores { beginnings_in_titles, ..Scores::of(pieces, self.snapshot.entries()) }
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
    pub(super) fn phrase(&self, words: &[String]) -> Scores {
        let pieces = self.snapshot.each_shard(|_, shard, first| {
            let mut piece = Piece::none(shard.entries());
            for &part in self.parts.iter().filter(|part| **part != Part::Meaning) {
                let weighing = Weighing::of(part);
                let bits = if part == Part::Name { bit(part) | NAMED } else { bit(part) };
                shard.each_phrase(words, part, |entry| {
                    if self.snapshot.is_alive(first + entry) {
                        piece.add(entry, weighing.score(1.0, shard.length(entry, part)), bits);
                    }
                });
            }
            piece
        });
        Scores::of(pieces, self.snapshot.entries())
    }

    /// Scores the only term that stands for the word in a part.
    fn score(&self, shard: &Shard, first: u32, term: &Found, kin: Kin, piece: &mut Piece) {
        let weighing = Weighing::of(term.part);
        let (bits, weight) = (bits(term, kin), kin.weight());
        piece.entries.reserve(term.entries() as usize);
        shard.each_posting(term, |entry, count| {
            if self.snapshot.is_alive(first + entry) {
                piece.add(entry, weighing.score(weight * count as f32, shard.length(entry, term.part)), bits);
            }
        });
    }

    /// Scores all terms that stand for the word in a part, as one.
    fn score_together(&self, shard: &Shard, first: u32, terms: &[(Found, Kin)], piece: &mut Piece) {
        let (mut counts, mut counted) = (vec![0.0; shard.entries()], Vec::new());
        for (term, kin) in terms {
            let (bits, weight) = (bits(term, *kin), kin.weight());
            shard.each_posting(term, |entry, count| {
                let sum: &mut f32 = &mut counts[entry as usize];
                if *sum == 0.0 {
                    counted.push(entry);
                }
                *sum += weight * count as f32;
                piece.stands[entry as usize] |= bits;
            });
        }
        let Some((Found { part, .. }, _)) = terms.first() else { return };
        let weighing = Weighing::of(*part);
        for entry in counted {
            if self.snapshot.is_alive(first + entry) {
                piece.add(entry, weighing.score(counts[entry as usize], shard.length(entry, *part)), 0);
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
