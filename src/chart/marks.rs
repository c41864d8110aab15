//! The shapes of marks as paths: the same twelve that the style sheet clips, so that a framework looks the same everywhere.
//!
//! A mark is a number. From [`MARKS`] on the shapes come once more, hollow and in ink: no framework with a page has them.

use std::fmt::Write as _;

/// How many marks there are for frameworks.
pub const MARKS: usize = 12;

/// A shape inside a square of 100 by 100.
enum Shape {
    Circle,
    /// The right half of an ellipse that stands on the left edge.
    HalfEllipse,
    Polygon(&'static [(f64, f64)]),
}

/// Corners are those of `.mark-*` in `static/components.css`; a test compares them.
const SHAPES: [Shape; MARKS] = [
    Shape::Circle,
    Shape::Polygon(&[(8.0, 8.0), (92.0, 8.0), (92.0, 92.0), (8.0, 92.0)]),
    Shape::Polygon(&[(50.0, 4.0), (100.0, 94.0), (0.0, 94.0)]),
    Shape::Polygon(&[(50.0, -4.0), (104.0, 50.0), (50.0, 104.0), (-4.0, 50.0)]),
    Shape::Polygon(&[
        (33.0, 0.0),
        (67.0, 0.0),
        (67.0, 33.0),
        (100.0, 33.0),
        (100.0, 67.0),
        (67.0, 67.0),
        (67.0, 100.0),
        (33.0, 100.0),
        (33.0, 67.0),
        (0.0, 67.0),
        (0.0, 33.0),
        (33.0, 33.0),
    ]),
    Shape::Polygon(&[(0.0, 6.0), (100.0, 6.0), (50.0, 96.0)]),
    Shape::Polygon(&[
        (50.0, 0.0),
        (62.0, 36.0),
        (100.0, 38.0),
        (70.0, 61.0),
        (81.0, 98.0),
        (50.0, 76.0),
        (19.0, 98.0),
        (30.0, 61.0),
        (0.0, 38.0),
        (38.0, 36.0),
    ]),
    Shape::Polygon(&[(25.0, 6.0), (75.0, 6.0), (100.0, 50.0), (75.0, 94.0), (25.0, 94.0), (0.0, 50.0)]),
    Shape::Polygon(&[
        (20.0, 0.0),
        (50.0, 30.0),
        (80.0, 0.0),
        (100.0, 20.0),
        (70.0, 50.0),
        (100.0, 80.0),
        (80.0, 100.0),
        (50.0, 70.0),
        (20.0, 100.0),
        (0.0, 80.0),
        (30.0, 50.0),
        (0.0, 20.0),
    ]),
    Shape::HalfEllipse,
    Shape::Polygon(&[(0.0, 0.0), (100.0, 0.0), (60.0, 50.0), (100.0, 100.0), (0.0, 100.0), (40.0, 50.0)]),
    Shape::Polygon(&[(0.0, 0.0), (45.0, 0.0), (100.0, 50.0), (45.0, 100.0), (0.0, 100.0), (55.0, 50.0)]),
];

/// The classes by which the style sheet knows a mark.
pub fn classes(mark: usize) -> String {
    format!("mark-{}{}", mark % MARKS, if mark < MARKS { "" } else { " hollow" })
}

/// The path data of a mark of a size, in pixels, around a place.
pub fn path(mark: usize, (x, y): (f64, f64), size: f64) -> String {
    let at = |(across, down): (f64, f64)| (x + (across / 100.0 - 0.5) * size, y + (down / 100.0 - 0.5) * size);
    let mut d = String::new();
    match &SHAPES[mark % MARKS] {
        Shape::Circle => {
            // Rounded as it is written: arcs that differ from half the way across are no circle.
            let r = (size * 4.7).round() / 10.0;
            let _ = write!(
                d,
                "M{:.1} {y:.1}a{r:.1} {r:.1} 0 1 0 {:.1} 0a{r:.1} {r:.1} 0 1 0 {:.1} 0z",
                x - r,
                2.0 * r,
                -2.0 * r
            );
        }
        Shape::HalfEllipse => {
            let (left, top) = at((0.0, 0.0));
            let _ = write!(d, "M{left:.1} {top:.1}a{:.1} {:.1} 0 0 1 0 {size:.1}z", size * 0.85, size * 0.5);
        }
        Shape::Polygon(corners) => {
            for (number, corner) in corners.iter().enumerate() {
                let (x, y) = at(*corner);
                let _ = write!(d, "{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' });
            }
            d.push('z');
        }
    }
    d
}

/// Whether a mark covers a point of its square of 100 by 100.
pub fn covers(mark: usize, (x, y): (f64, f64)) -> bool {
    match &SHAPES[mark % MARKS] {
        Shape::Circle => (x - 50.0).hypot(y - 50.0) <= 47.0,
        Shape::HalfEllipse => x >= 0.0 && (x / 85.0).hypot((y - 50.0) / 50.0) <= 1.0,
        Shape::Polygon(corners) => is_inside(corners, (x, y)),
    }
}

/// Whether a ray from the point to the right crosses the outline an odd number of times.
fn is_inside(corners: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let crossed =
        sides.filter(|((ax, ay), (bx, by))| (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax));
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_covers_its_middle_and_not_a_far_corner() {
        for mark in 0..MARKS {
            assert!(covers(mark, (45.0, 50.0)) || matches!(mark, 11), "mark {mark}");
            assert!(!covers(mark, (130.0, -30.0)), "mark {mark}");
        }
    }

    #[test]
    fn a_mark_that_is_no_frameworks_has_a_shape_and_no_hue() {
        assert_eq!(classes(3), "mark-3");
        assert_eq!(classes(MARKS + 3), "mark-3 hollow");
        assert_eq!(path(MARKS + 3, (9.0, 9.0), 10.0), path(3, (9.0, 9.0), 10.0));
    }

    #[test]
    fn shapes_are_those_of_the_style_sheet() {
        let css = include_str!("../../static/components.css");
        for (mark, shape) in SHAPES.iter().enumerate() {
            let Shape::Polygon(corners) = shape else { continue };
            let rule = css.lines().find_map(|line| line.trim().strip_prefix(&format!(".mark-{mark} {{ --s: ")));
            let rule = rule.unwrap_or_else(|| panic!("mark {mark} has a shape"));
            if let Some(list) = rule.strip_prefix("polygon(") {
                let numbers: Vec<f64> = list
                    .split([' ', ',', '%', ')', ';', '}'])
                    .filter(|part| !part.is_empty())
                    .map(|part| part.parse().expect("a number"))
                    .collect();
                let written: Vec<f64> = corners.iter().flat_map(|(x, y)| [*x, *y]).collect();
                assert_eq!(numbers, written, "mark {mark}");
            }
        }
    }
}
