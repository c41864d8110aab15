//! A cursor over a diagram's source. It knows what is empty, and the place of what is wrong.

use crate::content::diagram::{DiagramFault, short};

/// The source and how far it is read, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Reader<'s> {
    pub fn new(text: &'s str, at: usize) -> Self {
        Self { text, at }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    pub fn rest(&self) -> &'s str {
        &self.text[self.at..]
    }

    /// What was read since a place.
    pub fn since(&self, start: usize) -> &'s str {
        &self.text[start..self.at]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Goes on by so many bytes.
    pub fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Goes past a word, if it comes next.
    pub fn eat(&mut self, word: &str) -> bool {
        let comes = self.rest().starts_with(word);
        if comes {
            self.at += word.len();
        }
        comes
    }

    pub fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c: char| !fits(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    /// Goes past blanks within the line.
    pub fn skip_blanks(&mut self) {
        self.take_while(|c| c.is_whitespace() && c != '\n');
    }

    /// Goes past blanks, ends of lines and comments.
    pub fn skip_empty(&mut self) {
        loop {
            self.take_while(char::is_whitespace);
            if !self.rest().starts_with("%%") {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    /// Whether a statement can end here.
    pub fn is_end(&self) -> bool {
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(['\n', ';']) || rest.starts_with("%%")
    }

    /// The next words up to a blank, cut where they are long.
    pub fn token(&self) -> &'s str {
        short(self.rest().split(char::is_whitespace).next().unwrap_or_default())
    }

    /// A fault at a place of the source.
    pub fn fault(&self, at: usize, message: impl Into<String>) -> DiagramFault {
        DiagramFault::at(self.text, at, message)
    }
}
