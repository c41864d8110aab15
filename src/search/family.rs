//! Families: the words of the index that stand for a word, and what each of them counts.
//!
//! Words are indexed as they are written. Those that share a stem share their beginning too, so they
//! are found in the sorted terms when they are asked for, and cost nothing until then.

use super::query::Open;
use super::shard::{Found, Shard};
use super::terms::Part;
use super::words::Stems;

/// What another word with the same stem counts.
const STEM_WEIGHT: f32 = 0.6;
/// What a longer word counts that begins with the word.
pub(super) const BEGINNING_WEIGHT: f32 = 0.4;
/// Letters by which words are longer at most than others with the same stem: `parallelization`.
const LONGEST_ENDING: usize = 8;

/// The words that stand for one word.
pub(super) struct Family<'w> {
    word: &'w str,
    /// Its stem; empty where it is not a word to stem.
    stem: String,
    /// Where longer words stand for it too.
    open: Open,
    stems: Stems,
    other_stem: String,
}

impl<'w> Family<'w> {
    /// The family of a word.
    pub(super) fn of(word: &'w str, open: Open) -> Self {
        let (mut stems, mut stem) = (Stems::default(), String::new());
        stems.stem(word, &mut stem);
        Self { word, stem, open, stems, other_stem: String::new() }
    }

    /// Adds the terms of a shard that stand for the word, each with what it counts.
    pub(super) fn terms(&mut self, shard: &Shard, terms: &mut Vec<(Found, f32)>) {
        let (word, open, beginning) = (self.word, self.open, beginning_of(&self.stem).to_owned());
        let (mut last, mut weight) = (String::new(), None);
        let mut add = |found: &str, term: Found| {
            if found != last {
                found.clone_into(&mut last);
                weight = self.weight(found);
            }
            let stands =
                weight.filter(|weight| *weight > BEGINNING_WEIGHT || open != Open::InTitles || is_title(term.part));
            terms.extend(stands.map(|weight| (term, weight)));
        };
        if !beginning.is_empty() {
            shard.beginning_with(&beginning, &mut add);
        }
        // An irregular word is not among its family, nor is one that is not stemmed.
        if beginning.is_empty() || !word.starts_with(&beginning) {
            if open != Open::No {
                shard.beginning_with(word, &mut add);
            } else {
                shard.word(word, &mut add);
            }
        }
    }

    /// What a word counts that the index has.
    fn weight(&mut self, found: &str) -> Option<f32> {
        if found == self.word {
            return Some(1.0);
        }
        let is_inflected = !self.stem.is_empty() && found.len() <= self.word.len() + LONGEST_ENDING && {
            self.stems.stem(found, &mut self.other_stem);
            self.other_stem == self.stem
        };
        let is_longer = || self.open != Open::No && found.starts_with(self.word);
        if is_inflected { Some(STEM_WEIGHT) } else { is_longer().then_some(BEGINNING_WEIGHT) }
    }
}

/// How all words with a stem begin: a last `i` may stand for a `y`, and a last `e` for nothing.
fn beginning_of(stem: &str) -> &str {
    match stem.len() {
        3.. => stem.strip_suffix(['i', 'e']).unwrap_or(stem),
        _ => stem,
    }
}

fn is_title(part: Part) -> bool {
    matches!(part, Part::Name | Part::Title)
}
