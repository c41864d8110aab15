//! The allow-list for raw HTML in content, over ammonia. Nothing else decides what HTML survives.
//!
//! Tags, attributes and URL schemes that are not named here are removed; scripts, styles and event
//! handlers never survive. Addresses of links and images become slots, so that `<a href="other.md">`
//! leads to a page as a Markdown link does.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use ammonia::Builder;

use super::template::{self, Part, Slot};

/// The classes that the parser sets.
const CLASSES: [&str; 11] = [
    "markdown-alert",
    "markdown-alert-note",
    "markdown-alert-tip",
    "markdown-alert-important",
    "markdown-alert-warning",
    "markdown-alert-caution",
    "markdown-alert-title",
    "task",
    "align-left",
    "align-center",
    "align-right",
];
/// The elements that it sets them on.
const CLASSED: [&str; 5] = ["div", "p", "td", "th", "li"];

/// Sanitised HTML and what was found in it.
pub struct Sanitized {
    /// The HTML, slots included.
    pub html: String,
    /// Destinations of raw links, numbered from `first_link`.
    pub links: Vec<String>,
    /// Sources of raw images, numbered from `first_image`.
    pub images: Vec<String>,
    /// Values of `id` and `name` that a link can lead to.
    pub ids: Vec<String>,
}

#[derive(Default)]
struct Found {
    links: Vec<String>,
    images: Vec<String>,
    ids: Vec<String>,
}

/// Sanitises one section's HTML; new slots are numbered from `first_link` and `first_image`.
pub fn sanitize(html: &str, first_link: usize, first_image: usize) -> Sanitized {
    let found = Arc::new(Mutex::new(Found::default()));
    let seen = Arc::clone(&found);
    let mut builder = allow_list();
    builder.attribute_filter(move |tag, attribute, value| {
        let mut found = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match (tag, attribute) {
            ("a", "href") if !is_slot(value) => {
                found.links.push(value.to_owned());
                Some(Slot::Link(first_link + found.links.len() - 1).mark().into())
            }
            ("img", "src") if !is_slot(value) => {
                found.images.push(value.to_owned());
                Some(Slot::ImageSource(first_image + found.images.len() - 1).mark().into())
            }
            (_, "id" | "name") => {
                found.ids.push(value.to_owned());
                Some(Cow::Borrowed(value))
            }
            _ => Some(Cow::Borrowed(value)),
        }
    });
    let html = builder.clean(html).to_string();
    drop(builder);
    let mut found = found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let found = std::mem::take(&mut *found);
    Sanitized { html, links: found.links, images: found.images, ids: found.ids }
}

/// What survives in a section.
fn allow_list() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        .rm_tags(["map", "area"])
        .add_generic_attributes(["id", "align", "dir"])
        .add_tag_attributes("a", ["name"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start"])
        .allowed_classes(CLASSED.into_iter().map(|element| (element, HashSet::from(CLASSES))).collect());
    builder
}

/// Keeps text and slots and the inline marks that fit into a heading or a table cell.
pub fn text_only(html: &str) -> String {
    let tags: HashSet<&str> =
        ["a", "b", "br", "code", "del", "em", "i", "kbd", "p", "q", "s", "strong", "sub", "sup", "mark"].into();
    Builder::default().link_rel(None).tags(tags).clean(html).to_string()
}

fn is_slot(value: &str) -> bool {
    template::parts(value).all(|part| matches!(part, Part::Slot(_))) && !value.is_empty()
}
