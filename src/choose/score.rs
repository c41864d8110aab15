//! Scores: weighted means of ratings as exact fractions, and the order they give.

use std::cmp::{Ordering, Reverse};

/// The ratings of one framework, one a criterion; none where it has none.
pub type Ratings = Vec<Option<u8>>;

/// A weighted mean of ratings as a fraction, with the weight of what is known and of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Each known rating times its weight, added up.
    pub points: u32,
    /// The weights of the known ratings, added up.
    pub known: u32,
    /// All weights, added up.
    pub total: u32,
}

impl Score {
    /// The score of some ratings.
    pub fn of(ratings: &[Option<u8>], weights: &[u8]) -> Self {
        let mut score = Self { points: 0, known: 0, total: 0 };
        for (rating, weight) in ratings.iter().zip(weights) {
            let weight = u32::from(*weight);
            score.total += weight;
            if let Some(rating) = rating {
                score.points += weight * u32::from(*rating);
                score.known += weight;
            }
        }
        score
    }

    /// The weighted mean, 1 to 5; 0 where nothing is known.
    pub fn mean(&self) -> f64 {
        if self.known == 0 { 0.0 } else { f64::from(self.points) / f64::from(self.known) }
    }

    /// Whether enough is known for a place in the ranking: half of the weight, and something.
    pub fn is_enough(&self) -> bool {
        self.known > 0 && 2 * self.known >= self.total
    }

    /// The order of two means, exactly.
    pub fn compare(&self, other: &Self) -> Ordering {
        (u64::from(self.points) * u64::from(other.known)).cmp(&(u64::from(other.points) * u64::from(self.known)))
    }

    /// The points it would have, of five times the total, if every missing rating were this one.
    pub(super) fn points_with(&self, missing: u32) -> u32 {
        self.points + missing * (self.total - self.known)
    }
}

/// Which candidates are ranked, best first: by score, then by how much is known, then as they stand.
pub fn order(candidates: &[Ratings], weights: &[u8]) -> Vec<usize> {
    let scores: Vec<_> = candidates.iter().map(|ratings| Score::of(ratings, weights)).collect();
    let mut ranked: Vec<usize> = (0..candidates.len()).filter(|&at| scores[at].is_enough()).collect();
    ranked.sort_by(|&a, &b| {
        scores[b].compare(&scores[a]).then_with(|| Reverse(scores[a].known).cmp(&Reverse(scores[b].known)))
    });
    ranked
}

/// Which candidates have the best score, as they stand; several where they share it.
pub fn first(candidates: &[Ratings], weights: &[u8]) -> Vec<usize> {
    let ranked = order(candidates, weights);
    let Some(&best) = ranked.first() else { return Vec::new() };
    let best = Score::of(&candidates[best], weights);
    let mut leaders: Vec<_> =
        ranked.into_iter().filter(|&at| Score::of(&candidates[at], weights).compare(&best).is_eq()).collect();
    leaders.sort_unstable();
    leaders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_rating_neither_helps_nor_harms() {
        let score = Score::of(&[Some(4), None, Some(2)], &[2, 5, 1]);
        assert_eq!(score, Score { points: 10, known: 3, total: 8 });
        assert!((score.mean() - 10.0 / 3.0).abs() < 1e-12);
        assert!(!score.is_enough());
        assert!(Score::of(&[Some(4), None], &[1, 1]).is_enough());
    }

    #[test]
    fn the_best_mean_comes_first_and_equals_share_their_place() {
        let candidates = [vec![Some(3), Some(3)], vec![Some(5), Some(1)], vec![Some(4), None], vec![None, None]];
        assert_eq!(order(&candidates, &[1, 1]), [2, 0, 1]);
        assert_eq!(order(&candidates, &[3, 1]), [1, 2, 0]);
        assert_eq!(first(&candidates, &[3, 1]), [1, 2]);
        assert_eq!(first(&candidates, &[0, 0]), [0; 0]);
    }
}
