//! What is asked: the query as it comes in.

use std::borrow::Cow;

use serde::Serialize;

use super::places::Kind;

/// Characters of a text that are read.
const LONGEST_TEXT: usize = 300;
const DEFAULT_LIMIT: usize = 20;
const MOST_HITS: usize = 50;
const LAST_OFFSET: usize = 10_000;

/// A search as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Query {
    /// What was typed.
    pub text: String,
    /// Slug of the only framework to search.
    pub framework: Option<String>,
    /// Slug of the only criterion to search.
    pub criterion: Option<String>,
    /// Slug of the only category to search.
    pub category: Option<String>,
    /// Whether hits are shown under the frameworks they are about.
    pub grouped: bool,
    /// How many hits to leave out.
    pub offset: usize,
    /// How many hits to show at most.
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            framework: None,
            criterion: None,
            category: None,
            grouped: false,
            offset: 0,
            limit: DEFAULT_LIMIT,
        }
    }
}

impl Query {
    /// Reads `q`, `framework`, `criterion`, `category`, `group`, `offset` and `limit`. What is malformed or unknown
    /// is ignored; of several values the last one holds.
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            let value = value.trim();
            let slug = || (!value.is_empty()).then(|| cut(value).to_lowercase());
            match &*key {
                "q" => query.text = cut(value).to_owned(),
                "framework" => query.framework = slug(),
                "criterion" => query.criterion = slug(),
                "category" => query.category = slug(),
                "group" => query.grouped = value == "framework",
                "offset" => query.offset = value.parse().unwrap_or(0).min(LAST_OFFSET),
                "limit" => query.limit = value.parse().unwrap_or(DEFAULT_LIMIT).clamp(1, MOST_HITS),
                _ => {}
            }
        }
        query
    }

    /// The filter of a kind that stands beside the text.
    pub(super) fn slug(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Category => self.category.as_deref(),
            Kind::Framework => self.framework.as_deref(),
            Kind::Criterion => self.criterion.as_deref(),
        }
    }
}

/// The beginning of a text, as far as it is read.
pub(super) fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(at, _)| &text[..at])
}
