//! Words to mark in any text, as a search would mark them in its excerpts.

use std::ops::Range;

use super::excerpt::Marker;
use super::find::SAY_NOTHING;
use super::query::Query;
use super::request::Request;
use super::snapshot::Snapshot;
use super::wanted::Wanted;

/// Words to mark.
pub struct Words(Marker);

impl Snapshot {
    /// The words of a text, and what means the same, to be marked; those that say nothing are not.
    pub fn words(&self, text: &str) -> Words {
        let mut request = Request::read(&Query { text: text.to_owned(), ..Query::default() }, self);
        request.wanted.retain(|wanted| match wanted {
            Wanted::Word(word) => !SAY_NOTHING.contains(&word.text.as_str()),
            _ => true,
        });
        Words(Marker::of_wanted(&request.wanted))
    }
}

impl Words {
    /// Where the words stand in a text, in bytes, in order.
    pub fn ranges(&mut self, text: &str) -> Vec<Range<usize>> {
        self.0.ranges(text)
    }
}
