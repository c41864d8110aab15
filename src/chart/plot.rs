//! From a spec and a table to what is drawn: series of points on two axes.

use super::marks::MARKS;
use super::scale::{Scale, number};
use super::spec::{Fault, Kind, ScaleKind, Spec};
use crate::content::data::{Column, Row, Table};
use crate::content::value::unit::{self, Dimension, Unit};

/// Most points that are drawn.
const MAX_POINTS: usize = 2_000;
/// Most series that are drawn: more cannot be told apart.
const MAX_SERIES: usize = 12;
/// Most places along an axis of words.
const MAX_STEPS: usize = 60;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// The form.
    pub kind: Kind,
    /// What it shows.
    pub title: String,
    /// What a reader should see in it.
    pub caption: String,
    /// What stands along the axis of `x`.
    pub x: Along,
    /// Heading of `x`.
    pub x_label: String,
    /// The scale of the values.
    pub y: Scale,
    /// Heading of the values, with their unit.
    pub y_label: String,
    /// Heading of the series; empty where there is one only.
    pub series_label: String,
    /// Whether values have ranges.
    pub has_ranges: bool,
    /// The series in order; never empty.
    pub series: Vec<Series>,
}

/// What stands along the axis of `x`.
#[derive(Debug, Clone, PartialEq)]
pub enum Along {
    /// Numbers.
    Numbers(Scale),
    /// Words, each at a place of its own.
    Steps(Vec<String>),
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The number of its mark.
    pub mark: usize,
    /// Its points, in the order of `x`.
    pub points: Vec<Point>,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The cell of `x` as it stands in the table.
    pub label: String,
    /// Its number, or its place among the words.
    pub x: f64,
    /// The value.
    pub y: f64,
    /// The ends of its range.
    pub range: Option<(f64, f64)>,
    /// The number of its own mark, where it stands for something that has one and there are no series.
    pub mark: Option<usize>,
}

/// Takes what a spec asks for out of a table; `text` is the spec as written, `mark_of` gives the mark that
/// a series has elsewhere, and the first `taken` marks are somebody's.
///
/// # Errors
/// When a column is missing, values are not numbers, or nothing is left to draw.
pub fn plot(
    text: &str,
    spec: &Spec,
    table: &Table,
    taken: usize,
    mark_of: impl Fn(&str) -> Option<usize>,
) -> Result<Plot, Fault> {
    let reader = Reader::of(text, spec, table)?;
    let rows = reader.rows()?;
    let steps = reader.steps(&rows);
    let mut series: Vec<Series> = Vec::new();
    for row in &rows {
        let mut point = reader.point(row, steps.as_deref())?;
        point.mark = reader.series.is_none().then(|| mark_of(&point.label)).flatten();
        let name =
            reader.series.map_or_else(|| reader.y_column().label.clone(), |column| row.cells[column].trim().to_owned());
        match series.iter_mut().find(|series| series.name == name) {
            Some(series) => series.points.push(point),
            None => series.push(Series { mark: mark_of(&name).unwrap_or(usize::MAX), name, points: vec![point] }),
        }
    }
    if series.len() > MAX_SERIES {
        let message = format!("{} series are more than can be told apart; {MAX_SERIES} fit", series.len());
        return Err(Fault::of_value(text, "series", message));
    }
    sort(&mut series, &spec.order);
    give_marks(&mut series, taken);
    reader.plot(series, steps)
}

/// Series as ordered; points along `x`.
fn sort(series: &mut [Series], order: &[String]) {
    series.sort_by_key(|series| place_of(&series.name, order));
    for series in series {
        series.points.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
}

/// Where a name stands in an order; what it does not name follows.
fn place_of(name: &str, order: &[String]) -> usize {
    order.iter().position(|named| named == name).unwrap_or(usize::MAX)
}

/// Gives those that have no mark elsewhere the first that are nobody's. What points without a mark share beside others
/// that have one is hollow: it stands for none of them.
fn give_marks(series: &mut [Series], taken: usize) {
    let is_shared = series.iter().flat_map(|series| &series.points).any(|point| point.mark.is_some());
    let first = if is_shared { MARKS } else { taken.min(MARKS) };
    let mut given: Vec<usize> = series.iter().map(|series| series.mark).collect();
    for series in series.iter_mut().filter(|series| series.mark == usize::MAX) {
        series.mark = (first..).find(|mark| !given.contains(mark)).unwrap_or(MARKS);
        given.push(series.mark);
    }
}

struct Reader<'a> {
    text: &'a str,
    spec: &'a Spec,
    table: &'a Table,
    x: usize,
    y: usize,
    series: Option<usize>,
    range: Option<(usize, usize)>,
    unit: Unit,
}

impl<'a> Reader<'a> {
    fn of(text: &'a str, spec: &'a Spec, table: &'a Table) -> Result<Self, Fault> {
        let find = |name: &str| {
            table.column(name).ok_or_else(|| {
                let near = nearest(name, table.columns.iter().map(|column| column.name.as_str()));
                format!("{} has no column \"{name}\"{near}", table.path)
            })
        };
        let column = |key: &str, name: &str| find(name).map_err(|message| Fault::of_value(text, key, message));
        let y = column("y", &spec.y)?;
        let range = match (&spec.low, &spec.high) {
            (Some(low), Some(high)) => Some((column("low", low)?, column("high", high)?)),
            _ => None,
        };
        for name in spec.only.keys() {
            find(name).map_err(|message| Fault::of_key(text, &["where", name.as_str()], message))?;
        }
        let (_, dimension, own) = unit::of_column(&table.columns[y].name);
        let unit = match &spec.unit {
            None => own,
            Some(name) => unit_named(dimension, name)
                .ok_or_else(|| Fault::of_value(text, "unit", format!("\"{name}\" is not a unit of {}", spec.y)))?,
        };
        let series = spec.series.as_ref().map(|name| column("series", name)).transpose()?;
        Ok(Self { text, spec, table, x: column("x", &spec.x)?, y, series, range, unit })
    }

    fn y_column(&self) -> &'a Column {
        &self.table.columns[self.y]
    }

    /// The rows that pass the filter and have a value.
    fn rows(&self) -> Result<Vec<&'a Row>, Fault> {
        let only: Vec<_> =
            self.spec.only.iter().filter_map(|(name, one)| Some((self.table.column(name)?, one))).collect();
        let rows =
            self.table.rows.iter().filter(|row| only.iter().all(|(column, one)| one.fits(row.cells[*column].trim())));
        let rows: Vec<_> = rows.filter(|row| !row.cells[self.y].trim().is_empty()).collect();
        match rows.len() {
            0 => Err(Fault::of_value(self.text, "where", format!("no row of {} is left to draw", self.table.path))),
            many if many > MAX_POINTS => {
                Err(Fault::of_value(self.text, "data", format!("{many} points are too many; {MAX_POINTS} fit")))
            }
            _ => Ok(rows),
        }
    }

    /// The words along `x`, as ordered where there are no series for that and otherwise as they come; none where
    /// numbers stand there.
    fn steps(&self, rows: &[&Row]) -> Option<Vec<String>> {
        let numbers = self.spec.kind == Kind::Line && rows.iter().all(|row| row.number(self.x).is_some());
        if numbers {
            return None;
        }
        let mut steps: Vec<String> = Vec::new();
        for row in rows {
            let cell = row.cells[self.x].trim();
            if !steps.iter().any(|step| step == cell) {
                steps.push(cell.to_owned());
            }
        }
        if self.series.is_none() {
            steps.sort_by_key(|step| place_of(step, &self.spec.order));
        }
        Some(steps)
    }

    fn point(&self, row: &Row, steps: Option<&[String]>) -> Result<Point, Fault> {
        let value = |column: usize, key: &str| {
            let number = row.number(column).ok_or_else(|| {
                let cell: String = row.cells[column].chars().take(40).collect();
                let message = format!("{}:{} holds {cell:?}, which is not a number", self.table.path, row.line);
                Fault::of_value(self.text, key, message)
            })?;
            Ok(number * self.table.columns[column].unit.factor / self.unit.factor)
        };
        let label = row.cells[self.x].trim().to_owned();
        let x = match steps {
            Some(steps) => steps.iter().position(|step| *step == label).unwrap_or(0),
            None => 0,
        };
        #[expect(clippy::cast_precision_loss, reason = "there are few steps")]
        let x = if steps.is_some() { x as f64 } else { row.number(self.x).unwrap_or(0.0) };
        let range = match self.range {
            Some((low, high)) => Some((value(low, "low")?, value(high, "high")?)),
            None => None,
        };
        Ok(Point { label, x, y: value(self.y, "y")?, range, mark: None })
    }

    fn plot(&self, series: Vec<Series>, steps: Option<Vec<String>>) -> Result<Plot, Fault> {
        let points = series.iter().flat_map(|series| &series.points);
        let values =
            points.clone().flat_map(|point| point.range.map_or([point.y; 3], |(low, high)| [low, point.y, high]));
        let from_zero = self.spec.kind == Kind::Bar || self.spec.scale == ScaleKind::Linear;
        let y = Scale::of(self.spec.scale, values, from_zero)
            .ok_or_else(|| Fault::of_value(self.text, "scale", "a log scale takes positive values only".to_owned()))?;
        let x =
            match steps {
                Some(steps) if steps.len() > MAX_STEPS => {
                    let message = format!("{} places along x are too many; {MAX_STEPS} fit", steps.len());
                    return Err(Fault::of_value(self.text, "x", message));
                }
                Some(steps) => Along::Steps(steps),
                None => Along::Numbers(Scale::of(self.spec.x_scale, points.map(|point| point.x), false).ok_or_else(
                    || Fault::of_value(self.text, "x_scale", "a log scale takes positive values only".to_owned()),
                )?),
            };
        let column = Column { unit: self.unit, ..self.y_column().clone() };
        Ok(Plot {
            kind: self.spec.kind,
            title: self.spec.title.clone(),
            caption: self.spec.caption.clone(),
            x,
            x_label: self.table.columns[self.x].heading(),
            y,
            y_label: column.heading(),
            series_label: self.series.map(|series| self.table.columns[series].label.clone()).unwrap_or_default(),
            has_ranges: self.range.is_some(),
            series,
        })
    }
}

impl Plot {
    /// What is drawn as a table: its header and its rows.
    pub fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut header: Vec<String> =
            Some(self.series_label.clone()).filter(|label| !label.is_empty()).into_iter().collect();
        header.extend([self.x_label.clone(), self.y_label.clone()]);
        if self.has_ranges {
            header.extend(["from".to_owned(), "to".to_owned()]);
        }
        let row = |series: &Series, point: &Point| {
            let mut row = Vec::with_capacity(header.len());
            if !self.series_label.is_empty() {
                row.push(series.name.clone());
            }
            row.extend([point.label.clone(), number(point.y)]);
            row.extend(point.range.iter().flat_map(|(low, high)| [number(*low), number(*high)]));
            row
        };
        let rows = self.series.iter().flat_map(|series| series.points.iter().map(move |point| row(series, point)));
        let rows = rows.collect();
        (header, rows)
    }

    /// What is drawn, in a sentence.
    pub fn describe(&self) -> String {
        let form = match self.kind {
            Kind::Line => "Line chart",
            Kind::Bar => "Bar chart",
            Kind::Dot => "Dot plot",
        };
        let names: Vec<&str> = self.series.iter().map(|series| series.name.as_str()).collect();
        let values = self.series.iter().flat_map(|series| &series.points).map(|point| point.y);
        let (least, most) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
        format!(
            "{form} of {} by {} for {}; from {} to {}. The same values stand in the table below.",
            self.y_label,
            self.x_label,
            names.join(", "),
            number(least),
            number(most)
        )
    }
}

fn unit_named(dimension: Dimension, name: &str) -> Option<Unit> {
    match dimension {
        Dimension::Time => unit::time(name),
        Dimension::Size => unit::size(name),
        _ => None,
    }
}

/// The nearest of several names as the end of a sentence; empty where none is near.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let near = names.map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    near.filter(|(edits, known)| edits * 2 <= known.len())
        .map(|(_, known)| format!("; did you mean \"{known}\"?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DocPath;

    const CSV: &str = "framework,workers,run,p50_ms\nRay,1,warm,10\nRay,10,warm,3\nRay,100,cold,2\nDask,1,warm,20\nDask,10,cold,7\nSpark,1,cold,\n";

    fn plotted(more: &str) -> Result<Plot, Fault> {
        let text = format!("data='d.csv'\nx='workers'\ny='p50_ms'\nseries='framework'\ntitle='T'\n{more}");
        let spec = Spec::read(&text).expect("a spec");
        let table = Table::read(&DocPath::new("c/data/d.csv"), CSV.as_bytes());
        super::plot(&text, &spec, &table, 0, |_| None)
    }

    fn plot(more: &str) -> Plot {
        plotted(more).expect("a plot")
    }

    fn names(plot: &Plot) -> Vec<&str> {
        plot.series.iter().map(|series| series.name.as_str()).collect()
    }

    fn values(plot: &Plot) -> Vec<f64> {
        plot.series.iter().flat_map(|series| &series.points).map(|point| point.y).collect()
    }

    #[test]
    fn series_stand_in_the_order_that_is_asked_for() {
        assert_eq!(names(&plot("")), ["Ray", "Dask"], "as the table has them; one without a value is none");
        assert_eq!(names(&plot("order=['Dask']")), ["Dask", "Ray"]);
        assert_eq!(plot("order=['Dask']").table().1[0][0], "Dask", "the table beneath follows");
    }

    #[test]
    fn words_stand_in_the_order_that_is_asked_for_where_there_are_no_series() {
        let places = |order: &str| {
            let text = format!(
                "data='d.csv'\nkind='dot'\nx='framework'\ny='p50_ms'\ntitle='T'\nwhere={{ workers=1 }}\n{order}"
            );
            let spec = Spec::read(&text).expect("a spec");
            let table = Table::read(&DocPath::new("c/data/d.csv"), CSV.as_bytes());
            let plot = super::plot(&text, &spec, &table, 0, |_| None).expect("a plot");
            plot.series[0].points.iter().map(|point| point.label.clone()).collect::<Vec<_>>()
        };
        assert_eq!(places(""), ["Ray", "Dask"], "as the table has them");
        assert_eq!(places("order=['Dask']"), ["Dask", "Ray"]);
    }

    #[test]
    fn points_without_a_mark_share_a_hollow_one() {
        let text = "data='d.csv'\nkind='dot'\nx='framework'\ny='p50_ms'\ntitle='T'\nwhere={ workers=1 }\n";
        let spec = Spec::read(text).expect("a spec");
        let table = Table::read(&DocPath::new("c/data/d.csv"), CSV.as_bytes());
        let plot = super::plot(text, &spec, &table, 1, |name| (name == "Ray").then_some(0)).expect("a plot");
        let [series] = &plot.series[..] else { panic!("{plot:?}") };
        assert_eq!(series.points.iter().map(|point| point.mark).collect::<Vec<_>>(), [Some(0), None]);
        assert_eq!(series.mark, MARKS, "Dask looks like nobody else");
    }

    #[test]
    fn a_series_without_a_mark_takes_none_that_is_somebodys() {
        let text = "data='d.csv'\nx='workers'\ny='p50_ms'\nseries='framework'\ntitle='T'\n";
        let csv = "framework,workers,p50_ms\nhuey,1,9\nRay,1,10\njoblib,1,8\npandas,1,7\n";
        let marks = |taken| {
            let spec = Spec::read(text).expect("a spec");
            let table = Table::read(&DocPath::new("c/data/d.csv"), csv.as_bytes());
            let plot = super::plot(text, &spec, &table, taken, |name| (name == "Ray").then_some(3)).expect("a plot");
            plot.series.iter().map(|series| series.mark).collect::<Vec<_>>()
        };
        assert_eq!(marks(4), [4, 3, 5, 6]);
        assert_eq!(marks(MARKS - 1), [MARKS - 1, 3, MARKS, MARKS + 1], "hollow ones where no other is left");
        assert_eq!(marks(3 * MARKS), [MARKS, 3, MARKS + 1, MARKS + 2]);
    }

    #[test]
    fn only_the_rows_that_are_asked_for_are_drawn() {
        assert_eq!(values(&plot("")), [10.0, 3.0, 2.0, 20.0, 7.0]);
        assert_eq!(values(&plot("where={ run='warm' }")), [10.0, 3.0, 20.0]);
        assert_eq!(values(&plot("where={ run='warm', workers=[10, 100] }")), [3.0]);
        assert_eq!(names(&plot("where={ framework='Dask' }")), ["Dask"]);
        assert_eq!(plotted("where={ run='hot' }").expect_err("nothing is left").line, 6);
    }

    #[test]
    fn values_are_shown_in_the_unit_that_is_asked_for() {
        assert_eq!(plot("").y_label, "p50 (ms)");
        let plot = plot("unit='us'");
        assert_eq!(plot.y_label, "p50 (µs)");
        assert!(values(&plot).iter().zip([10e3, 3e3, 2e3, 20e3, 7e3]).all(|(a, b)| (a - b).abs() < 1e-6), "{plot:?}");
        assert!(plot.describe().contains("from 2,000 to 20,000"), "{}", plot.describe());
        assert_eq!(plotted("unit='MiB'").expect_err("no unit of time").message, "\"MiB\" is not a unit of p50_ms");
    }

    #[test]
    fn both_scales_are_those_that_are_asked_for() {
        let middle = |plot: &Plot| match &plot.x {
            Along::Numbers(scale) => scale.place(10.0),
            Along::Steps(steps) => panic!("{steps:?} are no numbers"),
        };
        assert!((middle(&plot("x_scale='log'")) - 0.5).abs() < 1e-9, "10 lies half way from 1 to 100");
        assert!(middle(&plot("")) < 0.2);
        assert!(plot("scale='log'").y.place(6.3) > 0.45 && plot("").y.place(6.3) < 0.35);
    }
}
