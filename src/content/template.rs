//! HTML with slots: what a section looks like before it is known where its links lead.
//!
//! The parser turns text into HTML once; a page, a matrix cell and a search hit fill the same HTML
//! with addresses that fit where it stands. Slots are marked by a sequence that starts with a nonce
//! chosen when the program starts, so that no text of an author can pass for one.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// Safe HTML in which links, images, code blocks and source marks are still open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(Box<str>);

/// One open place of a template; the numbers are indices into the lists of its [`Document`](super::sections::Document).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The value of a `href` attribute.
    Link(usize),
    /// A whole image element.
    Image(usize),
    /// The value of the `src` attribute of an image written as raw HTML.
    ImageSource(usize),
    /// A whole code block.
    Code(usize),
    /// The mark of a source: the footnote's index and which of its references this is, from 1.
    Cite(usize, usize),
    /// The start of the box in which a wide table scrolls; the end is `1`.
    Scroller(usize),
    /// The box of a task: 0 open, 1 done.
    Task(usize),
}

fn nonce() -> &'static str {
    static NONCE: OnceLock<String> = OnceLock::new();
    NONCE.get_or_init(|| format!("{:x}", RandomState::new().hash_one(std::process::id())))
}

impl Slot {
    /// The slot as it stands in a template.
    pub(super) fn mark(self) -> String {
        let (kind, first, second) = match self {
            Self::Link(n) => ('L', n, 0),
            Self::Image(n) => ('I', n, 0),
            Self::ImageSource(n) => ('S', n, 0),
            Self::Code(n) => ('C', n, 0),
            Self::Cite(n, nth) => ('F', n, nth),
            Self::Scroller(n) => ('T', n, 0),
            Self::Task(n) => ('X', n, 0),
        };
        format!("{OPEN}{}{kind}{first}.{second}{CLOSE}", nonce())
    }

    fn parse(inner: &str) -> Option<Self> {
        let rest = inner.strip_prefix(nonce())?;
        let mut chars = rest.chars();
        let kind = chars.next()?;
        let (first, second) = chars.as_str().split_once('.')?;
        let (first, second) = (first.parse().ok()?, second.parse().ok()?);
        Some(match kind {
            'L' => Self::Link(first),
            'I' => Self::Image(first),
            'S' => Self::ImageSource(first),
            'C' => Self::Code(first),
            'F' => Self::Cite(first, second),
            'T' => Self::Scroller(first),
            'X' => Self::Task(first),
            _ => return None,
        })
    }
}

/// A stretch of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// HTML to copy as it is.
    Html(&'a str),
    /// A place to fill.
    Slot(Slot),
}

impl Template {
    /// Wraps HTML that is already safe; only the parser makes templates.
    pub(super) fn from_safe_html(html: String) -> Self {
        Self(html.into())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Length in bytes, slots counted as they are stored.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The parts in order.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        parts(&self.0)
    }

    /// Its links, by their numbers.
    pub fn links(&self) -> impl Iterator<Item = usize> {
        self.parts().filter_map(|part| match part {
            Part::Slot(Slot::Link(link)) => Some(link),
            _ => None,
        })
    }

    /// Its references to footnotes: the footnote's number, and which of its references each is, from 1.
    pub fn cites(&self) -> impl Iterator<Item = (usize, usize)> {
        self.parts().filter_map(|part| match part {
            Part::Slot(Slot::Cite(footnote, nth)) => Some((footnote, nth)),
            _ => None,
        })
    }

    /// The same without the characters at its start for which `skip` holds; stops at the first tag or slot.
    pub(super) fn without_leading(&self, skip: impl Fn(char) -> bool) -> Self {
        Self(self.0.trim_start_matches(skip).into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Splits any text at the slots in it.
pub(super) fn parts(mut rest: &str) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(after) = rest.strip_prefix(OPEN)
            && let Some((inner, tail)) = after.split_once(CLOSE)
            && let Some(slot) = Slot::parse(inner)
        {
            rest = tail;
            return Some(Part::Slot(slot));
        }
        let skip = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[skip..].find(OPEN).map_or(rest.len(), |at| skip + at);
        let (html, tail) = rest.split_at(end);
        rest = tail;
        Some(Part::Html(html))
    })
}

/// Escapes text for an attribute or for text.
pub fn escape(text: &str, html: &mut String) {
    let mut escaped = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[escaped..at]);
        html.push_str(entity);
        escaped = at + 1;
    }
    html.push_str(&text[escaped..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_come_back_in_order_between_their_html() {
        let html = format!("<a href=\"{}\">x</a>{}", Slot::Link(3).mark(), Slot::Cite(1, 2).mark());
        let template = Template::from_safe_html(html);
        let parts: Vec<_> = template.parts().collect();
        assert_eq!(
            parts,
            [Part::Html("<a href=\""), Part::Slot(Slot::Link(3)), Part::Html("\">x</a>"), Part::Slot(Slot::Cite(1, 2))]
        );
    }

    #[test]
    fn what_html_would_read_is_escaped_and_nothing_else() {
        let mut html = String::from("<p>");
        escape("<é>&\"–\" 'x'", &mut html);
        assert_eq!(html, "<p>&lt;é&gt;&amp;&quot;–&quot; 'x'");
    }

    #[test]
    fn text_that_looks_like_a_slot_stays_text() {
        let template = Template::from_safe_html("a\u{E000}C0.0\u{E001}b\u{E000}".to_owned());
        assert!(template.parts().all(|part| matches!(part, Part::Html(_))));
    }
}
