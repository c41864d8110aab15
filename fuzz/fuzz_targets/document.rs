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
use scraper::Html;

const FORBIDDEN: [&str; 6] = ["script", "iframe", "object", "embed", "style", "base"];
const ADDRESSES: [&str; 7] = ["href", "src", "srcset", "action", "formaction", "data", "poster"];

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
            assert_harmless(&site.fill(0, html, Place::OwnPage));
        }
    }
    let _ = site.diagnostics();
});

/// Reads HTML as a browser would: what only looks like a script in a text is none.
fn assert_harmless(html: &str) {
    for element in Html::parse_fragment(html).tree.nodes().filter_map(|node| node.value().as_element().cloned()) {
        assert!(!FORBIDDEN.contains(&element.name()), "<{}> in {html}", element.name());
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on"), "{name} in {html}");
            if !ADDRESSES.contains(&name) {
                continue;
            }
            let scheme: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
            assert!(!scheme.to_ascii_lowercase().starts_with("javascript:"), "{name}=\"{value}\" in {html}");
        }
    }
}
