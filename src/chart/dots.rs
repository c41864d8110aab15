//! Points on rows along a scale of values, with their ranges as thick lines: quartiles, errors.

use super::axis::Area;
use super::canvas::{Anchor, Canvas, fit, width_of};
use super::marks;
use super::plot::{Along, Plot};

/// Height of a row for each series, in pixels.
pub(super) const ROW: f64 = 22.0;
/// Room between rows, in pixels.
pub(super) const BETWEEN: f64 = 12.0;
/// Size of a point, in pixels.
const POINT: f64 = 10.0;

/// How wide the names of the rows are, at most `most`.
pub(super) fn room_for_names(plot: &Plot, most: f64) -> f64 {
    names(plot).iter().map(|name| width_of(name)).fold(40.0, f64::max).min(most) + 10.0
}

/// The names of the rows.
pub(super) fn names(plot: &Plot) -> &[String] {
    if let Along::Steps(steps) = &plot.x { steps } else { &[] }
}

/// How high the rows are together.
#[expect(clippy::cast_precision_loss, reason = "there are few rows and series")]
pub(super) fn height(plot: &Plot) -> f64 {
    names(plot).len() as f64 * (plot.series.len() as f64 * ROW + BETWEEN)
}

/// Draws all rows; their names stand at the left.
#[expect(clippy::cast_precision_loss, reason = "there are few rows and series")]
pub(super) fn draw(canvas: &mut Canvas, area: Area, plot: &Plot) {
    let row_height = plot.series.len() as f64 * ROW + BETWEEN;
    for (at, name) in names(plot).iter().enumerate() {
        let middle = area.top + (at as f64 + 0.5) * row_height;
        canvas.text("tick", Anchor::End, area.left - 8.0, middle + 4.5, &fit(name, area.left - 10.0));
    }
    for (number, series) in plot.series.iter().enumerate() {
        for point in &series.points {
            let y = area.top + point.x * row_height + BETWEEN / 2.0 + (number as f64 + 0.5) * ROW;
            let x = area.along(&plot.y, point.y);
            let mark = point.mark.unwrap_or(series.mark);
            canvas.line("grid", (area.left, y), (area.right, y));
            if let Some((low, high)) = point.range {
                let class = format!("quartiles mark-{mark}");
                canvas.line(&class, (area.along(&plot.y, low), y), (area.along(&plot.y, high), y));
            }
            canvas.path(&format!("point mark-{mark}"), &marks::path(mark, (x, y), POINT));
        }
    }
}
