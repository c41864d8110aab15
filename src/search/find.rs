//! Finding: which entries answer a request, and which of two comes first.
//!
//! The answer is that of the first of these steps that has one: all words as typed; all words that say
//! something, with those corrected that no entry has; any of them. So typing errors are only looked into
//! where the words as typed have no answer, and only in words that are nowhere as typed.

use std::cmp::Ordering;

use super::places::{Kind, NONE};
use super::query::{Filter, Open, Request, Wanted};
use super::results::Mode;
use super::scores::{Scorer, Scores};
use super::snapshot::Snapshot;
use super::terms::Part;
use super::typos::{Correction, corrections};

/// Words that are left out where no entry has them together with the others, and not marked beside them.
const SAY_NOTHING: [&str; 45] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how", "i",
    "in", "is", "it", "its", "my", "not", "of", "on", "or", "should", "so", "than", "that", "the", "there", "this",
    "to", "vs", "was", "what", "when", "where", "which", "who", "why", "will", "with", "you",
];

/// An entry that matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Its slot.
    pub slot: u32,
    /// How well it matches.
    pub score: f32,
    /// How many of the words it has as typed.
    exact: u8,
    /// How many it has only if they were mistyped.
    pub mistyped: u8,
    /// How many errors that would be.
    edits: u8,
    /// How far it is from being the page that is named: 0 for a framework, 1 for another page, 2 for the rest.
    from_named: u8,
}

/// The answer to a request.
pub(super) struct Answer {
    /// How the request was taken.
    pub mode: Mode,
    /// All that matches, whether it passes the filters or not; in no order.
    pub matches: Vec<Match>,
    /// What was looked for in the end.
    pub sought: Vec<Sought>,
}

/// Something that was looked for.
pub(super) struct Sought {
    /// What was wanted.
    pub wanted: Wanted,
    /// What it may have been meant as, where that was looked into.
    pub corrections: Vec<Correction>,
    /// What matches it, by the number of errors.
    tiers: Vec<(u8, Scores)>,
}

/// Answers a request from some parts of the entries.
pub(super) fn answer(snapshot: &Snapshot, request: &Request, parts: &'static [Part]) -> Answer {
    if request.wanted.is_empty() && !request.is_filtered() {
        return Answer { mode: Mode::Empty, matches: Vec::new(), sought: Vec::new() };
    }
    let mut finder = Finder::new(snapshot, request, parts);
    let sought = request.wanted.iter().map(|wanted| finder.seek(wanted.clone())).collect();
    finder.answer(sought)
}

struct Finder<'s> {
    snapshot: &'s Snapshot,
    filters: [Filter; 3],
    scorer: Scorer<'s>,
    excluded: Vec<Scores>,
}

impl<'s> Finder<'s> {
    fn new(snapshot: &'s Snapshot, request: &Request, parts: &'static [Part]) -> Self {
        let mut scorer = Scorer::new(snapshot, parts);
        let excluded = request.excluded.iter().map(|wanted| scores(&mut scorer, wanted)).collect();
        Self { snapshot, filters: request.filters, scorer, excluded }
    }

    fn answer(&mut self, mut sought: Vec<Sought>) -> Answer {
        if sought.is_empty() {
            return Answer { mode: Mode::All, matches: self.everything(), sought };
        }
        let mut matches = self.all(&sought);
        if self.is_answer(&matches) {
            return Answer { mode: Mode::All, matches, sought };
        }
        let loosened = self.loosen(&mut sought);
        let corrected = self.correct(&mut sought);
        if loosened || corrected {
            matches = self.all(&sought);
            if self.is_answer(&matches) {
                let mode = if corrected { Mode::Typo } else { Mode::SomeWords };
                return Answer { mode, matches, sought };
            }
        }
        matches = self.any(&sought);
        let mode = if self.is_answer(&matches) { Mode::SomeWords } else { Mode::Empty };
        Answer { mode, matches, sought }
    }

    fn seek(&mut self, wanted: Wanted) -> Sought {
        let tiers = vec![(0, scores(&mut self.scorer, &wanted))];
        Sought { wanted, corrections: Vec::new(), tiers }
    }

    /// Takes phrases and names of several parts apart that nothing has, and leaves out words that say
    /// nothing; whether that made a difference.
    fn loosen(&mut self, sought: &mut Vec<Sought>) -> bool {
        let mut changed = false;
        for at in (0..sought.len()).rev() {
            let parts = match &sought[at].wanted {
                Wanted::Phrase(words) => words.clone(),
                Wanted::Word(word) => word.parts.clone(),
            };
            if sought[at].is_nowhere() && !parts.is_empty() {
                let parts: Vec<Sought> = parts.into_iter().map(|part| self.seek(Wanted::Word(part))).collect();
                sought.splice(at..=at, parts);
                changed = true;
            }
        }
        if sought.iter().any(Sought::says_something) {
            let before = sought.len();
            sought.retain(Sought::says_something);
            changed |= sought.len() < before;
        }
        changed
    }

    /// Looks into typing errors of the words that are nowhere; whether any of them has a correction.
    fn correct(&mut self, sought: &mut [Sought]) -> bool {
        let mut corrected = false;
        for sought in sought.iter_mut().filter(|sought| sought.is_nowhere()) {
            let Wanted::Word(word) = &sought.wanted else { continue };
            sought.corrections = corrections(self.snapshot, word);
            for same in sought.corrections.chunk_by(|a, b| a.edits == b.edits) {
                let words: Vec<&str> = same.iter().map(|correction| correction.text.as_str()).collect();
                sought.tiers.push((same[0].edits, self.scorer.any_of(&words, Open::No)));
                corrected = true;
            }
        }
        corrected
    }

    /// Everything there is, where only filters were given.
    fn everything(&self) -> Vec<Match> {
        let slots = 0..self.snapshot.slots() as u32;
        let slots = slots.filter(|&slot| self.snapshot.is_alive(slot) && !self.is_excluded(slot));
        slots.map(|slot| Match { slot, score: 0.0, exact: 0, mistyped: 0, edits: 0, from_named: 0 }).collect()
    }

    /// What matches everything that is sought.
    fn all(&self, sought: &[Sought]) -> Vec<Match> {
        let Some(rarest) = sought.iter().min_by_key(|sought| sought.matches()) else { return Vec::new() };
        self.matches(std::slice::from_ref(rarest), sought, sought.len())
    }

    /// What matches anything that is sought.
    fn any(&self, sought: &[Sought]) -> Vec<Match> {
        self.matches(sought, sought, 1)
    }

    /// What is in the slots of some things, where it matches at least so many of all things sought.
    fn matches(&self, some: &[Sought], all: &[Sought], least: usize) -> Vec<Match> {
        let lists: Vec<&[u32]> =
            some.iter().flat_map(|sought| &sought.tiers).map(|(_, scores)| scores.slots()).collect();
        let take = |slot| self.matched(slot, all, least).filter(|_| !self.is_excluded(slot));
        let mut matches = Vec::with_capacity(lists.iter().map(|slots| slots.len()).sum());
        if let [only] = lists[..] {
            matches.extend(only.iter().filter_map(|&slot| take(slot)));
            return matches;
        }
        let mut seen = vec![false; self.snapshot.slots()];
        let mut is_new = |slot: u32| !std::mem::replace(&mut seen[slot as usize], true);
        matches.extend(lists.into_iter().flatten().filter(|&&slot| is_new(slot)).filter_map(|&slot| take(slot)));
        matches
    }

    /// How a slot matches, where it matches at least so many of the things sought.
    fn matched(&self, slot: u32, sought: &[Sought], least: usize) -> Option<Match> {
        let mut matched = Match { slot, score: 0.0, exact: 0, mistyped: 0, edits: 0, from_named: 0 };
        let mut is_named = true;
        for sought in sought {
            let Some((edits, scores)) = sought.tier_of(slot) else { continue };
            matched.score += scores.get(slot);
            matched.edits = matched.edits.saturating_add(edits);
            is_named &= scores.is_named(slot);
            let count = if edits == 0 { &mut matched.exact } else { &mut matched.mistyped };
            *count = count.saturating_add(1);
        }
        if usize::from(matched.exact) + usize::from(matched.mistyped) < least {
            return None;
        }
        let is_framework = || self.snapshot.kinds(slot)[Kind::Framework as usize] != NONE;
        matched.from_named = if !is_named { 2 } else { u8::from(!is_framework()) };
        Some(matched)
    }

    fn is_excluded(&self, slot: u32) -> bool {
        self.excluded.iter().any(|scores| scores.get(slot) > 0.0)
    }

    fn is_answer(&self, matches: &[Match]) -> bool {
        matches.iter().any(|matched| passes(self.snapshot, &self.filters, matched.slot))
    }
}

impl Sought {
    fn matches(&self) -> usize {
        self.tiers.iter().map(|(_, scores)| scores.slots().len()).sum()
    }

    fn is_nowhere(&self) -> bool {
        self.matches() == 0
    }

    /// Whether it is more than a word that stands everywhere.
    pub(super) fn says_something(&self) -> bool {
        !matches!(&self.wanted, Wanted::Word(word) if SAY_NOTHING.contains(&word.text.as_str()))
    }

    /// Whether longer words that begin with it were looked for in titles only.
    pub(super) fn is_open_in_titles_only(&self) -> bool {
        self.tiers.first().is_some_and(|(_, scores)| scores.beginnings_in_titles)
    }

    /// The fewest errors with which a slot matches, and how well it does.
    fn tier_of(&self, slot: u32) -> Option<(u8, &Scores)> {
        let mut tiers = self.tiers.iter().filter(|(_, scores)| scores.get(slot) > 0.0);
        tiers.next().map(|(edits, scores)| (*edits, scores))
    }

    /// The likeliest correction by which a slot matches, or of all where it does not match.
    pub(super) fn correction_for(&self, slot: Option<u32>) -> Option<&Correction> {
        let edits = slot.and_then(|slot| self.tier_of(slot)).map(|(edits, _)| edits);
        let fitting = self.corrections.iter().find(|correction| Some(correction.edits) == edits);
        fitting.or(self.corrections.first())
    }
}

impl Match {
    /// Which of two matches comes first: the one that has more of the words as typed; then the one that
    /// has more of them corrected, with fewer errors; then the page that is named, a framework first;
    /// then the better score; then what is read first.
    pub(super) fn order(&self, other: &Self, snapshot: &Snapshot) -> Ordering {
        let tier =
            |matched: &Self| u32::from_be_bytes([!matched.exact, !matched.mistyped, matched.edits, matched.from_named]);
        tier(self)
            .cmp(&tier(other))
            .then_with(|| other.score.total_cmp(&self.score))
            .then_with(|| snapshot.rank(self.slot).cmp(&snapshot.rank(other.slot)))
    }
}

/// Whether a slot passes all filters.
pub(super) fn passes(snapshot: &Snapshot, filters: &[Filter; 3], slot: u32) -> bool {
    filters.iter().zip(snapshot.kinds(slot)).all(|(filter, number)| filter.passes(number))
}

fn scores(scorer: &mut Scorer, wanted: &Wanted) -> Scores {
    match wanted {
        Wanted::Word(word) => scorer.word(word),
        Wanted::Phrase(words) => scorer.phrase(words),
    }
}
