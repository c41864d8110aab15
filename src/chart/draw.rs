//! The whole picture: one SVG of a width, with title and description for those who do not see it.

use std::fmt::Write as _;

use super::axis::{self, Area};
use super::canvas::{Anchor, Canvas, width_of};
use super::plot::Plot;
use super::spec::Kind;
use super::{bars, dots, lines};
use crate::content::template::escape;

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
        Kind::Dot => draw_dots(&mut canvas, plot, width),
        Kind::Line | Kind::Bar => draw_upright(&mut canvas, plot, width),
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

fn draw_upright(canvas: &mut Canvas, plot: &Plot, width: Width) -> f64 {
    let longest = plot.series.iter().map(|series| width_of(&series.name)).fold(0.0, f64::max);
    let named = (plot.kind == Kind::Line && width == Width::Wide && plot.series.len() > 1)
        .then(|| (longest + 30.0).min(width.pixels() / 3.0));
    let height = if width == Width::Wide { 380.0 } else { 320.0 };
    let area = Area {
        left: axis::room_for(&plot.y),
        top: 34.0,
        right: width.pixels() - named.unwrap_or(14.0),
        bottom: height - 50.0,
    };
    axis::upwards(canvas, area, &plot.y, &plot.y_label);
    axis::along_the_bottom(canvas, area, &plot.x, &plot.x_label);
    match plot.kind {
        Kind::Bar => bars::draw(canvas, area, plot),
        _ => lines::draw(canvas, area, plot, named),
    }
    height
}

fn draw_dots(canvas: &mut Canvas, plot: &Plot, width: Width) -> f64 {
    let area = Area {
        left: dots::room_for_names(plot, width.pixels() / 3.0),
        top: 6.0,
        right: width.pixels() - 22.0,
        bottom: 6.0 + dots::height(plot),
    };
    axis::numbers_along(canvas, area, &plot.y, true);
    dots::draw(canvas, area, plot);
    let middle = f64::midpoint(area.left, area.right);
    canvas.text("axis", Anchor::Middle, middle, area.bottom + 40.0, &plot.y_label);
    area.bottom + 50.0
}

#[cfg(test)]
mod tests {
    use super::super::{Spec, plot};
    use super::*;
    use crate::content::data::Table;
    use crate::ids::DocPath;

    const CSV: &str = "framework,workers,p50_ms,p25_ms,p75_ms\nRay,1,10,9,12\nRay,4,3,2,4\nDask,1,20,18,25\nDask,4,7,6,9\n<b>,4,1,1,2\n";

    fn drawn(kind: &str, width: Width) -> String {
        let text = format!(
            "data='d.csv'\nkind='{kind}'\nx='workers'\ny='p50_ms'\nseries='framework'\nlow='p25_ms'\nhigh='p75_ms'\nscale='log'\ntitle='A <i>'\n"
        );
        let spec = Spec::read(&text).expect("a spec");
        let table = Table::read(&DocPath::new("c/data/d.csv"), CSV.as_bytes());
        let plot = plot(&text, &spec, &table, |name| (name == "Dask").then_some(7)).expect("a plot");
        assert_eq!(plot.series.iter().map(|series| series.mark).collect::<Vec<_>>(), [0, 7, 1]);
        draw(&plot, width, "c1")
    }

    #[test]
    fn every_kind_is_drawn_without_colours_styles_or_raw_text() {
        for kind in ["line", "bar", "dot"] {
            for width in [Width::Wide, Width::Narrow] {
                let svg = drawn(kind, width);
                for bad in ["style", "fill=", "stroke=", "<b>", "<i>", "NaN", "inf"] {
                    assert!(!svg.contains(bad), "{bad} in {svg}");
                }
                assert!(svg.contains("A &lt;i&gt;</title>") && svg.contains("mark-7"), "{svg}");
                assert!(roxmltree::Document::parse(&svg).is_ok(), "{svg}");
            }
        }
    }
}
