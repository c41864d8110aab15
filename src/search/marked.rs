//! Text with matches marked in it, as HTML and as ranges.

use std::ops::Range;

use crate::site::escape;

/// A match in a text, with the number of what was looked for.
pub(super) struct Mark {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What was looked for.
    pub number: usize,
}

/// A stretch of text, white space as single spaces, with the matches in it.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// The text.
    pub text: String,
    /// The matches, in bytes.
    ranges: Vec<Range<usize>>,
}

impl Marked {
    /// Adds a stretch of a text with the matches in it.
    pub(super) fn add(&mut self, text: &str, range: Range<usize>, marks: &[Mark]) {
        self.text.reserve(range.len());
        let mut at = range.start;
        for mark in marks.iter().filter(|mark| mark.range.start >= range.start && mark.range.end <= range.end) {
            // A name comes before its parts, which lie in it.
            if mark.range.start < at {
                continue;
            }
            self.add_text(&text[at..mark.range.start]);
            let start = self.text.len();
            self.add_text(&text[mark.range.clone()]);
            self.ranges.push(start..self.text.len());
            at = mark.range.end;
        }
        self.add_text(&text[at..range.end]);
    }

    fn add_text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        for (number, word) in text.split_whitespace().enumerate() {
            if number > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if text.ends_with(char::is_whitespace) && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The text as HTML.
    pub(super) fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() + self.ranges.len() * 16);
        let mut at = 0;
        for range in &self.ranges {
            escape(&self.text[at..range.start], &mut html);
            html.push_str("<mark>");
            escape(&self.text[range.clone()], &mut html);
            html.push_str("</mark>");
            at = range.end;
        }
        escape(&self.text[at..], &mut html);
        html
    }

    /// The matches, in characters: where each starts, and where it ends.
    pub(super) fn character_ranges(&self) -> Vec<[usize; 2]> {
        let (mut characters, mut at) = (0, 0);
        let mut to = |end: usize| {
            characters += self.text[at..end].chars().count();
            at = end;
            characters
        };
        self.ranges.iter().map(|range| [to(range.start), to(range.end)]).collect()
    }
}
