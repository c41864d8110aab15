//! What the drawing crate makes, read back as XML and written anew: shapes and text with attributes from an
//! allow-list, colours as roles of the style sheet, ids with a prefix.

use std::fmt::Write as _;

use roxmltree::{Document as Xml, Node};

use super::{NOTHING, veil};
use crate::content::template::escape;

/// Stands for the prefix of ids until a page gives one; text of an author never has it, for XML forbids it.
pub(super) const PREFIX: &str = "\u{1}";

/// Longest side of a drawing that is shown.
const MAX_PIXELS: f64 = 20_000.0;
const ELEMENTS: [&str; 12] =
    ["g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "marker"];
const ATTRIBUTES: [&str; 39] = [
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
    "width",
    "height",
    "d",
    "points",
    "transform",
    "dy",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-weight",
    "font-style",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "fill-opacity",
    "opacity",
    "fill-rule",
    "viewBox",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "orient",
    "textLength",
    "lengthAdjust",
];
/// Attributes that hold a colour.
const COLOURS: [&str; 2] = ["fill", "stroke"];
/// Attributes that refer to a marker.
const REFERENCES: [&str; 2] = ["marker-start", "marker-end"];

/// A drawing whose ids start with [`PREFIX`].
pub(super) struct Drawing {
    pub width: u32,
    pub height: u32,
    pub view_box: String,
    /// The SVG's inner elements.
    pub inner: String,
}

/// Writes a drawing anew.
///
/// # Errors
/// Says why there is nothing to show, as a sentence without a full stop.
pub(super) fn rewrite(svg: &str) -> Result<Drawing, &'static str> {
    let xml = Xml::parse(svg).map_err(|_| "what was drawn cannot be read; write it in simpler words")?;
    let root = xml.root_element();
    if !root.descendants().any(|node| node.tag_name().name() == "text") {
        return Err(NOTHING);
    }
    let view_box = root.attribute("viewBox").filter(|value| is_numbers(value));
    let pixels = |name| root.attribute(name)?.parse::<f64>().ok().filter(|size| (1.0..MAX_PIXELS).contains(size));
    let (Some(view_box), Some(width), Some(height)) = (view_box, pixels("width"), pixels("height")) else {
        return Err("the drawing is too large; divide it into several diagrams");
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    let (width, height) = (width.ceil() as u32, height.ceil() as u32);
    let mut inner = String::new();
    root.children().for_each(|child| write_node(child, &mut inner));
    Ok(Drawing { width, height, view_box: view_box.to_owned(), inner })
}

/// Writes an element that is allowed; of any other only what is inside.
fn write_node(node: Node<'_, '_>, svg: &mut String) {
    if node.is_text() {
        return escape(&veil::unveil(node.text().unwrap_or_default()), svg);
    }
    let name = node.tag_name().name();
    if matches!(name, "style" | "script" | "title" | "desc" | "foreignObject" | "image" | "use") || !node.is_element() {
        return;
    }
    if !ELEMENTS.contains(&name) {
        return node.children().for_each(|child| write_node(child, svg));
    }
    let _ = write!(svg, "<{name}");
    for attribute in node.attributes() {
        write_attribute(name, attribute.name(), attribute.value(), svg);
    }
    svg.push('>');
    node.children().for_each(|child| write_node(child, svg));
    let _ = write!(svg, "</{name}>");
}

fn write_attribute(element: &str, name: &str, value: &str, svg: &mut String) {
    let value = if name == "id" && element == "marker" {
        format!("{PREFIX}{value}")
    } else if COLOURS.contains(&name) {
        colour(element, name, value).to_owned()
    } else if REFERENCES.contains(&name) {
        match value.strip_prefix("url(#").and_then(|value| value.strip_suffix(')')).filter(|id| is_plain(id)) {
            Some(id) => format!("url(#{PREFIX}{id})"),
            None => return,
        }
    } else if ATTRIBUTES.contains(&name) && !value.contains("url(") {
        value.to_owned()
    } else {
        return;
    };
    let _ = write!(svg, " {name}=\"");
    escape(&value, svg);
    svg.push('"');
}

/// A colour that follows the theme: a role stays, any other becomes the role that fits the element.
fn colour<'v>(element: &str, attribute: &str, value: &'v str) -> &'v str {
    let is_role = value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')).is_some_and(is_plain);
    match (value, element, attribute) {
        (value, ..) if is_role || matches!(value, "none" | "transparent") => value,
        (_, "text" | "tspan", "fill") => "var(--ink)",
        (_, _, "fill") => "var(--well)",
        _ => "var(--edge)",
    }
}

/// Whether a name is plain, so that nothing stands behind it that leads elsewhere.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn is_numbers(value: &str) -> bool {
    value.split([' ', ',']).all(|part| part.parse::<f64>().is_ok_and(f64::is_finite))
}
