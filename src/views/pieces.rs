//! A page that is handed over in pieces while it is written, so that its start is on the way before its end is made.

use std::fmt;
use std::mem;
use std::ops::ControlFlow;

use askama::Template;

/// What a template writes where a piece ends. It is no character of HTML: a text that holds one loses nothing by it.
pub(super) const CUT: &str = "\0";

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The part.
    pub html: String,
    /// Whether the page ends with it.
    pub is_last: bool,
}

/// Gives `take` what a template writes, piece by piece, until it breaks off: then no more is written.
pub(super) fn in_pieces(template: &impl Template, take: impl FnMut(Piece) -> ControlFlow<()>) {
    let mut pieces = Pieces { html: String::new(), take };
    // To format a template's values cannot fail: where writing does, no more is taken.
    if template.render_into(&mut pieces).is_ok() {
        _ = pieces.end(true);
    }
}

struct Pieces<T> {
    html: String,
    take: T,
}

impl<T: FnMut(Piece) -> ControlFlow<()>> Pieces<T> {
    fn end(&mut self, is_last: bool) -> fmt::Result {
        match (self.take)(Piece { html: mem::take(&mut self.html), is_last }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(fmt::Error),
        }
    }
}

impl<T: FnMut(Piece) -> ControlFlow<()>> fmt::Write for Pieces<T> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        while let Some((before, after)) = text.split_once(CUT) {
            self.html.push_str(before);
            self.end(false)?;
            text = after;
        }
        self.html.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Template)]
    #[template(source = "{% for text in texts %}{{ text }}{% endfor %}", ext = "txt")]
    struct Texts {
        texts: Vec<&'static str>,
    }

    /// The pieces of some texts that are taken by whoever breaks off after so many.
    fn taken(texts: &[&'static str], most: usize) -> Vec<(String, bool)> {
        let mut taken = Vec::new();
        in_pieces(&Texts { texts: texts.to_vec() }, |piece| {
            taken.push((piece.html, piece.is_last));
            if taken.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        taken
    }

    #[test]
    fn pieces_end_where_they_are_cut() {
        let wanted = [("ab", false), ("c", false), ("d", true)];
        assert_eq!(taken(&["a", "b\0c", "", "\0", "d"], 9), wanted.map(|(html, is_last)| (html.to_owned(), is_last)));
    }

    #[test]
    fn no_piece_is_written_that_nobody_takes() {
        assert_eq!(taken(&["a\0b", "\0c\0d"], 2), [("a".to_owned(), false), ("b".to_owned(), false)]);
        assert_eq!(taken(&["a", "b"], 1), [("ab".to_owned(), true)]);
    }
}
