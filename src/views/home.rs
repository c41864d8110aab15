//! The home page: what the site is, its categories and how far they are, and a way to compare.

use askama::Template;

use super::Chrome;
use super::article::{Article, SourceView, contents};
use super::document::{Child, ToHtml, children, first_words};
use super::frame::{Content, Frame};
use super::glance::Glance;
use super::section::SectionView;
use crate::site::{Category, PageId, Progress};

/// A category names at most so many of its frameworks here.
const FRAMEWORKS: usize = 24;

/// The home page.
#[derive(Template)]
#[template(path = "home.html", whitespace = "minimize")]
struct HomePage<'a> {
    frame: Frame<'a>,
    title_html: String,
    opening: Option<SectionView<'a>>,
    sections: Vec<SectionView<'a>>,
    sources: Vec<SourceView>,
    categories: Vec<Card<'a>>,
    categories_id: String,
    /// Top-level pages that are no categories.
    pages: Vec<Child<'a>>,
}

/// A category on the home page.
struct Card<'a> {
    number: usize,
    href: &'a str,
    category: &'a Category,
    summary: String,
    progress: Progress,
    compare_url: String,
    glance: Glance<'a>,
    /// How many frameworks are not named.
    more: usize,
}

/// The HTML of the home page.
pub(super) fn render(chrome: Chrome<'_>, page: PageId) -> String {
    let site = chrome.site;
    let article = Article::of(chrome, page);
    let sections = article.as_ref().map(Article::rest).unwrap_or_default();
    let categories_id =
        article.as_ref().map_or_else(|| "categories".to_owned(), |article| article.free_id("categories"));
    let mut frame = Frame::of_page(chrome, page);
    frame.contents = contents(&sections);
    if !site.categories.is_empty() {
        let title = "Categories".to_owned();
        frame.contents.push(Content { id: categories_id.clone(), title, level: 2, gap: false, rating: None });
    }
    let is_category = |href: &str| site.categories.iter().any(|category| site.pages[category.page].url == href);
    let page = HomePage {
        frame,
        title_html: article.as_ref().map_or_else(|| super::article::escaped(site.title()), Article::title_html),
        opening: article.as_ref().map(Article::opening),
        sections,
        sources: article.as_ref().map(Article::sources).unwrap_or_default(),
        categories: site
            .categories
            .iter()
            .enumerate()
            .map(|(number, category)| card(chrome, number, category))
            .collect(),
        categories_id,
        pages: children(chrome, page).into_iter().filter(|child| !is_category(child.href)).collect(),
    };
    page.to_html()
}

fn card<'a>(chrome: Chrome<'a>, number: usize, category: &'a Category) -> Card<'a> {
    let site = chrome.site;
    let mut glance = Glance::of(site, category);
    let mut room = FRAMEWORKS;
    for group in &mut glance.groups {
        group.rows.truncate(room);
        room -= group.rows.len();
    }
    glance.groups.retain(|group| !group.rows.is_empty());
    Card {
        number,
        href: &site.pages[category.page].url,
        category,
        summary: first_words(chrome, category.page).unwrap_or_default(),
        progress: category.progress(),
        compare_url: category.compare_url(site),
        glance,
        more: category.frameworks.len().saturating_sub(FRAMEWORKS),
    }
}

impl Card<'_> {
    /// The id of the progress bar.
    fn progress_id(&self) -> String {
        format!("fg-progress-{}", self.number)
    }
}
