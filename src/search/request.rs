//! What the text of a query means.
//!
//! A text is a list of words and `"phrases"`, some of them excluded by a `-`, and of filters such as
//! `framework:dask`. Whatever cannot be understood that way is words. Words that name frameworks, and those
//! that mean the same as others, are taken together.

use std::ops::Range;

use super::lexicon::{Lexicon, Named};
use super::places::Kind;
use super::query::{Query, cut};
use super::snapshot::Snapshot;
use super::wanted::{Open, Same, Wanted, Word, read_words};
use super::words::Stems;

/// Words and phrases that are looked for; the others are ignored.
pub(super) const MOST_WANTED: usize = 16;
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
    /// Where filters stand in the text.
    pub typed: Vec<Range<usize>>,
}

impl Request {
    /// Understands a query. A filter given beside the text wins over one in the text, so that a facet
    /// that was chosen holds.
    pub(super) fn read(query: &Query, snapshot: &Snapshot) -> Self {
        let text = cut(&query.text);
        let mut request = Self {
            wanted: Vec::new(),
            excluded: Vec::new(),
            filters: [Filter::Any; 3],
            named: Vec::new(),
            typed: Vec::new(),
        };
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
        let root = |wanted: &Wanted| match wanted {
            Wanted::Word(word) => Some(stems.root(&word.text)),
            _ => None,
        };
        let mut roots: Vec<Option<String>> = self.wanted.iter().map(root).collect();
        let mut at = 0;
        while at < self.wanted.len() {
            let run: Vec<&str> = roots[at..].iter().map_while(Option::as_deref).collect();
            if let Some((length, others)) = lexicon.same(&run) {
                roots.splice(at..at + length, [None]);
                let words = self.wanted.drain(at..at + length).filter_map(|wanted| match wanted {
                    Wanted::Word(word) => Some(word),
                    _ => None,
                });
                let words = words.collect();
                self.wanted.insert(at, Wanted::Same(Same { words, others }));
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
            self.typed.push(chunk.range.clone());
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
        && text[end..].starts_with(is_quote)
        && let Some(quoted) = next_chunk(text, end).filter(|next| next.quoted)
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
