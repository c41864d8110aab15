//! The check that what a site shows of a document holds nothing a browser would run, for targets that read documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use fieldguide::content::sections::{Body, Document};
use fieldguide::site::{Input, Place, Site};
use scraper::Html;

const FORBIDDEN: [&str; 6] = ["script", "iframe", "object", "embed", "style", "base"];
const ADDRESSES: [&str; 7] = ["href", "src", "srcset", "action", "formaction", "data", "poster"];

/// Builds a site of one document, checks it, and looks through the HTML of its sections.
pub fn assert_harmless(document: Document) {
    let documents = BTreeMap::from([(document.path.clone(), Arc::new(document))]);
    let site = Site::build(Input { documents, drafts: true, ..Input::default() });
    for section in &site.documents[0].sections {
        if let Body::Written { html, .. } = &section.body {
            assert_harmless_html(&site.fill(0, html, Place::OwnPage));
        }
    }
    let _ = site.diagnostics();
}

/// Reads HTML as a browser would: what only looks like a script in a text is none.
fn assert_harmless_html(html: &str) {
    for element in Html::parse_fragment(html).tree.nodes().filter_map(|node| node.value().as_element().cloned()) {
        assert!(!FORBIDDEN.contains(&element.name()), "<{}> in {html}", element.name());
        for (name, value) in element.attrs() {
            assert!(name != "style" && !name.starts_with("on"), "{name} in {html}");
            if !ADDRESSES.contains(&name) {
                continue;
            }
            let scheme: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
            assert!(!scheme.to_ascii_lowercase().starts_with("javascript:"), "{name}=\"{value}\" in {html}");
        }
    }
}
