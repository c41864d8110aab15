//! Living: which entries of a shard are still there, in stretches of those that are filtered and counted alike.
//!
//! Sections that lie in one another are of the same kinds and follow one another, so whole stretches of matches
//! pass a filter or do not.

use std::ops::Range;

use super::entry_set::EntrySet;
use super::places::Kind;

/// The living entries of a shard.
pub(super) struct Living {
    entries: EntrySet,
    stretches: Vec<Stretch>,
}

/// Entries that follow one another and are of the same kinds.
pub(super) struct Stretch {
    /// The entries.
    pub entries: Range<u32>,
    /// The numbers of their category, framework and criterion.
    pub kinds: [u16; 3],
}

impl Living {
    /// The living ones among so many entries: they come in order, with their kinds.
    pub(super) fn of(entries: usize, living: impl Iterator<Item = (u32, [u16; 3])>) -> Self {
        let mut stretches: Vec<Stretch> = Vec::new();
        for (entry, kinds) in living {
            match stretches.last_mut() {
                Some(last) if last.entries.end == entry && last.kinds == kinds => last.entries.end += 1,
                _ => stretches.push(Stretch { entries: entry..entry + 1, kinds }),
            }
        }
        let mut entries = EntrySet::none(entries);
        stretches.iter().for_each(|stretch| entries.add_range(&stretch.entries));
        Self { entries, stretches }
    }

    /// The entries.
    pub(super) fn entries(&self) -> &EntrySet {
        &self.entries
    }

    /// The stretches of them, in order.
    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Adds those that are of a kind to a set.
    pub(super) fn add_of_kind(&self, kind: Kind, number: u16, entries: &mut EntrySet) {
        let of_kind = self.stretches.iter().filter(|stretch| stretch.kinds[kind as usize] == number);
        of_kind.for_each(|stretch| entries.add_range(&stretch.entries));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_are_alike_and_follow_one_another_are_a_stretch() {
        let kinds = |framework: u16| [0, framework, 7];
        let entries = [(0, kinds(1)), (1, kinds(1)), (3, kinds(1)), (4, kinds(2)), (79, kinds(2))];
        let living = Living::of(80, entries.into_iter());
        let stretches = living.stretches().iter().map(|stretch| (stretch.entries.clone(), stretch.kinds[1]));
        assert_eq!(stretches.collect::<Vec<_>>(), [(0..2, 1), (3..4, 1), (4..5, 2), (79..80, 2)]);
        assert_eq!(living.entries().count(), 5);
        let mut of_kind = EntrySet::none(80);
        living.add_of_kind(Kind::Framework, 2, &mut of_kind);
        assert_eq!((of_kind.count(), of_kind.has(4), of_kind.has(79)), (2, true, true));
    }
}
