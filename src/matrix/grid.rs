//! Building the grid: columns in order, and for each criterion the rows in which frameworks compare.

use std::collections::HashSet;

use super::cell::Cell;
use super::find::Words;
use super::must::{MustHave, Verdict};
use super::order::{self, Key};
use super::selection::{Line, RowKey, Selection, Sort, SortKey};
use crate::content::metadata::{FactKind, FactState};
use crate::site::{Category, Framework, Site};

/// Frameworks side by side.
#[derive(Debug)]
pub struct Matrix<'s> {
    /// The frameworks from left to right.
    pub columns: Vec<Column>,
    /// The selected frameworks that do not have what they must.
    pub left_out: Vec<LeftOut>,
    /// The selected criteria with their rows.
    pub groups: Vec<Group<'s>>,
    /// How many rows differ, whether or not the others are shown.
    pub differing_rows: usize,
    /// How many rows there are, those included that are hidden because they do not differ.
    pub total_rows: usize,
    /// How many rows the selected criteria have, whatever is shown of them.
    pub all_rows: usize,
    pub(super) site: &'s Site,
    pub(super) category: &'s Category,
}

/// One framework of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place in the category.
    pub framework: usize,
    /// Which of the must-haves nobody can tell of it, as places in the selection.
    pub unknown: Vec<usize>,
}

/// A framework that does not have what it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its place in the category.
    pub framework: usize,
    /// Which of the must-haves it fails, by their places.
    pub failed: Vec<usize>,
}

impl LeftOut {
    /// Each of the must-haves it fails, with what it says instead, in a line.
    pub fn why(&self, site: &Site, category: &Category, must: &[MustHave]) -> String {
        let framework = &category.frameworks[self.framework];
        let failed = self.failed.iter().map(|&at| {
            let failed = &must[at];
            format!("not “{}”, but “{}”", failed.label(site, category), failed.said(site, framework))
        });
        failed.collect::<Vec<_>>().join("; ")
    }
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

    /// What picks this row.
    pub fn key(&self, criterion: usize) -> RowKey {
        let line = match self {
            Self::Rating => Line::Rating,
            Self::Summary => Line::Summary,
            Self::Fact { slug, .. } => Line::Fact((*slug).to_owned()),
        };
        RowKey { criterion, line }
    }

    /// What its row says of itself: what a fact is about; empty for the others and where nobody declares it.
    pub fn description(&self) -> &'s str {
        if let Self::Fact { description, .. } = self { description } else { "" }
    }

    /// What its values are; text for what is no fact.
    pub fn values_are(&self) -> FactKind {
        if let Self::Fact { kind, .. } = self { *kind } else { FactKind::Text }
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
        let (columns, left_out) = columns(site, category, selection);
        let mut matrix = Self {
            columns,
            left_out,
            groups: Vec::new(),
            differing_rows: 0,
            total_rows: 0,
            all_rows: 0,
            site,
            category,
        };
        let words = Words::of(&selection.find);
        let narrows = !selection.rows.is_empty() || selection.only_measured || !words.is_empty();
        let hides = selection.only_differences && matrix.columns.len() > 1;
        for &criterion in &selection.criteria {
            let mut rows = matrix.rows(criterion);
            matrix.all_rows += rows.len();
            rows.retain(|row| matrix.is_asked_for(criterion, row, selection, &words));
            if narrows && rows.is_empty() {
                continue;
            }
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

    /// Whether a row is among those that were picked, measured and found, as far as the selection asks for that.
    fn is_asked_for(&self, criterion: usize, row: &Row<'s>, selection: &Selection, words: &Words) -> bool {
        let is_picked = || selection.rows.is_empty() || selection.rows.contains(&row.kind.key(criterion));
        let is_measured = || {
            let mut cells = self.frameworks().zip(&row.cells);
            !selection.only_measured || cells.any(|(framework, cell)| cell.is_measured(self.site, framework.document))
        };
        let is_found = || {
            words.is_empty() || words.are_in(row.kind.name()) || row.cells.iter().any(|cell| words.are_in(&cell.text()))
        };
        is_picked() && is_measured() && is_found()
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

    /// Where it is said how the figures of a framework's cell were measured; none where there are none.
    pub fn method(&self, framework: &Framework, cell: &Cell<'s>) -> Option<&'s str> {
        let site = self.site;
        cell.figures(site, framework.document).find_map(|figure| site.method_of(figure.table))
    }

    /// All rows that a criterion has for these frameworks, whatever is shown of them.
    pub fn kinds(&self, criterion: usize) -> Vec<RowKind<'s>> {
        let rated = self.frameworks().any(|framework| framework.rating(self.site, criterion).is_some());
        let kinds = rated.then_some(RowKind::Rating).into_iter().chain([RowKind::Summary]);
        kinds.chain(self.facts(criterion)).collect()
    }

    fn rows(&self, criterion: usize) -> Vec<Row<'s>> {
        self.kinds(criterion).into_iter().map(|kind| self.row(criterion, kind)).collect()
    }

    /// The facts of a criterion: the declared ones, then what else any framework states.
    fn facts(&self, criterion: usize) -> Vec<RowKind<'s>> {
        let declared = &self.category.criteria[criterion].facts;
        let mut slugs: HashSet<&str> = declared.iter().map(|fact| fact.slug.as_str()).collect();
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
            if slugs.insert(&fact.slug) {
                let (name, slug) = (&fact.name, &fact.slug);
                kinds.push(RowKind::Fact { name, slug, description: "", kind: FactKind::Text, declared: false });
            }
        }
        kinds
    }

    fn row(&self, criterion: usize, kind: RowKind<'s>) -> Row<'s> {
        let cells: Vec<Cell> = self.frameworks().map(|framework| self.cell(framework, criterion, kind)).collect();
        let differs = cells.iter().skip(1).any(|cell| !cell.says_the_same(&cells[0], kind.values_are()));
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

/// The selected frameworks that have what they must, in the order of the selection's sorting, where equals
/// keep their order; and those that have not.
fn columns(site: &Site, category: &Category, selection: &Selection) -> (Vec<Column>, Vec<LeftOut>) {
    let (mut columns, mut left_out) = (Vec::new(), Vec::new());
    for &framework in &selection.frameworks {
        let verdict = Verdict::of(&selection.must, site, category, &category.frameworks[framework]);
        if verdict.failed.is_empty() {
            columns.push(Column { framework, unknown: verdict.unknown });
        } else {
            left_out.push(LeftOut { framework, failed: verdict.failed });
        }
    }
    if let Some(Sort { key, reversed }) = &selection.sort {
        let mut keyed: Vec<_> = columns
            .into_iter()
            .map(|column| (key_of(site, category, &category.frameworks[column.framework], key), column))
            .collect();
        keyed.sort_by(|(a, _), (b, _)| order::compare(a.as_ref(), b.as_ref(), *reversed));
        columns = keyed.into_iter().map(|(_, column)| column).collect();
    }
    (columns, left_out)
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
