//! Who changed a file, and when, as version control tells it: asked once, when the program starts.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::value::dates::{self, Day};
use crate::ids::DocPath;

/// How many of the latest commits are looked at.
const MAX_COMMITS: usize = 5_000;
/// Begins a commit in what is asked of `git log`; no name of a file or person holds it.
const COMMIT: char = '\u{1e}';
const FIELD: char = '\u{1f}';
/// What `git` calls a commit whose parents were left behind when the repository was copied. It seems to have changed
/// every file, and says nothing of any.
const GRAFTED: &str = "grafted";

/// The changes of each file, as far as somebody asks for them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The latest first. Of an author's changes that follow one another only the latest is kept: the others would
    /// answer with the same name.
    changes: HashMap<DocPath, Vec<Arc<Change>>>,
    /// The day up to which there may be commits that were not looked at.
    since: Option<Day>,
}

/// A change of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    /// When it was committed, as RFC 3339 has it.
    pub at: String,
    /// The day of it.
    pub day: Day,
    /// The day on which it was written, where its author was.
    written: Day,
    /// Who wrote it.
    pub author: String,
}

impl History {
    /// What `git` says of the files in a folder; nothing where there is no `git`, or no repository.
    pub fn read(root: &Path) -> Self {
        let told = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(["-c", "core.quotePath=false", "log", "--no-renames", "--relative", "--name-only"])
            .arg(format!("--max-count={MAX_COMMITS}"))
            .args(["--date=iso-strict-local", "--format=%x1e%D%x1f%cd%x1f%aI%x1f%an", "--", "."])
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
        let mut changes: HashMap<DocPath, Vec<Arc<Change>>> = HashMap::new();
        let (mut oldest, mut since): (Option<Day>, Option<Day>) = (None, None);
        for commit in log.split(COMMIT).skip(1) {
            let mut lines = commit.lines();
            let Some((names, change)) = lines.next().and_then(|line| line.split_once(FIELD)) else { continue };
            let Some(change) = Change::parse(change).map(Arc::new) else { continue };
            oldest = Some(change.day);
            if names.split(", ").any(|name| name == GRAFTED) {
                since = since.max(oldest);
                continue;
            }
            for path in lines.filter(|line| !line.is_empty()) {
                let known = changes.entry(DocPath::new(path)).or_default();
                if known.last().is_none_or(|later| later.author != change.author) {
                    known.push(Arc::clone(&change));
                }
            }
        }
        if log.matches(COMMIT).count() >= MAX_COMMITS {
            since = since.max(oldest);
        }
        Self { changes, since }
    }

    /// The last change of a file.
    pub fn of(&self, path: &DocPath) -> Option<&Change> {
        Some(&**self.changes.get(path)?.first()?)
    }

    /// Who was the first to change a file on a day or after it: what was found out that day is theirs. `None` where
    /// nobody did, and where the day is not known, or lies so far back that another may have come before.
    pub fn first_author_since(&self, path: &DocPath, day: Day) -> Option<&str> {
        if day.2 == 0 || self.since.is_some_and(|since| day <= since) {
            return None;
        }
        let change = self.changes.get(path)?.iter().rev().find(|change| change.written >= day)?;
        Some(&change.author)
    }
}

impl Change {
    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.splitn(3, FIELD);
        let (at, written, author) = (fields.next()?, fields.next()?, fields.next()?);
        let day = |time: &str| Some(dates::date(time.get(..10)?)?.1);
        Some(Self { at: at.to_owned(), day: day(at)?, written: day(written)?, author: author.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A commit as `git log` tells it: committed and written at noon of a day.
    fn commit(day: &str, author: &str, paths: &[&str]) -> String {
        let time = format!("{day}T12:00:00+01:00");
        format!("{COMMIT}{FIELD}{time}{FIELD}{time}{FIELD}{author}\n\n{}\n", paths.join("\n"))
    }

    #[test]
    fn the_newest_commit_of_a_file_counts() {
        let log = commit("2026-03-02", "Ada", &["a.md", "b/ä.md"]) + &commit("2026-03-01", "Bob", &["a.md", "c.md"]);
        let history = History::parse(&log);
        let of = |path: &str| history.of(&DocPath::new(path)).map(|change| (change.day, change.author.as_str()));
        assert_eq!(of("a.md"), Some(((2026, 3, 2), "Ada")));
        assert_eq!(of("b/ä.md"), Some(((2026, 3, 2), "Ada")));
        assert_eq!(of("c.md"), Some(((2026, 3, 1), "Bob")));
        assert_eq!(of("d.md"), None);
    }

    #[test]
    fn what_was_found_out_on_a_day_is_of_the_first_who_changed_the_file_from_then_on() {
        let days = [("2026-03-09", "Cyd"), ("2026-03-07", "Ada"), ("2026-03-05", "Ada"), ("2026-03-01", "Bob")];
        let log: String = days.iter().map(|(day, author)| commit(day, author, &["a.md"])).collect();
        let history = History::parse(&log);
        let first = |day| history.first_author_since(&DocPath::new("a.md"), (2026, 3, day));
        assert_eq!([1, 2, 5, 6].map(first), [Some("Bob"), Some("Ada"), Some("Ada"), Some("Ada")]);
        assert_eq!([8, 9, 10].map(first), [Some("Cyd"), Some("Cyd"), None]);
        assert_eq!(first(0), None, "a month is no day");
        assert_eq!(history.first_author_since(&DocPath::new("b.md"), (2026, 3, 1)), None);
    }

    #[test]
    fn a_change_counts_from_the_day_on_which_it_was_written() {
        let line = format!("2026-03-09T00:30:00+01:00{FIELD}2026-03-04T23:30:00-08:00{FIELD}Ada");
        let history = History::parse(&format!("{COMMIT}HEAD -> main{FIELD}{line}\n\na.md\n"));
        let path = DocPath::new("a.md");
        assert_eq!(history.of(&path).map(|change| change.day), Some((2026, 3, 9)));
        let first = |day| history.first_author_since(&path, (2026, 3, day));
        assert_eq!([4, 5].map(first), [Some("Ada"), None]);
    }

    #[test]
    fn nobody_is_named_where_older_commits_were_not_looked_at() {
        let later = commit("2026-03-02", "Ada", &["a.md"]);
        let log = later.repeat(MAX_COMMITS - 1) + &commit("2026-03-01", "Bob", &["b.md"]);
        let history = History::parse(&log);
        let first = |day| history.first_author_since(&DocPath::new("a.md"), (2026, 3, day));
        assert_eq!([1, 2].map(first), [None, Some("Ada")]);
    }

    #[test]
    fn where_a_copy_of_the_repository_ends_nobody_has_changed_anything() {
        let end = commit("2026-03-02", "Bob", &["a.md", "b.md"]).replacen(FIELD, &format!("grafted{FIELD}"), 1);
        let history = History::parse(&(commit("2026-03-04", "Ada", &["a.md"]) + &end));
        let (a, b) = (DocPath::new("a.md"), DocPath::new("b.md"));
        assert_eq!(history.of(&a).map(|change| change.author.as_str()), Some("Ada"));
        assert_eq!(history.of(&b), None);
        let first = |day| history.first_author_since(&a, (2026, 3, day));
        assert_eq!([2, 3, 4].map(first), [None, Some("Ada"), Some("Ada")]);
    }

    #[test]
    fn a_folder_without_version_control_has_no_history() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(History::read(folder.path()), History::default());
        assert_eq!(History::parse("fatal: something else"), History::default());
    }
}
