//! Names of things: slugs, anchors, titles, document paths and generation numbers.
//!
//! Pure rules over text; every URL path and every heading anchor of the site is made here, so that
//! a link, a search hit and a page can never disagree. Imports nothing of the crate.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, OnceLock};

/// Number of an edition, counted from 1 since the program started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Generation(pub u64);

impl Generation {
    /// The number after this one.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// A name that no other edition has, of this run of the program or of another.
    pub fn name(self) -> String {
        static RUN: OnceLock<u64> = OnceLock::new();
        let run = RUN.get_or_init(|| RandomState::new().hash_one(std::process::id()));
        format!("{run:x}-{}", self.0)
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Path of a file inside the content folder, with `/` between segments and no leading `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocPath(Arc<str>);

impl DocPath {
    /// Wraps a path that is already relative to the content folder.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path as text, such as `workflow-orchestration/airflow.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder part without a trailing `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file's name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether the file stands for its folder: `index.md` or `README.md`, in any case.
    pub fn is_index(&self) -> bool {
        matches!(self.stem().to_lowercase().as_str(), "index" | "readme" | "_index")
    }
}

impl fmt::Display for DocPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name as one URL segment: lower case, words joined by `-`, punctuation dropped.
///
/// Letters and digits of every script are kept. Gives `untitled` where nothing is left.
///
/// ```
/// assert_eq!(fieldguide::ids::slug("Apache Spark with PySpark"), "apache-spark-with-pyspark");
/// assert_eq!(fieldguide::ids::slug("concurrent.futures"), "concurrent-futures");
/// ```
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            slug.push(c);
        } else if matches!(c, ' ' | '-' | '.' | '/' | '\t' | '\n' | '–' | '—' | ':' | '+')
            && !slug.is_empty()
            && !slug.ends_with('-')
        {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

/// A title for what has only the name of a file or a folder: its words, the first with a capital letter.
///
/// Gives `Untitled` where nothing is left.
///
/// ```
/// assert_eq!(fieldguide::ids::title("workflow-orchestration"), "Workflow orchestration");
/// ```
pub fn title(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_else(|| "Untitled".to_owned())
}

/// The anchor GitHub gives a heading, before it is made unique on its page.
///
/// Lower case, spaces become `-`, punctuation other than `-` and `_` is dropped.
///
/// ```
/// assert_eq!(fieldguide::ids::anchor("Learning Curve"), "learning-curve");
/// assert_eq!(fieldguide::ids::anchor("What's `new`?"), "whats-new");
/// ```
pub fn anchor(heading: &str) -> String {
    let anchor: String = heading
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' | '\t' | '\n' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect();
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}

/// Hands out names that are unique within one page or one site: `a`, `a-1`, `a-2`.
#[derive(Default)]
pub struct Unique {
    next: HashMap<String, u32>,
}

impl Unique {
    /// The name itself the first time, then with the smallest free number appended.
    pub fn claim(&mut self, name: &str) -> String {
        let Some(&count) = self.next.get(name) else {
            self.next.insert(name.to_owned(), 1);
            return name.to_owned();
        };
        let mut number = count;
        loop {
            let candidate = format!("{name}-{number}");
            number += 1;
            if !self.next.contains_key(&candidate) {
                self.next.insert(name.to_owned(), number);
                self.next.insert(candidate.clone(), 1);
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unique_names_never_collide_with_numbered_ones() {
        let mut unique = Unique::default();
        let names: Vec<_> = ["a", "a-1", "a", "a"].iter().map(|n| unique.claim(n)).collect();
        assert_eq!(names, ["a", "a-1", "a-2", "a-3"]);
    }

    #[test]
    fn odd_names_still_give_a_slug() {
        assert_eq!(slug("  Über  Straße!  "), "über-straße");
        assert_eq!(slug("???"), "untitled");
        assert_eq!(anchor("???"), "section");
    }

    #[test]
    fn a_path_knows_its_folder_stem_and_whether_it_is_an_index() {
        let path = DocPath::new("a/b/README.md");
        assert_eq!((path.folder(), path.stem(), path.is_index()), ("a/b", "README", true));
        assert_eq!(DocPath::new("x.md").folder(), "");
    }
}
