//! Topics: the rows of the comparison that a query can ask for, by the names and meanings of criteria and facts.
//!
//! A row is asked for when every word of the query is one of its name, of what the category says it means, or
//! of its criterion's name. A row that no framework says anything in is none.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::find::SAY_NOTHING;
use super::results::Asked;
use super::wanted::{Open, Word, read_words};
use super::words::Stems;
use crate::content::metadata::{Fact, FactState};
use crate::site::{Category, CategoryId, Site};

/// Letters of an unfinished word from which on it may ask for a row.
const LEAST_LETTERS: usize = 3;

/// The rows of a site's comparisons.
#[derive(Default)]
pub(super) struct Topics {
    all: Vec<Topic>,
    numbers: Numbers,
}

/// The numbers of the stems that topics have: every query is compared with every topic, and numbers are compared
/// at once.
#[derive(Default)]
struct Numbers(BTreeMap<String, u32>);

struct Topic {
    category: CategoryId,
    criterion: usize,
    /// The fact's slug; none for the criterion itself.
    fact: Option<String>,
    /// The stems of its name.
    name: Vec<u32>,
    /// The stems of what it means, and of the name of its criterion, each once.
    meaning: Vec<u32>,
    /// The frameworks that say something in it.
    stated: usize,
}

/// A word of a query, as far as topics are concerned.
pub(super) struct Term<'q> {
    /// The word as it was meant.
    pub word: &'q Word,
    /// The word it was corrected to.
    pub corrected: Option<&'q str>,
    /// Words that mean the same.
    pub others: &'q [Vec<String>],
    /// Whether it stands nearly everywhere, so that it alone asks for nothing.
    pub is_common: bool,
}

/// How well a topic fits a query.
#[derive(PartialEq, PartialOrd)]
struct Fit {
    /// Whether its whole name was typed.
    whole: bool,
    /// How many words are of its name.
    named: usize,
    /// How many words are of its meaning only.
    meant: usize,
}

impl Topics {
    /// The rows of a site's comparisons.
    pub(super) fn of(site: &Site) -> Self {
        let (mut topics, mut stems) = (Self::default(), Stems::default());
        for (id, category) in site.categories.iter().enumerate() {
            topics.add_category(site, id, category, &mut stems);
        }
        topics
    }

    /// The row that words ask for in a category, or in the one of them all that says most; none where they
    /// may ask for several.
    pub(super) fn asked(&self, terms: &[Term], category: Option<CategoryId>) -> Option<Asked> {
        if terms.is_empty() {
            return None;
        }
        let mut stems = Stems::default();
        let roots: Vec<Root> = terms.iter().map(|term| Root::of(term, &self.numbers, &mut stems)).collect();
        let own = self.all.iter().filter(|topic| category.is_none_or(|category| topic.category == category));
        let mut fitting: Vec<(Fit, &Topic)> = own.filter_map(|topic| Some((topic.fit(&roots)?, topic))).collect();
        fitting.sort_by(|(a, first), (b, second)| {
            b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal).then(second.stated.cmp(&first.stated))
        });
        let (fit, topic) = fitting.first()?;
        let rival = fitting.get(1).filter(|(other, rival)| other == fit && rival.category == topic.category);
        rival.is_none().then(|| Asked {
            category: topic.category,
            criterion: Some(topic.criterion),
            fact: topic.fact.clone(),
            frameworks: Vec::new(),
        })
    }

    fn add_category(&mut self, site: &Site, id: CategoryId, category: &Category, stems: &mut Stems) {
        for (criterion, declared) in category.criteria.iter().enumerate() {
            let frameworks = category.frameworks.iter();
            let mut add = |name: &str, description: &str, fact: Option<&str>, stated: usize| {
                if stated > 0 {
                    let fact = fact.map(str::to_owned);
                    let name = self.numbers.claim(roots(name, stems));
                    let mut meaning = self.numbers.claim(roots(description, stems));
                    meaning.extend(self.numbers.claim(roots(&declared.name, stems)));
                    meaning.sort_unstable();
                    meaning.dedup();
                    self.all.push(Topic { category: id, criterion, fact, name, meaning, stated });
                }
            };
            let researched = frameworks.clone().filter(|framework| !framework.findings[criterion].gap).count();
            add(&declared.name, &declared.description, None, researched);
            let mut names: Vec<(&str, &str, &str)> =
                declared.facts.iter().map(|fact| (&*fact.slug, &*fact.name, &*fact.description)).collect();
            for fact in frameworks.clone().flat_map(|framework| framework.facts(site, criterion)) {
                if !names.iter().any(|(slug, ..)| *slug == fact.slug) {
                    names.push((&fact.slug, &fact.name, ""));
                }
            }
            for (slug, name, description) in names {
                let says = |facts: &[Fact]| facts.iter().any(|fact| fact.slug == slug && fact.state != FactState::Gap);
                let stated = frameworks.clone().filter(|framework| says(framework.facts(site, criterion))).count();
                add(name, description, Some(slug), stated);
            }
        }
    }
}

impl Numbers {
    /// The numbers of these stems, new ones for those that have none yet.
    fn claim(&mut self, stems: Vec<String>) -> Vec<u32> {
        let number = |stem| {
            let next = self.0.len() as u32;
            *self.0.entry(stem).or_insert(next)
        };
        stems.into_iter().map(number).collect()
    }

    /// The numbers of these stems, if there are any and each has one.
    fn of(&self, stems: &[String]) -> Option<Vec<u32>> {
        let numbers = stems.iter().map(|stem| self.0.get(stem).copied()).collect::<Option<Vec<u32>>>()?;
        (!numbers.is_empty()).then_some(numbers)
    }

    /// The numbers of the stems that begin so.
    fn beginning_with(&self, beginning: &str) -> Vec<u32> {
        let from = self.0.range::<str, _>((Bound::Included(beginning), Bound::Unbounded));
        from.take_while(|(stem, _)| stem.starts_with(beginning)).map(|(_, number)| *number).collect()
    }
}

/// The stems of the words of a text that say something, parts of names as words.
fn roots(text: &str, stems: &mut Stems) -> Vec<String> {
    let words = read_words(text, 0..text.len());
    let words = words.iter().flat_map(Word::parts_or_itself);
    let words = words.filter(|word| !SAY_NOTHING.contains(&word.text.as_str()));
    words.map(|word| stems.root(&word.text)).collect()
}

/// What is compared of a term.
struct Root {
    /// The stems of the word, or of its parts, and those of each of what means the same; only where topics have them.
    ways: Vec<Vec<u32>>,
    /// The stems that begin as longer words do that may have been meant.
    beginnings: Vec<u32>,
    is_common: bool,
}

impl Root {
    fn of(term: &Term, numbers: &Numbers, stems: &mut Stems) -> Self {
        let text = term.corrected.unwrap_or(&term.word.text);
        let is_open = term.word.open != Open::No && text.len() >= LEAST_LETTERS;
        let texts = std::iter::once(text.to_owned()).chain(term.others.iter().map(|other| other.join(" ")));
        Self {
            ways: texts.filter_map(|text| numbers.of(&roots(&text, stems))).collect(),
            beginnings: if is_open { numbers.beginning_with(text) } else { Vec::new() },
            is_common: term.is_common,
        }
    }

    /// Whether it is among these stems.
    fn is_in(&self, stems: &[u32]) -> bool {
        self.ways.iter().any(|way| way.iter().all(|stem| stems.contains(stem)))
            || self.beginnings.iter().any(|stem| stems.contains(stem))
    }
}

impl Topic {
    /// How well the words fit; none where one of them has nothing to do with the topic, or all are too few.
    fn fit(&self, roots: &[Root]) -> Option<Fit> {
        let (mut named, mut tells) = (0, false);
        for root in roots {
            let is_named = root.is_in(&self.name);
            if !is_named && !root.is_in(&self.meaning) {
                return None;
            }
            named += usize::from(is_named);
            tells |= is_named && !root.is_common;
        }
        let whole = self.name.iter().all(|stem| roots.iter().any(|root| root.is_in(std::slice::from_ref(stem))));
        let only_meant = roots.len() - named;
        let is_enough = whole || (tells && named * 2 >= self.name.len()) || (roots.len() >= 2 && only_meant > 0);
        is_enough.then_some(Fit { whole, named, meant: only_meant })
    }
}
