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

/// What becomes of the first place if what is missing turns out one way or the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    /// Who is not first now and could be, alone or beside others.
    pub rivals: Vec<usize>,
    /// Who is first now and could lose that.
    pub unsure: Vec<usize>,
}

/// Who could be first and who could lose that place, where each missing rating may turn out as 1 to 5 and each candidate
/// of `may_fail` may be left out. Nothing is in doubt where nobody is first.
pub fn doubts(candidates: &[Ratings], may_fail: &[bool], weights: &[u8]) -> Doubts {
    let leaders = first(candidates, weights);
    if leaders.is_empty() {
        return Doubts::default();
    }
    let points = |at: usize, missing: u32| Score::of(&candidates[at], weights).points_with(missing);
    let others = |of: usize| (0..candidates.len()).filter(move |&at| at != of);
    // Better for one and worse for the others are independent, so the two ends are enough.
    let could_be_first = |at: usize| others(at).all(|other| may_fail[other] || points(at, 5) >= points(other, 1));
    let could_fall = |at: usize| may_fail[at] || others(at).any(|other| points(other, 5) > points(at, 1));
    let behind = (0..candidates.len()).filter(|at| !leaders.contains(at));
    Doubts {
        rivals: behind.filter(|&at| could_be_first(at)).collect(),
        unsure: leaders.iter().copied().filter(|&at| could_fall(at)).collect(),
    }
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

    fn doubted(candidates: &[Ratings], may_fail: &[bool], weights: &[u8]) -> (Vec<usize>, Vec<usize>) {
        let Doubts { rivals, unsure } = doubts(candidates, may_fail, weights);
        (rivals, unsure)
    }

    #[test]
    fn a_missing_rating_makes_a_rival_where_it_weighs_enough() {
        let candidates = [vec![Some(4), Some(5)], vec![Some(3), None]];
        assert_eq!(doubted(&candidates, &[false; 2], &[1, 1]), (vec![], vec![]));
        let candidates = [vec![Some(4), Some(4)], vec![Some(3), None]];
        assert_eq!(doubted(&candidates, &[false; 2], &[1, 1]), (vec![1], vec![]), "they could share it");
        assert_eq!(doubted(&candidates, &[false; 2], &[1, 2]), (vec![1], vec![0]));
    }

    #[test]
    fn of_those_who_share_the_first_place_one_with_a_gap_makes_it_unsure() {
        let candidates = [vec![Some(4), Some(4)], vec![Some(4), None]];
        assert_eq!(doubted(&candidates, &[false; 2], &[1, 1]), (vec![], vec![0, 1]));
    }

    #[test]
    fn who_may_fail_a_must_have_is_unsure_and_lets_others_come_first() {
        let candidates = [vec![Some(5)], vec![Some(1)], vec![Some(2)]];
        assert_eq!(doubted(&candidates, &[true, false, false], &[1]), (vec![2], vec![0]));
        assert_eq!(doubted(&candidates, &[true, false, true], &[1]), (vec![1, 2], vec![0]));
        assert_eq!(doubted(&candidates[..1], &[true], &[1]), (vec![], vec![0]), "then nobody is left");
    }
}
