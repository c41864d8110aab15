//! Scores: how well each entry matches one word, by where and how often the word stands in it.
//!
//! All terms that stand for the word count as the word, each at its weight, as BM25 counts it: the more
//! often the better, with less and less gain, and less in a long text than in a short one. The lengths
//! are compared with fixed ones, so that a score does not depend on what was deleted or moved. What means
//! the same as a word counts for less than the word.

use super::entry_set::EntrySet;
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
    /// How many entries the shard has.
    entries: usize,
    /// By entry, 0 for those that do not match; nothing where none was added yet. What is dead may have one too.
    scores: Vec<f32>,
    /// The parts in which it stands, a bit each, and whether the page that the entry is for is named.
    stands: Vec<u8>,
    /// The entries that match, and how many these are.
    matching: EntrySet,
    matches: usize,
}

/// The scores of one shard's entries.
#[derive(Clone, Copy)]
pub(super) struct InShard<'s> {
    piece: &'s Piece,
    rarity: f32,
}

/// Where a word stands in an entry.
#[derive(Clone, Copy)]
pub(super) struct Stands(u8);

impl Stands {
    /// Whether in the name of the page that the entry is for.
    #[inline]
    pub(super) fn is_named(self) -> bool {
        self.0 & NAMED != 0
    }

    /// Whether in a part.
    #[inline]
    pub(super) fn is_in(self, part: Part) -> bool {
        self.0 & bit(part) != 0
    }
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
        self.pieces.iter().map(|piece| piece.matches).sum()
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
            other.matching().each(|entry| {
                let gain = other.get(entry) * weight - piece.score(entry) * rarity;
                piece.gain(entry, gain / rarity, other.piece.stands[entry as usize]);
            });
        }
    }

    /// Adds what has all parts of a name to what has the name itself.
    fn add_where_all_are(&mut self, parts: &[Self]) {
        let rarity = self.rarity;
        for (shard, piece) in self.pieces.iter_mut().enumerate() {
            let parts: Vec<InShard> = parts.iter().map(|part| part.in_shard(shard)).collect();
            let Some((first, others)) = parts.split_first() else { return };
            let mut in_all = first.matching().clone();
            others.iter().for_each(|part| in_all.keep(part.matching()));
            in_all.each(|entry| {
                let mean = parts.iter().map(|part| part.get(entry)).sum::<f32>() / parts.len() as f32;
                let gain = mean * PARTS_WEIGHT - piece.score(entry) * rarity;
                let stands = parts.iter().fold(u8::MAX, |bits, part| bits & part.piece.stands[entry as usize]);
                piece.gain(entry, gain / rarity, if gain > 0.0 { stands } else { 0 });
            });
        }
    }
}

impl Piece {
    fn none(entries: usize) -> Self {
        Self { entries, scores: Vec::new(), stands: Vec::new(), matching: EntrySet::none(entries), matches: 0 }
    }

    /// Gets ready for entries to be added. Most of the shards in which a word is looked for do not have it.
    fn make_room(&mut self) {
        if self.scores.is_empty() {
            self.scores = vec![0.0; self.entries];
            self.stands = vec![0; self.entries];
        }
    }

    fn score(&self, entry: u32) -> f32 {
        self.scores.get(entry as usize).copied().unwrap_or(0.0)
    }

    fn add(&mut self, entry: u32, score: f32, stands: u8) {
        self.make_room();
        self.matches += usize::from(self.matching.insert(entry));
        self.scores[entry as usize] += score;
        self.stands[entry as usize] |= stands;
    }

    /// Adds a gain, if it is one; where it stands counts even so.
    fn gain(&mut self, entry: u32, gain: f32, stands: u8) {
        if gain > 0.0 {
            self.add(entry, gain, stands);
        } else if let Some(bits) = self.stands.get_mut(entry as usize) {
            *bits |= stands;
        }
    }

    /// Adds the only term that stands for the word in a part.
    fn add_term(&mut self, shard: &Shard, term: &Found, kin: Kin) {
        self.make_room();
        let (weighing, lengths) = (Weighing::of(term.part), shard.lengths(term.part));
        let (bits, weight) = (bits(term, kin), kin.weight());
        let Self { scores, stands, matching, .. } = self;
        shard.each_block(term, |entries, counts| {
            matching.add(entries);
            for (&entry, &count) in entries.iter().zip(counts) {
                let entry = entry as usize;
                scores[entry] += weighing.score(weight * count as f32, lengths[entry]);
                stands[entry] |= bits;
            }
        });
    }

    /// Adds all terms that stand for the word in a part, as one. They are counted where all is 0 before and after.
    fn add_together(&mut self, shard: &Shard, part: Part, terms: &[(Found, Kin)], counts: &mut Vec<f32>) {
        self.make_room();
        counts.resize(self.entries, 0.0);
        let Self { scores, stands, matching, .. } = self;
        let mut counted = EntrySet::none(self.entries);
        for (term, kin) in terms {
            let (bits, weight) = (bits(term, *kin), kin.weight());
            shard.each_block(term, |entries, times| {
                counted.add(entries);
                for (&entry, &count) in entries.iter().zip(times) {
                    counts[entry as usize] += weight * count as f32;
                    stands[entry as usize] |= bits;
                }
            });
        }
        let (weighing, lengths) = (Weighing::of(part), shard.lengths(part));
        counted.each(|entry| {
            let count = std::mem::take(&mut counts[entry as usize]);
            scores[entry as usize] += weighing.score(count, lengths[entry as usize]);
        });
        matching.add_all(&counted);
    }

    /// Leaves out what is dead, and counts.
    fn close(&mut self, alive: &EntrySet) {
        self.matching.keep(alive);
        self.matches = self.matching.count();
    }
}

impl<'s> InShard<'s> {
    /// Whether an entry matches.
    pub(super) fn has(self, entry: u32) -> bool {
        self.piece.score(entry) > 0.0
    }

    /// The score of an entry; 0 where it does not match.
    #[inline]
    pub(super) fn get(self, entry: u32) -> f32 {
        self.piece.score(entry) * self.rarity
    }

    /// The score of an entry and where the word stands in it, if it matches.
    #[inline]
    pub(super) fn of(self, entry: u32) -> Option<(f32, Stands)> {
        let score = *self.piece.scores.get(entry as usize)?;
        (score > 0.0).then(|| (score * self.rarity, Stands(self.piece.stands[entry as usize])))
    }

    /// Adds the score of each entry to its sum; infinity where the word stands in its title or in the name of its page.
    pub(super) fn add_to(self, sums: &mut [f32]) {
        let scores = self.piece.scores.iter().zip(&self.piece.stands);
        for (sum, (score, stands)) in sums.iter_mut().zip(scores) {
            let is_above = stands & (NAMED | bit(Part::Title)) != 0;
            *sum += if is_above { f32::INFINITY } else { score * self.rarity };
        }
    }

    /// The entries that match.
    pub(super) fn matching(self) -> &'s EntrySet {
        &self.piece.matching
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
        let pieces = self.snapshot.each_shard(self.snapshot.slots(), |at, shard, _| {
            let mut piece = Piece::none(shard.entries());
            for (framework, found) in &found {
                let found = found.in_shard(at);
                let mut about = EntrySet::none(shard.entries());
                self.snapshot.living(at).add_of_kind(Kind::Framework, *framework, &mut about);
                let mut either = about.clone();
                either.add_all(found.matching());
                either.each(|entry| {
                    let (score, stands) = found.of(entry).unwrap_or((0.0, Stands(0)));
                    let score = if about.has(entry) { score.max(own * found.rarity) } else { score };
                    piece.add(entry, score, stands.0);
                });
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
        // Many terms stand for the beginning of a word, and few for a word.
        let looked_at = if open == Open::No { 0 } else { self.snapshot.slots() };
        let mut found = self.snapshot.each_shard(looked_at, |_, shard, _| self.terms(shard, words, open));
        let beginnings_in_titles = self.leave_out_common_beginnings(&mut found, open);
        let looked_at = found.iter().flatten().map(|(term, _)| term.entries() as usize).sum();
        let pieces = self.snapshot.each_shard(looked_at, |at, shard, _| {
            let (mut piece, mut counts) = (Piece::none(shard.entries()), Vec::new());
            for same_part in found[at].chunk_by(|(a, _), (b, _)| a.part == b.part) {
                match same_part {
                    [(term, kin)] => piece.add_term(shard, term, *kin),
                    several => piece.add_together(shard, several[0].0.part, several, &mut counts),
                }
            }
            piece.close(self.snapshot.living(at).entries());
            piece
        });
        Scores { beginnings_in_titles, ..Scores::of(pieces, self.snapshot.entries()) }
    }

    /// The terms of a shard that stand for any of these words, part by part.
    fn terms(&self, shard: &Shard, words: &[&str], open: Open) -> Vec<(Found, Kin)> {
        let mut terms = Vec::new();
        words.iter().for_each(|word| Family::of(word, open != Open::No).terms(shard, &mut terms));
        terms.retain(|(term, _)| self.parts.contains(&term.part));
        terms.sort_unstable_by_key(|(term, _)| term.part);
        terms
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
        let pieces = self.snapshot.each_shard(self.snapshot.slots(), |at, shard, _| {
            let alive = self.snapshot.living(at).entries();
            let mut piece = Piece::none(shard.entries());
            for &part in self.parts.iter().filter(|part| **part != Part::Meaning) {
                let (weighing, lengths) = (Weighing::of(part), shard.lengths(part));
                let bits = if part == Part::Name { bit(part) | NAMED } else { bit(part) };
                shard.each_phrase(words, part, |entry| {
                    if alive.has(entry) {
                        piece.add(entry, weighing.score(1.0, lengths[entry as usize]), bits);
                    }
                });
            }
            piece
        });
        Scores::of(pieces, self.snapshot.entries())
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
    words.iter().flat_map(Word::parts_or_itself).map(|word| word.text.clone()).collect()
}
