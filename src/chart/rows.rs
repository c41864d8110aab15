//! Rows along a scale of values: a group of them for each place of `x`, in it one for each series.

use super::axis::Area;
use super::canvas::{Anchor, Canvas, fit, width_of};
use super::plot::{Along, Plot, Point};

/// Height of a row for each series, in pixels.
const ROW: f64 = 22.0;
/// Room between groups, in pixels.
const BETWEEN: f64 = 12.0;

/// Room from the names to what is drawn, in pixels.
pub(super) const AFTER_NAMES: f64 = 10.0;

/// How wide the names of the groups and their heading are, at most `most`.
pub(super) fn room_for_names(plot: &Plot, most: f64) -> f64 {
    let names = names(plot).iter().chain(std::iter::once(&plot.x_label));
    names.map(|name| width_of(name)).fold(40.0, f64::max).min(most) + 2.0
}

/// How high the rows are together.
#[expect(clippy::cast_precision_loss, reason = "there are few rows")]
pub(super) fn height(plot: &Plot) -> f64 {
    names(plot).len() as f64 * group_height(plot)
}

/// Writes the names of the groups at the left, each at a line along its rows where there are several, and their
/// heading above.
#[expect(clippy::cast_precision_loss, reason = "there are few rows")]
pub(super) fn name(canvas: &mut Canvas, area: Area, plot: &Plot, room: f64) {
    let mut write = |class, y, text: &str| canvas.text(class, Anchor::End, room, y, &fit(text, room - 2.0));
    write("axis", area.top - 9.0, &plot.x_label);
    let middles: Vec<f64> =
        (0..names(plot).len()).map(|at| area.top + (at as f64 + 0.5) * group_height(plot)).collect();
    for (middle, name) in middles.iter().zip(names(plot)) {
        write("tick", middle + 4.5, name);
    }
    if plot.series.len() > 1 {
        let half = (group_height(plot) - BETWEEN) / 2.0 - 2.0;
        for middle in middles {
            canvas.line("base", (room + 5.0, middle - half), (room + 5.0, middle + half));
        }
    }
}

/// The height at which the row of a point of a series stands.
#[expect(clippy::cast_precision_loss, reason = "there are few rows")]
pub(super) fn middle(area: Area, plot: &Plot, series: usize, point: &Point) -> f64 {
    area.top + point.x * group_height(plot) + BETWEEN / 2.0 + (series as f64 + 0.5) * ROW
}

#[expect(clippy::cast_precision_loss, reason = "there are few series")]
fn group_height(plot: &Plot) -> f64 {
    plot.series.len() as f64 * ROW + BETWEEN
}

fn names(plot: &Plot) -> &[String] {
    if let Along::Steps(steps) = &plot.x { steps } else { &[] }
}
