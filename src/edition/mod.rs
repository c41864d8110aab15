//! An edition: one complete, immutable state of the site with its index and its pages.
//!
//! A page is rendered when it is first asked for and kept for as long as the edition lasts. A request
//! takes one edition and touches nothing else. [`library`] builds editions, [`store`] holds the current one.

mod body;
mod encoder;
mod library;
mod misses;
mod statics;
mod store;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

pub use body::{Body, Coding};
pub use encoder::Encoder;
pub use library::{Changes, Library};
pub use misses::{Asked, Miss, Misses};
pub use statics::{StaticFile, Statics};
pub use store::{EditionStore, News};

use crate::content::source;
use crate::ids::{DocPath, Generation};
use crate::search::{SearchError, Snapshot};
use crate::site::{PageId, Site};
use crate::views::{self, Chrome, MachineFile, Pictured};

/// The most pictures that an edition keeps of pages which the program makes. The pairs of ten frameworks are few; those
/// of a hundred would fill more memory than they are worth, and are drawn each time.
const KEPT_PICTURES: usize = 512;

/// Why an edition could not be built.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// The content folder cannot be read.
    #[error("the content folder {} cannot be read: {error}; check its path and its permissions", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The search index cannot be written.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// One complete state of the site.
pub struct Edition {
    /// Its number.
    pub generation: Generation,
    /// Its pages, categories and findings.
    pub site: Arc<Site>,
    /// Its search index.
    pub search: Snapshot,
    /// The program's own style sheet and scripts.
    pub statics: &'static Statics,
    live: bool,
    pages: Vec<OnceLock<Body>>,
    twins: Vec<OnceLock<Body>>,
    pictures: Vec<OnceLock<Arc<Body>>>,
    /// By their paths.
    made_pictures: OnceLock<HashMap<String, OnceLock<Arc<Body>>>>,
    machine_files: [OnceLock<Arc<Body>>; MachineFile::ALL.len()],
    files: BTreeMap<DocPath, Arc<AssetFile>>,
}

impl Edition {
    fn new(
        generation: Generation,
        site: Arc<Site>,
        search: Snapshot,
        files: BTreeMap<DocPath, Arc<AssetFile>>,
        live: bool,
    ) -> Self {
        let slots = || site.pages.iter().map(|_| OnceLock::new()).collect();
        let (pages, twins) = (slots(), slots());
        let pictures = site.pages.iter().map(|_| OnceLock::new()).collect();
        let machine_files = std::array::from_fn(|_| OnceLock::new());
        let statics = Statics::get();
        Self {
            generation,
            site,
            search,
            statics,
            live,
            pages,
            twins,
            pictures,
            made_pictures: OnceLock::new(),
            machine_files,
            files,
        }
    }

    /// What every page is drawn with.
    pub fn chrome(&self) -> Chrome<'_> {
        Chrome {
            site: &self.site,
            generation: self.generation,
            assets: &self.statics.urls,
            live: self.live,
            canonical_base: self.site.site_file.base_url.as_deref().map(|url| url.trim_end_matches('/')),
            asked_at: "",
        }
    }

    /// Whether browsers are told of changes.
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// A page's HTML, rendered the first time it is asked for.
    pub fn page(&self, page: PageId) -> &Body {
        self.pages[page].get_or_init(|| Body::new(views::page(&self.chrome(), page)))
    }

    /// Whether a page was rendered already.
    pub fn is_rendered(&self, page: PageId) -> bool {
        self.pages[page].get().is_some()
    }

    /// A page's Markdown source; none for pages that no file stands behind.
    pub fn twin(&self, page: PageId) -> Option<&Body> {
        let source = self.site.twin(page)?;
        Some(self.twins[page].get_or_init(|| Body::new(source.to_owned())))
    }

    /// The picture for previews of links at a path, drawn the first time it is asked for; `None` where no page has it.
    pub fn picture(&self, path: &str) -> Option<Arc<Body>> {
        let pictured = Pictured::at(&self.site, path)?;
        let drawn = || Arc::new(Body::new(pictured.to_png(&self.chrome())));
        let kept = match pictured {
            Pictured::Page(page) => Some(&self.pictures[page]),
            _ => self.made_pictures().get(path),
        };
        Some(match kept {
            Some(kept) => Arc::clone(kept.get_or_init(drawn)),
            None => drawn(),
        })
    }

    fn made_pictures(&self) -> &HashMap<String, OnceLock<Arc<Body>>> {
        self.made_pictures.get_or_init(|| {
            let made = Pictured::all_made(&self.site).take(KEPT_PICTURES);
            made.map(|pictured| (pictured.path(&self.site), OnceLock::new())).collect()
        })
    }

    /// A file for programs, made the first time it is asked for. Where the site file does not say where the site
    /// is published, `asked` is taken for it, and nothing is kept.
    pub fn machine_file(&self, file: MachineFile, asked: &str) -> Arc<Body> {
        let chrome = self.chrome();
        let made = |base: &str| Arc::new(Body::new(file.text(&chrome, base)));
        match chrome.canonical_base {
            Some(base) => Arc::clone(self.machine_files[file as usize].get_or_init(|| made(base))),
            None => made(asked),
        }
    }

    /// A file that is served as it is, by its path in the content folder.
    pub fn file(&self, path: &DocPath) -> Option<&Arc<AssetFile>> {
        self.files.get(path)
    }
}

/// A file of the content folder that is served as it is; read when first asked for.
#[derive(Debug)]
pub struct AssetFile {
    root: PathBuf,
    path: DocPath,
    body: OnceLock<Option<Body>>,
}

impl AssetFile {
    fn new(root: PathBuf, path: DocPath) -> Self {
        Self { root, path, body: OnceLock::new() }
    }

    /// Its content type.
    pub fn content_type(&self) -> &'static str {
        source::asset_type(&self.path).unwrap_or("application/octet-stream")
    }

    /// Whether its bytes are in memory already.
    pub fn is_loaded(&self) -> bool {
        self.body.get().is_some()
    }

    /// Its bytes, read from disk the first time; `None` when that failed.
    pub fn body(&self) -> Option<&Body> {
        let body = self.body.get_or_init(|| match source::read_asset(&self.root, &self.path) {
            Ok(bytes) => Some(Body::new(bytes)),
            Err(error) => {
                tracing::warn!(file.path = %self.path, %error, "a file cannot be read");
                None
            }
        });
        body.as_ref()
    }
}
