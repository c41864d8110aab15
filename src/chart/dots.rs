//! Points on rows, with their ranges as thick lines: quartiles, errors.

use super::axis::Area;
use super::canvas::Canvas;
use super::plot::Plot;
use super::{marks, rows};

/// Size of a point, in pixels.
const POINT: f64 = 10.0;

/// Draws all series.
pub(super) fn draw(canvas: &mut Canvas, area: Area, plot: &Plot) {
    for (number, series) in plot.series.iter().enumerate() {
        for point in &series.points {
            let (x, y) = (area.along(&plot.y, point.y), rows::middle(area, plot, number, point));
            let mark = point.mark.unwrap_or(series.mark);
            let classes = marks::classes(mark);
            canvas.line("grid", (area.left, y), (area.right, y));
            if let Some((low, high)) = point.range {
                let class = format!("quartiles {classes}");
                canvas.line(&class, (area.along(&plot.y, low), y), (area.along(&plot.y, high), y));
            }
            canvas.path(&format!("point {classes}"), &marks::path(mark, (x, y), POINT));
        }
    }
}
