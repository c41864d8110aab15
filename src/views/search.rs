//! The search page, and its results alone for the panel that shows them as one types.

use askama::Template;

use super::Chrome;
use super::answer::AnswerRow;
use super::document::ToHtml;
use super::frame::Frame;
use super::nav;
use super::picture::Pictured;
use crate::search::{Facet, FrameworkRef, Hit, Mode, Query, Results, SourceRef};
use crate::site::Site;

/// What the page is called, where nothing is looked for.
pub(super) const TITLE: &str = "Search";
/// A list of filters shows at most so many names, and the one that is chosen.
const NAMES: usize = 20;
/// A hit names at most so many of its sources.
const SOURCES: usize = 3;

/// The search page.
#[derive(Template)]
#[template(path = "search.html", whitespace = "minimize")]
struct SearchPage<'a> {
    frame: Frame<'a>,
    search: Search<'a>,
}

/// The results alone.
#[derive(Template)]
#[template(path = "search_results.html", whitespace = "minimize")]
struct SearchResults<'a> {
    search: Search<'a>,
}

/// What both show.
struct Search<'a> {
    results: &'a Results,
    /// The row of a comparison that answers the query; only before the first results.
    answer: Option<AnswerRow<'a>>,
    groups: Vec<HitGroup<'a>>,
    filters: Vec<Filters<'a>>,
    /// Filters that can be typed, with names of this site.
    examples: Vec<String>,
    /// A query that names two frameworks of this site.
    pair: Option<String>,
    /// Addresses and titles of what can be browsed instead.
    categories: Vec<(&'a str, &'a str)>,
}

/// Hits under a heading, or all of them without one.
struct HitGroup<'a> {
    /// The framework; none for hits that belong to no framework.
    framework: Option<&'a FrameworkRef>,
    heading: Option<&'a str>,
    mark: Option<usize>,
    hits: Vec<HitView<'a>>,
}

/// A hit; the mark of its framework stands where the framework is named.
struct HitView<'a> {
    hit: &'a Hit,
    /// Its address, with the words to mark there.
    href: String,
    mark: Option<usize>,
    path: Vec<(&'a str, Option<usize>)>,
}

/// One list of names to narrow the results down to.
struct Filters<'a> {
    title: &'static str,
    names: Vec<FilterLink<'a>>,
}

struct FilterLink<'a> {
    href: String,
    title: &'a str,
    count: usize,
    /// Whether it is chosen; its link then leads back to all.
    chosen: bool,
}

/// The search page.
pub fn search_page(chrome: &Chrome<'_>, results: &Results) -> String {
    let text = results.query.text.trim();
    let title = if text.is_empty() { TITLE.to_owned() } else { format!("Search: {text}") };
    let mut frame = Frame::of_none(*chrome, "search", &title);
    frame.url = Some("/search".to_owned());
    frame.description = says(chrome.site);
    frame.pictured = Some(Pictured::Search);
    SearchPage { frame, search: Search::of(chrome.site, results) }.to_html()
}

/// What the page is for, in a sentence.
pub(super) fn says(site: &Site) -> String {
    format!("Search the sections of {}.", site.title())
}

/// The results alone, with the markup they have on the page.
pub fn search_results(chrome: &Chrome<'_>, results: &Results) -> String {
    SearchResults { search: Search::of(chrome.site, results) }.to_html()
}

impl<'a> Search<'a> {
    fn of(site: &'a Site, results: &'a Results) -> Self {
        let query = &results.apart;
        let facets = &results.facets;
        let lists = [
            filters("Category", &facets.categories, query.category.as_deref(), |category| Query {
                category,
                ..first_page(query)
            }),
            filters("Framework", &facets.frameworks, query.framework.as_deref(), |framework| Query {
                framework,
                ..first_page(query)
            }),
            filters("Criterion", &facets.criteria, query.criterion.as_deref(), |criterion| Query {
                criterion,
                ..first_page(query)
            }),
        ];
        Self {
            results,
            answer: results.asked.as_ref().filter(|_| query.offset == 0).and_then(|asked| AnswerRow::of(site, asked)),
            groups: groups(results),
            filters: lists.into_iter().filter(|list| !list.names.is_empty()).collect(),
            examples: examples(site),
            pair: pair(site),
            categories: site.categories.iter().map(|c| (&*site.pages[c.page].url, &*c.title)).collect(),
        }
    }

    /// What the form sends besides the words.
    fn fields(&self) -> Vec<(&'static str, &'a str)> {
        let query = &self.results.query;
        beside(query).chain(query.grouped.then_some(("group", "framework"))).collect()
    }

    /// The other way to show the results: its words and its address.
    fn other_order(&self) -> (&'static str, String) {
        let grouped = !self.results.query.grouped;
        let words = if grouped { "Group by framework" } else { "Show the best first" };
        (words, address(&Query { grouped, ..first_page(&self.results.query) }))
    }

    /// The address of all hits about a framework, and how many they are, where these are more than are shown.
    fn all_of(&self, framework: &FrameworkRef) -> Option<(String, usize)> {
        let query = &self.results.apart;
        let facet = self.results.facets.frameworks.iter().find(|facet| facet.slug == framework.slug)?;
        let about = |hit: &&Hit| hit.framework.as_ref() == Some(framework);
        let more = query.framework.is_none() && facet.count > self.results.hits.iter().filter(about).count();
        let only = || Query { framework: Some(facet.slug.clone()), grouped: false, ..first_page(query) };
        more.then(|| (address(&only()), facet.count))
    }

    /// Whether there is nothing to look for.
    fn is_blank(&self) -> bool {
        self.results.query.text.trim().is_empty() && beside(&self.results.query).next().is_none()
    }

    /// How many sections match, in words.
    fn count(&self) -> String {
        let text = self.results.query.text.trim();
        let count = match self.results.total {
            0 => "Nothing found".to_owned(),
            1 => "1 result".to_owned(),
            total => format!("{total} results"),
        };
        if text.is_empty() { count } else { format!("{count} for “{text}”") }
    }

    /// How the query was taken, where it was not taken as it stands.
    fn remark(&self) -> &'static str {
        match self.results.mode {
            Mode::SomeWords => "No section has all of these words. These have some of them.",
            Mode::Typo => "No section has these words as typed. These have words like them.",
            Mode::All | Mode::Empty => "",
        }
    }

    /// The query as it may have been meant, with its address.
    fn instead(&self) -> Option<(String, &'a str)> {
        let text = self.results.did_you_mean.as_deref()?;
        Some((address(&Query { text: text.to_owned(), ..first_page(&self.results.query) }), text))
    }

    /// The same query without filters.
    fn without_filters(&self) -> Option<String> {
        let filtered = &self.results.apart;
        let query = Query { text: filtered.text.clone(), ..Query::default() };
        beside(filtered).next().map(|_| address(&query))
    }

    fn previous(&self) -> Option<String> {
        let query = &self.results.query;
        let offset = query.offset.saturating_sub(query.limit);
        (query.offset > 0).then(|| address(&Query { offset, ..query.clone() }))
    }

    fn next(&self) -> Option<String> {
        let query = &self.results.query;
        let offset = query.offset + self.results.hits.len();
        (!self.results.hits.is_empty() && offset < self.results.total)
            .then(|| address(&Query { offset, ..query.clone() }))
    }

    /// Which of the results are shown.
    fn range(&self) -> String {
        let first = self.results.query.offset + 1;
        format!("{first} to {} of {}", self.results.query.offset + self.results.hits.len(), self.results.total)
    }
}

impl<'a> HitView<'a> {
    fn of(hit: &'a Hit, marked: &str) -> Self {
        let mut mark = hit.framework.as_ref().map(|framework| nav::mark(framework.index));
        let is_framework = |name: &str| hit.framework.as_ref().is_some_and(|framework| framework.title == name);
        let path = hit.path.iter().map(|name| (name.as_str(), is_framework(name).then(|| mark.take()).flatten()));
        let path = path.collect();
        Self { hit, href: with_marks(&hit.href, marked), mark, path }
    }

    /// The sources that are named.
    fn first_sources(&self) -> Vec<SourceRef<'a>> {
        self.hit.sources.iter().take(SOURCES).collect()
    }

    /// How many are not.
    fn more_sources(&self) -> usize {
        self.hit.sources.len().saturating_sub(SOURCES)
    }
}

/// The hits in their order, or under the framework that each is about, in the order of their best.
fn groups(results: &Results) -> Vec<HitGroup<'_>> {
    let mut groups: Vec<HitGroup<'_>> = Vec::new();
    for hit in &results.hits {
        let framework = hit.framework.as_ref().filter(|_| results.query.grouped);
        let same = |group: &&mut HitGroup<'_>| group.framework == framework;
        let view = HitView::of(hit, &results.marked);
        match groups.iter_mut().find(same) {
            Some(group) => group.hits.push(view),
            None => {
                let other = results.query.grouped.then_some("Other pages");
                groups.push(HitGroup {
                    heading: framework.map(|framework| framework.title.as_str()).or(other),
                    mark: framework.map(|framework| nav::mark(framework.index)),
                    framework,
                    hits: vec![view],
                });
            }
        }
    }
    groups
}

/// An address on which words are marked.
fn with_marks(href: &str, words: &str) -> String {
    if words.is_empty() {
        return href.to_owned();
    }
    let (url, anchor) = href.split_once('#').map_or((href, None), |(url, anchor)| (url, Some(anchor)));
    let mut query = form_urlencoded::Serializer::for_suffix(format!("{url}?"), url.len() + 1);
    let marked = query.append_pair("mark", words).finish();
    anchor.map_or(marked.clone(), |anchor| format!("{marked}#{anchor}"))
}

fn filters<'a>(
    title: &'static str,
    facets: &'a [Facet],
    chosen: Option<&str>,
    query: impl Fn(Option<String>) -> Query,
) -> Filters<'a> {
    let link = |facet: &'a Facet| {
        let chosen = chosen == Some(facet.slug.as_str());
        let href = address(&query((!chosen).then(|| facet.slug.clone())));
        FilterLink { href, title: &facet.title, count: facet.count, chosen }
    };
    let is_shown = |(at, facet): &(usize, &Facet)| *at < NAMES || chosen == Some(facet.slug.as_str());
    let shown = facets.iter().enumerate().filter(is_shown);
    Filters { title, names: shown.map(|(_, facet)| link(facet)).collect() }
}

/// Filters as they can be typed, with the names that the site has first.
fn examples(site: &Site) -> Vec<String> {
    let Some(category) = site.categories.first() else { return Vec::new() };
    let framework = category.frameworks.first().map(|framework| format!("framework:{}", framework.slug));
    let criterion = category.criteria.last().map(|criterion| format!("criterion:{}", criterion.slug));
    framework.into_iter().chain(criterion).chain([format!("category:{}", category.slug)]).collect()
}

/// A criterion of the first category with two of its frameworks.
fn pair(site: &Site) -> Option<String> {
    let mut researched = site.categories.iter().filter(|category| category.progress().researched > 0);
    let category = researched.next()?;
    let [first, second, ..] = category.frameworks.as_slice() else { return None };
    Some(format!(
        "{} {} vs {}",
        category.criteria.get(category.criteria.len() / 2)?.name.to_lowercase(),
        first.slug,
        second.slug
    ))
}

fn first_page(query: &Query) -> Query {
    Query { offset: 0, ..query.clone() }
}

/// The filters that stand beside the text of a query, by their keys.
fn beside(query: &Query) -> impl Iterator<Item = (&'static str, &str)> {
    let filters = [("category", &query.category), ("framework", &query.framework), ("criterion", &query.criterion)];
    filters.into_iter().filter_map(|(key, slug)| Some((key, slug.as_deref()?)))
}

/// The address of a search.
fn address(query: &Query) -> String {
    const PATH: &str = "/search?";
    let mut pairs = form_urlencoded::Serializer::for_suffix(PATH.to_owned(), PATH.len());
    pairs.append_pair("q", &query.text);
    for (key, slug) in beside(query) {
        pairs.append_pair(key, slug);
    }
    if query.grouped {
        pairs.append_pair("group", "framework");
    }
    let default = Query::default();
    for (name, value, usual) in [("offset", query.offset, default.offset), ("limit", query.limit, default.limit)] {
        if value != usual {
            pairs.append_pair(name, &value.to_string());
        }
    }
    pairs.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_is_not_usual() {
        let query = Query { text: "a & b".to_owned(), framework: Some("ray".to_owned()), ..Query::default() };
        assert_eq!(address(&query), "/search?q=a+%26+b&framework=ray");
        assert_eq!(address(&Query { offset: 20, ..Query::default() }), "/search?q=&offset=20");
        assert_eq!(address(&Query { grouped: true, ..Query::default() }), "/search?q=&group=framework");
    }

    #[test]
    fn words_to_mark_stand_before_the_anchor() {
        assert_eq!(with_marks("/a/#b", "c d&"), "/a/?mark=c+d%26#b");
        assert_eq!(with_marks("/a/", "c"), "/a/?mark=c");
        assert_eq!(with_marks("/a/#b", ""), "/a/#b");
    }
}
