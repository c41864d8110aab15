//! What to compare: which frameworks, under which criteria, in which rows, order and layout.
//!
//! Invariants: a selection names each framework, criterion and row at most once, criteria and rows in
//! the order of the category; nothing is selected only where the category has nothing.

use super::must::MustHave;
use crate::site::Category;

/// What a reader chose to compare; the places are those in the category's lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The columns in the order in which they were chosen, before any sorting.
    pub frameworks: Vec<usize>,
    /// The criteria, in the category's order.
    pub criteria: Vec<usize>,
    /// The rows that are shown, sorted; empty for all.
    pub rows: Vec<RowKey>,
    /// Whether rows that say the same of all frameworks are left out.
    pub only_differences: bool,
    /// Whether rows without a measured figure are left out.
    pub only_measured: bool,
    /// What a framework must have to be shown, in the order in which it was asked for.
    pub must: Vec<MustHave>,
    /// Words of which every row that is shown holds one or more cells; empty for none.
    pub find: String,
    /// What the columns are sorted by; none for the order in which they were chosen.
    pub sort: Option<Sort>,
    /// How the grid is laid out, where the reader said so.
    pub layout: Option<Layout>,
    /// The findings whose whole text is shown in place, as framework and criterion, sorted.
    pub open: Vec<(usize, usize)>,
    /// What the query asked for and cannot have, in plain sentences that quote it: escape them.
    pub notes: Vec<String>,
}

/// A row of the grid, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// Its criterion.
    pub criterion: usize,
    /// Which of its rows.
    pub line: Line,
}

/// Which of a criterion's rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// The ratings.
    Rating,
    /// The first paragraphs.
    Summary,
    /// A fact, by its slug.
    Fact(String),
}

/// How the grid is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One table with frameworks as columns.
    Columns,
    /// One table with frameworks as rows.
    Rows,
    /// Tables of few columns each, for paper.
    Paper,
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
            ..Self::default()
        }
    }

    /// Two frameworks of a category, in the category's order.
    pub fn pair(category: &Category, one: usize, other: usize) -> Self {
        Self { frameworks: vec![one.min(other), one.max(other)], ..Self::all(category) }
    }

    /// Whether it reads as a head-to-head: two frameworks, and no other layout asked for.
    pub fn is_pair(&self) -> bool {
        self.frameworks.len() == 2 && self.layout.is_none()
    }
}

impl Layout {
    /// Its name in URLs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Rows => "rows",
            Self::Paper => "paper",
        }
    }

    /// The layout that a name in a URL means.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Columns, Self::Rows, Self::Paper].into_iter().find(|layout| layout.name() == name)
    }
}
