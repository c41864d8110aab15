//! The table's columns, groups and rows, with the links that lead to selections one step away.

use std::ops::Range;

use super::cells::{CellView, Cells};
use super::{LeftOutView, address};
use crate::content::metadata::FactKind;
use crate::content::value::Answer;
use crate::matrix::{
    CellState, Column, Group, LeftOut, Line, Matrix, MustHave, Row, RowKind, Selection, Sort, SortKey, Step, Test,
};
use crate::site::{Category, Site};
use crate::views::nav;
use crate::views::section::scale_href;

/// The head of a column; links are absent where they would change nothing.
pub(in crate::views) struct ColumnView<'a> {
    pub slug: &'a str,
    pub href: &'a str,
    pub title: &'a str,
    pub group: &'a str,
    pub mark: usize,
    pub remove: Option<String>,
    pub left: Option<String>,
    pub right: Option<String>,
    /// The must-haves of which nobody can tell.
    pub unknown: Vec<String>,
    /// What ends a piece of the page behind it, where frameworks are rows; mostly nothing.
    pub cut: &'static str,
}

/// The rows of a criterion.
pub(in crate::views) struct GroupView<'a> {
    /// Its name in the page.
    pub id: String,
    pub slug: &'a str,
    pub name: &'a str,
    pub description: &'a str,
    pub remove: Option<String>,
    pub hidden_same: usize,
    pub rows: Vec<RowView<'a>>,
}

/// A row, or a column of facts where frameworks are rows.
pub(in crate::views) struct RowView<'a> {
    /// Its name in the page, so that what has the focus can be found again.
    pub id: String,
    pub name: &'a str,
    pub description: &'a str,
    pub is_summary: bool,
    /// Where the scale of its ratings is published.
    pub scale: Option<String>,
    /// Whether its values are numbers.
    pub is_numeric: bool,
    /// Whether the frameworks differ in it.
    pub differs: bool,
    /// Whether all of several frameworks say something, and the same.
    pub same: bool,
    pub sort: Option<SortLink>,
    /// Shows this row alone or adds it to those picked; takes it away again where it is picked.
    pub pick: String,
    pub is_picked: bool,
    /// Leaves only the frameworks that answer yes.
    pub require: Option<String>,
    /// What ends a piece of the page behind it in the first table; mostly nothing.
    pub cut: &'static str,
    cells: Cells<'a>,
}

impl GroupView<'_> {
    /// Whether two frameworks differ in any of its rows but their texts.
    pub fn has_differences(&self) -> bool {
        self.rows.iter().any(|row| row.differs && !row.is_summary)
    }

    /// Whether two frameworks agree in any of its rows but their texts.
    pub fn has_agreements(&self) -> bool {
        !self.agreements().is_empty()
    }

    /// The names of the rows in which two frameworks agree.
    pub fn agreements(&self) -> String {
        let rows = self.rows.iter().filter(|row| !row.differs && !row.is_summary);
        rows.map(|row| row.name).collect::<Vec<_>>().join(", ")
    }

    /// Whether the row of texts is shown.
    pub fn shows_summary(&self) -> bool {
        self.rows.iter().any(|row| row.is_summary)
    }
}

impl RowView<'_> {
    /// The cells of all columns.
    pub fn cells(&self) -> Vec<CellView> {
        self.cells.of(0..self.cells.row.cells.len())
    }

    /// The cells of a table.
    pub fn cells_of(&self, sheet: &Range<usize>) -> Vec<CellView> {
        self.cells.of(sheet.clone())
    }

    /// The cell of a column.
    pub fn cell_at(&self, column: &usize) -> CellView {
        self.cells.at(*column)
    }
}

/// The link that sorts the columns by a row.
pub(in crate::views) struct SortLink {
    pub href: String,
    /// Value of `aria-sort`, where the columns are sorted by the row.
    pub order: Option<&'static str>,
}

/// Makes what links to selections one step away.
#[derive(Clone, Copy)]
pub(super) struct Links<'a> {
    pub site: &'a Site,
    pub category: &'a Category,
    pub selection: &'a Selection,
    pub matrix: &'a Matrix<'a>,
    pub url: &'a str,
}

impl<'a> Links<'a> {
    pub fn href(&self, selection: &Selection) -> String {
        address(self.url, self.category, selection)
    }

    /// The address of a changed selection; none where nothing changed.
    fn step(&self, changed: &Selection) -> Option<String> {
        let same = changed.frameworks == self.selection.frameworks && changed.criteria == self.selection.criteria;
        (!same).then(|| self.href(changed))
    }

    pub fn column(&self, column: &Column) -> ColumnView<'a> {
        let place = column.framework;
        let framework = &self.category.frameworks[place];
        let at = self.matrix.columns.iter().position(|other| other.framework == place).unwrap_or_default();
        let moved = |step| self.href(&self.selection.with_framework_moved(self.matrix, place, step));
        ColumnView {
            slug: &framework.slug,
            href: &self.site.pages[framework.page].url,
            title: &framework.title,
            group: framework.group.as_deref().unwrap_or_default(),
            mark: nav::mark(place),
            remove: self.step(&self.selection.with_framework_toggled(place)),
            left: (at > 0).then(|| moved(Step::Left)),
            right: (at + 1 < self.matrix.columns.len()).then(|| moved(Step::Right)),
            unknown: column.unknown.iter().map(|&must| self.label(must)).collect(),
            cut: "",
        }
    }

    pub fn left_out(&self, left_out: &LeftOut) -> LeftOutView<'a> {
        let framework = &self.category.frameworks[left_out.framework];
        let failed = left_out.failed.iter();
        LeftOutView {
            href: &self.site.pages[framework.page].url,
            title: &framework.title,
            mark: nav::mark(left_out.framework),
            failed: failed
                .map(|&must| (self.label(must), self.selection.must[must].said(self.site, framework)))
                .collect(),
        }
    }

    fn label(&self, must: usize) -> String {
        self.selection.must[must].label(self.site, self.category)
    }

    pub fn group(&self, group: &'a Group<'a>) -> GroupView<'a> {
        let criterion = &self.category.criteria[group.criterion];
        GroupView {
            id: group_id(self.category, group.criterion),
            slug: &criterion.slug,
            name: &criterion.name,
            description: &criterion.description,
            remove: self.step(&self.selection.with_criterion_toggled(group.criterion)),
            hidden_same: group.hidden_same,
            rows: group.rows.iter().map(|row| self.row(group.criterion, row)).collect(),
        }
    }

    fn row(&self, criterion: usize, row: &'a Row<'a>) -> RowView<'a> {
        let key = row.kind.key(criterion);
        let kind = row.kind.values_are();
        let has_scale = row.kind == RowKind::Rating && !self.category.criteria[criterion].scale.is_empty();
        let says_something = |state| !matches!(state, CellState::Gap | CellState::NotStated);
        RowView {
            id: row_id(self.category, criterion, &key.line),
            name: row.kind.name(),
            description: row.kind.description(),
            is_summary: row.kind == RowKind::Summary,
            scale: has_scale.then(|| scale_href(self.site, self.category)),
            is_numeric: kind.is_numeric(),
            differs: row.differs,
            same: !row.differs && row.cells.len() > 1 && says_something(row.cells[0].state()),
            sort: row.kind.sort_key(criterion).filter(|_| self.matrix.columns.len() > 1).map(|key| self.sort(key)),
            is_picked: self.selection.rows.contains(&key),
            pick: self.href(&self.selection.with_row_toggled(&key)),
            require: self.require(criterion, &key.line, kind),
            cut: "",
            cells: Cells { links: *self, criterion, kind, row },
        }
    }

    /// The columns sorted by a row, then turned round, then as they were chosen.
    fn sort(&self, key: SortKey) -> SortLink {
        let current = self.selection.sort.as_ref().filter(|sort| sort.key == key);
        // The best rating comes first, which is the highest number.
        let (first, then) = match key {
            SortKey::Rating(_) => ("descending", "ascending"),
            _ => ("ascending", "descending"),
        };
        let (next, order) = match current {
            None => (Some(Sort { key, reversed: false }), None),
            Some(Sort { reversed: false, .. }) => (Some(Sort { key, reversed: true }), Some(first)),
            Some(Sort { reversed: true, .. }) => (None, Some(then)),
        };
        SortLink { href: self.href(&self.selection.with_sort(next)), order }
    }

    /// The selection of those that answer a question with yes; none for what is no question, or is asked already.
    fn require(&self, criterion: usize, line: &Line, kind: FactKind) -> Option<String> {
        let Line::Fact(fact) = line else { return None };
        let must = MustHave { criterion, fact: Some(fact.clone()), test: Test::Answer(Answer::Yes) };
        let is_new = kind == FactKind::YesNo && !self.selection.must.contains(&must);
        is_new.then(|| self.href(&self.selection.with_must_toggled(&must)))
    }
}

/// The name in the page of a criterion's rows.
pub(super) fn group_id(category: &Category, criterion: usize) -> String {
    format!("fg-group-{}", category.criteria[criterion].slug)
}

/// The name of a row in the page.
pub(super) fn row_id(category: &Category, criterion: usize, line: &Line) -> String {
    let slug = &category.criteria[criterion].slug;
    match line {
        Line::Rating => format!("fg-rating-{slug}"),
        Line::Summary => format!("fg-summary-{slug}"),
        Line::Fact(fact) => format!("fg-row-{slug}-{fact}"),
    }
}
