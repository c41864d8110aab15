//! Data files beside the text: tables of measurements, the environment they were made in, runs of examples.
//!
//! A table is a CSV file in a folder called `data` or below one; `environment.json` and `examples.json`
//! may stand there too. Bytes in, a [`DataFile`] with diagnostics out: a broken file never takes anything down.

mod environment;
mod examples;
pub mod figure;
mod table;

pub use environment::Environment;
pub use examples::{Examples, Run, code_hash};
pub use table::{Column, Row, Table};

use crate::diagnostics::Diagnostic;
use crate::ids::DocPath;

/// Largest data file that is read, in bytes.
pub const MAX_DATA_BYTES: u64 = 8 << 20;

/// A data file, read.
#[derive(Debug)]
pub enum DataFile {
    /// Measurements.
    Table(Table),
    /// Where and when they were made.
    Environment(Environment),
    /// What examples printed.
    Examples(Examples),
}

/// What a file is by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table,
    Environment,
    Examples,
}

/// Whether a path names a data file.
pub fn is_data(path: &DocPath) -> bool {
    kind_of(path).is_some()
}

fn kind_of(path: &DocPath) -> Option<Kind> {
    let (folder, name) = path.as_str().rsplit_once('/')?;
    if folder.split('/').all(|segment| segment != "data") {
        return None;
    }
    match name {
        "environment.json" => Some(Kind::Environment),
        "examples.json" => Some(Kind::Examples),
        name => name.to_ascii_lowercase().ends_with(".csv").then_some(Kind::Table),
    }
}

impl DataFile {
    /// Reads a data file's bytes; `None` for a path that names no data file.
    pub fn read(path: &DocPath, bytes: &[u8]) -> Option<Self> {
        Some(match kind_of(path)? {
            Kind::Table => Self::Table(Table::read(path, bytes)),
            Kind::Environment => Self::Environment(Environment::read(path, bytes)),
            Kind::Examples => Self::Examples(Examples::read(path, bytes)),
        })
    }

    /// What is wrong in it.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Table(table) => &table.diagnostics,
            Self::Environment(environment) => &environment.diagnostics,
            Self::Examples(examples) => &examples.diagnostics,
        }
    }
}
