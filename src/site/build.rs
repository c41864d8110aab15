//! Documents to pages and categories: the order in which a site comes to be.
//!
//! First every document gets a page and a URL; then the documents that declare criteria become
//! categories; then the headings that answer to those criteria become frameworks, with pages of their
//! own where several share a file; last the tree is ordered.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::frameworks::{findings, framework_sections, group_of};
use super::{Category, CategoryId, DocumentId, Framework, Input, Page, PageId, PageKind, Site, Structure, encode_path};
use crate::content::metadata::DeclaredCriterion;
use crate::content::sections::Document;
use crate::ids::{self, DocPath, Unique};

/// Last path segments that belong to the engine under every category.
const RESERVED: [&str; 3] = ["compare", "choose", "sources"];

pub(super) fn build(input: Input) -> Site {
    let mut documents: Vec<Arc<Document>> =
        input.documents.into_values().filter(|document| input.drafts || !document.draft).collect();
    // An index claims its folder's URL before a README, and both before a file of the folder's name.
    documents.sort_by_cached_key(|document| {
        let path = &document.path;
        (path.folder().to_owned(), !path.is_index(), path.stem().to_lowercase() != "index", path.clone())
    });
    let by_path = documents.iter().enumerate().map(|(id, document)| (document.path.clone(), id)).collect();
    let structure = Structure {
        site_file: input.site_file,
        assets: input.assets,
        data: input.data,
        today: input.today,
        history: input.history,
        by_path,
        ..Structure::default()
    };
    let site = Site { documents, structure: Arc::new(structure), faults: input.faults, evidence: Vec::new() };
    let mut builder = Builder { site, urls: HashSet::new() };
    builder.pages();
    builder.categories();
    builder.frameworks();
    builder.finish()
}

struct Builder {
    site: Site,
    urls: HashSet<String>,
}

impl Builder {
    /// Gives every document a page, and every folder that has none a page that lists it.
    fn pages(&mut self) {
        let documents = self.site.documents.clone();
        let home = documents.iter().position(|document| document.path.folder().is_empty() && document.path.is_index());
        let title = home.map_or_else(|| self.site.title().to_owned(), |id| documents[id].title.clone());
        let section = home.map_or(0, |id| documents[id].title_section);
        self.urls.insert("/".to_owned());
        self.add(Page { document: home, section, ..page("/".to_owned(), PageKind::Home, title) });
        self.site.structure_mut().folders.insert(String::new(), 0);
        self.reserve_category_urls(&documents);
        self.site.structure_mut().page_of_document = vec![0; documents.len()];
        for (id, document) in documents.iter().enumerate() {
            if Some(id) == home {
                continue;
            }
            let path = &document.path;
            let is_index =
                path.is_index() && !path.folder().is_empty() && !self.site.folders.contains_key(path.folder());
            let mut url = folder_url(path.folder());
            if !is_index {
                url.push_str(&ids::slug(path.stem()));
                url.push('/');
            }
            let url = self.claim(&url);
            let page = Page {
                document: Some(id),
                section: document.title_section,
                ..page(url, PageKind::Document, document.title.clone())
            };
            let page = self.add(page);
            self.site.structure_mut().page_of_document[id] = page;
            if is_index {
                self.site.structure_mut().folders.insert(path.folder().to_owned(), page);
            }
        }
        self.folders_without_index(&documents);
        self.parents(&documents);
        self.aliases(&documents);
    }

    /// Gives every table an address of its own, below the folder it lies in.
    fn tables(&mut self) {
        let tables: Vec<DocPath> = self.site.tables().map(|table| table.path.clone()).collect();
        for path in tables {
            let url = self.claim(&format!("{}{}/", folder_url(path.folder()), ids::slug(path.stem())));
            let structure = self.site.structure_mut();
            structure.table_at.insert(url.clone(), path.clone());
            structure.url_of_table.insert(path, url);
        }
    }

    fn reserve_category_urls(&mut self, documents: &[Arc<Document>]) {
        for document in documents.iter().filter(|document| !document.criteria.is_empty()) {
            let base = scope_of(document).map(|folder| folder_url(&folder)).unwrap_or_default();
            for word in RESERVED {
                self.urls.insert(encode_path(&format!("{base}{word}/")));
            }
        }
    }

    fn folders_without_index(&mut self, documents: &[Arc<Document>]) {
        let mut folders = BTreeSet::new();
        for document in documents {
            let mut folder = document.path.folder();
            while !folder.is_empty() && folders.insert(folder) {
                folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
            }
        }
        for folder in folders {
            if self.site.folders.contains_key(folder) {
                continue;
            }
            // `x.md` beside the folder `x` stands for the folder.
            let beside = ["md", "markdown"]
                .iter()
                .find_map(|end| self.site.by_path.get(&DocPath::new(&format!("{folder}.{end}"))));
            if let Some(&document) = beside {
                let page = self.site.page_of_document[document];
                self.site.structure_mut().folders.insert(folder.to_owned(), page);
                continue;
            }
            let url = self.claim(&folder_url(folder));
            let title = ids::title(folder.rsplit('/').next().unwrap_or_default());
            let page = self.add(page(url, PageKind::Folder, title));
            self.site.structure_mut().folders.insert(folder.to_owned(), page);
        }
    }

    fn parents(&mut self, documents: &[Arc<Document>]) {
        let folders: Vec<_> = self.site.folders.iter().map(|(folder, page)| (folder.clone(), *page)).collect();
        for (folder, page) in folders {
            if let Some((above, _)) = folder.rsplit_once('/').or_else(|| (!folder.is_empty()).then_some(("", ""))) {
                let parent = self.site.folders.get(above).copied();
                self.site.structure_mut().pages[page].parent = parent;
            }
        }
        for (id, document) in documents.iter().enumerate() {
            let page = self.site.page_of_document[id];
            let folder = self.site.folders.get(document.path.folder()).copied();
            if page != 0 && self.site.pages[page].parent.is_none() {
                self.site.structure_mut().pages[page].parent = folder.filter(|folder| *folder != page).or(Some(0));
            }
        }
    }

    fn aliases(&mut self, documents: &[Arc<Document>]) {
        for (id, document) in documents.iter().enumerate() {
            for alias in &document.aliases {
                let url = format!("/{}/", encode_path(alias.trim().trim_matches('/')));
                if !self.site.by_url.contains_key(&url) {
                    let page = self.site.page_of_document[id];
                    self.site.structure_mut().redirects.entry(url).or_insert(page);
                }
            }
        }
    }

    fn categories(&mut self) {
        let declaring = (0..self.site.documents.len()).filter(|&id| !self.site.documents[id].criteria.is_empty());
        for id in declaring.collect::<Vec<_>>() {
            let document = Arc::clone(&self.site.documents[id]);
            let page_id = self.site.page_of_document[id];
            let structure = self.site.structure_mut();
            let page = &mut structure.pages[page_id];
            page.category = Some(structure.categories.len());
            let slug = last_segment(&page.url);
            if page.kind != PageKind::Home {
                page.kind = PageKind::Category;
            }
            structure.categories.push(Category {
                page: page_id,
                document: id,
                title: document.title.clone(),
                slug,
                criteria: with_scales(&document),
                frameworks: Vec::new(),
            });
        }
        self.belongings();
    }

    /// Puts documents and folders into the nearest category at or above their folder.
    fn belongings(&mut self) {
        let scopes: HashMap<String, CategoryId> = (self.site.categories.iter().enumerate())
            .filter_map(|(id, category)| Some((scope_of(&self.site.documents[category.document])?, id)))
            .collect();
        for id in 0..self.site.documents.len() {
            let page = self.site.page_of_document[id];
            if self.site.pages[page].category.is_none() {
                let category = nearest_scope(&scopes, self.site.documents[id].path.folder());
                self.site.structure_mut().pages[page].category = category;
            }
        }
        let folders: Vec<_> = self.site.folders.iter().map(|(folder, page)| (folder.clone(), *page)).collect();
        for (folder, page) in folders {
            if self.site.pages[page].kind == PageKind::Folder {
                self.site.structure_mut().pages[page].category = nearest_scope(&scopes, &folder);
            }
        }
    }

    fn frameworks(&mut self) {
        for id in 0..self.site.documents.len() {
            let page = self.site.page_of_document[id];
            let Some(category) = self.site.pages[page].category else { continue };
            let document = Arc::clone(&self.site.documents[id]);
            for section in framework_sections(&document, &self.site.categories[category].criteria) {
                self.framework(category, id, &document, section);
            }
        }
        self.order_frameworks();
    }

    fn framework(&mut self, category: CategoryId, id: DocumentId, document: &Document, section: usize) {
        let own_page = self.site.page_of_document[id];
        let is_whole_file = document.criteria.is_empty() && (section == document.title_section || section == 0);
        let title = if section == document.title_section || section == 0 {
            document.title.clone()
        } else {
            document.sections[section].title.clone()
        };
        let (page_id, group) = if is_whole_file {
            (own_page, self.folder_group(category, document))
        } else {
            (self.split(id, document, section, &title), group_of(document, section))
        };
        let page = &mut self.site.structure_mut().pages[page_id];
        page.category = Some(category);
        let slug = last_segment(&page.url);
        let findings = findings(document, section, &self.site.categories[category].criteria);
        let framework = Framework { title, slug, page: page_id, document: id, section, group, findings };
        self.site.structure_mut().categories[category].frameworks.push(framework);
    }

    /// Makes a page of its own for a framework that shares its file.
    fn split(&mut self, id: DocumentId, document: &Document, section: usize, title: &str) -> PageId {
        let own_page = self.site.page_of_document[id];
        let own_url =
            percent_encoding::percent_decode_str(&self.site.pages[own_page].url).decode_utf8_lossy().into_owned();
        let url = self.claim(&format!("{own_url}{}/", ids::slug(title)));
        let end = document.sections[section].end;
        let mut unique = Unique::default();
        let anchors =
            (section..end)
                .map(|at| {
                    if at == section { String::new() } else { unique.claim(&ids::anchor(&document.sections[at].title)) }
                })
                .collect();
        let page = self.add(Page {
            document: Some(id),
            section,
            parent: Some(own_page),
            anchors: Some(anchors),
            ..page(url, PageKind::Document, title.to_owned())
        });
        self.site.structure_mut().splits.entry(id).or_default().push((section..end, page));
        page
    }

    /// The label of the group a framework's file stands in: the sub-folder of the category.
    fn folder_group(&self, category: CategoryId, document: &Document) -> Option<String> {
        let scope = scope_of(&self.site.documents[self.site.categories[category].document])?;
        let folder = document.path.folder();
        let folder =
            if document.path.is_index() { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
        let page = (folder != scope).then(|| self.site.folders.get(folder)).flatten()?;
        Some(self.site.pages[*page].title.clone())
    }

    /// Orders each category's frameworks: as its document names them, the rest by path.
    fn order_frameworks(&mut self) {
        for id in 0..self.site.categories.len() {
            let named = self.named_pages(self.site.categories[id].document);
            let structure = self.site.structure_mut();
            let category = &mut structure.categories[id];
            category.frameworks.sort_by_key(|framework| named.get(&framework.page).copied().unwrap_or(usize::MAX));
            let mut slugs = Unique::default();
            for (index, framework) in category.frameworks.iter_mut().enumerate() {
                framework.slug = slugs.claim(&framework.slug);
                structure.pages[framework.page].kind = PageKind::Framework(index);
            }
        }
    }

    /// The pages that a document links to, with the place of the first link to each.
    fn named_pages(&self, document: DocumentId) -> HashMap<PageId, usize> {
        let mut named = HashMap::new();
        for (at, link) in self.site.documents[document].links.iter().enumerate() {
            if let super::Target::Page { page, .. } = self.site.resolve(document, &link.url) {
                named.entry(page).or_insert(at);
            }
        }
        named
    }

    fn finish(mut self) -> Site {
        let index_pages: BTreeSet<PageId> = self.site.folders.values().copied().collect();
        let mut named = HashMap::new();
        for page in index_pages {
            if let Some(document) = self.site.pages[page].document {
                named.insert(page, self.named_pages(document));
            }
        }
        super::tree::order(&mut self.site, &named);
        self.site.evidence = self.site.categories.iter().map(|_| OnceLock::new()).collect();
        self.tables();
        self.site
    }

    /// A URL path that no other page has: the one given, percent-encoded, or the same with a number.
    fn claim(&mut self, url: &str) -> String {
        let url = encode_path(url);
        if self.urls.insert(url.clone()) {
            return url;
        }
        let bare = url.trim_end_matches('/');
        let numbered = (2..).map(|number| format!("{bare}-{number}/")).find(|url| self.urls.insert(url.clone()));
        numbered.expect("there is always a free number")
    }

    fn add(&mut self, page: Page) -> PageId {
        let id = self.site.pages.len();
        let structure = self.site.structure_mut();
        structure.by_url.insert(page.url.clone(), id);
        structure.pages.push(page);
        id
    }
}

fn page(url: String, kind: PageKind, title: String) -> Page {
    Page {
        url,
        kind,
        title,
        document: None,
        section: 0,
        parent: None,
        children: Vec::new(),
        category: None,
        anchors: None,
    }
}

/// The criteria that a document declares, each with the scale that it publishes for it.
fn with_scales(document: &Document) -> Vec<DeclaredCriterion> {
    let mut criteria = document.criteria.clone();
    for criterion in &mut criteria {
        if let Some(scale) = document.scales.iter().find(|scale| scale.slug == criterion.slug) {
            criterion.scale.clone_from(&scale.steps);
        }
    }
    criteria
}

/// The last segment of a URL path, decoded.
fn last_segment(url: &str) -> String {
    let segment = url.trim_matches('/').rsplit('/').next().unwrap_or_default();
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

/// The URL path of a folder before percent-encoding.
fn folder_url(folder: &str) -> String {
    let mut url = "/".to_owned();
    for segment in folder.split('/').filter(|segment| !segment.is_empty()) {
        url.push_str(&ids::slug(segment));
        url.push('/');
    }
    url
}

/// The folder whose files belong to the category that a document declares.
fn scope_of(document: &Document) -> Option<String> {
    if document.path.is_index() {
        return Some(document.path.folder().to_owned());
    }
    let folder = document.path.folder();
    let stem = document.path.stem();
    Some(if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") })
}

fn nearest_scope(scopes: &HashMap<String, CategoryId>, folder: &str) -> Option<CategoryId> {
    let mut folder = folder;
    loop {
        if let Some(&category) = scopes.get(folder) {
            return Some(category);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}
