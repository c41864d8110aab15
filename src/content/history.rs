//! Who changed a file last, and when, as version control tells it: asked once, when the program starts.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use super::value::dates::{self, Day};
use crate::ids::DocPath;

/// How many of the latest commits are looked at.
const MAX_COMMITS: &str = "5000";
/// Begins a commit in what is asked of `git log`; no name of a file or person holds it.
const COMMIT: char = '\u{1e}';
const FIELD: char = '\u{1f}';

/// The last change of each file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct History(HashMap<DocPath, Change>);

/// A change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When, as RFC 3339 has it.
    pub at: String,
    /// The day of it.
    pub day: Day,
    /// Who.
    pub author: String,
}

impl History {
    /// What `git` says of the files in a folder; nothing where there is no `git`, or no repository.
    pub fn read(root: &Path) -> Self {
        let told = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(["-c", "core.quotePath=false", "log", "--no-renames", "--relative", "--name-only"])
            .args(["--max-count", MAX_COMMITS, "--date=iso-strict-local", "--format=%x1e%cd%x1f%an", "--", "."])
            // All in one time zone, so that what is later is also greater.
            .env("TZ", "UTC")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output();
        match told {
            Ok(told) if told.status.success() => Self::parse(&String::from_utf8_lossy(&told.stdout)),
            _ => Self::default(),
        }
    }

    fn parse(log: &str) -> Self {
        let mut changes = HashMap::new();
        for commit in log.split(COMMIT).skip(1) {
            let mut lines = commit.lines();
            let Some(change) = lines.next().and_then(Change::parse) else { continue };
            for path in lines.filter(|line| !line.is_empty()) {
                changes.entry(DocPath::new(path)).or_insert_with(|| change.clone());
            }
        }
        Self(changes)
    }

    /// The last change of a file.
    pub fn of(&self, path: &DocPath) -> Option<&Change> {
        self.0.get(path)
    }
}

impl Change {
    fn parse(line: &str) -> Option<Self> {
        let (at, author) = line.split_once(FIELD)?;
        Some(Self { at: at.to_owned(), day: dates::date(at.get(..10)?)?.1, author: author.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_of_a_file_counts() {
        let log = "\u{1e}2026-03-02T10:00:00+01:00\u{1f}Ada\n\na.md\nb/ä.md\n\u{1e}2026-03-01T10:00:00Z\u{1f}Bob\n\na.md\nc.md\n";
        let history = History::parse(log);
        let of = |path: &str| history.of(&DocPath::new(path)).map(|change| (change.day, change.author.as_str()));
        assert_eq!(of("a.md"), Some(((2026, 3, 2), "Ada")));
        assert_eq!(of("b/ä.md"), Some(((2026, 3, 2), "Ada")));
        assert_eq!(of("c.md"), Some(((2026, 3, 1), "Bob")));
        assert_eq!(of("d.md"), None);
    }

    #[test]
    fn a_folder_without_version_control_has_no_history() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(History::read(folder.path()), History::default());
        assert_eq!(History::parse("fatal: something else"), History::default());
    }
}
