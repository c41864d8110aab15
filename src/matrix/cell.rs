//! One cell of the grid: what a framework says in a row, or in which way it says nothing.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::content::metadata::{Fact, FactKind, FactState, Rating};
use crate::content::sections::{Body, Document, Section};
use crate::content::template::{Part, Slot, Template};
use crate::site::{DocumentId, Figure, Site};

/// What one framework says in one row.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'s> {
    /// Not researched: the whole finding, or this fact or text alone.
    Gap,
    /// The finding is researched and does not say it.
    NotStated,
    /// "No": looked for and not there.
    No(&'s Fact),
    /// "Not applicable": the question does not arise.
    NotApplicable(&'s Fact),
    /// A value.
    Value(&'s Fact),
    /// A rating.
    Rating(&'s Rating),
    /// How the finding's text starts.
    Summary {
        /// The framework's document.
        document: &'s Document,
        /// The finding's section in it.
        section: usize,
        /// Its first paragraph; none where it has none.
        html: Option<&'s Template>,
        /// Its first paragraph, or its first line, as plain text; empty where there are sub-sections only.
        text: &'s str,
        /// Whether there is more than that.
        more: bool,
    },
}

/// The kind of answer a cell gives, for styling and for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellState {
    /// A value, a rating or a text.
    Value,
    /// "No".
    No,
    /// "Not applicable".
    NotApplicable,
    /// Researched, but this is not stated.
    NotStated,
    /// Not researched.
    Gap,
}

impl CellState {
    /// The state as it stands in attributes and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::No => "no",
            Self::NotApplicable => "not-applicable",
            Self::NotStated => "not-stated",
            Self::Gap => "gap",
        }
    }
}

impl Serialize for CellState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'s> Cell<'s> {
    /// The cell of a fact that is stated.
    pub(super) fn of_fact(fact: &'s Fact) -> Self {
        match fact.state {
            FactState::Value => Self::Value(fact),
            FactState::No => Self::No(fact),
            FactState::NotApplicable => Self::NotApplicable(fact),
            FactState::Gap => Self::Gap,
        }
    }

    /// The cell of what a researched finding says in words.
    pub(super) fn of_text(document: &'s Document, section: usize) -> Self {
        let found = &document.sections[section];
        let below = document.sections[section + 1..found.end].iter();
        let has_more_below = below.clone().any(|section| matches!(section.body, Body::Written { .. }));
        match &found.body {
            Body::Written { lead, lead_text, text, .. } => {
                let html = Some(lead).filter(|lead| !lead.is_empty());
                let first_line = || text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
                let start = if html.is_some() { lead_text.trim() } else { first_line() };
                let more = has_more_below || start.is_empty() || text.trim().len() > start.len();
                Self::Summary { document, section, html, text: start, more }
            }
            _ if has_more_below => Self::Summary { document, section, html: None, text: "", more: true },
            Body::Placeholder(_) => Self::Gap,
            Body::Empty => Self::NotStated,
        }
    }

    /// The fact it shows; none where it shows something else, or nothing.
    pub fn fact(&self) -> Option<&'s Fact> {
        match *self {
            Self::No(fact) | Self::NotApplicable(fact) | Self::Value(fact) => Some(fact),
            _ => None,
        }
    }

    /// The kind of answer it gives.
    pub fn state(&self) -> CellState {
        match self {
            Self::Gap => CellState::Gap,
            Self::NotStated => CellState::NotStated,
            Self::No(_) => CellState::No,
            Self::NotApplicable(_) => CellState::NotApplicable,
            Self::Value(_) | Self::Rating(_) | Self::Summary { .. } => CellState::Value,
        }
    }

    /// The cell as plain text; "not researched" and "not stated" where it says nothing.
    pub fn text(&self) -> Cow<'s, str> {
        match *self {
            Self::Gap => "not researched".into(),
            Self::NotStated => "not stated".into(),
            Self::No(fact) | Self::NotApplicable(fact) | Self::Value(fact) => fact.text.as_str().into(),
            Self::Rating(rating) if rating.reason_text.is_empty() => format!("{}/5", rating.value).into(),
            Self::Rating(rating) => format!("{}/5 - {}", rating.value, rating.reason_text).into(),
            Self::Summary { text, .. } => text.into(),
        }
    }

    /// What it says as HTML with open slots, to be filled for the framework's document: a fact's value, a
    /// rating's reason, a first paragraph.
    pub fn html(&self) -> Option<&'s Template> {
        match *self {
            Self::Gap | Self::NotStated => None,
            Self::No(fact) | Self::NotApplicable(fact) | Self::Value(fact) => Some(&fact.html),
            Self::Rating(rating) => Some(&rating.reason).filter(|reason| !reason.is_empty()),
            Self::Summary { html, .. } => html,
        }
    }

    /// Indices of the footnotes it cites, each once, in order.
    pub fn cites(&self) -> Vec<usize> {
        let mut cites = Vec::new();
        for (footnote, _) in self.html().into_iter().flat_map(Template::cites) {
            if !cites.contains(&footnote) {
                cites.push(footnote);
            }
        }
        cites
    }

    /// The measured figures it cites, for a framework that stands in a document.
    pub fn figures(&self, site: &'s Site, document: DocumentId) -> impl Iterator<Item = Figure<'s>> {
        let links = self.html().into_iter().flat_map(Template::links);
        links.filter_map(move |link| site.figure(document, &site.documents[document].links.get(link)?.url))
    }

    /// Whether a measured figure stands behind it.
    pub fn is_measured(&self, site: &'s Site, document: DocumentId) -> bool {
        self.figures(site, document).next().is_some()
    }

    /// Whether it says the same as another cell of its row, whose values are of a kind: the same state and the same
    /// words, but for white space. Of an answer the first word may be in another case, of all else the case
    /// counts, since a Mb is no MB. Of a finding all of its text counts, and a picture in it is never the same as another.
    pub(super) fn says_the_same(&self, other: &Self, kind: FactKind) -> bool {
        match (self, other) {
            (Self::Summary { document: a, section: at, .. }, Self::Summary { document: b, section: and, .. }) => {
                !has_pictures(a, *at) && !has_pictures(b, *and) && words(a, *at).eq(words(b, *and))
            }
            _ if self.state() != other.state() => false,
            (Self::No(a) | Self::NotApplicable(a), Self::No(b) | Self::NotApplicable(b)) => {
                is_same_answer(&a.text, &b.text)
            }
            (Self::Value(a), Self::Value(b)) if kind == FactKind::YesNo => is_same_answer(&a.text, &b.text),
            _ => self.text().split_whitespace().eq(other.text().split_whitespace()),
        }
    }
}

/// Whether two answers are the same, whatever the case of their first words.
fn is_same_answer(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split_whitespace(), other.split_whitespace());
    let first = |words: &mut std::str::SplitWhitespace<'_>| words.next().map(str::to_lowercase);
    first(&mut one) == first(&mut other) && one.eq(other)
}

/// The words of a section and of those below it, with a line break around each heading and each text.
fn words(document: &Document, section: usize) -> impl Iterator<Item = &str> {
    let sections = document.sections[section..document.sections[section].end].iter().enumerate();
    sections.flat_map(|(below, section)| {
        let title = if below > 0 { section.title.as_str() } else { "" };
        title.split_whitespace().chain(["\n"]).chain(section.text().split_whitespace()).chain(["\n"])
    })
}

/// Whether a section or one below it shows what its text does not tell: a picture, a chart, a diagram.
fn has_pictures(document: &Document, section: usize) -> bool {
    let sections = &document.sections[section..document.sections[section].end];
    sections.iter().filter_map(Section::html).flat_map(Template::parts).any(|part| match part {
        Part::Slot(Slot::Image(_) | Slot::ImageSource(_)) => true,
        Part::Slot(Slot::Code(code)) => document.code[code].is_drawing(),
        _ => false,
    })
}
