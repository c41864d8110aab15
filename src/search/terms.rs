//! Words to terms of the index: which part of a section a word stands in is part of its term.
//!
//! All parts of a section share one tantivy field, because every field costs a dictionary of its own
//! whenever a shard is written, which would dominate a small update. A term is the word followed by a
//! mark of one byte, lower than any byte of a word: the terms of one word, and those of all words with
//! one beginning, lie next to each other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use super::neighbours::{Neighbours, Pair, Reader};
use super::words::{Folded, folded};

/// Name of the analyzer that makes terms.
pub(super) const ANALYZER: &str = "terms";

/// What a word stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The name of a page, on the entry for the page itself.
    Name,
    /// The heading.
    Title,
    /// The names of what the section lies in.
    Path,
    /// The names of its facts.
    Label,
    /// What the category says that its criterion and its facts mean.
    Meaning,
    /// Facts and the reason of the rating.
    Facts,
    /// The text.
    Body,
}

impl Part {
    /// All parts, each at its own number.
    pub(super) const ALL: [Self; 7] =
        [Self::Name, Self::Title, Self::Path, Self::Label, Self::Meaning, Self::Facts, Self::Body];

    /// The value that announces that the values after it belong to this part.
    pub(super) fn announcement(self) -> &'static str {
        ["\u{1}", "\u{2}", "\u{3}", "\u{4}", "\u{5}", "\u{6}", "\u{7}"][self as usize]
    }

    /// The part that a value announces; no text of an author is indexed that could pass for one.
    pub(super) fn announced(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.announcement() == value)
    }

    fn mark(self) -> u8 {
        1 + self as u8
    }
}

/// A byte greater than all marks and lower than any byte of a word.
pub(super) const ABOVE_MARKS: u8 = 0x10;

/// A term taken apart: the word and what it stands in.
pub(super) fn read(term: &[u8]) -> Option<(&str, Part)> {
    let (&mark, word) = term.split_last()?;
    let part = *Part::ALL.get(usize::from(mark).checked_sub(1)?)?;
    Some((std::str::from_utf8(word).ok()?, part))
}

/// The term of a word in a part.
pub(super) fn term(word: &str, part: Part) -> Vec<u8> {
    let mut term = word.as_bytes().to_vec();
    term.push(part.mark());
    term
}

/// The only field of the schema.
pub(super) const FIELD: Field = Field::from_field_id(0);

/// The schema: one field of terms with their positions, and nothing else.
pub(super) fn schema() -> Schema {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    builder.add_text_field("terms", TextOptions::default().set_indexing_options(indexing));
    builder.build()
}

/// The pairs of words that were read and not yet moved on. They are shared with the analyzer, which the writer has;
/// once a shard is written nobody asks for them.
#[derive(Clone, Default)]
pub(super) struct Pairs(Arc<Mutex<Vec<Pair>>>);

impl Pairs {
    /// Makes them those of the next entry.
    pub(super) fn move_to(&self, neighbours: &mut Neighbours) {
        let mut pairs = self.lock();
        neighbours.add(&pairs);
        pairs.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Pair>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The analyzer under the name [`ANALYZER`]; it adds the pairs of words that it reads to these.
pub(super) fn analyzer(pairs: &Pairs) -> TextAnalyzer {
    TextAnalyzer::from(Terms { words: folded(), part: Part::Body, pairs: pairs.clone() })
}

/// Makes terms of values; a value that announces a part makes none and says where the next ones belong.
#[derive(Clone)]
struct Terms {
    words: Folded,
    part: Part,
    pairs: Pairs,
}

struct TermStream<'a> {
    words: <Folded as Tokenizer>::TokenStream<'a>,
    mark: char,
    reader: Reader,
    pairs: MutexGuard<'a, Vec<Pair>>,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        let announced = Part::announced(text);
        self.part = announced.unwrap_or(self.part);
        let words = self.words.token_stream(if announced.is_some() { "" } else { text });
        TermStream { words, mark: char::from(self.part.mark()), reader: Reader::default(), pairs: self.pairs.lock() }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let more = self.words.advance();
        if more {
            let token = self.words.token_mut();
            self.reader.read(&token.text, token.position, &mut self.pairs);
            token.text.push(self.mark);
        }
        more
    }

    fn token(&self) -> &Token {
        self.words.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.words.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_can_be_read_back() {
        assert_eq!(read(&term("dask", Part::Path)), Some(("dask", Part::Path)));
        assert_eq!(read(b""), None);
    }

    #[test]
    fn a_word_belongs_to_the_part_that_was_announced() {
        let pairs = Pairs::default();
        let mut analyzer = analyzer(&pairs);
        assert!(!analyzer.token_stream(Part::Title.announcement()).advance());
        let mut terms = Vec::new();
        analyzer.token_stream("Ray workers").process(&mut |token| terms.push((token.text.clone(), token.position)));
        let read: Vec<_> = terms.iter().map(|(term, at)| (read(term.as_bytes()), *at)).collect();
        assert_eq!(read, [(Some(("ray", Part::Title)), 0), (Some(("workers", Part::Title)), 1)]);
        assert_eq!(pairs.lock().len(), 1);
    }
}
