//! How firm the first place is: how far each weight can move, and whether what is missing could change it.
//!
//! Weights are whole numbers from 0 to [`MAX_WEIGHT`], so every one of them is tried: what is said holds for
//! all a reader can ask.

use super::question::MAX_WEIGHT;
use super::score::{Ratings, Score, first};

/// How far the weight of a criterion can move while the first place stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The criterion.
    pub criterion: usize,
    /// The lowest weight of those around the present one.
    pub from: u8,
    /// The highest.
    pub to: u8,
    /// Who has the first place just below; empty where nothing is below, or nobody can be ranked there.
    pub below: Vec<usize>,
    /// Who has it just above.
    pub above: Vec<usize>,
}

impl Hold {
    /// Whether no weight of the criterion changes the first place.
    pub fn is_firm(&self) -> bool {
        self.from == 0 && self.to == MAX_WEIGHT
    }
}

/// How far each weight can move.
pub fn holds(candidates: &[Ratings], weights: &[u8]) -> Vec<Hold> {
    let now = first(candidates, weights);
    (0..weights.len()).map(|criterion| hold(candidates, weights, criterion, &now)).collect()
}

fn hold(candidates: &[Ratings], weights: &[u8], criterion: usize, now: &[usize]) -> Hold {
    let mut tried = weights.to_vec();
    let mut leaders = |weight: u8| {
        tried[criterion] = weight;
        first(candidates, &tried)
    };
    let at = weights[criterion];
    let (mut from, mut to) = (at, at);
    let (mut below, mut above) = (Vec::new(), Vec::new());
    while from > 0 {
        let there = leaders(from - 1);
        if there != now {
            below = there;
            break;
        }
        from -= 1;
    }
    while to < MAX_WEIGHT {
        let there = leaders(to + 1);
        if there != now {
            above = there;
            break;
        }
        to += 1;
    }
    Hold { criterion, from, to, below, above }
}

/// Who could pass whoever is first, if the missing ratings of those who pass were 5 and those of the first were 1.
pub fn rivals(candidates: &[Ratings], weights: &[u8]) -> Vec<usize> {
    let leaders = first(candidates, weights);
    let score = |at: usize| Score::of(&candidates[at], weights);
    let Some(least) = leaders.iter().map(|&at| score(at).points_with(1)).max() else { return Vec::new() };
    let others = (0..candidates.len()).filter(|at| !leaders.contains(at));
    others.filter(|&at| score(at).points_with(5) > least).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_holds_until_a_weight_grows_too_far() {
        let candidates = [vec![Some(5), Some(2)], vec![Some(3), Some(4)]];
        let holds = holds(&candidates, &[2, 1]);
        assert_eq!(holds[1], Hold { criterion: 1, from: 0, to: 1, below: vec![], above: vec![0, 1] });
        assert_eq!(holds[0], Hold { criterion: 0, from: 2, to: 10, below: vec![0, 1], above: vec![] });
        assert!(!holds[0].is_firm());
    }

    #[test]
    fn a_missing_rating_makes_a_rival_where_it_weighs_enough() {
        let candidates = [vec![Some(4), Some(4)], vec![Some(3), None]];
        assert_eq!(rivals(&candidates, &[1, 1]), [0; 0]);
        assert_eq!(rivals(&candidates, &[1, 2]), [1]);
    }
}
