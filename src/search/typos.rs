//! Typing errors: the words of the index that a word may have been meant as.

use super::letters::Letters;
use super::snapshot::Snapshot;
use super::wanted::{Open, Word};

/// Letters from which on one error is forgiven, and two.
const ONE_FROM: usize = 4;
const TWO_FROM: usize = 8;
/// Corrections that are considered for one word.
const MOST_CORRECTIONS: usize = 12;

/// A word that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Correction {
    /// The word.
    pub text: String,
    /// How many errors would have been made.
    pub edits: u8,
    /// How often it stands in the index.
    frequency: u32,
}

/// What a word may have been meant as, the likeliest first; an open word may also have been the
/// beginning of it.
pub(super) fn corrections(snapshot: &Snapshot, word: &Word) -> Vec<Correction> {
    let allowed = errors_forgiven(&word.text);
    if allowed == 0 {
        return Vec::new();
    }
    let (text, letters) = (word.text.as_str(), Letters::of(&word.text));
    let may_be = |other: Letters| letters.may_become(other, allowed);
    let mut likeliest = near(snapshot, may_be, |other| edits_of_whole(text, other, allowed));
    if likeliest.is_empty() && word.open != Open::No {
        let may_begin = |other: Letters| letters.may_become_beginning(other, allowed);
        likeliest = near(snapshot, may_begin, |other| edits_of_beginning(text, other, allowed));
    }
    likeliest.sort_unstable_by(|a, b| (a.edits, b.frequency, &a.text).cmp(&(b.edits, a.frequency, &b.text)));
    likeliest.truncate(MOST_CORRECTIONS);
    likeliest
}

/// The words of the index that are so many edits away, where their letters do not rule that out.
fn near(
    snapshot: &Snapshot,
    may_be: impl Fn(Letters) -> bool + Sync,
    edits: impl Fn(&str) -> Option<u8> + Sync,
) -> Vec<Correction> {
    let found = snapshot.each_shard(snapshot.slots(), |_, shard, _| {
        let mut found: Vec<Correction> = Vec::new();
        shard.made_of(&may_be, |text, frequency| match found.last_mut() {
            Some(last) if last.text == text => last.frequency += frequency,
            _ => found.extend(edits(text).map(|edits| Correction { text: text.to_owned(), edits, frequency })),
        });
        found
    });
    let mut found = found.concat();
    found.sort_unstable_by(|a, b| a.text.cmp(&b.text));
    found.dedup_by(|next, kept| {
        let is_same = next.text == kept.text;
        kept.frequency += if is_same { next.frequency } else { 0 };
        is_same
    });
    found
}

/// Short words and numbers are taken as they are: too much else is near them.
fn errors_forgiven(word: &str) -> u8 {
    if !word.contains(char::is_alphabetic) {
        return 0;
    }
    match word.chars().count() {
        ..ONE_FROM => 0,
        ONE_FROM..TWO_FROM => 1,
        _ => 2,
    }
}

/// The errors between a word and another.
fn edits_of_whole(word: &str, other: &str, allowed: u8) -> Option<u8> {
    u8::try_from(strsim::osa_distance(word, other)).ok().filter(|edits| (1..=allowed).contains(edits))
}

/// The errors between a word and the nearest beginning of another.
fn edits_of_beginning(word: &str, longer: &str, allowed: u8) -> Option<u8> {
    let letters = word.chars().count();
    let lengths = letters.saturating_sub(usize::from(allowed))..=letters + usize::from(allowed);
    let ends = longer.char_indices().map(|(at, _)| at).chain([longer.len()]).enumerate();
    let beginnings = ends.filter(|(length, _)| lengths.contains(length)).map(|(_, end)| &longer[..end]);
    let edits = beginnings.map(|beginning| strsim::osa_distance(word, beginning)).min()?;
    u8::try_from(edits).ok().filter(|edits| (1..=allowed).contains(edits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_errors_are_forgiven_in_longer_words() {
        let cases =
            [("ray", 0), ("dask", 1), ("workers", 1), ("schedule", 2), ("größe", 1), ("2024", 0), ("3.12.1-4", 0)];
        for (word, errors) in cases {
            assert_eq!(errors_forgiven(word), errors, "{word}");
        }
    }

    #[test]
    fn two_letters_that_changed_places_are_one_error() {
        assert_eq!(edits_of_beginning("shcedul", "scheduler", 1), Some(1));
        assert_eq!(edits_of_beginning("xyz", "scheduler", 1), None);
    }
}
