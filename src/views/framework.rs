//! The page of one framework: a finding for each criterion, then what else its document says.

use askama::Template;

use super::Chrome;
use super::article::{Article, SourceView, contents};
use super::document::{Child, ToHtml, children};
use super::frame::Frame;
use super::glance::{Field, Standings};
use super::nav;
use super::section::{Elsewhere, SectionView, others};
use crate::site::{Category, Framework, PageId, Progress};

/// To how many head-to-heads a framework's page leads at most: the pages of a category have the square of them.
const PAIRS: usize = 240;

/// One framework.
#[derive(Template)]
#[template(path = "framework.html", whitespace = "minimize")]
struct FrameworkPage<'a> {
    frame: Frame<'a>,
    title_html: String,
    mark: usize,
    category: &'a Category,
    framework: &'a Framework,
    category_url: &'a str,
    /// Its place in its category, counted from 1.
    number: usize,
    progress: Progress,
    /// The comparison with all others; none where there are none.
    compare_url: Option<String>,
    /// The comparison with each of the others.
    pairs: Vec<Elsewhere<'a>>,
    field: Option<Field<'a>>,
    standing: Standings<'a>,
    opening: SectionView<'a>,
    sections: Vec<SectionView<'a>>,
    sources: Vec<SourceView>,
    /// Pages below its own.
    children: Vec<Child<'a>>,
}

/// The HTML of a framework's page.
pub(super) fn render(chrome: Chrome<'_>, page: PageId, category: &Category, index: usize) -> String {
    let framework = &category.frameworks[index];
    let Some(article) = Article::of(chrome, page) else { return String::new() };
    let sections = sections(&article, category, framework);
    let mut frame = Frame::of_page(chrome, page);
    frame.contents = contents(&sections);
    let page = FrameworkPage {
        frame,
        title_html: article.title_html(),
        mark: nav::mark(index),
        category,
        framework,
        category_url: &chrome.site.pages[category.page].url,
        number: index + 1,
        progress: framework.progress(),
        compare_url: (category.frameworks.len() > 1).then(|| category.compare_url(chrome.site)),
        pairs: pairs(chrome, category, index),
        field: Field::of(chrome.site, category, Some(index)).filter(|_| category.frameworks.len() > 1),
        standing: Standings::of(chrome.site, category, index),
        opening: article.opening(),
        sections,
        sources: article.sources(),
        children: children(chrome, page),
    };
    page.to_html()
}

/// The findings in the order of the criteria, so that every framework's page has the same shape; then the rest.
fn sections<'a>(article: &Article<'a>, category: &'a Category, framework: &'a Framework) -> Vec<SectionView<'a>> {
    let mut views = Vec::new();
    let mut shown = Vec::new();
    for (number, finding) in framework.findings.iter().enumerate() {
        views.push(article.finding(category, framework, number));
        if let Some(section) = finding.section {
            let end = article.document.sections[section].end;
            views.extend((section + 1..end).map(|below| article.section(below)));
            shown.extend(section..end);
        }
    }
    shown.sort_unstable();
    let further = article.after_opening().filter(|section| shown.binary_search(section).is_err());
    views.extend(further.map(|section| article.section(section)));
    views
}

/// The comparison with each of the other frameworks.
fn pairs<'a>(chrome: Chrome<'_>, category: &'a Category, index: usize) -> Vec<Elsewhere<'a>> {
    let own = &category.frameworks[index];
    others(category, own, PAIRS)
        .map(|(place, other)| Elsewhere {
            href: format!("{}?f={},{}", category.compare_url(chrome.site), own.slug, other.slug),
            title: &other.title,
            mark: nav::mark(place),
            rating: None,
            gap: false,
        })
        .collect()
}
