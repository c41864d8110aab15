//! Selections one step away from a given one: what the links of a comparison without script lead to.
//!
//! A changed selection carries no notes: they belong to the query that was read.

use super::grid::Matrix;
use super::must::MustHave;
use super::selection::{Layout, RowKey, Selection, Sort};

/// A direction in which a column moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Towards the first column.
    Left,
    /// Towards the last column.
    Right,
}

impl Selection {
    /// With a framework left out, or added as the last column. The last one left stays: a comparison of
    /// nothing would read back as one of everything.
    pub fn with_framework_toggled(&self, framework: usize) -> Self {
        let mut changed = self.without_notes();
        match self.frameworks.iter().position(|&chosen| chosen == framework) {
            Some(_) if self.frameworks.len() == 1 => {}
            Some(at) => {
                changed.frameworks.remove(at);
            }
            None => changed.frameworks.push(framework),
        }
        changed
    }

    /// With a framework one column further. Takes the columns as they are shown, so that the step is the
    /// one a reader sees, and drops the sorting, which would undo it. Unchanged at the edge.
    pub fn with_framework_moved(&self, shown: &Matrix, framework: usize, step: Step) -> Self {
        let mut changed = self.without_notes();
        let mut order: Vec<usize> = shown.columns.iter().map(|column| column.framework).collect();
        let shown = order.len();
        order.extend(self.frameworks.iter().filter(|chosen| !order.contains(chosen)).copied().collect::<Vec<_>>());
        let from = order.iter().position(|&chosen| chosen == framework);
        let to = from.and_then(|from| match step {
            Step::Left => from.checked_sub(1),
            Step::Right => Some(from + 1).filter(|to| *to < shown),
        });
        if let (Some(from), Some(to)) = (from, to) {
            order.swap(from, to);
            changed.frameworks = order;
            changed.sort = None;
        }
        changed
    }

    /// With a criterion left out, or put in its place. The last one left stays.
    pub fn with_criterion_toggled(&self, criterion: usize) -> Self {
        let mut changed = self.without_notes();
        match self.criteria.binary_search(&criterion) {
            Ok(_) if self.criteria.len() == 1 => {}
            Ok(at) => {
                changed.criteria.remove(at);
            }
            Err(at) => changed.criteria.insert(at, criterion),
        }
        changed
    }

    /// With a row picked, or not picked any longer.
    pub fn with_row_toggled(&self, row: &RowKey) -> Self {
        let mut changed = self.without_notes();
        match changed.rows.binary_search(row) {
            Ok(at) => {
                changed.rows.remove(at);
            }
            Err(at) => changed.rows.insert(at, row.clone()),
        }
        changed
    }

    /// With a must-have, or without it.
    pub fn with_must_toggled(&self, must: &MustHave) -> Self {
        let mut changed = self.without_notes();
        match changed.must.iter().position(|known| known == must) {
            Some(at) => {
                changed.must.remove(at);
            }
            None => changed.must.push(must.clone()),
        }
        changed
    }

    /// With the whole text of a finding in place, or with its start.
    pub fn with_finding_toggled(&self, framework: usize, criterion: usize) -> Self {
        let mut changed = self.without_notes();
        match changed.open.binary_search(&(framework, criterion)) {
            Ok(at) => {
                changed.open.remove(at);
            }
            Err(at) => changed.open.insert(at, (framework, criterion)),
        }
        changed
    }

    /// In another layout.
    pub fn with_layout(&self, layout: Option<Layout>) -> Self {
        Self { layout, ..self.without_notes() }
    }

    /// Without what hides rows of the selected criteria.
    pub fn with_all_rows(&self) -> Self {
        let (rows, find) = (Vec::new(), String::new());
        Self { rows, find, only_differences: false, only_measured: false, ..self.without_notes() }
    }

    /// Without anything that a framework must have.
    pub fn without_must_haves(&self) -> Self {
        Self { must: Vec::new(), ..self.without_notes() }
    }

    /// With another order of the columns.
    pub fn with_sort(&self, sort: Option<Sort>) -> Self {
        Self { sort, ..self.without_notes() }
    }

    fn without_notes(&self) -> Self {
        Self { notes: Vec::new(), ..self.clone() }
    }
}
