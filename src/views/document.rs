//! Plain documents and folders, and the choice of the page struct that fits a page.

use askama::Template;

use super::Chrome;
use super::article::{Article, SourceView, contents};
use super::frame::{Frame, shorten};
use super::section::SectionView;
use super::{category, framework, home};
use crate::content::sections::CRITERIA_HEADING;
use crate::site::{PageId, PageKind};

/// The HTML of a page.
pub fn page(chrome: &Chrome<'_>, page: PageId) -> String {
    let chrome = *chrome;
    match (chrome.site.pages[page].kind, chrome.site.category_of(page)) {
        (PageKind::Framework(index), Some(of)) => framework::render(chrome, page, of, index),
        (PageKind::Category | PageKind::Home, Some(of)) if of.page == page => category::render(chrome, page, of),
        (PageKind::Home, _) => home::render(chrome, page),
        _ => match Article::of(chrome, page) {
            Some(article) => DocumentPage::of(&article).to_html(),
            None => FolderPage::of(chrome, page).to_html(),
        },
    }
}

/// A page struct that can be written as HTML.
pub(super) trait ToHtml: Template {
    /// The HTML of the page.
    fn to_html(&self) -> String {
        self.render().expect("a template writes to a string, and its values' formatting cannot fail")
    }
}

impl<T: Template> ToHtml for T {}

/// A document that is neither a category nor a framework.
#[derive(Template)]
#[template(path = "document.html", whitespace = "minimize")]
struct DocumentPage<'a> {
    frame: Frame<'a>,
    title_html: String,
    opening: SectionView<'a>,
    sections: Vec<SectionView<'a>>,
    sources: Vec<SourceView>,
    children: Vec<Child<'a>>,
}

impl<'a> DocumentPage<'a> {
    fn of(article: &Article<'a>) -> Self {
        let sections = article.rest();
        let mut frame = Frame::of_page(article.chrome, article.page);
        frame.contents = contents(&sections);
        Self {
            frame,
            title_html: article.title_html(),
            opening: article.opening(),
            sections,
            sources: article.sources(),
            children: children(article.chrome, article.page),
        }
    }
}

/// A folder without an index.
#[derive(Template)]
#[template(path = "folder.html", whitespace = "minimize")]
struct FolderPage<'a> {
    frame: Frame<'a>,
    children: Vec<Child<'a>>,
}

/// A page in a list of pages.
pub(super) struct Child<'a> {
    pub href: &'a str,
    pub title: &'a str,
    /// Its first words.
    pub summary: String,
    /// How many pages lie below it.
    pub count: usize,
    /// Whether it is a document or a category, not a framework or a folder.
    pub is_text: bool,
}

impl<'a> FolderPage<'a> {
    fn of(chrome: Chrome<'a>, page: PageId) -> Self {
        Self { frame: Frame::of_page(chrome, page), children: children(chrome, page) }
    }
}

/// The pages below a page, with their first words while they are few enough to be read.
pub(super) fn children(chrome: Chrome<'_>, page: PageId) -> Vec<Child<'_>> {
    const READABLE: usize = 60;
    let site = chrome.site;
    let below = &site.pages[page].children;
    let with_words = below.len() <= READABLE;
    let child = |&page: &PageId| {
        let shown = &site.pages[page];
        let summary = with_words.then(|| first_words(chrome, page)).flatten();
        Child {
            href: &shown.url,
            title: &shown.title,
            summary: summary.unwrap_or_default(),
            count: shown.children.len(),
            is_text: matches!(shown.kind, PageKind::Document | PageKind::Category),
        }
    };
    below.iter().map(child).collect()
}

/// What a page says first: its description, the first paragraph under its title or the heading after it,
/// or else what its metadata block states first.
pub(super) fn first_words(chrome: Chrome<'_>, page: PageId) -> Option<String> {
    let site = chrome.site;
    let shown = &site.pages[page];
    let document = &site.documents[shown.document?];
    if let Some(description) = document.description.as_ref().filter(|_| shown.section == document.title_section) {
        return Some(shorten(description));
    }
    let sections = &document.sections;
    let declares = |section: usize| sections[section].slug() == CRITERIA_HEADING;
    let opening = [Some(shown.section), document.children(shown.section).next().filter(|&first| !declares(first))];
    let mut leads = opening.into_iter().flatten().map(|section| sections[section].lead_text());
    let fact = || sections[shown.section].facts.first().map(|fact| fact.text.as_str());
    leads.find(|lead| !lead.is_empty()).or_else(fact).map(shorten)
}
