//! What a `chart` fence asks for: TOML to a [`Spec`], faults with line and column.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::de::DeTable;

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
    /// Series, or the words along `x` where there are none, in the order in which they are shown; those that are not
    /// named follow.
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
    /// A fault of a key, which may lie in tables.
    pub(super) fn of_key(text: &str, path: &[&str], message: String) -> Self {
        Self::at(text, place(text, path).map(|(key, _)| key), message)
    }

    /// A fault of what a key is set to.
    pub fn of_value(text: &str, key: &str, message: String) -> Self {
        Self::at(text, place(text, &[key]).map(|(_, value)| value), message)
    }

    /// A fault at a byte of the lines; where there is none, of the chart as a whole.
    fn at(text: &str, byte: Option<usize>, message: String) -> Self {
        let Some(before) = byte.and_then(|byte| text.get(..byte)) else {
            return Self { line: 0, column: 1, message };
        };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
        Self {
            line: number(before.matches('\n').count()),
            column: number(before.rsplit('\n').next().unwrap_or_default().chars().count()),
            message,
        }
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
            Fault::at(text, Some(start), error.message().lines().next().unwrap_or_default().to_owned())
        })?;
        match (&spec.low, &spec.high) {
            (Some(_), None) => Err(Fault::of_key(text, &["low"], "a range needs \"high\" too".to_owned())),
            (None, Some(_)) => Err(Fault::of_key(text, &["high"], "a range needs \"low\" too".to_owned())),
            _ => Ok(spec),
        }
    }
}

/// The bytes at which a key and its value start; none where the key is not set.
fn place(text: &str, path: &[&str]) -> Option<(usize, usize)> {
    let root = DeTable::parse(text).ok()?;
    let (last, above) = path.split_last()?;
    let mut table = root.get_ref();
    for key in above {
        table = table.get(*key)?.get_ref().as_table()?;
    }
    let (key, value) = table.get_key_value(*last)?;
    Some((key.span().start, value.span().start))
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
        let whole = "data='a'\nx='x'\ny='y'\ntitle='t'\n";
        let cases = [
            ("  colour = 3", 3, "unknown field `colour`"),
            ("series = 3", 10, "invalid type: integer `3`, expected a string"),
            ("order = ['ü', 3]", 15, "invalid type: integer `3`, expected a string"),
            ("scale = 'lag'", 9, "unknown variant `lag`"),
            ("where = { 'ü' = 'ü', size = 1.5 }", 29, "data did not match any variant"),
            ("where.size = 1.5", 14, "data did not match any variant"),
            ("  low = 'l'", 3, "a range needs \"high\" too"),
            ("\"high\" = 'h'", 1, "a range needs \"low\" too"),
        ];
        for (line, column, message) in cases {
            let told = fault(&format!("{whole}{line}\n"));
            assert_eq!((told.line, told.column), (5, column), "{line}");
            assert!(told.message.starts_with(message), "{line}: {}", told.message);
        }
    }

    #[test]
    fn keys_and_values_have_their_places_however_they_are_written() {
        let at = |text: &str, path: &[&str]| {
            let key = Fault::of_key(text, path, String::new());
            (key.line, key.column)
        };
        assert_eq!(at("y = 1\nwhere = { a = 1, b = 2 }", &["where", "b"]), (2, 18));
        assert_eq!(at("y = 1\nwhere.\"b\" = 2", &["where", "b"]), (2, 7));
        assert_eq!(at("y = 1\n[where]\n  b = 2", &["where", "b"]), (3, 3));
        assert_eq!(at("y = 1", &["where", "b"]), (0, 1));
        let at = |text: &str| {
            let value = Fault::of_value(text, "y", String::new());
            (value.line, value.column)
        };
        assert_eq!(at("title = '''\ny = 0'''\n  \"y\"   = 'ü'"), (3, 11));
        assert_eq!(at("title = 1"), (0, 1));
    }
}
