//! The order of values: which of two comes first. What has no key comes last in both directions.

use std::cmp::Ordering;

use crate::content::metadata::{Fact, FactKind};
use crate::content::value::{Content, Value};

/// A value in a form that can be ordered; one row has keys of one form only.
#[derive(Debug)]
pub(super) enum Key {
    /// A number in the base unit of its kind; smaller first.
    Number(f64),
    /// The parts of a version, then its stage before the release; older first.
    Version(Vec<u64>, (u8, u64)),
    /// Year, month and day, 0 where not given; earlier first.
    Date(u16, u8, u8),
    /// Words; alphabetical.
    Text(String),
}

impl Key {
    /// The key of a title or of any other words, without regard to case and the amount of white space.
    pub(super) fn of_text(text: &str) -> Self {
        let words = text.split_whitespace();
        Self::Text(words.flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' '])).collect())
    }

    /// The key of a rating: the best first.
    pub(super) fn of_rating(value: u8) -> Self {
        Self::Number(-f64::from(value))
    }

    /// The key of a fact's value; none where it states no value or none that its kind can read.
    pub(super) fn of_fact(kind: FactKind, fact: &Fact) -> Option<Self> {
        Value::of_fact(kind, fact).map(|value| Self::of_value(&value, &fact.text))
    }

    /// The key of a text that is written as values of a kind are.
    pub(super) fn of_text_as(kind: FactKind, text: &str) -> Option<Self> {
        Value::read(kind, text).map(|value| Self::of_value(&value, text))
    }

    fn of_value(value: &Value, text: &str) -> Self {
        match &value.content {
            Content::Quantity { value, .. } => Self::Number(*value),
            Content::Version { order: (parts, stage), .. } => Self::Version(parts.clone(), *stage),
            Content::Date { order: (year, month, day), .. } => Self::Date(*year, *month, *day),
            Content::Answer { value } => Self::Number(f64::from(*value as u8)),
            Content::List { .. } | Content::Text { .. } => Self::of_text(text),
        }
    }

    /// Which of two keys comes first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Version(a, stage_a), Self::Version(b, stage_b)) => (a, stage_a).cmp(&(b, stage_b)),
            (Self::Date(year_a, month_a, day_a), Self::Date(year_b, month_b, day_b)) => {
                (year_a, month_a, day_a).cmp(&(year_b, month_b, day_b))
            }
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (a, b) => a.form().cmp(&b.form()),
        }
    }

    fn form(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Version(..) => 1,
            Self::Date(..) => 2,
            Self::Text(_) => 3,
        }
    }
}

/// Which of two values comes first; a missing one comes last, reversed or not.
pub(super) fn compare(a: Option<&Key>, b: Option<&Key>, reversed: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if reversed => b.order(a),
        (Some(a), Some(b)) => a.order(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(kind: FactKind, texts: &[&'a str], reversed: bool) -> Vec<&'a str> {
        let mut texts = texts.to_vec();
        let key = |text: &str| Key::of_text_as(kind, text);
        texts.sort_by(|a, b| compare(key(a).as_ref(), key(b).as_ref(), reversed));
        texts
    }

    #[test]
    fn values_of_each_kind_are_ordered_by_what_they_mean() {
        let rows: [(FactKind, &[&str]); 8] = [
            (FactKind::Number, &["-3", "0.5 %", "about 7 nodes", "1 200", "12k", "3 million"]),
            (FactKind::Duration, &["900 ns", "about 200 us a task", "0.61 ms", "1-2 s", "90 s", "2 min"]),
            (FactKind::Size, &["512 B", "1 kB", "64 MiB", "0.5 GB", "2 TiB"]),
            (FactKind::Rate, &["100 a minute", "90 tasks/s", "1,200 tasks/s", "10k requests per second"]),
            (FactKind::Version, &["2.9.1", "v2.10", "2.10.1rc1", "2.10.1", "since 3"]),
            (FactKind::Date, &["2023", "2024-05", "31 May 2024", "2024-06-01", "June 2, 2024"]),
            (FactKind::YesNo, &["Yes, since 2.9", "partial", "No"]),
            (FactKind::Text, &["apples", "Bears", "cats"]),
        ];
        for (kind, rising) in rows {
            let falling: Vec<_> = rising.iter().rev().copied().collect();
            assert_eq!(sorted(kind, &falling, false), rising, "{kind:?}");
            assert_eq!(sorted(kind, rising, true), falling, "{kind:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_comes_last_in_both_directions() {
        assert_eq!(sorted(FactKind::Duration, &["fast", "2 s", "1 s"], false), ["1 s", "2 s", "fast"]);
        assert_eq!(sorted(FactKind::Duration, &["fast", "1 s", "2 s"], true), ["2 s", "1 s", "fast"]);
    }

    #[test]
    fn equal_values_keep_their_order() {
        let texts = ["1000 ms", "1 s", "1.0 seconds"];
        assert_eq!(sorted(FactKind::Duration, &texts, false), texts);
        assert_eq!(sorted(FactKind::Duration, &texts, true), texts);
    }
}
