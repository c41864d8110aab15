//! Where every section of a site stands: its page, category, framework and criterion, and its rank.
//!
//! Made anew for each generation in one pass, because the index holds only what changes with a
//! document; filters, facets and the order of equal hits come from here.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::lexicon::Lexicon;
use super::topics::Topics;
use crate::content::metadata::DeclaredCriterion;
use crate::content::sections::Document;
use crate::site::{Category, DocumentId, Framework, PageId, PageKind, Site};

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
    /// The category a section belongs to.
    Category,
    /// The framework it is about.
    Framework,
    /// The criterion under which it says something.
    Criterion,
}

impl Kind {
    /// All kinds, each at its own number.
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

/// The places of all sections, and what else is asked of every document and page of a site, so that it
/// is gone through only once.
pub(super) struct Places {
    sections: Vec<Place>,
    /// The first section of each document, and one past the last.
    first: Vec<usize>,
    hashes: Vec<u64>,
    pages: Vec<PageFacts>,
    names: [Names; 3],
    lexicon: Lexicon,
    topics: Topics,
}

/// What is asked of a page.
#[derive(Clone, Copy, Default)]
struct PageFacts {
    /// Its place in reading order.
    rank: u32,
    /// Hash of what entries take from it.
    fingerprint: u64,
    /// The same of what entries on the pages below take from it.
    trail: u64,
}

impl Places {
    /// The places in a site.
    pub(super) fn of(site: &Site) -> Self {
        let mut names: [Names; 3] = Default::default();
        let claim = |category: &Category| names[Kind::Category as usize].claim(&category.slug, &category.title);
        let categories: Vec<u16> = site.categories.iter().map(claim).collect();
        let mut places = Self {
            sections: Vec::new(),
            first: vec![0],
            hashes: Vec::with_capacity(site.documents.len()),
            pages: page_facts(site),
            names,
            lexicon: Lexicon::default(),
            topics: Topics::of(site),
        };
        for (id, document) in site.documents.iter().enumerate() {
            let page = site.page_of(id);
            let category = site.pages[page].category.map_or(NONE, |category| categories[category]);
            let end = places.sections.len() + document.sections.len();
            places.sections.resize(end, Place { page: page as u32, kinds: [category, NONE, NONE] });
            places.first.push(end);
            places.hashes.push(document.hash);
        }
        for (category, &number) in site.categories.iter().zip(&categories) {
            let criteria: Vec<u16> =
                category.criteria.iter().map(|c| places.claim(Kind::Criterion, &c.slug, &c.name)).collect();
            for framework in &category.frameworks {
                places.mark_framework(&site.documents[framework.document], framework, number, &criteria);
            }
        }
        places.lexicon = Lexicon::of(site, &places.names[Kind::Framework as usize]);
        places
    }

    fn mark_framework(&mut self, document: &Document, framework: &Framework, category: u16, criteria: &[u16]) {
        let number = self.claim(Kind::Framework, &framework.slug, &framework.title);
        let base = self.first[framework.document];
        // A framework that fills its file has all of it, what stands before its heading too.
        let fills_file = self.sections[base].page as PageId == framework.page;
        let range = if fills_file {
            0..document.sections.len()
        } else {
            framework.section..document.sections[framework.section].end
        };
        for place in &mut self.sections[base + range.start..base + range.end] {
            *place = Place { page: framework.page as u32, kinds: [category, number, NONE] };
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

    /// The number of a document's first section; all its sections follow.
    pub(super) fn first_section(&self, document: DocumentId) -> usize {
        self.first[document]
    }

    /// The document of a numbered section, and which of its sections that is.
    pub(super) fn section(&self, number: usize) -> (DocumentId, usize) {
        let document = self.first.partition_point(|&first| first <= number) - 1;
        (document, number - self.first[document])
    }

    /// The numbers of the category, framework and criterion of a numbered section.
    pub(super) fn kinds(&self, number: usize) -> [u16; 3] {
        self.sections[number].kinds
    }

    /// The place of a numbered section in reading order.
    pub(super) fn rank(&self, number: usize) -> (u32, usize) {
        (self.pages[self.sections[number].page as PageId].rank, number)
    }

    /// The hash of a document's text.
    pub(super) fn hash(&self, document: DocumentId) -> u64 {
        self.hashes[document]
    }

    /// The names of a kind.
    pub(super) fn names(&self, kind: Kind) -> &Names {
        &self.names[kind as usize]
    }

    /// What words mean together on this site.
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The rows of comparisons that can be asked for.
    pub(super) fn topics(&self) -> &Topics {
        &self.topics
    }

    /// The places of a document's sections.
    pub(super) fn of_document(&self, document: DocumentId) -> &[Place] {
        &self.sections[self.first[document]..self.first[document + 1]]
    }

    /// For each document, a hash that stays the same as long as its entries would come out the same.
    /// Besides its text it covers what they take from the site: the names of its pages and of those above
    /// them, and whether these lie in a category, where other sections are gaps.
    pub(super) fn fingerprints(&self) -> Vec<u64> {
        let documents = self.hashes.iter().enumerate();
        documents
            .map(|(id, &hash)| {
                let mut fingerprint = hash;
                let mut before = None;
                for (section, place) in self.of_document(id).iter().enumerate() {
                    if before != Some(place.page) {
                        before = Some(place.page);
                        let page = self.pages[place.page as PageId].fingerprint;
                        fingerprint = mix(mix(fingerprint, section as u64), page);
                    }
                }
                fingerprint
            })
            .collect()
    }
}

fn page_facts(site: &Site) -> Vec<PageFacts> {
    let meanings: Vec<u64> = site.categories.iter().map(meaning_hash).collect();
    let mut facts = vec![PageFacts { rank: u32::MAX, ..PageFacts::default() }; site.pages.len()];
    for (rank, id) in (0..).zip(site.reading_order()) {
        let page = &site.pages[id];
        let trail = page.parent.map_or(0, |parent| facts[parent].trail);
        let named =
            [trail, u64::from(page.category.is_some()), xxh3_64(page.title.as_bytes())].into_iter().fold(0, mix);
        let judged = match page.kind {
            PageKind::Framework(_) => page.category.map_or(0, |category| meanings[category]),
            _ => 0,
        };
        let fingerprint = [page.section as u64, xxh3_64(page.url.as_bytes()), judged].into_iter().fold(named, mix);
        facts[id] = PageFacts { rank, fingerprint, trail: named };
    }
    facts
}

/// Hash of what a category says that its criteria and facts mean.
fn meaning_hash(category: &Category) -> u64 {
    let facts = |criterion: &DeclaredCriterion| {
        criterion
            .facts
            .iter()
            .fold(0, |hash, fact| mix(hash, xxh3_64(format!("{}\n{}", fact.slug, fact.description).as_bytes())))
    };
    let criteria = category.criteria.iter();
    criteria.fold(0, |hash, criterion| mix(mix(hash, xxh3_64(criterion.description.as_bytes())), facts(criterion)))
}

/// Mixes a number into a hash.
fn mix(hash: u64, number: u64) -> u64 {
    let product = u128::from(hash ^ 0x9E37_79B9_7F4A_7C15) * u128::from(number ^ 0xE703_7ED1_A0B4_28DB);
    (product as u64) ^ (product >> 64) as u64
}
