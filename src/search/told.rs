//! What is told of the terms of a shard without reading them: to read a term takes much longer.

use tantivy::index::InvertedIndexReader;

use super::family::StemMark;
use super::letters::Letters;
use super::terms;
use super::words::Stems;

/// What is told of the terms, by their numbers, in their order.
pub(super) struct Told {
    /// The letters of the word in each.
    letters: Vec<Letters>,
    /// The mark of its stem.
    stems: Vec<StemMark>,
    /// The different first two bytes, each with the number of the first term that begins with them.
    firsts: Vec<([u8; 2], u32)>,
}

impl Told {
    /// What is told of these terms; the terms of a word follow one another.
    pub(super) fn of(reader: &InvertedIndexReader) -> tantivy::Result<Self> {
        let count = reader.terms().num_terms();
        let mut told =
            Self { letters: Vec::with_capacity(count), stems: Vec::with_capacity(count), firsts: Vec::new() };
        let (mut stemmer, mut stem, mut last) = (Stems::default(), String::new(), String::new());
        let (mut letters, mut mark) = (Letters::of(""), StemMark::of(""));
        let mut stream = reader.terms().stream()?;
        while stream.advance() {
            let word = terms::read(stream.key()).map_or("", |(word, _)| word);
            if word != last {
                word.clone_into(&mut last);
                stemmer.stem(word, &mut stem);
                (letters, mark) = (Letters::of(word), StemMark::of(&stem));
            }
            told.add(stream.key(), letters, mark);
        }
        Ok(told)
    }

    fn add(&mut self, term: &[u8], letters: Letters, stem: StemMark) {
        if let Some(first) = term.first_chunk::<2>()
            && self.firsts.last().is_none_or(|(last, _)| last != first)
        {
            self.firsts.push((*first, self.stems.len() as u32));
        }
        self.letters.push(letters);
        self.stems.push(stem);
    }

    /// How much memory it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.letters) + size_of_val(&*self.stems) + size_of_val(&*self.firsts)
    }

    /// The mark of the stem of a term's word.
    pub(super) fn stem(&self, number: u64) -> StemMark {
        self.stems[number as usize]
    }

    /// The numbers of the terms whose letters fit.
    pub(super) fn made_of(&self, fit: impl Fn(Letters) -> bool) -> impl Iterator<Item = u64> {
        (0..).zip(&self.letters).filter(move |(_, letters)| fit(**letters)).map(|(number, _)| number)
    }

    /// The number of the last term whose word may have a stem, among those that begin with the same two letters.
    pub(super) fn last_of_stem(&self, beginning: &str, stem: StemMark) -> Option<u64> {
        let two = &beginning.as_bytes()[..beginning.len().min(2)];
        let from = self.firsts.partition_point(|(first, _)| first.as_slice() < two);
        let to = from + self.firsts[from..].partition_point(|(first, _)| first.starts_with(two));
        let number = |at: usize| self.firsts.get(at).map_or(self.stems.len(), |(_, number)| *number as usize);
        let last = self.stems[number(from)..number(to)].iter().rposition(|other| *other == stem)?;
        Some((number(from) + last) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_term_of_a_stem_is_told_among_those_that_begin_alike() {
        let mut told = Told { letters: Vec::new(), stems: Vec::new(), firsts: Vec::new() };
        let words = [("dead", "dead"), ("die", "die"), ("die", "die"), ("disk", "disk"), ("dying", "die"), ("e0", "")];
        for (word, stem) in words {
            told.add(word.as_bytes(), Letters::of(word), StemMark::of(stem));
        }
        let last = |beginning: &str, stem: &str| told.last_of_stem(beginning, StemMark::of(stem));
        assert_eq!((last("di", "die"), last("disk", "disk"), last("dead", "dead")), (Some(2), Some(3), Some(0)));
        assert_eq!((last("d", "die"), last("", "die")), (Some(4), Some(4)));
        assert_eq!((last("di", "dead"), last("zebra", "zebra"), last("a", "a")), (None, None, None));
    }
}
