//! What to compare: which frameworks, under which criteria, in which order.
//!
//! Invariants: a selection names each framework and each criterion at most once, criteria in the
//! order of the category; nothing is selected only where the category has nothing.

use crate::site::Category;

/// What a reader chose to compare; the places are those in the category's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The columns in the order in which they were chosen, before any sorting.
    pub frameworks: Vec<usize>,
    /// The criteria, in the category's order.
    pub criteria: Vec<usize>,
    /// Whether rows that say the same of all frameworks are left out.
    pub only_differences: bool,
    /// What the columns are sorted by; none for the order in which they were chosen.
    pub sort: Option<Sort>,
    /// What the query asked for and cannot have, in plain sentences that quote it: escape them.
    pub notes: Vec<String>,
}

/// An order of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// What decides.
    pub key: SortKey,
    /// Whether the order is turned round; what has no value stays last.
    pub reversed: bool,
}

/// What decides the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortKey {
    /// The framework's title, alphabetically.
    Name,
    /// Its rating under a criterion, best first.
    Rating(usize),
    /// One of its facts: the smallest, earliest or alphabetically first value first, yes before no.
    Fact {
        /// The criterion it is stated under.
        criterion: usize,
        /// Its slug.
        fact: String,
    },
}

impl Selection {
    /// Everything the category has, as it stands there.
    pub fn all(category: &Category) -> Self {
        Self {
            frameworks: (0..category.frameworks.len()).collect(),
            criteria: (0..category.criteria.len()).collect(),
            only_differences: false,
            sort: None,
            notes: Vec::new(),
        }
    }
}
