//! The content folder on disk: which files there are, and their bytes. The only reader of content files.
//!
//! A file is served only if it was listed here, so no request ever reaches the file system by a path
//! of its own. Links are followed only to targets inside the folder, each folder once. Hidden files
//! are not content. A file that cannot be shown gives a diagnostic and takes nothing else down.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::data::MAX_DATA_BYTES;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::DocPath;

/// Largest Markdown file that is read, in bytes.
pub const MAX_DOCUMENT_BYTES: u64 = 8 << 20;
/// Largest other file that is served, in bytes.
pub const MAX_ASSET_BYTES: u64 = 32 << 20;
/// Name of the site file, at the top of the content folder.
pub const SITE_FILE: &str = "site.toml";

const ASSET_TYPES: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("ipynb", "application/json"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("py", "text/plain; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("toml", "text/plain; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("webp", "image/webp"),
    ("yaml", "text/plain; charset=utf-8"),
    ("yml", "text/plain; charset=utf-8"),
    ("zip", "application/zip"),
];

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
}

/// The files of a content folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Markdown files.
    pub documents: BTreeMap<DocPath, Stamp>,
    /// Other files that are served as they are.
    pub assets: BTreeMap<DocPath, Stamp>,
    /// The site file, where there is one.
    pub site_file: Option<Stamp>,
    /// What could not be listed, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// What reading a Markdown file gave.
#[derive(Debug)]
pub struct FileText {
    /// Its text as far as it could be read; a byte that is not UTF-8 stands as U+FFFD.
    pub text: String,
    /// Why this is not the whole file, if it is not.
    pub fault: Option<Diagnostic>,
}

/// The content type of a file that is not Markdown, or `None` if such files are not served.
pub fn asset_type(path: &DocPath) -> Option<&'static str> {
    let (_, extension) = path.as_str().rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    ASSET_TYPES.iter().find(|(known, _)| *known == extension).map(|(_, mime)| *mime)
}

/// Whether a path names a Markdown file.
pub fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| {
        extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
    })
}

/// Lists the whole folder.
///
/// # Errors
/// When the folder itself cannot be read; anything inside it becomes a diagnostic.
pub fn list(root: &Path) -> io::Result<Listing> {
    let root = root.canonicalize()?;
    let mut walk = Walk { listing: Listing::default(), visited: HashSet::from([root.clone()]), root: root.clone() };
    let entries = fs::read_dir(&root)?;
    walk.folder("", entries);
    Ok(walk.listing)
}

/// The stamp of one file that may have changed; `None` when it is not there any more or not to be read.
pub fn stamp(root: &Path, path: &DocPath) -> Option<Stamp> {
    let root = root.canonicalize().ok()?;
    let target = root.join(path.as_str()).canonicalize().ok()?;
    let metadata = fs::metadata(&target).ok()?;
    (target.starts_with(&root) && metadata.is_file()).then(|| Stamp::of(&metadata))
}

/// Reads one Markdown file.
pub fn read_document(root: &Path, path: &DocPath) -> FileText {
    let bytes = match read_limited(&root.join(path.as_str()), MAX_DOCUMENT_BYTES) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return FileText { text: String::new(), fault: Some(too_large(path, MAX_DOCUMENT_BYTES)) },
        Err(error) => return FileText { text: String::new(), fault: Some(unreadable(path, &error)) },
    };
    match String::from_utf8(bytes) {
        Ok(text) => FileText { text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), fault: None },
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + u32::try_from(valid.iter().filter(|b| **b == b'\n').count()).unwrap_or(u32::MAX - 1);
            let start = valid.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
            let column = 1 + u32::try_from(String::from_utf8_lossy(&valid[start..]).chars().count()).unwrap_or(0);
            let fault = Diagnostic::new(Severity::Error, "not-utf-8", path.as_str(), line, "the file is not UTF-8")
                .at_column(column)
                .help("save it as UTF-8; the byte named here is the first that is not");
            FileText { text: String::from_utf8_lossy(error.as_bytes()).into_owned(), fault: Some(fault) }
        }
    }
}

/// Reads the site file.
///
/// # Errors
/// When it is there and cannot be read as text.
pub fn read_site_file(root: &Path) -> io::Result<String> {
    match read_limited(&root.join(SITE_FILE), MAX_DOCUMENT_BYTES)? {
        Some(bytes) => String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)),
        None => Err(io::Error::other("the file is too large")),
    }
}

/// Reads a file that is served as it is.
///
/// # Errors
/// When it cannot be read or is larger than [`MAX_ASSET_BYTES`].
pub fn read_asset(root: &Path, path: &DocPath) -> io::Result<Vec<u8>> {
    read_limited(&root.join(path.as_str()), MAX_ASSET_BYTES)?.ok_or_else(|| io::Error::other("the file is too large"))
}

/// Reads a data file.
///
/// # Errors
/// A diagnostic where it cannot be read, or is too large.
pub fn read_data(root: &Path, path: &DocPath) -> Result<Vec<u8>, Diagnostic> {
    match read_limited(&root.join(path.as_str()), MAX_DATA_BYTES) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(too_large(path, MAX_DATA_BYTES)),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Width and height of an image in pixels, read from its first bytes; `None` for other files.
pub fn image_size(root: &Path, path: &DocPath) -> Option<(usize, usize)> {
    let file = root.join(path.as_str());
    if path.as_str().to_ascii_lowercase().ends_with(".svg") {
        let bytes = read_limited(&file, 1 << 20).ok()??;
        return svg_size(&String::from_utf8_lossy(&bytes));
    }
    imagesize::size(file).ok().map(|size| (size.width, size.height))
}

/// The `width` and `height` of an SVG's root element, or the size of its `viewBox`.
fn svg_size(text: &str) -> Option<(usize, usize)> {
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(&tag[start..start + tag[start..].find('"')?])
    };
    let pixels = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| *n >= 1.0 && *n < 1e5);
    let size = match (attribute("width").and_then(pixels), attribute("height").and_then(pixels)) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let numbers: Vec<_> = attribute("viewBox")?.split([' ', ',']).filter_map(pixels).collect();
            match numbers[..] {
                [.., width, height] => (width, height),
                _ => return None,
            }
        }
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded to 1..1e5 above")]
    Some((size.0.round() as usize, size.1.round() as usize))
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { modified: metadata.modified().ok(), bytes: metadata.len() }
    }
}

struct Walk {
    listing: Listing,
    visited: HashSet<PathBuf>,
    root: PathBuf,
}

impl Walk {
    fn folder(&mut self, prefix: &str, entries: fs::ReadDir) {
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(prefix, &entry),
                Err(error) => self.unlisted(prefix, &error),
            }
        }
    }

    fn entry(&mut self, prefix: &str, entry: &fs::DirEntry) {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let shown = format!("{prefix}{}", name.to_string_lossy());
            self.report(&shown, "file-name", "the file's name is not UTF-8".to_owned(), "rename the file");
            return;
        };
        if name.starts_with('.') {
            return;
        }
        let relative = format!("{prefix}{name}");
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.unread(&relative, &error),
        };
        if kind.is_symlink() {
            self.link(&relative, &entry.path());
        } else if kind.is_dir() {
            self.descend(&relative, &entry.path());
        } else if let Ok(metadata) = entry.metadata() {
            self.file(&relative, &metadata);
        }
    }

    fn link(&mut self, relative: &str, path: &Path) {
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(error) => {
                let help = "mend the link or remove it";
                return self.report(relative, "link", format!("the symbolic link leads nowhere: {error}"), help);
            }
        };
        if !target.starts_with(&self.root) {
            let help = "copy the file into the content folder";
            return self.report(
                relative,
                "link-outside",
                "the symbolic link leads out of the content folder".to_owned(),
                help,
            );
        }
        match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => self.descend(relative, &target),
            Ok(metadata) => self.file(relative, &metadata),
            Err(error) => self.unread(relative, &error),
        }
    }

    fn descend(&mut self, relative: &str, path: &Path) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !self.visited.insert(canonical) {
            let help = "remove the link: the folder is served at its own place";
            return self.report(
                relative,
                "link-loop",
                "the folder was listed already; a symbolic link leads back to it".to_owned(),
                help,
            );
        }
        match fs::read_dir(path) {
            Ok(entries) => self.folder(&format!("{relative}/"), entries),
            Err(error) => self.unlisted(relative, &error),
        }
    }

    fn file(&mut self, relative: &str, metadata: &Metadata) {
        let path = DocPath::new(relative);
        let stamp = Stamp::of(metadata);
        if relative == SITE_FILE {
            self.listing.site_file = Some(stamp);
        } else if is_markdown(relative) {
            if metadata.is_file() {
                self.listing.documents.insert(path, stamp);
            } else {
                self.report(
                    relative,
                    "unreadable",
                    "this is not a regular file".to_owned(),
                    "remove it or replace it by a file",
                );
            }
        } else if asset_type(&path).is_some() && metadata.is_file() {
            if metadata.len() > MAX_ASSET_BYTES {
                self.listing.diagnostics.push(too_large(&path, MAX_ASSET_BYTES));
            } else {
                self.listing.assets.insert(path, stamp);
            }
        }
    }

    fn unlisted(&mut self, folder: &str, error: &io::Error) {
        self.report(folder, "unreadable", format!("the folder cannot be listed: {error}"), "check its permissions");
    }

    fn unread(&mut self, file: &str, error: &io::Error) {
        self.listing.diagnostics.push(unreadable(&DocPath::new(file), error));
    }

    fn report(&mut self, path: &str, code: &'static str, message: String, help: &str) {
        let path = if path.is_empty() { "." } else { path.trim_end_matches('/') };
        self.listing.diagnostics.push(Diagnostic::new(Severity::Error, code, path, 1, message).help(help));
    }
}

fn read_limited(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("this is not a regular file"));
    }
    if metadata.len() > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn too_large(path: &DocPath, limit: u64) -> Diagnostic {
    let message = format!("the file is larger than {} MB and is not read", limit >> 20);
    Diagnostic::new(Severity::Error, "too-large", path.as_str(), 1, message).help("split it into smaller files")
}

fn unreadable(path: &DocPath, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Severity::Error, "unreadable", path.as_str(), 1, format!("the file cannot be read: {error}"))
        .help("check its permissions")
}
