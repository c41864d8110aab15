//! What stands around the content of every page: head, header, tree, way, contents, footer.

use super::Chrome;
use super::document::first_words;
use super::linked_data;
use super::nav::{self, Level};
use super::picture::Pictured;
use super::standing::Standing;
use crate::choose::Situation;
use crate::content::data::Table;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::DocPath;
use crate::site::{Category, DocumentId, Neighbour, PageId, PageKind, Site};

/// Longest description of a page, in characters.
const DESCRIPTION: usize = 160;

/// The frame around one page's content.
pub(super) struct Frame<'a> {
    pub chrome: Chrome<'a>,
    /// Name of the kind of page, for the style sheet.
    pub kind: &'static str,
    /// Title of the page itself.
    pub title: String,
    /// What the page says, in a sentence.
    pub description: String,
    /// The page's own address; none for a page that is not to be found by others.
    pub url: Option<String>,
    /// The page of the site it shows, or stands below.
    pub page: Option<PageId>,
    /// Whether it is a page of its own below `page`.
    pub below: bool,
    /// The table that it shows.
    pub table: Option<&'a Table>,
    /// What the picture in previews of links to it is of.
    pub pictured: Option<Pictured<'a>>,
    /// The file the page is made from.
    pub file: Option<&'a DocPath>,
    pub nav: Level<'a>,
    /// What is on the page.
    pub contents: Vec<Content>,
}

/// An entry of the list of what is on a page.
pub(super) struct Content {
    pub id: String,
    pub title: String,
    /// 2 for the top ones.
    pub level: u8,
    /// Whether it is not researched yet.
    pub gap: bool,
    /// Its rating, 1 to 5.
    pub rating: Option<u8>,
}

/// A link of the way down to the page.
pub(super) struct Crumb<'a> {
    pub href: &'a str,
    pub title: &'a str,
}

/// A link to the page before or after.
pub(super) struct Step<'a> {
    /// Its address; none while the page is planned.
    pub href: Option<&'a str>,
    pub title: String,
}

impl<'a> Frame<'a> {
    /// The frame of a page of the site.
    pub fn of_page(chrome: Chrome<'a>, page: PageId) -> Self {
        let shown = &chrome.site.pages[page];
        let kind = match shown.kind {
            PageKind::Home => "home",
            PageKind::Category => "category",
            PageKind::Framework(_) => "framework",
            PageKind::Document => "document",
            PageKind::Folder => "folder",
        };
        Self {
            chrome,
            kind,
            title: shown.title.clone(),
            description: describe(chrome, page),
            url: Some(shown.url.clone()),
            page: Some(page),
            below: false,
            table: None,
            pictured: Some(Pictured::Page(page)),
            file: file_of(chrome.site, page),
            nav: nav::tree(chrome.site, Some(page), &shown.url),
            contents: Vec::new(),
        }
    }

    /// The frame of a page that the engine makes below a page of the site.
    pub fn below(
        chrome: Chrome<'a>,
        page: PageId,
        kind: &'static str,
        title: String,
        url: String,
        says: String,
        pictured: Pictured<'a>,
    ) -> Self {
        Self {
            kind,
            title,
            description: shorten(&says),
            page: Some(page),
            below: true,
            table: None,
            pictured: Some(pictured),
            file: file_of(chrome.site, page),
            nav: nav::tree(chrome.site, Some(page), &url),
            url: Some(url),
            chrome,
            contents: Vec::new(),
        }
    }

    /// The frame of a page that stands for no page of the site.
    pub fn of_none(chrome: Chrome<'a>, kind: &'static str, title: &str) -> Self {
        Self {
            chrome,
            kind,
            title: title.to_owned(),
            description: String::new(),
            url: None,
            page: None,
            below: false,
            table: None,
            pictured: None,
            file: None,
            nav: nav::tree(chrome.site, None, ""),
            contents: Vec::new(),
        }
    }

    /// The title as a browser's tab shows it.
    pub fn head_title(&self) -> String {
        let site = self.chrome.site.title();
        let category = self.page.and_then(|page| {
            let category = self.chrome.site.category_of(page)?;
            (category.page != page || self.below).then_some(category.title.as_str())
        });
        let parts = [Some(self.title.as_str()), category, Some(site)];
        let mut titles: Vec<_> = parts.into_iter().flatten().collect();
        titles.dedup();
        titles.join(" · ")
    }

    /// The page's full address, where it is known under which the site is published.
    pub fn canonical(&self) -> Option<String> {
        Some(format!("{}{}", self.chrome.canonical_base?.trim_end_matches('/'), self.url.as_ref()?))
    }

    /// Address of the page's Markdown source.
    pub fn twin(&self) -> Option<String> {
        self.page.filter(|_| !self.below).and_then(|page| self.chrome.site.twin_url(page))
    }

    /// The way down to the page, without the page itself; empty for the home page.
    pub fn crumbs(&self) -> Vec<Crumb<'a>> {
        let site = self.chrome.site;
        let Some(page) = self.page else { return vec![self.crumb(0)] };
        let own = self.below.then_some(page).filter(|page| *page != 0);
        site.ancestors(page).into_iter().chain(own).map(|page| self.crumb(page)).collect()
    }

    /// What the page is called at the end of the way down to it.
    pub fn crumb_title(&self) -> &str {
        match self.kind {
            "compare" => "Compare",
            "choose" => "Choose",
            "sources" => "Sources",
            _ => &self.title,
        }
    }

    fn crumb(&self, page: PageId) -> Crumb<'a> {
        let shown = &self.chrome.site.pages[page];
        Crumb { href: &shown.url, title: if page == 0 { "Home" } else { &shown.title } }
    }

    /// Whether there is a list of what is on the page.
    pub fn has_contents(&self) -> bool {
        self.contents.len() > 1
    }

    /// What is read before.
    pub fn previous(&self) -> Option<Step<'a>> {
        self.step(|neighbours| neighbours.previous)
    }

    /// What is read after.
    pub fn next(&self) -> Option<Step<'a>> {
        self.step(|neighbours| neighbours.next)
    }

    fn step(&self, which: impl Fn(crate::site::Neighbours) -> Option<Neighbour>) -> Option<Step<'a>> {
        let site = self.chrome.site;
        let page = self.page.filter(|_| !self.below)?;
        Some(match which(site.neighbours(page))? {
            Neighbour::Page(page, title) => {
                let shown = &site.pages[page];
                Step { href: Some(&shown.url), title: title.unwrap_or_else(|| shown.title.clone()) }
            }
            Neighbour::Planned(title) => Step { href: None, title },
        })
    }

    /// Whether the page is put together from the pages of its category's frameworks.
    pub fn draws_on_frameworks(&self) -> bool {
        self.draws_on().is_some()
    }

    /// The category whose frameworks the page is put together from.
    fn draws_on(&self) -> Option<&'a Category> {
        let page = self.page.filter(|_| ["compare", "choose", "sources"].contains(&self.kind))?;
        self.chrome.site.category_of(page)
    }

    /// Where the page stands.
    pub fn standing(&self) -> Option<Standing<'a>> {
        let (site, page) = (self.chrome.site, self.page?);
        let standing = match self.draws_on() {
            Some(category) => Standing::of_category(site, category),
            None if self.below => Standing::of_file(site, self.file?),
            None => Standing::of_page(site, page)?,
        };
        standing.is_known().then_some(standing)
    }

    /// Where a second link past what stands first leads, and its words.
    pub fn second_skip(&self) -> Option<(&'static str, &'static str)> {
        match self.kind {
            "compare" => Some(("#fg-state", "Skip to the comparison")),
            "choose" => Some(("#fg-state", "Skip to the answer")),
            _ => self.has_contents().then_some(("#fg-contents", "Skip to what is on this page")),
        }
    }

    /// What the page is, for programs: JSON-LD that can stand in a `script` element.
    pub fn linked_data(&self) -> Option<String> {
        linked_data::of_frame(self)
    }

    /// Address of the page's picture for previews of links, where the site's own address is known.
    pub fn picture(&self) -> Option<String> {
        Some(format!("{}{}", self.chrome.canonical_base?, self.pictured?.path(self.chrome.site)))
    }

    /// What that picture says: the title of the page it was made for.
    pub fn picture_title(&self) -> String {
        self.pictured.map(|pictured| pictured.title(self.chrome.site)).unwrap_or_default()
    }

    /// Where the file can be edited.
    pub fn edit_url(&self) -> Option<String> {
        self.chrome.site.edit_url(self.file?)
    }

    /// What is wrong with the page's file, with the data it cites and with the site as a whole, errors first.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.told(|severity| severity > Severity::Note)
    }

    /// What is worth knowing of them besides: open research, ageing sources, examples that were not run.
    pub fn notes(&self) -> Vec<Diagnostic> {
        self.told(|severity| severity == Severity::Note)
    }

    fn told(&self, is_asked: impl Fn(Severity) -> bool) -> Vec<Diagnostic> {
        let site = self.chrome.site;
        let mut all = match (self.table, self.page.and_then(|page| site.pages[page].document)) {
            (Some(table), _) => site.diagnostics_of_table(table),
            (None, Some(document)) => self.diagnostics_of_document(document),
            (None, None) => Vec::new(),
        };
        all.extend(site.faults().iter().cloned());
        all.retain(|diagnostic| is_asked(diagnostic.severity));
        all.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| (&a.path, a.line).cmp(&(&b.path, b.line))));
        all.dedup();
        all
    }

    fn diagnostics_of_document(&self, document: DocumentId) -> Vec<Diagnostic> {
        let site = self.chrome.site;
        let mut all = site.diagnostics_of(&site.documents[document].path);
        all.extend(site.diagnostics_of_cited_data(document));
        let categories = site.categories.iter().filter(|category| category.document == document);
        all.extend(categories.flat_map(|category| Situation::diagnostics_of(site, category)));
        all
    }

    /// How many of some diagnostics are errors.
    pub fn errors(&self, diagnostics: &[Diagnostic]) -> usize {
        diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }
}

/// The file a page of the site is made from.
fn file_of(site: &Site, page: PageId) -> Option<&DocPath> {
    Some(&site.documents[site.pages[page].document?].path)
}

/// What a page says in a sentence, for those who have not opened it.
fn describe(chrome: Chrome<'_>, page: PageId) -> String {
    let site = chrome.site;
    let shown = &site.pages[page];
    let of_site = site.site_file.description.as_deref();
    if let Some(description) = of_site.filter(|_| shown.kind == PageKind::Home) {
        return shorten(description);
    }
    match (first_words(chrome, page), site.category_of(page)) {
        (Some(words), _) => words,
        (None, Some(category)) if category.page != page => {
            format!("{} in {}, judged on {} criteria.", shown.title, category.title, category.criteria.len())
        }
        _ => shorten(of_site.unwrap_or(&shown.title)),
    }
}

/// A text cut at the end of a word.
pub(super) fn shorten(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', ';', ':', ' ', '-']))
}
