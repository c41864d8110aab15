//! Selections as query strings: `f=ray,dask&c=architecture&only=differences&sort=-performance`.
//!
//! Reading never fails: what is unknown, outdated or malformed is left out and noted. Writing gives
//! the shortest query that reads back as the same selection.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::must::{MustHave, knows_fact};
use super::selection::{Layout, Line, RowKey, Selection, Sort, SortKey};
use crate::ids;
use crate::site::{Category, Site, encode_path};

/// The key that sorts by title.
const BY_NAME: &str = "name";
/// The values of `only`.
const DIFFERENCES: &str = "differences";
const MEASURED: &str = "measured";
/// The names of the two rows that are no facts; a fact of such a name gets a point before it.
const RATING: &str = "rating";
const SUMMARY: &str = "summary";
/// Quoted text in a note is cut to this many characters.
const QUOTE_CHARS: usize = 40;
/// After this many notes, one more says that there would be others.
const MAX_NOTES: usize = 5;
/// Most must-haves of a selection.
const MAX_MUST: usize = 24;
/// Longest words to find, in characters.
const MAX_FIND_CHARS: usize = 100;

impl Selection {
    /// Reads decoded query pairs: `f`, `c`, `r`, `only` and `open` hold names joined by commas and may be
    /// repeated, as check boxes send them; `must` may be repeated; the others hold one value. Other keys
    /// and empty values are passed over.
    pub fn from_pairs<'a>(
        site: &Site,
        category: &Category,
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Self {
        let mut reader = Reader { site, category, read: Self::default() };
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
        let framework = |framework: usize| encoded(&category.frameworks[framework].slug);
        let criterion = |criterion: usize| encoded(&category.criteria[criterion].slug);
        let mut parts = Vec::new();
        let mut list = |key: &str, values: Vec<String>| {
            if !values.is_empty() {
                parts.push(format!("{key}={}", values.join(",")));
            }
        };
        if self.frameworks != all.frameworks {
            list("f", self.frameworks.iter().copied().map(framework).collect());
        }
        if self.criteria != all.criteria {
            list("c", self.criteria.iter().copied().map(criterion).collect());
        }
        list("r", self.rows.iter().map(|row| row.to_value(category)).collect());
        let only = [(self.only_differences, DIFFERENCES), (self.only_measured, MEASURED)];
        list("only", only.iter().filter(|(on, _)| *on).map(|(_, name)| (*name).to_owned()).collect());
        for must in &self.must {
            list("must", vec![must.to_value(category)]);
        }
        if !self.find.is_empty() {
            list("q", vec![encode_path(&self.find)]);
        }
        list("sort", self.sort.iter().map(|sort| sort.to_value(category)).collect());
        list("as", self.layout.iter().map(|layout| layout.name().to_owned()).collect());
        let open = self.open.iter().map(|(of, under)| format!("{}.{}", framework(*of), criterion(*under)));
        list("open", open.collect());
        parts.join("&")
    }
}

impl RowKey {
    /// The value of `r` that means this row, encoded.
    pub fn to_value(&self, category: &Category) -> String {
        let criterion = encoded(&category.criteria[self.criterion].slug);
        match &self.line {
            Line::Rating => format!("{criterion}.{RATING}"),
            Line::Summary => format!("{criterion}.{SUMMARY}"),
            Line::Fact(slug) if matches!(slug.as_str(), RATING | SUMMARY) => format!("{criterion}..{slug}"),
            Line::Fact(slug) => format!("{criterion}.{}", encoded(slug)),
        }
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
            "r" => match self.row(value) {
                Some(row) => add(&mut self.read.rows, row),
                None => self.note(format!("There is no row \"{}\" here.", quoted(value))),
            },
            "only" if value == DIFFERENCES => self.read.only_differences = true,
            "only" if value == MEASURED => self.read.only_measured = true,
            "only" => self.note(format!(
                "Only \"{DIFFERENCES}\" and \"{MEASURED}\" can be shown alone, not \"{}\".",
                quoted(value)
            )),
            "must" => self.must(value),
            "q" => self.find(value),
            "sort" => self.sort(value),
            "as" => self.layout(value),
            "open" => match self.finding(value) {
                Some(finding) => add(&mut self.read.open, finding),
                None => self.note(format!("There is no finding \"{}\" to open.", quoted(value))),
            },
            _ => {}
        }
    }

    fn must(&mut self, value: &str) {
        match MustHave::read(self.site, self.category, value) {
            None => self.note(format!("\"{}\" is no must-have that can be checked here.", quoted(value))),
            Some(_) if self.read.must.len() == MAX_MUST => {
                self.note(format!("There are {MAX_MUST} must-haves already; \"{}\" was ignored.", quoted(value)));
            }
            Some(must) => add(&mut self.read.must, must),
        }
    }

    fn find(&mut self, value: &str) {
        let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() > MAX_FIND_CHARS || words.contains(char::is_control) {
            self.note(format!("\"{}\" cannot be looked for in the table.", quoted(value)));
        } else if self.read.find.is_empty() {
            self.read.find = words;
        } else if self.read.find != words {
            self.note(format!("The table is searched already; \"{}\" was ignored.", quoted(value)));
        }
    }

    fn sort(&mut self, value: &str) {
        match self.sort_named(value) {
            None => self.note(format!("The columns cannot be sorted by \"{}\".", quoted(value))),
            Some(sort) if self.read.sort.as_ref().is_some_and(|first| *first != sort) => {
                self.note(format!("The columns are sorted already; \"{}\" was ignored.", quoted(value)));
            }
            sort => self.read.sort = sort,
        }
    }

    fn layout(&mut self, value: &str) {
        match Layout::named(value) {
            None => self.note(format!("The table cannot be shown as \"{}\".", quoted(value))),
            Some(layout) if self.read.layout.is_some_and(|first| first != layout) => {
                self.note(format!("The table has a layout already; \"{}\" was ignored.", quoted(value)));
            }
            layout => self.read.layout = layout,
        }
    }

    fn row(&self, value: &str) -> Option<RowKey> {
        let (name, line) = value.split_once('.')?;
        let criterion = criterion_named(self.category, name)?;
        let line = match line {
            RATING => Line::Rating,
            SUMMARY => Line::Summary,
            fact => Line::Fact(self.fact_named(criterion, fact.strip_prefix('.').unwrap_or(fact))?),
        };
        Some(RowKey { criterion, line })
    }

    fn finding(&self, value: &str) -> Option<(usize, usize)> {
        let (framework, criterion) = value.rsplit_once('.')?;
        Some((framework_named(self.category, framework)?, criterion_named(self.category, criterion)?))
    }

    fn sort_named(&self, value: &str) -> Option<Sort> {
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

    /// The slug of a fact that the category knows.
    fn fact_named(&self, criterion: usize, name: &str) -> Option<String> {
        let slug = ids::slug(name);
        knows_fact(self.site, self.category, criterion, &slug).then_some(slug)
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
        self.read.rows.sort_unstable();
        self.read.open.sort_unstable();
        self.read
    }
}

/// The values that a pair holds: several for a list of names; none that are empty.
fn values<'a>(key: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    let separator = if matches!(key, "f" | "c" | "r" | "only" | "open") { ',' } else { '\0' };
    value.split(separator).map(str::trim).filter(|value| !value.is_empty())
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
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

/// A slug as it stands in a query, whether or not it is percent-encoded already.
pub(crate) fn encoded(slug: &str) -> String {
    encode_path(&percent_decode_str(slug).decode_utf8_lossy())
}

/// A value fit to be quoted in a sentence.
pub(crate) fn quoted(value: &str) -> String {
    let mut chars = value.chars().filter(|c| !c.is_control());
    let mut short: String = chars.by_ref().take(QUOTE_CHARS).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}
