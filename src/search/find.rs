//! Finding: which entries answer a request, and which of two comes first.
//!
//! Words that say nothing are left out beside others. The answer is that of the first of these steps that
//! has one: the words as typed; the same with those corrected that no entry has; any of them. So typing
//! errors are only looked into where the words as typed have no answer, and only in words that are nowhere
//! as typed. Of four words or more a quarter may be missing, since nobody types four words that all
//! matter.

use std::cmp::Ordering;

use super::places::{Kind, NONE};
use super::request::{Filter, MOST_WANTED, Request};
use super::results::Mode;
use super::scores::{Scorer, Scores};
use super::snapshot::Snapshot;
use super::terms::Part;
use super::typos::{Correction, corrections};
use super::wanted::{Open, Same, Wanted, Word};

/// Words that need not be there beside others; they count in titles, and are not marked.
pub(super) const SAY_NOTHING: [&str; 63] = [
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "before", "by", "can", "did", "do", "does", "for",
    "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "not", "of", "on", "or",
    "our", "should", "so", "some", "than", "that", "the", "their", "them", "there", "they", "this", "to", "use",
    "using", "vs", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    "yours",
];

/// From how many words on some may be missing: one in so many.
const ONE_MAY_MISS: usize = 4;
/// How much more a section counts that is about the words: by its whole title.
const ABOUT: f32 = 0.6;
/// What two words count when they follow one another as they were typed, against either alone.
const FOLLOWING: f32 = 1.4;
/// What words that say nothing count in titles.
const FILLER: f32 = 0.3;
/// Words that more entries have are not looked at for following one another.
const MOST_FOLLOWING: usize = 20_000;

/// How far another page that is named is from being what is named; no more frameworks than are read come before.
const OTHER_PAGE: u8 = MOST_WANTED as u8 + 1;

/// The parts that a section itself says; what it is declared to mean is said elsewhere.
const SAID: [Part; 6] = [Part::Name, Part::Title, Part::Path, Part::Label, Part::Facts, Part::Body];

/// An entry that matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Its slot.
    pub slot: u32,
    /// How well it matches.
    pub score: f32,
    /// How many of the words it has as typed; none where it has as many as must be.
    exact: u8,
    /// How many it has only if they were mistyped.
    pub mistyped: u8,
    /// How many errors that would be.
    edits: u8,
    /// Whether it has a word in what it is declared to mean.
    pub meant: bool,
    /// How far it is from what is named: the pages of frameworks as they were named, other pages, what else is
    /// about a framework that is named, the rest.
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
    let has_more = request.wanted.iter().any(says_something);
    let wanted = request.wanted.iter().filter(|wanted| !has_more || says_something(wanted));
    let sought = wanted.map(|wanted| finder.seek(wanted.clone())).collect();
    if has_more {
        finder.fillers = request.wanted.iter().filter_map(filler).map(|word| finder.scorer.in_titles(word)).collect();
    }
    finder.answer(sought)
}

struct Finder<'s> {
    snapshot: &'s Snapshot,
    filters: [Filter; 3],
    named: &'s [u16],
    scorer: Scorer<'s>,
    excluded: Vec<Scores>,
    /// Where words that say nothing stand in titles.
    fillers: Vec<Scores>,
}

impl<'s> Finder<'s> {
    fn new(snapshot: &'s Snapshot, request: &'s Request, parts: &'static [Part]) -> Self {
        let mut saying = Scorer::new(snapshot, &SAID);
        let excluded = request.excluded.iter().map(|wanted| saying.wanted(wanted)).collect();
        let (filters, scorer) = (request.filters, Scorer::new(snapshot, parts));
        Self { snapshot, filters, named: &request.named, scorer, excluded, fillers: Vec::new() }
    }

    fn answer(&mut self, mut sought: Vec<Sought>) -> Answer {
        if sought.is_empty() {
            return Answer { mode: Mode::All, matches: self.everything(), sought };
        }
        let is_complete = !sought.iter().any(Sought::is_nowhere);
        let mut matches = self.most(&sought, if is_complete { least(sought.len()) } else { sought.len() });
        if self.is_answer(&matches) {
            return Answer { mode: self.mode(&matches, &sought), matches, sought };
        }
        let loosened = self.loosen(&mut sought);
        let corrected = self.correct(&mut sought);
        if loosened || corrected {
            matches = self.most(&sought, least(sought.len()));
            if self.is_answer(&matches) {
                let mode = if corrected { Mode::Typo } else { Mode::SomeWords };
                return Answer { mode, matches, sought };
            }
        }
        matches = self.matches(&sought, &sought, 1);
        let mode = if self.is_answer(&matches) { Mode::SomeWords } else { Mode::Empty };
        Answer { mode, matches, sought }
    }

    /// How a request was taken whose words have these matches as they were typed.
    fn mode(&self, matches: &[Match], sought: &[Sought]) -> Mode {
        let has_all = |matched: &Match| {
            let is_in = |sought: &Sought| sought.tier_of(matched.slot).is_some();
            passes(self.snapshot, &self.filters, matched.slot) && sought.iter().all(is_in)
        };
        if matches.iter().any(has_all) { Mode::All } else { Mode::SomeWords }
    }

    fn seek(&mut self, wanted: Wanted) -> Sought {
        let tiers = vec![(0, self.scorer.wanted(&wanted))];
        Sought { wanted, corrections: Vec::new(), tiers }
    }

    /// Takes phrases and names of several parts apart that nothing has; whether that made a difference.
    fn loosen(&mut self, sought: &mut Vec<Sought>) -> bool {
        let mut changed = false;
        for at in (0..sought.len()).rev() {
            let parts = match &sought[at].wanted {
                Wanted::Phrase(words) => words.clone(),
                Wanted::Word(word) => word.parts.clone(),
                Wanted::Same(same) if same.words.len() > 1 => same.words.clone(),
                Wanted::Same(_) | Wanted::Frameworks(_) => Vec::new(),
            };
            if sought[at].is_nowhere() && !parts.is_empty() {
                let parts: Vec<Sought> = parts.into_iter().map(|part| self.seek(Wanted::Word(part))).collect();
                sought.splice(at..=at, parts);
                changed = true;
            }
        }
        if sought.iter().any(Sought::says_something) {
            sought.retain(Sought::says_something);
        }
        changed
    }

    /// Looks into typing errors of the words that are nowhere; whether any of them has a correction.
    fn correct(&mut self, sought: &mut [Sought]) -> bool {
        let mut corrected = false;
        for sought in sought.iter_mut().filter(|sought| sought.is_nowhere()) {
            let word = match &sought.wanted {
                Wanted::Word(word) => word,
                Wanted::Same(Same { words, .. }) if words.len() == 1 => &words[0],
                _ => continue,
            };
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
        slots
            .map(|slot| Match { slot, score: 0.0, exact: 0, mistyped: 0, edits: 0, meant: false, from_named: 0 })
            .collect()
    }

    /// What matches at least so many of the things sought, those first that follow one another.
    fn most(&mut self, sought: &[Sought], least: usize) -> Vec<Match> {
        // What has that many has one of the rarest, if only the others are left out.
        let mut rarest: Vec<&Sought> = sought.iter().collect();
        rarest.sort_by_key(|sought| sought.matches());
        rarest.truncate(sought.len() - least + 1);
        let mut matches = self.matches_in(&rarest, sought, least);
        let following = self.following(sought);
        for matched in &mut matches {
            matched.exact = 0;
            matched.score += following.iter().map(|scores| scores.get(matched.slot) * FOLLOWING).sum::<f32>();
        }
        matches
    }

    /// Scores of words of the query that follow one another as they were typed.
    fn following(&mut self, sought: &[Sought]) -> Vec<Scores> {
        let pairs = sought.windows(2).filter(|pair| pair.iter().all(|one| one.matches() <= MOST_FOLLOWING));
        let words: Vec<Vec<String>> = pairs
            .filter_map(|pair| Some([pair[0].only_word()?, pair[1].only_word()?].map(str::to_owned).to_vec()))
            .collect();
        words.iter().map(|words| self.scorer.phrase(words)).collect()
    }

    /// What is in the slots of some things, where it matches at least so many of all things sought.
    fn matches(&self, some: &[Sought], all: &[Sought], least: usize) -> Vec<Match> {
        self.matches_in(&some.iter().collect::<Vec<_>>(), all, least)
    }

    fn matches_in(&self, some: &[&Sought], all: &[Sought], least: usize) -> Vec<Match> {
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
        let mut matched = Match { slot, score: 0.0, exact: 0, mistyped: 0, edits: 0, meant: false, from_named: 0 };
        let (mut is_named, mut titled) = (true, 0);
        for sought in sought {
            let Some((edits, scores)) = sought.tier_of(slot) else {
                is_named = false;
                continue;
            };
            matched.score += scores.get(slot);
            matched.edits = matched.edits.saturating_add(edits);
            is_named &= scores.is_named(slot);
            titled += u16::from(scores.is_in(slot, Part::Title));
            matched.meant |= scores.is_in(slot, Part::Meaning);
            let count = if edits == 0 { &mut matched.exact } else { &mut matched.mistyped };
            *count = count.saturating_add(1);
        }
        if usize::from(matched.exact) + usize::from(matched.mistyped) < least {
            return None;
        }
        if titled > 0 {
            let fillers = self.fillers.iter().filter(|filler| filler.is_in(slot, Part::Title));
            let (count, gain) = fillers.fold((0, 0.0), |(count, gain), filler| (count + 1, gain + filler.get(slot)));
            matched.score += gain * FILLER;
            matched.score *= 1.0 + ABOUT * self.about(slot, titled + count, sought.len() + self.fillers.len());
        }
        matched.from_named = self.distance(slot, is_named.then_some(titled));
        Some(matched)
    }

    /// How much a section is about the words: 1 where its title is made of all of them and nothing else.
    fn about(&self, slot: u32, titled: u16, sought: usize) -> f32 {
        let title = self.snapshot.length(slot, Part::Title).max(titled);
        f32::from(titled) / f32::from(title) * (f32::from(titled) / sought as f32)
    }

    /// How far a slot is from what is named. A page is named by any word of a framework's name, and by half of
    /// the words of another title or more.
    fn distance(&self, slot: u32, named: Option<u16>) -> u8 {
        let framework = self.snapshot.kinds(slot)[Kind::Framework as usize];
        let place = self.named.iter().position(|named| *named == framework);
        match named {
            Some(_) if framework != NONE => place.unwrap_or(MOST_WANTED) as u8,
            Some(titled) if titled == 0 || titled * 2 >= self.snapshot.length(slot, Part::Title) => OTHER_PAGE,
            _ if place.is_some() => OTHER_PAGE + 1,
            _ => OTHER_PAGE + 2,
        }
    }

    fn is_excluded(&self, slot: u32) -> bool {
        self.excluded.iter().any(|scores| scores.get(slot) > 0.0)
    }

    fn is_answer(&self, matches: &[Match]) -> bool {
        matches.iter().any(|matched| passes(self.snapshot, &self.filters, matched.slot))
    }
}

impl Sought {
    /// How many entries match.
    pub(super) fn matches(&self) -> usize {
        self.tiers.iter().map(|(_, scores)| scores.slots().len()).sum()
    }

    fn is_nowhere(&self) -> bool {
        self.matches() == 0
    }

    /// Whether it is more than a word that stands everywhere.
    pub(super) fn says_something(&self) -> bool {
        says_something(&self.wanted)
    }

    /// Whether it names frameworks: their names stand everywhere in what is about them.
    pub(super) fn is_name(&self) -> bool {
        matches!(self.wanted, Wanted::Frameworks(_))
    }

    /// The word that is sought, where it is only one and was not corrected.
    fn only_word(&self) -> Option<&str> {
        match &self.wanted {
            Wanted::Word(word) if self.corrections.is_empty() => Some(&word.text),
            Wanted::Same(Same { words, .. }) if words.len() == 1 => Some(&words[0].text),
            _ => None,
        }
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

/// Whether something is more than a word that stands everywhere.
fn says_something(wanted: &Wanted) -> bool {
    !matches!(wanted, Wanted::Word(word) if SAY_NOTHING.contains(&word.text.as_str()))
}

fn filler(wanted: &Wanted) -> Option<&Word> {
    match wanted {
        Wanted::Word(word) if !says_something(wanted) => Some(word),
        _ => None,
    }
}

/// How many of so many words must be there.
fn least(words: usize) -> usize {
    words - words / ONE_MAY_MISS
}
