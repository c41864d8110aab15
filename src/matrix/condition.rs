//! What a must-have asks of a rating or a fact, as it is read, written and tried.

use std::cmp::Ordering;

use super::named::{Named, words_of};
use super::order::Key;
use crate::content::metadata::{Fact, FactKind, FactState};
use crate::content::value::{Answer, Content, Value};
use crate::site::{Site, encode_path};

/// What must hold of a rating or a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The answer is this one; "partial" is met by "yes" as well.
    Answer(Answer),
    /// The words, or others that mean the same, are named, whole and in this order.
    Names(String),
    /// Neither the words are named nor others that mean the same.
    NamesNot(String),
    /// The value lies on this side of another one, written as its kind is.
    Bound(Bound, String),
}

/// A side of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `>`
    Above,
}

/// What stands before words that must not be named.
const NEGATIONS: [&str; 3] = ["!", "not ", "no "];

/// What must not be named, where a text starts with a negation in any case of ASCII letters.
pub(super) fn negated(text: &str) -> Option<&str> {
    NEGATIONS.iter().find_map(|word| {
        let start = text.get(..word.len())?;
        start.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
    })
}

impl Test {
    /// Reads what stands after a name and a sign; none where values of the kind cannot answer it.
    pub(super) fn read(kind: FactKind, sign: Option<Bound>, wanted: &str) -> Option<Self> {
        if wanted.is_empty() {
            return None;
        }
        match (kind, sign) {
            (FactKind::YesNo, None) => match Value::read(FactKind::YesNo, wanted)?.content {
                Content::Answer { value } => Some(Self::Answer(value)),
                _ => None,
            },
            (FactKind::Text | FactKind::List, None) => {
                let unwanted = negated(wanted);
                let words = unwanted.unwrap_or(wanted).trim();
                words_of(words).next()?;
                let words = words.to_owned();
                Some(if unwanted.is_some() { Self::NamesNot(words) } else { Self::Names(words) })
            }
            (FactKind::YesNo | FactKind::Text | FactKind::List, Some(_)) | (_, None) => None,
            (kind, Some(bound)) => {
                Value::read(kind, wanted)?;
                Some(Self::Bound(bound, wanted.to_owned()))
            }
        }
    }

    /// The condition as it stands in a URL behind the name.
    pub(super) fn to_value(&self) -> String {
        match self {
            Self::Answer(answer) => format!(":{}", word(*answer)),
            Self::Names(words) => format!(":{}", encode_path(words)),
            Self::NamesNot(words) => format!(":!{}", encode_path(words)),
            Self::Bound(bound, value) => format!("{}{}", bound.sign(), encode_path(value)),
        }
    }

    /// Whether it holds of a rating.
    pub(super) fn holds_of_rating(&self, rating: u8) -> Option<bool> {
        let Self::Bound(bound, value) = self else { return None };
        Some(bound.allows(rating.cmp(&value.parse().ok()?)))
    }

    /// Whether it holds of what a fact says; none where that does not decide it.
    pub(super) fn holds_of_fact(&self, site: &Site, kind: FactKind, fact: &Fact) -> Option<bool> {
        let is_named = |words: &str| Named::of(words, &site.site_file.synonyms).are_in(&fact.text);
        if let Self::NamesNot(words) = self {
            return match fact.state {
                FactState::Gap => None,
                FactState::No | FactState::NotApplicable => Some(true),
                FactState::Value => Some(!is_named(words)),
            };
        }
        match (self, fact.state) {
            (_, FactState::Gap | FactState::NotApplicable) => None,
            (Self::Names(_), FactState::No) => Some(false),
            (Self::Names(words), FactState::Value) => Some(is_named(words)),
            (Self::Answer(wanted), _) => match Value::of_fact(kind, fact)?.content {
                Content::Answer { value: Answer::Yes } => Some(*wanted != Answer::No),
                Content::Answer { value } => Some(value == *wanted),
                _ => None,
            },
            (Self::Bound(bound, value), _) => {
                let stated = Key::of_fact(kind, fact)?;
                let wanted = Key::of_text_as(kind, value)?;
                Some(bound.allows(stated.order(&wanted)))
            }
            (Self::NamesNot(_), _) => None,
        }
    }
}

impl Bound {
    /// Its sign as it stands in a URL.
    fn sign(self) -> &'static str {
        match self {
            Self::AtMost => "%3C=",
            Self::AtLeast => "%3E=",
            Self::Below => "%3C",
            Self::Above => "%3E",
        }
    }

    /// Its words in a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::AtMost => "at most",
            Self::AtLeast => "at least",
            Self::Below => "below",
            Self::Above => "above",
        }
    }

    fn allows(self, order: Ordering) -> bool {
        match self {
            Self::AtMost => order.is_le(),
            Self::AtLeast => order.is_ge(),
            Self::Below => order.is_lt(),
            Self::Above => order.is_gt(),
        }
    }
}

/// An answer as it is written.
pub(super) fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::Partial => "partial",
        Answer::No => "no",
    }
}
