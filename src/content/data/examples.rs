//! `examples.json`: what the examples of a category printed when they were last run.
//!
//! An object from the path of a document in the content folder to a list of runs:
//! `{ "guide/ray.md": [{ "line": 12, "sha256": "…", "stdout": "…", "date": "2026-11-22" }] }`.
//! `line` is that of the fence, `sha256` the hash of the code in hexadecimal: a run counts only for the code it ran.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::DocPath;

/// Runs of examples, read.
#[derive(Debug)]
pub struct Examples {
    /// Runs by the path of the document that holds the example.
    pub runs: BTreeMap<String, Vec<Run>>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
}

/// One run of an example.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Run {
    /// Line of the fence, counted from 1.
    pub line: u32,
    /// Hash of the code, in hexadecimal.
    pub sha256: String,
    /// What it printed.
    #[serde(default)]
    pub stdout: String,
    /// The day of the run.
    #[serde(default)]
    pub date: String,
}

impl Examples {
    /// Reads a file's bytes. Never fails: what cannot be read becomes a diagnostic.
    pub fn read(path: &DocPath, bytes: &[u8]) -> Self {
        match serde_json::from_slice(bytes) {
            Ok(runs) => Self { runs, diagnostics: Vec::new() },
            Err(error) => {
                let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                let message = format!("the runs of examples cannot be read: {error}");
                let fault = Diagnostic::new(Severity::Error, "data-json", path.as_str(), place(error.line()), message)
                    .at_column(place(error.column()))
                    .help("let the lab write the file again");
                Self { runs: BTreeMap::new(), diagnostics: vec![fault] }
            }
        }
    }

    /// The run of this very code in a document; of several the one nearest to the line.
    pub fn run_of(&self, document: &DocPath, line: u32, code: &str) -> Option<&Run> {
        let hash = code_hash(code);
        let runs = self.runs.get(document.as_str())?.iter().filter(|run| run.sha256.eq_ignore_ascii_case(&hash));
        runs.min_by_key(|run| run.line.abs_diff(line))
    }
}

/// SHA-256 of an example's code as it stands between the fences, in hexadecimal.
pub fn code_hash(code: &str) -> String {
    Sha256::digest(code.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
