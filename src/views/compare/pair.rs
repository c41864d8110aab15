//! Two frameworks head to head: what it comes down to, and what each says on every criterion.

use std::cmp::Ordering;

use super::table::ColumnView;
use super::text;
use crate::choose::listed;
use crate::matrix::{Cell, Matrix, RowKind};
use crate::site::{Category, Site};

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
    /// Its first paragraph; empty where it starts with something else.
    pub start: String,
    /// All of it, where there is more than that.
    pub whole: Option<String>,
    /// Whether it is not researched.
    pub gap: bool,
}

impl<'a> Pair<'a> {
    pub fn of(site: &'a Site, category: &'a Category, matrix: &Matrix<'a>, columns: &[ColumnView<'a>]) -> Self {
        let titles = [columns[0].title, columns[1].title];
        let texts = matrix
            .groups
            .iter()
            .map(|group| [0, 1].map(|at| TextView::of(site, category, matrix.columns[at].framework, group.criterion)));
        Self { titles, says: says(category, matrix, titles), texts: texts.collect() }
    }
}

impl TextView {
    fn of(site: &Site, category: &Category, framework: usize, criterion: usize) -> Self {
        let framework = &category.frameworks[framework];
        let finding = framework.findings[criterion];
        let Some(section) = finding.section.filter(|_| !finding.gap) else {
            return Self { start: String::new(), whole: None, gap: true };
        };
        let start = text::start(site, framework.document, section);
        let whole = text::whole(site, framework.document, section);
        let has_more = whole.trim().len() > start.trim().len();
        Self { whole: has_more.then_some(whole), start, gap: false }
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
