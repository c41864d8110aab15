//! What a site shows of a document, looked through by targets that read documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use fieldguide::content::sections::{Body, Document};
use fieldguide::site::{Input, Place, Site};

use crate::harmless;

/// Builds a site of one document, checks it, and looks through the HTML of its sections.
pub fn assert_harmless(document: Document) {
    let documents = BTreeMap::from([(document.path.clone(), Arc::new(document))]);
    let site = Site::build(Input { documents, drafts: true, ..Input::default() });
    for section in &site.documents[0].sections {
        if let Body::Written { html, .. } = &section.body {
            harmless::assert_harmless(&site.fill(0, html, Place::OwnPage));
        }
    }
    let _ = site.diagnostics();
}
