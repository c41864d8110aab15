//! Diagrams: Mermaid text to inline SVG without a script. The only user of the drawing crate.
//!
//! What the crate draws is read back as XML and written anew: only shapes and text come through, with
//! attributes from an allow-list. Colours become roles of the style sheet, so a diagram follows the
//! theme; ids get a prefix that differs for each diagram of a page. Mermaid, <https://mermaid.js.org/>.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mermaid_rs_renderer::{LayoutConfig, ParseError, RenderOptions, Theme, render_strict};
use roxmltree::{Document as Xml, Node};

use super::template::escape;

/// Longest source that is drawn, in bytes.
const MAX_BYTES: usize = 20_000;
/// Most lines of a source that is drawn: the time a layout takes grows faster than they do.
const MAX_LINES: usize = 300;
/// Stands for the prefix of ids until a page gives one; text of an author never has it, for XML forbids it.
const PREFIX: &str = "\u{1}";

const ELEMENTS: [&str; 13] =
    ["g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "defs", "marker", "svg"];
const ATTRIBUTES: [&str; 44] = [
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
    "dx",
    "dy",
    "text-anchor",
    "dominant-baseline",
    "font-size",
    "font-weight",
    "font-style",
    "text-decoration",
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
    "rotate",
    "textLength",
    "lengthAdjust",
    "letter-spacing",
    "stroke-miterlimit",
];
/// Attributes that hold a colour.
const COLOURS: [&str; 2] = ["fill", "stroke"];
/// Attributes that refer to a marker.
const REFERENCES: [&str; 3] = ["marker-start", "marker-mid", "marker-end"];

/// A diagram, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// What it shows, from `accTitle`; may be empty.
    pub title: String,
    /// The same at length, from `accDescr`; may be empty.
    pub description: String,
    width: u32,
    height: u32,
    /// The SVG's inner elements; ids start with [`PREFIX`].
    inner: String,
    view_box: String,
}

/// Why a diagram cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramFault {
    /// The line of the source, counted from 1.
    pub line: u32,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

impl Diagram {
    /// The diagram as an SVG element whose ids start with a prefix that nothing else on the page has.
    pub fn to_svg(&self, prefix: &str) -> String {
        let mut svg = format!(
            "<svg viewBox=\"{}\" width=\"{}\" height=\"{}\" role=\"img\"",
            self.view_box, self.width, self.height
        );
        let named = [(&self.title, "title"), (&self.description, "desc")];
        let ids: Vec<_> =
            named.iter().filter(|(text, _)| !text.is_empty()).map(|(_, name)| format!("{prefix}-{name}")).collect();
        let _ = match ids.is_empty() {
            true => write!(svg, " aria-label=\"Diagram\">"),
            false => write!(svg, " aria-labelledby=\"{}\">", ids.join(" ")),
        };
        for (text, name) in named.into_iter().filter(|(text, _)| !text.is_empty()) {
            let _ = write!(svg, "<{name} id=\"{prefix}-{name}\">");
            escape(text, &mut svg);
            let _ = write!(svg, "</{name}>");
        }
        svg.push_str(&self.inner.replace(PREFIX, prefix));
        svg.push_str("</svg>");
        svg
    }
}

/// Draws a diagram.
///
/// # Errors
/// When the source is no diagram, or one that cannot be drawn.
pub fn draw(source: &str) -> Result<Diagram, DiagramFault> {
    let fault = |line, message: String| Err(DiagramFault { line, message });
    if source.len() > MAX_BYTES || source.lines().count() > MAX_LINES {
        return fault(1, format!("the diagram is longer than {MAX_LINES} lines or {} kB", MAX_BYTES / 1000));
    }
    let (told, title, description) = take_labels(source);
    if told.contains("%%{") {
        return fault(
            line_of(&told, "%%{"),
            "directives are not supported: the site decides how diagrams look".to_owned(),
        );
    }
    let options = RenderOptions { theme: theme(), layout: LayoutConfig::default() };
    // A fault of the crate must not take the page down.
    let drawn = catch_unwind(AssertUnwindSafe(|| render_strict(&told, options)));
    let svg = match drawn {
        Ok(Ok(svg)) => svg,
        Ok(Err(error)) => return fault(line_of_error(&error), sentence(&error)),
        Err(_) => return fault(1, "the diagram cannot be laid out".to_owned()),
    };
    let Ok(xml) = Xml::parse(&svg) else { return fault(1, "the diagram cannot be drawn".to_owned()) };
    rewrite(&xml, title, description)
        .ok_or_else(|| DiagramFault { line: 1, message: "there is nothing to draw".to_owned() })
}

/// The source without its `accTitle` and `accDescr` lines, and what they say.
fn take_labels(source: &str) -> (String, String, String) {
    let (mut told, mut title, mut description) = (String::with_capacity(source.len()), String::new(), String::new());
    for line in source.lines() {
        let label = |name: &str| line.trim().strip_prefix(name)?.trim_start().strip_prefix(':').map(str::trim);
        match (label("accTitle"), label("accDescr")) {
            (Some(text), _) => text.clone_into(&mut title),
            (_, Some(text)) => text.clone_into(&mut description),
            _ => told.push_str(line),
        }
        told.push('\n');
    }
    (told, title, description)
}

fn line_of(text: &str, part: &str) -> u32 {
    let before = text.split(part).next().unwrap_or_default();
    u32::try_from(before.matches('\n').count()).unwrap_or(0) + 1
}

fn line_of_error(error: &ParseError) -> u32 {
    match error {
        ParseError::UnknownParticipant { line, .. }
        | ParseError::UnexpectedToken { line, .. }
        | ParseError::InvalidDirective { line, .. } => *line,
        ParseError::UnclosedSubgraph { opened_at } => *opened_at,
        _ => 1,
    }
}

fn sentence(error: &ParseError) -> String {
    match error {
        ParseError::UnknownParticipant { name, .. } => format!("\"{name}\" is not declared"),
        ParseError::UnclosedSubgraph { .. } => "this block is never closed by \"end\"".to_owned(),
        ParseError::UnexpectedToken { found, expected, .. } => {
            let found: String = found.chars().take(60).collect();
            format!("\"{found}\" stands where there should be: {}", expected.lines().next().unwrap_or_default())
        }
        other => other.to_string().lines().next().unwrap_or_default().to_owned(),
    }
}

/// The colours as roles of the style sheet.
fn theme() -> Theme {
    let role = |name: &str| format!("var(--{name})");
    Theme {
        primary_color: role("sheet"),
        primary_text_color: role("ink"),
        primary_border_color: role("edge"),
        line_color: role("ink-soft"),
        secondary_color: role("well"),
        tertiary_color: role("well"),
        edge_label_background: role("paper"),
        cluster_background: role("well"),
        cluster_border: role("hairline"),
        background: "none".to_owned(),
        sequence_actor_fill: role("sheet"),
        sequence_actor_border: role("edge"),
        sequence_actor_line: role("edge"),
        sequence_note_fill: role("found"),
        sequence_note_border: role("edge"),
        sequence_activation_fill: role("accent-wash"),
        sequence_activation_border: role("edge"),
        text_color: role("ink"),
        ..Theme::modern()
    }
}

fn rewrite(xml: &Xml<'_>, title: String, description: String) -> Option<Diagram> {
    let root = xml.root_element();
    let view_box = root.attribute("viewBox").filter(|value| is_numbers(value))?.to_owned();
    let pixels = |name| root.attribute(name)?.parse::<f64>().ok().filter(|size| (1.0..20_000.0).contains(size));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded above")]
    let (width, height) = (pixels("width")?.ceil() as u32, pixels("height")?.ceil() as u32);
    let has_text = root.descendants().any(|node| node.has_tag_name("text") || node.tag_name().name() == "text");
    let mut inner = String::new();
    root.children().for_each(|child| write_node(child, &mut inner));
    has_text.then_some(Diagram { title, description, width, height, inner, view_box })
}

/// Writes an element that is allowed; of any other only what is inside.
fn write_node(node: Node<'_, '_>, svg: &mut String) {
    if node.is_text() {
        return escape(node.text().unwrap_or_default(), svg);
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
        match value.strip_prefix("url(#").and_then(|value| value.strip_suffix(')')) {
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
    let is_role = value.starts_with("var(--") && !value.contains([';', '"', ':']);
    match (value, element, attribute) {
        (value, ..) if is_role || matches!(value, "none" | "transparent") => value,
        (_, "text" | "tspan", "fill") => "var(--ink)",
        (_, _, "fill") => "var(--well)",
        _ => "var(--edge)",
    }
}

fn is_numbers(value: &str) -> bool {
    value.split([' ', ',']).all(|part| part.parse::<f64>().is_ok_and(f64::is_finite))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: &str = "flowchart LR\n  accTitle: How a task runs\n  accDescr: From <driver> to worker\n  \
        A[Driver] -->|submit| B{Scheduler}\n  B --> C[(Store)]\n  style A fill:#f9f,stroke:#333\n  \
        click A \"javascript:alert(1)\"\n";
    const SEQUENCE: &str = "sequenceDiagram\n  participant C as Client\n  participant S as Scheduler\n  C->>S: submit(<script>)\n  S-->>C: future\n";

    #[test]
    fn a_flowchart_and_a_sequence_are_drawn_in_roles_without_styles_or_scripts() {
        for source in [FLOW, SEQUENCE] {
            let svg = draw(source).expect("a diagram").to_svg("d1");
            for bad in ["style=", "<style", "<script", "javascript", "#f9f", "class=", "<a", PREFIX, "font-family"] {
                assert!(!svg.contains(bad), "{bad} in {svg}");
            }
            assert!(svg.contains("var(--ink)"), "{svg}");
            let read = Xml::parse(&svg).expect("well-formed");
            let ids: Vec<_> = read.descendants().filter_map(|node| node.attribute("id")).collect();
            assert!(ids.iter().all(|id| id.starts_with("d1")), "{ids:?}");
        }
        let flow = draw(FLOW).expect("a diagram").to_svg("d1");
        assert!(flow.contains("aria-labelledby=\"d1-title d1-desc\"><title id=\"d1-title\">How a task runs</title>"));
        assert!(flow.contains("From &lt;driver&gt; to worker"));
    }

    #[test]
    fn what_cannot_be_drawn_is_told_with_its_line() {
        let lines = |source: &str| draw(source).expect_err("no diagram");
        assert_eq!(lines("hello world\n").line, 1);
        assert_eq!(lines("flowchart LR\n A[Start --> B\n").message, "there is nothing to draw");
        assert_eq!(lines("flowchart LR\n  subgraph x\n  A --> B\n").line, 2);
        assert_eq!(lines("%%{init: {}}%%\nflowchart LR\n A-->B\n").line, 1);
        assert!(lines(&"flowchart LR\n".repeat(400)).message.contains("longer than"));
        assert!(!lines("").message.is_empty());
    }
}
