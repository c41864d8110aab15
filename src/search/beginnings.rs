//! Beginnings: where in a text words may start that begin with certain letters, told from a few bytes.
//!
//! Words that begin alike are a group, and each table says of a byte in which groups it may stand at its place. So
//! whether one of them may start somewhere is told from four bytes of the text, in the same few steps whatever they
//! are: texts are long, and to go another way at every letter costs more than to look at each. Only where these fit
//! are the next two letters looked at, which rule out most of the words that are left.

/// Letters of a word that are compared.
const LETTERS: usize = 5;

/// Groups of words that begin with a small letter or a digit; several beginnings share one where there are more. Each
/// group has another one of the same words beginning with a capital, since these may start where a letter stands
/// before.
const GROUPS: u32 = 32;
const CAPITAL: u64 = u64::MAX << GROUPS;
/// The group of what is not ASCII, which may start a word wherever it stands. No letter or digit has it.
const OTHER: u64 = 1;

/// The first letters or digits that words may have.
#[derive(Clone)]
pub(super) struct Beginnings {
    /// Before the word.
    before: [u64; 256],
    /// At its first place and those after it.
    places: [[u64; 256]; LETTERS],
    /// How many were added.
    count: u32,
}

impl Beginnings {
    /// Those of no word.
    pub(super) const NONE: Self = no_words();

    /// Adds those of the words that begin with this one.
    pub(super) fn add(&mut self, word: &str) {
        let mut bytes = word.bytes();
        // Any place that is not ASCII is looked at.
        let Some(first) = bytes.next().filter(u8::is_ascii) else { return };
        if self.fit(word.as_bytes()) {
            return;
        }
        let small = (OTHER << 1) << (self.count % (GROUPS - 1));
        let capital = small << GROUPS;
        self.count += 1;
        self.places[0][usize::from(first)] |= small;
        if first.is_ascii_alphabetic() {
            self.places[0][usize::from(first.to_ascii_uppercase())] |= capital;
        }
        let mut rest = bytes.take_while(u8::is_ascii);
        for place in &mut self.places[1..] {
            match rest.next() {
                Some(byte) => {
                    place[usize::from(byte.to_ascii_lowercase())] |= small | capital;
                    place[usize::from(byte.to_ascii_uppercase())] |= small | capital;
                }
                None => place.iter_mut().for_each(|groups| *groups |= small | capital),
            }
        }
    }

    /// Whether a word of ASCII letters and digits, whatever their case, begins so.
    pub(super) fn fit(&self, word: &[u8]) -> bool {
        self.groups(word) != 0
    }

    /// The next place at or after one where a word that begins so may start, or any that is not ASCII.
    pub(super) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut likely = std::iter::successors(self.next_likely(text, from), |place| self.next_likely(text, place + 1));
        likely.find(|&place| self.may_start_at(text, place))
    }

    /// The same by its first three letters alone: the groups that fit so far go on from byte to byte.
    fn next_likely(&self, text: &[u8], from: usize) -> Option<usize> {
        let [one, two, three, ..] = &self.places;
        let before = from.checked_sub(1).map_or(0, |before| text[before]);
        let (mut start, mut first, mut second) = (self.before[usize::from(before)], 0, 0);
        let mut fits = |byte: u8| {
            let byte = usize::from(byte);
            let fitting = second & three[byte];
            second = first & two[byte];
            first = start & one[byte];
            start = self.before[byte];
            fitting != 0
        };
        let third = text.get(from..)?.iter().position(|&byte| fits(byte)).map(|third| from + third);
        // What comes behind the text goes on no word.
        let behind = || (text.len()..text.len() + 2).find(|_| fits(0));
        third.or_else(behind).map(|third| third - 2)
    }

    /// Whether one may start at a place of a text, by all of its letters that are compared.
    fn may_start_at(&self, text: &[u8], place: usize) -> bool {
        let (before, word) = text.split_at(place);
        let before = self.before[usize::from(before.last().copied().unwrap_or(0))];
        before & self.groups(word) != 0
    }

    /// The groups of words that begin with these bytes.
    fn groups(&self, word: &[u8]) -> u64 {
        let byte = |place: usize| word.get(place).copied().unwrap_or(0);
        let places = self.places.iter().enumerate();
        places.fold(u64::MAX, |groups, (place, bytes)| groups & bytes[usize::from(byte(place))])
    }
}

/// The tables of no word: only what is not ASCII is looked at.
const fn no_words() -> Beginnings {
    let (mut before, mut places) = ([u64::MAX; 256], [[OTHER; 256]; LETTERS]);
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            before[byte] = CAPITAL | OTHER;
        }
        places[0][byte] = 0;
        byte += 1;
    }
    Beginnings { before, places, count: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_start_where_one_of_their_beginnings_stands() {
        let mut beginnings = Beginnings::NONE;
        ["schedul", "ob", "7z", "w"].iter().for_each(|word| beginnings.add(word));
        let next = |text: &str, from: usize| beginnings.next(text.as_bytes(), from);
        for (text, place) in [
            ("scheduler", Some(0)),
            ("SCHED", Some(0)),
            ("school schema scheme a schedule", Some(23)),
            ("a sched", Some(2)),
            ("a sche", None),
            ("a sch", None),
            ("a sc", None),
            ("ob", Some(0)),
            ("an ob", Some(3)),
            ("a job", None),
            ("anOb", Some(2)),
            ("x7z 7z", Some(4)),
            ("a w", Some(2)),
            ("naïve", Some(2)),
            ("a né", Some(3)),
            ("a – b", Some(2)),
            ("", None),
        ] {
            assert_eq!(next(text, 0), place, "{text}");
        }
        assert_eq!((next("ob ob", 1), next("ob ob", 3), next("ob ob", 4)), (Some(3), Some(3), None));
        assert!(beginnings.fit(b"obsolete") && beginnings.fit(b"sched2"));
        assert!(!beginnings.fit(b"sc") && !beginnings.fit(b"sche") && !beginnings.fit(b"o"));
    }

    #[test]
    fn letters_of_several_words_make_no_other_word() {
        let mut beginnings = Beginnings::NONE;
        ["di", "dead"].iter().for_each(|word| beginnings.add(word));
        assert!(beginnings.fit(b"dict") && beginnings.fit(b"deadline") && beginnings.fit(b"Dies"));
        assert!(!beginnings.fit(b"design") && !beginnings.fit(b"Debug"));
        assert_eq!(beginnings.next(b"design a Dict", 0), Some(9));
    }

    #[test]
    fn no_word_is_left_out_where_many_are_looked_for() {
        let words: Vec<String> = ('a'..='z').flat_map(|c| [format!("{c}{c}xyz"), format!("q{c}{c}")]).collect();
        let mut beginnings = Beginnings::NONE;
        words.iter().for_each(|word| beginnings.add(word));
        assert!(words.iter().all(|word| beginnings.next(format!("- {word}").as_bytes(), 0) == Some(2)));
    }
}
