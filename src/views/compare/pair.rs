//! Two frameworks head to head: what it comes down to, and what each says on every criterion.

use std::cmp::Ordering;

use super::table::ColumnView;
use super::{address, text};
use crate::choose::listed;
use crate::matrix::{Cell, Group, Matrix, RowKind, Selection};
use crate::site::{Category, DocumentId, Site};

/// What a head-to-head says besides the rows.
pub(super) struct Pair<'a> {
    pub titles: [&'a str; 2],
    /// What it comes down to, in a few sentences.
    pub says: String,
    /// What each of the two says, one entry a group of the matrix.
    pub texts: Vec<[TextView; 2]>,
}

/// What one framework says on a criterion.
pub(super) struct TextView {
    /// Its first paragraph; empty where it has none.
    pub start: String,
    /// All of it, where there is more than that.
    pub whole: Option<String>,
    /// Whether there is a text, or in which way there is none.
    pub state: &'static str,
}

impl<'a> Pair<'a> {
    pub fn of(site: &'a Site, category: &'a Category, matrix: &Matrix<'a>, columns: &[ColumnView<'a>]) -> Self {
        let titles = [columns[0].title, columns[1].title];
        let text = |group: &Group<'a>, at: usize| {
            let document = category.frameworks[matrix.columns[at].framework].document;
            let row = group.rows.iter().find(|row| row.kind == RowKind::Summary);
            TextView::of(site, document, row.map_or(&Cell::Gap, |row| &row.cells[at]))
        };
        let texts = matrix.groups.iter().map(|group| [0, 1].map(|at| text(group, at)));
        Self { titles, says: says(category, matrix, titles), texts: texts.collect() }
    }
}

/// The one address of two frameworks head to head, below that of their comparison.
pub(super) fn url(compare_url: &str, category: &Category, one: usize, other: usize) -> String {
    address(compare_url, category, &Selection::pair(category, one, other))
}

/// The addresses of all pairs of a category; of two frameworks alone the comparison is the pair.
pub(in crate::views) fn urls<'a>(site: &Site, category: &'a Category) -> impl Iterator<Item = String> + use<'a> {
    let (compare_url, all) = (category.compare_url(site), category.frameworks.len());
    let pairs = (0..all).flat_map(move |one| (one + 1..all).map(move |other| (one, other)));
    pairs.filter(move |_| all > 2).map(move |(one, other)| url(&compare_url, category, one, other))
}

/// What two frameworks head to head are called.
pub(in crate::views) fn title(titles: [&str; 2]) -> String {
    format!("{} vs {}", titles[0], titles[1])
}

/// What two frameworks come down to on all that the category asks, in its order.
pub(in crate::views) fn describe(site: &Site, category: &Category, one: usize, other: usize) -> String {
    let matrix = Matrix::build(site, category, &Selection::pair(category, one, other));
    let titles = [one.min(other), one.max(other)].map(|place| category.frameworks[place].title.as_str());
    says(category, &matrix, titles)
}

impl TextView {
    fn of(site: &Site, document: DocumentId, cell: &Cell<'_>) -> Self {
        let state = cell.state().name();
        let Cell::Summary { section, .. } = *cell else { return Self { state, start: String::new(), whole: None } };
        let start = text::start(site, document, section);
        let whole = text::whole(site, document, section);
        let has_more = whole.trim().len() > start.trim().len();
        Self { state, whole: has_more.then_some(whole), start }
    }
}

/// What the two come down to: how much differs, and who is rated higher where.
fn says(category: &Category, matrix: &Matrix<'_>, titles: [&str; 2]) -> String {
    let mut higher: [Vec<&str>; 2] = Default::default();
    let mut equal = Vec::new();
    for group in &matrix.groups {
        let name = category.criteria[group.criterion].name.as_str();
        let rating = group.rows.iter().find(|row| row.kind == RowKind::Rating);
        let Some([Cell::Rating(one), Cell::Rating(other)]) = rating.map(|row| row.cells.as_slice()) else { continue };
        match one.value.cmp(&other.value) {
            Ordering::Greater => higher[0].push(name),
            Ordering::Less => higher[1].push(name),
            Ordering::Equal => equal.push(name),
        }
    }
    let mut says =
        format!("{} and {} differ in {} of {} rows.", titles[0], titles[1], matrix.differing_rows, matrix.total_rows);
    for (title, names) in titles.iter().zip(&higher) {
        if !names.is_empty() {
            says.push_str(&format!(" {title} is rated higher on {}.", listed(names)));
        }
    }
    if !equal.is_empty() {
        says.push_str(&format!(" Both are rated the same on {}.", listed(&equal)));
    }
    says
}
