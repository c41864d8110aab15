//! The answer to a question: who is ranked where and why, who is left out, and how firm that is.

use super::question::Question;
use super::score::{Ratings, Score, order};
use super::stability::{Doubts, Hold, doubts, holds};
use crate::matrix::{LeftOut, Verdict};
use crate::site::{Category, Site};

/// The answer to a question.
#[derive(Debug)]
pub struct Answer {
    /// The frameworks with a place, best first.
    pub ranked: Vec<Ranked>,
    /// Those of which too little is known for a place.
    pub unranked: Vec<Ranked>,
    /// Those that fail a must-have.
    pub left_out: Vec<LeftOut>,
    /// How far each weight can move while the first place stays as it is; frameworks by their places in the category.
    pub holds: Vec<Hold>,
    /// What missing ratings and unknown must-haves could change about the first place; frameworks by their places in the
    /// category.
    pub doubts: Doubts,
}

/// A framework with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Its place in the category.
    pub framework: usize,
    /// Its place in the ranking, from 1; equals share theirs, and the next is counted on. 0 where it has none.
    pub place: usize,
    /// Its score.
    pub score: Score,
    /// What makes up the score, one a criterion.
    pub parts: Vec<Part>,
    /// The must-haves of which nobody can tell, as places in the question.
    pub unknown: Vec<usize>,
    /// How much of what was asked is known, 0 to 1.
    pub confidence: f64,
}

/// What a criterion adds to a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The criterion's weight.
    pub weight: u8,
    /// The rating; none where it is missing.
    pub rating: Option<u8>,
    /// How much of the score it is.
    pub adds: f64,
}

impl Answer {
    /// Answers a question about a category.
    pub fn to(site: &Site, category: &Category, question: &Question) -> Self {
        let (mut candidates, mut left_out) = (Vec::new(), Vec::new());
        for framework in 0..category.frameworks.len() {
            let verdict = Verdict::of(&question.must, site, category, &category.frameworks[framework]);
            if verdict.failed.is_empty() {
                candidates.push((framework, verdict.unknown));
            } else {
                left_out.push(LeftOut { framework, failed: verdict.failed });
            }
        }
        let ratings: Vec<Ratings> =
            candidates.iter().map(|(framework, _)| ratings(site, category, *framework)).collect();
        let all: Vec<_> = candidates
            .into_iter()
            .zip(&ratings)
            .map(|((framework, unknown), ratings)| Ranked::new(framework, unknown, ratings, question))
            .collect();
        Self::of(all, &ratings, left_out, &question.weights)
    }

    fn of(all: Vec<Ranked>, ratings: &[Ratings], left_out: Vec<LeftOut>, weights: &[u8]) -> Self {
        let places = |candidates: &[usize]| candidates.iter().map(|&at| all[at].framework).collect::<Vec<_>>();
        let holds = holds(ratings, weights)
            .into_iter()
            .map(|hold| Hold { below: places(&hold.below), above: places(&hold.above), ..hold })
            .collect();
        let may_fail: Vec<_> = all.iter().map(|ranked| !ranked.unknown.is_empty()).collect();
        let Doubts { rivals, unsure } = doubts(ratings, &may_fail, weights);
        let doubts = Doubts { rivals: places(&rivals), unsure: places(&unsure) };
        let order = order(ratings, weights);
        let mut ranked: Vec<Ranked> = Vec::new();
        for &at in &order {
            let place = match ranked.last() {
                Some(before) if before.score.compare(&all[at].score).is_eq() => before.place,
                _ => ranked.len() + 1,
            };
            ranked.push(Ranked { place, ..all[at].clone() });
        }
        let unranked = (0..all.len()).filter(|at| !order.contains(at)).map(|at| all[at].clone()).collect();
        Self { ranked, unranked, left_out, holds, doubts }
    }

    /// Those who share the first place.
    pub fn leaders(&self) -> impl Iterator<Item = &Ranked> {
        self.ranked.iter().take_while(|ranked| ranked.place == 1)
    }
}

impl Ranked {
    fn new(framework: usize, unknown: Vec<usize>, ratings: &[Option<u8>], question: &Question) -> Self {
        let score = Score::of(ratings, &question.weights);
        let part = |(rating, weight): (&Option<u8>, &u8)| {
            let adds = rating.filter(|_| score.known > 0);
            let adds =
                adds.map_or(0.0, |rating| f64::from(u32::from(rating) * u32::from(*weight)) / f64::from(score.known));
            Part { weight: *weight, rating: *rating, adds }
        };
        let parts = ratings.iter().zip(&question.weights).map(part).collect();
        let confidence = confidence(&score, question.must.len(), unknown.len());
        Self { framework, place: 0, score, parts, unknown, confidence }
    }
}

/// How much of what was asked is known: the weights and the must-haves, each of which counts as a weight of 1.
fn confidence(score: &Score, must: usize, unknown: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let asked = f64::from(score.total) + count(must);
    if asked > 0.0 { (f64::from(score.known) + count(must - unknown)) / asked } else { 0.0 }
}

fn ratings(site: &Site, category: &Category, framework: usize) -> Ratings {
    let framework = &category.frameworks[framework];
    let rating = |criterion: usize| {
        let rating = framework.rating(site, criterion).filter(|_| !framework.findings[criterion].gap);
        rating.map(|rating| rating.value)
    };
    (0..category.criteria.len()).map(rating).collect()
}
