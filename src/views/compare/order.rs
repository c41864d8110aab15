//! Where the columns and rows of a large table stand: all that whoever has its cells needs to show the next view, known
//! long before the links of that view are made.

use serde::Serialize;

use super::has_many_cells;
use super::table::{group_id, row_id};
use crate::matrix::{Group, Layout, Matrix, Selection};
use crate::site::Category;
use crate::views::Chrome;

/// The order of a table.
#[derive(Serialize)]
struct Order<'a> {
    /// The names of its columns.
    columns: Vec<&'a str>,
    groups: Vec<OrderedGroup>,
    /// Whether its columns are shown as rows.
    turned: bool,
}

/// The rows of a criterion, by their names in the page.
#[derive(Serialize)]
struct OrderedGroup {
    id: String,
    rows: Vec<String>,
}

/// The order of the table that a selection asks for as JSON; `null` for whoever does not have its cells as they are
/// shown, because `held` names another edition, texts are opened or words marked, and where tables are many or small.
pub fn compare_order(
    chrome: &Chrome<'_>,
    category: &Category,
    selection: &Selection,
    matrix: &Matrix<'_>,
    held: Option<&str>,
) -> String {
    let is_held = held == Some(chrome.generation.name().as_str());
    let is_plain = selection.open.is_empty() && selection.find.is_empty() && selection.layout != Some(Layout::Paper);
    let order = (is_held && is_plain && has_many_cells(matrix)).then(|| Order::of(category, selection, matrix));
    serde_json::to_string(&order).expect("names are text")
}

impl<'a> Order<'a> {
    fn of(category: &'a Category, selection: &Selection, matrix: &Matrix<'_>) -> Self {
        let columns = matrix.columns.iter().map(|column| category.frameworks[column.framework].slug.as_str());
        let groups = matrix.groups.iter().map(|group| OrderedGroup::of(category, group));
        let turned = selection.layout == Some(Layout::Rows);
        Self { columns: columns.collect(), groups: groups.collect(), turned }
    }
}

impl OrderedGroup {
    fn of(category: &Category, group: &Group<'_>) -> Self {
        let rows = group.rows.iter().map(|row| row_id(category, group.criterion, &row.kind.key(group.criterion).line));
        Self { id: group_id(category, group.criterion), rows: rows.collect() }
    }
}
