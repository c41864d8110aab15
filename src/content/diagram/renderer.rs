//! The only user of the drawing crate: a source to the SVG that it makes, in the colours of the site.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mermaid_rs_renderer::{LayoutConfig, ParseError, RenderOptions, Theme, render_strict};

use super::{NEVER_CLOSED, short};

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
    use super::*;

    #[test]
    fn a_crate_that_panics_takes_nothing_down() {
        let drawn = guarded(|| panic!("as a fault of the crate would"));
        assert!(drawn.is_err_and(|refusal| refusal.is_none()));
    }
}
