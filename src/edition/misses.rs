//! Searches that found nothing, counted for the authors while they work; kept in memory, and only the words.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Different searches that are kept; of more, those that were counted least are forgotten.
const MOST: usize = 500;
/// Characters of a search that are kept.
const LONGEST: usize = 80;

/// Counts searches without a hit.
#[derive(Debug, Default)]
pub struct Misses(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    by_words: HashMap<String, u32>,
    /// A search that may still be typed on.
    typing: Option<String>,
}

/// A search that found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Its words in lower case.
    pub words: String,
    /// How often it was made.
    pub count: u32,
}

/// How a search was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whole.
    Whole,
    /// Letter by letter; only what was typed in the end counts.
    AsTyped,
}

impl Misses {
    /// Takes note of a search and of whether it found something.
    pub fn note(&self, text: &str, asked: Asked, found: bool) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let words: String = words.chars().take(LONGEST).collect();
        if words.is_empty() {
            return;
        }
        let mut counts = self.counts();
        if let Some(typed) = counts.typing.take()
            && !typed.starts_with(&words)
            && !words.starts_with(&typed)
        {
            counts.add(typed);
        }
        match asked {
            _ if found => {}
            Asked::Whole => counts.add(words),
            Asked::AsTyped => counts.typing = Some(words),
        }
    }

    /// The searches, those made most often first, then by their words.
    pub fn list(&self) -> Vec<Miss> {
        let counts = self.counts();
        let mut all = counts.by_words.clone();
        counts.typing.iter().for_each(|typed| *all.entry(typed.clone()).or_default() += 1);
        let mut list: Vec<Miss> = all.into_iter().map(|(words, count)| Miss { words, count }).collect();
        list.sort_by(|a, b| (b.count, &a.words).cmp(&(a.count, &b.words)));
        list
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn add(&mut self, words: String) {
        if self.by_words.len() >= MOST
            && !self.by_words.contains_key(&words)
            && let Some(least) = self.by_words.iter().min_by_key(|(_, count)| **count).map(|(words, _)| words.clone())
        {
            self.by_words.remove(&least);
        }
        *self.by_words.entry(words).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(misses: &Misses) -> Vec<(String, u32)> {
        misses.list().into_iter().map(|miss| (miss.words, miss.count)).collect()
    }

    #[test]
    fn of_letters_typed_one_by_one_only_the_last_state_counts() {
        let misses = Misses::default();
        for typed in ["xy", "xyl", "xylo", "xylophone"] {
            misses.note(typed, Asked::AsTyped, false);
        }
        assert_eq!(listed(&misses), [("xylophone".to_owned(), 1)]);
        misses.note("dask", Asked::AsTyped, true);
        misses.note("Xylophone  ", Asked::Whole, false);
        assert_eq!(listed(&misses), [("xylophone".to_owned(), 2)]);
    }

    #[test]
    fn what_is_found_in_the_end_is_no_miss() {
        let misses = Misses::default();
        misses.note("shcedul", Asked::AsTyped, false);
        misses.note("shceduler", Asked::AsTyped, true);
        misses.note("  ", Asked::Whole, false);
        assert_eq!(listed(&misses), []);
    }

    #[test]
    fn memory_is_bounded_and_what_is_asked_often_stays() {
        let misses = Misses::default();
        (0..2).for_each(|_| misses.note("often", Asked::Whole, false));
        (0..MOST * 2).for_each(|number| misses.note(&format!("once {number}"), Asked::Whole, false));
        let list = misses.list();
        assert_eq!((list.len(), list[0].words.as_str()), (MOST, "often"));
        misses.note(&"ä".repeat(9_999), Asked::Whole, false);
        assert!(misses.list().iter().all(|miss| miss.words.chars().count() <= LONGEST));
    }
}
