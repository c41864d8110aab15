//! Measured figures: `[0.61 ms](data/round-trip.csv#ray.p50_ms)` names a row and a column and says what stands there.
//!
//! The text must agree with the cell at the precision that the text shows, units converted.

use super::table::{Column, Table};
use crate::content::value::quantity::{self, Found};
use crate::content::value::unit::Dimension;

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
}

/// Why a figure does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The fragment does not name a row and a column.
    Form,
    /// There is no such column; the names there are.
    Column(String),
    /// There is no such row.
    Row(String),
    /// Several rows have the key.
    Ambiguous(String),
    /// The text says something else than the cell; what it should say.
    Disagrees(String),
}

/// The cell that a fragment names: `ROW.COLUMN`, already percent-decoded. Either may hold dots.
///
/// # Errors
/// When it names no cell, or several.
pub fn locate(table: &Table, fragment: &str) -> Result<Place, Fault> {
    let splits = || fragment.match_indices('.').rev().map(|(at, _)| (&fragment[..at], &fragment[at + 1..]));
    let Some((_, last)) = splits().next() else { return Err(Fault::Form) };
    let Some((key, column)) = splits().find_map(|(key, name)| Some((key, table.column(name)?))) else {
        return Err(Fault::Column(last.to_owned()));
    };
    match table.rows_of(key)[..] {
        [row] => Ok(Place { row, column }),
        [] => Err(Fault::Row(key.to_owned())),
        _ => Err(Fault::Ambiguous(key.to_owned())),
    }
}

/// Whether a text says what a cell holds.
///
/// # Errors
/// With what the text should say, in the unit and with the precision that it has.
pub fn check(table: &Table, place: Place, text: &str) -> Result<(), Fault> {
    let (row, column) = (&table.rows[place.row], &table.columns[place.column]);
    let cell = row.cells[place.column].trim();
    if cell == text.trim() {
        return Ok(());
    }
    let Some(value) = row.number(place.column) else { return Err(Fault::Disagrees(cell.to_owned())) };
    let as_stored = || {
        let symbol = column.unit.symbol;
        Fault::Disagrees(if symbol.is_empty() { cell.to_owned() } else { format!("{cell} {symbol}") })
    };
    let Some((found, measured)) = shown(text, column, value) else { return Err(as_stored()) };
    let slack = found.step * 0.5 + measured.abs() * 1e-9;
    if (found.amount - measured).abs() <= slack {
        Ok(())
    } else {
        Err(Fault::Disagrees(corrected(text, found, measured)))
    }
}

/// The quantity that a text shows, and the cell's in the same unit.
fn shown(text: &str, column: &Column, value: f64) -> Option<(Found, f64)> {
    let plain = || {
        let found = quantity::number(text)?;
        let words = text[found.end..].trim_start();
        let has_other_unit = quantity::seconds(text).is_some() || quantity::bytes(text).is_some();
        (!has_other_unit && (column.dimension == Dimension::Percent || !words.starts_with('%')))
            .then_some((found, value))
    };
    let with_unit = match column.dimension {
        Dimension::Time => quantity::seconds(text),
        Dimension::Size => quantity::bytes(text),
        Dimension::Rate | Dimension::SizeRate => quantity::per_second(text),
        Dimension::Count | Dimension::Percent => None,
    };
    with_unit.map(|found| (found, value * column.unit.factor)).or_else(plain)
}

/// The text with the number that it should show.
fn corrected(text: &str, found: Found, measured: f64) -> String {
    let written = &text[found.start..found.number_end];
    let decimals = written.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len()).min(12);
    let one = 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
    let number = if found.step > 0.0 { measured / found.step * one } else { measured };
    format!("{}{number:.decimals$}{}", &text[..found.start], &text[found.number_end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DocPath;

    const CSV: &str = "framework,p50_ms,tasks_per_s,memory_mib,share_percent,version,workers\n\
        ray,0.6149,12345.6,512,99.46,2.9.1,16\n\
        dask,1.5,800,64,1,2024.5,4\ncelery 5.3,2,1,1,1,x,1\n";

    fn result(text: &str, fragment: &str) -> Result<(), Fault> {
        let table = Table::read(&DocPath::new("c/data/t.csv"), CSV.as_bytes());
        check(&table, locate(&table, fragment)?, text)
    }

    #[test]
    fn a_text_agrees_at_the_precision_it_shows_in_any_unit() {
        let fine = [
            ("0.61 ms", "ray.p50_ms"),
            ("615 us", "ray.p50_ms"),
            ("0.6149", "ray.p50_ms"),
            ("about 0.6 milliseconds", "ray.p50_ms"),
            ("12,346 tasks/s", "ray.tasks_per_s"),
            ("12k tasks/s", "ray.tasks_per_s"),
            ("0.5 GiB", "ray.memory_mib"),
            ("99.5 %", "ray.share_percent"),
            ("2.9.1", "ray.version"),
            ("16 workers", "ray.workers"),
            ("2 ms", "celery 5.3.p50_ms"),
        ];
        for (text, fragment) in fine {
            assert_eq!(result(text, fragment), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_text_that_disagrees_is_told_what_to_say() {
        let wrong = [
            ("0.62 ms", "ray.p50_ms", "0.61 ms"),
            ("610 us", "ray.p50_ms", "615 us"),
            ("13k tasks/s", "ray.tasks_per_s", "12k tasks/s"),
            ("0.61 MB", "ray.p50_ms", "0.6149 ms"),
            ("fast", "ray.p50_ms", "0.6149 ms"),
            ("2.9.2", "ray.version", "2.9.1"),
        ];
        for (text, fragment, right) in wrong {
            assert_eq!(result(text, fragment), Err(Fault::Disagrees(right.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_named() {
        assert_eq!(result("1", "ray"), Err(Fault::Form));
        assert_eq!(result("1", "ray.p99_ms"), Err(Fault::Column("p99_ms".to_owned())));
        assert_eq!(result("1", "rai.p50_ms"), Err(Fault::Row("rai".to_owned())));
    }
}
