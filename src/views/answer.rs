//! The answer to a search, and in it the row of a comparison that answers it: what each framework says, side by side.
//!
//! The row is the same for the page, for programs and for the terminal; only the page uses its HTML.

use serde::Serialize;

use super::{compare, nav};
use crate::choose::listed;
use crate::content::metadata::FactKind;
use crate::content::value;
use crate::matrix::{Cell, CellState, Group, Line, Matrix, Row, RowKey, RowKind, Selection};
use crate::search::{Asked, Results};
use crate::site::{Category, Framework, Place, Site};

/// The answer to a search, as programs get it.
#[derive(Serialize)]
pub struct SearchAnswer<'s> {
    /// What was found.
    #[serde(flatten)]
    pub results: &'s Results,
    /// The row of a comparison that answers the query.
    pub answer: Option<AnswerRow<'s>>,
}

impl<'s> SearchAnswer<'s> {
    /// The answer that some results are of a site.
    pub fn of(site: &'s Site, results: &'s Results) -> Self {
        Self { results, answer: results.asked.as_ref().and_then(|asked| AnswerRow::of(site, asked)) }
    }
}

/// A row of a comparison, or the ratings of some frameworks.
#[derive(Serialize)]
pub struct AnswerRow<'s> {
    /// Slug of the category.
    pub category: &'s str,
    /// Name of the category.
    pub category_title: &'s str,
    /// Name of the criterion; none where the ratings under all of them are shown.
    pub criterion: Option<&'s str>,
    /// What the row compares.
    pub name: String,
    /// What that means; may be empty.
    pub description: &'s str,
    /// Address of the comparison of the same.
    pub url: String,
    /// The frameworks, each with what it says.
    pub cells: Vec<AnswerCell<'s>>,
}

/// What one framework says.
#[derive(Serialize)]
pub struct AnswerCell<'s> {
    /// Its slug.
    pub framework: &'s str,
    /// Its name.
    pub title: &'s str,
    /// Address of the finding.
    pub url: String,
    /// Its rating under the criterion, 1 to 5.
    pub rating: Option<u8>,
    /// Its ratings under all criteria, where these are what is compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<(&'s str, u8)>,
    /// Which kind of answer it is: `value`, `no`, `not-applicable`, `not-stated`.
    pub state: CellState,
    /// What it says.
    pub text: String,
    /// The same as HTML.
    #[serde(skip)]
    pub html: String,
    /// Its mark.
    #[serde(skip)]
    pub mark: usize,
}

impl<'s> AnswerRow<'s> {
    /// The row that a search asks for; frameworks that were not researched in it are left out.
    pub fn of(site: &'s Site, asked: &Asked) -> Option<Self> {
        let category = site.categories.get(asked.category)?;
        if asked.criterion.is_some_and(|criterion| criterion >= category.criteria.len()) {
            return None;
        }
        let all = Selection::all(category);
        let selection = Selection {
            frameworks: if asked.frameworks.is_empty() { all.frameworks } else { asked.frameworks.clone() },
            criteria: asked.criterion.map_or(all.criteria, |criterion| vec![criterion]),
            ..Selection::all(category)
        };
        let matrix = Matrix::build(site, category, &selection);
        let url = compare::address(&category.compare_url(site), category, &asks(asked, category, &selection));
        let row = match asked.criterion {
            None => ratings(site, category, &matrix),
            Some(_) => of_group(site, category, &matrix, matrix.groups.first()?, asked.fact.as_deref())?,
        };
        Some(Self { url, ..row }).filter(|row| !row.cells.is_empty())
    }
}

impl AnswerRow<'_> {
    /// Where the row stands and what it means, in a line.
    pub fn about(&self) -> String {
        let criterion = self.criterion.filter(|criterion| *criterion != self.name);
        let place = [Some(self.category_title), criterion].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        if self.description.is_empty() { place } else { format!("{place}: {}", self.description) }
    }
}

/// The selection that shows an answer in the comparison: the very row for a fact, else all of the criterion.
fn asks(asked: &Asked, category: &Category, selection: &Selection) -> Selection {
    let (Some(criterion), Some(fact)) = (asked.criterion, &asked.fact) else { return selection.clone() };
    let rows = vec![RowKey { criterion, line: Line::Fact(fact.clone()) }];
    Selection { frameworks: selection.frameworks.clone(), rows, ..Selection::all(category) }
}

/// What frameworks say in one row, or how they are rated under a criterion and why.
fn of_group<'s>(
    site: &'s Site,
    category: &'s Category,
    matrix: &Matrix<'s>,
    group: &Group<'s>,
    fact: Option<&str>,
) -> Option<AnswerRow<'s>> {
    let criterion = &category.criteria[group.criterion];
    let row = row_of(group, fact)?;
    let (name, description, kind) = match row.kind {
        RowKind::Fact { name, description, kind, .. } => (name, description, kind),
        _ => (&*criterion.name, &*criterion.description, FactKind::Text),
    };
    let frameworks = matrix.columns.iter().map(|column| column.framework);
    let cells = frameworks.zip(&row.cells).filter(|(_, cell)| cell.state() != CellState::Gap);
    let cells = cells.map(|(at, cell)| {
        let framework = &category.frameworks[at];
        AnswerCell {
            url: matrix.finding_url(framework, group.criterion),
            rating: framework.rating(site, group.criterion).map(|rating| rating.value),
            state: cell.state(),
            text: text(cell),
            html: html(site, framework, kind, cell),
            ..AnswerCell::named(framework, at)
        }
    });
    Some(AnswerRow {
        category: &category.slug,
        category_title: &category.title,
        criterion: Some(&criterion.name),
        name: name.to_owned(),
        description,
        url: String::new(),
        cells: cells.collect(),
    })
}

/// The row of a fact; of none the ratings, or what is said in words where nobody is rated.
fn row_of<'g, 's>(group: &'g Group<'s>, fact: Option<&str>) -> Option<&'g Row<'s>> {
    let of_kind = |kind: RowKind<'s>| group.rows.iter().find(|row| row.kind == kind);
    match fact {
        Some(fact) => group.rows.iter().find(|row| matches!(row.kind, RowKind::Fact { slug, .. } if slug == fact)),
        None => of_kind(RowKind::Rating).or_else(|| of_kind(RowKind::Summary)),
    }
}

/// How frameworks are rated under every criterion.
fn ratings<'s>(site: &'s Site, category: &'s Category, matrix: &Matrix<'s>) -> AnswerRow<'s> {
    let frameworks = matrix.columns.iter().map(|column| (column.framework, &category.frameworks[column.framework]));
    let cells = frameworks.map(|(at, framework)| {
        let criteria = category.criteria.iter().enumerate();
        let ratings = criteria
            .filter_map(|(number, criterion)| Some((criterion.name.as_str(), framework.rating(site, number)?.value)));
        AnswerCell {
            url: site.pages[framework.page].url.clone(),
            ratings: ratings.collect(),
            ..AnswerCell::named(framework, at)
        }
    });
    let names: Vec<&str> = matrix.columns.iter().map(|column| &*category.frameworks[column.framework].title).collect();
    AnswerRow {
        category: &category.slug,
        category_title: &category.title,
        criterion: None,
        name: format!("{} side by side", listed(&names)),
        description: "",
        url: String::new(),
        cells: cells.collect(),
    }
}

impl<'s> AnswerCell<'s> {
    fn named(framework: &'s Framework, at: usize) -> Self {
        Self {
            framework: &framework.slug,
            title: &framework.title,
            url: String::new(),
            rating: None,
            ratings: Vec::new(),
            state: CellState::Value,
            text: String::new(),
            html: String::new(),
            mark: nav::mark(at),
        }
    }
}

/// What a cell says; of a rating only why, since its value stands beside it.
fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Rating(rating) => rating.reason_text.clone(),
        cell => cell.text().into_owned(),
    }
}

fn html(site: &Site, framework: &Framework, kind: FactKind, cell: &Cell<'_>) -> String {
    let Some(template) = cell.html() else { return super::article::escaped(&text(cell)) };
    let filled = site.fill(framework.document, template, Place::Elsewhere);
    match cell.fact() {
        Some(fact) => value::with_consistent_unit(kind, &fact.text, &filled).into_owned(),
        None => filled,
    }
}
