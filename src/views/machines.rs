//! What other programs expect of a site: site map, feed of changes, robots, and the site as text for language models.

use std::fmt::Write as _;

use askama::Template;

use super::Chrome;
use super::compare::pair_urls;
use super::document::{ToHtml, first_words};
use crate::content::history::Change;
use crate::content::value::dates;
use crate::site::{PageId, Site};

/// How many changes the feed tells.
const CHANGES: usize = 50;

/// The most addresses that a site map may name.
const MOST_LOCATED: usize = 50_000;

/// A file for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MachineFile {
    /// All pages with the day of their last change (sitemaps.org, protocol 0.9).
    SiteMap,
    /// The latest changes (RFC 4287).
    Feed,
    /// What crawlers may fetch (RFC 9309).
    Robots,
    /// An outline with the address of every page (llmstxt.org).
    Outline,
    /// The Markdown of every page.
    Everything,
}

impl MachineFile {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::SiteMap, Self::Feed, Self::Robots, Self::Outline, Self::Everything];

    /// Its URL path.
    pub fn path(self) -> &'static str {
        match self {
            Self::SiteMap => "/sitemap.xml",
            Self::Feed => "/feed.xml",
            Self::Robots => "/robots.txt",
            Self::Outline => "/llms.txt",
            Self::Everything => "/llms-full.txt",
        }
    }

    /// Its content type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::SiteMap => "text/xml; charset=utf-8",
            Self::Feed => "application/atom+xml; charset=utf-8",
            Self::Robots | Self::Outline | Self::Everything => "text/plain; charset=utf-8",
        }
    }

    /// Its text; `base` is where the site is published, without a path.
    pub fn text(self, chrome: &Chrome<'_>, base: &str) -> String {
        match self {
            Self::SiteMap => in_xml(SiteMap { base, entries: located(chrome.site) }.to_html()),
            Self::Feed => in_xml(feed(chrome, base)),
            Self::Robots => Robots { base }.to_html(),
            Self::Outline => outline(chrome, base),
            Self::Everything => everything(chrome.site, base),
        }
    }
}

/// A file without the characters that XML cannot hold, not even escaped; one of them makes all of it unreadable.
pub fn in_xml(mut file: String) -> String {
    file.retain(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..='\u{10ffff}'));
    file
}

#[derive(Template)]
#[template(path = "machines/sitemap.xml")]
struct SiteMap<'a> {
    base: &'a str,
    entries: Vec<Located<'a>>,
}

struct Located<'a> {
    url: String,
    changed: Option<&'a str>,
}

/// Every page that others can find: those of documents, those that the engine makes of them, and each pair of frameworks
/// under the one address that it has.
fn located(site: &Site) -> Vec<Located<'_>> {
    let (mut entries, mut pairs) = (Vec::new(), Vec::new());
    for page in site.reading_order() {
        let changed = site.last_change(page).map(|change| change.at.as_str());
        entries.push(Located { url: site.pages[page].url.clone(), changed });
        let category = site.category_of(page).filter(|category| category.page == page);
        if let Some(category) = category.filter(|category| category.frameworks.len() > 1) {
            let below = [category.compare_url(site), category.choose_url(site), category.sources_url(site)];
            entries.extend(below.into_iter().map(|url| Located { url, changed }));
            pairs.extend(pair_urls(site, category).map(|url| Located { url, changed: None }));
        }
    }
    entries.extend(site.tables().map(|table| Located { url: site.table_url(table).to_owned(), changed: None }));
    entries.extend(pairs);
    entries.truncate(MOST_LOCATED);
    entries
}

#[derive(Template)]
#[template(path = "machines/feed.xml")]
struct Feed<'a> {
    base: &'a str,
    title: &'a str,
    updated: String,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    title: &'a str,
    url: &'a str,
    at: &'a str,
    author: &'a str,
    says: String,
}

fn feed(chrome: &Chrome<'_>, base: &str) -> String {
    let site = chrome.site;
    let mut changed: Vec<(&Change, PageId)> =
        site.reading_order().into_iter().filter_map(|page| Some((site.last_change(page)?, page))).collect();
    changed.sort_by(|(a, _), (b, _)| b.day.cmp(&a.day).then_with(|| b.at.cmp(&a.at)));
    changed.truncate(CHANGES);
    let updated = changed
        .first()
        .map_or_else(|| format!("{}T00:00:00Z", dates::iso(site.today)), |(change, _)| change.at.clone());
    let entries = changed
        .into_iter()
        .map(|(change, page)| Entry {
            title: &site.pages[page].title,
            url: &site.pages[page].url,
            at: &change.at,
            author: &change.author,
            says: first_words(*chrome, page).unwrap_or_default(),
        })
        .collect();
    Feed { base, title: site.title(), updated, entries }.to_html()
}

#[derive(Template)]
#[template(path = "machines/robots.txt")]
struct Robots<'a> {
    base: &'a str,
}

#[derive(Template)]
#[template(path = "machines/llms.txt")]
struct Outline<'a> {
    base: &'a str,
    title: String,
    description: String,
    groups: Vec<Group>,
}

struct Group {
    title: String,
    entries: Vec<Listed>,
}

struct Listed {
    title: String,
    url: String,
    says: String,
}

/// Every page with a source, below the top-level page it belongs to; top-level pages without any below them come last.
fn outline(chrome: &Chrome<'_>, base: &str) -> String {
    let site = chrome.site;
    let listed = |page: PageId| {
        let url = site.twin_url(page)?;
        let says = first_words(*chrome, page).unwrap_or_default();
        Some(Listed { title: in_link(&site.pages[page].title), url, says: in_line(&says) })
    };
    let (mut groups, mut single) = (Vec::new(), Vec::new());
    for &top in &site.pages[0].children {
        if site.pages[top].children.is_empty() {
            single.extend(listed(top));
        } else {
            let all = [top].into_iter().chain(site.below(top));
            groups.push(Group { title: in_line(&site.pages[top].title), entries: all.filter_map(listed).collect() });
        }
    }
    if !single.is_empty() {
        groups.push(Group { title: "Optional".to_owned(), entries: single });
    }
    let description = in_line(site.site_file.description.as_deref().unwrap_or_default());
    Outline { base, title: in_line(site.title()), description, groups }.to_html()
}

/// Words as they can stand in a line of Markdown: none of them begins another.
fn in_line(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).collect()
}

/// Words as the text of a link in Markdown: no bracket in them ends it.
fn in_link(words: &str) -> String {
    in_line(words).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn everything(site: &Site, base: &str) -> String {
    let mut text = String::new();
    for page in site.reading_order() {
        // A page that is a part of another's document comes with it.
        let is_whole = site.pages[page].document.is_some_and(|document| site.page_of(document) == page);
        if let Some(source) = site.twin(page).filter(|_| is_whole) {
            let _ = write!(text, "Source: {base}{}\n\n{}\n\n", site.pages[page].url, source.trim());
        }
    }
    text
}
