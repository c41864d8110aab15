//! Where a link written in a document leads: relative paths of files become pages of the site.

use percent_encoding::percent_decode_str;

use super::{DocumentId, PageId, Site, encode_fragment, encode_path};
use crate::ids::DocPath;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the site, or nowhere the site knows about: taken as written.
    External(String),
    /// To a page, or a section of it.
    Page {
        /// The page.
        page: PageId,
        /// Its address, with the anchor.
        href: String,
        /// Whether the anchor, if any, is there.
        anchor_found: bool,
    },
    /// To a file that is served as it is; the address.
    Asset(String),
    /// To a file that is not there (yet); its path in the content folder.
    Missing(String),
}

impl Site {
    /// Resolves a link that stands in a document.
    pub fn resolve(&self, from: DocumentId, url: &str) -> Target {
        if has_scheme(url) || url.starts_with("//") {
            return Target::External(url.to_owned());
        }
        let (path, fragment) = url.split_once('#').map_or((url, None), |(path, fragment)| (path, Some(fragment)));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let fragment = fragment
            .filter(|fragment| !fragment.is_empty())
            .map(|f| percent_decode_str(f).decode_utf8_lossy().into_owned());
        if path.is_empty() {
            return self.in_document(from, fragment.as_deref());
        }
        if path.starts_with('/')
            && let Some(page) = self.page_at(path).or_else(|| self.page_at(&format!("{path}/")))
        {
            return self.on_page(page, fragment.as_deref());
        }
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let folder = if decoded.starts_with('/') { "" } else { self.documents[from].path.folder() };
        let Some(file) = join(folder, decoded.trim_start_matches('/')) else {
            return Target::Missing(decoded.into_owned());
        };
        if let Some(document) = self.document_like(&file) {
            return self.in_document(document, fragment.as_deref());
        }
        if let Some(&page) = self.folders.get(file.trim_end_matches('/')) {
            return self.on_page(page, fragment.as_deref());
        }
        if self.assets.contains_key(&DocPath::new(&file)) {
            return Target::Asset(format!("/{}", encode_path(&file)));
        }
        Target::Missing(file)
    }

    /// The file itself, or the same page in the other shape: `x.md`, `x/index.md`, `x/README.md`, `x`, `x.html`.
    fn document_like(&self, file: &str) -> Option<DocumentId> {
        let find = |path: &str| self.document_at(&DocPath::new(path));
        let bare = file.trim_end_matches('/');
        let stem = [".md", ".markdown", ".html"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
        let stem = stem.strip_suffix("/index").or_else(|| stem.strip_suffix("/README")).unwrap_or(stem);
        find(bare)
            .or_else(|| find(&format!("{stem}.md")))
            .or_else(|| find(&format!("{stem}/index.md")))
            .or_else(|| find(&format!("{stem}/README.md")))
    }

    fn in_document(&self, document: DocumentId, fragment: Option<&str>) -> Target {
        let Some(fragment) = fragment else { return self.on_page(self.page_of(document), None) };
        let sections = &self.documents[document].sections;
        let found = sections.iter().position(|section| section.level > 0 && section.anchor == fragment);
        if let Some(section) = found {
            let (page, _) = self.place(document, section);
            return Target::Page { page, href: self.href(document, section), anchor_found: true };
        }
        let written = sections.iter().position(|section| section.ids.iter().any(|id| id == fragment));
        let page = written.map_or(self.page_of(document), |section| self.place(document, section).0);
        let href = format!("{}#{}", self.pages[page].url, encode_fragment(fragment));
        Target::Page { page, href, anchor_found: written.is_some() || fragment == "top" }
    }

    fn on_page(&self, page: PageId, fragment: Option<&str>) -> Target {
        let url = &self.pages[page].url;
        let Some(fragment) = fragment else {
            return Target::Page { page, href: url.clone(), anchor_found: true };
        };
        let href = format!("{url}#{}", encode_fragment(fragment));
        let anchor_found =
            self.sections_on(page).into_iter().any(|section| self.anchor_on(page, section) == Some(fragment))
                || self.pages[page].document.is_some_and(|document| {
                    self.documents[document].sections.iter().any(|section| section.ids.iter().any(|id| id == fragment))
                });
        Target::Page { page, href, anchor_found }
    }
}

fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
            && scheme.len() > 1
    })
}

/// Joins a relative path to a folder; `None` when it leads out of the content folder.
fn join(folder: &str, relative: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join_inside_the_folder_only() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a", "./d/./e.md").as_deref(), Some("a/d/e.md"));
        assert_eq!(join("a", "../../etc/passwd"), None);
    }

    #[test]
    fn schemes_are_told_from_file_names() {
        assert!(has_scheme("https://x") && has_scheme("mailto:a@b"));
        assert!(!has_scheme("a/b:c.md") && !has_scheme("c:x") && !has_scheme("plain.md"));
    }
}
