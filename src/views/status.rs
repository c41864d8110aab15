//! The authors' page: how far the site is, what is wrong with it, and what was searched for in vain.

use askama::Template;

use super::Chrome;
use super::document::ToHtml;
use super::frame::Frame;
use crate::choose;
use crate::diagnostics::{GAP, Severity};
use crate::site::Progress;

/// The page.
#[derive(Template)]
#[template(path = "status.html", whitespace = "minimize")]
struct StatusPage<'a> {
    frame: Frame<'a>,
    categories: Vec<CategoryRow<'a>>,
    errors: usize,
    warnings: usize,
    gaps: usize,
    misses: Vec<MissRow<'a>>,
}

struct CategoryRow<'a> {
    href: &'a str,
    title: &'a str,
    progress: Progress,
}

/// A search that found nothing.
struct MissRow<'a> {
    href: String,
    words: &'a str,
    count: u32,
}

/// The authors' page, with the searches that found nothing and how often each was made.
pub fn status_page(chrome: &Chrome<'_>, misses: &[(String, u32)]) -> String {
    let site = chrome.site;
    let diagnostics = choose::diagnostics(site);
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let categories = site.categories.iter().map(|category| CategoryRow {
        href: &site.pages[category.page].url,
        title: &category.title,
        progress: category.progress(),
    });
    let misses = misses.iter().map(|(words, count)| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
        MissRow { href: format!("/search?{query}"), words, count: *count }
    });
    StatusPage {
        frame: Frame::of_none(*chrome, "status", "Status"),
        categories: categories.collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        gaps: diagnostics.iter().filter(|diagnostic| diagnostic.code == GAP).count(),
        misses: misses.collect(),
    }
    .to_html()
}
