//! The check that HTML holds nothing a browser would run, load or restyle, for targets that make HTML.
//!
//! Drawings are measured by all that drawings are made of; everything else by what nothing shown may hold. The names are
//! listed here anew: a list that the program lets through cannot show what it should not.

use scraper::Html;

/// Elements of HTML that run, load, send or restyle something.
const FORBIDDEN: [&str; 11] =
    ["applet", "base", "embed", "form", "frame", "iframe", "link", "meta", "object", "script", "style"];
/// Attributes of HTML that hold addresses.
const ADDRESSES: [&str; 7] = ["href", "src", "srcset", "action", "formaction", "data", "poster"];
/// What an address begins with that a browser runs.
const RUN: [&str; 3] = ["javascript:", "vbscript:", "data:text"];
/// The namespace of the elements of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";
/// All elements that charts and diagrams are made of.
const DRAWN: [&str; 15] = [
    "svg", "title", "desc", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "text", "tspan",
];
/// All attributes that these have, besides colours and references to markers.
const DRAWN_ATTRIBUTES: [&str; 44] = [
    "class",
    "id",
    "role",
    "aria-label",
    "aria-labelledby",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "dy",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-weight",
    "font-style",
    "fill-opacity",
    "fill-rule",
    "opacity",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "orient",
    "textLength",
    "lengthAdjust",
];

/// Reads HTML as a browser would: what only looks like a script in a text is none.
pub fn assert_harmless(html: &str) {
    let read = Html::parse_fragment(html);
    for element in read.tree.nodes().filter_map(|node| node.value().as_element()) {
        let is_drawn = &*element.name.ns == SVG;
        let is_known = if is_drawn { DRAWN.contains(&element.name()) } else { !FORBIDDEN.contains(&element.name()) };
        assert!(is_known, "<{}> in {html}", element.name());
        for (name, value) in element.attrs() {
            let is_harmless = if is_drawn { is_drawing(name, value) } else { is_inert(name, value) };
            assert!(is_harmless, "{name}=\"{value}\" in {html}");
        }
    }
}

/// Whether an attribute of a drawing is one that drawings have, with a value that leads nowhere outside.
fn is_drawing(name: &str, value: &str) -> bool {
    match name {
        "marker-start" | "marker-end" => is_plain_in("url(#", value),
        "fill" | "stroke" => matches!(value, "none" | "transparent") || is_plain_in("var(--", value),
        _ => DRAWN_ATTRIBUTES.contains(&name) && !value.contains("url("),
    }
}

/// Whether a value is a plain name between an opening and a bracket.
fn is_plain_in(opening: &str, value: &str) -> bool {
    let name = value.strip_prefix(opening).and_then(|rest| rest.strip_suffix(')'));
    name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// Whether an attribute of HTML neither runs nor restyles anything.
fn is_inert(name: &str, value: &str) -> bool {
    if name.starts_with("on") || matches!(name, "style" | "srcdoc") {
        return false;
    }
    let address: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let address = address.to_ascii_lowercase();
    !ADDRESSES.contains(&name) || !RUN.iter().any(|scheme| address.starts_with(scheme))
}
