//! All frameworks of the site, for programs: what each is called, where it stands, and how it is rated.

use std::collections::HashMap;

use serde::Serialize;

use super::nav;
use super::section::finding_href;
use super::standing::Read;
use crate::site::{Category, Framework, PageId, Site};

/// The frameworks of all categories, in reading order.
#[derive(Serialize)]
pub struct Catalogue<'s> {
    frameworks: Vec<Entry<'s>>,
}

#[derive(Serialize)]
struct Entry<'s> {
    slug: &'s str,
    title: &'s str,
    url: &'s str,
    category: CategoryRef<'s>,
    group: Option<&'s str>,
    /// Old addresses that lead to it.
    aliases: Vec<&'s str>,
    mark: usize,
    /// The day on which the latest of its sources was read.
    verified: Option<String>,
    /// One a criterion, in the order of the criteria.
    findings: Vec<Finding<'s>>,
}

#[derive(Serialize)]
struct CategoryRef<'s> {
    slug: &'s str,
    title: &'s str,
    url: &'s str,
}

/// A finding by the name of its criterion.
#[derive(Serialize)]
struct Finding<'s> {
    slug: &'s str,
    name: &'s str,
    url: String,
    rating: Option<u8>,
    gap: bool,
}

impl<'s> Catalogue<'s> {
    /// The frameworks of a site.
    pub fn of(site: &'s Site) -> Self {
        let aliases = old_addresses(site);
        let mut frameworks = Vec::new();
        for category in &site.categories {
            let places = 0..category.frameworks.len();
            frameworks.extend(places.map(|place| Entry::of(site, category, place, &aliases)));
        }
        Self { frameworks }
    }
}

impl<'s> Entry<'s> {
    fn of(site: &'s Site, category: &'s Category, place: usize, aliases: &HashMap<PageId, Vec<&'s str>>) -> Self {
        let framework = &category.frameworks[place];
        let criteria = 0..category.criteria.len();
        let url = |page: PageId| site.pages[page].url.as_str();
        Self {
            slug: &framework.slug,
            title: &framework.title,
            url: url(framework.page),
            category: CategoryRef { slug: &category.slug, title: &category.title, url: url(category.page) },
            group: framework.group.as_deref(),
            aliases: aliases.get(&framework.page).cloned().unwrap_or_default(),
            mark: nav::mark(place),
            verified: Read::of_page(site, framework.page).map(|read| read.last),
            findings: criteria.map(|criterion| Finding::of(site, category, framework, criterion)).collect(),
        }
    }
}

impl<'s> Finding<'s> {
    fn of(site: &Site, category: &'s Category, framework: &Framework, criterion: usize) -> Self {
        let declared = &category.criteria[criterion];
        Self {
            slug: &declared.slug,
            name: &declared.name,
            url: finding_href(site, category, framework, criterion),
            rating: framework.rating(site, criterion).map(|rating| rating.value),
            gap: framework.findings[criterion].gap,
        }
    }
}

/// The old addresses of pages, by the pages they lead to.
fn old_addresses(site: &Site) -> HashMap<PageId, Vec<&str>> {
    let mut aliases: HashMap<PageId, Vec<&str>> = HashMap::new();
    for (url, page) in &site.redirects {
        aliases.entry(*page).or_default().push(url);
    }
    aliases.values_mut().for_each(|urls| urls.sort_unstable());
    aliases
}
