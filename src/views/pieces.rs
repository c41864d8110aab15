//! A page that is handed over in pieces while it is written, so that its start is on the way before its end is made.

use std::fmt;
use std::mem;

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

/// Gives `take` what a template writes, piece by piece.
pub(super) fn in_pieces(template: &impl Template, take: impl FnMut(Piece)) {
    let mut pieces = Pieces { html: String::new(), take };
    template.render_into(&mut pieces).expect("taking pieces and formatting a template's values cannot fail");
    pieces.end(true);
}

struct Pieces<T> {
    html: String,
    take: T,
}

impl<T: FnMut(Piece)> Pieces<T> {
    fn end(&mut self, is_last: bool) {
        (self.take)(Piece { html: mem::take(&mut self.html), is_last });
    }
}

impl<T: FnMut(Piece)> fmt::Write for Pieces<T> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        while let Some((before, after)) = text.split_once(CUT) {
            self.html.push_str(before);
            self.end(false);
            text = after;
        }
        self.html.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn pieces_end_where_they_are_cut() {
        let mut taken = Vec::new();
        let mut pieces = Pieces { html: String::new(), take: |piece: Piece| taken.push((piece.html, piece.is_last)) };
        for text in ["a", "b\0c", "", "\0", "d"] {
            pieces.write_str(text).expect("taken");
        }
        pieces.end(true);
        let wanted = [("ab", false), ("c", false), ("d", true)];
        assert_eq!(taken, wanted.map(|(html, is_last)| (html.to_owned(), is_last)));
    }
}
