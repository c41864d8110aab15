//! Units: what a word or the end of a column's name is worth in the base unit of its dimension.
//!
//! Base units are the second, the byte and the plain number.

/// A unit: how many base units one of it is, and the sign it is shown with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// How many base units one of it is.
    pub factor: f64,
    /// The sign it is shown with; empty where it has none.
    pub symbol: &'static str,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Things, or nothing in particular.
    Count,
    /// Hundredths.
    Percent,
    /// Seconds.
    Time,
    /// Bytes.
    Size,
    /// Things a second.
    Rate,
    /// Bytes a second.
    SizeRate,
}

impl Unit {
    /// A plain number.
    pub const ONE: Self = unit(1.0, "");
    /// Hundredths; a percentage stays the number that is written.
    pub const PERCENT: Self = unit(1.0, "%");
}

const fn unit(factor: f64, symbol: &'static str) -> Unit {
    Unit { factor, symbol }
}

/// The ends of columns' names and what they mean; longer ones first where one ends like another.
const SUFFIXES: [(&str, Dimension, Unit); 23] = [
    ("_mib_per_s", Dimension::SizeRate, unit(1_048_576.0, "MiB/s")),
    ("_gib_per_s", Dimension::SizeRate, unit(1_073_741_824.0, "GiB/s")),
    ("_mb_per_s", Dimension::SizeRate, unit(1e6, "MB/s")),
    ("_gb_per_s", Dimension::SizeRate, unit(1e9, "GB/s")),
    ("_per_s", Dimension::Rate, unit(1.0, "/s")),
    ("_per_min", Dimension::Rate, unit(1.0 / 60.0, "/min")),
    ("_ns", Dimension::Time, unit(1e-9, "ns")),
    ("_us", Dimension::Time, unit(1e-6, "µs")),
    ("_ms", Dimension::Time, unit(1e-3, "ms")),
    ("_min", Dimension::Time, unit(60.0, "min")),
    ("_h", Dimension::Time, unit(3_600.0, "h")),
    ("_s", Dimension::Time, unit(1.0, "s")),
    ("_kib", Dimension::Size, unit(1_024.0, "KiB")),
    ("_mib", Dimension::Size, unit(1_048_576.0, "MiB")),
    ("_gib", Dimension::Size, unit(1_073_741_824.0, "GiB")),
    ("_kb", Dimension::Size, unit(1e3, "kB")),
    ("_mb", Dimension::Size, unit(1e6, "MB")),
    ("_gb", Dimension::Size, unit(1e9, "GB")),
    ("_bytes", Dimension::Size, unit(1.0, "B")),
    ("_b", Dimension::Size, unit(1.0, "B")),
    ("_percent", Dimension::Percent, Unit::PERCENT),
    ("_pct", Dimension::Percent, Unit::PERCENT),
    ("_count", Dimension::Count, Unit::ONE),
];

/// What a column's name says of its numbers: the name without the unit, the dimension and the unit.
///
/// ```
/// use fieldguide::content::value::unit::of_column;
/// assert_eq!(of_column("p50_ms").0, "p50");
/// assert_eq!(of_column("p50_ms").2.symbol, "ms");
/// assert_eq!(of_column("workers").0, "workers");
/// ```
pub fn of_column(name: &str) -> (&str, Dimension, Unit) {
    let found = SUFFIXES.iter().find_map(|(end, dimension, unit)| {
        let stem = name.strip_suffix(end).filter(|stem| !stem.is_empty())?;
        Some((stem, *dimension, *unit))
    });
    found.unwrap_or((name, Dimension::Count, Unit::ONE))
}

/// A magnitude such as "k" or "million".
pub fn magnitude(word: &str) -> Option<Unit> {
    match word {
        "k" | "K" | "thousand" => Some(unit(1e3, "")),
        "M" | "million" => Some(unit(1e6, "")),
        "G" | "bn" | "billion" => Some(unit(1e9, "")),
        _ => None,
    }
}

/// A unit of time, in seconds.
pub fn time(word: &str) -> Option<Unit> {
    Some(match word.to_lowercase().as_str() {
        "ns" | "nanosecond" | "nanoseconds" => unit(1e-9, "ns"),
        "us" | "µs" | "μs" | "microsecond" | "microseconds" => unit(1e-6, "µs"),
        "ms" | "millisecond" | "milliseconds" => unit(1e-3, "ms"),
        "s" | "sec" | "secs" | "second" | "seconds" => unit(1.0, "s"),
        "m" | "min" | "mins" | "minute" | "minutes" => unit(60.0, "min"),
        "h" | "hr" | "hrs" | "hour" | "hours" => unit(3_600.0, "h"),
        "d" | "day" | "days" => unit(86_400.0, "d"),
        "week" | "weeks" => unit(604_800.0, ""),
        "month" | "months" => unit(2_629_746.0, ""),
        "year" | "years" => unit(31_556_952.0, ""),
        _ => return None,
    })
}

/// A unit of size, in bytes.
pub fn size(word: &str) -> Option<Unit> {
    let word = word.to_lowercase();
    let prefix = ["bytes", "byte", "b"].iter().find_map(|unit| word.strip_suffix(unit)).unwrap_or(&word);
    Some(match prefix {
        "" if !word.is_empty() => unit(1.0, "B"),
        "k" | "kilo" => unit(1e3, "kB"),
        "m" | "mega" => unit(1e6, "MB"),
        "g" | "giga" => unit(1e9, "GB"),
        "t" | "tera" => unit(1e12, "TB"),
        "ki" | "kibi" => unit(1_024.0, "KiB"),
        "mi" | "mebi" => unit(1_048_576.0, "MiB"),
        "gi" | "gibi" => unit(1_073_741_824.0, "GiB"),
        "ti" | "tebi" => unit(1_099_511_627_776.0, "TiB"),
        _ => return None,
    })
}
