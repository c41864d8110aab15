//! Facts and ratings against what the category declares: missing, misspelt, of the wrong kind, without a scale.

use crate::content::metadata::{DeclaredCriterion, Fact, FactKind, FactState};
use crate::content::sections::Section;
use crate::content::value::Value;
use crate::diagnostics::{Diagnostic, FACT_MISSING, FACT_SOURCE, Severity};
use crate::site::{Category, DocumentId, PageKind, Site, nearest};

impl Site {
    pub(super) fn fact_diagnostics(&self, id: DocumentId, all: &mut Vec<Diagnostic>) {
        let page = self.page_of(id);
        let Some(category) = self.category_of(page) else { return };
        if category.document == id {
            self.scale_diagnostics(category, all);
        }
        let frameworks = category.frameworks.iter().filter(|framework| framework.document == id);
        let path = self.documents[id].path.as_str();
        for framework in frameworks {
            for (criterion, finding) in category.criteria.iter().zip(&framework.findings) {
                if let Some(section) = finding.section.filter(|_| !finding.gap) {
                    finding_diagnostics(path, criterion, &self.documents[id].sections[section], all);
                }
            }
        }
    }

    /// Scales of criteria that are not declared, and ratings under criteria that have no scale.
    fn scale_diagnostics(&self, category: &Category, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[category.document];
        let path = document.path.as_str();
        let names = || category.criteria.iter().map(|criterion| criterion.name.as_str());
        for scale in &document.scales {
            if category.criteria.iter().all(|criterion| criterion.slug != scale.slug) {
                let message = format!("the scale is for \"{}\", which is no criterion", scale.name);
                let help = nearest::help(nearest::among(&scale.name, names()), "name a declared criterion");
                all.push(
                    Diagnostic::new(Severity::Warning, "scale", path, scale.line, message)
                        .at_column(scale.column)
                        .help(help),
                );
            }
        }
        for (number, criterion) in
            category.criteria.iter().enumerate().filter(|(_, criterion)| criterion.scale.is_empty())
        {
            let is_rated = category.frameworks.iter().any(|framework| framework.rating(self, number).is_some());
            if is_rated && matches!(self.pages[category.page].kind, PageKind::Category | PageKind::Home) {
                let message = format!("ratings of \"{}\" have no published scale", criterion.name);
                all.push(
                    Diagnostic::new(Severity::Note, "no-scale", path, criterion.line, message)
                        .at_column(criterion.column)
                        .help("say what 1, 3 and 5 mean under the heading \"Rating scale\""),
                );
            }
        }
    }
}

fn finding_diagnostics(path: &str, criterion: &DeclaredCriterion, section: &Section, all: &mut Vec<Diagnostic>) {
    for declared in &criterion.facts {
        if !section.facts.iter().any(|fact| fact.slug == declared.slug && fact.state != FactState::Gap) {
            let message = format!("the fact \"{}\" is declared and not stated", declared.name);
            all.push(
                Diagnostic::new(Severity::Note, FACT_MISSING, path, section.lines.start, message)
                    .help(format!("add `> **{}:** value`", declared.name)),
            );
        }
    }
    if criterion.facts.is_empty() {
        return;
    }
    for fact in &section.facts {
        match criterion.facts.iter().find(|declared| declared.slug == fact.slug) {
            Some(declared) => {
                all.extend(wrong_kind(path, fact, declared.kind));
                all.extend(unsupported(path, fact));
            }
            None => all.push(undeclared(path, fact, criterion)),
        }
    }
}

/// A fact that rests on nothing: no source, no measured figure, no link to where it can be seen.
fn unsupported(path: &str, fact: &Fact) -> Option<Diagnostic> {
    let is_linked = || fact.html.links().next().is_some();
    if matches!(fact.state, FactState::NotApplicable | FactState::Gap) || !fact.cites.is_empty() || is_linked() {
        return None;
    }
    let message = format!("the fact \"{}\" rests on no source and no measurement", fact.name);
    Some(
        Diagnostic::new(Severity::Note, FACT_SOURCE, path, fact.line, message)
            .at_column(fact.column)
            .help("cite a source, or link to the figure or the place that shows it"),
    )
}

fn undeclared(path: &str, fact: &Fact, criterion: &DeclaredCriterion) -> Diagnostic {
    let message = format!("\"{}\" is not a declared fact of {}", fact.name, criterion.name);
    let near = nearest::among(&fact.name, criterion.facts.iter().map(|declared| declared.name.as_str()));
    let help = nearest::help(near, "declare it in the category's criteria, or move it into the text");
    Diagnostic::new(Severity::Warning, "fact-undeclared", path, fact.line, message).at_column(fact.column).help(help)
}

fn wrong_kind(path: &str, fact: &Fact, kind: FactKind) -> Option<Diagnostic> {
    if fact.state != FactState::Value || Value::of_fact(kind, fact).is_some() {
        return None;
    }
    let shown: String = fact.text.chars().take(60).collect();
    let article = if kind == FactKind::YesNo { "" } else { "a " };
    let message = format!("\"{shown}\" is not {article}{}, as {} has to be", kind.name(), fact.name);
    let help = format!("write it like {}; what qualifies it may follow", example_of(kind));
    Some(Diagnostic::new(Severity::Warning, "fact-kind", path, fact.line, message).at_column(fact.column).help(help))
}

fn example_of(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Text => "words",
        FactKind::Number => "12",
        FactKind::Duration => "250 ms",
        FactKind::Size => "64 MiB",
        FactKind::Rate => "100 tasks/s",
        FactKind::Version => "1.4.2",
        FactKind::Date => "2024-05-31",
        FactKind::YesNo => "Yes, Partial or No",
        FactKind::List => "one, two",
    }
}
