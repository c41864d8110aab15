//! How far the research of a category is: for each framework and criterion what is there, and what it rests on.

use serde::Serialize;

use super::{Category, DocumentId, Framework, Site};
use crate::content::metadata::{DeclaredFact, FactState};
use crate::content::sections::Section;
use crate::content::template::Template;

/// How far a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not researched yet.
    Gap,
    /// Begun: a declared fact, the rating, the prose or every source is missing.
    Draft,
    /// All that the category asks for is there.
    Complete,
    /// Complete, and a source it rests on was read long ago.
    Ageing,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Draft => "draft",
            Self::Complete => "complete",
            Self::Ageing => "ageing",
        }
    }
}

/// What a finding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Completeness {
    /// How far it is.
    pub state: State,
    /// Words of prose.
    pub words: usize,
    /// Facts that are stated.
    pub facts: usize,
    /// Facts that the category declares.
    pub declared_facts: usize,
    /// Sources that are cited, each once.
    pub sources: usize,
    /// Measured figures that are cited.
    pub figures: usize,
}

impl Site {
    /// How far a finding is.
    pub fn completeness(&self, category: &Category, framework: &Framework, criterion: usize) -> Completeness {
        let declared = &category.criteria[criterion].facts;
        let finding = framework.findings[criterion];
        match finding.section.filter(|_| !finding.gap) {
            Some(section) => self.completeness_of(framework.document, section, declared),
            None => {
                let declared_facts = declared.len();
                Completeness { state: State::Gap, words: 0, facts: 0, declared_facts, sources: 0, figures: 0 }
            }
        }
    }

    /// How far a finding is that is not a gap.
    fn completeness_of(&self, id: DocumentId, section: usize, declared: &[DeclaredFact]) -> Completeness {
        let document = &self.documents[id];
        let sections = &document.sections[section..document.sections[section].end];
        let mut cited: Vec<usize> = sections.iter().flat_map(|section| section.cites.iter().copied()).collect();
        cited.sort_unstable();
        cited.dedup();
        let words: usize = sections.iter().map(|section| section.text().split_whitespace().count()).sum();
        let stated = sections.iter().flat_map(|section| &section.facts).filter(|fact| fact.state != FactState::Gap);
        let links = sections.iter().flat_map(Section::templates).flat_map(Template::links);
        let links = links.filter_map(|link| document.links.get(link));
        let ages = cited.iter().any(|&footnote| self.is_ageing(document.footnotes[footnote].citation.read));
        Completeness {
            state: match (words > 0 && !cited.is_empty() && is_whole(sections, declared), ages) {
                (false, _) => State::Draft,
                (true, false) => State::Complete,
                (true, true) => State::Ageing,
            },
            words,
            facts: stated.count(),
            declared_facts: declared.len(),
            sources: cited.len(),
            figures: links.filter(|link| self.figure(id, &link.url).is_some()).count(),
        }
    }

    /// The grid of a category as JSON.
    pub fn completeness_json(&self, category: &Category) -> serde_json::Value {
        let frameworks = category.frameworks.iter().map(|framework| {
            let findings = category.criteria.iter().enumerate().map(|(number, criterion)| {
                let found = self.completeness(category, framework, number);
                (criterion.slug.clone(), serde_json::to_value(found).unwrap_or_default())
            });
            serde_json::json!({
                "slug": framework.slug,
                "title": framework.title,
                "url": self.pages[framework.page].url,
                "findings": findings.collect::<serde_json::Map<_, _>>(),
            })
        });
        serde_json::json!({
            "category": { "slug": category.slug, "title": category.title, "url": self.pages[category.page].url },
            "criteria": category.criteria.iter().map(|criterion| &criterion.slug).collect::<Vec<_>>(),
            "frameworks": frameworks.collect::<Vec<_>>(),
        })
    }
}

/// Whether the first of a finding's sections has a rating and all declared facts, and none of them a placeholder.
fn is_whole(sections: &[Section], declared: &[DeclaredFact]) -> bool {
    let stated = |slug: &str| sections[0].facts.iter().any(|fact| fact.slug == slug && fact.state != FactState::Gap);
    sections[0].rating.is_some()
        && declared.iter().all(|fact| stated(&fact.slug))
        && sections.iter().all(|section| section.placeholder().is_none())
}
