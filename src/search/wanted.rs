//! What is looked for: words, phrases, words that mean something together.

use std::ops::Range;

use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::lexicon::Named;
use super::words::folded;

/// Something to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A word.
    Word(Word),
    /// Words that follow one another.
    Phrase(Vec<Word>),
    /// Words that mean together the same as others.
    Same(Same),
    /// Any of some frameworks, each with the words that name it.
    Frameworks(Vec<(Named, Vec<Word>)>),
}

/// Words and what means the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Same {
    /// The words as they were typed.
    pub words: Vec<Word>,
    /// Words that mean the same.
    pub others: Vec<Vec<String>>,
}

impl Wanted {
    /// The words as they were typed.
    pub(super) fn words(&self) -> Vec<&Word> {
        match self {
            Self::Word(word) => vec![word],
            Self::Phrase(words) | Self::Same(Same { words, .. }) => words.iter().collect(),
            Self::Frameworks(named) => named.iter().flat_map(|(_, words)| words).collect(),
        }
    }
}

/// A word to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word as it stands in the index.
    pub text: String,
    /// Its parts, where it is a name of several.
    pub parts: Vec<Word>,
    /// Where it stands in the text of the query.
    pub range: Range<usize>,
    /// Whether it may be the beginning of a word.
    pub open: Open,
}

/// Whether a word may be the beginning of a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// It may not.
    No,
    /// It may, and nothing else is looked for.
    Alone,
    /// It may, and other words are looked for too.
    BesideOthers,
}

impl Word {
    /// Allows it to be the beginning of a word.
    pub(super) fn leave(&mut self, open: Open) {
        self.open = open;
        self.parts.last_mut().into_iter().for_each(|last| last.leave(open));
    }

    /// Its parts; where it has none, itself.
    pub(super) fn parts_or_itself(&self) -> &[Self] {
        if self.parts.is_empty() { std::slice::from_ref(self) } else { &self.parts }
    }
}

/// The words in a stretch of a text.
pub(super) fn read_words(text: &str, range: Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut parts_to_come = 0;
    folded().token_stream(&text[range.clone()]).process(&mut |token| {
        let at = range.start + token.offset_from..range.start + token.offset_to;
        let word = Word { text: token.text.clone(), parts: Vec::new(), range: at, open: Open::No };
        match words.last_mut() {
            Some(name) if parts_to_come > 0 => {
                parts_to_come -= 1;
                name.parts.push(word);
            }
            _ => {
                parts_to_come = if token.position_length > 1 { token.position_length } else { 0 };
                words.push(word);
            }
        }
    });
    words
}
