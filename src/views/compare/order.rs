//! Where the columns and rows of a large table stand: all that whoever has its cells needs to show the next view, known
//! long before the links of that view are made.

use serde::Serialize;

use super::has_lasting_cells;
use super::table::row_id;
use crate::matrix::{Group, Matrix, Selection};
use crate::site::Category;
use crate::views::Chrome;

/// The order of a table.
#[derive(Serialize)]
struct Order<'a> {
    /// The names of its columns.
    columns: Vec<&'a str>,
    groups: Vec<OrderedGroup>,
}

/// The rows of a criterion, by their names in the page.
#[derive(Serialize)]
struct OrderedGroup {
    id: String,
    rows: Vec<String>,
}

/// The order of the table that a selection asks for as JSON; `null` for whoever does not have its cells, because `held`
/// names another edition, or because texts are opened in them or words marked.
pub fn compare_order(
    chrome: &Chrome<'_>,
    category: &Category,
    selection: &Selection,
    matrix: &Matrix<'_>,
    held: Option<&str>,
) -> String {
    let is_held = held == Some(chrome.generation.name().as_str()) && selection.open.is_empty();
    let order = (is_held && has_lasting_cells(selection, matrix)).then(|| Order::of(category, matrix));
    serde_json::to_string(&order).expect("names are text")
}

impl<'a> Order<'a> {
    fn of(category: &'a Category, matrix: &Matrix<'_>) -> Self {
        let columns = matrix.columns.iter().map(|column| category.frameworks[column.framework].slug.as_str());
        let groups = matrix.groups.iter().map(|group| OrderedGroup::of(category, group));
        Self { columns: columns.collect(), groups: groups.collect() }
    }
}

impl OrderedGroup {
    fn of(category: &Category, group: &Group<'_>) -> Self {
        let rows = group.rows.iter().map(|row| row_id(category, group.criterion, &row.kind.key(group.criterion).line));
        Self { id: format!("fg-group-{}", category.criteria[group.criterion].slug), rows: rows.collect() }
    }
}
