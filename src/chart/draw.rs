//! The whole picture: one SVG of a width, with title and description for those who do not see it.

use std::fmt::Write as _;

use super::axis::{self, Area};
use super::canvas::{Anchor, Canvas, width_of};
use super::plot::Plot;
use super::spec::Kind;
use super::{bars, dots, lines, rows};
use crate::content::template::escape;

/// The share of a width that the names of rows may take.
const MOST_FOR_NAMES: f64 = 0.4;
/// The share of a width that the names at the ends of lines may take.
const MOST_AT_ENDS: f64 = 1.0 / 3.0;
/// Room beside the longest name at the end of a line: its mark before it and a margin after it, in pixels.
const BESIDE_NAMES: f64 = 30.0;
/// Room above lines, where the heading of their scale stands, in pixels.
const ABOVE_LINES: f64 = 34.0;
/// Room above rows, where the heading of their names stands, in pixels.
const ABOVE_ROWS: f64 = 24.0;
/// Room at the right of lines without names, for half of the last number along the bottom, in pixels.
const AFTER_LINES: f64 = 14.0;
/// The same at the right of dots.
const AFTER_DOTS: f64 = 22.0;
/// Room below a chart's area, where numbers and a heading stand, in pixels.
const BELOW: f64 = 50.0;

/// The widths for which charts are drawn: text keeps its size on both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 720 px.
    Wide,
    /// 360 px.
    Narrow,
}

impl Width {
    fn pixels(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 360.0,
        }
    }

    /// How high lines are drawn on it, in pixels.
    fn height_of_lines(self) -> f64 {
        match self {
            Self::Wide => 380.0,
            Self::Narrow => 320.0,
        }
    }

    /// The width as it stands in classes and ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// Draws a plot; `id` starts the ids of its title and description, and has to be free on the page.
pub fn draw(plot: &Plot, width: Width, id: &str) -> String {
    let mut canvas = Canvas::new();
    let height = match plot.kind {
        Kind::Line => draw_lines(&mut canvas, plot, width),
        Kind::Bar | Kind::Dot => draw_rows(&mut canvas, plot, width),
    };
    let (pixels, name) = (width.pixels(), width.name());
    let id = format!("{id}-{name}");
    let mut svg = format!(
        "<svg class=\"{name}\" viewBox=\"0 0 {pixels} {height:.0}\" width=\"{pixels}\" height=\"{height:.0}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">"
    );
    escape(&plot.title, &mut svg);
    let _ = write!(svg, "</title><desc id=\"{id}-desc\">");
    escape(&plot.describe(), &mut svg);
    svg.push_str("</desc>");
    svg.push_str(&canvas.finish());
    svg.push_str("</svg>");
    svg
}

fn draw_lines(canvas: &mut Canvas, plot: &Plot, width: Width) -> f64 {
    let longest = plot.series.iter().map(|series| width_of(&series.name)).fold(0.0, f64::max);
    let most = width.pixels() * MOST_AT_ENDS;
    let named = (width == Width::Wide && plot.series.len() > 1).then(|| (longest + BESIDE_NAMES).min(most));
    let height = width.height_of_lines();
    let area = Area {
        left: axis::room_for(&plot.y),
        top: ABOVE_LINES,
        right: width.pixels() - named.unwrap_or(AFTER_LINES),
        bottom: height - BELOW,
    };
    axis::upwards(canvas, area, &plot.y, &plot.y_label);
    axis::along_the_bottom(canvas, area, &plot.x, &plot.x_label);
    lines::draw(canvas, area, plot, named);
    height
}

fn draw_rows(canvas: &mut Canvas, plot: &Plot, width: Width) -> f64 {
    let names = rows::room_for_names(plot, width.pixels() * MOST_FOR_NAMES);
    let (before, after) = match plot.kind {
        Kind::Bar => (bars::ROOM_FOR_MARKS, bars::room_for_values(plot)),
        _ => (0.0, AFTER_DOTS),
    };
    let area = Area {
        left: names + rows::AFTER_NAMES + before,
        top: ABOVE_ROWS,
        right: width.pixels() - after,
        bottom: ABOVE_ROWS + rows::height(plot),
    };
    axis::numbers_along(canvas, area, &plot.y, true);
    rows::name(canvas, area, plot, names);
    match plot.kind {
        Kind::Bar => bars::draw(canvas, area, plot),
        _ => dots::draw(canvas, area, plot),
    }
    let middle = f64::midpoint(area.left, area.right);
    canvas.text("axis", Anchor::Middle, middle, area.bottom + axis::HEADING_BELOW, &plot.y_label);
    area.bottom + BELOW
}

#[cfg(test)]
mod tests {
    use super::super::{Spec, plot};
    use super::*;
    use crate::content::data::Table;
    use crate::ids::DocPath;

    const CSV: &str = "framework,workers,p50_ms,p25_ms,p75_ms\nRay,1,10,9,12\nRay,4,3,2,4\nDask,1,20,18,25\nDask,4,7,6,9\n<b>,4,1,1,2\n";

    const WIDTHS: [Width; 2] = [Width::Wide, Width::Narrow];
    const RANGES: &str = "series='framework'\nlow='p25_ms'\nhigh='p75_ms'\n";

    /// The SVG of a chart of a table, with lines beside those that every chart has.
    fn svg(csv: &str, kind: &str, more: &str, width: Width) -> String {
        let text = format!("data='d.csv'\nkind='{kind}'\nx='workers'\ny='p50_ms'\ntitle='A <i>'\n{more}");
        let spec = Spec::read(&text).expect("a spec");
        let table = Table::read(&DocPath::new("c/data/d.csv"), csv.as_bytes());
        let plot = plot(&text, &spec, &table, 0, |name| (name == "Dask").then_some(7)).expect("a plot");
        draw(&plot, width, "c1")
    }

    /// An element of an SVG: its name, its words of class, its text, and its numbers by name.
    #[derive(Debug, Clone)]
    struct Shape {
        class: Vec<String>,
        text: String,
        path: String,
        numbers: std::collections::HashMap<String, f64>,
    }

    impl Shape {
        fn at(&self, name: &str) -> f64 {
            self.numbers[name]
        }
    }

    fn shapes(svg: &str, class: &str) -> Vec<Shape> {
        let xml = roxmltree::Document::parse(svg).expect("well-formed");
        let shape = |node: roxmltree::Node<'_, '_>| Shape {
            class: node.attribute("class").unwrap_or_default().split(' ').map(str::to_owned).collect(),
            text: node.text().unwrap_or_default().to_owned(),
            path: node.attribute("d").unwrap_or_default().to_owned(),
            numbers: node.attributes().filter_map(|a| Some((a.name().to_owned(), a.value().parse().ok()?))).collect(),
        };
        xml.descendants().map(shape).filter(|shape| shape.class.iter().any(|word| word == class)).collect()
    }

    /// The corner from which a mark is drawn, and its outline seen from there.
    fn outline(path: &str) -> ((f64, f64), Vec<String>) {
        let corners: Vec<f64> = path
            .split(|c: char| c.is_ascii_alphabetic() || c == ' ')
            .filter_map(|number| number.parse().ok())
            .collect();
        let outline = corners.iter().enumerate().map(|(at, number)| format!("{:.0}", number - corners[at % 2]));
        ((corners[0], corners[1]), outline.collect())
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 0.21
    }

    #[test]
    fn every_kind_is_drawn_without_colours_styles_or_raw_text() {
        for kind in ["line", "bar", "dot"] {
            for width in WIDTHS {
                let svg = svg(CSV, kind, &format!("{RANGES}scale='log'\n"), width);
                for bad in ["style", "fill=", "stroke=", "<b>", "<i>", "NaN", "inf"] {
                    assert!(!svg.contains(bad), "{bad} in {svg}");
                }
                assert!(svg.contains("A &lt;i&gt;</title>") && svg.contains("mark-7"), "{svg}");
                assert!(roxmltree::Document::parse(&svg).is_ok(), "{svg}");
            }
        }
    }

    #[test]
    fn each_of_twelve_series_has_a_shape_of_its_own_at_both_widths() {
        let rows = (0..12).flat_map(|framework| [1, 4].map(|workers| (framework, workers)));
        let rows = rows.map(|(framework, workers)| format!("F{framework},{workers},{}\n", framework * framework));
        let csv = format!("framework,workers,p50_ms\n{}", rows.collect::<String>());
        for kind in ["line", "bar", "dot"] {
            for width in WIDTHS {
                let svg = svg(&csv, kind, "series='framework'\n", width);
                let points = shapes(&svg, "point");
                let mut outlines = std::collections::HashSet::new();
                for mark in 0..12 {
                    let class = format!("mark-{mark}");
                    let own: Vec<_> = points.iter().filter(|point| point.class.contains(&class)).collect();
                    assert!(own.len() >= 2, "{kind}: {class} stands at each of its values");
                    for point in &own {
                        let ((x, y), _) = outline(&point.path);
                        assert!(x > 0.0 && x < width.pixels() && y > 0.0, "{kind}: {class} is inside");
                    }
                    outlines.insert(outline(&own[0].path).1);
                }
                assert_eq!(outlines.len(), 12, "{kind}: no two series have the same shape");
            }
        }
    }

    #[test]
    fn bars_stand_in_groups_with_mark_before_and_value_after_each() {
        for width in WIDTHS {
            let csv = "framework,workers,p50_ms\nRay,1,10\nRay,4,0\nDask,1,20\nDask,4,7.25\n";
            let svg = svg(csv, "bar", "series='framework'\n", width);
            let (bars, marks, values) = (shapes(&svg, "bar"), shapes(&svg, "point"), shapes(&svg, "value"));
            // Series by series: Ray at 1 and 4 workers, then Dask.
            let rows: Vec<_> = bars.iter().map(|bar| bar.at("y")).collect();
            assert!(rows[0] < rows[2] && rows[2] < rows[1] && rows[1] < rows[3], "groups are one below the other");
            assert!(
                close(rows[2] - rows[0], rows[3] - rows[1]) && rows[1] - rows[2] > rows[2] - rows[0] + 5.0,
                "{rows:?}"
            );
            assert!(bars.iter().all(|bar| close(bar.at("x"), bars[0].at("x"))), "all start at zero");
            assert!(close(bars[2].at("width"), 2.0 * bars[0].at("width")), "twice as much is twice as long");
            assert_eq!(values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>(), ["10", "0", "20", "7.25"]);
            for ((bar, mark), value) in bars.iter().zip(&marks).zip(&values) {
                let ((x, y), _) = outline(&mark.path);
                assert!(x + 11.0 < bar.at("x") + 0.1, "the mark stands before the bar");
                assert!((bar.at("y")..bar.at("y") + bar.at("height")).contains(&y) && mark.class[1] == bar.class[1]);
                let end = bar.at("x") + bar.at("width");
                assert!(value.at("x") > end && value.at("x") + width_of(&value.text) < width.pixels());
                assert!((bar.at("y")..bar.at("y") + bar.at("height")).contains(&value.at("y")));
            }
            let names: Vec<_> =
                shapes(&svg, "tick").into_iter().filter(|tick| tick.at("x") < bars[0].at("x") - 15.0).collect();
            assert_eq!(names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["1", "4"]);
            assert!(names[0].at("y") > rows[0] && names[0].at("y") < rows[2] + 14.0, "a group is named at its middle");
        }
    }

    #[test]
    fn ranges_reach_from_low_to_high() {
        for width in WIDTHS {
            for (scale, ratio) in [("linear", 2.0), ("log", 1.0)] {
                // From 5 by way of 10 to 20, and 10 by way of 20 to 40.
                let csv = "framework,workers,p50_ms,p25_ms,p75_ms\nRay,1,10,5,20\nRay,4,20,10,40\n";
                let svg = |kind| svg(csv, kind, &format!("{RANGES}scale='{scale}'\n"), width);
                let line = svg("line");
                let places = shapes(&line, "line");
                let xml = roxmltree::Document::parse(&line).expect("well-formed");
                let points = xml.descendants().find(|node| node.has_tag_name("polyline")).expect("a line");
                let points: Vec<Vec<f64>> = points
                    .attribute("points")
                    .expect("places")
                    .split_whitespace()
                    .map(|point| point.split(',').map(|number| number.parse().expect("a number")).collect())
                    .collect();
                assert_eq!((places.len(), points.len()), (1, 2));
                let ranges = shapes(&line, "range");
                assert_eq!(ranges.len(), 2);
                for (range, point) in ranges.iter().zip(&points) {
                    assert!(close(range.at("x1"), point[0]) && close(range.at("x2"), point[0]));
                    let (below, above) = (range.at("y1") - point[1], point[1] - range.at("y2"));
                    assert!(below > 5.0 && close(above, below * ratio), "{below} below and {above} above");
                }
                let bar = svg("bar");
                for (range, bar) in shapes(&bar, "whisker").iter().zip(shapes(&bar, "bar")) {
                    let end = bar.at("x") + bar.at("width");
                    let (before, after) = (end - range.at("x1"), range.at("x2") - end);
                    assert!(before > 5.0 && close(after, before * ratio), "{before} before and {after} after");
                    assert!(close(range.at("y1"), bar.at("y") + bar.at("height") / 2.0));
                }
                assert_eq!((shapes(&bar, "whisker").len(), shapes(&bar, "value").len()), (2, 2));
                let whisker = &shapes(&bar, "whisker")[0];
                assert!(shapes(&bar, "value")[0].at("x") > whisker.at("x2"), "the value stands after the range");
                let dot = svg("dot");
                let (quartiles, points) = (shapes(&dot, "quartiles"), shapes(&dot, "point"));
                assert_eq!((quartiles.len(), points.len()), (2, 2));
                for (range, point) in quartiles.iter().zip(&points) {
                    let ((left, y), _) = outline(&point.path);
                    let middle = left + 4.7;
                    let (before, after) = (middle - range.at("x1"), range.at("x2") - middle);
                    assert!(before > 5.0 && (after - before * ratio).abs() < 0.5, "{before} before and {after} after");
                    assert!(close(range.at("y1"), range.at("y2")) && (y - range.at("y1")).abs() < 6.0);
                }
            }
        }
    }

    #[test]
    fn lines_are_named_at_their_ends_where_there_is_room() {
        let csv = "framework,workers,p50_ms\nRay,1,10\nRay,4,5\nDask,1,20\nDask,4,5\nCelery,1,9\nCelery,4,40\n";
        let wide = svg(csv, "line", "series='framework'\n", Width::Wide);
        let names = shapes(&wide, "name");
        let mut told: Vec<_> = names.iter().map(|name| name.text.as_str()).collect();
        told.sort_unstable();
        assert_eq!(told, ["Celery", "Dask", "Ray"]);
        assert_eq!(names[0].text, "Celery", "the highest end is named first");
        assert!(names.windows(2).all(|two| two[1].at("y") - two[0].at("y") >= 15.9), "names do not overlap");
        assert!(names.iter().all(|name| name.at("x") + width_of(&name.text) <= Width::Wide.pixels()));
        let narrow = svg(csv, "line", "series='framework'\n", Width::Narrow);
        assert_eq!(shapes(&narrow, "name").len(), 0);
    }
}
