//! What a reader asks: how much each criterion weighs, and what a framework must have.
//!
//! As a query: `w=architecture:3,performance:5&must=scalability.gpu-scheduling:yes`. Forms send one key a
//! criterion, `w.architecture=3`. Reading never fails: what cannot be had is left out and noted.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::ids;
use crate::matrix::{MustHave, Selection, encoded, quoted};
use crate::site::{Category, Site};

/// The highest weight.
pub const MAX_WEIGHT: u8 = 10;
/// The weight of a criterion of which nothing is said.
pub const USUAL_WEIGHT: u8 = 1;
/// The most notes.
const MAX_NOTES: usize = 6;

/// What a reader asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// A weight from 0 to [`MAX_WEIGHT`] for each criterion of the category.
    pub weights: Vec<u8>,
    /// What a framework must have.
    pub must: Vec<MustHave>,
    /// What was asked for and cannot be had, in plain sentences that quote it: escape them.
    pub notes: Vec<String>,
}

impl Question {
    /// All criteria weigh the same, and nothing is a must.
    pub fn open(category: &Category) -> Self {
        Self { weights: vec![USUAL_WEIGHT; category.criteria.len()], must: Vec::new(), notes: Vec::new() }
    }

    /// Reads decoded query pairs; other keys and empty values are passed over.
    pub fn from_pairs<'a>(
        site: &Site,
        category: &Category,
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Self {
        let mut question = Self::open(category);
        let (mut weighed, mut must) = (BTreeSet::new(), Vec::new());
        for (key, value) in pairs {
            if key == "w" {
                question.read_list(category, &value, &mut weighed);
            } else if let Some(name) = key.strip_prefix("w.")
                && !value.trim().is_empty()
            {
                question.read_weight(category, name, &value, &mut weighed);
            } else if key == "must" {
                must.push((key, value));
            }
        }
        question.read_must(site, category, must.into_iter());
        question
    }

    /// Reads weights such as `architecture:3, Learning Curve 5`; they take the place of those that are set.
    pub fn read_weights(&mut self, category: &Category, text: &str) {
        self.read_list(category, text, &mut BTreeSet::new());
    }

    /// The same for one of several lists; a criterion that is among the `weighed` keeps its weight.
    fn read_list(&mut self, category: &Category, text: &str, weighed: &mut BTreeSet<usize>) {
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            match entry.rsplit_once([':', '=', ' ']) {
                Some((name, weight)) => self.read_weight(category, name.trim_end_matches([':', ' ']), weight, weighed),
                None => self.note(format!("\"{}\" is no weight; write a criterion and a number.", quoted(entry))),
            }
        }
    }

    /// Adds the must-haves of pairs whose key is `must`.
    pub fn read_must<'a>(
        &mut self,
        site: &Site,
        category: &Category,
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) {
        let read = Selection::from_pairs(site, category, pairs.filter(|(key, _)| key == "must"));
        for must in read.must {
            if !self.must.contains(&must) {
                self.must.push(must);
            }
        }
        for note in read.notes {
            self.note(note);
        }
    }

    fn read_weight(&mut self, category: &Category, name: &str, weight: &str, weighed: &mut BTreeSet<usize>) {
        let Some(criterion) = category.criterion_named(&ids::slug(name)) else {
            return self.note(format!("There is no criterion \"{}\" to weigh.", quoted(name)));
        };
        let Some(weight) = weight.trim().parse::<u8>().ok().filter(|weight| *weight <= MAX_WEIGHT) else {
            return self.note(format!("\"{}\" is no weight from 0 to {MAX_WEIGHT}.", quoted(weight)));
        };
        let (name, known) = (&category.criteria[criterion].name, self.weights[criterion]);
        if weighed.insert(criterion) {
            self.weights[criterion] = weight;
        } else if known != weight {
            self.note(format!("{name} weighs {known} already; \"{weight}\" was ignored."));
        }
    }

    fn note(&mut self, note: String) {
        if self.notes.len() < MAX_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The query that asks this, without the `?`; empty for the open question.
    pub fn to_query(&self, category: &Category) -> String {
        let weights: Vec<_> = category
            .criteria
            .iter()
            .zip(&self.weights)
            .filter(|(_, weight)| **weight != USUAL_WEIGHT)
            .map(|(criterion, weight)| format!("{}:{weight}", encoded(&criterion.slug)))
            .collect();
        let weights = (!weights.is_empty()).then(|| format!("w={}", weights.join(",")));
        let must = self.must.iter().map(|must| format!("must={}", must.to_value(category)));
        weights.into_iter().chain(must).collect::<Vec<_>>().join("&")
    }

    /// Whether two questions ask the same, whatever was noted.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        self.weights == other.weights && self.must == other.must
    }
}
