//! What a `chart` fence asks for: TOML to a [`Spec`], faults with line and column.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a chart shows and how.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Path of the table, relative to the document.
    pub data: String,
    /// The form of the chart.
    #[serde(default)]
    pub kind: Kind,
    /// The column along which values stand: numbers for lines, anything for bars and dots.
    pub x: String,
    /// The column of the values.
    pub y: String,
    /// The column that tells series apart; one series when not given.
    pub series: Option<String>,
    /// The columns of the lower and upper end of each value's range: an error, or quartiles.
    pub low: Option<String>,
    /// See `low`.
    pub high: Option<String>,
    /// The scale of the values.
    #[serde(default)]
    pub scale: ScaleKind,
    /// The scale of `x`, where it holds numbers.
    #[serde(default)]
    pub x_scale: ScaleKind,
    /// The unit in which values are shown; the column's when not given.
    pub unit: Option<String>,
    /// What the chart shows, in a few words.
    pub title: String,
    /// What a reader should see in it.
    #[serde(default)]
    pub caption: String,
    /// Only rows that have these values, by column.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, OneOrMore>,
    /// Series in the order in which they are shown; those that are not named follow.
    #[serde(default)]
    pub order: Vec<String>,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Points joined by lines.
    #[default]
    Line,
    /// Bars, grouped by series.
    Bar,
    /// Points on rows, with their ranges.
    Dot,
}

/// How a scale runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScaleKind {
    /// Equal steps are equal differences.
    #[default]
    Linear,
    /// Equal steps are equal ratios.
    Log,
}

/// A value, or several of which one must fit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Several.
    Several(Vec<OneOrMore>),
}

/// Why a chart cannot be drawn, with the place in its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line inside the fence, counted from 1; 0 where no line is to blame.
    pub line: u32,
    /// Column, counted from 1.
    pub column: u32,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

impl Fault {
    /// A fault of the line that sets a key.
    pub(super) fn of_key(text: &str, key: &str, message: String) -> Self {
        let sets = |line: &str| {
            line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', '.']))
        };
        let line = text.lines().position(sets).and_then(|at| u32::try_from(at + 1).ok()).unwrap_or(0);
        Self { line, column: 1, message }
    }
}

impl OneOrMore {
    /// Whether a cell is one of the values.
    pub fn fits(&self, cell: &str) -> bool {
        match self {
            Self::Text(text) => text == cell,
            Self::Number(number) => cell.parse() == Ok(*number),
            Self::Several(several) => several.iter().any(|one| one.fits(cell)),
        }
    }
}

impl Spec {
    /// Reads the lines of a fence.
    ///
    /// # Errors
    /// When they are not TOML, or not what a chart needs.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let spec: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let before = text.get(..start).unwrap_or_default();
            let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
            Fault {
                line: place(before.matches('\n').count()),
                column: place(before.rsplit('\n').next().unwrap_or_default().chars().count()),
                message: error.message().lines().next().unwrap_or_default().to_owned(),
            }
        })?;
        match (&spec.low, &spec.high) {
            (Some(_), None) => Err(Fault::of_key(text, "low", "a range needs \"high\" too".to_owned())),
            (None, Some(_)) => Err(Fault::of_key(text, "high", "a range needs \"low\" too".to_owned())),
            _ => Ok(spec),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_have_their_place() {
        let fault = |text: &str| Spec::read(text).map(|_| ()).expect_err("no chart");
        let unknown = fault("data = \"a.csv\"\ncolour = 3\n");
        assert_eq!((unknown.line, unknown.column), (2, 1));
        assert!(unknown.message.contains("unknown field `colour`"), "{}", unknown.message);
        assert_eq!(fault("data = \n").line, 1);
        assert!(fault("data = \"a\"\nx = \"x\"\ntitle = \"t\"\n").message.contains("missing field `y`"));
        let kind = fault("kind = \"pie\"\n");
        assert!(kind.message.contains("`line`, `bar`, `dot`"), "{}", kind.message);
        let half = fault("data='a'\nx='x'\ny='y'\ntitle='t'\nlow='l'\n");
        assert_eq!((half.line, half.message.as_str()), (5, "a range needs \"high\" too"));
    }
}
