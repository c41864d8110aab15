//! Neighbours: which words may follow one another in an entry.
//!
//! Where two words stand in an entry takes long to read, and two common ones stand in most of them. So each entry
//! has a few bits for every two words that follow one another in it, at places that the words tell: where one of
//! these is not set, the two do not follow one another there. Where all are, they nearly always do.

use xxhash_rust::xxh3::xxh3_64;

/// Bits for every two words: the more, the fewer entries are looked at in vain, and the larger the index.
const BITS: usize = 8;

/// Two words, the second after the first.
#[derive(Clone, Copy)]
pub(super) struct Pair(u64);

/// The pairs of a shard's entries.
#[derive(Default)]
pub(super) struct Neighbours {
    bits: Vec<u8>,
    /// Where the bits of each entry end.
    ends: Vec<u32>,
}

/// Reads the pairs in a text, word by word.
#[derive(Default)]
pub(super) struct Reader {
    position: usize,
    /// The words at this position and at the one before: a name of several parts shares it with the first of them.
    here: [Option<u64>; 2],
    before: [Option<u64>; 2],
}

/// The pairs in words that follow one another.
pub(super) fn pairs(words: &[String]) -> Vec<Pair> {
    words.windows(2).map(|pair| Pair::of(hash(&pair[0]), hash(&pair[1]))).collect()
}

impl Pair {
    fn of(first: u64, second: u64) -> Self {
        let mixed = first.rotate_left(23) ^ second;
        Self((mixed ^ (mixed >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Its places among so many bits: with three of eight, 3 in 100 pairs that are not there seem to be.
    fn places(self, bits: usize) -> [usize; 3] {
        let among = |part: u32| ((u64::from(part) * bits as u64) >> u32::BITS) as usize;
        [among(self.0 as u32), among((self.0 >> 16) as u32), among((self.0 >> 32) as u32)]
    }
}

impl Neighbours {
    /// Adds the next entry, which has these pairs.
    pub(super) fn add(&mut self, pairs: &[Pair]) {
        let start = self.bits.len();
        self.bits.resize(start + (pairs.len() * BITS).div_ceil(8), 0);
        let own = &mut self.bits[start..];
        let bits = own.len() * 8;
        for place in pairs.iter().flat_map(|pair| pair.places(bits)) {
            own[place / 8] |= 1_u8 << (place % 8);
        }
        self.ends.push(self.bits.len() as u32);
    }

    /// Whether an entry may have all of these pairs.
    pub(super) fn may_have(&self, entry: u32, pairs: &[Pair]) -> bool {
        let start = entry.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        let own = &self.bits[start as usize..self.ends[entry as usize] as usize];
        let is_set = |place: usize| own.get(place / 8).is_some_and(|bits| *bits & (1_u8 << (place % 8)) != 0);
        pairs.iter().all(|pair| pair.places(own.len() * 8).into_iter().all(is_set))
    }

    /// How much memory they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bits.len() + self.ends.len() * size_of::<u32>()
    }
}

impl Reader {
    /// Reads the next word and adds the pairs whose second it is.
    pub(super) fn read(&mut self, word: &str, position: usize, pairs: &mut Vec<Pair>) {
        let word = hash(word);
        if position != self.position {
            let here = std::mem::take(&mut self.here);
            self.before = if position == self.position + 1 { here } else { [None; 2] };
            self.position = position;
        }
        pairs.extend(self.before.iter().flatten().map(|before| Pair::of(*before, word)));
        let free = usize::from(self.here[0].is_some());
        self.here[free] = Some(word);
    }
}

fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_follows_one_another_may_be_there_and_most_of_what_does_not_is_told() {
        let mut neighbours = Neighbours::default();
        let vocabulary: Vec<String> = (0..100).map(|number| format!("word{number}")).collect();
        neighbours.add(&[]);
        neighbours.add(&pairs(&vocabulary));
        assert!(vocabulary.windows(3).all(|words| neighbours.may_have(1, &pairs(words))));
        let strangers: Vec<_> = (0..98).map(|at| [vocabulary[at].clone(), vocabulary[at + 2].clone()]).collect();
        let mistaken = strangers.iter().filter(|words| neighbours.may_have(1, &pairs(words.as_slice()))).count();
        assert!(mistaken < 20, "{mistaken}");
        assert!(!neighbours.may_have(0, &pairs(&words("a b"))));
        assert!(neighbours.may_have(0, &pairs(&words("a"))), "a word alone has no neighbours to be told by");
    }

    #[test]
    fn a_name_and_its_first_part_follow_the_same_word() {
        let mut read = Vec::new();
        let mut reader = Reader::default();
        for (word, position) in [("call", 0), ("map_all", 1), ("map", 1), ("all", 2), ("twice", 3), ("far", 9)] {
            reader.read(word, position, &mut read);
        }
        let follows = |text: &str| read.iter().any(|pair| pair.0 == pairs(&words(text))[0].0);
        for text in ["call map_all", "call map", "map all", "map_all all", "all twice"] {
            assert!(follows(text), "{text}");
        }
        for text in ["map_all map", "map_all twice", "twice far", "map call"] {
            assert!(!follows(text), "{text}");
        }
    }
}
