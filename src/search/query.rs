//! What is asked: the query as it comes in, and what its text means.
//!
//! A text is a list of words and `"phrases"`, some of them excluded by a `-`, and of filters such as
//! `framework:dask`. Whatever cannot be understood that way is words.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;
use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::lexicon::{Lexicon, Named};
use super::places::Kind;
use super::snapshot::Snapshot;
use super::words::{Stems, folded};

/// Characters of a text that are read.
const LONGEST_TEXT: usize = 300;
/// Words and phrases that are looked for; the others are ignored.
pub(super) const MOST_WANTED: usize = 16;
const DEFAULT_LIMIT: usize = 20;
const MOST_HITS: usize = 50;
const LAST_OFFSET: usize = 10_000;
/// Words that say, beside the names of several things, that these are to be compared.
const SET_AGAINST: [&str; 12] = [
    "against",
    "better",
    "between",
    "compare",
    "compared",
    "comparing",
    "comparison",
    "difference",
    "differences",
    "or",
    "versus",
    "vs",
];

/// A search as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Query {
    /// What was typed.
    pub text: String,
    /// Slug of the only framework to search.
    pub framework: Option<String>,
    /// Slug of the only criterion to search.
    pub criterion: Option<String>,
    /// Slug of the only category to search.
    pub category: Option<String>,
    /// Whether hits are shown under the frameworks they are about.
    pub grouped: bool,
    /// How many hits to leave out.
    pub offset: usize,
    /// How many hits to show at most.
    pub limit: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            framework: None,
            criterion: None,
            category: None,
            grouped: false,
            offset: 0,
            limit: DEFAULT_LIMIT,
        }
    }
}

impl Query {
    /// Reads `q`, `framework`, `criterion`, `category`, `group`, `offset` and `limit`. What is malformed or unknown
    /// is ignored; of several values the last one holds.
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            let value = value.trim();
            let slug = || (!value.is_empty()).then(|| cut(value).to_lowercase());
            match &*key {
                "q" => query.text = cut(value).to_owned(),
                "framework" => query.framework = slug(),
                "criterion" => query.criterion = slug(),
                "category" => query.category = slug(),
                "group" => query.grouped = value == "framework",
                "offset" => query.offset = value.parse().unwrap_or(0).min(LAST_OFFSET),
                "limit" => query.limit = value.parse().unwrap_or(DEFAULT_LIMIT).clamp(1, MOST_HITS),
                _ => {}
            }
        }
        query
    }

    fn slug(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Category => self.category.as_deref(),
            Kind::Framework => self.framework.as_deref(),
            Kind::Criterion => self.criterion.as_deref(),
        }
    }
}

/// The beginning of a text, as far as it is read.
fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(at, _)| &text[..at])
}

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
    fn leave(&mut self, open: Open) {
        self.open = open;
        self.parts.last_mut().into_iter().for_each(|last| last.leave(open));
    }
}

/// What hits of one kind are filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// Everything passes.
    Any,
    /// Only this number passes.
    Only(u16),
    /// Nothing passes: there is no such name.
    Nothing,
}

impl Filter {
    /// Whether a number passes.
    pub(super) fn passes(self, number: u16) -> bool {
        match self {
            Self::Any => true,
            Self::Only(only) => number == only,
            Self::Nothing => false,
        }
    }
}

/// A query that has been understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// What must be there.
    pub wanted: Vec<Wanted>,
    /// What must not be there.
    pub excluded: Vec<Wanted>,
    /// What hits are filtered by, in the order of the kinds.
    pub filters: [Filter; 3],
    /// The frameworks that are named, as they were typed.
    pub named: Vec<u16>,
}

impl Request {
    /// Understands a query. A filter given beside the text wins over one in the text, so that a facet
    /// that was chosen holds.
    pub(super) fn read(query: &Query, snapshot: &Snapshot) -> Self {
        let text = cut(&query.text);
        let mut request =
            Self { wanted: Vec::new(), excluded: Vec::new(), filters: [Filter::Any; 3], named: Vec::new() };
        let mut rest = 0;
        while let Some(chunk) = next_chunk(text, rest) {
            rest = chunk.range.end;
            request.add(text, &chunk, snapshot);
        }
        for kind in Kind::ALL {
            if let Some(slug) = query.slug(kind) {
                let number = meant(kind, slug, snapshot);
                request.filters[kind as usize] = number.map_or(Filter::Nothing, Filter::Only);
            }
        }
        if request.wanted.is_empty() && !request.is_filtered() {
            // Nothing but exclusions: a name such as `-n` was meant.
            request.wanted.append(&mut request.excluded);
        }
        request.wanted.truncate(MOST_WANTED);
        request.excluded.truncate(MOST_WANTED);
        let open = if request.wanted.len() == 1 { Open::Alone } else { Open::BesideOthers };
        request.find_names(snapshot.lexicon());
        request.find_synonyms(snapshot.lexicon());
        let last = match request.wanted.last_mut() {
            Some(Wanted::Word(last)) => Some(last),
            Some(Wanted::Same(same)) => same.words.last_mut(),
            _ => None,
        };
        last.into_iter().for_each(|last| last.leave(open));
        request
    }

    /// Takes words that name frameworks for them. Where several are named, any of them will do, and the words
    /// by which people set things against each other say nothing more.
    fn find_names(&mut self, lexicon: &Lexicon) {
        let mut named: Vec<(Named, Vec<Word>)> = Vec::new();
        let mut rest = Vec::new();
        let mut wanted = std::mem::take(&mut self.wanted).into_iter().peekable();
        let mut run: Vec<Word> = Vec::new();
        while let Some(next) = wanted.next() {
            let ends = match next {
                Wanted::Word(word) => {
                    run.push(word);
                    wanted.peek().is_none_or(|next| !matches!(next, Wanted::Word(_)))
                }
                other => {
                    rest.push(other);
                    false
                }
            };
            if ends {
                take_names(&mut run, lexicon, &mut named, &mut rest);
            }
        }
        if named.len() > 1 {
            let sets_against =
                |wanted: &Wanted| matches!(wanted, Wanted::Word(word) if SET_AGAINST.contains(&word.text.as_str()));
            rest.retain(|wanted| !sets_against(wanted));
        }
        for (found, _) in &named {
            if !self.named.contains(&found.framework) {
                self.named.push(found.framework);
            }
        }
        self.wanted = rest;
        if !named.is_empty() {
            self.wanted.insert(0, Wanted::Frameworks(named));
        }
    }

    /// Takes words together that mean the same as others.
    fn find_synonyms(&mut self, lexicon: &Lexicon) {
        let mut stems = Stems::default();
        let mut at = 0;
        while at < self.wanted.len() {
            let run: Vec<&Word> = self.wanted[at..]
                .iter()
                .map_while(|wanted| if let Wanted::Word(word) = wanted { Some(word) } else { None })
                .collect();
            let roots: Vec<String> = run.iter().map(|word| stems.root(&word.text)).collect();
            let roots: Vec<&str> = roots.iter().map(String::as_str).collect();
            if let Some((length, others)) = lexicon.same(&roots) {
                let words = run[..length].iter().map(|word| (*word).clone()).collect();
                self.wanted.splice(at..at + length, [Wanted::Same(Same { words, others })]);
            }
            at += 1;
        }
    }

    /// Whether only a part of the site is searched.
    pub(super) fn is_filtered(&self) -> bool {
        self.filters.iter().any(|filter| *filter != Filter::Any)
    }

    fn add(&mut self, text: &str, chunk: &Chunk, snapshot: &Snapshot) {
        if !chunk.quoted
            && !chunk.excluded
            && let Some((kind, number)) = read_filter(&text[chunk.content.clone()], snapshot)
        {
            self.filters[kind as usize] = Filter::Only(number);
            return;
        }
        let words = read_words(text, chunk.content.clone());
        let list = if chunk.excluded { &mut self.excluded } else { &mut self.wanted };
        if chunk.quoted && !words.is_empty() {
            list.push(Wanted::Phrase(words));
        } else {
            list.extend(words.into_iter().map(Wanted::Word));
        }
    }
}

/// Takes the names of frameworks out of a run of words; what is left goes to the rest.
fn take_names(run: &mut Vec<Word>, lexicon: &Lexicon, named: &mut Vec<(Named, Vec<Word>)>, rest: &mut Vec<Wanted>) {
    while !run.is_empty() {
        let texts: Vec<&str> = run.iter().map(|word| word.text.as_str()).collect();
        match lexicon.named(&texts) {
            Some(found) => {
                let words = run.drain(..found.words).collect();
                named.push((found, words));
            }
            None => rest.push(Wanted::Word(run.remove(0))),
        }
    }
}

/// A stretch of the text between white space, or between quotes.
struct Chunk {
    range: Range<usize>,
    content: Range<usize>,
    quoted: bool,
    excluded: bool,
}

fn next_chunk(text: &str, from: usize) -> Option<Chunk> {
    let start = from + text[from..].find(|c: char| !c.is_whitespace())?;
    let after_minus = text[start..].strip_prefix('-');
    let excluded = after_minus.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || is_quote(c)));
    let at = start + usize::from(excluded);
    let first = text[at..].chars().next()?;
    if is_quote(first) {
        let open = at + first.len_utf8();
        if let Some((length, quote)) = text[open..].char_indices().find(|(_, c)| is_quote(*c)) {
            let content = open..open + length;
            return Some(Chunk { range: start..content.end + quote.len_utf8(), content, quoted: true, excluded });
        }
        // A quote that is never closed is not one.
        let end = end_of_word(text, open);
        return Some(Chunk { range: start..end, content: open..end, quoted: false, excluded: false });
    }
    let end = end_of_word(text, at);
    // The name in a filter may stand between quotes: `framework:"Apache Spark"`.
    if text[at..end].ends_with(':')
        && let Some(quoted) = next_chunk(text, end).filter(|next| next.quoted && next.range.start == end)
    {
        return Some(Chunk {
            range: start..quoted.range.end,
            content: at..quoted.content.end,
            quoted: false,
            excluded,
        });
    }
    Some(Chunk { range: start..end, content: at..end, quoted: false, excluded })
}

fn end_of_word(text: &str, from: usize) -> usize {
    text[from..].find(|c: char| c.is_whitespace() || is_quote(c)).map_or(text.len(), |length| from + length)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

fn read_filter(text: &str, snapshot: &Snapshot) -> Option<(Kind, u16)> {
    let (key, value) = text.split_once(':')?;
    let kind = match key.to_ascii_lowercase().as_str() {
        "framework" => Kind::Framework,
        "criterion" => Kind::Criterion,
        "category" => Kind::Category,
        _ => return None,
    };
    Some((kind, meant(kind, value.trim_start_matches(is_quote), snapshot)?))
}

/// The number that a name means: by its slug, a word of it, or any name of a framework.
fn meant(kind: Kind, name: &str, snapshot: &Snapshot) -> Option<u16> {
    let names = snapshot.names(kind);
    let named = || {
        let words = read_words(name, 0..name.len());
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let named = snapshot.lexicon().named(&texts).filter(|named| named.words == texts.len());
        named.filter(|_| kind == Kind::Framework).map(|named| named.framework)
    };
    let by_slug = names.meant(&name.to_lowercase()).or_else(|| names.meant(&crate::ids::slug(name)));
    by_slug.or_else(named)
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
