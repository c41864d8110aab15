//! What is wrong with a file, and where. The one shape in which every layer reports faults of content.
//!
//! A diagnostic is data for the author, never control flow: the site is built all the same.

use serde::Serialize;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; fails a check only when it is strict and research is open.
    Note,
    /// The page is whole, but something in it is not as the author meant it.
    Warning,
    /// Something of the file is not shown, or is shown in an older version.
    Error,
}

impl Severity {
    /// The word shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The rule that a finding or section holds more than a placeholder.
pub const GAP: &str = "gap";
/// The rule that every declared fact is stated.
pub const FACT_MISSING: &str = "fact-missing";
/// The rule that every declared fact rests on a source, a measured figure or a place in the content.
pub const FACT_SOURCE: &str = "fact-source";

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable name of the rule, such as `broken-link`.
    pub code: &'static str,
    /// Path inside the content folder.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do about it, as one sentence without a full stop.
    pub help: String,
}

impl Diagnostic {
    /// A diagnostic at the first column of a line.
    pub fn new(severity: Severity, code: &'static str, path: &str, line: u32, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            path: path.to_owned(),
            line: line.max(1),
            column: 1,
            message: message.into(),
            help: String::new(),
        }
    }

    /// The same with a column, counted from 1.
    pub fn at_column(mut self, column: u32) -> Self {
        self.column = column.max(1);
        self
    }

    /// The same with a line on how to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Where it stands, as diagnostics are ordered by: file, line and column.
    pub fn place(&self) -> (&str, u32, u32) {
        (&self.path, self.line, self.column)
    }

    /// Whether it names research that is still to be done rather than something that is wrong.
    pub fn is_open_research(&self) -> bool {
        self.code == GAP || self.is_open_fact()
    }

    /// Whether a declared fact is not stated, or stated without anything that it rests on.
    pub fn is_open_fact(&self) -> bool {
        matches!(self.code, FACT_MISSING | FACT_SOURCE)
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}[{}]: {}",
            self.path,
            self.line,
            self.column,
            self.severity.word(),
            self.code,
            self.message
        )?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}
