//! Letters: what a word is made of, as a few bits. Whether two words are too different to be meant for one another
//! can mostly be told from these, without reading the words.

/// Bits for each letter: whether a word has it once, and twice.
const EACH: u32 = 2;
/// The first bit for what is no letter from a to z, and how many there are.
const OTHERS: u32 = 52;
const KINDS_OF_OTHERS: u32 = 4;
/// The first bit of the number of letters.
const LENGTH: u32 = 56;

/// The letters of a word, in any order.
#[derive(Clone, Copy)]
pub(super) struct Letters(u64);

impl Letters {
    /// The letters of a word.
    pub(super) fn of(word: &str) -> Self {
        let (mut letters, mut length) = (0_u64, 0_u64);
        for c in word.chars() {
            length += 1;
            letters |= match c {
                'a'..='z' => {
                    let once = 1_u64 << (EACH * (u32::from(c) - u32::from('a')));
                    if letters & once == 0 { once } else { once << 1 }
                }
                _ => 1 << (OTHERS + u32::from(c) % KINDS_OF_OTHERS),
            };
        }
        Self(letters | length.min(255) << LENGTH)
    }

    /// Whether a word with these letters may become one with others by so many errors: each error leaves out one
    /// letter at most, and adds one.
    #[inline]
    pub(super) fn may_become(self, other: Self, errors: u8) -> bool {
        self.may_become_beginning(other, errors)
            && other.lacks(self) <= u32::from(errors)
            && other.length() <= self.length() + u64::from(errors)
    }

    /// Whether a word with these letters may become the beginning of one with others by so many errors.
    #[inline]
    pub(super) fn may_become_beginning(self, other: Self, errors: u8) -> bool {
        self.lacks(other) <= u32::from(errors) && self.length() <= other.length() + u64::from(errors)
    }

    /// How many letters of this word another one has not, at least.
    fn lacks(self, other: Self) -> u32 {
        let all = (1_u64 << LENGTH) - 1;
        (self.0 & !other.0 & all).count_ones()
    }

    fn length(self) -> u64 {
        self.0 >> LENGTH
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_that_have_other_letters_are_told_apart() {
        let may_become = |word: &str, other: &str, errors: u8| Letters::of(word).may_become(Letters::of(other), errors);
        assert!(may_become("shceduelr", "scheduler", 0), "the same letters");
        assert!(may_become("shcedule", "scheduler", 1));
        assert!(!may_become("worker", "walker", 1));
        assert!(!may_become("aab", "aaabb", 1));
        let may_begin = |word: &str, other: &str| Letters::of(word).may_become_beginning(Letters::of(other), 1);
        assert!(may_begin("shcedul", "schedulers"));
        assert!(!may_begin("schedulers", "schedul"));
    }

    proptest! {
        #[test]
        fn near_words_are_not_told_apart(word in "[a-cé9]{1,8}", other in "[a-cé9]{1,8}", more in "[a-z]{0,4}") {
            let errors = u8::try_from(strsim::osa_distance(&word, &other)).expect("short words");
            prop_assert!(Letters::of(&word).may_become(Letters::of(&other), errors));
            prop_assert!(Letters::of(&word).may_become_beginning(Letters::of(&(other + &more)), errors));
        }
    }
}
