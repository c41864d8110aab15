//! The page of a category: what it covers, what it judges by, and its frameworks at a glance.

use askama::Template;

use super::Chrome;
use super::article::{Article, SourceView, contents};
use super::document::{Child, ToHtml, children};
use super::fold::fold_facts;
use super::frame::{Content, Frame};
use super::glance::{Field, Glance, Standings};
use super::section::SectionView;
use crate::content::sections::CRITERIA_HEADING;
use crate::ids;
use crate::site::{Category, Completeness, Framework, PageId, Progress, Site, State};

/// One category.
#[derive(Template)]
#[template(path = "category.html", whitespace = "minimize")]
struct CategoryPage<'a> {
    frame: Frame<'a>,
    title_html: String,
    category: &'a Category,
    progress: Progress,
    compare_url: String,
    /// Where a category without any finding sends its readers: those that have some.
    researched: Vec<(&'a str, &'a str)>,
    opening: SectionView<'a>,
    /// The sections up to the criteria.
    before: Vec<SectionView<'a>>,
    glance: Glance<'a>,
    field: Option<Field<'a>>,
    standings: Vec<Standings<'a>>,
    choose_url: String,
    glance_id: String,
    completeness: Vec<CompletenessRow<'a>>,
    completeness_url: String,
    sources_url: String,
    /// The sections after the criteria.
    after: Vec<SectionView<'a>>,
    sources: Vec<SourceView>,
    /// Pages below it that are neither frameworks nor folders of them.
    children: Vec<Child<'a>>,
}

/// The HTML of a category's page.
pub(super) fn render(chrome: Chrome<'_>, page: PageId, category: &Category) -> String {
    let Some(article) = Article::of(chrome, page) else { return String::new() };
    let mut before = article.rest();
    let after = before.split_off(end_of_criteria(&article));
    for section in before.iter_mut().filter(|section| ids::slug(section.title) == CRITERIA_HEADING) {
        section.body = fold_facts(&section.body, category);
    }
    let glance_id = article.free_id("at-a-glance");
    let mut frame = Frame::of_page(chrome, page);
    frame.contents = contents(&before);
    if !category.frameworks.is_empty() {
        let title = "Frameworks at a glance".to_owned();
        frame.contents.push(Content { id: glance_id.clone(), title, level: 2, gap: false, rating: None });
    }
    frame.contents.extend(contents(&after));
    let page = CategoryPage {
        frame,
        title_html: article.title_html(),
        category,
        progress: category.progress(),
        compare_url: category.compare_url(chrome.site),
        researched: researched(chrome.site),
        opening: article.opening(),
        before,
        glance: Glance::of(chrome.site, category),
        field: Field::of(chrome.site, category, None),
        standings: Standings::all(chrome.site, category),
        choose_url: category.choose_url(chrome.site),
        glance_id,
        completeness: completeness(chrome.site, category),
        completeness_url: format!("{}completeness.json", chrome.site.pages[category.page].url),
        sources_url: category.sources_url(chrome.site),
        after,
        sources: article.sources(),
        children: children(chrome, page).into_iter().filter(|child| child.is_text).collect(),
    };
    page.to_html()
}

fn researched(site: &Site) -> Vec<(&str, &str)> {
    let with_findings = site.categories.iter().filter(|category| category.progress().researched > 0);
    with_findings.map(|category| (site.pages[category.page].url.as_str(), category.title.as_str())).collect()
}

/// A framework with how far each of its findings is.
struct CompletenessRow<'a> {
    title: &'a str,
    cells: Vec<CompletenessCell>,
}

/// How far a finding is.
struct CompletenessCell {
    state: State,
    /// What it holds, in words; empty for nothing.
    holds: String,
}

fn completeness<'a>(site: &Site, category: &'a Category) -> Vec<CompletenessRow<'a>> {
    let row = |framework: &'a Framework| CompletenessRow {
        title: &framework.title,
        cells: (0..category.criteria.len())
            .map(|number| site.completeness(category, framework, number))
            .map(|found| CompletenessCell { state: found.state, holds: holds(&found) })
            .collect(),
    };
    category.frameworks.iter().map(row).collect()
}

fn holds(found: &Completeness) -> String {
    let count = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {many}")),
    };
    let counts = [
        count(found.words, "word", "words"),
        count(found.facts, "fact", "facts"),
        count(found.sources, "source", "sources"),
        count(found.figures, "measured figure", "measured figures"),
    ];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How many sections of the page, its opening aside, come up to the end of the criteria.
fn end_of_criteria(article: &Article<'_>) -> usize {
    let sections = &article.document.sections;
    let declaring = article.after_opening().find(|&section| sections[section].slug() == CRITERIA_HEADING);
    let end = declaring.map_or(0, |section| sections[section].end);
    article.after_opening().filter(|&section| section < end).count()
}
