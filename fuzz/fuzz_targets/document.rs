//! Any text is a document: reading it never panics, keeps its invariants, and lets no script through.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run document`.
#![no_main]

use std::collections::BTreeMap;
use std::sync::Arc;

use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;
use fieldguide::site::{Input, Place, Site};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let path = DocPath::new("a.md");
    let document = Document::read(path.clone(), text.to_owned());
    for (index, section) in document.sections.iter().enumerate() {
        assert!(section.end > index && section.end <= document.sections.len());
        assert!(section.parent <= index);
        let _ = document.source_of(index);
    }
    let site = Site::build(Input { documents: BTreeMap::from([(path, Arc::new(document))]), ..Input::default() });
    for section in &site.documents[0].sections {
        if let fieldguide::content::sections::Body::Written { html, .. } = &section.body {
            let html = site.fill(0, html, Place::OwnPage).to_ascii_lowercase();
            for bad in ["<script", "<iframe", "<object", "<style", "href=\"javascript:", "src=\"javascript:"] {
                assert!(!html.contains(bad), "{bad}");
            }
        }
    }
    let _ = site.diagnostics();
});
