//! The pictures that links to pages show elsewhere: of what there is one, where each stands, and what it says.

use super::document::first_words;
use super::{Chrome, choose, compare, data, nav, search, sources};
use crate::card::Card;
use crate::content::data::Table;
use crate::matrix::encoded;
use crate::site::{Category, PageId, Site};

/// The name of the home page's picture; its path has none.
const HOME: &str = "index";
/// The name of the search's picture; `search` is what the page of a document may be called.
const SEARCH: &str = "_search";

/// What a picture is of: a page that somebody may send a link to.
#[derive(Debug, Clone, Copy)]
pub enum Pictured<'a> {
    /// A page of the site.
    Page(PageId),
    /// The search.
    Search,
    /// The comparison of a category's frameworks.
    Comparison(&'a Category),
    /// Two of them head to head, by their places, the lower one first.
    Pair(&'a Category, usize, usize),
    /// The choice among them.
    Choice(&'a Category),
    /// The sources of a category.
    Sources(&'a Category),
    /// A table of measurements.
    Table(&'a Table),
}

impl<'a> Pictured<'a> {
    /// What the picture at a percent-encoded URL path is of; `None` where there is no such page.
    pub fn at(site: &'a Site, path: &str) -> Option<Self> {
        let name = path.strip_prefix("/og/")?.strip_suffix(".png")?;
        match name {
            HOME => return Some(Self::Page(0)),
            SEARCH => return Some(Self::Search),
            _ => {}
        }
        let url = format!("/{name}/");
        let page = site.page_at(&url).map(Self::Page);
        page.or_else(|| site.table_at(&url).map(Self::Table)).or_else(|| Self::of_category(site, &url))
    }

    /// What is made of a category at a URL path.
    fn of_category(site: &'a Site, url: &str) -> Option<Self> {
        let at = |end: &str| site.category_at(url.strip_suffix(end)?);
        let made = at("compare/").map(Self::Comparison).or_else(|| at("choose/").map(Self::Choice));
        made.or_else(|| at("sources/").map(Self::Sources)).or_else(|| Self::of_pair(site, url))
    }

    fn of_pair(site: &'a Site, url: &str) -> Option<Self> {
        let (above, other) = url.strip_suffix('/')?.rsplit_once('/')?;
        let (above, one) = above.rsplit_once('/')?;
        let category = site.category_at(above.strip_suffix("compare")?)?;
        let place = |name: &str| category.frameworks.iter().position(|framework| encoded(&framework.slug) == name);
        let (one, other) = (place(one)?, place(other)?);
        // Turned round it is the same page, which has one picture.
        (one < other).then_some(Self::Pair(category, one, other))
    }

    /// Those of all pages that the program makes; the pairs, of which there can be many, come last.
    pub fn all_made(site: &'a Site) -> impl Iterator<Item = Self> {
        let of_category =
            |category: &'a Category| [Self::Comparison(category), Self::Choice(category), Self::Sources(category)];
        let pairs = |category: &'a Category| {
            let all = category.frameworks.len();
            (0..all).flat_map(move |one| (one + 1..all).map(move |other| Self::Pair(category, one, other)))
        };
        std::iter::once(Self::Search)
            .chain(site.categories.iter().flat_map(of_category))
            .chain(site.tables().map(Self::Table))
            .chain(site.categories.iter().flat_map(pairs))
    }

    /// The URL path of the picture.
    pub fn path(self, site: &Site) -> String {
        let name = match self {
            Self::Page(0) => HOME.to_owned(),
            Self::Page(page) => site.pages[page].url.clone(),
            Self::Search => SEARCH.to_owned(),
            Self::Comparison(category) => category.compare_url(site),
            Self::Pair(category, one, other) => {
                let [one, other] = [one, other].map(|place| encoded(&category.frameworks[place].slug));
                format!("{}{one}/{other}", category.compare_url(site))
            }
            Self::Choice(category) => category.choose_url(site),
            Self::Sources(category) => category.sources_url(site),
            Self::Table(table) => site.table_url(table).to_owned(),
        };
        format!("/og/{}.png", name.trim_matches('/'))
    }

    /// The title of the page.
    pub(super) fn title(self, site: &Site) -> String {
        match self {
            Self::Page(page) => site.pages[page].title.clone(),
            Self::Search => search::TITLE.to_owned(),
            Self::Comparison(category) => compare::title(category),
            Self::Pair(category, one, other) => {
                compare::pair_title([one, other].map(|place| category.frameworks[place].title.as_str()))
            }
            Self::Choice(category) => choose::title(category),
            Self::Sources(category) => sources::title(category),
            Self::Table(table) => data::title(table),
        }
    }

    /// The picture as PNG.
    pub fn to_png(self, chrome: &Chrome<'_>) -> Vec<u8> {
        let site = chrome.site;
        let (title, says, marks) = (self.title(site), self.says(chrome), self.marks(site));
        Card { title: &title, above: self.above(site), says: &says, site: site.title(), marks: &marks }.to_png()
    }

    /// What the page stands in; empty where its title says that already.
    fn above(self, site: &'a Site) -> &'a str {
        let title = |page: PageId| if page == 0 { "" } else { site.pages[page].title.as_str() };
        match self {
            Self::Page(page) => site.pages[page].parent.map_or("", title),
            Self::Pair(category, ..) => &category.title,
            Self::Table(table) => title(site.page_above(table)),
            Self::Search | Self::Comparison(_) | Self::Choice(_) | Self::Sources(_) => "",
        }
    }

    /// What the page says, in a sentence.
    fn says(self, chrome: &Chrome<'_>) -> String {
        let site = chrome.site;
        match self {
            Self::Page(page) => first_words(*chrome, page).unwrap_or_default(),
            Self::Search => search::says(site),
            Self::Comparison(category) => {
                let names: Vec<_> = category.frameworks.iter().map(|framework| framework.title.as_str()).collect();
                compare::describe(&names, category.criteria.len())
            }
            Self::Pair(category, one, other) => compare::describe_pair(site, category, one, other),
            Self::Choice(category) => choose::says(category),
            Self::Sources(category) => sources::says(site, category),
            Self::Table(table) => data::says(table),
        }
    }

    /// The marks of the frameworks it is about.
    fn marks(self, site: &Site) -> Vec<usize> {
        match self {
            Self::Page(page) => nav::mark_of(site, page).into_iter().collect(),
            Self::Pair(_, one, other) => vec![nav::mark(one), nav::mark(other)],
            _ => Vec::new(),
        }
    }
}
