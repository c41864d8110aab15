//! The whole site: pages, categories, frameworks, findings and gaps. Immutable once built.
//!
//! In: the documents and what else lies in the content folder. Out: every page with its URL and its
//! place in the tree, and for each category who is judged on what. Knows nothing of HTML pages,
//! indexes or requests. Built from scratch for each edition: all costly work was done per document.

mod build;
mod check;
mod completeness;
mod drawings;
mod evidence;
mod figures;
mod fill;
mod frameworks;
mod links;
mod nearest;
mod tree;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::content::data::DataFile;
use crate::content::history::{Change, History};
use crate::content::metadata::{DeclaredCriterion, Fact, FactKind, Rating};
use crate::content::sections::{Document, Section};
use crate::content::site_file::SiteFile;
use crate::content::value::dates::Day;
use crate::diagnostics::Diagnostic;
use crate::ids::DocPath;

pub use crate::content::template::escape;
pub use completeness::{Completeness, State};
pub use evidence::{Evidence, Source, Use};
pub use figures::{Figure, row_id};
pub use fill::Place;
pub use links::Target;
pub use tree::{Neighbour, Neighbours};

/// Index of a document in [`Site::documents`].
pub type DocumentId = usize;
/// Index of a page in [`Site::pages`].
pub type PageId = usize;
/// Index of a category in [`Site::categories`].
pub type CategoryId = usize;

/// What a site is built from.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The site file.
    pub site_file: SiteFile,
    /// The documents by path.
    pub documents: BTreeMap<DocPath, Arc<Document>>,
    /// The other files, with the size of those that are images.
    pub assets: Arc<BTreeMap<DocPath, Asset>>,
    /// Tables of measurements, their environments, runs of examples.
    pub data: Arc<BTreeMap<DocPath, Arc<DataFile>>>,
    /// The day from which the age of sources is counted; year 0 where it does not matter.
    pub today: Day,
    /// Faults of files that no document carries.
    pub faults: Vec<Diagnostic>,
    /// Who changed which file when.
    pub history: Arc<History>,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// A file that is served as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Width and height in pixels, where it is an image.
    pub size: Option<(usize, usize)>,
}

/// Everything there is to publish.
#[derive(Debug)]
pub struct Site {
    /// All documents that are shown, in the order of their paths.
    pub documents: Vec<Arc<Document>>,
    structure: Arc<Structure>,
    faults: Vec<Diagnostic>,
    /// What each category rests on, once somebody asked.
    evidence: Vec<OnceLock<Evidence>>,
}

/// What does not change while an author only rewords a plain page; sites that follow one another share it.
#[derive(Debug, Default)]
pub struct Structure {
    /// The site file's keys.
    pub site_file: SiteFile,
    /// All pages; the first is the home page.
    pub pages: Vec<Page>,
    /// All categories in reading order.
    pub categories: Vec<Category>,
    /// The files that are served as they are.
    pub assets: Arc<BTreeMap<DocPath, Asset>>,
    /// The data files.
    pub data: Arc<BTreeMap<DocPath, Arc<DataFile>>>,
    /// The day from which the age of sources is counted.
    pub today: Day,
    /// Who changed which file when.
    pub history: Arc<History>,
    /// Old URL paths and the pages they lead to.
    pub redirects: HashMap<String, PageId>,
    by_url: HashMap<String, PageId>,
    table_at: HashMap<String, DocPath>,
    url_of_table: HashMap<DocPath, String>,
    by_path: HashMap<DocPath, DocumentId>,
    page_of_document: Vec<PageId>,
    folders: HashMap<String, PageId>,
    splits: HashMap<DocumentId, Vec<(Range<usize>, PageId)>>,
}

impl std::ops::Deref for Site {
    type Target = Structure;

    fn deref(&self) -> &Structure {
        &self.structure
    }
}

/// One page.
#[derive(Debug)]
pub struct Page {
    /// Its URL path, percent-encoded, with a `/` at both ends.
    pub url: String,
    /// What it shows.
    pub kind: PageKind,
    /// Its title.
    pub title: String,
    /// The document it is made from; none for a folder without an index.
    pub document: Option<DocumentId>,
    /// The section of the document it starts at.
    pub section: usize,
    /// The page above it; none for the home page.
    pub parent: Option<PageId>,
    /// The pages below it in reading order.
    pub children: Vec<PageId>,
    /// The category it belongs to, or is.
    pub category: Option<CategoryId>,
    /// Anchors of its sections where they differ from the document's: those of a framework in a larger file.
    anchors: Option<Vec<String>>,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The whole site.
    Home,
    /// A category.
    Category,
    /// A framework; the number is its place in its category.
    Framework(usize),
    /// A plain document.
    Document,
    /// A folder that has no index.
    Folder,
}

/// One body of research.
#[derive(Debug)]
pub struct Category {
    /// Its page.
    pub page: PageId,
    /// The document that declares it.
    pub document: DocumentId,
    /// Its name.
    pub title: String,
    /// Its name in URLs: the last segment of its page's path; empty when the home page is the category.
    pub slug: String,
    /// What its frameworks are judged on, in order.
    pub criteria: Vec<DeclaredCriterion>,
    /// What is judged, in order.
    pub frameworks: Vec<Framework>,
}

/// One thing judged.
#[derive(Debug)]
pub struct Framework {
    /// Its name.
    pub title: String,
    /// Its name in URLs, unique in the category.
    pub slug: String,
    /// Its page.
    pub page: PageId,
    /// The document that holds it.
    pub document: DocumentId,
    /// Its heading's section.
    pub section: usize,
    /// Label of the group it stands in.
    pub group: Option<String>,
    /// What is said about it, one a criterion, in the order of the criteria.
    pub findings: Vec<Finding>,
}

/// What a category says about one framework under one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// Its section in the framework's document; none where the heading is missing.
    pub section: Option<usize>,
    /// Whether it is not researched yet.
    pub gap: bool,
}

impl Site {
    /// Builds a site. Never fails: what is wrong becomes a diagnostic.
    pub fn build(input: Input) -> Self {
        build::build(input)
    }

    /// The structure while the site is being built, when nobody shares it yet.
    fn structure_mut(&mut self) -> &mut Structure {
        Arc::get_mut(&mut self.structure).expect("a site that is being built shares nothing")
    }

    /// The same site with newer versions of some documents; `None` where they change more than what their
    /// own page says: a title, an alias, a category, the order of pages.
    pub fn with_documents(&self, newer: &[Arc<Document>], faults: Vec<Diagnostic>) -> Option<Self> {
        let mut documents = self.documents.clone();
        for document in newer {
            let id = self.document_at(&document.path)?;
            let (page, known) = (&self.pages[self.page_of(id)], &self.documents[id]);
            let stands_alone = page.category.is_none() && page.parent.is_some() && page.children.is_empty();
            if !stands_alone || !has_same_place(known, document) {
                return None;
            }
            documents[id] = Arc::clone(document);
        }
        // Only a page outside of all categories gets here: what they rest on is still true.
        Some(Self { documents, structure: Arc::clone(&self.structure), faults, evidence: self.evidence.clone() })
    }

    /// The site's name.
    pub fn title(&self) -> &str {
        self.site_file.title.as_deref().unwrap_or("fieldguide")
    }

    /// The page at a percent-encoded URL path.
    pub fn page_at(&self, url: &str) -> Option<PageId> {
        self.by_url.get(url).copied()
    }

    /// The page of a document as a whole.
    pub fn page_of(&self, document: DocumentId) -> PageId {
        self.page_of_document[document]
    }

    /// The document at a path in the content folder.
    pub fn document_at(&self, path: &DocPath) -> Option<DocumentId> {
        self.by_path.get(path).copied()
    }

    /// The page a section is shown on, and its anchor there; no anchor for the section the page starts at.
    pub fn place(&self, document: DocumentId, section: usize) -> (PageId, Option<&str>) {
        let split =
            self.splits.get(&document).and_then(|splits| splits.iter().find(|(range, _)| range.contains(&section)));
        let page = split.map_or(self.page_of_document[document], |(_, page)| *page);
        (page, self.anchor_on(page, section))
    }

    /// A section's anchor on a page that shows it; none for the section the page starts at.
    pub fn anchor_on(&self, page: PageId, section: usize) -> Option<&str> {
        let page = &self.pages[page];
        if section == page.section || section == 0 {
            return None;
        }
        match &page.anchors {
            Some(anchors) => anchors.get(section - page.section).map(String::as_str),
            None => Some(&self.documents[page.document?].sections[section].anchor),
        }
    }

    /// The address of a section: its page's URL path with its anchor.
    pub fn href(&self, document: DocumentId, section: usize) -> String {
        match self.place(document, section) {
            (page, None) => self.pages[page].url.clone(),
            (page, Some(anchor)) => format!("{}#{}", self.pages[page].url, encode_fragment(anchor)),
        }
    }

    /// The category whose page stands at a percent-encoded URL path.
    pub fn category_at(&self, url: &str) -> Option<&Category> {
        let page = self.page_at(url)?;
        self.category_of(page).filter(|category| category.page == page)
    }

    /// The category a page belongs to, or is.
    pub fn category_of(&self, page: PageId) -> Option<&Category> {
        self.pages[page].category.map(|id| &self.categories[id])
    }

    /// The framework a section belongs to, with its place in its category.
    pub fn framework_of(&self, document: DocumentId, section: usize) -> Option<(&Category, &Framework)> {
        let (page, _) = self.place(document, section);
        let category = self.category_of(page)?;
        match self.pages[page].kind {
            PageKind::Framework(index) => Some((category, &category.frameworks[index])),
            _ => None,
        }
    }

    /// The sub-sections of a page's section that are shown on the page itself, in order, without those
    /// that became pages of their own.
    pub fn sections_on(&self, page: PageId) -> Vec<usize> {
        let Some(document) = self.pages[page].document else { return Vec::new() };
        let start = self.pages[page].section;
        let end = self.documents[document].sections[start].end;
        let elsewhere = self.splits.get(&document).map(Vec::as_slice).unwrap_or_default();
        (start..end)
            .filter(|section| !elsewhere.iter().any(|(range, other)| *other != page && range.contains(section)))
            .collect()
    }

    /// The URL path of a page's Markdown source.
    pub fn twin_url(&self, page: PageId) -> Option<String> {
        self.pages[page].document?;
        let url = self.pages[page].url.trim_end_matches('/');
        Some(if url.is_empty() { "/index.md".to_owned() } else { format!("{url}.md") })
    }

    /// The Markdown source of a page.
    pub fn twin(&self, page: PageId) -> Option<&str> {
        let page = &self.pages[page];
        let document = &self.documents[page.document?];
        Some(if page.anchors.is_some() { document.source_of(page.section) } else { &document.source })
    }

    /// Who changed the file of a page last, and when, where version control knows.
    pub fn last_change(&self, page: PageId) -> Option<&Change> {
        self.last_change_of(&self.documents[self.pages[page].document?].path)
    }

    /// Who changed a file last, and when, where version control knows.
    pub fn last_change_of(&self, path: &DocPath) -> Option<&Change> {
        self.history.of(path)
    }

    /// The address at which a file can be edited, where the site file gives a pattern.
    pub fn edit_url(&self, path: &DocPath) -> Option<String> {
        let pattern = self.site_file.edit_link.as_ref()?;
        Some(pattern.replace("{path}", &encode_path(path.as_str())))
    }
}

impl Category {
    /// Number of findings, and how many of them are researched.
    pub fn progress(&self) -> Progress {
        Progress::of(self.frameworks.iter().flat_map(|framework| &framework.findings))
    }

    /// The framework that a name in a URL means: its slug, or the only one whose slug has it as a word.
    pub fn framework_named(&self, name: &str) -> Option<usize> {
        let exact = self.frameworks.iter().position(|framework| framework.slug == name);
        exact.or_else(|| {
            let mut fitting = self
                .frameworks
                .iter()
                .enumerate()
                .filter(|(_, framework)| framework.slug.split('-').any(|word| word == name));
            match (fitting.next(), fitting.next()) {
                (Some((index, _)), None) => Some(index),
                _ => None,
            }
        })
    }

    /// The criterion that a name in a URL means.
    pub fn criterion_named(&self, name: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.slug == name)
    }

    /// What the values of a fact are: as declared, else text.
    pub fn kind_of(&self, criterion: usize, slug: &str) -> FactKind {
        let declared = self.criteria[criterion].facts.iter().find(|fact| fact.slug == slug);
        declared.map_or(FactKind::Text, |fact| fact.kind)
    }

    /// The URL path of the page that lists what the category rests on.
    pub fn sources_url(&self, site: &Site) -> String {
        format!("{}sources/", site.pages[self.page].url)
    }

    /// The URL path of the page that helps to choose.
    pub fn choose_url(&self, site: &Site) -> String {
        format!("{}choose/", site.pages[self.page].url)
    }

    /// The comparison's URL path.
    pub fn compare_url(&self, site: &Site) -> String {
        format!("{}compare/", site.pages[self.page].url)
    }
}

impl Framework {
    /// Number of its findings, and how many of them are researched.
    pub fn progress(&self) -> Progress {
        Progress::of(self.findings.iter())
    }

    /// A finding's section.
    pub fn finding<'s>(&self, site: &'s Site, criterion: usize) -> Option<&'s Section> {
        let section = self.findings.get(criterion)?.section?;
        Some(&site.documents[self.document].sections[section])
    }

    /// The facts of a finding; empty for a gap.
    pub fn facts<'s>(&self, site: &'s Site, criterion: usize) -> &'s [Fact] {
        self.finding(site, criterion).map(|section| section.facts.as_slice()).unwrap_or_default()
    }

    /// The rating of a finding.
    pub fn rating<'s>(&self, site: &'s Site, criterion: usize) -> Option<&'s Rating> {
        self.finding(site, criterion)?.rating.as_ref()
    }

    /// The first paragraph of a finding as plain text; empty for a gap.
    pub fn summary<'s>(&self, site: &'s Site, criterion: usize) -> &'s str {
        self.finding(site, criterion).map_or("", Section::lead_text)
    }
}

/// Whether two versions of a document say the same about where it stands in the site.
fn has_same_place(a: &Document, b: &Document) -> bool {
    (&a.title, a.title_section, &a.aliases, a.draft) == (&b.title, b.title_section, &b.aliases, b.draft)
        && a.criteria.is_empty()
        && b.criteria.is_empty()
}

/// How far the research of a category or a framework is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    /// Findings that are researched.
    pub researched: usize,
    /// All findings, one a framework and criterion.
    pub total: usize,
}

impl Progress {
    fn of<'f>(findings: impl Iterator<Item = &'f Finding> + Clone) -> Self {
        Self { researched: findings.clone().filter(|finding| !finding.gap).count(), total: findings.count() }
    }
}

/// A path of file names as it stands in a URL: percent-encoded, `/` kept.
pub fn encode_path(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, PATH).to_string()
}

fn encode_fragment(anchor: &str) -> String {
    percent_encoding::utf8_percent_encode(anchor, PATH).to_string()
}

const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');
