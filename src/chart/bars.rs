//! Bars on rows. They lie, so that each has room for its mark before it and its value after it, however many
//! there are, however short it is and however narrow the column.

use super::axis::Area;
use super::canvas::{Anchor, Canvas, width_of};
use super::plot::Plot;
use super::scale::short;
use super::{marks, rows};

/// Thickness of a bar, in pixels.
const BAR: f64 = 14.0;
/// Size of a mark, in pixels.
const MARK: f64 = 11.0;
/// Room from the end of a bar to its value, in pixels.
const GAP: f64 = 6.0;
/// Room that a mark takes before its bar, in pixels.
pub(super) const ROOM_FOR_MARKS: f64 = 20.0;

/// How much room the values take after the longest bar.
pub(super) fn room_for_values(plot: &Plot) -> f64 {
    let values = plot.series.iter().flat_map(|series| &series.points).map(|point| width_of(&short(point.y)));
    values.fold(0.0, f64::max) + GAP + 4.0
}

/// Draws all series.
pub(super) fn draw(canvas: &mut Canvas, area: Area, plot: &Plot) {
    let base = area.along(&plot.y, plot.y.base());
    for (number, series) in plot.series.iter().enumerate() {
        for point in &series.points {
            let (end, y) = (area.along(&plot.y, point.y), rows::middle(area, plot, number, point));
            let mark = point.mark.unwrap_or(series.mark);
            let (classes, place) = (marks::classes(mark), (area.left - ROOM_FOR_MARKS / 2.0, y));
            canvas.path(&format!("point {classes}"), &marks::path(mark, place, MARK));
            canvas.rect(&format!("bar {classes}"), end.min(base), y - BAR / 2.0, (end - base).abs(), BAR);
            let mut right = end.max(base);
            if let Some((low, high)) = point.range {
                let (low, high) = (area.along(&plot.y, low), area.along(&plot.y, high));
                canvas.line("whisker", (low, y), (high, y));
                right = right.max(high);
            }
            canvas.text("value", Anchor::Start, right + GAP, y + 4.5, &short(point.y));
        }
    }
    canvas.line("base", (base, area.top), (base, area.bottom));
}
