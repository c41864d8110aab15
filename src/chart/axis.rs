//! The frame of a chart: its plotting area, ticks with their lines, and headings.

use super::canvas::{Anchor, Canvas, fit, width_of};
use super::plot::Along;
use super::scale::{Scale, number};

/// How far below the area the heading stands, in pixels.
pub(super) const HEADING_BELOW: f64 = 40.0;

/// The plotting area, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Where a value stands between bottom and top.
    pub fn up(&self, scale: &Scale, value: f64) -> f64 {
        self.bottom - scale.place(value) * self.height()
    }

    /// Where a value stands between left and right.
    pub fn along(&self, scale: &Scale, value: f64) -> f64 {
        self.left + scale.place(value) * self.width()
    }

    /// The middle of a step, and how wide a step is.
    #[expect(clippy::cast_precision_loss, reason = "there are few steps")]
    pub fn step(&self, steps: usize, at: f64) -> (f64, f64) {
        let width = self.width() / steps.max(1) as f64;
        (self.left + (at + 0.5) * width, width)
    }
}

/// How much room the labels of a scale take at its left.
pub(super) fn room_for(scale: &Scale) -> f64 {
    scale.ticks().iter().map(|tick| width_of(&number(*tick))).fold(0.0, f64::max) + 12.0
}

/// Lines across the area at the ticks of a scale that runs upwards, and its heading above.
pub(super) fn upwards(canvas: &mut Canvas, area: Area, scale: &Scale, heading: &str) {
    for tick in scale.ticks() {
        let y = area.up(scale, tick);
        canvas.line("grid", (area.left, y), (area.right, y));
        canvas.text("tick", Anchor::End, area.left - 8.0, y + 4.5, &number(tick));
    }
    canvas.text("axis", Anchor::Start, 2.0, area.top - 14.0, &fit(heading, area.right));
}

/// Ticks along the bottom of the area, and the heading below.
pub(super) fn along_the_bottom(canvas: &mut Canvas, area: Area, along: &Along, heading: &str) {
    canvas.line("base", (area.left, area.bottom), (area.right, area.bottom));
    match along {
        Along::Numbers(scale) => numbers_along(canvas, area, scale, false),
        Along::Steps(steps) => {
            for (at, step) in (0_u32..).zip(steps) {
                let (x, width) = area.step(steps.len(), f64::from(at));
                canvas.text("tick", Anchor::Middle, x, area.bottom + 19.0, &fit(step, width - 4.0));
            }
        }
    }
    canvas.text(
        "axis",
        Anchor::Middle,
        f64::midpoint(area.left, area.right),
        area.bottom + HEADING_BELOW,
        &fit(heading, area.width()),
    );
}

/// How far the number at the last tick may reach beyond the area, and the least distance between two numbers.
const BEYOND: f64 = 11.0;
const APART: f64 = 10.0;

/// Ticks of numbers along the bottom, with lines through the area where `grid`. Numbers that would touch the one
/// before, or the last, are left out.
pub(super) fn numbers_along(canvas: &mut Canvas, area: Area, scale: &Scale, grid: bool) {
    let ticks = scale.ticks();
    let label = |tick: f64| {
        let text = number(tick);
        let half = width_of(&text) / 2.0;
        (area.along(scale, tick).min(area.right + BEYOND - half), half, text)
    };
    let last = ticks.last().map_or(area.right, |tick| {
        let (x, half, _) = label(*tick);
        x - half
    });
    let mut free_from = f64::NEG_INFINITY;
    for (at, &tick) in ticks.iter().enumerate() {
        let x = area.along(scale, tick);
        if grid {
            canvas.line("grid", (x, area.top), (x, area.bottom));
        } else {
            canvas.line("base", (x, area.bottom), (x, area.bottom + 4.0));
        }
        let (x, half, text) = label(tick);
        let is_last = at + 1 == ticks.len();
        if x - half >= free_from && (is_last || x + half + APART <= last) {
            canvas.text("tick", Anchor::Middle, x, area.bottom + 19.0, &text);
            free_from = x + half + APART;
        }
    }
}
