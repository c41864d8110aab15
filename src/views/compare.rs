//! The comparison of a category's frameworks: controls that are a form and links, and one table.

use askama::Template;

use super::Chrome;
use super::document::ToHtml;
use super::frame::Frame;
use super::nav;
use super::section::{finding_href, scale_href};
use crate::content::metadata::FactKind;
use crate::content::value;
use crate::ids;
use crate::matrix::{Cell, CellState, Group, Matrix, Row, RowKind, Selection, Sort, SortKey, Step};
use crate::site::{Category, Framework, Place, Site};

/// The comparison as a page.
#[derive(Template)]
#[template(path = "compare.html", whitespace = "minimize")]
struct ComparePage<'a> {
    frame: Frame<'a>,
    compare: Comparison<'a>,
}

/// The comparison alone, to be put into a page that is there.
#[derive(Template)]
#[template(path = "compare_table.html", whitespace = "minimize")]
struct CompareTable<'a> {
    compare: Comparison<'a>,
}

/// What both show.
struct Comparison<'a> {
    selection: &'a Selection,
    matrix: &'a Matrix<'a>,
    /// Address of the comparison without a query.
    url: String,
    /// The query that asks for this selection, with its `?`; empty for everything.
    query: String,
    frameworks: Vec<Choice<'a>>,
    criteria: Vec<Choice<'a>>,
    sorts: Vec<SortChoice>,
    columns: Vec<ColumnView<'a>>,
    groups: Vec<GroupView<'a>>,
}

/// A framework or criterion that can be chosen.
struct Choice<'a> {
    value: String,
    title: &'a str,
    mark: Option<usize>,
    chosen: bool,
}

/// An order that can be chosen.
struct SortChoice {
    value: String,
    title: String,
    chosen: bool,
}

/// The head of a column; links are absent where they would change nothing.
struct ColumnView<'a> {
    slug: &'a str,
    href: &'a str,
    title: &'a str,
    group: &'a str,
    mark: usize,
    remove: Option<String>,
    left: Option<String>,
    right: Option<String>,
}

/// The rows of a criterion.
struct GroupView<'a> {
    slug: &'a str,
    name: &'a str,
    description: &'a str,
    remove: Option<String>,
    hidden_same: usize,
    rows: Vec<RowView<'a>>,
}

struct RowView<'a> {
    /// Its name in the page, so that what has the focus can be found again.
    id: String,
    name: &'a str,
    description: &'a str,
    /// Where the scale of its ratings is published.
    scale: Option<String>,
    /// Whether its values are numbers.
    is_numeric: bool,
    /// Whether all of several frameworks say something, and the same.
    same: bool,
    sort: Option<SortLink>,
    cells: Vec<CellView>,
}

/// The link that sorts the columns by a row.
struct SortLink {
    href: String,
    /// Value of `aria-sort`, where the columns are sorted by the row.
    order: Option<&'static str>,
}

struct CellView {
    /// Which of the five kinds of answer it gives.
    state: &'static str,
    rating: Option<u8>,
    html: String,
    /// Where to read more.
    more: Option<String>,
}

/// The comparison's page.
pub fn compare_page(chrome: &Chrome<'_>, category: &Category, selection: &Selection, matrix: &Matrix<'_>) -> String {
    let compare = Comparison::of(chrome.site, category, selection, matrix);
    let title = format!("Compare {}", category.title);
    let frame = Frame::below(*chrome, category.page, "compare", title, compare.url.clone(), compare.describe());
    ComparePage { frame, compare }.to_html()
}

/// The part of the comparison's page that a change of the selection changes.
pub fn compare_table(chrome: &Chrome<'_>, category: &Category, selection: &Selection, matrix: &Matrix<'_>) -> String {
    CompareTable { compare: Comparison::of(chrome.site, category, selection, matrix) }.to_html()
}

impl<'a> Comparison<'a> {
    fn of(site: &'a Site, category: &'a Category, selection: &'a Selection, matrix: &'a Matrix<'a>) -> Self {
        let url = category.compare_url(site);
        let links = Links { category, selection, matrix, url: &url };
        Self {
            frameworks: frameworks(category, selection),
            criteria: criteria(category, selection),
            sorts: sorts(category, selection, matrix),
            columns: matrix.columns.iter().map(|column| links.column(site, column.framework)).collect(),
            groups: matrix.groups.iter().map(|group| links.group(site, group)).collect(),
            query: with_mark(selection.to_query(category)),
            selection,
            matrix,
            url,
        }
    }

    /// What is compared, in a sentence.
    fn describe(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.title).collect();
        format!("{} side by side on {} criteria.", names.join(", "), self.groups.len())
    }

    /// Address of an export of the same selection.
    fn export(&self, format: &str) -> String {
        format!("{}.{format}{}", self.url.trim_end_matches('/'), self.query)
    }

    /// How many frameworks are chosen, and of how many.
    fn framework_count(&self) -> String {
        format!("{} of {}", self.columns.len(), self.frameworks.len())
    }

    /// How many criteria are chosen, and of how many.
    fn criterion_count(&self) -> String {
        format!("{} of {}", self.groups.len(), self.criteria.len())
    }
}

/// Makes what links to selections one step away.
struct Links<'a, 'u> {
    category: &'a Category,
    selection: &'a Selection,
    matrix: &'a Matrix<'a>,
    url: &'u str,
}

impl<'a> Links<'a, '_> {
    fn href(&self, selection: &Selection) -> String {
        format!("{}{}", self.url, with_mark(selection.to_query(self.category)))
    }

    /// The address of a changed selection; none where nothing changed.
    fn step(&self, changed: &Selection) -> Option<String> {
        let same = changed.frameworks == self.selection.frameworks && changed.criteria == self.selection.criteria;
        (!same).then(|| self.href(changed))
    }

    fn column(&self, site: &'a Site, place: usize) -> ColumnView<'a> {
        let framework = &self.category.frameworks[place];
        let at = self.matrix.columns.iter().position(|column| column.framework == place).unwrap_or_default();
        let moved = |step| self.href(&self.selection.with_framework_moved(self.matrix, place, step));
        ColumnView {
            slug: &framework.slug,
            href: &site.pages[framework.page].url,
            title: &framework.title,
            group: framework.group.as_deref().unwrap_or_default(),
            mark: nav::mark(place),
            remove: self.step(&self.selection.with_framework_toggled(place)),
            left: (at > 0).then(|| moved(Step::Left)),
            right: (at + 1 < self.matrix.columns.len()).then(|| moved(Step::Right)),
        }
    }

    fn group(&self, site: &Site, group: &Group<'a>) -> GroupView<'a> {
        let criterion = &self.category.criteria[group.criterion];
        GroupView {
            slug: &criterion.slug,
            name: &criterion.name,
            description: &criterion.description,
            remove: self.step(&self.selection.with_criterion_toggled(group.criterion)),
            hidden_same: group.hidden_same,
            rows: group.rows.iter().map(|row| self.row(site, group.criterion, row)).collect(),
        }
    }

    fn row(&self, site: &Site, criterion: usize, row: &Row<'a>) -> RowView<'a> {
        let frameworks = self.matrix.columns.iter().map(|column| &self.category.frameworks[column.framework]);
        let slug = &self.category.criteria[criterion].slug;
        let kind = if let RowKind::Fact { kind, .. } = row.kind { kind } else { FactKind::Text };
        let has_scale = row.kind == RowKind::Rating && !self.category.criteria[criterion].scale.is_empty();
        RowView {
            id: format!("fg-row-{slug}-{}", ids::slug(row.kind.name())),
            name: row.kind.name(),
            description: match row.kind {
                RowKind::Fact { description, .. } => description,
                _ => "",
            },
            scale: has_scale.then(|| scale_href(site, self.category)),
            is_numeric: kind.is_numeric(),
            same: !row.differs && row.cells.len() > 1 && says_something(&row.cells[0]),
            sort: row.kind.sort_key(criterion).filter(|_| self.matrix.columns.len() > 1).map(|key| self.sort(key)),
            cells: frameworks
                .zip(&row.cells)
                .map(|(framework, cell)| self.cell(site, framework, criterion, kind, cell))
                .collect(),
        }
    }

    /// The columns sorted by a row, then turned round, then as they were chosen.
    fn sort(&self, key: SortKey) -> SortLink {
        let current = self.selection.sort.as_ref().filter(|sort| sort.key == key);
        let (next, order) = match current {
            None => (Some(Sort { key, reversed: false }), None),
            Some(Sort { reversed: false, .. }) => (Some(Sort { key, reversed: true }), Some("ascending")),
            Some(Sort { reversed: true, .. }) => (None, Some("descending")),
        };
        SortLink { href: self.href(&self.selection.with_sort(next)), order }
    }

    fn cell(&self, site: &Site, framework: &Framework, criterion: usize, kind: FactKind, cell: &Cell<'_>) -> CellView {
        let html = match (cell.html(), cell.state()) {
            (_, CellState::Gap) => "not researched".to_owned(),
            (_, CellState::NotStated) => "not stated".to_owned(),
            (Some(html), _) => {
                let filled = site.fill(framework.document, html, Place::Elsewhere);
                cell.fact()
                    .map_or(filled.clone(), |fact| value::with_consistent_unit(kind, &fact.text, &filled).into_owned())
            }
            (None, _) if matches!(cell, Cell::Rating(_)) => String::new(),
            (None, _) => super::article::escaped(&cell.text()),
        };
        let leads_on = matches!(cell, Cell::Summary { more: true, .. });
        CellView {
            state: cell.state().name(),
            rating: if let Cell::Rating(rating) = cell { Some(rating.value) } else { None },
            html,
            more: leads_on.then(|| finding_href(site, self.category, framework, criterion)),
        }
    }
}

fn says_something(cell: &Cell<'_>) -> bool {
    !matches!(cell.state(), CellState::Gap | CellState::NotStated)
}

/// The frameworks to choose from, in the category's order; once columns were moved, the chosen ones come
/// first as they stand, so that the form keeps their order.
fn frameworks<'a>(category: &'a Category, selection: &Selection) -> Vec<Choice<'a>> {
    let choice = |(place, chosen): (usize, bool)| {
        let framework = &category.frameworks[place];
        Choice { value: decoded(&framework.slug), title: &framework.title, mark: Some(nav::mark(place)), chosen }
    };
    if selection.frameworks.is_sorted() {
        let all = (0..category.frameworks.len()).map(|place| (place, selection.frameworks.contains(&place)));
        return all.map(choice).collect();
    }
    let others = (0..category.frameworks.len()).filter(|place| !selection.frameworks.contains(place));
    let chosen = selection.frameworks.iter().map(|&place| (place, true));
    chosen.chain(others.map(|place| (place, false))).map(choice).collect()
}

fn criteria<'a>(category: &'a Category, selection: &Selection) -> Vec<Choice<'a>> {
    let choice = |(place, criterion): (usize, &'a crate::content::metadata::DeclaredCriterion)| Choice {
        value: criterion.slug.clone(),
        title: &criterion.name,
        mark: None,
        chosen: selection.criteria.contains(&place),
    };
    category.criteria.iter().enumerate().map(choice).collect()
}

/// The orders to choose from: as chosen, by name, and by every row that is shown.
fn sorts(category: &Category, selection: &Selection, matrix: &Matrix<'_>) -> Vec<SortChoice> {
    let current = selection.sort.as_ref();
    let of_rows = matrix.groups.iter().flat_map(|group| {
        let name = &category.criteria[group.criterion].name;
        group.rows.iter().filter_map(move |row| {
            Some((row.kind.sort_key(group.criterion)?, format!("{name}: {}", row.kind.name().to_lowercase())))
        })
    });
    let mut choices = vec![SortChoice { value: String::new(), title: "As chosen".to_owned(), chosen: false }];
    for (key, title) in [(SortKey::Name, "Name".to_owned())].into_iter().chain(of_rows) {
        let reversed = current.is_some_and(|sort| sort.key == key && sort.reversed);
        let sort = Sort { key, reversed };
        choices.push(SortChoice {
            value: decoded(&sort.to_value(category)),
            title: if reversed { format!("{title}, reversed") } else { title },
            chosen: current == Some(&sort),
        });
    }
    if let Some(sort) = current.filter(|_| !choices.iter().any(|choice| choice.chosen)) {
        let value = decoded(&sort.to_value(category));
        choices.push(SortChoice { title: value.clone(), value, chosen: true });
    }
    choices
}

/// A slug as it stands in a form, which encodes what it sends.
pub(super) fn decoded(slug: &str) -> String {
    percent_encoding::percent_decode_str(slug).decode_utf8_lossy().into_owned()
}

pub(super) fn with_mark(query: String) -> String {
    if query.is_empty() { query } else { format!("?{query}") }
}
