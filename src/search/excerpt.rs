//! Marking: matches in titles and texts, and the stretch of a text that shows most of them.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::tokenizer::{TokenStream, Tokenizer};

use super::beginnings::Beginnings;
use super::entry;
use super::family::{beginning_of, could_have_stem};
use super::find::Sought;
use super::marked::{Mark, Marked};
use super::scores::texts;
use super::wanted::{Open, Same, Wanted, Word};
use super::words::{Folded, Stems, folded, folded_with};
use crate::content::metadata::DeclaredFact;
use crate::content::sections::Document;
use crate::site::{DocumentId, PageId, Site};

/// Bytes of an excerpt.
const LENGTH: usize = 200;
/// Bytes of it that come before the first match.
const BEFORE: usize = 50;
/// Bytes of a text in which matches are looked for.
const SEARCHED: usize = 16_000;

/// Finds and marks what was looked for.
pub(super) struct Marker {
    /// Words as they stand in a text, with the number of what was looked for.
    words: HashMap<String, usize>,
    stems: Vec<(String, usize)>,
    /// Words that may go on, and whether only titles are looked at for longer ones.
    open: Vec<(String, usize, bool)>,
    /// Words that are marked where they follow one another.
    sequences: Vec<(Vec<String>, usize)>,
    /// What all of these begin with.
    beginnings: Beginnings,
    /// What words were found to be by their stems, if anything: texts repeat their words.
    by_stem: HashMap<String, Option<usize>>,
    /// How much of what was looked for each fact of a category's criterion is declared to mean: it is the same for all
    /// frameworks.
    meanings: HashMap<(PageId, usize), Vec<u32>>,
    /// How many different things are looked for.
    different: u32,
    folded: Folded,
    stemmer: Stems,
}

impl Marker {
    fn new() -> Self {
        Self {
            words: HashMap::new(),
            stems: Vec::new(),
            open: Vec::new(),
            sequences: Vec::new(),
            beginnings: Beginnings::NONE,
            by_stem: HashMap::new(),
            meanings: HashMap::new(),
            different: 0,
            folded: folded(),
            stemmer: Stems::default(),
        }
    }

    /// Marks all that is wanted, as far as its words are known.
    pub(super) fn of_wanted(wanted: &[Wanted]) -> Self {
        let mut marker = Self::new();
        wanted.iter().enumerate().for_each(|(number, wanted)| marker.add_wanted(wanted, number, false));
        marker.get_ready();
        marker
    }

    /// Marks all that was looked for.
    pub(super) fn of(sought: &[Sought]) -> Self {
        let mut marker = Self::new();
        let only_filler = !sought.iter().any(Sought::says_something);
        let only_names = sought.iter().all(Sought::is_name);
        for (number, sought) in sought.iter().enumerate() {
            if (!only_filler && !sought.says_something()) || (!only_names && sought.is_name()) {
                continue;
            }
            marker.add_wanted(&sought.wanted, number, sought.is_open_in_titles_only());
            for correction in &sought.corrections {
                marker.add_word(&correction.text, number);
                marker.add_stem(&correction.text, number);
            }
        }
        marker.get_ready();
        marker
    }

    /// Reads texts for what was added, and for nothing else.
    fn get_ready(&mut self) {
        self.folded = folded_with(self.beginnings.clone());
    }

    fn add_wanted(&mut self, wanted: &Wanted, number: usize, titles_only: bool) {
        self.different += 1;
        match wanted {
            Wanted::Word(word) => self.add(word, number, titles_only),
            Wanted::Phrase(words) => self.add_sequence(texts(words), number),
            Wanted::Same(same) => self.add_same(same, number, titles_only),
            Wanted::Frameworks(named) => named.iter().for_each(|(named, words)| {
                words.iter().for_each(|word| self.add(word, number, false));
                named.name.iter().for_each(|word| self.add_word(word, number));
            }),
        }
    }

    /// The matches in a text.
    pub(super) fn ranges(&mut self, text: &str) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for mark in self.marks(text, false) {
            // A name comes before its parts, which lie in it.
            if ranges.last().is_none_or(|last| last.end <= mark.range.start) {
                ranges.push(mark.range);
            }
        }
        ranges
    }

    fn add(&mut self, word: &Word, number: usize, titles_only: bool) {
        self.add_word(&word.text, number);
        self.add_stem(&word.text, number);
        if word.open != Open::No {
            self.open.push((word.text.clone(), number, titles_only));
        }
        word.parts.iter().for_each(|part| self.add(part, number, titles_only));
    }

    fn add_same(&mut self, same: &Same, number: usize, titles_only: bool) {
        same.words.iter().for_each(|word| self.add(word, number, titles_only));
        for other in &same.others {
            match other.as_slice() {
                [word] => {
                    self.add_word(word, number);
                    self.add_stem(word, number);
                }
                words => self.add_sequence(words.to_vec(), number),
            }
        }
    }

    /// Marks words where they follow one another.
    fn add_sequence(&mut self, words: Vec<String>, number: usize) {
        words.iter().for_each(|word| self.beginnings.add(word));
        self.sequences.push((words, number));
    }

    fn add_word(&mut self, word: &str, number: usize) {
        self.beginnings.add(word);
        self.words.entry(word.to_owned()).or_insert(number);
    }

    fn add_stem(&mut self, word: &str, number: usize) {
        let mut stem = String::new();
        self.stemmer.stem(word, &mut stem);
        if !stem.is_empty() {
            self.beginnings.add(beginning_of(&stem));
            self.stems.push((stem, number));
        }
    }

    fn marks(&mut self, text: &str, is_title: bool) -> Vec<Mark> {
        let (mut marks, mut stem, mut steps) = (Vec::new(), String::new(), Vec::new());
        let Self { words, stems, open, sequences, by_stem, folded, stemmer, .. } = self;
        let mut stream = folded.token_stream(&text[..floor(text, SEARCHED)]);
        while stream.advance() {
            let token = stream.token();
            let begins = || {
                let mut fitting = open.iter().filter(|(_, _, titles_only)| is_title || !titles_only);
                fitting.find(|(start, ..)| token.text.starts_with(start)).map(|(_, number, _)| *number)
            };
            let mut has_stem = |token: &str| {
                if !stems.iter().any(|(stem, _)| could_have_stem(token, stem)) {
                    return None;
                }
                if let Some(known) = by_stem.get(token) {
                    return *known;
                }
                stemmer.stem(token, &mut stem);
                let number = stems.iter().find(|(of, _)| *of == stem).map(|(_, number)| *number);
                by_stem.insert(token.to_owned(), number);
                number
            };
            let number = words.get(&token.text).copied().or_else(begins).or_else(|| has_stem(&token.text));
            let range = token.offset_from..token.offset_to;
            if let Some(number) = number {
                marks.push(Mark { range: range.clone(), number });
            }
            if let Some(word) = sequences.iter().flat_map(|(words, _)| words).find(|word| **word == token.text) {
                steps.push(Step { word, position: token.position, range });
            }
        }
        if !steps.is_empty() {
            marks.extend(sequences.iter().flat_map(|(words, number)| in_sequence(words, *number, &steps)));
            marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        }
        marks
    }

    /// A title with its matches.
    pub(super) fn title(&mut self, title: &str) -> Marked {
        let marks = self.marks(title, true);
        let mut marked = Marked::default();
        marked.add(title, 0..title.len(), &marks);
        marked
    }

    /// The stretch of a section's facts and text that shows most matches, or its beginning. A fact that is
    /// declared to mean more of what was looked for than stands anywhere is shown instead, where such facts
    /// are to be looked for.
    pub(super) fn excerpt(
        &mut self,
        site: &Site,
        (document, section): (DocumentId, usize),
        top: bool,
        by_meaning: bool,
    ) -> Marked {
        let (text, facts, body) = shown_text(&site.documents[document], section, top);
        let marks = self.marks(&text, false);
        let found = best(&marks);
        let may_mean_more = by_meaning && found.is_none_or(|(_, most)| most.different < self.different);
        let declared = may_mean_more.then(|| self.declared_fact(site, document, section)).flatten();
        let range = match (found, declared) {
            (found, Some((fact, different))) if found.is_none_or(|(_, most)| most.different < different) => {
                facts[fact]..end_of_excerpt(&text, facts[fact])
            }
            (Some((mark, _)), _) => around(&text, &mark.range),
            (None, _) => body..end_of_excerpt(&text, body),
        };
        let mut marked = Marked::default();
        if range.start > 0 && range.start != body && !facts.contains(&range.start) {
            marked.text.push('…');
        }
        marked.add(&text, range.clone(), &marks);
        if range.end < text.len() {
            marked.text.push('…');
        }
        marked
    }

    /// The fact of a finding that is declared to mean most of what was looked for, and how much of it.
    fn declared_fact(&mut self, site: &Site, document: DocumentId, section: usize) -> Option<(usize, u32)> {
        let (category, framework) = site.framework_of(document, section)?;
        let criterion = framework.findings.iter().position(|finding| finding.section == Some(section))?;
        let declared = &category.criteria.get(criterion)?.facts;
        let key = (category.page, criterion);
        let meanings = self.meanings.remove(&key).unwrap_or_else(|| self.meanings_of(declared));
        let mut best = None;
        for (at, fact) in entry::facts(&site.documents[document].sections[section]).enumerate() {
            let Some(number) = declared.iter().position(|declared| declared.slug == fact.slug) else { continue };
            if meanings[number] > best.map_or(0, |(_, most)| most) {
                best = Some((at, meanings[number]));
            }
        }
        self.meanings.insert(key, meanings);
        best
    }

    /// How much of what was looked for each of these facts is declared to mean.
    fn meanings_of(&mut self, declared: &[DeclaredFact]) -> Vec<u32> {
        let different = |fact: &DeclaredFact| {
            let marks = [&fact.name, &fact.description].map(|text| self.marks(text, false));
            Worth::of(marks.iter().flatten()).different
        };
        declared.iter().map(different).collect()
    }
}

/// What matches are worth: how many different things they are, then how many there are.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Worth {
    different: u32,
    all: usize,
}

impl Worth {
    fn of<'m>(marks: impl Iterator<Item = &'m Mark>) -> Self {
        let (mut seen, mut all) = (0_u64, 0);
        for mark in marks {
            seen |= 1 << (mark.number % 64);
            all += 1;
        }
        Self { different: seen.count_ones(), all }
    }
}

/// A word of a text that may be one of a sequence.
struct Step<'m> {
    word: &'m str,
    position: usize,
    range: Range<usize>,
}

/// Where these words follow one another; the steps are in the order of their positions.
fn in_sequence(words: &[String], number: usize, steps: &[Step]) -> Vec<Mark> {
    let from = |at: usize| {
        let start = &steps[at];
        let mut end = start.range.end;
        for (word, position) in words.iter().zip(start.position..) {
            let mut near = steps[at..].iter().take_while(|step| step.position <= position);
            end = near.find(|step| step.position == position && step.word == word)?.range.end;
        }
        Some(Mark { range: start.range.start..end, number })
    };
    let starts = (0..steps.len()).filter(|&at| words.first().is_some_and(|word| steps[at].word == word));
    starts.filter_map(from).collect()
}

/// Facts and text of a section as one, where each fact starts in it, and where the text does.
fn shown_text(document: &Document, section: usize, top: bool) -> (String, Vec<usize>, usize) {
    let own = &document.sections[section];
    let lengths = entry::facts(own).map(|fact| fact.name.len() + fact.text.len() + 6);
    let (mut text, mut facts) = (String::with_capacity(lengths.sum::<usize>() + own.text().len() + 200), Vec::new());
    for fact in entry::facts(own) {
        facts.push(text.len());
        text.extend([&fact.name, ": ", &fact.text, " · "]);
    }
    if let Some(rating) = own.rating.as_ref().filter(|rating| !rating.reason_text.is_empty()) {
        text.extend([&rating.reason_text, " · "]);
    }
    let body = text.len();
    for more in entry::texts(document, section, top) {
        if text.len() > body {
            text.push('\n');
        }
        text.push_str(more.trim());
    }
    if text.len() > body {
        return (text, facts, body);
    }
    text.truncate(text.trim_end_matches([' ', '·']).len());
    (text, facts, 0)
}

/// The match at which the stretch starts whose matches are worth most, with what they are worth.
fn best(marks: &[Mark]) -> Option<(&Mark, Worth)> {
    let stretches = marks.iter().enumerate().map(|(at, first)| {
        let end = first.range.start + LENGTH - BEFORE;
        (first, Worth::of(marks[at..].iter().take_while(|mark| mark.range.end <= end)))
    });
    stretches.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// The stretch of a text around a match, from the start of a sentence or word to the end of a word.
fn around(text: &str, mark: &Range<usize>) -> Range<usize> {
    let from = floor(text, mark.start.saturating_sub(BEFORE));
    let before = &text[from..mark.start];
    let skip = if from == 0 {
        0
    } else {
        let sentence = before.find(['\n', '·']).or_else(|| before.find(". ").map(|at| at + 1));
        sentence.or_else(|| before.find(char::is_whitespace)).unwrap_or(0)
    };
    let words = before[skip..].find(|c: char| !c.is_whitespace() && c != '·');
    let start = from + skip + words.unwrap_or(before.len() - skip);
    start..end_of_excerpt(text, start).max(mark.end)
}

/// Where an excerpt ends that starts at a place: after a whole word.
fn end_of_excerpt(text: &str, start: usize) -> usize {
    let end = floor(text, start + LENGTH);
    if end == text.len() {
        return end;
    }
    text[start..end].rfind(char::is_whitespace).map_or(end, |length| start + length)
}

/// The last place between two characters that is not after this one.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_marked_wherever_it_is_whole() {
        let read = [("actor", 0), ("process", 1), ("actor", 2), ("actor", 4), ("process", 5), ("process", 9)];
        let places = read.iter().zip((0..).step_by(10));
        let steps = places.map(|(&(word, position), at)| Step { word, position, range: at..at + 5 });
        let steps: Vec<Step> = steps.collect();
        let marks = in_sequence(&["actor", "process"].map(str::to_owned), 7, &steps);
        let marks: Vec<_> = marks.into_iter().map(|mark| (mark.range, mark.number)).collect();
        assert_eq!(marks, [(0..15, 7), (30..45, 7)]);
    }
}
