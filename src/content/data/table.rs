//! Tables of measurements: CSV to columns with units and rows with keys. The only reader of CSV.
//!
//! RFC 4180 with a header. A row's key is the value of its first column, or the values of its first
//! columns joined by `/` where the first alone does not tell rows apart. Rows keep their order.

use csv::ReaderBuilder;

use crate::content::value::quantity::LARGEST;
use crate::content::value::unit::{self, Dimension, Unit};
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::DocPath;

/// Most rows that are read.
const MAX_ROWS: usize = 100_000;
/// Most columns that are read.
const MAX_COLUMNS: usize = 200;
/// Most diagnostics that one file gives.
const MAX_DIAGNOSTICS: usize = 20;

/// A table, read.
#[derive(Debug)]
pub struct Table {
    /// Where it lies in the content folder.
    pub path: DocPath,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its rows in order, each with one cell a column.
    pub rows: Vec<Row>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
    /// How many of the first columns make up the rows' keys.
    pub key_columns: usize,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name as the header has it.
    pub name: String,
    /// Its name for readers: without the unit, spaces for underscores.
    pub label: String,
    /// What its numbers count.
    pub dimension: Dimension,
    /// The unit its numbers are in.
    pub unit: Unit,
    /// Whether all its cells that are not empty are numbers.
    pub is_numeric: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, counted from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell as a number; none where it is none, or larger than can be computed with.
    pub fn number(&self, column: usize) -> Option<f64> {
        self.cells.get(column)?.trim().parse().ok().filter(|number: &f64| number.abs() <= LARGEST)
    }
}

impl Column {
    /// Its name for readers, with its unit.
    pub fn heading(&self) -> String {
        if self.unit.symbol.is_empty() { self.label.clone() } else { format!("{} ({})", self.label, self.unit.symbol) }
    }
}

impl Table {
    /// Reads a file's bytes. Never fails: what cannot be read becomes a diagnostic.
    pub fn read(path: &DocPath, bytes: &[u8]) -> Self {
        let mut table =
            Self { path: path.clone(), columns: Vec::new(), rows: Vec::new(), diagnostics: Vec::new(), key_columns: 1 };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => table.read_text(text),
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                table.report(
                    "not-utf-8",
                    line_number(line as u64),
                    "the file is not UTF-8".to_owned(),
                    "save it as UTF-8",
                );
            }
        }
        table
    }

    /// The place of the column of a name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// A row's key.
    pub fn key(&self, row: &Row) -> String {
        row.cells.iter().take(self.key_columns).map(|cell| cell.trim()).collect::<Vec<_>>().join("/")
    }

    /// The places of the rows that a key means: by their first column, or by as many as the key names.
    pub fn rows_of(&self, key: &str) -> Vec<usize> {
        let is_it = |row: &Row| {
            let mut joined = String::new();
            row.cells.iter().any(|cell| {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(cell.trim());
                joined == key
            })
        };
        (0..self.rows.len()).filter(|&row| is_it(&self.rows[row])).collect()
    }

    /// The name of the table: its file's name without the extension.
    pub fn name(&self) -> &str {
        self.path.stem()
    }

    fn read_text(&mut self, text: &str) {
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        // Text in memory, with rows of any length: there is nothing that reading it can fail at.
        let names: Vec<String> = reader.headers().into_iter().flatten().map(|name| name.trim().to_owned()).collect();
        if names.iter().all(String::is_empty) {
            let help = "name the columns in its first line";
            return self.report("data-header", 1, "the file has no header".to_owned(), help);
        }
        self.read_header(&names);
        for record in reader.records().map_while(Result::ok) {
            if self.rows.len() >= MAX_ROWS {
                self.report("data-rows", 1, format!("only the first {MAX_ROWS} rows are read"), "split the file");
                break;
            }
            let line = line_number(record.position().map_or(1, csv::Position::line));
            self.add_row(line, record.iter().map(str::to_owned).collect());
        }
        self.finish();
    }

    fn read_header(&mut self, names: &[String]) {
        if names.len() > MAX_COLUMNS {
            self.report("data-header", 1, format!("only the first {MAX_COLUMNS} columns are read"), "split the file");
        }
        for name in names.iter().take(MAX_COLUMNS) {
            if name.is_empty() {
                self.report("data-header", 1, "a column has no name".to_owned(), "name every column");
            } else if self.column(name).is_some() {
                self.report("data-header", 1, format!("the column \"{name}\" is there twice"), "rename one of the two");
            }
            let (stem, dimension, unit) = unit::of_column(name);
            let label = stem.replace('_', " ");
            self.columns.push(Column { name: name.clone(), label, dimension, unit, is_numeric: false });
        }
    }

    fn add_row(&mut self, line: u32, mut cells: Vec<String>) {
        let wanted = self.columns.len();
        if cells.len() != wanted {
            let message = format!("the row has {} cells, the header has {wanted}", cells.len());
            self.report("data-cells", line, message, "give every row one cell a column");
            cells.resize(wanted, String::new());
        }
        if let Some(cell) = cells.iter().find(|cell| is_formula(cell)) {
            let shown: String = cell.chars().take(40).collect();
            let message = format!("the cell {shown:?} is a formula to a spreadsheet");
            self.report("data-formula", line, message, "store the value, not the formula");
        }
        self.rows.push(Row { line, cells });
    }

    /// Finds out what needs all rows: which columns are numbers, and how many columns make a key.
    fn finish(&mut self) {
        for (place, column) in self.columns.iter_mut().enumerate() {
            let mut cells = self.rows.iter().filter(|row| !row.cells[place].trim().is_empty()).peekable();
            column.is_numeric = cells.peek().is_some() && cells.all(|row| row.number(place).is_some());
        }
        let keys_differ = |columns: usize| {
            let mut seen = std::collections::HashSet::new();
            self.rows
                .iter()
                .all(|row| seen.insert(row.cells.iter().take(columns).map(|cell| cell.trim()).collect::<Vec<_>>()))
        };
        self.key_columns = (1..=self.columns.len()).find(|&columns| keys_differ(columns)).unwrap_or(1);
    }

    fn report(&mut self, code: &'static str, line: u32, message: String, help: &str) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            let severity = if code == "data-formula" { Severity::Warning } else { Severity::Error };
            self.diagnostics.push(Diagnostic::new(severity, code, self.path.as_str(), line, message).help(help));
        }
    }
}

/// Whether a spreadsheet would compute the cell.
fn is_formula(cell: &str) -> bool {
    let is_number = || cell.trim().parse::<f64>().is_ok();
    cell.len() > 1 && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number()
}

fn line_number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read(&DocPath::new("c/data/t.csv"), text.as_bytes())
    }

    fn faults(text: &str) -> Vec<(&'static str, u32, String)> {
        table(text).diagnostics.into_iter().map(|fault| (fault.code, fault.line, fault.message)).collect()
    }

    #[test]
    fn columns_know_their_units_and_rows_their_keys() {
        let read = table("framework,workers,p50_ms,note\nray,1,0.61,warm\nray,4,0.7,\ndask,1,1.2,\n");
        assert!(read.diagnostics.is_empty());
        assert_eq!(read.key_columns, 2);
        assert_eq!(read.key(&read.rows[1]), "ray/4");
        assert_eq!(read.rows_of("ray/4"), [1]);
        assert_eq!(read.rows_of("ray"), [0, 1]);
        assert_eq!(read.columns[2].heading(), "p50 (ms)");
        assert_eq!(read.columns.iter().map(|column| column.is_numeric).collect::<Vec<_>>(), [false, true, true, false]);
    }

    #[test]
    fn each_fault_of_a_table_has_its_line() {
        assert_eq!(faults("a,b\n1\n"), [("data-cells", 2, "the row has 1 cells, the header has 2".to_owned())]);
        assert_eq!(faults("a,a\n"), [("data-header", 1, "the column \"a\" is there twice".to_owned())]);
        assert_eq!(faults("a,\n1,2\n"), [("data-header", 1, "a column has no name".to_owned())]);
        assert_eq!(faults(""), [("data-header", 1, "the file has no header".to_owned())]);
        let formula = "the cell \"=cmd|' /C calc'!A0\" is a formula to a spreadsheet".to_owned();
        assert_eq!(faults("a\n=cmd|' /C calc'!A0\n-1\n"), [("data-formula", 2, formula)]);
        let bytes = Table::read(&DocPath::new("c/data/t.csv"), b"a\n1\n\xff\n");
        assert_eq!((bytes.diagnostics[0].code, bytes.diagnostics[0].line), ("not-utf-8", 3));
    }
}
