//! Frameworks as a document holds them: the headings that answer to a category's criteria, and what stands below them.

use super::Finding;
use crate::content::metadata::{DeclaredCriterion, FactState};
use crate::content::sections::{Body, CRITERIA_HEADING, Document};

/// A heading is a framework when this many of its direct sub-headings are criteria.
const CRITERIA_OF_A_FRAMEWORK: usize = 2;

/// The sections that are frameworks, outermost first; what lies in one is part of it.
pub(super) fn framework_sections(document: &Document, criteria: &[DeclaredCriterion]) -> Vec<usize> {
    let is_criterion = |section: usize| {
        let slug = document.sections[section].slug();
        criteria.iter().any(|criterion| criterion.slug == slug)
    };
    let declares = |section: usize| {
        !document.criteria.is_empty()
            && (section..document.sections[section].end).any(|at| document.sections[at].slug() == CRITERIA_HEADING)
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < document.sections.len() {
        let criteria_below = document.children(at).filter(|&child| is_criterion(child)).count();
        if criteria_below >= CRITERIA_OF_A_FRAMEWORK && !declares(at) {
            found.push(at);
            at = document.sections[at].end;
        } else {
            at += 1;
        }
    }
    found
}

/// The label of the group that a framework stands in, where it shares its file: the heading above it.
pub(super) fn group_of(document: &Document, section: usize) -> Option<String> {
    let parent = document.sections[section].parent;
    let is_label = parent > 0 && parent != document.title_section && document.sections[parent].level > 0;
    is_label.then(|| document.sections[parent].title.clone())
}

/// What a document says about one framework, a finding for each criterion.
pub(super) fn findings(document: &Document, framework: usize, criteria: &[DeclaredCriterion]) -> Vec<Finding> {
    let children: Vec<(usize, String)> =
        document.children(framework).map(|child| (child, document.sections[child].slug())).collect();
    let find = |criterion: &DeclaredCriterion| {
        children.iter().find(|(_, slug)| *slug == criterion.slug).map(|(child, _)| *child)
    };
    criteria
        .iter()
        .map(|criterion| {
            let section = find(criterion);
            Finding { section, gap: section.is_none_or(|section| is_gap(document, section)) }
        })
        .collect()
}

/// Whether nothing in a section and its descendants is researched.
pub(super) fn is_gap(document: &Document, section: usize) -> bool {
    document.sections[section..document.sections[section].end].iter().all(|section| {
        !matches!(section.body, Body::Written { .. })
            && section.rating.is_none()
            && section.facts.iter().all(|fact| fact.state == FactState::Gap)
    })
}
