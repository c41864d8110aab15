//! Matching: how an entry of a shard matches what is sought, and which of two matches comes first.
//!
//! Where much matches, what entries can score at most is added up for all of them at once, and those that cannot be
//! among the best are not looked at word by word.

use std::cmp::Ordering;

use super::places::{Kind, NONE};
use super::request::MOST_WANTED;
use super::scores::InShard;
use super::snapshot::Snapshot;
use super::terms::Part;

/// How much more a section counts that is about the words: by its whole title.
const ABOUT: f32 = 0.6;
/// What two words count when they follow one another as they were typed, against either alone.
const FOLLOWING: f32 = 1.4;
/// What words that say nothing count in titles.
const FILLER: f32 = 0.2;

/// How far another page that is named is from being what is named; no more frameworks than are read come before.
const OTHER_PAGE: u8 = MOST_WANTED as u8 + 1;

/// An entry that matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// Its slot.
    pub slot: u32,
    /// Whether it has all that is looked for.
    pub has_all: bool,
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

impl Match {
    /// A slot of which nothing is known.
    pub(super) fn none(slot: u32) -> Self {
        Self { slot, has_all: false, score: 0.0, exact: 0, mistyped: 0, edits: 0, meant: false, from_named: 0 }
    }

    /// Which of two matches comes first: the one that has more of the words as typed; then the one that
    /// has more of them corrected, with fewer errors; then the page that is named, a framework first;
    /// then the better score; then what is read first.
    pub(super) fn order(&self, other: &Self, snapshot: &Snapshot) -> Ordering {
        self.tier()
            .cmp(&other.tier())
            .then_with(|| other.score.total_cmp(&self.score))
            .then_with(|| snapshot.rank(self.slot).cmp(&snapshot.rank(other.slot)))
    }

    /// Whether it comes after another wherever the two are read; cheaper than their order.
    #[inline]
    pub(super) fn is_behind(&self, other: &Self) -> bool {
        let (tier, others) = (self.tier(), other.tier());
        tier > others || (tier == others && self.score < other.score)
    }

    #[inline]
    fn tier(&self) -> u32 {
        u32::from_be_bytes([!self.exact, !self.mistyped, self.edits, self.from_named])
    }
}

/// What is sought, as the entries of one shard have it.
pub(super) struct View<'v> {
    /// The slot of its first entry.
    pub first: u32,
    /// How long the titles of its entries are.
    pub titles: &'v [u16],
    /// What matches each thing sought, by the number of errors.
    pub sought: Vec<Vec<(u8, InShard<'v>)>>,
    /// Where words that say nothing stand in titles.
    pub fillers: Vec<InShard<'v>>,
    /// What follows one another as it was typed; none where those come first that have more of the words.
    pub following: Option<Vec<InShard<'v>>>,
    /// The frameworks that are named, as they were typed.
    pub named: &'v [u16],
}

impl View<'_> {
    /// How an entry of these kinds matches.
    pub(super) fn matched(&self, entry: u32, kinds: [u16; 3]) -> Match {
        let mut matched = Match::none(self.first + entry);
        let (mut is_named, mut titled) = (true, 0);
        for tiers in &self.sought {
            let found = tiers.iter().find_map(|(edits, scores)| Some((*edits, scores.of(entry)?)));
            let Some((edits, (score, stands))) = found else {
                is_named = false;
                continue;
            };
            matched.score += score;
            matched.edits = matched.edits.saturating_add(edits);
            is_named &= stands.is_named();
            titled += u16::from(stands.is_in(Part::Title));
            matched.meant |= stands.is_in(Part::Meaning);
            let count = if edits == 0 { &mut matched.exact } else { &mut matched.mistyped };
            *count = count.saturating_add(1);
        }
        let count = usize::from(matched.exact) + usize::from(matched.mistyped);
        matched.has_all = count == self.sought.len();
        let title = self.titles[entry as usize];
        if titled > 0 {
            let fillers = self.fillers.iter().filter_map(|filler| filler.of(entry));
            let fillers = fillers.filter(|(_, stands)| stands.is_in(Part::Title));
            let (count, gain) = fillers.fold((0, 0.0), |(count, sum), (gain, _)| (count + 1, sum + gain));
            matched.score += gain * FILLER;
            matched.score *= 1.0 + ABOUT * about(title, titled + count, self.sought.len() + self.fillers.len());
        }
        matched.from_named = self.distance(kinds, title, is_named.then_some(titled));
        if let Some(following) = &self.following {
            matched.exact = 0;
            matched.score += following.iter().map(|scores| scores.get(entry) * FOLLOWING).sum::<f32>();
        }
        matched
    }

    /// How far an entry is from what is named. A page is named by any word of a framework's name, and by half of
    /// the words of another title or more.
    fn distance(&self, kinds: [u16; 3], title: u16, named: Option<u16>) -> u8 {
        let framework = kinds[Kind::Framework as usize];
        let place = self.named.iter().position(|named| *named == framework);
        match named {
            Some(_) if framework != NONE => place.unwrap_or(MOST_WANTED) as u8,
            Some(titled) if titled == 0 || titled * 2 >= title => OTHER_PAGE,
            _ if place.is_some() => OTHER_PAGE + 1,
            _ => OTHER_PAGE + 2,
        }
    }
}

/// How much a section is about the words: 1 where its title is made of all of them and nothing else.
fn about(title: u16, titled: u16, sought: usize) -> f32 {
    f32::from(titled) / f32::from(title.max(titled)) * (f32::from(titled) / sought as f32)
}

/// How well the entries of a shard can match at best.
pub(super) struct Limits {
    /// What they score in all at most; infinite where that is not known, since words stand in a title or in the name
    /// of a page, or follow one another.
    scores: Vec<f32>,
    /// What else holds at best for those of which it is known.
    at_best: Match,
}

impl Limits {
    /// Those of so many entries; none where these are ranked by how many of the words they have.
    pub(super) fn of(view: &View<'_>, entries: usize) -> Option<Self> {
        let following = view.following.as_ref()?;
        let mut scores = vec![0.0; entries];
        view.sought.iter().flatten().for_each(|(_, found)| found.add_to(&mut scores));
        following.iter().for_each(|found| found.matching().each(|entry| scores[entry as usize] = f32::INFINITY));
        let mut at_best = Match { has_all: true, ..Match::none(view.first) };
        for tiers in &view.sought {
            if let Some(edits) = tiers.iter().map(|(edits, _)| *edits).filter(|edits| *edits > 0).min() {
                at_best.mistyped = at_best.mistyped.saturating_add(1);
                at_best.edits = at_best.edits.saturating_add(edits);
            }
        }
        Some(Self { scores, at_best })
    }

    /// How an entry of these kinds matches at best, where that is known.
    #[inline]
    pub(super) fn at_best(&self, view: &View<'_>, entry: u32, kinds: [u16; 3]) -> Option<Match> {
        let score = self.scores[entry as usize];
        score.is_finite().then(|| Match { score, from_named: view.distance(kinds, 0, None), ..self.at_best })
    }
}
