//! SVG as text: elements with classes and numbers, never with colours or styles. All text is escaped.

use std::fmt::Write as _;

use crate::content::template::escape;

/// An SVG in the making, in pixels.
pub(super) struct Canvas {
    svg: String,
}

/// Where a text starts, seen from its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Canvas {
    pub fn new() -> Self {
        Self { svg: String::new() }
    }

    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.svg,
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            from.0, from.1, to.0, to.1
        );
    }

    pub fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        let _ = write!(
            self.svg,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
            width.max(0.5),
            height.max(0.5)
        );
    }

    pub fn polyline(&mut self, class: &str, points: impl Iterator<Item = (f64, f64)>) {
        let _ = write!(self.svg, "<polyline class=\"{class}\" points=\"");
        for (x, y) in points {
            let _ = write!(self.svg, "{x:.1},{y:.1} ");
        }
        self.svg.push_str("\"/>");
    }

    pub fn path(&mut self, class: &str, d: &str) {
        let _ = write!(self.svg, "<path class=\"{class}\" d=\"{d}\"/>");
    }

    pub fn text(&mut self, class: &str, anchor: Anchor, x: f64, y: f64, text: &str) {
        let _ =
            write!(self.svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{}\">", anchor.name());
        escape(text, &mut self.svg);
        self.svg.push_str("</text>");
    }

    pub fn finish(self) -> String {
        self.svg
    }
}

/// About how wide a text is, in pixels, at the size that charts have and in a font that is wider than most.
pub(super) fn width_of(text: &str) -> f64 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | ' ' | '.' | ',' | ':' | '|' | '\'' => 4.2,
        'f' | 'r' | 't' | '-' | '(' | ')' | '/' => 5.2,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 12.0,
        c if c.is_ascii() => 7.9,
        _ => 8.5,
    };
    text.chars().map(width).sum()
}

/// A text cut to about a width.
pub(super) fn fit(text: &str, width: f64) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width_of(&short) + 15.0 > width {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}
