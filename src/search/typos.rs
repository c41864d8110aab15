//! Typing errors: the words of the index that a word may have been meant as.

use std::collections::HashMap;

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
    let mut frequencies: HashMap<String, u32> = HashMap::new();
    for (_, shard) in snapshot.shards() {
        shard.near(&word.text, allowed, |near, frequency| {
            if let Some(sum) = frequencies.get_mut(near) {
                *sum += frequency;
            } else {
                frequencies.insert(near.to_owned(), frequency);
            }
        });
    }
    let (mut whole, mut longer) = (Vec::new(), Vec::new());
    for (text, frequency) in frequencies {
        let edits = strsim::osa_distance(&word.text, &text);
        if edits == 0 {
            continue;
        }
        if edits <= usize::from(allowed) {
            whole.push(Correction { text, edits: edits as u8, frequency });
        } else if word.open != Open::No
            && let Some(edits) = edits_of_beginning(&word.text, &text, allowed)
        {
            longer.push(Correction { text, edits, frequency });
        }
    }
    let mut likeliest = if whole.is_empty() { longer } else { whole };
    likeliest.sort_unstable_by(|a, b| (a.edits, b.frequency, &a.text).cmp(&(b.edits, a.frequency, &b.text)));
    likeliest.truncate(MOST_CORRECTIONS);
    likeliest
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
