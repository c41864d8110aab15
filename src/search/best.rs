//! The best of many matches, without ordering the others.

use super::matching::Match;
use super::snapshot::Snapshot;

/// Keeps the best matches of those it is offered.
pub(super) struct Best<'s> {
    snapshot: &'s Snapshot,
    most: usize,
    /// The best so far, and at most as many again that came later.
    kept: Vec<Match>,
    /// The worst that can still count.
    bar: Option<Match>,
}

impl<'s> Best<'s> {
    /// Keeps at most so many.
    pub(super) fn new(snapshot: &'s Snapshot, most: usize) -> Self {
        Self { snapshot, most, kept: Vec::new(), bar: None }
    }

    /// Whether a match is behind all that can still count.
    #[inline]
    pub(super) fn leaves_out(&self, matched: &Match) -> bool {
        self.most == 0 || self.bar.as_ref().is_some_and(|bar| matched.is_behind(bar))
    }

    /// Considers a match.
    #[inline]
    pub(super) fn offer(&mut self, matched: &Match) {
        if self.leaves_out(matched) {
            return;
        }
        self.kept.push(*matched);
        if self.kept.len() >= self.most.saturating_mul(2) {
            self.kept.select_nth_unstable_by(self.most - 1, |a, b| a.order(b, self.snapshot));
            self.kept.truncate(self.most);
            self.bar = self.kept.last().copied();
        }
    }

    /// The best, in order.
    pub(super) fn in_order(mut self) -> Vec<Match> {
        self.kept.sort_unstable_by(|a, b| a.order(b, self.snapshot));
        self.kept.truncate(self.most);
        self.kept
    }
}
