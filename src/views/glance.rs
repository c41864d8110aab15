//! The frameworks of a category at a glance: a row each, a cell a criterion.

use super::nav;
use super::section::finding_href;
use crate::content::metadata::DeclaredCriterion;
use crate::matrix::{End, Standing};
use crate::site::{Category, Site};

/// Ratings run from 1 to this.
const RATINGS: u8 = 5;

/// The table of a category.
pub(super) struct Glance<'a> {
    pub criteria: Vec<&'a str>,
    pub groups: Vec<Group<'a>>,
}

/// Frameworks under one label; those without one have an empty label.
pub(super) struct Group<'a> {
    pub label: &'a str,
    pub rows: Vec<Row<'a>>,
}

/// A framework.
pub(super) struct Row<'a> {
    pub href: &'a str,
    pub title: &'a str,
    /// Its name as a form sends it.
    pub slug: String,
    pub mark: usize,
    pub cells: Vec<Cell<'a>>,
}

/// A finding.
pub(super) struct Cell<'a> {
    pub href: String,
    pub criterion: &'a str,
    pub rating: Option<u8>,
    pub gap: bool,
}

impl<'a> Glance<'a> {
    /// The table of a category, groups in the order in which they first come.
    pub fn of(site: &'a Site, category: &'a Category) -> Self {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for index in 0..category.frameworks.len() {
            let label = category.frameworks[index].group.as_deref().unwrap_or_default();
            let row = row(site, category, index);
            match groups.iter_mut().find(|group| group.label == label) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { label, rows: vec![row] }),
            }
        }
        Self { criteria: category.criteria.iter().map(|criterion| criterion.name.as_str()).collect(), groups }
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.criteria.len() + 1
    }
}

fn row<'a>(site: &'a Site, category: &'a Category, index: usize) -> Row<'a> {
    let framework = &category.frameworks[index];
    let cell = |(number, criterion): (usize, &'a DeclaredCriterion)| Cell {
        href: finding_href(site, category, framework, number),
        criterion: &criterion.name,
        rating: framework.rating(site, number).map(|rating| rating.value),
        gap: framework.findings[number].gap,
    };
    Row {
        href: &site.pages[framework.page].url,
        title: &framework.title,
        slug: super::compare::decoded(&framework.slug),
        mark: nav::mark(index),
        cells: category.criteria.iter().enumerate().map(cell).collect(),
    }
}

/// The ratings of a category as a picture that is a table: a row a criterion, a column a rating, in it the marks.
pub(super) struct Field<'a> {
    pub rows: Vec<FieldRow<'a>>,
    /// Whether one of the marks stands out.
    pub has_own: bool,
    /// Whose marks they are, where nothing else on the page says so.
    pub legend: Vec<(usize, &'a str)>,
}

/// A criterion.
pub(super) struct FieldRow<'a> {
    pub criterion: &'a str,
    /// The marks of each rating, 1 to 5.
    pub steps: Vec<Vec<FieldMark<'a>>>,
    /// Those that are not rated.
    pub unrated: Vec<FieldMark<'a>>,
}

/// A framework in the field.
pub(super) struct FieldMark<'a> {
    pub href: String,
    pub title: &'a str,
    pub mark: usize,
    /// Whether it is the framework whose page this is.
    pub is_own: bool,
}

impl<'a> Field<'a> {
    /// The ratings of all frameworks, one of which may stand out; none where nothing is rated.
    pub fn of(site: &'a Site, category: &'a Category, own: Option<usize>) -> Option<Self> {
        let row = |(number, criterion): (usize, &'a DeclaredCriterion)| {
            let rated = |wanted: Option<u8>| {
                let frameworks = category.frameworks.iter().enumerate();
                let marks = frameworks
                    .filter(|(_, framework)| framework.rating(site, number).map(|rating| rating.value) == wanted)
                    .map(|(place, framework)| FieldMark {
                        href: finding_href(site, category, framework, number),
                        title: &framework.title,
                        mark: nav::mark(place),
                        is_own: own == Some(place),
                    });
                marks.collect::<Vec<_>>()
            };
            FieldRow {
                criterion: &criterion.name,
                steps: (1..=RATINGS).map(|rating| rated(Some(rating))).collect(),
                unrated: rated(None),
            }
        };
        let rows: Vec<_> = category.criteria.iter().enumerate().map(row).collect();
        let is_rated = rows.iter().any(|row| row.steps.iter().any(|step| !step.is_empty()));
        let marks =
            category.frameworks.iter().enumerate().map(|(place, framework)| (nav::mark(place), &*framework.title));
        let legend = if own.is_some() { marks.collect() } else { Vec::new() };
        is_rated.then_some(Self { rows, has_own: own.is_some(), legend })
    }
}

/// Where a framework stands out, in words with their places.
pub(super) struct Standings<'a> {
    pub href: &'a str,
    pub title: &'a str,
    pub mark: usize,
    pub strengths: Vec<StandingView>,
    pub weaknesses: Vec<StandingView>,
}

/// A standing and the finding it rests on.
pub(super) struct StandingView {
    pub href: String,
    pub words: String,
}

impl<'a> Standings<'a> {
    /// Where a framework stands out.
    pub fn of(site: &'a Site, category: &'a Category, place: usize) -> Self {
        let framework = &category.frameworks[place];
        let at = |end: End| {
            let standings = Standing::of(site, category, place).into_iter().filter(|standing| standing.end == end);
            let view = standings.map(|standing| StandingView {
                href: finding_href(site, category, framework, standing.criterion),
                words: standing.words(category),
            });
            view.collect::<Vec<_>>()
        };
        Self {
            href: &site.pages[framework.page].url,
            title: &framework.title,
            mark: nav::mark(place),
            strengths: at(End::Highest),
            weaknesses: at(End::Lowest),
        }
    }

    /// Where each framework of a category stands out; those that nowhere do are left out.
    pub fn all(site: &'a Site, category: &'a Category) -> Vec<Self> {
        (0..category.frameworks.len())
            .map(|place| Self::of(site, category, place))
            .filter(|all| !all.is_empty())
            .collect()
    }

    /// Whether it stands out nowhere.
    pub fn is_empty(&self) -> bool {
        self.strengths.is_empty() && self.weaknesses.is_empty()
    }
}
