//! A section as a page shows it: heading, metadata block, body or gap.

use super::article::{Article, escaped};
use super::nav;
use crate::content::metadata::{self, DeclaredFact, Fact, FactKind, FactState, Rating};
use crate::content::sections::SCALE_HEADING;
use crate::content::template::Template;
use crate::content::value;
use crate::site::{Category, Framework, Place, Site, encode_path};

/// To how many other frameworks a finding leads at most.
const ELSEWHERE: usize = 24;

/// A section as a page shows it.
#[derive(Default)]
pub(super) struct SectionView<'a> {
    /// Its anchor; empty for the section the page starts at.
    pub id: String,
    /// Level of its heading, 2 to 6; 0 where it shows none.
    pub level: u8,
    pub title: &'a str,
    pub title_html: String,
    /// What its criterion judges; empty where it is no finding.
    pub criterion: &'a str,
    /// The same criterion of other frameworks.
    pub elsewhere: Vec<Elsewhere<'a>>,
    /// The comparison on this criterion alone.
    pub compare_url: Option<String>,
    pub rating: Option<RatingView<'a>>,
    pub facts: Vec<FactView<'a>>,
    /// Whether nothing in it or below it is researched.
    pub unresearched: bool,
    /// What is to come, where the section is not researched yet; may be empty.
    pub gap: Option<String>,
    pub body: String,
    /// Frameworks that stand below it in the file and have pages of their own.
    pub pages: Vec<Elsewhere<'a>>,
}

/// A rating with its reason.
pub(super) struct RatingView<'a> {
    /// 1 to 5.
    pub value: u8,
    pub reason: String,
    /// What ratings mean under the criterion; empty where no scale is published.
    pub scale: &'a [(u8, String)],
    /// Where the category publishes its scales.
    pub scale_url: String,
}

/// A fact, or the lack of one that was to be stated.
pub(super) struct FactView<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub html: String,
    /// Which of the four things it says, or `missing`.
    pub state: &'static str,
    /// Whether its kind is a number.
    pub is_numeric: bool,
}

/// A link to a framework, or to a finding of one.
pub(super) struct Elsewhere<'a> {
    pub href: String,
    pub title: &'a str,
    pub mark: usize,
    pub rating: Option<u8>,
    pub gap: bool,
}

impl<'a> Article<'a> {
    /// A section of the document, as it stands there.
    pub(super) fn section(&self, index: usize) -> SectionView<'a> {
        let section = &self.document.sections[index];
        let promised = metadata::is_placeholder(&section.title);
        let shows_heading = section.level > 0 && index != self.start && !promised;
        SectionView {
            id: self.chrome.site.anchor_on(self.page, index).unwrap_or_default().to_owned(),
            level: if shows_heading { self.level(index) } else { 0 },
            title: &section.title,
            title_html: self.fill(&section.title_html),
            rating: section.rating.as_ref().map(|rating| self.rating(rating)),
            facts: section.facts.iter().map(|fact| self.fact(fact, "", FactKind::Text)).collect(),
            unresearched: index > 0 && self.chrome.site.is_gap(self.id, index),
            gap: self.gap(index),
            body: section.html().map(|html| self.fill(html)).unwrap_or_default(),
            pages: self.pages_below(index),
            ..SectionView::default()
        }
    }

    /// A finding: its section, or the gap where the framework has none.
    pub(super) fn finding(&self, category: &'a Category, framework: &'a Framework, number: usize) -> SectionView<'a> {
        let site = self.chrome.site;
        let criterion = &category.criteria[number];
        let mut view = match framework.findings[number].section {
            Some(section) => self.section(section),
            None => SectionView {
                id: self.free_id(&criterion.slug),
                level: 2,
                title: &criterion.name,
                title_html: escaped(&criterion.name),
                unresearched: true,
                gap: Some(String::new()),
                ..SectionView::default()
            },
        };
        if let Some(rating) = &mut view.rating {
            rating.scale = &criterion.scale;
            rating.scale_url = scale_href(site, category);
        }
        view.criterion = &criterion.description;
        view.elsewhere = others(category, framework, ELSEWHERE)
            .map(|(place, other)| Elsewhere {
                href: finding_href(site, category, other, number),
                title: &other.title,
                mark: nav::mark(place),
                rating: other.rating(site, number).map(|rating| rating.value),
                gap: other.findings[number].gap,
            })
            .collect();
        view.compare_url = (category.frameworks.len() > 1)
            .then(|| format!("{}?c={}", category.compare_url(site), encode_path(&criterion.slug)));
        if framework.findings[number].gap {
            view.gap.get_or_insert_default();
        } else {
            self.add_declared_facts(&mut view, framework.facts(site, number), &criterion.facts);
        }
        view
    }

    /// Puts the facts in declared order, with those that are not stated.
    fn add_declared_facts(&self, view: &mut SectionView<'a>, stated: &'a [Fact], declared: &'a [DeclaredFact]) {
        if declared.is_empty() {
            return;
        }
        let of_declared = declared.iter().map(|declared| match stated.iter().find(|fact| fact.slug == declared.slug) {
            Some(fact) => self.fact(fact, &declared.description, declared.kind),
            None => FactView {
                name: &declared.name,
                description: &declared.description,
                html: String::new(),
                state: "missing",
                is_numeric: false,
            },
        });
        let further = stated.iter().filter(|fact| declared.iter().all(|declared| declared.slug != fact.slug));
        view.facts = of_declared.chain(further.map(|fact| self.fact(fact, "", FactKind::Text))).collect();
    }

    fn fact(&self, fact: &'a Fact, description: &'a str, kind: FactKind) -> FactView<'a> {
        let state = match fact.state {
            FactState::Value => "value",
            FactState::No => "no",
            FactState::NotApplicable => "not-applicable",
            FactState::Gap => "gap",
        };
        let filled = self.fill(&fact.html);
        let html = value::with_consistent_unit(kind, &fact.text, &filled).into_owned();
        FactView { name: &fact.name, description, html, state, is_numeric: kind.is_numeric() }
    }

    fn rating(&self, rating: &Rating) -> RatingView<'a> {
        RatingView { value: rating.value, reason: self.fill(&rating.reason), scale: &[], scale_url: String::new() }
    }

    fn fill(&self, html: &Template) -> String {
        self.chrome.site.fill(self.id, html, Place::OwnPage)
    }

    /// What is to come, where a section itself is a gap; a heading whose gaps have headings of their own is none.
    fn gap(&self, index: usize) -> Option<String> {
        let section = &self.document.sections[index];
        if index == 0 || !self.chrome.site.is_gap(self.id, index) || !self.pages_below(index).is_empty() {
            return None;
        }
        match section.placeholder() {
            Some(hint) => Some(hint.to_owned()),
            None => (section.end == index + 1).then(String::new),
        }
    }

    fn pages_below(&self, index: usize) -> Vec<Elsewhere<'a>> {
        let site = self.chrome.site;
        if index == 0 || index == self.start {
            return Vec::new();
        }
        let places = self.document.children(index).map(|child| site.place(self.id, child).0);
        places
            .filter(|page| *page != self.page)
            .map(|page| Elsewhere {
                href: site.pages[page].url.clone(),
                title: &site.pages[page].title,
                mark: nav::mark_of(site, page).unwrap_or_default(),
                rating: None,
                gap: false,
            })
            .collect()
    }
}

/// Where a category says what ratings mean.
pub(super) fn scale_href(site: &Site, category: &Category) -> String {
    let sections = &site.documents[category.document].sections;
    let scale = sections.iter().position(|section| section.slug() == SCALE_HEADING);
    site.href(category.document, scale.unwrap_or_default())
}

/// The other frameworks of a category with their places; of more than so many only those that stand around.
pub(super) fn others<'a>(
    category: &'a Category,
    framework: &Framework,
    most: usize,
) -> impl Iterator<Item = (usize, &'a Framework)> {
    let own = category.frameworks.iter().position(|other| other.page == framework.page).unwrap_or_default();
    let start = own.saturating_sub(most / 2).min(category.frameworks.len().saturating_sub(most + 1));
    category.frameworks.iter().enumerate().skip(start).take(most + 1).filter(move |(place, _)| *place != own)
}

/// The address of a finding; where its heading is missing, the anchor its gap has on the framework's page.
pub(super) fn finding_href(site: &Site, category: &Category, framework: &Framework, criterion: usize) -> String {
    match framework.findings.get(criterion).and_then(|finding| finding.section) {
        Some(section) => site.href(framework.document, section),
        None => {
            let slug = category.criteria.get(criterion).map_or("", |criterion| criterion.slug.as_str());
            format!("{}#{}", site.pages[framework.page].url, encode_path(slug))
        }
    }
}
