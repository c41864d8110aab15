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

/// Where a fault of a whole file stands: its first line and column.
const START: (u32, u32) = (1, 1);

/// Characters of a record after which places in it are not looked for any more.
const FAR_OUT: usize = 2_000;

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
            // Every other byte of UTF-16 is NUL, which UTF-8 allows and no table has.
            Ok(text) => match text.split_once('\0') {
                None => table.read_text(text),
                Some((before, _)) => table.report_encoding(before, "the file holds NUL bytes, as UTF-16 does"),
            },
            Err(error) => {
                let before = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
                table.report_encoding(before, "the file is not UTF-8");
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
        let unclosed = unclosed_quote(text);
        if let Some(quote) = unclosed {
            let message = "a quote is opened and never closed".to_owned();
            self.report("data-quote", end_of(&text[..quote]), message, "close it where its cell ends");
        }
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        // Text in memory, with rows of any length: there is nothing that reading it can fail at.
        let names: Vec<String> = reader.headers().into_iter().flatten().map(|name| name.trim().to_owned()).collect();
        if names.iter().all(String::is_empty) {
            let help = "name the columns in its first line";
            return self.report("data-header", START, "the file has no header".to_owned(), help);
        }
        let mut lines = Lines { text, byte: 0, line: 1 };
        let (line, header) = lines.from(0);
        self.read_header(line, header, &names);
        let mut records = reader.records().map_while(Result::ok).peekable();
        while let Some(record) = records.next() {
            if self.rows.len() >= MAX_ROWS {
                self.report("data-rows", START, format!("only the first {MAX_ROWS} rows are read"), "split the file");
                break;
            }
            let (line, told) = lines.from(record.position().map_or(0, csv::Position::byte));
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            // Cells that the quote has swallowed with the rest of the file are no fault of their own.
            if unclosed.is_some() && records.peek().is_none() {
                cells.resize(cells.len().max(self.columns.len()), String::new());
            }
            self.add_row(line, told, cells);
        }
        self.finish();
    }

    /// Takes up the header; `text` starts with it as it is written.
    fn read_header(&mut self, line: u32, text: &str, names: &[String]) {
        if names.len() > MAX_COLUMNS {
            let message = format!("only the first {MAX_COLUMNS} columns are read");
            self.report("data-header", place_of(text, MAX_COLUMNS, line), message, "split the file");
        }
        for (number, name) in names.iter().take(MAX_COLUMNS).enumerate() {
            if name.is_empty() {
                let message = "a column has no name".to_owned();
                self.report("data-header", place_of(text, number, line), message, "name every column");
            } else if self.column(name).is_some() {
                let message = format!("the column \"{name}\" is there twice");
                self.report("data-header", place_of(text, number, line), message, "rename one of the two");
            }
            let (stem, dimension, unit) = unit::of_column(name);
            let label = stem.replace('_', " ");
            self.columns.push(Column { name: name.clone(), label, dimension, unit, is_numeric: false });
        }
    }

    /// Adds a row; `text` starts with it as it is written.
    fn add_row(&mut self, line: u32, text: &str, mut cells: Vec<String>) {
        let wanted = self.columns.len();
        if cells.len() != wanted {
            let message = format!("the row has {} cells, the header has {wanted}", cells.len());
            self.report("data-cells", place_of(text, wanted, line), message, "give every row one cell a column");
            cells.resize(wanted, String::new());
        }
        if let Some((number, cell)) = cells.iter().enumerate().find(|(_, cell)| is_formula(cell)) {
            let shown: String = cell.chars().take(40).collect();
            let message = format!("the cell {shown:?} is a formula to a spreadsheet");
            self.report("data-formula", place_of(text, number, line), message, "store the value, not the formula");
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

    fn report_encoding(&mut self, before: &str, message: &str) {
        self.report("not-utf-8", end_of(before), message.to_owned(), "save it as UTF-8");
    }

    /// Reports a fault at a line and a column.
    fn report(&mut self, code: &'static str, (line, column): (u32, u32), message: String, help: &str) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            let severity = if code == "data-formula" { Severity::Warning } else { Severity::Error };
            self.diagnostics
                .push(Diagnostic::new(severity, code, self.path.as_str(), line, message).at_column(column).help(help));
        }
    }
}

/// Whether a spreadsheet would compute the cell.
fn is_formula(cell: &str) -> bool {
    let is_number = || cell.trim().parse::<f64>().is_ok();
    cell.len() > 1 && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number()
}

/// Where records start: the reader counts neither empty lines before them nor line ends of two characters.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    /// The line on which a record starts that the reader starts at a byte, and the text from there on; records come
    /// in order.
    fn from(&mut self, byte: u64) -> (u32, &'t str) {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.text.get(byte..).unwrap_or_default().trim_start_matches(['\r', '\n']);
        let start = self.text.len() - rest.len();
        self.line =
            self.line.saturating_add(number(self.text.get(self.byte..start).unwrap_or_default().matches('\n').count()));
        self.byte = start;
        (self.line, rest)
    }
}

/// Line and column at which a field of a record starts, or at which the record ends before it; `line` is the
/// record's own.
fn place_of(text: &str, field: usize, line: u32) -> (u32, u32) {
    let (mut line, mut column, mut left) = (line, 1, field);
    let (mut is_quoted, mut before) = (false, ',');
    for c in text.chars().take(FAR_OUT) {
        match c {
            _ if left == 0 => break,
            '\r' | '\n' if !is_quoted => break,
            '\n' => (line, column) = (line + 1, 0),
            '"' if is_quoted || matches!(before, ',' | '"') => is_quoted = !is_quoted,
            ',' if !is_quoted => left -= 1,
            _ => {}
        }
        (column, before) = (column + 1, c);
    }
    (line, column)
}

/// The byte at which a quote opens that is never closed: the reader takes the rest of the file for its cell.
fn unclosed_quote(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().peekable();
    let mut before = b'\n';
    while let Some((at, byte)) = bytes.next() {
        if byte == b'"' && matches!(before, b',' | b'\r' | b'\n') {
            let mut is_open = true;
            while is_open {
                let Some((_, inside)) = bytes.next() else { return Some(at) };
                is_open = inside != b'"' || bytes.next_if(|(_, next)| *next == b'"').is_some();
            }
        }
        before = byte;
    }
    None
}

/// Line and column at which a text ends.
fn end_of(text: &str) -> (u32, u32) {
    let last = text.rsplit('\n').next().unwrap_or_default();
    (number(text.matches('\n').count() + 1), number(last.chars().count() + 1))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read(&DocPath::new("c/data/t.csv"), text.as_bytes())
    }

    fn faults(text: &str) -> Vec<(&'static str, u32, u32, String)> {
        let told = table(text).diagnostics.into_iter();
        told.map(|fault| (fault.code, fault.line, fault.column, fault.message)).collect()
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
    fn each_fault_of_a_table_has_its_place() {
        let short = "the row has 1 cells, the header has 2".to_owned();
        assert_eq!(faults("a,b\n1\n"), [("data-cells", 2, 2, short.clone())]);
        assert_eq!(faults("a,b\r\n1,2\r\n\r\n\r\n1\r\n"), [("data-cells", 5, 2, short)]);
        let long = "the row has 3 cells, the header has 2".to_owned();
        assert_eq!(faults("a,b\n\"ü,\n\"\"\",2,3\n"), [("data-cells", 3, 7, long)]);
        assert_eq!(faults("a,a\n"), [("data-header", 1, 3, "the column \"a\" is there twice".to_owned())]);
        assert_eq!(faults("a,\n1,2\n"), [("data-header", 1, 3, "a column has no name".to_owned())]);
        assert_eq!(faults(""), [("data-header", 1, 1, "the file has no header".to_owned())]);
        let formula = "the cell \"=cmd|' /C calc'!A0\" is a formula to a spreadsheet".to_owned();
        assert_eq!(faults("a,b\nx,=cmd|' /C calc'!A0\n-1,1\n"), [("data-formula", 2, 3, formula)]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_where_it_opens() {
        let cases = [
            ("a\n1\n\"2\n3\n", 3, 1),
            ("a,b\n1,2\n3,\"4\n5,6\n", 3, 3),
            ("a,b\r\n\"ü\"\"\",\"2\n\"\r\nü,\"\"\"3,4\r\n5,6\r\n", 4, 3),
            ("a,b\n\"1,2\n3,4\n", 2, 1),
            ("a,b\n1\n\"2", 3, 1),
            ("a,b,\"c\n1,2,3\n", 1, 5),
        ];
        for (text, line, column) in cases {
            let told = ("data-quote", line, column, "a quote is opened and never closed".to_owned());
            assert_eq!(faults(text).first(), Some(&told), "{text}");
        }
        let short = ("data-cells", 2, 2, "the row has 1 cells, the header has 2".to_owned());
        assert_eq!(faults(cases[3].0).len(), 1, "what is missing of its own row is not told");
        assert_eq!(faults(cases[4].0)[1..], [short]);
        for text in ["a\n\"1\n2\"\n", "a\n5\"\n", "a\n\"5\"\"\"\n", "a\n\"\"", "a\n\"x\" y\n z\"\"\n"] {
            assert!(faults(text).is_empty(), "{text}: {:?}", faults(text));
        }
    }

    #[test]
    fn only_utf_8_is_read() {
        let utf_16: Vec<u8> = "a\n1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf_16.iter().copied()).collect();
        let cases: [(&[u8], (u32, u32), &str); 4] = [
            (b"a\nx\xff\n", (2, 2), "the file is not UTF-8"),
            (&marked, (1, 1), "the file is not UTF-8"),
            (&utf_16, (1, 2), "the file holds NUL bytes, as UTF-16 does"),
            (b"a,b\n1,\0\n", (2, 3), "the file holds NUL bytes, as UTF-16 does"),
        ];
        for (bytes, place, message) in cases {
            let table = Table::read(&DocPath::new("c/data/t.csv"), bytes);
            let [fault] = &table.diagnostics[..] else { panic!("{:?}", table.diagnostics) };
            assert_eq!((fault.code, (fault.line, fault.column), fault.message.as_str()), ("not-utf-8", place, message));
            assert!(table.columns.is_empty() && table.rows.is_empty(), "nothing of it is shown");
        }
    }
}
