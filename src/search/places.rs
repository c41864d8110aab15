//! Where every section of a site stands: its page, category, framework and criterion, and its rank.
//!
//! Made anew for each generation in one pass, because the index holds only what changes with a
//! document; filters, facets and the order of equal hits come from here.

use std::collections::HashMap;

use crate::content::sections::Document;
use crate::site::{DocumentId, Framework, PageId, Site};

/// No category, framework or criterion.
pub(super) const NONE: u16 = u16::MAX;

/// Where a section stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The page that shows it.
    pub page: u32,
    /// Numbers of its category, framework and criterion among the [`Names`] of each.
    pub kinds: [u16; 3],
}

/// What hits are filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Category,
    Framework,
    Criterion,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Category, Self::Framework, Self::Criterion];
}

/// The different categories, frameworks or criteria of a site, in reading order: slug and title.
#[derive(Default)]
pub(super) struct Names {
    all: Vec<(String, String)>,
    by_slug: HashMap<String, u16>,
}

impl Names {
    fn claim(&mut self, slug: &str, title: &str) -> u16 {
        if let Some(&number) = self.by_slug.get(slug) {
            return number;
        }
        let Ok(number) = u16::try_from(self.all.len()) else { return NONE };
        if slug.is_empty() || number == NONE {
            return NONE;
        }
        self.all.push((slug.to_owned(), title.to_owned()));
        self.by_slug.insert(slug.to_owned(), number);
        number
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Slug and title of a number.
    pub(super) fn get(&self, number: u16) -> Option<(&str, &str)> {
        self.all.get(usize::from(number)).map(|(slug, title)| (slug.as_str(), title.as_str()))
    }

    /// The number of a slug.
    pub(super) fn number(&self, slug: &str) -> Option<u16> {
        self.by_slug.get(slug).copied()
    }

    /// The number of a slug, or of the only slug that has it as a word.
    pub(super) fn meant(&self, name: &str) -> Option<u16> {
        self.number(name).or_else(|| {
            let mut fitting = self.all.iter().filter(|(slug, _)| slug.split('-').any(|word| word == name));
            match (fitting.next(), fitting.next()) {
                (Some((slug, _)), None) => self.number(slug),
                _ => None,
            }
        })
    }
}

/// The places of all sections.
pub(super) struct Places {
    sections: Vec<Place>,
    first: Vec<usize>,
    ranks: Vec<u32>,
    names: [Names; 3],
}

impl Places {
    /// The places in a site.
    pub(super) fn of(site: &Site) -> Self {
        let mut first = Vec::with_capacity(site.documents.len() + 1);
        let mut sections = Vec::new();
        for (id, document) in site.documents.iter().enumerate() {
            first.push(sections.len());
            let page = site.page_of(id);
            sections.resize(sections.len() + document.sections.len(), place_on(page));
        }
        first.push(sections.len());
        let mut ranks = vec![u32::MAX; site.pages.len()];
        for (rank, page) in (0..).zip(site.reading_order()) {
            ranks[page] = rank;
        }
        let mut places = Self { sections, first, ranks, names: Default::default() };
        places.mark_categories(site);
        for category in &site.categories {
            let criteria: Vec<u16> =
                category.criteria.iter().map(|c| places.claim(Kind::Criterion, &c.slug, &c.name)).collect();
            for framework in &category.frameworks {
                places.mark_framework(&site.documents[framework.document], framework, &criteria);
            }
        }
        places
    }

    fn mark_categories(&mut self, site: &Site) {
        let categories: Vec<u16> =
            site.categories.iter().map(|c| self.claim(Kind::Category, &c.slug, &c.title)).collect();
        for place in &mut self.sections {
            if let Some(category) = site.pages[place.page as usize].category {
                place.kinds[Kind::Category as usize] = categories[category];
            }
        }
    }

    fn mark_framework(&mut self, document: &Document, framework: &Framework, criteria: &[u16]) {
        let number = self.claim(Kind::Framework, &framework.slug, &framework.title);
        let base = self.first[framework.document];
        // A framework that fills its file has all of it, what stands before its heading too.
        let whole = self.sections[base].page as usize == framework.page;
        let range = if whole {
            0..document.sections.len()
        } else {
            framework.section..document.sections[framework.section].end
        };
        for place in &mut self.sections[base + range.start..base + range.end] {
            place.page = framework.page as u32;
            place.kinds[Kind::Framework as usize] = number;
        }
        for (finding, &criterion) in framework.findings.iter().zip(criteria) {
            let Some(section) = finding.section else { continue };
            for place in &mut self.sections[base + section..base + document.sections[section].end] {
                place.kinds[Kind::Criterion as usize] = criterion;
            }
        }
    }

    fn claim(&mut self, kind: Kind, slug: &str, title: &str) -> u16 {
        self.names[kind as usize].claim(slug, title)
    }

    /// The place of a section.
    pub(super) fn get(&self, document: DocumentId, section: usize) -> Option<Place> {
        let range = *self.first.get(document)?..*self.first.get(document + 1)?;
        self.sections[range].get(section).copied()
    }

    /// The places of a document's sections.
    pub(super) fn of_document(&self, document: DocumentId) -> &[Place] {
        &self.sections[self.first[document]..self.first[document + 1]]
    }

    /// The place of a page in reading order.
    pub(super) fn rank(&self, page: PageId) -> u32 {
        self.ranks.get(page).copied().unwrap_or(u32::MAX)
    }

    /// The names of every kind.
    pub(super) fn into_names(self) -> [Names; 3] {
        self.names
    }
}

fn place_on(page: PageId) -> Place {
    Place { page: page as u32, kinds: [NONE; 3] }
}
