//! `environment.json`: where and when the measurements beside it were made.
//!
//! An object of names and values; nested objects are joined by a dot. `date` is the day of the run.

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::DocPath;

/// Most entries that are kept.
const MAX_ENTRIES: usize = 200;
/// Longest value that is kept, in characters.
const MAX_VALUE: usize = 300;
/// How deep objects may nest.
const MAX_DEPTH: usize = 4;

/// An environment, read.
#[derive(Debug)]
pub struct Environment {
    /// Names and values in the order of the names; the date is not among them.
    pub entries: Vec<(String, String)>,
    /// The day of the run, as written.
    pub date: Option<String>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Environment {
    /// Reads a file's bytes. Never fails: what cannot be read becomes a diagnostic.
    pub fn read(path: &DocPath, bytes: &[u8]) -> Self {
        let mut environment = Self { entries: Vec::new(), date: None, diagnostics: Vec::new() };
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => {
                object.iter().for_each(|(name, value)| environment.add(name, value, MAX_DEPTH));
            }
            Ok(_) => environment.report(path, 1, 1, "the file is not a JSON object".to_owned()),
            Err(error) => {
                environment.report(path, error.line(), error.column(), format!("the file is not JSON: {error}"));
            }
        }
        environment
    }

    fn add(&mut self, name: &str, value: &Value, depth: usize) {
        let text = match value {
            Value::Object(object) if depth > 0 => {
                return object.iter().for_each(|(inner, value)| self.add(&format!("{name}.{inner}"), value, depth - 1));
            }
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let text: String = text.chars().take(MAX_VALUE).collect();
        if matches!(name, "date" | "measured_at" | "run_at") && self.date.is_none() {
            self.date = Some(text);
        } else if self.entries.len() < MAX_ENTRIES {
            self.entries.push((name.to_owned(), text));
        }
    }

    fn report(&mut self, path: &DocPath, line: usize, column: usize, message: String) {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.diagnostics.push(
            Diagnostic::new(Severity::Error, "data-json", path.as_str(), line, message)
                .at_column(u32::try_from(column).unwrap_or(1))
                .help("write one object of names and values"),
        );
    }
}
