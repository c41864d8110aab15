//! The grid as JSON, for other programs. Addresses are paths on the site.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::cell::{Cell, CellState};
use super::grid::{Column, Group, LeftOut, Matrix, Row, RowKind};
use super::selection::Selection;
use super::sources::Source;
use crate::content::metadata::FactKind;
use crate::content::value::{Content, Value};
use crate::site::Framework;

#[derive(Serialize)]
struct Comparison<'s, 'q> {
    category: CategoryJson<'s>,
    /// What every framework must have, in words.
    must: Vec<String>,
    frameworks: Vec<FrameworkJson<'s>>,
    /// The frameworks that do not have it.
    left_out: Vec<LeftOutJson<'s>>,
    criteria: Vec<CriterionJson<'s>>,
    differing_rows: usize,
    total_rows: usize,
    /// What was asked for and cannot be had.
    notes: &'q [String],
}

#[derive(Serialize)]
struct CategoryJson<'s> {
    slug: &'s str,
    title: &'s str,
    url: &'s str,
}

#[derive(Serialize)]
struct FrameworkJson<'s> {
    slug: &'s str,
    title: &'s str,
    url: &'s str,
    group: Option<&'s str>,
    /// The must-haves of which nobody can tell, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<String>,
}

#[derive(Serialize)]
struct LeftOutJson<'s> {
    slug: &'s str,
    title: &'s str,
    /// The must-haves it fails, in words.
    failed: Vec<String>,
}

#[derive(Serialize)]
struct CriterionJson<'s> {
    slug: &'s str,
    name: &'s str,
    description: &'s str,
    hidden_same: usize,
    rows: Vec<RowJson<'s>>,
}

#[derive(Serialize)]
struct RowJson<'s> {
    kind: RowKindJson,
    name: &'s str,
    slug: &'s str,
    description: &'s str,
    /// What the values are; only of facts.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    values_are: Option<FactKind>,
    declared: bool,
    differs: bool,
    values: BTreeMap<&'s str, ValueJson<'s>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum RowKindJson {
    Rating,
    Summary,
    Fact,
}

#[derive(Serialize)]
struct ValueJson<'s> {
    state: CellState,
    text: Cow<'s, str>,
    /// The value as the fact's kind reads it; none where it says no value, or none of that kind.
    #[serde(flatten)]
    content: Option<Content>,
    /// The words around the value: when, how sure, of what.
    #[serde(skip_serializing_if = "String::is_empty")]
    qualifier: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'s str>,
    url: String,
    /// Whether a measured figure stands behind it, and where it is said how that was measured.
    measured: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'s str>,
    sources: Vec<Source<'s>>,
}

impl<'s> Matrix<'s> {
    /// The grid of a selection as JSON: the category, the frameworks in order, and the criteria with their rows.
    pub fn to_json(&self, selection: &Selection) -> serde_json::Value {
        let labels: Vec<String> = selection.must.iter().map(|must| must.label(self.site, self.category)).collect();
        let category = CategoryJson {
            slug: &self.category.slug,
            title: &self.category.title,
            url: &self.site.pages[self.category.page].url,
        };
        let comparison = Comparison {
            category,
            frameworks: self.columns.iter().map(|column| self.framework_json(column, &labels)).collect(),
            left_out: self.left_out.iter().map(|left_out| self.left_out_json(left_out, &labels)).collect(),
            must: labels,
            criteria: self.groups.iter().map(|group| self.criterion_json(group)).collect(),
            differing_rows: self.differing_rows,
            total_rows: self.total_rows,
            notes: &selection.notes,
        };
        serde_json::to_value(comparison).expect("text, numbers and maps with text keys are JSON")
    }

    fn framework_json(&self, column: &Column, labels: &[String]) -> FrameworkJson<'s> {
        let framework = &self.category.frameworks[column.framework];
        FrameworkJson {
            slug: &framework.slug,
            title: &framework.title,
            url: &self.site.pages[framework.page].url,
            group: framework.group.as_deref(),
            unknown: column.unknown.iter().map(|&at| labels[at].clone()).collect(),
        }
    }

    fn left_out_json(&self, left_out: &LeftOut, labels: &[String]) -> LeftOutJson<'s> {
        let framework = &self.category.frameworks[left_out.framework];
        let failed = left_out.failed.iter().map(|&at| labels[at].clone()).collect();
        LeftOutJson { slug: &framework.slug, title: &framework.title, failed }
    }

    fn criterion_json(&self, group: &Group<'s>) -> CriterionJson<'s> {
        let criterion = &self.category.criteria[group.criterion];
        CriterionJson {
            slug: &criterion.slug,
            name: &criterion.name,
            description: &criterion.description,
            hidden_same: group.hidden_same,
            rows: group.rows.iter().map(|row| self.row_json(group.criterion, row)).collect(),
        }
    }

    fn row_json(&self, criterion: usize, row: &Row<'s>) -> RowJson<'s> {
        let (kind, slug, description, values_are, declared) = match row.kind {
            RowKind::Rating => (RowKindJson::Rating, "rating", "", None, false),
            RowKind::Summary => (RowKindJson::Summary, "summary", "", None, false),
            RowKind::Fact { slug, description, kind, declared, .. } => {
                (RowKindJson::Fact, slug, description, Some(kind), declared)
            }
        };
        let values = self.frameworks().zip(&row.cells);
        let values = values.map(|(framework, cell)| {
            (&*framework.slug, self.value_json(framework, criterion, values_are.unwrap_or_default(), cell))
        });
        let (name, differs) = (row.kind.name(), row.differs);
        RowJson { kind, name, slug, description, values_are, declared, differs, values: values.collect() }
    }

    fn value_json(&self, framework: &'s Framework, criterion: usize, kind: FactKind, cell: &Cell<'s>) -> ValueJson<'s> {
        let value = cell.fact().and_then(|fact| Value::of_fact(kind, fact));
        let (content, qualifier) = value.map_or_else(Default::default, |value| (Some(value.content), value.qualifier));
        let rating = if let Cell::Rating(rating) = cell { Some(*rating) } else { None };
        ValueJson {
            state: cell.state(),
            text: cell.text(),
            content,
            qualifier,
            rating: rating.map(|rating| rating.value),
            reason: rating.map(|rating| rating.reason_text.as_str()),
            url: self.finding_url(framework, criterion),
            measured: cell.is_measured(self.site, framework.document),
            method: self.method(framework, cell),
            sources: Source::of_cell(self.site, framework.document, cell),
        }
    }
}
