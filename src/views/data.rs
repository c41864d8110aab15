//! The page of a table of measurements: its rows, where and how they were measured, and the same for programs.

use std::cmp::Ordering;

use askama::Template;
use serde_json::{Value, json};

use super::Chrome;
use super::document::ToHtml;
use super::frame::Frame;
use super::linked_data::in_script;
use super::picture::Pictured;
use crate::content::data::{Row, Table};
use crate::site::{Site, encode_path, row_id};

/// Most rows that a page shows.
const MAX_ROWS: usize = 5_000;

#[derive(Template)]
#[template(path = "data.html", whitespace = "minimize")]
struct DataPage<'a> {
    frame: Frame<'a>,
    title: String,
    csv_url: String,
    date: Option<&'a str>,
    environment: &'a [(String, String)],
    method_url: Option<&'a str>,
    columns: Vec<ColumnView>,
    rows: Vec<RowView<'a>>,
    /// How many rows there are, shown or not.
    total: usize,
    json_ld: String,
}

struct ColumnView {
    name: String,
    href: String,
    /// Value of `aria-sort`, where the rows are sorted by the column.
    order: Option<&'static str>,
    is_numeric: bool,
}

struct RowView<'a> {
    id: String,
    cells: Vec<CellView<'a>>,
}

struct CellView<'a> {
    text: &'a str,
    is_numeric: bool,
}

/// The page of a table, its rows sorted by a column: `name`, or `-name` for the other way round.
pub fn data_page(chrome: &Chrome<'_>, table: &Table, sort: Option<&str>) -> String {
    let site = chrome.site;
    let title = title(table);
    let environment = site.environment_of(table);
    let sorted = sorted_by(table, sort);
    let page = DataPage {
        frame: frame(*chrome, table, title.clone()),
        csv_url: format!("/{}", encode_path(table.path.as_str())),
        date: environment.and_then(|environment| environment.date.as_deref()),
        environment: environment.map_or(&[], |environment| &environment.entries),
        method_url: site.method_of(table),
        columns: columns(table, sorted),
        rows: rows(table, sorted),
        total: table.rows.len(),
        json_ld: json_ld(chrome, table, &title),
        title,
    };
    page.to_html()
}

/// What the page of a table is called.
pub(super) fn title(table: &Table) -> String {
    format!("Data: {}", table.name().replace(['-', '_'], " "))
}

/// What the table holds, in a sentence.
pub(super) fn says(table: &Table) -> String {
    format!("{} rows of measurements: {}.", table.rows.len(), headings(table).join(", "))
}

fn frame<'a>(chrome: Chrome<'a>, table: &'a Table, title: String) -> Frame<'a> {
    let (above, url) = (chrome.site.page_above(table), chrome.site.table_url(table).to_owned());
    let frame = Frame::below(chrome, above, "data", title, url, says(table), Pictured::Table(table));
    Frame { file: Some(&table.path), table: Some(table), ..frame }
}

/// The column that rows are sorted by, and whether they are turned round.
type Sorted = Option<(usize, bool)>;

fn sorted_by(table: &Table, sort: Option<&str>) -> Sorted {
    let (name, reversed) = sort.map(|sort| sort.strip_prefix('-').map_or((sort, false), |name| (name, true)))?;
    Some((table.column(name)?, reversed))
}

fn columns(table: &Table, sorted: Sorted) -> Vec<ColumnView> {
    let view = |(place, column): (usize, &crate::content::data::Column)| {
        let order = sorted.filter(|(by, _)| *by == place).map(|(_, reversed)| reversed);
        let sign = if order == Some(false) { "-" } else { "" };
        ColumnView {
            name: column.heading(),
            href: format!("?sort={sign}{}", encode_path(&column.name).replace('/', "%2F")),
            order: order.map(|reversed| if reversed { "descending" } else { "ascending" }),
            is_numeric: column.is_numeric,
        }
    };
    table.columns.iter().enumerate().map(view).collect()
}

fn rows<'a>(table: &'a Table, sorted: Sorted) -> Vec<RowView<'a>> {
    let mut order: Vec<usize> = (0..table.rows.len()).collect();
    if let Some((column, reversed)) = sorted {
        let key = |row: usize| Key::of(&table.rows[row], column);
        order.sort_by(|&a, &b| key(a).compare(&key(b), reversed));
    }
    let mut ids = crate::ids::Unique::default();
    let mut row_ids: Vec<String> = (0..table.rows.len()).map(|row| ids.claim(&row_id(table, row))).collect();
    let view = |row: usize| {
        let cells = table.rows[row].cells.iter().zip(&table.columns);
        RowView {
            id: std::mem::take(&mut row_ids[row]),
            cells: cells.map(|(text, column)| CellView { text, is_numeric: column.is_numeric }).collect(),
        }
    };
    order.into_iter().take(MAX_ROWS).map(view).collect()
}

/// What a cell is sorted by.
enum Key<'a> {
    Number(f64),
    Words(&'a str),
    Empty,
}

impl<'a> Key<'a> {
    fn of(row: &'a Row, column: usize) -> Self {
        match (row.number(column), row.cells[column].trim()) {
            (Some(number), _) => Self::Number(number),
            (None, "") => Self::Empty,
            (None, words) => Self::Words(words),
        }
    }

    /// Which of two cells comes first: numbers, then words, then what is empty, whichever way round each of them is.
    fn compare(&self, other: &Self, reversed: bool) -> Ordering {
        let ordering = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Words(a), Self::Words(b)) => a.cmp(b),
            _ => return self.kind().cmp(&other.kind()),
        };
        if reversed { ordering.reverse() } else { ordering }
    }

    fn kind(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Words(_) => 1,
            Self::Empty => 2,
        }
    }
}

fn headings(table: &Table) -> Vec<String> {
    table.columns.iter().map(crate::content::data::Column::heading).collect()
}

/// A schema.org data set as JSON that can stand in a `script` element.
fn json_ld(chrome: &Chrome<'_>, table: &Table, title: &str) -> String {
    let site: &Site = chrome.site;
    let base = chrome.canonical_base.unwrap_or_default();
    let measured = table
        .columns
        .iter()
        .filter(|column| column.is_numeric)
        .map(|column| json!({ "@type": "PropertyValue", "name": column.name, "unitText": column.unit.symbol }));
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": format!("{} rows: {}", table.rows.len(), headings(table).join(", ")),
        "url": format!("{base}{}", site.table_url(table)),
        "isAccessibleForFree": true,
        "variableMeasured": measured.collect::<Vec<_>>(),
        "distribution": [{
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": format!("{base}/{}", encode_path(table.path.as_str())),
        }],
    });
    if let Some(date) = site.environment_of(table).and_then(|environment| environment.date.as_deref()) {
        data["dateModified"] = Value::from(date);
    }
    in_script(&data)
}
