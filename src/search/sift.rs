//! Sifting: the best of many matches, how many pass the filters, and what they can be narrowed down to.

use super::best::Best;
use super::matching::Match;
use super::places::Kind;
use super::request::Filter;
use super::results::{Facet, Facets};
use super::snapshot::Snapshot;

/// What is left of the matches when the filters have been applied.
pub(super) struct Sifted {
    /// How many.
    pub total: usize,
    /// Whether any of them has a word only if it was mistyped.
    pub mistyped: bool,
    /// Whether any of them has all that was looked for.
    pub has_all: bool,
    /// The best ones, in order.
    pub best: Vec<Match>,
    /// How many there are of each kind.
    pub facets: Facets,
}

/// Sifts matches as they come.
pub(super) struct Sifter<'s> {
    snapshot: &'s Snapshot,
    filters: [Filter; 3],
    counts: [Vec<usize>; 3],
    total: usize,
    mistyped: bool,
    has_all: bool,
    best: Best<'s>,
}

impl<'s> Sifter<'s> {
    /// Keeps at most so many matches.
    pub(super) fn new(snapshot: &'s Snapshot, filters: [Filter; 3], most: usize) -> Self {
        let counts = Kind::ALL.map(|kind| vec![0; snapshot.names(kind).len()]);
        let best = Best::new(snapshot, most);
        Self { snapshot, filters, counts, total: 0, mistyped: false, has_all: false, best }
    }

    /// Counts matches that are all of these kinds; whether they pass the filters. Each kind is counted over those that
    /// pass the filters of the others.
    pub(super) fn count(&mut self, kinds: [u16; 3], matches: usize) -> bool {
        let passes: [bool; 3] = std::array::from_fn(|kind| self.filters[kind].passes(kinds[kind]));
        let stopped = passes.iter().filter(|passes| !**passes).count();
        for (kind, counts) in self.counts.iter_mut().enumerate() {
            if stopped == usize::from(!passes[kind])
                && let Some(count) = counts.get_mut(usize::from(kinds[kind]))
            {
                *count += matches;
            }
        }
        if stopped == 0 {
            self.total += matches;
        }
        stopped == 0
    }

    /// Whether matches that are at best like this one would change nothing.
    #[inline]
    pub(super) fn can_spare(&self, at_best: &Match) -> bool {
        (self.has_all || !at_best.has_all) && (self.mistyped || at_best.mistyped == 0) && self.best.leaves_out(at_best)
    }

    /// Considers one of the matches that were counted and pass the filters.
    #[inline]
    pub(super) fn offer(&mut self, matched: &Match) {
        self.mistyped |= matched.mistyped > 0;
        self.has_all |= matched.has_all;
        self.best.offer(matched);
    }

    /// This and what another one sifted.
    pub(super) fn and(mut self, other: Self) -> Self {
        for (counts, others) in self.counts.iter_mut().zip(other.counts) {
            counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
        }
        self.total += other.total;
        self.mistyped |= other.mistyped;
        self.has_all |= other.has_all;
        other.best.in_order().iter().for_each(|matched| self.best.offer(matched));
        self
    }

    /// What came of it.
    pub(super) fn finish(self) -> Sifted {
        let facet = |kind: Kind| facet(self.snapshot, kind, &self.counts[kind as usize]);
        let facets = Facets {
            frameworks: facet(Kind::Framework),
            criteria: facet(Kind::Criterion),
            categories: facet(Kind::Category),
        };
        let Self { total, mistyped, has_all, best, .. } = self;
        Sifted { total, mistyped, has_all, best: best.in_order(), facets }
    }
}

fn facet(snapshot: &Snapshot, kind: Kind, counts: &[usize]) -> Vec<Facet> {
    let counted = (0..).zip(counts).filter(|(_, count)| **count > 0);
    let mut facet: Vec<Facet> = counted
        .filter_map(|(number, &count)| {
            let (slug, title) = snapshot.names(kind).get(number)?;
            Some(Facet { slug: slug.to_owned(), title: title.to_owned(), count })
        })
        .collect();
    facet.sort_by_key(|facet| std::cmp::Reverse(facet.count));
    facet
}
