//! The page of what a category rests on: each source once, with the findings that cite it.

use askama::Template;

use super::Chrome;
use super::document::ToHtml;
use super::frame::Frame;
use super::nav;
use super::picture::Pictured;
use crate::content::value::dates;
use crate::site::{Category, Site, Source};

#[derive(Template)]
#[template(path = "category_sources.html", whitespace = "minimize")]
struct SourcesPage<'a> {
    frame: Frame<'a>,
    category: &'a Category,
    category_url: &'a str,
    sources: Vec<SourceEntry<'a>>,
    ageing: usize,
}

/// A source with where it is cited.
struct SourceEntry<'a> {
    source: &'a Source,
    published: Option<String>,
    read: Option<String>,
    ageing: bool,
    uses: Vec<UseLink<'a>>,
}

/// A section that cites a source.
struct UseLink<'a> {
    href: String,
    page: &'a str,
    section: &'a str,
    mark: Option<usize>,
}

/// The page of a category's sources.
pub fn sources_page(chrome: &Chrome<'_>, category: &Category) -> String {
    let site = chrome.site;
    let sources: Vec<_> = site.evidence(category).sources.iter().map(|source| entry(site, source)).collect();
    let (title, says, pictured) = (title(category), says(site, category), Pictured::Sources(category));
    let page = SourcesPage {
        frame: Frame::below(*chrome, category.page, "sources", title, category.sources_url(site), says, pictured),
        category,
        category_url: &site.pages[category.page].url,
        ageing: sources.iter().filter(|entry| entry.ageing).count(),
        sources,
    };
    page.to_html()
}

/// What the page is called.
pub(super) fn title(category: &Category) -> String {
    format!("Sources of {}", category.title)
}

/// What the page lists, in a sentence.
pub(super) fn says(site: &Site, category: &Category) -> String {
    let sources = site.evidence(category).sources.len();
    format!("What {} rests on: {sources} sources, and the findings that cite each.", category.title)
}

fn entry<'a>(site: &'a Site, source: &'a Source) -> SourceEntry<'a> {
    let links = source.uses.iter().flat_map(|place| place.sections.iter().map(|&section| (place.document, section)));
    let link = |(document, section): (usize, usize)| {
        let (page, _) = site.place(document, section);
        let title = &site.documents[document].sections[section].title;
        UseLink {
            href: site.href(document, section),
            page: &site.pages[page].title,
            section: if *title == site.pages[page].title { "" } else { title },
            mark: nav::mark_of(site, page),
        }
    };
    SourceEntry {
        published: source.citation.published.map(dates::iso),
        read: source.read.map(dates::iso),
        ageing: site.is_ageing(source.read),
        uses: links.map(link).collect(),
        source,
    }
}
