//! The only user of the drawing crate: a source to the SVG that it makes, in the colours of the site.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mermaid_rs_renderer::{
    Layout, LayoutConfig, NodeShape, ParseError, RenderOptions, Theme, compute_layout, parse_mermaid_strict,
    render_strict, render_svg,
};

use super::{NEVER_CLOSED, short};

/// How much larger the crate makes a cylinder than the text and the padding in it.
const CYLINDER: f32 = 1.1;

/// What the crate finds wrong with a source.
pub(super) struct Refusal {
    /// The line of the source, counted from 1.
    pub line: u32,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

impl Refusal {
    fn of(error: &ParseError) -> Self {
        let (line, message) = match error {
            ParseError::UnclosedSubgraph { opened_at } => (*opened_at, NEVER_CLOSED.to_owned()),
            ParseError::UnexpectedToken { line, found, expected, .. } => {
                (*line, format!("\"{}\" stands where there should be: {expected}", short(found)))
            }
            other => (1, other.to_string()),
        };
        Self { line, message: message.lines().next().unwrap_or_default().to_owned() }
    }
}

/// Draws a source.
///
/// # Errors
/// What is wrong with it; nothing where the crate fails itself, which must not take the page down.
pub(super) fn draw(source: &str) -> Result<String, Option<Refusal>> {
    let options = RenderOptions { theme: theme(), layout: LayoutConfig::default() };
    guarded(|| render_strict(source, options))
}

/// Draws a flowchart, its boxes laid out as cylinders.
///
/// The crate tries hundreds of routes for an arrow and follows each in steps of four pixels. At every step it makes the
/// outlines of both nodes anew to tell whether it is inside, which is nearly all that a layout takes. Of a cylinder it
/// asks for no more than the rectangle around it, and that is the outline of a box: routes are judged as they would be.
///
/// # Errors
/// As for [`draw`].
pub(super) fn draw_flowchart(source: &str) -> Result<String, Option<Refusal>> {
    let usual = LayoutConfig::default();
    let config = LayoutConfig {
        node_padding_x: usual.node_padding_x / CYLINDER,
        node_padding_y: usual.node_padding_y / CYLINDER,
        ..usual
    };
    let theme = theme();
    guarded(|| Ok(render_svg(&laid_out(source, &theme, &config)?, &theme, &config)))
}

fn laid_out(source: &str, theme: &Theme, config: &LayoutConfig) -> Result<Layout, ParseError> {
    let mut graph = parse_mermaid_strict(source)?.graph;
    let mut boxes = Vec::new();
    for node in graph.nodes.values_mut() {
        if matches!(node.shape, NodeShape::Rectangle | NodeShape::RoundRect) {
            boxes.push((node.id.clone(), mem::replace(&mut node.shape, NodeShape::Cylinder)));
        }
    }
    let mut layout = compute_layout(&graph, theme, config);
    for (id, shape) in boxes {
        if let Some(node) = layout.nodes.get_mut(&id) {
            node.shape = shape;
        }
    }
    Ok(layout)
}

fn guarded(render: impl FnOnce() -> Result<String, ParseError>) -> Result<String, Option<Refusal>> {
    match catch_unwind(AssertUnwindSafe(render)) {
        Ok(drawn) => drawn.map_err(|error| Some(Refusal::of(&error))),
        Err(_) => Err(None),
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

#[cfg(test)]
mod tests {
    use mermaid_rs_renderer::layout::flowchart_quality_metrics;

    use super::*;

    const FIVE: &str = "flowchart LR\nA[Driver] -->|submits| B{Scheduler}\nB --> C[Worker one]\nB --> D(Worker two)\n\
        C --> E[(Store)]\nD --> E\n";

    #[test]
    fn boxes_are_drawn_as_boxes() {
        use NodeShape::{Cylinder, Diamond, Rectangle, RoundRect};
        let svg = draw_flowchart(FIVE).unwrap_or_default();
        assert_eq!(svg.matches("<ellipse").count(), 2, "the store has a lid and a bottom, nothing else has: {svg}");
        let layout = laid_out(FIVE, &theme(), &LayoutConfig::default()).expect("a layout");
        let shapes: Vec<_> = layout.nodes.values().filter(|node| !node.hidden).map(|node| node.shape).collect();
        assert_eq!(shapes, [Rectangle, Diamond, Rectangle, RoundRect, Cylinder]);
    }

    #[test]
    fn no_arrow_runs_through_a_node() {
        let layout = laid_out(FIVE, &theme(), &LayoutConfig::default()).expect("a layout");
        let found = flowchart_quality_metrics(&layout).expect("a flowchart");
        let through = found.non_endpoint_node_hits + found.endpoint_node_intrusions + found.endpoint_node_reentries;
        assert_eq!(through, 0, "{found:?}");
    }

    #[test]
    fn a_crate_that_panics_takes_nothing_down() {
        let drawn = guarded(|| panic!("as a fault of the crate would"));
        assert!(drawn.is_err_and(|refusal| refusal.is_none()));
    }
}
