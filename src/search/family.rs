//! Families: the words of the index that stand for a word, and what each of them counts.
//!
//! Words are indexed as they are written. Those that share a stem share their beginning too, so they
//! are found in the sorted terms when they are asked for, and cost nothing until then but a mark of each
//! word's stem.

use xxhash_rust::xxh3::xxh3_64;

use super::shard::{Found, Shard};
use super::words::Stems;

/// Letters by which words are longer at most than others with the same stem: `parallelization`.
const LONGEST_ENDING: usize = 8;

/// How a word of the index stands for a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kin {
    /// It is the same.
    Same,
    /// It has the same stem.
    Inflected,
    /// It begins with the word.
    Longer,
}

impl Kin {
    /// What it counts.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Same => 1.0,
            Self::Inflected => 0.35,
            Self::Longer => 0.4,
        }
    }
}

/// A few bits of the stem of a word: where they differ, stems do. To compare them is much quicker than to make a stem.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct StemMark(u16);

impl StemMark {
    /// The mark of a stem; an empty one is that of words that are not stemmed.
    pub(super) fn of(stem: &str) -> Self {
        Self(xxh3_64(stem.as_bytes()) as u16)
    }
}

/// The words that stand for one word.
pub(super) struct Family<'w> {
    word: &'w str,
    /// Its stem; empty where it is not a word to stem.
    stem: String,
    mark: StemMark,
    /// Whether longer words stand for it too.
    open: bool,
    stems: Stems,
    other_stem: String,
}

impl<'w> Family<'w> {
    /// The family of a word.
    pub(super) fn of(word: &'w str, open: bool) -> Self {
        let (mut stems, mut stem) = (Stems::default(), String::new());
        stems.stem(word, &mut stem);
        let mark = StemMark::of(&stem);
        Self { word, stem, mark, open, stems, other_stem: String::new() }
    }

    /// Adds the terms of a shard that stand for the word.
    pub(super) fn terms(&mut self, shard: &Shard, terms: &mut Vec<(Found, Kin)>) {
        let (word, open, mark, beginning) = (self.word, self.open, self.mark, beginning_of(&self.stem).to_owned());
        let (mut last, mut kin) = (String::new(), None);
        let mut add = |found: &str, term: Found| {
            if found != last {
                found.clone_into(&mut last);
                kin = self.kin(found, term.stem);
            }
            terms.extend(kin.map(|kin| (term, kin)));
            true
        };
        if !beginning.is_empty() {
            // Behind the last that may be inflected, only longer ones are of the family.
            let last_inflected = shard.last_of_stem(&beginning, mark);
            let may_be_longer = |found: &str| open && (found <= word || found.starts_with(word));
            shard.beginning_with(&beginning, |found, term| {
                (Some(term.number) <= last_inflected || may_be_longer(found)) && add(found, term)
            });
        }
        // An irregular word is not among its family, nor is one that is not stemmed.
        if beginning.is_empty() || !word.starts_with(&beginning) {
            if open {
                shard.beginning_with(word, &mut add);
            } else {
                shard.word(word, &mut add);
            }
        }
    }

    /// How a word of the index stands for the word, if it does.
    fn kin(&mut self, found: &str, mark: StemMark) -> Option<Kin> {
        if found == self.word {
            return Some(Kin::Same);
        }
        let may_be_inflected =
            !self.stem.is_empty() && mark == self.mark && found.len() <= self.word.len() + LONGEST_ENDING;
        let is_inflected = may_be_inflected && {
            self.stems.stem(found, &mut self.other_stem);
            self.other_stem == self.stem
        };
        let is_longer = || self.open && found.starts_with(self.word);
        if is_inflected { Some(Kin::Inflected) } else { is_longer().then_some(Kin::Longer) }
    }
}

/// Whether a word may have a stem, as far as can be told without making the word's own. An irregular word is not
/// among its family.
pub(super) fn could_have_stem(word: &str, stem: &str) -> bool {
    word.starts_with(beginning_of(stem))
}

/// How all words with a stem begin: a last `i` may stand for a `y`, and a last `e` for nothing.
pub(super) fn beginning_of(stem: &str) -> &str {
    match stem.len() {
        3.. => stem.strip_suffix(['i', 'e']).unwrap_or(stem),
        _ => stem,
    }
}
