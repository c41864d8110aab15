//! Sets of a shard's entries, a bit each: what matches is put together and counted many entries at a time.
//!
//! What is called for each entry is marked to be compiled into its callers, since other files call it.

use std::ops::Range;

/// Entries that one number of a set stands for.
const EACH: u32 = u64::BITS;
/// Digits of the number of sets that an entry is in.
const DIGITS: usize = 10;

/// A set of a shard's entries.
#[derive(Clone)]
pub(super) struct EntrySet(Vec<u64>);

impl EntrySet {
    /// None of so many entries.
    pub(super) fn none(entries: usize) -> Self {
        Self(vec![0; entries.div_ceil(EACH as usize)])
    }

    /// Those of so many entries that are in at least so many of some sets.
    pub(super) fn in_at_least(least: usize, sets: &[Self], entries: usize) -> Self {
        let numbers = 0..entries.div_ceil(EACH as usize);
        Self(numbers.map(|at| in_at_least(least, sets.iter().map(|set| set.0[at]))).collect())
    }

    /// Whether an entry is in it.
    #[inline]
    pub(super) fn has(&self, entry: u32) -> bool {
        self.0[(entry / EACH) as usize] & bit(entry) != 0
    }

    /// Adds an entry; whether it was not in it.
    pub(super) fn insert(&mut self, entry: u32) -> bool {
        let is_new = !self.has(entry);
        self.0[(entry / EACH) as usize] |= bit(entry);
        is_new
    }

    /// Adds entries that are in order.
    #[inline]
    pub(super) fn add(&mut self, entries: &[u32]) {
        let (mut at, mut bits) = (0, 0_u64);
        for &entry in entries {
            let place = (entry / EACH) as usize;
            if place != at {
                self.0[at] |= bits;
                (at, bits) = (place, 0);
            }
            bits |= bit(entry);
        }
        if bits != 0 {
            self.0[at] |= bits;
        }
    }

    /// Adds the entries in a range.
    pub(super) fn add_range(&mut self, range: &Range<u32>) {
        for place in places(range) {
            self.0[place as usize] |= bits_in(range, place);
        }
    }

    /// Adds the entries of another set.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, others)| *bits |= others);
    }

    /// Keeps only the entries that another set has too.
    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, others)| *bits &= others);
    }

    /// Leaves out the entries of another set.
    pub(super) fn leave_out(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, others)| *bits &= !others);
    }

    /// How many entries it has.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// How many entries it has in a range.
    pub(super) fn count_in(&self, range: &Range<u32>) -> usize {
        places(range).map(|place| (self.0[place as usize] & bits_in(range, place)).count_ones() as usize).sum()
    }

    /// Goes through its entries in order.
    #[inline]
    pub(super) fn each(&self, each: impl FnMut(u32)) {
        self.each_in(&(0..self.0.len() as u32 * EACH), each);
    }

    /// Goes through its entries in a range, in order.
    #[inline]
    pub(super) fn each_in(&self, range: &Range<u32>, mut each: impl FnMut(u32)) {
        for place in places(range) {
            let mut bits = self.0[place as usize] & bits_in(range, place);
            while bits != 0 {
                each(place * EACH + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }
}

/// The entries whose bits are set in at least so many of some numbers: the times are counted as numbers in base 2,
/// for all entries at once.
fn in_at_least(least: usize, sets: impl Iterator<Item = u64>) -> u64 {
    let mut digits = [0_u64; DIGITS];
    for set in sets {
        let mut carried = set;
        for digit in &mut digits {
            let sum = *digit ^ carried;
            carried &= *digit;
            *digit = sum;
            if carried == 0 {
                break;
            }
        }
    }
    let (mut more, mut as_many) = (0_u64, u64::MAX);
    for (place, digit) in digits.iter().enumerate().rev() {
        if least >> place & 1 == 1 {
            as_many &= digit;
        } else {
            more |= as_many & digit;
            as_many &= !digit;
        }
    }
    more | as_many
}

#[inline]
fn bit(entry: u32) -> u64 {
    1 << (entry % EACH)
}

/// The numbers in which entries of a range have their bits.
#[inline]
fn places(range: &Range<u32>) -> Range<u32> {
    range.start / EACH..range.end.div_ceil(EACH)
}

/// The bits that entries of a range have in one of these.
#[inline]
fn bits_in(range: &Range<u32>, place: u32) -> u64 {
    let first = place * EACH;
    u64::MAX << range.start.saturating_sub(first) & u64::MAX >> (first + EACH).saturating_sub(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(entries: &[u32]) -> EntrySet {
        let mut set = EntrySet::none(200);
        set.add(entries);
        set
    }

    fn entries(set: &EntrySet) -> Vec<u32> {
        let mut entries = Vec::new();
        set.each(|entry| entries.push(entry));
        entries
    }

    #[test]
    fn what_was_added_is_in_it_once_and_in_order() {
        let mut set = set(&[0, 63, 64, 130]);
        assert!(set.insert(7));
        assert!(!set.insert(7));
        set.add(&[64, 199]);
        assert_eq!(entries(&set), [0, 7, 63, 64, 130, 199]);
        assert!(set.has(199) && !set.has(198));
        assert_eq!(set.count(), 6);
    }

    #[test]
    fn ranges_are_counted_gone_through_and_added_exactly() {
        let some = set(&[0, 5, 63, 64, 127, 128, 199]);
        let counts = [(0..0, 0), (0..1, 1), (1..5, 0), (5..64, 2), (64..128, 2), (63..129, 4), (0..200, 7)];
        for (range, expected) in counts {
            let mut gone_through = 0;
            some.each_in(&range, |entry| gone_through += usize::from(range.contains(&entry)));
            assert_eq!((some.count_in(&range), gone_through), (expected, expected), "{range:?}");
        }
        for range in [0..1, 3..64, 64..128, 60..70, 10..200, 70..70] {
            let mut added = EntrySet::none(200);
            added.add_range(&range);
            assert_eq!(entries(&added), range.collect::<Vec<_>>());
        }
    }

    #[test]
    fn sets_are_put_together() {
        let (mut some, others) = (set(&[1, 2, 70]), set(&[2, 3, 70]));
        let mut all = some.clone();
        all.add_all(&others);
        assert_eq!(entries(&all), [1, 2, 3, 70]);
        all.leave_out(&others);
        assert_eq!(entries(&all), [1]);
        some.keep(&others);
        assert_eq!(entries(&some), [2, 70]);
    }

    #[test]
    fn entries_are_told_by_how_many_sets_they_are_in() {
        let sets = [set(&[1, 2, 3, 150]), set(&[2, 3, 150]), set(&[3, 150]), set(&[150])];
        let expected = [(1, vec![1, 2, 3, 150]), (2, vec![2, 3, 150]), (3, vec![3, 150]), (4, vec![150]), (5, vec![])];
        for (least, expected) in expected {
            assert_eq!(entries(&EntrySet::in_at_least(least, &sets, 200)), expected, "{least}");
        }
        let many = vec![set(&[9]); 600];
        assert_eq!(entries(&EntrySet::in_at_least(600, &many, 200)), [9]);
        assert_eq!(EntrySet::in_at_least(601, &many, 200).count(), 0);
    }
}
