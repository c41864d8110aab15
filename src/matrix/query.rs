//! Selections as query strings: `f=ray,dask&c=architecture&only=differences&sort=-performance`.
//!
//! Reading never fails: what is unknown, outdated or malformed is left out and noted. Writing gives
//! the shortest query that reads back as the same selection.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::selection::{Selection, Sort, SortKey};
use crate::ids;
use crate::site::{Category, Site, encode_path};

/// The key that sorts by title.
const BY_NAME: &str = "name";
/// The only value of `only`.
const DIFFERENCES: &str = "differences";
/// Quoted text in a note is cut to this many characters.
const QUOTE_CHARS: usize = 40;
/// After this many notes, one more says that there would be others.
const MAX_NOTES: usize = 5;

impl Selection {
    /// Reads decoded query pairs: `f` and `c` hold names joined by commas and may be repeated, as check
    /// boxes send them; `only` and `sort` hold one value. Other keys and empty values are passed over.
    pub fn from_pairs<'a>(
        site: &Site,
        category: &Category,
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Self {
        let mut reader = Reader { site, category, read: Self::nothing() };
        for (key, value) in pairs {
            for value in values(&key, &value) {
                reader.read(&key, value);
            }
        }
        reader.finish()
    }

    /// The query that asks for this selection, without the `?`; empty for all there is, unsorted.
    pub fn to_query(&self, category: &Category) -> String {
        let all = Self::all(category);
        let mut parts = Vec::new();
        if self.frameworks != all.frameworks {
            let slugs = self.frameworks.iter().map(|&framework| category.frameworks[framework].slug.as_str());
            parts.push(format!("f={}", joined(slugs)));
        }
        if self.criteria != all.criteria {
            let slugs = self.criteria.iter().map(|&criterion| category.criteria[criterion].slug.as_str());
            parts.push(format!("c={}", joined(slugs)));
        }
        if self.only_differences {
            parts.push(format!("only={DIFFERENCES}"));
        }
        if let Some(sort) = &self.sort {
            parts.push(format!("sort={}", sort.to_value(category)));
        }
        parts.join("&")
    }

    fn nothing() -> Self {
        Self { frameworks: Vec::new(), criteria: Vec::new(), only_differences: false, sort: None, notes: Vec::new() }
    }
}

impl Sort {
    /// The value of `sort` that means this order, encoded.
    pub fn to_value(&self, category: &Category) -> String {
        let slug = |criterion: usize| encoded(&category.criteria[criterion].slug);
        let key = match &self.key {
            SortKey::Name => BY_NAME.to_owned(),
            // A criterion of that name needs the point, or it would mean the title.
            SortKey::Rating(criterion) if category.criteria[*criterion].slug == BY_NAME => format!("{BY_NAME}."),
            SortKey::Rating(criterion) => slug(*criterion),
            SortKey::Fact { criterion, fact } => format!("{}.{}", slug(*criterion), encoded(fact)),
        };
        if self.reversed { format!("-{key}") } else { key }
    }
}

struct Reader<'s> {
    site: &'s Site,
    category: &'s Category,
    read: Selection,
}

impl Reader<'_> {
    fn read(&mut self, key: &str, value: &str) {
        match key {
            "f" => match framework_named(self.category, value) {
                Some(framework) => add(&mut self.read.frameworks, framework),
                None => self.note(format!("There is no framework \"{}\" here.", quoted(value))),
            },
            "c" => match criterion_named(self.category, value) {
                Some(criterion) => add(&mut self.read.criteria, criterion),
                None => self.note(format!("There is no criterion \"{}\" here.", quoted(value))),
            },
            "only" if value == DIFFERENCES => self.read.only_differences = true,
            "only" => self.note(format!("Only \"{DIFFERENCES}\" can be shown alone, not \"{}\".", quoted(value))),
            "sort" => match self.sort(value) {
                None => self.note(format!("The columns cannot be sorted by \"{}\".", quoted(value))),
                Some(sort) if self.read.sort.as_ref().is_some_and(|first| *first != sort) => {
                    self.note(format!("The columns are sorted already; \"{}\" was ignored.", quoted(value)));
                }
                sort => self.read.sort = sort,
            },
            _ => {}
        }
    }

    fn sort(&self, value: &str) -> Option<Sort> {
        let (reversed, key) = value.strip_prefix('-').map_or((false, value), |key| (true, key));
        let (name, fact) = key.split_once('.').map_or((key, None), |(name, fact)| (name, Some(fact)));
        let criterion = criterion_named(self.category, name);
        let key = match fact {
            None if name == BY_NAME => SortKey::Name,
            None | Some("") => SortKey::Rating(criterion?),
            Some(fact) => SortKey::Fact { criterion: criterion?, fact: self.fact_named(criterion?, fact)? },
        };
        Some(Sort { key, reversed })
    }

    /// The slug of a fact that is declared, or stated by any framework of the category.
    fn fact_named(&self, criterion: usize, name: &str) -> Option<String> {
        let slug = ids::slug(name);
        let declared = self.category.criteria[criterion].facts.iter().any(|fact| fact.slug == slug);
        let mut frameworks = self.category.frameworks.iter();
        let known = declared
            || frameworks.any(|framework| framework.facts(self.site, criterion).iter().any(|fact| fact.slug == slug));
        known.then_some(slug)
    }

    fn note(&mut self, note: String) {
        let notes = &mut self.read.notes;
        if notes.len() <= MAX_NOTES && !notes.contains(&note) {
            let many = notes.len() == MAX_NOTES;
            notes.push(if many { "More of the address was not understood and left out.".to_owned() } else { note });
        }
    }

    fn finish(mut self) -> Selection {
        let all = Selection::all(self.category);
        if self.read.frameworks.is_empty() {
            self.read.frameworks = all.frameworks;
        }
        if self.read.criteria.is_empty() {
            self.read.criteria = all.criteria;
        }
        self.read.criteria.sort_unstable();
        self.read
    }
}

/// The values that a pair holds: several for a list of names; none that are empty.
fn values<'a>(key: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    let separator = if matches!(key, "f" | "c") { ',' } else { '\0' };
    value.split(separator).map(str::trim).filter(|value| !value.is_empty())
}

fn add(list: &mut Vec<usize>, item: usize) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The framework that a decoded name means; slugs of frameworks are stored as they stand in URLs.
fn framework_named(category: &Category, name: &str) -> Option<usize> {
    let slug = ids::slug(name);
    category.framework_named(&encode_path(&slug)).or_else(|| category.framework_named(&slug))
}

fn criterion_named(category: &Category, name: &str) -> Option<usize> {
    category.criterion_named(&ids::slug(name))
}

fn joined<'a>(slugs: impl Iterator<Item = &'a str>) -> String {
    slugs.map(encoded).collect::<Vec<_>>().join(",")
}

/// A slug as it stands in a query, whether or not it is percent-encoded already.
fn encoded(slug: &str) -> String {
    encode_path(&percent_decode_str(slug).decode_utf8_lossy())
}

/// A value fit to be quoted in a sentence.
fn quoted(value: &str) -> String {
    let mut chars = value.chars().filter(|c| !c.is_control());
    let mut short: String = chars.by_ref().take(QUOTE_CHARS).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
