//! Finding: which entries answer a request, and which of two comes first.
//!
//! Words that say nothing are left out beside others. The answer is that of the first of these steps that
//! has one: the words as typed; the same with those corrected that no entry has; any of them. So typing
//! errors are only looked into where the words as typed have no answer, and only in words that are nowhere
//! as typed. Of four words or more a quarter may be missing, since nobody types four words that all
//! matter.

use std::cmp::Ordering;

use super::entry_set::EntrySet;
use super::places::{Kind, NONE};
use super::request::{MOST_WANTED, Request};
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
/// How much more a section counts that is about the words: by its whole title.
const ABOUT: f32 = 0.6;
/// What two words count when they follow one another as they were typed, against either alone.
const FOLLOWING: f32 = 1.4;
/// What words that say nothing count in titles.
const FILLER: f32 = 0.2;
/// Words that more entries have are not looked at for following one another.
const MOST_FOLLOWING: usize = 20_000;

/// How far another page that is named is from being what is named; no more frameworks than are read come before.
const OTHER_PAGE: u8 = MOST_WANTED as u8 + 1;

/// The parts that a section itself says; what it is declared to mean is said elsewhere.
const SAID: [Part; 6] = [Part::Name, Part::Title, Part::Path, Part::Label, Part::Facts, Part::Body];

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
            self.sift_shard(at, all, |entry, _| Match::none(first + entry))
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
                fillers: self.fillers.iter().map(|scores| scores.in_shard(at)).collect(),
                following: wish.following.iter().flatten().map(|scores| scores.in_shard(at)).collect(),
                is_ranked_by_count: wish.following.is_none(),
            };
            self.sift_shard(at, enough, |entry, kinds| self.matched(&view, entry, kinds))
        }))
    }

    /// Sifts entries of a shard. What is filtered out is only counted, and matched to nothing.
    fn sift_shard(&self, at: usize, mut entries: EntrySet, matched: impl Fn(u32, [u16; 3]) -> Match) -> Sifter<'s> {
        self.excluded.iter().for_each(|excluded| entries.leave_out(excluded.in_shard(at).matching()));
        let mut sifter = self.sifter();
        for stretch in self.snapshot.living(at).stretches() {
            let count = entries.count_in(&stretch.entries);
            if count > 0 && sifter.count(stretch.kinds, count) {
                entries.each_in(&stretch.entries, |entry| sifter.offer(&matched(entry, stretch.kinds)));
            }
        }
        sifter
    }

    /// How an entry matches.
    fn matched(&self, view: &View, entry: u32, kinds: [u16; 3]) -> Match {
        let mut matched = Match::none(view.first + entry);
        let (mut is_named, mut titled) = (true, 0);
        for tiers in &view.sought {
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
        matched.has_all = count == view.sought.len();
        let title = view.titles[entry as usize];
        if titled > 0 {
            let fillers = view.fillers.iter().filter_map(|filler| filler.of(entry));
            let fillers = fillers.filter(|(_, stands)| stands.is_in(Part::Title));
            let (count, gain) = fillers.fold((0, 0.0), |(count, sum), (gain, _)| (count + 1, sum + gain));
            matched.score += gain * FILLER;
            matched.score *= 1.0 + ABOUT * about(title, titled + count, view.sought.len() + self.fillers.len());
        }
        matched.from_named = self.distance(kinds, title, is_named.then_some(titled));
        if !view.is_ranked_by_count {
            matched.exact = 0;
            matched.score += view.following.iter().map(|scores| scores.get(entry) * FOLLOWING).sum::<f32>();
        }
        matched
    }

    /// How far an entry is from what is named. A page is named by any word of a framework's name, and by half of
    /// the words of another title or more.
    fn distance(&self, kinds: [u16; 3], title: u16, named: Option<u16>) -> u8 {
        let framework = kinds[Kind::Framework as usize];
        let place = self.request.named.iter().position(|named| *named == framework);
        match named {
            Some(_) if framework != NONE => place.unwrap_or(MOST_WANTED) as u8,
            Some(titled) if titled == 0 || titled * 2 >= title => OTHER_PAGE,
            _ if place.is_some() => OTHER_PAGE + 1,
            _ => OTHER_PAGE + 2,
        }
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

/// The scores of one shard's entries.
struct View<'v> {
    /// The slot of its first entry.
    first: u32,
    /// How long the titles of its entries are.
    titles: &'v [u16],
    /// What matches each thing sought, by the number of errors.
    sought: Vec<Vec<(u8, InShard<'v>)>>,
    fillers: Vec<InShard<'v>>,
    following: Vec<InShard<'v>>,
    /// Whether those come first that have more of the words.
    is_ranked_by_count: bool,
}

/// How much a section is about the words: 1 where its title is made of all of them and nothing else.
fn about(title: u16, titled: u16, sought: usize) -> f32 {
    f32::from(titled) / f32::from(title.max(titled)) * (f32::from(titled) / sought as f32)
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

impl Match {
    /// A slot of which nothing is known.
    fn none(slot: u32) -> Self {
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
