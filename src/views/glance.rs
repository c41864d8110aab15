//! The frameworks of a category at a glance: a row each, a cell a criterion.

use super::nav;
use super::section::finding_href;
use crate::site::{Category, Site};

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
    let cell = |(number, criterion): (usize, &'a crate::content::metadata::DeclaredCriterion)| Cell {
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
