//! Text to words: the one rule by which sections are indexed, queries read and matches marked.
//!
//! A word is lower-cased and folded to ASCII where it has an ASCII form. A name of several parts, such
//! as `map_partitions`, `ray.init` or `ObjectRef`, comes out whole and then part by part; the whole
//! stands at the position of its first part, so that phrases can be told from the parts alone.

use std::ops::Range;
use std::sync::Arc;

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, RawTokenizer, Stemmer, Token, TokenFilter, TokenStream, Tokenizer,
};

use super::beginnings::Beginnings;

/// Bytes of a word that count; what follows is cut, in the index and in queries alike.
const LONGEST: usize = 64;
/// Lengths of the words that are stemmed.
const STEMMED: Range<usize> = 3..32;

/// Splits text into words and folds them.
pub(super) type Folded = <AsciiFoldingFilter as TokenFilter>::Tokenizer<Words>;

/// The splitter of [`Folded`] words.
pub(super) fn folded() -> Folded {
    AsciiFoldingFilter.transform(Words { token: Token::default(), parts: Vec::new(), beginnings: None })
}

/// The same for a reader who looks for words with certain beginnings only: it may leave out others. Words follow one
/// another by their positions where they do in the text, but how many lie between others is not counted.
pub(super) fn folded_with(beginnings: Beginnings) -> Folded {
    let beginnings = Some(Arc::new(beginnings));
    AsciiFoldingFilter.transform(Words { token: Token::default(), parts: Vec::new(), beginnings })
}

/// Splits text into lower-cased words.
#[derive(Clone)]
pub(super) struct Words {
    token: Token,
    parts: Vec<Range<usize>>,
    /// Of the words that are looked for; none where all are.
    beginnings: Option<Arc<Beginnings>>,
}

/// The words of one text.
pub(super) struct WordStream<'a> {
    text: &'a str,
    at: usize,
    /// The end of the stretch without white space that is read, where others may be left out.
    end_of_stretch: usize,
    position: usize,
    next_part: usize,
    words: &'a mut Words,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.parts.clear();
        WordStream { text, at: 0, end_of_stretch: 0, position: 0, next_part: 0, words: self }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if self.next_part < self.words.parts.len() {
            self.emit_part();
            return true;
        }
        while let Some(start) = self.next_start() {
            let Some(end) = end_of_plain_word(self.text.as_bytes(), start) else {
                self.emit_name(start);
                return true;
            };
            self.at = end;
            let word = &self.text.as_bytes()[start..end];
            if self.words.beginnings.as_ref().is_none_or(|beginnings| beginnings.fit(word)) {
                self.emit(start..end, 1);
                return true;
            }
            self.position += 1;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}

impl WordStream<'_> {
    /// Where the next word starts.
    fn next_start(&mut self) -> Option<usize> {
        if let Some(beginnings) = &self.words.beginnings
            && self.at >= self.end_of_stretch
        {
            let text = self.text.as_bytes();
            let place = beginnings.next(text, self.at)?;
            let space = text[self.at..place].iter().rposition(u8::is_ascii_whitespace);
            let start = space.map_or(self.at, |space| self.at + space + 1);
            // What stands before and after words that are left out does not follow one another.
            if text[self.at..start].iter().any(|&byte| class(byte) & ALPHANUMERIC != 0) {
                self.position += 1;
            }
            self.at = start;
            let rest = text[place..].iter().position(u8::is_ascii_whitespace);
            self.end_of_stretch = rest.map_or(text.len(), |rest| place + rest);
        }
        next_start(self.text, self.at)
    }

    /// Emits what may be a name of several parts: itself if it is, or else its only part.
    fn emit_name(&mut self, start: usize) {
        let run = start..end_of_run(self.text, start);
        self.at = run.end;
        self.next_part = 0;
        split(self.text, run.clone(), &mut self.words.parts);
        let parts = self.words.parts.len();
        if parts > 1 && run.len() <= LONGEST { self.emit(run, parts) } else { self.emit_part() }
    }

    fn emit_part(&mut self) {
        let part = self.words.parts[self.next_part].clone();
        self.next_part += 1;
        self.emit(part, 1);
    }

    fn emit(&mut self, range: Range<usize>, parts: usize) {
        let token = &mut self.words.token;
        (token.offset_from, token.offset_to) = (range.start, range.end);
        (token.position, token.position_length) = (self.position, parts);
        if parts == 1 {
            self.position += 1;
        }
        token.text.clear();
        let word = &self.text[range];
        if word.is_ascii() {
            token.text.push_str(&word[..word.len().min(LONGEST)]);
            token.text.make_ascii_lowercase();
        } else {
            let kept = word.char_indices().take_while(|(at, _)| *at < LONGEST).map(|(_, c)| c);
            token.text.extend(kept.filter(|c| !is_mark(*c)).flat_map(char::to_lowercase));
        }
    }
}

/// What a byte is: in ASCII a letter or digit, one that goes on a plain word, or else a part of another character.
const ALPHANUMERIC: u8 = 1;
const GOES_ON: u8 = 2;
const OTHER: u8 = 4;
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        let alphanumeric = if c.is_ascii_alphanumeric() { ALPHANUMERIC } else { 0 };
        let goes_on = if c.is_ascii_lowercase() || c.is_ascii_digit() { GOES_ON } else { 0 };
        classes[byte] = alphanumeric | goes_on | if c.is_ascii() { 0 } else { OTHER };
        byte += 1;
    }
    classes
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The next letter or digit at or after a place.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let at = from + rest.iter().position(|&byte| class(byte) & (ALPHANUMERIC | OTHER) != 0)?;
    if class(text.as_bytes()[at]) == OTHER {
        return text[at..].find(char::is_alphanumeric).map(|offset| at + offset);
    }
    Some(at)
}

/// The end of a word of ASCII letters and digits in which no part starts; nothing where it is not that
/// simple. Most words are.
fn end_of_plain_word(text: &[u8], start: usize) -> Option<usize> {
    let rest = text.get(start + 1..)?;
    let length = rest.iter().position(|&byte| class(byte) & GOES_ON == 0);
    let end = start + 1 + length.unwrap_or(rest.len());
    let is_whole = match text.get(end) {
        None => true,
        Some(&next) if class(next) & (OTHER | ALPHANUMERIC) != 0 => false,
        Some(&next) if is_connector(char::from(next)) => text.get(end + 1).is_none_or(u8::is_ascii_whitespace),
        Some(_) => true,
    };
    is_whole.then_some(end)
}

/// The end of a stretch of letters and digits, joined by single connectors.
fn end_of_run(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = |&(_, next): &(usize, char)| next.is_alphanumeric() || (c, next) == ('_', '_');
        let goes_on = c.is_alphanumeric() || is_mark(c) || (is_connector(c) && chars.peek().is_some_and(joins));
        if !goes_on {
            return start + at;
        }
    }
    text.len()
}

/// Splits a run at its connectors, where its case changes, and around each ideograph.
fn split(text: &str, run: Range<usize>, parts: &mut Vec<Range<usize>>) {
    parts.clear();
    let mut start = run.start;
    let mut before = None;
    for (offset, c) in text[run.clone()].char_indices() {
        let at = run.start + offset;
        if is_connector(c) {
            push(parts, start..at);
            start = at + c.len_utf8();
        } else if before.is_some_and(|before| is_boundary(before, c, &text[at + c.len_utf8()..run.end])) {
            push(parts, start..at);
            start = at;
        }
        before = Some(c);
    }
    push(parts, start..run.end);
}

fn push(parts: &mut Vec<Range<usize>>, part: Range<usize>) {
    if !part.is_empty() {
        parts.push(part);
    }
}

/// Whether a new part starts between two characters: `object|Ref`, `HTTP|Server`, but not `API|s`.
fn is_boundary(before: char, c: char, rest: &str) -> bool {
    if c.is_ascii_lowercase() || is_connector(before) {
        return false;
    }
    if is_ideograph(before) || is_ideograph(c) {
        return true;
    }
    let mut ahead = rest.chars();
    let two_lower = |ahead: &mut dyn Iterator<Item = char>| {
        ahead.next().is_some_and(char::is_lowercase) && ahead.next().is_some_and(char::is_lowercase)
    };
    c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && two_lower(&mut ahead)))
}

fn is_connector(c: char) -> bool {
    matches!(c, '_' | '.' | '-')
}

/// Marks that belong to the letter before them, and invisible characters inside words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Reduces English words to their stems.
#[derive(Clone)]
pub(super) struct Stems {
    stemmer: <Stemmer as TokenFilter>::Tokenizer<RawTokenizer>,
}

impl Default for Stems {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Language::English).transform(RawTokenizer::default()) }
    }
}

impl Stems {
    /// Writes a word's stem; leaves the text empty where the word is not one to stem.
    pub(super) fn stem(&mut self, word: &str, stem: &mut String) {
        stem.clear();
        if STEMMED.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let mut stream = self.stemmer.token_stream(word);
            if stream.advance() {
                stem.push_str(&stream.token().text);
            }
        }
    }

    /// A word's stem, or the word where it is not one to stem.
    pub(super) fn root(&mut self, word: &str) -> String {
        let mut stem = String::new();
        self.stem(word, &mut stem);
        if stem.is_empty() { word.to_owned() } else { stem }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<(String, usize)> {
        let mut words = Vec::new();
        folded().token_stream(text).process(&mut |token| words.push((token.text.clone(), token.position)));
        words
    }

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn names_come_whole_and_in_parts_and_the_next_word_follows_the_last_part() {
        let expected = [("call", 0), ("map_partitions", 1), ("map", 1), ("partitions", 2), ("twice", 3)];
        let expected: Vec<_> = expected.iter().map(|(word, at)| ((*word).to_owned(), *at)).collect();
        assert_eq!(words("Call `map_partitions` twice."), expected);
        assert_eq!(texts("ray.init()"), ["ray.init", "ray", "init"]);
        assert_eq!(texts("--num-cpus=4"), ["num-cpus", "num", "cpus", "4"]);
        assert_eq!(texts("__init__"), ["init"]);
    }

    #[test]
    fn camel_case_is_split_and_plural_acronyms_are_not() {
        assert_eq!(texts("ObjectRef"), ["objectref", "object", "ref"]);
        assert_eq!(texts("HTTPServer"), ["httpserver", "http", "server"]);
        assert_eq!(texts("GPUs APIs"), ["gpus", "apis"]);
        assert_eq!(texts("S3 H100 py3"), ["s3", "h100", "py3"]);
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(texts("Über NAÏVE cafe\u{301}"), ["uber", "naive", "cafe"]);
        assert_eq!(texts("分散"), ["分散", "分", "散"]);
        assert_eq!(texts("… – ? \u{1F600}"), [""; 0]);
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_not_looked_for(text in "([sScCoO_.0é-]{1,3}|[a-d ]{1,3}|Sched|objectRef|[ \\n\u{ad}–]){0,40}") {
            let mut beginnings = Beginnings::NONE;
            ["sched", "ob", "c"].iter().for_each(|word| beginnings.add(word));
            let found = |mut folded: Folded| {
                let mut found: Vec<(String, usize, usize)> = Vec::new();
                folded.token_stream(&text).process(&mut |token| {
                    found.push((token.text.clone(), token.offset_from, token.position));
                });
                found.retain(|(word, ..)| ["sched", "ob", "c"].iter().any(|beginning| word.starts_with(beginning)));
                // How far each is from the one before, as far as it counts for following one another.
                let positions: Vec<usize> = found.iter().map(|(.., position)| *position).collect();
                let apart: Vec<usize> = positions.windows(2).map(|two| (two[1] - two[0]).min(2)).collect();
                (found.into_iter().map(|(word, from, _)| (word, from)).collect::<Vec<_>>(), apart)
            };
            prop_assert_eq!(found(folded_with(beginnings)), found(folded()));
        }
    }

    #[test]
    fn long_runs_are_cut_at_a_character() {
        let long = "ä".repeat(500);
        assert_eq!(texts(&long), ["a".repeat(32)]);
    }

    #[test]
    fn stems_are_made_of_english_words_only() {
        let (mut stems, mut stem) = (Stems::default(), String::new());
        for (word, expected) in [("scheduling", "schedul"), ("workers", "worker"), ("h100", ""), ("as", "")] {
            stems.stem(word, &mut stem);
            assert_eq!(stem, expected, "{word}");
        }
    }
}
