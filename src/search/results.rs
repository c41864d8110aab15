//! What a search returns.

use serde::Serialize;

use super::cited::Sources;
use super::query::Query;
use crate::site::CategoryId;

/// The answer to a query.
#[derive(Clone, Debug, Serialize)]
pub struct Results {
    /// The query that was answered.
    pub query: Query,
    /// The same with the filters of its text taken out of it and set beside it.
    #[serde(skip)]
    pub apart: Query,
    /// How many sections match.
    pub total: usize,
    /// Those that were asked for, the best first.
    pub hits: Vec<Hit>,
    /// How the query was taken.
    pub mode: Mode,
    /// The query with corrected words, where typing errors were looked into.
    pub did_you_mean: Option<String>,
    /// What the matches can be narrowed down to.
    pub facets: Facets,
    /// The row of a comparison that answers the query.
    #[serde(skip)]
    pub asked: Option<Asked>,
    /// The words to mark where a hit leads; empty where there are none but names of frameworks.
    #[serde(skip)]
    pub marked: String,
}

/// A row of a comparison that a query asks for. There is something in it to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The category whose comparison it is.
    pub category: CategoryId,
    /// The criterion; none where only frameworks are named, to be set side by side.
    pub criterion: Option<usize>,
    /// The fact's slug; none for the criterion as a whole.
    pub fact: Option<String>,
    /// The frameworks that are named, by their places in the category; none where all are asked for.
    pub frameworks: Vec<usize>,
}

/// How a query was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Hits have all words.
    All,
    /// No section has all words; hits have some of them.
    SomeWords,
    /// No section has the words as typed; hits have all words, some of them corrected.
    Typo,
    /// There is nothing to look for, or nothing that matches.
    Empty,
}

/// A section that matches.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// Its address, with its anchor.
    pub href: String,
    /// Its heading, or the name of the page where it is the page itself.
    pub title: String,
    /// The same as HTML, with the matches marked.
    pub title_html: String,
    /// Where the matches start and end in the title, in characters.
    pub title_marks: Vec<[usize; 2]>,
    /// What it lies in: the pages above, its own page, the headings above it.
    pub path: Vec<String>,
    /// Where its text matches best; empty where it has no text.
    pub excerpt: String,
    /// The same as HTML, with the matches marked.
    pub excerpt_html: String,
    /// Where the matches start and end in the excerpt, in characters.
    pub excerpt_marks: Vec<[usize; 2]>,
    /// The framework it is about.
    pub framework: Option<FrameworkRef>,
    /// The criterion it is about.
    pub criterion: Option<NameRef>,
    /// The category it belongs to.
    pub category: Option<NameRef>,
    /// Its rating, 1 to 5.
    pub rating: Option<u8>,
    /// What it rests on, each source once.
    pub sources: Sources,
    /// How well it matches, compared with other hits of the same answer that have as many of the words.
    pub score: f32,
    /// Whether it has a word only if that was mistyped.
    pub typo: bool,
}

/// A framework that a hit is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FrameworkRef {
    /// Its name in URLs.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// Its place in its category.
    pub index: usize,
}

/// A criterion or category that a hit belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NameRef {
    /// Its name in URLs.
    pub slug: String,
    /// Its name.
    pub title: String,
}

/// What matches can be narrowed down to. Each list is counted without its own filter, so that it shows
/// what choosing another of its names would give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Frameworks, those with most matches first.
    pub frameworks: Vec<Facet>,
    /// Criteria, those with most matches first.
    pub criteria: Vec<Facet>,
    /// Categories, those with most matches first.
    pub categories: Vec<Facet>,
}

/// A name with the number of its matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Its name in URLs.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// How many sections match in it.
    pub count: usize,
}
