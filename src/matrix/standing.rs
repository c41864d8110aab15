//! How a framework stands against the others: where its rating is the highest or the lowest of all that are rated.

use crate::site::{Category, Site};

/// Numbers as words, up to twelve.
const NUMBERS: [&str; 13] =
    ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// An end of the ratings under a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nobody is rated higher.
    Highest,
    /// Nobody is rated lower.
    Lowest,
}

/// A criterion under which a framework stands at an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The criterion.
    pub criterion: usize,
    /// Which end.
    pub end: End,
    /// The rating, 1 to 5.
    pub rating: u8,
    /// How many frameworks are rated under it.
    pub of: usize,
    /// Who else has that rating.
    pub shared_with: Vec<usize>,
}

impl Standing {
    /// Where a framework stands at an end. An end that more than half of the field shares says nothing and is left out.
    pub fn of(site: &Site, category: &Category, framework: usize) -> Vec<Self> {
        (0..category.criteria.len()).filter_map(|criterion| Self::under(site, category, framework, criterion)).collect()
    }

    fn under(site: &Site, category: &Category, framework: usize, criterion: usize) -> Option<Self> {
        let rated: Vec<(usize, u8)> = category
            .frameworks
            .iter()
            .enumerate()
            .filter(|(_, other)| !other.findings[criterion].gap)
            .filter_map(|(place, other)| Some((place, other.rating(site, criterion)?.value)))
            .collect();
        let rating = rated.iter().find(|(place, _)| *place == framework)?.1;
        let sharing: Vec<usize> = rated.iter().filter(|(_, other)| *other == rating).map(|(place, _)| *place).collect();
        let is_highest = rated.iter().all(|(_, other)| *other <= rating);
        let is_lowest = rated.iter().all(|(_, other)| *other >= rating);
        if is_highest == is_lowest || 2 * sharing.len() > rated.len() {
            return None;
        }
        let shared_with = sharing.into_iter().filter(|place| *place != framework).collect();
        let end = if is_highest { End::Highest } else { End::Lowest };
        Some(Self { criterion, end, rating, of: rated.len(), shared_with })
    }

    /// The standing in words: "highest of nine in Scalability, with Ray".
    pub fn words(&self, category: &Category) -> String {
        let end = if self.end == End::Highest { "highest" } else { "lowest" };
        let of = NUMBERS.get(self.of).map_or_else(|| self.of.to_string(), |word| (*word).to_owned());
        let criterion = &category.criteria[self.criterion].name;
        let name = |place: &usize| category.frameworks[*place].title.as_str();
        match self.shared_with.as_slice() {
            [] => format!("{end} of {of} in {criterion}"),
            [one] => format!("{end} of {of} in {criterion}, with {}", name(one)),
            [one, other] => format!("{end} of {of} in {criterion}, with {} and {}", name(one), name(other)),
            many => {
                let count = NUMBERS.get(many.len()).map_or_else(|| many.len().to_string(), |word| (*word).to_owned());
                format!("{end} of {of} in {criterion}, with {count} others")
            }
        }
    }
}
