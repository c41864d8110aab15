//! Finding: which entries answer a request.
//!
//! Words that say nothing are left out beside others. The answer is that of the first of these steps that
//! has one: the words as typed; the same with those corrected that no entry has; any of them. So typing
//! errors are only looked into where the words as typed have no answer, and only in words that are nowhere
//! as typed. Of four words or more a quarter may be missing, since nobody types four words that all
//! matter.

use super::entry_set::EntrySet;
use super::matching::{Limits, Match, View};
use super::request::Request;
use super::results::Mode;
use super::scores::{InShard, Scorer, Scores};
use super::sift::{Sifted, Sifter};
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
/// Words that more entries have are not looked at for following one another.
const MOST_FOLLOWING: usize = 20_000;
/// Of how many entries one must match for it to be worth knowing how well each can match at best.
const MUCH: usize = 8;

/// The parts that a section itself says; what it is declared to mean is said elsewhere.
const SAID: [Part; 6] = [Part::Name, Part::Title, Part::Path, Part::Label, Part::Facts, Part::Body];

/// The answer to a request.
pub(super) struct Answer {
    /// How the request was taken.
    pub mode: Mode,
    /// What matches, counted, and the best of it.
    pub sifted: Sifted,
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

/// Answers a request from some parts of the entries, with so many of the best matches.
pub(super) fn answer(snapshot: &Snapshot, request: &Request, parts: &'static [Part], most: usize) -> Answer {
    snapshot.among_threads(|| {
        let finder = Finder::new(snapshot, request, parts, most);
        if request.wanted.is_empty() && !request.is_filtered() {
            return Answer { mode: Mode::Empty, sifted: finder.nothing(), sought: Vec::new() };
        }
        let has_more = request.wanted.iter().any(says_something);
        let wanted = request.wanted.iter().filter(|wanted| !has_more || says_something(wanted));
        finder.answer(wanted.map(|wanted| finder.seek(wanted.clone())).collect())
    })
}

struct Finder<'s> {
    snapshot: &'s Snapshot,
    request: &'s Request,
    most: usize,
    scorer: Scorer<'s>,
    excluded: Vec<Scores>,
    /// Where words that say nothing stand in titles.
    fillers: Vec<Scores>,
}

impl<'s> Finder<'s> {
    fn new(snapshot: &'s Snapshot, request: &'s Request, parts: &'static [Part], most: usize) -> Self {
        let saying = Scorer::new(snapshot, &SAID);
        let excluded = request.excluded.iter().map(|wanted| saying.wanted(wanted)).collect();
        let scorer = Scorer::new(snapshot, parts);
        let has_more = request.wanted.iter().any(says_something);
        let fillers = request.wanted.iter().filter(|_| has_more).filter_map(filler);
        let fillers = fillers.map(|word| scorer.in_titles(word)).collect();
        Self { snapshot, request, most, scorer, excluded, fillers }
    }

    fn answer(&self, mut sought: Vec<Sought>) -> Answer {
        if sought.is_empty() {
            return Answer { mode: Mode::All, sifted: self.everything(), sought };
        }
        let is_complete = !sought.iter().any(Sought::is_nowhere);
        let sifted = self.most(&sought, if is_complete { least(sought.len()) } else { sought.len() });
        if sifted.total > 0 {
            let mode = if sifted.has_all { Mode::All } else { Mode::SomeWords };
            return Answer { mode, sifted, sought };
        }
        let loosened = self.loosen(&mut sought);
        let corrected = self.correct(&mut sought);
        if loosened || corrected {
            let sifted = self.most(&sought, least(sought.len()));
            if sifted.total > 0 {
                let mode = if corrected { Mode::Typo } else { Mode::SomeWords };
                return Answer { mode, sifted, sought };
            }
        }
        let sifted = self.sift(&Wish { sought: &sought, least: 1, following: None });
        let mode = if sifted.total > 0 { Mode::SomeWords } else { Mode::Empty };
        Answer { mode, sifted, sought }
    }

    fn seek(&self, wanted: Wanted) -> Sought {
        let tiers = vec![(0, self.scorer.wanted(&wanted))];
        Sought { wanted, corrections: Vec::new(), tiers }
    }

    /// Takes phrases and names of several parts apart that nothing has; whether that made a difference.
    fn loosen(&self, sought: &mut Vec<Sought>) -> bool {
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
    fn correct(&self, sought: &mut [Sought]) -> bool {
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

    fn nothing(&self) -> Sifted {
        self.sifter().finish()
    }

    fn sifter(&self) -> Sifter<'s> {
        Sifter::new(self.snapshot, self.request.filters, self.most)
    }

    /// Everything there is, where only filters were given.
    fn everything(&self) -> Sifted {
        self.sum(self.snapshot.each_shard(self.snapshot.slots(), |at, _, first| {
            let all = self.snapshot.living(at).entries().clone();
            self.sift_shard(at, all, |sifter, entry, _| sifter.offer(&Match::none(first + entry)))
        }))
    }

    fn sum(&self, sifters: Vec<Sifter<'s>>) -> Sifted {
        sifters.into_iter().reduce(Sifter::and).unwrap_or_else(|| self.sifter()).finish()
    }

    /// What matches at least so many of the things sought, those first that follow one another.
    fn most(&self, sought: &[Sought], least: usize) -> Sifted {
        self.sift(&Wish { sought, least, following: Some(self.following(sought)) })
    }

    /// Scores of words of the query that follow one another as they were typed.
    fn following(&self, sought: &[Sought]) -> Vec<Scores> {
        let pairs = sought.windows(2).filter(|pair| pair.iter().all(|one| one.matches() <= MOST_FOLLOWING));
        let words =
            pairs.filter_map(|pair| Some([pair[0].only_word()?, pair[1].only_word()?].map(str::to_owned).to_vec()));
        words.map(|words| self.scorer.phrase(&words)).collect()
    }

    /// What is as wished.
    fn sift(&self, wish: &Wish) -> Sifted {
        let looked_at = wish.sought.iter().map(Sought::matches).sum();
        self.sum(self.snapshot.each_shard(looked_at, |at, shard, first| {
            let sets: Vec<EntrySet> = wish.sought.iter().map(|sought| sought.matching(at, shard.entries())).collect();
            let enough = EntrySet::in_at_least(wish.least, &sets, shard.entries());
            let view = View {
                first,
                titles: shard.lengths(Part::Title),
                sought: wish.sought.iter().map(|sought| sought.in_shard(at)).collect(),
                fillers: in_shard(&self.fillers, at),
                following: wish.following.as_ref().map(|following| in_shard(following, at)),
                named: &self.request.named,
            };
            let is_much = enough.count() * MUCH > shard.entries();
            let limits = if is_much { Limits::of(&view, shard.entries()) } else { None };
            self.sift_shard(at, enough, |sifter, entry, kinds| {
                let at_best = limits.as_ref().and_then(|limits| limits.at_best(&view, entry, kinds));
                if at_best.is_none_or(|at_best| !sifter.can_spare(&at_best)) {
                    sifter.offer(&view.matched(entry, kinds));
                }
            })
        }))
    }

    /// Sifts entries of a shard. What is filtered out is only counted, and not offered.
    fn sift_shard(
        &self,
        at: usize,
        mut entries: EntrySet,
        offer: impl Fn(&mut Sifter<'s>, u32, [u16; 3]),
    ) -> Sifter<'s> {
        self.excluded.iter().for_each(|excluded| entries.leave_out(excluded.in_shard(at).matching()));
        let mut sifter = self.sifter();
        for stretch in self.snapshot.living(at).stretches() {
            let count = entries.count_in(&stretch.entries);
            if count > 0 && sifter.count(stretch.kinds, count) {
                entries.each_in(&stretch.entries, |entry| offer(&mut sifter, entry, stretch.kinds));
            }
        }
        sifter
    }
}

/// What has to be matched.
struct Wish<'w> {
    sought: &'w [Sought],
    /// How many of the things sought must be there at least.
    least: usize,
    /// Scores of what follows one another as it was typed; none where those come first that have more of the words.
    following: Option<Vec<Scores>>,
}

impl Sought {
    /// How many entries match.
    pub(super) fn matches(&self) -> usize {
        self.tiers.iter().map(|(_, scores)| scores.matches()).sum()
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

    /// What matches it among so many entries of a shard.
    fn matching(&self, shard: usize, entries: usize) -> EntrySet {
        let mut matching = EntrySet::none(entries);
        self.tiers.iter().for_each(|(_, scores)| matching.add_all(scores.in_shard(shard).matching()));
        matching
    }

    /// What matches it in a shard, by the number of errors.
    fn in_shard(&self, shard: usize) -> Vec<(u8, InShard<'_>)> {
        self.tiers.iter().map(|(edits, scores)| (*edits, scores.in_shard(shard))).collect()
    }

    /// The likeliest correction by which a slot matches, or of all where it does not match.
    pub(super) fn correction_for(&self, snapshot: &Snapshot, slot: Option<u32>) -> Option<&Correction> {
        let edits = slot.and_then(|slot| {
            let (shard, entry) = snapshot.locate(slot);
            self.in_shard(shard).iter().find(|(_, scores)| scores.has(entry)).map(|(edits, _)| *edits)
        });
        let fitting = self.corrections.iter().find(|correction| Some(correction.edits) == edits);
        fitting.or(self.corrections.first())
    }
}

/// Some scores of one shard's entries.
fn in_shard(scores: &[Scores], shard: usize) -> Vec<InShard<'_>> {
    scores.iter().map(|scores| scores.in_shard(shard)).collect()
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
