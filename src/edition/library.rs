//! The content as last read, and the way from a change on disk to the next edition.
//!
//! Holds what outlives an edition: parsed documents, the stamps of files, the search index. A refresh
//! re-reads only what changed; a file that broke keeps its last good version, with a diagnostic.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use rayon::prelude::*;

use super::{AssetFile, Edition, EditionError};
use crate::content::data::{self, DataFile};
use crate::content::history::History;
use crate::content::sections::Document;
use crate::content::site_file::SiteFile;
use crate::content::source::{self, Listing, MAX_DOCUMENT_BYTES, SITE_FILE, Stamp};
use crate::content::value::dates::{self, Day};
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::{DocPath, Generation};
use crate::search::Indexer;
use crate::site::{Asset, Input, Site};

/// What may have changed on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// Anything: the folder is listed again.
    Everything,
    /// These files, and no others.
    Files(BTreeSet<DocPath>),
}

/// The content folder as last read.
pub struct Library {
    root: PathBuf,
    live: bool,
    documents: BTreeMap<DocPath, Held>,
    assets: BTreeMap<DocPath, (Stamp, Asset, Arc<AssetFile>)>,
    data: BTreeMap<DocPath, Result<Arc<DataFile>, Diagnostic>>,
    today: Option<Day>,
    history: Arc<History>,
    site_file: SiteFile,
    site_stamp: Option<Stamp>,
    site_fault: Option<Diagnostic>,
    listing_faults: Vec<Diagnostic>,
    indexer: Indexer,
    generation: Generation,
    site: Arc<Site>,
}

/// What a refresh found.
enum Found {
    Nothing,
    /// New versions of these documents, and nothing else.
    Reworded(Vec<DocPath>),
    More,
}

struct Held {
    stamp: Option<Stamp>,
    document: Arc<Document>,
    fault: Option<Diagnostic>,
    /// Whether the file was found empty just now: an editor may be about to write it.
    emptied: bool,
}

impl Library {
    /// Reads the whole folder and builds the first edition.
    ///
    /// # Errors
    /// When the folder cannot be read or the index cannot be made.
    pub fn open(root: &Path, live: bool) -> Result<(Self, Edition), EditionError> {
        Self::open_on(root, live, None)
    }

    /// The same, with the age of sources counted from a day; without one from the day of each edition.
    ///
    /// # Errors
    /// When the folder cannot be read or the index cannot be made.
    pub fn open_on(root: &Path, live: bool, today: Option<Day>) -> Result<(Self, Edition), EditionError> {
        let mut library = Self {
            root: root.to_owned(),
            live,
            documents: BTreeMap::new(),
            assets: BTreeMap::new(),
            data: BTreeMap::new(),
            today,
            history: Arc::default(),
            site_file: SiteFile::default(),
            site_stamp: None,
            site_fault: None,
            listing_faults: Vec::new(),
            indexer: Indexer::new()?,
            generation: Generation(0),
            site: Arc::new(Site::build(Input::default())),
        };
        let history = std::thread::scope(|scope| {
            let history = scope.spawn(|| History::read(root));
            library.reread().map(|_| history.join().unwrap_or_default())
        })?;
        library.history = Arc::new(history);
        let site = Site::build(library.input());
        let edition = library.edition(site)?;
        Ok((library, edition))
    }

    /// Reads what changed and builds the next edition; `None` when nothing did.
    ///
    /// # Errors
    /// When the folder cannot be read or the index cannot be brought up to date. What was read before stays.
    pub fn refresh(&mut self, changes: &Changes) -> Result<Option<Edition>, EditionError> {
        let found = match changes {
            Changes::Everything if self.reread()? => Found::More,
            Changes::Everything => Found::Nothing,
            Changes::Files(paths) => self.reread_files(paths),
        };
        let started = Instant::now();
        let site = match found {
            Found::Nothing => return Ok(None),
            Found::More => Site::build(self.input()),
            Found::Reworded(paths) => {
                self.draw_ahead(&paths);
                self.reworded(&paths).unwrap_or_else(|| Site::build(self.input()))
            }
        };
        tracing::debug!(site.duration_ms = started.elapsed().as_secs_f64() * 1e3, "site put together");
        self.edition(site).map(Some)
    }

    /// Whether everything read was taken as it is. A file that was suddenly empty is not: it keeps what it
    /// said before until it is read once more, since many editors empty a file before they write it.
    pub fn is_settled(&self) -> bool {
        self.documents.values().all(|held| !held.emptied)
    }

    fn edition(&mut self, site: Site) -> Result<Edition, EditionError> {
        let started = Instant::now();
        let search = self.indexer.update(&site)?;
        tracing::debug!(search.duration_ms = started.elapsed().as_secs_f64() * 1e3, "index brought up to date");
        self.generation = self.generation.next();
        self.site = Arc::new(site);
        let files = self.assets.iter().map(|(path, (_, _, file))| (path.clone(), Arc::clone(file))).collect();
        Ok(Edition::new(self.generation, Arc::clone(&self.site), search, files, self.live))
    }

    /// Draws the new diagrams of these documents while the edition is made: whoever has one open asks for it next.
    fn draw_ahead(&self, paths: &[DocPath]) {
        let documents: Vec<_> = paths.iter().map(|path| Arc::clone(&self.documents[path].document)).collect();
        if documents.iter().all(|document| document.undrawn().next().is_none()) {
            return;
        }
        std::thread::spawn(move || {
            for code in documents.iter().flat_map(|document| document.undrawn()) {
                code.diagram();
            }
        });
    }

    /// The last site with the new versions of these documents, where they change nothing beyond their own pages.
    fn reworded(&self, paths: &[DocPath]) -> Option<Site> {
        let newer: Vec<_> = paths.iter().map(|path| Arc::clone(&self.documents[path].document)).collect();
        self.site.with_documents(&newer, self.faults().cloned().collect())
    }

    fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_documents = self.documents.values().filter_map(|held| held.fault.as_ref());
        let of_data = self.data.values().filter_map(|read| read.as_ref().err());
        self.listing_faults.iter().chain(&self.site_fault).chain(of_documents).chain(of_data)
    }

    fn input(&self) -> Input {
        Input {
            site_file: self.site_file.clone(),
            documents: self.documents.iter().map(|(path, held)| (path.clone(), Arc::clone(&held.document))).collect(),
            assets: Arc::new(self.assets.iter().map(|(path, (_, asset, _))| (path.clone(), asset.clone())).collect()),
            data: Arc::new(
                self.data
                    .iter()
                    .filter_map(|(path, read)| Some((path.clone(), Arc::clone(read.as_ref().ok()?))))
                    .collect(),
            ),
            today: self.today.unwrap_or_else(today),
            faults: self.faults().cloned().collect(),
            history: Arc::clone(&self.history),
            drafts: self.live,
        }
    }

    /// Lists the folder and reads every file whose stamp is new. Tells whether anything changed.
    fn reread(&mut self) -> Result<bool, EditionError> {
        let listing =
            source::list(&self.root).map_err(|error| EditionError::Folder { path: self.root.clone(), error })?;
        let mut changed = self.forget_missing(&listing);
        let stale: Vec<_> = (listing.documents.iter())
            .filter(|(path, stamp)| self.documents.get(*path).is_none_or(|held| held.stamp != Some(**stamp)))
            .collect();
        let (root, known) = (&self.root, &self.documents);
        let read: Vec<_> = (stale.par_iter())
            .map(|(path, stamp)| ((*path).clone(), read_document(root, path, Some(**stamp), known.get(*path))))
            .collect();
        changed |= !read.is_empty();
        self.documents.extend(read);
        for (path, stamp) in &listing.assets {
            changed |= self.hold_asset(path, *stamp);
        }
        changed |= self.reread_site_file(listing.site_file);
        changed |= self.listing_faults != listing.diagnostics;
        self.listing_faults = listing.diagnostics;
        Ok(changed)
    }

    fn forget_missing(&mut self, listing: &Listing) -> bool {
        let before = self.documents.len() + self.assets.len();
        self.documents.retain(|path, _| listing.documents.contains_key(path));
        self.assets.retain(|path, _| listing.assets.contains_key(path));
        self.data.retain(|path, _| listing.assets.contains_key(path));
        before != self.documents.len() + self.assets.len()
    }

    fn reread_files(&mut self, paths: &BTreeSet<DocPath>) -> Found {
        let (mut reworded, mut more) = (Vec::new(), false);
        for path in paths {
            let stamp = source::stamp(&self.root, path);
            if path.as_str() == SITE_FILE {
                more |= self.reread_site_file(stamp);
            } else if source::is_markdown(path.as_str()) {
                let known = self.documents.contains_key(path);
                let changed = self.reread_document(path, stamp);
                match known && self.documents.contains_key(path) {
                    true if changed => reworded.push(path.clone()),
                    true => {}
                    false => more |= changed,
                }
            } else {
                more |= match stamp {
                    Some(stamp) => source::asset_type(path).is_some() && self.hold_asset(path, stamp),
                    None => {
                        self.data.remove(path);
                        self.assets.remove(path).is_some()
                    }
                };
            }
        }
        match (more, reworded.is_empty()) {
            (true, _) => Found::More,
            (false, true) => Found::Nothing,
            (false, false) => Found::Reworded(reworded),
        }
    }

    fn reread_document(&mut self, path: &DocPath, stamp: Option<Stamp>) -> bool {
        let Some(stamp) = stamp else { return self.documents.remove(path).is_some() };
        let known = self.documents.get(path);
        let held = read_document(&self.root, path, Some(stamp), known);
        let changed = known.is_none_or(|known| known.document.hash != held.document.hash || known.fault != held.fault);
        self.documents.insert(path.clone(), held);
        changed
    }

    fn hold_asset(&mut self, path: &DocPath, stamp: Stamp) -> bool {
        if self.assets.get(path).is_some_and(|(known, ..)| *known == stamp) {
            return false;
        }
        let asset = Asset { size: source::image_size(&self.root, path) };
        if data::is_data(path) {
            let read = source::read_data(&self.root, path);
            if let Some(read) = read.map(|bytes| DataFile::read(path, &bytes).map(Arc::new)).transpose() {
                self.data.insert(path.clone(), read);
            }
        }
        let file = Arc::new(AssetFile::new(self.root.clone(), path.clone()));
        self.assets.insert(path.clone(), (stamp, asset, file));
        true
    }

    /// Reads the site file; a broken one keeps the last good keys.
    fn reread_site_file(&mut self, stamp: Option<Stamp>) -> bool {
        if stamp == self.site_stamp {
            return false;
        }
        self.site_stamp = stamp;
        let read = stamp.map(|_| source::read_site_file(&self.root));
        let parsed = match read {
            None => Ok(SiteFile::default()),
            Some(Ok(text)) => SiteFile::parse(&text),
            Some(Err(error)) => {
                let message = format!("the site file cannot be read: {error}");
                let fault = Diagnostic::new(Severity::Error, "site-file", SITE_FILE, 1, message);
                Err(fault.help(format!("save it as UTF-8 text of at most {} MB", MAX_DOCUMENT_BYTES >> 20)))
            }
        };
        match parsed {
            Ok(site_file) => {
                self.site_file = site_file;
                self.site_fault = None;
            }
            Err(fault) => self.site_fault = Some(fault),
        }
        true
    }
}

/// The day it is, in UTC; year 0 where the clock is wrong.
fn today() -> Day {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    dates::from_unix_days(u32::try_from(since.as_secs() / 86_400).unwrap_or(0))
}

/// Reads and parses one file; keeps the known version where the file broke.
fn read_document(root: &Path, path: &DocPath, stamp: Option<Stamp>, known: Option<&Held>) -> Held {
    let read = source::read_document(root, path);
    if let (Some(fault), Some(known)) = (&read.fault, known) {
        return Held { stamp, document: Arc::clone(&known.document), fault: Some(fault.clone()), emptied: false };
    }
    if let Some(known) = known
        && read.text.is_empty()
        && !known.document.source.is_empty()
        && !known.emptied
    {
        return Held { stamp: None, document: Arc::clone(&known.document), fault: known.fault.clone(), emptied: true };
    }
    match parsed(path, read.text, Document::read) {
        Ok(document) => {
            if let Some(known) = known {
                document.adopt_highlights(&known.document);
            }
            Held { stamp, document: Arc::new(document), fault: read.fault, emptied: false }
        }
        Err(fault) => {
            let document = known.map_or_else(
                || Arc::new(Document::read(path.clone(), String::new())),
                |known| Arc::clone(&known.document),
            );
            Held { stamp, document, fault: Some(fault), emptied: false }
        }
    }
}

/// A document, or the fault where parsing it panicked.
fn parsed(
    path: &DocPath,
    text: String,
    parse: impl FnOnce(DocPath, String) -> Document,
) -> Result<Document, Diagnostic> {
    catch_unwind(AssertUnwindSafe(|| parse(path.clone(), text))).map_err(|_| {
        Diagnostic::new(Severity::Error, "not-parsed", path.as_str(), 1, "the file could not be parsed")
            .help("this is a fault of the program: please report it with the file")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_makes_the_parser_panic_is_a_fault_of_its_own() {
        let fault = parsed(&DocPath::new("a.md"), String::new(), |_, _| panic!("as a fault of the parser would"));
        assert_eq!(
            fault.expect_err("no document").to_string(),
            "a.md:1:1: error[not-parsed]: the file could not be parsed; this is a fault of the program: please report it with the file"
        );
    }
}
