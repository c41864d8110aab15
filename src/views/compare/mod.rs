//! The comparison of a category's frameworks: controls that are a form and links, and one table; two
//! frameworks read as a head-to-head.

mod cells;
mod controls;
mod order;
mod pair;
mod table;
mod text;

use std::fmt::Write as _;
use std::ops::{ControlFlow, Range};

use askama::Template;

use self::controls::Controls;
use self::pair::Pair;
use self::table::{ColumnView, GroupView, Links};
use super::Chrome;
use super::document::ToHtml;
use super::frame::Frame;
use super::picture::Pictured;
use super::pieces::{CUT, Piece, in_pieces};
use crate::choose::listed;
use crate::matrix::{Layout, Matrix, Selection};
use crate::site::{Category, Site};

pub(super) use self::controls::{MustForm, decoded};
pub use self::order::compare_order;
pub(super) use self::pair::{describe as describe_pair, title as pair_title, urls as pair_urls};

/// How many frameworks stand side by side on one sheet of paper.
const PAPER_COLUMNS: usize = 4;
/// Up to how many columns share the width of the window. That takes a table, of which a browser lays out all rows.
const FEW_COLUMNS: usize = 5;
/// From how many cells on a table of more columns is laid out only where it is seen.
const MANY_CELLS: usize = 1_500;
/// How many rows of such a table come with the start of its page: about as many as are seen first. A browser lays all
/// of these out before it paints.
const FIRST_ROWS: usize = 8;
/// The same where frameworks are rows, which are higher.
const FIRST_FRAMEWORKS: usize = 6;
/// Up to how many frameworks are named where it is said what is shown, and up to how many that were picked or moved.
const NAMED: usize = 6;
const PICKED_NAMED: usize = 12;

/// The comparison as a page.
#[derive(Template)]
#[template(path = "compare.html", whitespace = "minimize")]
struct ComparePage<'a> {
    frame: Frame<'a>,
    compare: Comparison<'a>,
}

/// The comparison alone, to be put into a page that is there.
#[derive(Template)]
#[template(path = "compare_fragment.html", whitespace = "minimize")]
struct CompareFragment<'a> {
    compare: Comparison<'a>,
}

/// The table alone as a page, to be shown inside pages of other sites.
#[derive(Template)]
#[template(path = "compare_embed.html", whitespace = "minimize")]
struct CompareEmbed<'a> {
    chrome: Chrome<'a>,
    title: String,
    compare: Comparison<'a>,
}

/// What all of them show.
struct Comparison<'a> {
    selection: &'a Selection,
    matrix: &'a Matrix<'a>,
    category: &'a Category,
    /// Address of the comparison without a query.
    url: &'a str,
    /// Where the site is published, else where it was asked for.
    base: &'a str,
    /// Whether it is known where the site is published.
    is_published: bool,
    /// The query that asks for this selection, with its `?`; empty for everything.
    query: String,
    controls: Controls<'a>,
    columns: Vec<ColumnView<'a>>,
    groups: Vec<GroupView<'a>>,
    /// The frameworks that do not have what they must.
    left_out: Vec<LeftOutView<'a>>,
    /// The two frameworks, where it reads as a head-to-head.
    pair: Option<Pair<'a>>,
    /// The name of the edition that it is made from.
    edition: String,
    /// Whether the table has more cells than a browser lays out at once without being felt.
    has_many_cells: bool,
    /// Whether these stay the same whatever else is asked for; those that are found are marked.
    has_lasting_cells: bool,
    /// Whether who asks has the cells of this edition, and needs to be told of their rows and columns only.
    cells_are_held: bool,
}

/// A framework that does not have what it must.
pub(super) struct LeftOutView<'a> {
    pub href: &'a str,
    pub title: &'a str,
    pub mark: usize,
    /// Each must-have it fails, and what it says instead.
    pub failed: Vec<(String, String)>,
}

/// The comparison's page, given to `take` in one piece, or where there are many cells, what is seen first and the rest;
/// no more of it is made once `take` breaks off.
pub fn compare_page(
    chrome: &Chrome<'_>,
    category: &Category,
    selection: &Selection,
    matrix: &Matrix<'_>,
    take: impl FnMut(Piece) -> ControlFlow<()>,
) {
    let url = category.compare_url(chrome.site);
    let mut compare = Comparison::of(chrome, category, selection, matrix, &url, None);
    compare.cut();
    let (title, address, says) = (compare.title(), compare.canonical(), compare.describe(chrome.site));
    let frame = Frame::below(*chrome, category.page, "compare", title, address, says, compare.pictured());
    in_pieces(&ComparePage { frame, compare }, take);
}

/// The part of the comparison's page that a change of the selection changes. Whoever has the cells of an edition,
/// which `held` names, gets rows without cells as long as that edition lasts.
pub fn compare_fragment(
    chrome: &Chrome<'_>,
    category: &Category,
    selection: &Selection,
    matrix: &Matrix<'_>,
    held: Option<&str>,
) -> String {
    let url = category.compare_url(chrome.site);
    CompareFragment { compare: Comparison::of(chrome, category, selection, matrix, &url, held) }.to_html()
}

/// The table alone, for a frame in a page of another site.
pub fn compare_embed(chrome: &Chrome<'_>, category: &Category, selection: &Selection, matrix: &Matrix<'_>) -> String {
    let url = category.compare_url(chrome.site);
    let compare = Comparison::of(chrome, category, selection, matrix, &url, None);
    CompareEmbed { chrome: *chrome, title: compare.title(), compare }.to_html()
}

impl<'a> Comparison<'a> {
    fn of(
        chrome: &Chrome<'a>,
        category: &'a Category,
        selection: &'a Selection,
        matrix: &'a Matrix<'a>,
        url: &'a str,
        held: Option<&str>,
    ) -> Self {
        let site = chrome.site;
        let edition = chrome.generation.name();
        let has_lasting_cells = has_lasting_cells(selection, matrix);
        let cells_are_held = has_lasting_cells && held == Some(edition.as_str());
        let links = Links { site, category, selection, matrix, url };
        let groups: Vec<_> = matrix.groups.iter().map(|group| links.group(group)).collect();
        let columns: Vec<_> = matrix.columns.iter().map(|column| links.column(column)).collect();
        let is_pair = selection.is_pair() && matrix.columns.len() == 2;
        Self {
            controls: Controls::of(site, category, selection, matrix),
            pair: is_pair.then(|| Pair::of(site, category, matrix, &columns)),
            left_out: matrix.left_out.iter().map(|left_out| links.left_out(left_out)).collect(),
            query: with_mark(selection.to_query(category)),
            columns,
            groups,
            selection,
            matrix,
            category,
            url,
            base: chrome.canonical_base.unwrap_or(chrome.asked_at),
            is_published: chrome.canonical_base.is_some(),
            edition,
            has_many_cells: has_many_cells(matrix),
            has_lasting_cells,
            cells_are_held,
        }
    }

    /// Ends a piece behind what is seen first, where there are many cells.
    fn cut(&mut self) {
        if !self.has_many_cells {
            return;
        }
        if self.has_framework_rows() {
            if let Some(column) = self.columns.get_mut(FIRST_FRAMEWORKS - 1) {
                column.cut = CUT;
            }
        } else if let Some(row) = self.groups.iter_mut().flat_map(|group| &mut group.rows).nth(FIRST_ROWS - 1) {
            row.cut = CUT;
        }
    }

    /// The page's title.
    fn title(&self) -> String {
        match &self.pair {
            Some(pair) => pair::title(pair.titles),
            None => title(self.category),
        }
    }

    /// The page's address for those that list pages: each pair has one, all other selections share one.
    fn canonical(&self) -> String {
        match self.selection.frameworks.as_slice() {
            [one, other] if self.pair.is_some() => pair::url(self.url, self.category, *one, *other),
            _ => self.url.to_owned(),
        }
    }

    /// What the picture in a preview of its address is of.
    fn pictured(&self) -> Pictured<'a> {
        match self.selection.frameworks.as_slice() {
            &[one, other] if self.pair.is_some() => Pictured::Pair(self.category, one.min(other), one.max(other)),
            _ => Pictured::Comparison(self.category),
        }
    }

    /// What is compared, in a sentence; of a pair the same whatever is asked of it, as its address is.
    fn describe(&self, site: &Site) -> String {
        match self.selection.frameworks.as_slice() {
            [one, other] if self.pair.is_some() => pair::describe(site, self.category, *one, *other),
            _ => {
                let names: Vec<_> = self.columns.iter().map(|column| column.title).collect();
                describe(&names, self.groups.len())
            }
        }
    }

    /// What is shown, for those who see it and for those who hear it: every change of the selection changes it.
    fn state(&self) -> String {
        let count = |number: usize, one: &str, many: &str| match number {
            1 => format!("1 {one}"),
            _ => format!("{number} {many}"),
        };
        let shown: usize = self.groups.iter().map(|group| group.rows.len()).sum();
        let all = count(self.matrix.all_rows, "row", "rows");
        let rows = if shown == self.matrix.all_rows { all } else { format!("{shown} of {all}") };
        let mut state = format!("{}, {rows}", count(self.columns.len(), "framework", "frameworks"));
        if self.columns.len() > 1 {
            let _ = write!(state, ", {} of {} differ", self.matrix.differing_rows, self.matrix.total_rows);
        }
        for part in self.conditions() {
            state.push_str("; ");
            state.push_str(&part);
        }
        state
    }

    /// What narrows and orders the table, in words.
    fn conditions(&self) -> Vec<String> {
        let Selection { only_differences, only_measured, find, open, .. } = self.selection;
        let names: Vec<_> = self.columns.iter().map(|column| column.title).collect();
        let most_named = if self.has_picked_columns() { PICKED_NAMED } else { NAMED };
        let must: Vec<_> = self.controls.must.chosen.iter().map(|(_, words)| words.as_str()).collect();
        let sorted = self.controls.sorts.iter().find(|sort| sort.chosen && !sort.value.is_empty());
        let parts = [
            (*only_differences).then(|| "only differences".to_owned()),
            (*only_measured).then(|| "only measured".to_owned()),
            (!find.is_empty()).then(|| format!("with “{find}”")),
            (!must.is_empty()).then(|| format!("must have {}", listed(&must))),
            sorted.map(|sort| format!("sorted by {}", sort.title)),
            (!open.is_empty()).then(|| format!("{} opened", open.len())),
            self.selection.layout.map(|layout| format!("as {}", layout.name())),
            (names.len() <= most_named).then(|| listed(&names)).filter(|names| !names.is_empty()),
        ];
        parts.into_iter().flatten().collect()
    }

    /// Whether frameworks were left out or moved.
    fn has_picked_columns(&self) -> bool {
        let frameworks = &self.selection.frameworks;
        frameworks.len() < self.category.frameworks.len() || !frameworks.is_sorted()
    }

    /// Why there is no table; none where there is one.
    fn nothing(&self) -> Option<&'static str> {
        if !self.columns.is_empty() {
            return self.groups.is_empty().then_some("No row is left.");
        }
        Some(match self.category.frameworks.is_empty() {
            true => "There are no frameworks yet.",
            false => "No framework has all of what you ask for. Take a must-have away to see more.",
        })
    }

    /// Whether frameworks are rows.
    fn has_framework_rows(&self) -> bool {
        self.selection.layout == Some(Layout::Rows)
    }

    /// How many frameworks have their cells first where they are rows: scripts that turn a table round are told.
    fn first_frameworks(&self) -> usize {
        FIRST_FRAMEWORKS
    }

    /// How many columns stand beside the heads of the rows.
    fn column_count(&self) -> usize {
        match self.has_framework_rows() {
            true => self.groups.iter().map(|group| group.rows.len()).sum(),
            false => self.columns.len(),
        }
    }

    /// The columns of each table: several tables for paper, else one.
    fn sheets(&self) -> Vec<Range<usize>> {
        let all = self.columns.len();
        match self.selection.layout {
            Some(Layout::Paper) => {
                (0..all).step_by(PAPER_COLUMNS).map(|start| start..(start + PAPER_COLUMNS).min(all)).collect()
            }
            _ => std::iter::once(0..all).collect(),
        }
    }

    /// The columns of a table.
    fn columns_of(&self, sheet: &Range<usize>) -> &[ColumnView<'a>] {
        &self.columns[sheet.clone()]
    }

    /// Whether a table's columns share the width of the window.
    fn has_few_columns(&self, sheet: &Range<usize>) -> bool {
        sheet.len() <= FEW_COLUMNS
    }

    /// What a table with these columns holds.
    fn caption(&self, sheet: &Range<usize>) -> String {
        let names: Vec<_> = self.columns_of(sheet).iter().map(|column| column.title).collect();
        format!("{}: {} side by side", self.category.title, listed(&names))
    }

    /// What a table with all columns holds.
    fn whole_caption(&self) -> String {
        self.caption(&(0..self.columns.len()))
    }

    /// Address of an export of the same selection.
    fn export(&self, format: &str) -> String {
        format!("{}.{format}{}", self.url.trim_end_matches('/'), self.query)
    }

    /// Whole address of the table alone.
    fn embed(&self) -> String {
        let joint = if self.query.is_empty() { '?' } else { '&' };
        format!("{}{}{}{joint}embed=1", self.base, self.url, self.query)
    }

    /// Whether it has to be cut into several sheets for paper, which takes a script unless they are asked for.
    fn is_too_wide_for_paper(&self) -> bool {
        self.selection.layout != Some(Layout::Paper) && self.column_count() > PAPER_COLUMNS
    }

    /// Address of the same selection on sheets of paper.
    fn on_paper(&self) -> String {
        address(self.url, self.category, &self.selection.with_layout(Some(Layout::Paper)))
    }

    /// Address of the category's page.
    fn category_url(&self) -> &str {
        self.url.trim_end_matches("compare/")
    }

    /// Address of the same selection without must-haves.
    fn without_must_haves(&self) -> String {
        address(self.url, self.category, &self.selection.without_must_haves())
    }

    /// Address of the same selection with its rows all shown.
    fn all_rows(&self) -> String {
        address(self.url, self.category, &self.selection.with_all_rows())
    }
}

/// Whether a table has more cells than a browser lays out at once without being felt.
fn has_many_cells(matrix: &Matrix<'_>) -> bool {
    let rows: usize = matrix.groups.iter().map(|group| group.rows.len()).sum();
    matrix.columns.len() * rows >= MANY_CELLS
}

/// Whether there are many cells that scripts can move one by one, and they stay the same whatever else is asked for;
/// those that are found are marked.
fn has_lasting_cells(selection: &Selection, matrix: &Matrix<'_>) -> bool {
    let stands_in_columns = !matches!(selection.layout, Some(Layout::Rows | Layout::Paper));
    let is_wide = matrix.columns.len() > FEW_COLUMNS;
    stands_in_columns && is_wide && selection.find.is_empty() && has_many_cells(matrix)
}

/// What the comparison of a category is called.
pub(super) fn title(category: &Category) -> String {
    format!("Compare {}", category.title)
}

/// What is compared under how many criteria, in a sentence.
pub(super) fn describe(names: &[&str], criteria: usize) -> String {
    format!("{} side by side on {criteria} criteria.", names.join(", "))
}

/// The address of a selection, below that of its comparison.
pub(super) fn address(compare_url: &str, category: &Category, selection: &Selection) -> String {
    format!("{compare_url}{}", with_mark(selection.to_query(category)))
}

/// A query as it stands in an address, with its `?`.
pub(super) fn with_mark(query: String) -> String {
    if query.is_empty() { query } else { format!("?{query}") }
}
