//! Bars, side by side where several series share a place.

use super::axis::Area;
use super::canvas::Canvas;
use super::marks;
use super::plot::{Along, Plot};

/// Part of a step that its bars fill.
const FILLED: f64 = 0.72;
/// Widest bar, in pixels.
const WIDEST: f64 = 56.0;

/// Draws all series.
#[expect(clippy::cast_precision_loss, reason = "there are few series")]
pub(super) fn draw(canvas: &mut Canvas, area: Area, plot: &Plot) {
    let steps = if let Along::Steps(steps) = &plot.x { steps.len() } else { 1 };
    let count = plot.series.len() as f64;
    let base = area.up(&plot.y, plot.y.base());
    for (number, series) in plot.series.iter().enumerate() {
        for point in &series.points {
            let (middle, width) = area.step(steps, point.x);
            let bar = (width * FILLED / count).min(WIDEST);
            let left = middle + (number as f64 - count / 2.0) * bar;
            let y = area.up(&plot.y, point.y);
            let class = format!("bar mark-{}", point.mark.unwrap_or(series.mark));
            canvas.rect(&class, left, y.min(base), (bar - 2.0).max(1.0), (base - y).abs());
            let center = left + bar / 2.0 - 1.0;
            if let Some((low, high)) = point.range {
                canvas.line("whisker", (center, area.up(&plot.y, low)), (center, area.up(&plot.y, high)));
            }
            // The shape of the mark, so that hue is not alone in telling series apart.
            if bar >= 12.0 && plot.series.len() > 1 {
                let place = (center, base - 9.0);
                let class = if base - y > 18.0 { "stamp" } else { "stamp small" };
                canvas.path(class, &marks::path(series.mark, place, 7.0));
            }
        }
    }
}
