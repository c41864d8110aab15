//! Building the grid: columns in order, and for each criterion the rows in which frameworks compare.

use super::cell::Cell;
use super::order::{self, Key};
use super::selection::{Selection, Sort, SortKey};
use crate::content::metadata::{FactKind, FactState};
use crate::site::{Category, Framework, Site};

/// Frameworks side by side.
#[derive(Debug)]
pub struct Matrix<'s> {
    /// The frameworks from left to right.
    pub columns: Vec<Column>,
    /// The selected criteria with their rows.
    pub groups: Vec<Group<'s>>,
    /// How many rows differ, whether or not the others are shown.
    pub differing_rows: usize,
    /// How many rows there are, shown or hidden.
    pub total_rows: usize,
    pub(super) site: &'s Site,
    pub(super) category: &'s Category,
}

/// One framework of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its place in the category.
    pub framework: usize,
}

/// The rows of one criterion.
#[derive(Debug)]
pub struct Group<'s> {
    /// Its place in the category.
    pub criterion: usize,
    /// The rows that are shown.
    pub rows: Vec<Row<'s>>,
    /// How many rows are hidden because they say the same of every framework.
    pub hidden_same: usize,
}

/// One thing compared.
#[derive(Debug)]
pub struct Row<'s> {
    /// What it compares.
    pub kind: RowKind<'s>,
    /// One cell a column.
    pub cells: Vec<Cell<'s>>,
    /// Whether the frameworks differ in it; never with a single column.
    pub differs: bool,
}

/// What a row compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind<'s> {
    /// The ratings.
    Rating,
    /// The first paragraphs.
    Summary,
    /// A fact.
    Fact {
        /// Its name: as declared, else as first written.
        name: &'s str,
        /// Its name in URLs.
        slug: &'s str,
        /// What it says; empty where it is not declared.
        description: &'s str,
        /// What its values are.
        kind: FactKind,
        /// Whether the category declares it.
        declared: bool,
    },
}

impl<'s> RowKind<'s> {
    /// The row's heading.
    pub fn name(&self) -> &'s str {
        match self {
            Self::Rating => "Rating",
            Self::Summary => "Summary",
            Self::Fact { name, .. } => name,
        }
    }

    /// What sorts the columns by this row; nothing for prose.
    pub fn sort_key(&self, criterion: usize) -> Option<SortKey> {
        match self {
            Self::Rating => Some(SortKey::Rating(criterion)),
            Self::Summary => None,
            Self::Fact { slug, .. } => Some(SortKey::Fact { criterion, fact: (*slug).to_owned() }),
        }
    }
}

impl<'s> Matrix<'s> {
    /// Builds the grid that a selection of the category asks for.
    pub fn build(site: &'s Site, category: &'s Category, selection: &Selection) -> Self {
        let columns = columns(site, category, selection);
        let mut matrix = Self { columns, groups: Vec::new(), differing_rows: 0, total_rows: 0, site, category };
        let hides = selection.only_differences && matrix.columns.len() > 1;
        for &criterion in &selection.criteria {
            let mut rows = matrix.rows(criterion);
            let total = rows.len();
            let differing = rows.iter().filter(|row| row.differs).count();
            if hides {
                rows.retain(|row| row.differs);
            }
            matrix.total_rows += total;
            matrix.differing_rows += differing;
            matrix.groups.push(Group { criterion, hidden_same: total - rows.len(), rows });
        }
        matrix
    }

    /// The framework of each column.
    pub(super) fn frameworks(&self) -> impl Iterator<Item = &'s Framework> {
        let category = self.category;
        self.columns.iter().map(move |column| &category.frameworks[column.framework])
    }

    /// The address of a framework's finding; of its page where the heading is missing.
    pub fn finding_url(&self, framework: &Framework, criterion: usize) -> String {
        self.site.href(framework.document, framework.findings[criterion].section.unwrap_or(framework.section))
    }

    fn rows(&self, criterion: usize) -> Vec<Row<'s>> {
        let rated = self.frameworks().any(|framework| framework.rating(self.site, criterion).is_some());
        let kinds = rated.then_some(RowKind::Rating).into_iter().chain([RowKind::Summary]);
        kinds.chain(self.facts(criterion)).map(|kind| self.row(criterion, kind)).collect()
    }

    /// The facts of a criterion: the declared ones, then what else any framework states.
    fn facts(&self, criterion: usize) -> Vec<RowKind<'s>> {
        let declared = &self.category.criteria[criterion].facts;
        let mut slugs: Vec<&str> = declared.iter().map(|fact| fact.slug.as_str()).collect();
        let mut kinds: Vec<_> = declared
            .iter()
            .map(|fact| RowKind::Fact {
                name: &fact.name,
                slug: &fact.slug,
                description: &fact.description,
                kind: fact.kind,
                declared: true,
            })
            .collect();
        let stated = self.frameworks().flat_map(|framework| framework.facts(self.site, criterion));
        for fact in stated.filter(|fact| fact.state != FactState::Gap) {
            if !slugs.contains(&fact.slug.as_str()) {
                slugs.push(&fact.slug);
                let (name, slug) = (&fact.name, &fact.slug);
                kinds.push(RowKind::Fact { name, slug, description: "", kind: FactKind::Text, declared: false });
            }
        }
        kinds
    }

    fn row(&self, criterion: usize, kind: RowKind<'s>) -> Row<'s> {
        let cells: Vec<Cell> = self.frameworks().map(|framework| self.cell(framework, criterion, kind)).collect();
        let differs = cells.iter().skip(1).any(|cell| !cell.says_the_same(&cells[0]));
        Row { kind, cells, differs }
    }

    fn cell(&self, framework: &'s Framework, criterion: usize, kind: RowKind<'s>) -> Cell<'s> {
        let finding = framework.findings[criterion];
        let Some(section) = finding.section.filter(|_| !finding.gap) else { return Cell::Gap };
        let found = match kind {
            RowKind::Rating => framework.rating(self.site, criterion).map(Cell::Rating),
            RowKind::Summary => Some(Cell::of_text(&self.site.documents[framework.document], section)),
            RowKind::Fact { slug, .. } => {
                let mut facts = framework.facts(self.site, criterion).iter();
                facts.find(|fact| fact.slug == slug).map(Cell::of_fact)
            }
        };
        found.unwrap_or(Cell::NotStated)
    }
}

/// The selected frameworks in the order of the selection's sorting; equals keep their order.
fn columns(site: &Site, category: &Category, selection: &Selection) -> Vec<Column> {
    let columns = selection.frameworks.iter().map(|&framework| Column { framework });
    let Some(Sort { key, reversed }) = &selection.sort else { return columns.collect() };
    let mut keyed: Vec<_> =
        columns.map(|column| (key_of(site, category, &category.frameworks[column.framework], key), column)).collect();
    keyed.sort_by(|(a, _), (b, _)| order::compare(a.as_ref(), b.as_ref(), *reversed));
    keyed.into_iter().map(|(_, column)| column).collect()
}

/// What a framework has to be sorted by.
fn key_of(site: &Site, category: &Category, framework: &Framework, key: &SortKey) -> Option<Key> {
    match key {
        SortKey::Name => Some(Key::of_text(&framework.title)),
        SortKey::Rating(criterion) => framework.rating(site, *criterion).map(|rating| Key::of_rating(rating.value)),
        SortKey::Fact { criterion, fact: slug } => {
            let fact = framework.facts(site, *criterion).iter().find(|fact| fact.slug == *slug)?;
            Key::of_fact(category.kind_of(*criterion, slug), fact)
        }
    }
}
