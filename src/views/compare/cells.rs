//! The table's cells as HTML: a value with its sources and its method, or which of four ways it is missing.

use std::ops::Range;

use super::table::Links;
use super::text;
use crate::content::metadata::FactKind;
use crate::content::value;
use crate::matrix::{Cell, CellState, Row, Words};
use crate::site::{Framework, Place};
use crate::views::article::escaped;
use crate::views::section::finding_href;

/// One cell.
pub(in crate::views) struct CellView {
    /// Which of the five kinds of answer it gives.
    pub state: &'static str,
    pub rating: Option<u8>,
    pub html: String,
    /// Whether it has the words that are looked for.
    pub is_found: bool,
    /// Where it is said how its figures were measured.
    pub method: Option<String>,
    /// What opens the whole text of the finding in place, or closes it.
    pub more: Option<More>,
}

/// The rest of a finding's text.
pub(in crate::views) struct More {
    /// Its name in the page.
    pub id: String,
    /// Leads to the same comparison with the text opened or closed.
    pub toggle: String,
    /// Where the finding stands on its own page.
    pub finding: String,
    pub is_open: bool,
}

/// The cells of a row, each made when it is asked for: of a large table the first rows are sent before others are made.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub links: Links<'a>,
    pub criterion: usize,
    pub kind: FactKind,
    pub row: &'a Row<'a>,
}

impl<'a> Cells<'a> {
    /// Those of some columns.
    pub fn of(&self, columns: Range<usize>) -> Vec<CellView> {
        let words = Words::of(&self.links.selection.find);
        let frameworks = self.links.matrix.columns[columns.clone()].iter().map(|column| column.framework);
        frameworks.zip(&self.row.cells[columns]).map(|(place, cell)| self.cell(place, cell, &words)).collect()
    }

    /// That of a column.
    pub fn at(&self, column: usize) -> CellView {
        let words = Words::of(&self.links.selection.find);
        self.cell(self.links.matrix.columns[column].framework, &self.row.cells[column], &words)
    }

    fn cell(&self, place: usize, cell: &Cell<'a>, words: &Words) -> CellView {
        let framework = &self.links.category.frameworks[place];
        let more = self.more(place, framework, cell);
        let is_open = more.as_ref().is_some_and(|more| more.is_open);
        CellView {
            state: cell.state().name(),
            rating: if let Cell::Rating(rating) = cell { Some(rating.value) } else { None },
            html: match cell {
                Cell::Summary { section, .. } if is_open => text::whole(self.links.site, framework.document, *section),
                _ => self.html(framework, cell),
            },
            is_found: !words.is_empty() && words.are_in(&cell.text()),
            method: self.links.matrix.method(framework, cell).map(str::to_owned),
            more,
        }
    }

    fn html(&self, framework: &Framework, cell: &Cell<'_>) -> String {
        match (cell.html(), cell.state()) {
            (_, CellState::Gap) => "not researched".to_owned(),
            (_, CellState::NotStated) => "not stated".to_owned(),
            (Some(html), _) => {
                let filled = self.links.site.fill(framework.document, html, Place::Elsewhere);
                match cell.fact() {
                    Some(fact) => value::with_consistent_unit(self.kind, &fact.text, &filled).into_owned(),
                    None => filled,
                }
            }
            (None, _) if matches!(cell, Cell::Rating(_)) => String::new(),
            (None, _) => escaped(&cell.text()),
        }
    }

    fn more(&self, place: usize, framework: &Framework, cell: &Cell<'_>) -> Option<More> {
        let Cell::Summary { more: true, .. } = cell else { return None };
        let Links { site, category, selection, .. } = self.links;
        let id = format!("fg-open-{}-{}", framework.slug, category.criteria[self.criterion].slug);
        let toggled = self.links.href(&selection.with_finding_toggled(place, self.criterion));
        Some(More {
            toggle: format!("{toggled}#{id}"),
            id,
            finding: finding_href(site, category, framework, self.criterion),
            is_open: selection.open.contains(&(place, self.criterion)),
        })
    }
}
