//! Choosing: a form of weights and must-haves, the ranking they give, and why.

use askama::Template;

use super::Chrome;
use super::compare::{LeftOutView, MustForm, with_mark};
use super::document::ToHtml;
use super::frame::Frame;
use super::nav;
use super::picture::Pictured;
use super::section::finding_href;
use crate::choose::{Answer, MAX_WEIGHT, Question, Ranked, Situation, USUAL_WEIGHT};
use crate::matrix::LeftOut;
use crate::site::{Category, Site};

/// How many of the first are offered to be read side by side.
const SIDE_BY_SIDE: usize = 3;

/// Choosing as a page.
#[derive(Template)]
#[template(path = "choose.html", whitespace = "minimize")]
struct ChoosePage<'a> {
    frame: Frame<'a>,
    choose: Choice<'a>,
}

/// The part of the page that a change of the question changes.
#[derive(Template)]
#[template(path = "choose_fragment.html", whitespace = "minimize")]
struct ChooseFragment<'a> {
    choose: Choice<'a>,
}

/// What both show.
struct Choice<'a> {
    question: &'a Question,
    category: &'a Category,
    /// Address of the page without a query.
    url: String,
    /// The query that asks this question, with its `?`.
    query: String,
    situations: Vec<SituationView<'a>>,
    weights: Vec<WeightView<'a>>,
    must: MustForm<'a>,
    sentences: Vec<String>,
    ranked: Vec<RankedView<'a>>,
    unranked: Vec<RankedView<'a>>,
    left_out: Vec<LeftOutView<'a>>,
    /// The comparison of the first few.
    compare_url: Option<String>,
}

/// A situation that can be chosen.
struct SituationView<'a> {
    href: String,
    id: String,
    title: &'a str,
    says: &'a str,
    /// Where the category describes it.
    described: String,
    is_current: bool,
}

/// The weight of a criterion.
struct WeightView<'a> {
    slug: &'a str,
    name: &'a str,
    description: &'a str,
    weight: u8,
}

/// A framework with its score.
struct RankedView<'a> {
    href: &'a str,
    title: &'a str,
    mark: usize,
    place: usize,
    /// Its score with two decimals.
    score: String,
    /// How much of what was asked is known, in whole per cent.
    confidence: String,
    /// The must-haves of which nobody can tell.
    unknown: Vec<String>,
    parts: Vec<PartView>,
}

/// What a criterion adds to a score.
struct PartView {
    href: String,
    /// Its criterion, for those who do not see the head of the column.
    criterion: String,
    rating: Option<u8>,
    /// What it adds, with two decimals.
    adds: String,
}

/// The page.
pub fn choose_page(chrome: &Chrome<'_>, category: &Category, question: &Question, answer: &Answer) -> String {
    let choose = Choice::of(chrome.site, category, question, answer);
    let (title, says, pictured) = (title(category), says(category), Pictured::Choice(category));
    let frame = Frame::below(*chrome, category.page, "choose", title, choose.url.clone(), says, pictured);
    ChoosePage { frame, choose }.to_html()
}

/// What the page is called.
pub(super) fn title(category: &Category) -> String {
    format!("Choose among {}", category.title)
}

/// What the page is for, in a sentence.
pub(super) fn says(category: &Category) -> String {
    format!(
        "Weigh the criteria, say what a framework must have, and see which of {} comes first, and why.",
        category.frameworks.len()
    )
}

/// The part of the page that a change of the question changes.
pub fn choose_fragment(chrome: &Chrome<'_>, category: &Category, question: &Question, answer: &Answer) -> String {
    ChooseFragment { choose: Choice::of(chrome.site, category, question, answer) }.to_html()
}

impl<'a> Choice<'a> {
    fn of(site: &'a Site, category: &'a Category, question: &'a Question, answer: &Answer) -> Self {
        let url = category.choose_url(site);
        let labels: Vec<String> = question.must.iter().map(|must| must.label(site, category)).collect();
        let ranked = |ranked: &Ranked| RankedView::of(site, category, &labels, ranked);
        Self {
            question,
            category,
            query: with_mark(question.to_query(category)),
            situations: situations(site, category, question, &url),
            weights: weights(category, question),
            must: MustForm::of(site, category, &question.must),
            sentences: answer.sentences(site, category, question),
            ranked: answer.ranked.iter().map(ranked).collect(),
            unranked: answer.unranked.iter().map(ranked).collect(),
            left_out: left_out(site, category, question, &labels, answer),
            compare_url: compare_url(site, category, answer),
            url,
        }
    }

    /// Address of an export of the same answer.
    fn export(&self, format: &str) -> String {
        format!("{}.{format}{}", self.url.trim_end_matches('/'), self.query)
    }

    /// Address of the category's page.
    fn category_url(&self) -> &str {
        self.url.strip_suffix("choose/").unwrap_or(&self.url)
    }

    fn max_weight(&self) -> u8 {
        MAX_WEIGHT
    }

    fn usual_weight(&self) -> u8 {
        USUAL_WEIGHT
    }
}

impl<'a> RankedView<'a> {
    fn of(site: &'a Site, category: &'a Category, labels: &[String], ranked: &Ranked) -> Self {
        let framework = &category.frameworks[ranked.framework];
        let parts = category.criteria.iter().zip(&ranked.parts).enumerate();
        Self {
            href: &site.pages[framework.page].url,
            title: &framework.title,
            mark: nav::mark(ranked.framework),
            place: ranked.place,
            score: format!("{:.2}", ranked.score.mean()),
            confidence: format!("{:.0}", ranked.confidence * 100.0),
            unknown: ranked.unknown.iter().map(|&at| labels[at].clone()).collect(),
            parts: parts
                .map(|(number, (criterion, part))| PartView {
                    href: finding_href(site, category, framework, number),
                    criterion: criterion.name.clone(),
                    rating: part.rating,
                    adds: format!("{:.2}", part.adds),
                })
                .collect(),
        }
    }
}

fn situations<'a>(site: &'a Site, category: &'a Category, question: &Question, url: &str) -> Vec<SituationView<'a>> {
    let view = |situation: Situation<'a>| SituationView {
        href: format!("{url}{}", with_mark(situation.question.to_query(category))),
        id: format!("fg-situation-{}", crate::ids::slug(situation.title)),
        title: situation.title,
        says: situation.says,
        is_current: situation.question.asks_the_same(question),
        described: situation.url,
    };
    Situation::all(site, category).into_iter().map(view).collect()
}

fn weights<'a>(category: &'a Category, question: &Question) -> Vec<WeightView<'a>> {
    let criteria = category.criteria.iter().zip(&question.weights);
    let view = |(criterion, weight): (&'a crate::content::metadata::DeclaredCriterion, &u8)| WeightView {
        slug: &criterion.slug,
        name: &criterion.name,
        description: &criterion.description,
        weight: *weight,
    };
    criteria.map(view).collect()
}

fn left_out<'a>(
    site: &'a Site,
    category: &'a Category,
    question: &Question,
    labels: &[String],
    answer: &Answer,
) -> Vec<LeftOutView<'a>> {
    let view = |left_out: &LeftOut| {
        let framework = &category.frameworks[left_out.framework];
        let failed = left_out.failed.iter();
        LeftOutView {
            href: &site.pages[framework.page].url,
            title: &framework.title,
            mark: nav::mark(left_out.framework),
            failed: failed.map(|&at| (labels[at].clone(), question.must[at].said(site, framework))).collect(),
        }
    };
    answer.left_out.iter().map(view).collect()
}

/// The comparison of the first few; none where there is nothing to compare.
fn compare_url(site: &Site, category: &Category, answer: &Answer) -> Option<String> {
    let first: Vec<_> = answer
        .ranked
        .iter()
        .take(SIDE_BY_SIDE)
        .map(|ranked| category.frameworks[ranked.framework].slug.as_str())
        .collect();
    (first.len() > 1).then(|| format!("{}?f={}", category.compare_url(site), first.join(",")))
}
