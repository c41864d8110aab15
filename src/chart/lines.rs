//! Lines with points, ranges, and names at their ends where they fit.

use super::axis::Area;
use super::canvas::{Anchor, Canvas, fit};
use super::marks;
use super::plot::{Along, Plot, Point, Series};

/// Size of a point, in pixels.
const POINT: f64 = 9.0;
/// Least distance between two names, in pixels.
const NAME_HEIGHT: f64 = 16.0;

/// Draws all series; names stand at the right where `named` gives them a width.
pub(super) fn draw(canvas: &mut Canvas, area: Area, plot: &Plot, named: Option<f64>) {
    for series in &plot.series {
        let classes = marks::classes(series.mark);
        let places: Vec<_> = series.points.iter().map(|point| place(area, plot, point)).collect();
        for (point, (x, _)) in series.points.iter().zip(&places) {
            if let Some((low, high)) = point.range {
                let (low, high) = (area.up(&plot.y, low), area.up(&plot.y, high));
                canvas.line(&format!("range {classes}"), (*x, low), (*x, high));
            }
        }
        canvas.polyline(&format!("line {classes}"), places.iter().copied());
        for place in places {
            canvas.path(&format!("point {classes}"), &marks::path(series.mark, place, POINT));
        }
    }
    if let Some(width) = named {
        name_ends(canvas, area, plot, width);
    }
}

fn place(area: Area, plot: &Plot, point: &Point) -> (f64, f64) {
    let x = match &plot.x {
        Along::Numbers(scale) => area.along(scale, point.x),
        Along::Steps(steps) => area.step(steps.len(), point.x).0,
    };
    (x, area.up(&plot.y, point.y))
}

/// Puts each name beside the end of its line, pushed apart where they would overlap.
fn name_ends(canvas: &mut Canvas, area: Area, plot: &Plot, width: f64) {
    let end = |series: &Series| series.points.last().map_or(area.bottom, |point| area.up(&plot.y, point.y));
    let mut names: Vec<(f64, &Series)> = plot.series.iter().map(|series| (end(series), series)).collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    for at in 1..names.len() {
        names[at].0 = names[at].0.max(names[at - 1].0 + NAME_HEIGHT);
    }
    let mut limit = area.bottom;
    for (y, _) in names.iter_mut().rev() {
        *y = y.min(limit);
        limit = *y - NAME_HEIGHT;
    }
    for (y, series) in names {
        let (x, classes) = (area.right + 14.0, marks::classes(series.mark));
        canvas.path(&format!("point {classes}"), &marks::path(series.mark, (x, y), POINT));
        canvas.text("name", Anchor::Start, x + 10.0, y + 4.5, &fit(&series.name, width - 28.0));
    }
}
