//! The whole text of a finding, to stand beside that of another: its sub-sections under bold lines.

use crate::content::sections::Body;
use crate::site::{DocumentId, Place, Site};
use crate::views::article::escaped;

/// All that a section and those below it say, without facts and ratings.
pub(super) fn whole(site: &Site, document: DocumentId, section: usize) -> String {
    let sections = &site.documents[document].sections;
    let mut html = String::new();
    for (at, found) in sections.iter().enumerate().take(sections[section].end).skip(section) {
        if at > section {
            html.push_str("<p><strong>");
            html.push_str(&escaped(&found.title));
            html.push_str("</strong></p>");
        }
        if let Body::Written { html: body, .. } = &found.body {
            html.push_str(&site.fill(document, body, Place::Elsewhere));
        }
    }
    html
}

/// How a section's text starts, as HTML; empty where it starts with no paragraph.
pub(super) fn start(site: &Site, document: DocumentId, section: usize) -> String {
    match &site.documents[document].sections[section].body {
        Body::Written { lead, .. } => site.fill(document, lead, Place::Elsewhere),
        _ => String::new(),
    }
}
