//! Must-haves: what a framework must state, written as `GPU scheduling: yes`, `Round trip < 5 ms`,
//! `Needs besides Python: not Java`, `Scalability >= 4` or, without a name, `no JVM`.
//!
//! Without a name, what is not wanted is a question that the category asks ("no dashboard"), else something to
//! be named in its one fact that says what a framework needs. Words count with those that mean the same.
//!
//! A must-have is met, failed, or not known. A gap, a fact that is not stated and a value that its kind
//! cannot read decide nothing; so does "Not applicable", but for what must not be named.

use std::collections::HashSet;

use super::condition::{Bound, Test, negated, word};
use super::named::words_of;
use super::query::encoded;
use crate::content::metadata::{DeclaredFact, Fact, FactKind, FactState};
use crate::content::value::Answer;
use crate::ids;
use crate::site::{Category, Framework, Site};

/// Longest text of a must-have, in characters; what is longer is not understood.
const MAX_CHARS: usize = 120;

/// What a framework must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MustHave {
    /// The criterion it is about.
    pub criterion: usize,
    /// The fact it is about, by its slug; none for the rating.
    pub fact: Option<String>,
    /// What must hold.
    pub test: Test,
}

/// Whether a framework has what it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has.
    Met,
    /// It has not.
    Failed,
    /// Nobody has looked, or what is said does not decide it.
    Unknown,
}

/// What becomes of several must-haves with one framework, as places among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Those it fails.
    pub failed: Vec<usize>,
    /// Those of which nobody can tell.
    pub unknown: Vec<usize>,
}

impl Verdict {
    /// The verdict on a framework.
    pub fn of(must: &[MustHave], site: &Site, category: &Category, framework: &Framework) -> Self {
        let mut verdict = Self::default();
        for (at, must) in must.iter().enumerate() {
            match must.outcome(site, category, framework) {
                Outcome::Met => {}
                Outcome::Failed => verdict.failed.push(at),
                Outcome::Unknown => verdict.unknown.push(at),
            }
        }
        verdict
    }
}

impl MustHave {
    /// Reads a must-have; none where it names nothing of the category, or asks what its kind cannot answer.
    pub fn read(site: &Site, category: &Category, text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().count() > MAX_CHARS || text.contains(char::is_control) {
            return None;
        }
        let Some(at) = text.find(FIRST_OF_SIGNS) else { return Self::without(category, text) };
        let (name, rest) = (&text[..at], &text[at..]);
        let (sign, wanted) = SIGNS.iter().find_map(|(sign, bound)| Some((*bound, rest.strip_prefix(sign)?.trim())))?;
        let knows = |criterion: usize, slug: &str| knows_fact(site, category, criterion, slug);
        let (criterion, fact) = subject(category, name.trim(), knows)?;
        let test = match (&fact, sign) {
            (None, Some(bound)) => wanted
                .parse::<u8>()
                .ok()
                .filter(|rating| (1..=5).contains(rating))
                .map(|rating| Test::Bound(bound, rating.to_string())),
            (None, None) => None,
            (Some(fact), sign) => Test::read(category.kind_of(criterion, fact), sign, wanted),
        };
        Some(Self { criterion, fact, test: test? })
    }

    /// Reads what is not wanted, without the name of a fact: `no JVM`, `not Java`.
    fn without(category: &Category, text: &str) -> Option<Self> {
        let unwanted = negated(text)?.trim();
        words_of(unwanted).next()?;
        let slug = ids::slug(unwanted);
        let is_asked = |fact: &DeclaredFact| fact.kind == FactKind::YesNo && fact.slug == slug;
        let asked = only_fact(category, is_asked).map(|of| (of, Test::Answer(Answer::No)));
        let ((criterion, fact), test) = asked.or_else(|| {
            let of = only_fact(category, says_what_is_needed)?;
            Some((of, Test::NamesNot(unwanted.to_owned())))
        })?;
        Some(Self { criterion, fact: Some(fact), test })
    }

    /// The must-have as it stands in a URL, encoded; it reads back as the same one.
    pub fn to_value(&self, category: &Category) -> String {
        let criterion = encoded(&category.criteria[self.criterion].slug);
        let subject = match &self.fact {
            Some(fact) => format!("{criterion}.{}", encoded(fact)),
            None => criterion,
        };
        format!("{subject}{}", self.test.to_value())
    }

    /// The must-have in words, with the name of the fact as the category writes it.
    pub fn label(&self, site: &Site, category: &Category) -> String {
        let name = self.name(site, category);
        match &self.test {
            Test::Answer(answer) => format!("{name}: {}", word(*answer)),
            Test::Names(words) => format!("{name}: {words}"),
            Test::NamesNot(words) => format!("{name}: not {words}"),
            Test::Bound(bound, value) if self.fact.is_none() => format!("{name} {} {value}/5", bound.words()),
            Test::Bound(bound, value) => format!("{name} {} {value}", bound.words()),
        }
    }

    /// The name of what it is about.
    pub fn name<'s>(&self, site: &'s Site, category: &'s Category) -> &'s str {
        let criterion = &category.criteria[self.criterion];
        let Some(slug) = &self.fact else { return &criterion.name };
        let declared = criterion.facts.iter().find(|fact| fact.slug == *slug).map(|fact| fact.name.as_str());
        let stated = || {
            let mut facts = category.frameworks.iter().flat_map(|framework| framework.facts(site, self.criterion));
            facts.find(|fact| fact.slug == *slug).map_or("", |fact| fact.name.as_str())
        };
        declared.unwrap_or_else(stated)
    }

    /// Whether a framework has it.
    pub fn outcome(&self, site: &Site, category: &Category, framework: &Framework) -> Outcome {
        if framework.findings[self.criterion].gap {
            return Outcome::Unknown;
        }
        let holds = match &self.fact {
            None => framework.rating(site, self.criterion).and_then(|rating| self.test.holds_of_rating(rating.value)),
            Some(_) => self
                .stated(site, framework)
                .and_then(|fact| self.test.holds_of_fact(site, category.kind_of(self.criterion, &fact.slug), fact)),
        };
        match holds {
            Some(true) => Outcome::Met,
            Some(false) => Outcome::Failed,
            None => Outcome::Unknown,
        }
    }

    /// What a framework says about it, as plain text.
    pub fn said(&self, site: &Site, framework: &Framework) -> String {
        if framework.findings[self.criterion].gap {
            return "not researched".to_owned();
        }
        match &self.fact {
            None => framework
                .rating(site, self.criterion)
                .map_or_else(|| "not rated".to_owned(), |rating| format!("{}/5", rating.value)),
            Some(_) => match self.stated(site, framework) {
                None => "not stated".to_owned(),
                Some(fact) if fact.state == FactState::Gap => "not researched".to_owned(),
                Some(fact) => fact.text.clone(),
            },
        }
    }

    fn stated<'s>(&self, site: &'s Site, framework: &Framework) -> Option<&'s Fact> {
        let slug = self.fact.as_deref()?;
        framework.facts(site, self.criterion).iter().find(|fact| fact.slug == slug)
    }
}

/// How a must-have about each declared fact begins: with the fact's name and the sign that fits its values.
pub fn beginnings<'c>(site: &Site, category: &'c Category) -> Vec<(String, &'c DeclaredFact)> {
    let known = known_facts(site, category);
    let begin = |(criterion, fact): (usize, &'c DeclaredFact)| {
        let means = || subject(category, &fact.name, |criterion, slug| known.contains(&(criterion, slug)));
        let is_enough = !fact.name.contains(FIRST_OF_SIGNS) && means() == Some((criterion, Some(fact.slug.clone())));
        let name = match is_enough {
            true => fact.name.clone(),
            false => format!("{}.{}", category.criteria[criterion].slug, fact.slug),
        };
        let sign = match fact.kind {
            FactKind::Text | FactKind::List | FactKind::YesNo => ":",
            FactKind::Number | FactKind::Duration | FactKind::Size => " <",
            FactKind::Rate | FactKind::Version | FactKind::Date => " >=",
        };
        (format!("{name}{sign} "), fact)
    };
    let criteria = category.criteria.iter().enumerate();
    criteria.flat_map(|(number, of)| of.facts.iter().map(move |fact| (number, fact))).map(begin).collect()
}

/// Every fact that is declared under a criterion or stated by any framework of the category: criterion and slug.
fn known_facts<'s>(site: &'s Site, category: &'s Category) -> HashSet<(usize, &'s str)> {
    let of = |number: usize| {
        let declared = category.criteria[number].facts.iter().map(|fact| fact.slug.as_str());
        let frameworks = category.frameworks.iter();
        let stated = frameworks.flat_map(move |framework| framework.facts(site, number)).map(|fact| fact.slug.as_str());
        declared.chain(stated).map(move |slug| (number, slug))
    };
    (0..category.criteria.len()).flat_map(of).collect()
}

/// What a sign can start with.
const FIRST_OF_SIGNS: [char; 6] = [':', '<', '>', '=', '≤', '≥'];

/// The signs that divide a name from what is wanted; longer ones first.
const SIGNS: [(&str, Option<Bound>); 7] = [
    ("<=", Some(Bound::AtMost)),
    (">=", Some(Bound::AtLeast)),
    ("≤", Some(Bound::AtMost)),
    ("≥", Some(Bound::AtLeast)),
    ("<", Some(Bound::Below)),
    (">", Some(Bound::Above)),
    (":", None),
];

/// With these words begins the name of a fact that says what a framework needs.
const NEEDS: [&str; 4] = ["needs", "requires", "requirements", "dependencies"];

/// Whether a fact says in words what a framework needs.
fn says_what_is_needed(fact: &DeclaredFact) -> bool {
    let is_words = matches!(fact.kind, FactKind::Text | FactKind::List);
    is_words && words_of(&fact.name).next().is_some_and(|word| NEEDS.contains(&word.as_str()))
}

/// The one declared fact of a category for which something holds; none where it holds for several.
fn only_fact(category: &Category, holds: impl Fn(&DeclaredFact) -> bool) -> Option<(usize, String)> {
    let mut fitting = category.criteria.iter().enumerate().flat_map(|(number, criterion)| {
        criterion.facts.iter().filter(|fact| holds(fact)).map(move |fact| (number, fact.slug.clone()))
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

/// What a name means: `criterion.fact`, the name of a fact of any criterion, or of a criterion.
fn subject(category: &Category, name: &str, has: impl Fn(usize, &str) -> bool) -> Option<(usize, Option<String>)> {
    if let Some((criterion, fact)) = name.split_once('.')
        && let Some(criterion) = category.criterion_named(&ids::slug(criterion))
    {
        let slug = ids::slug(fact);
        return has(criterion, &slug).then_some((criterion, Some(slug)));
    }
    let slug = ids::slug(name);
    let rating = category.criterion_named(&slug).map(|criterion| (criterion, None));
    rating.or_else(|| {
        let criterion = (0..category.criteria.len()).find(|&criterion| has(criterion, &slug))?;
        Some((criterion, Some(slug)))
    })
}

/// Whether a fact is declared under a criterion, or stated by any framework of the category.
pub(super) fn knows_fact(site: &Site, category: &Category, criterion: usize, slug: &str) -> bool {
    let declared = category.criteria[criterion].facts.iter().any(|fact| fact.slug == slug);
    let mut frameworks = category.frameworks.iter();
    declared || frameworks.any(|framework| framework.facts(site, criterion).iter().any(|fact| fact.slug == slug))
}
