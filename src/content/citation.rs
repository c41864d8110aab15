//! Footnotes as sources: who wrote what, where it is found, and when it was read.
//!
//! The form is free prose in any order: `Author, *Title*, version, <https://address>, read 2026-11-22.`
//! The title is what stands in italics, else the words of the link. What is not found stays empty.

use std::fmt::Write as _;

use super::blocks::Link;
use super::template::{Part, Template};
use super::value::dates::{self, Day};

/// Words before the day on which a source was read.
const READ: [&str; 5] = ["read", "accessed", "retrieved", "visited", "checked"];

/// A source as a footnote names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citation {
    /// Who wrote it: a person or a project.
    pub author: String,
    /// What it is called.
    pub title: String,
    /// Its first address.
    pub url: Option<String>,
    /// Which version of it, as written.
    pub version: String,
    /// When it was published.
    pub published: Option<Day>,
    /// When it was read.
    pub read: Option<Day>,
}

impl Citation {
    /// Reads a footnote: its HTML, the same as plain text, and the links of its document.
    pub fn of(html: &Template, text: &str, links: &[Link]) -> Self {
        let url = html.links().find_map(|index| links.get(index).filter(|link| is_web(&link.url)));
        let url = url.map(|link| link.url.clone());
        let title = title_of(html).filter(|title| !is_web(title)).unwrap_or_default();
        let (told, read) = split_read(text);
        let bare = url.as_ref().map_or_else(|| told.to_owned(), |url| told.replace(url.as_str(), ""));
        let (before, after) = match bare.find(&title).filter(|_| !title.is_empty()) {
            Some(at) => (&bare[..at], &bare[at + title.len()..]),
            None => bare.split_once(',').unwrap_or((&bare, "")),
        };
        Self {
            author: trimmed(before).to_owned(),
            title: if title.is_empty() {
                trimmed(bare.split(',').nth(1).unwrap_or_default()).to_owned()
            } else {
                title
            },
            url,
            version: version_of(after),
            published: after.split(',').filter(|piece| version_of(piece).is_empty()).find_map(day),
            read,
        }
    }

    /// What makes two footnotes the same source: the address without what does not matter in it, else the words.
    ///
    /// Scheme, `www.`, upper case in the host, fragment and a closing slash do not matter.
    pub fn key(&self) -> String {
        match &self.url {
            Some(url) => normalised(url),
            None => format!("{} {}", self.author, self.title).trim().to_lowercase(),
        }
    }

    /// The name it is listed by: its title, else its author, else its address.
    pub fn name(&self) -> &str {
        [&self.title, &self.author]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or_else(|| self.url.as_deref().unwrap_or("untitled source"), String::as_str)
    }
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn normalised(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split('#').next().unwrap_or_default();
    let (host, path) = bare.split_at(bare.find('/').unwrap_or(bare.len()));
    let host = host.to_lowercase();
    format!("{}{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'))
}

/// What stands in italics, else what the first link says.
fn title_of(html: &Template) -> Option<String> {
    let mut text = String::new();
    for part in html.parts() {
        if let Part::Html(html) = part {
            text.push_str(html);
        }
    }
    let inside = |open: &str, close: &str| {
        let start = text.find(open)? + open.len();
        let start = start + if open.ends_with('>') { 0 } else { text[start..].find('>')? + 1 };
        Some(plain(&text[start..start + text[start..].find(close)?]))
    };
    inside("<em>", "</em>").or_else(|| inside("<a ", "</a>")).filter(|title| !title.is_empty())
}

/// HTML as plain text.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&").trim().to_owned()
}

/// What comes before the word that says when it was read, and the day after it.
fn split_read(text: &str) -> (&str, Option<Day>) {
    let words = text.match_indices(|c: char| c.is_whitespace() || matches!(c, ',' | '(')).map(|(at, _)| at + 1);
    let starts = std::iter::once(0).chain(words).filter(|at| text.is_char_boundary(*at));
    for at in starts.collect::<Vec<_>>().into_iter().rev() {
        let rest = &text[at..];
        let word = READ.iter().find(|word| {
            rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
                && !rest[word.len()..].starts_with(char::is_alphanumeric)
        });
        if word.is_some()
            && let Some(day) = day(rest)
        {
            return (&text[..at], Some(day));
        }
    }
    (text, None)
}

/// HTML in which each day that stands there as `2026-11-22` is an element: a line may not end inside of it.
pub(super) fn with_days_marked(html: &str) -> String {
    let (mut marked, mut in_tag) = (String::with_capacity(html.len()), false);
    for piece in html.split_inclusive([' ', '\n', ',', '(', '<', '>']) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
        if !in_tag && is_iso_day(word) {
            let _ = write!(marked, "<time>{word}</time>{}", &piece[word.len()..]);
        } else {
            marked.push_str(piece);
        }
        in_tag = piece.ends_with('<') || (in_tag && !piece.ends_with('>'));
    }
    marked
}

fn is_iso_day(word: &str) -> bool {
    word.len() == 10 && day(word).is_some_and(|found| found.2 > 0 && dates::iso(found) == word)
}

fn day(text: &str) -> Option<Day> {
    dates::date(text).map(|(_, day)| day)
}

/// A piece such as `version 2.9` or `v2.9`.
fn version_of(text: &str) -> String {
    let is_version = |piece: &&str| {
        let lower = piece.to_lowercase();
        let number = ["version ", "release ", "v"].iter().find_map(|start| lower.strip_prefix(start));
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    };
    text.split(',').map(trimmed).find(is_version).unwrap_or_default().to_owned()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '.' | ':' | ';' | '<' | '>' | '"' | '“' | '”' | '(' | ')')
    })
}

#[cfg(test)]
mod tests {
    use super::super::sections::Document;
    use super::*;
    use crate::ids::DocPath;

    fn citation(note: &str) -> Citation {
        let text = format!("# T\n\nx[^1]\n\n[^1]: {note}\n");
        Document::read(DocPath::new("a.md"), text).footnotes[0].citation.clone()
    }

    #[test]
    fn a_footnote_names_author_title_version_address_and_days() {
        let full = citation(
            "John MacFarlane, *CommonMark Spec*, version 0.31.2, 2024-01-28, <https://example.org/spec>, read 2026-11-22.",
        );
        let expected = Citation {
            author: "John MacFarlane".to_owned(),
            title: "CommonMark Spec".to_owned(),
            url: Some("https://example.org/spec".to_owned()),
            version: "version 0.31.2".to_owned(),
            published: Some((2024, 1, 28)),
            read: Some((2026, 11, 22)),
        };
        assert_eq!(full, expected);
        let linked = citation("Moritz et al., [Ray & co](https://example.org/osdi), read on 2 May 2024.");
        assert_eq!((linked.author.as_str(), linked.title.as_str()), ("Moritz et al", "Ray & co"));
        assert_eq!((linked.read, linked.published), (Some((2024, 5, 2)), None));
        let bare = citation("Source, <https://example.org>");
        assert_eq!((bare.author.as_str(), bare.read), ("Source", None));
        assert_eq!(citation("I read it somewhere.").url, None);
    }

    #[test]
    fn days_are_marked_in_text_and_nowhere_else() {
        let cases = [
            ("read 2026-11-22.</p>", "read <time>2026-11-22</time>.</p>"),
            ("<p>2024-01-28, read (2026-11-22)", "<p><time>2024-01-28</time>, read (<time>2026-11-22</time>)"),
            ("<em>of 2024-01-28</em>", "<em>of <time>2024-01-28</time></em>"),
            ("<a title=\"on 2024-01-28 at\">https://example.org/2024-01-28</a>", ""),
            ("read 2024-05, 2024-13-01 and 31.05.2024, ä", ""),
        ];
        for (html, marked) in cases {
            assert_eq!(with_days_marked(html), if marked.is_empty() { html } else { marked });
        }
    }

    #[test]
    fn addresses_that_differ_in_form_are_one_source() {
        let keys: Vec<_> = ["https://www.Example.org/a/", "http://example.org/a", "https://example.org/a#section"]
            .iter()
            .map(|url| citation(&format!("A, *T*, <{url}>")).key())
            .collect();
        assert_eq!(keys, ["example.org/a"; 3]);
        assert_ne!(citation("A, *T*, <https://example.org/A>").key(), "example.org/a");
    }
}
