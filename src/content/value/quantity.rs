//! Numbers with units in running text: "about 200 us a task", "64 MiB", "1,200 tasks/s".
//!
//! Each reader gives the first number that stands with a unit of its kind, in the base unit; of a
//! range, the lower end. A digit inside a word ("p50", "K8s") starts no number.

use super::unit::{self, Unit};

/// Largest number that is read: no unit takes it beyond what can be computed with.
pub const LARGEST: f64 = 1e100;
/// What may stand between groups of three digits.
const THOUSANDS: [char; 8] = [',', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '_'];
/// What may stand between the ends of a range, or before a deviation.
const RANGE: [&str; 7] = ["-", "–", "—", "to ", "..", "±", "+/-"];

/// Signs of lengths of time and of rates over them.
const RATES: [(&str, &str); 4] = [("s", "/s"), ("min", "/min"), ("h", "/h"), ("d", "/d")];

/// A quantity found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The number in the base unit of its kind.
    pub amount: f64,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where its number ends, in bytes.
    pub number_end: usize,
    /// Where its unit starts, in bytes; between number and unit stands what is counted, if anything is.
    pub unit_start: usize,
    /// Where its unit ends, in bytes.
    pub end: usize,
    /// The sign of its unit where it is one number with one unit: no range, no second part.
    pub symbol: Option<&'static str>,
    /// The size in the base unit of one step of the last digit that is written.
    pub step: f64,
}

/// The first number, with a magnitude such as "k" or "million"; `%` is its unit.
pub fn number(text: &str) -> Option<Found> {
    numbers(text)
        .map(|number| match unit_of(number.rest, unit::magnitude) {
            Some(unit) => number.with(text, unit),
            None if number.rest.trim_start().starts_with('%') => {
                let rest = number.rest.trim_start().trim_start_matches('%');
                number.with(text, Measure { unit: Unit::PERCENT, rest, is_direct: true })
            }
            None => number.with(text, Measure { unit: Unit::ONE, rest: number.rest, is_direct: true }),
        })
        .next()
}

/// The first length of time in seconds; "1 h 30 min" is one length.
pub fn seconds(text: &str) -> Option<Found> {
    numbers(text).find_map(|number| {
        let measure = unit_of(number.rest, unit::time)?;
        let mut found = number.with(text, measure);
        if let Some((part, rest)) = smaller_part(number.rest, measure.unit.factor) {
            found.amount += part;
            found.end = text.len() - rest.len();
            found.symbol = None;
        }
        Some(found)
    })
}

/// The first size in bytes.
pub fn bytes(text: &str) -> Option<Found> {
    numbers(text).find_map(|number| Some(number.with(text, unit_of(number.rest, unit::size)?)))
}

/// The first rate, in so many a second.
pub fn per_second(text: &str) -> Option<Found> {
    numbers(text).find_map(|number| {
        let counted = unit_of(number.rest, |word| unit::magnitude(word).or_else(|| unit::size(word)));
        let upper = range_end(number.rest);
        let period = period(upper.unwrap_or(number.rest))?;
        let factor = counted.map_or(1.0, |counted| counted.unit.factor) / period.seconds;
        let unit = Unit { factor, symbol: period.symbol };
        let found = number.with(text, Measure { unit, rest: period.rest, is_direct: upper.is_none() });
        Some(Found { unit_start: text.len() - period.from.len(), ..found })
    })
}

/// A unit that follows a number.
#[derive(Clone, Copy)]
struct Measure<'t> {
    unit: Unit,
    /// What follows the unit.
    rest: &'t str,
    /// Whether it follows the number itself, not the upper end of a range.
    is_direct: bool,
}

/// A number in a text.
#[derive(Clone, Copy)]
struct Number<'t> {
    value: f64,
    /// One step of its last digit.
    step: f64,
    start: usize,
    rest: &'t str,
}

impl Number<'_> {
    fn with(&self, text: &str, measure: Measure<'_>) -> Found {
        Found {
            amount: self.value * measure.unit.factor,
            start: self.start,
            number_end: text.len() - self.rest.len(),
            unit_start: text.len() - self.rest.len(),
            end: text.len() - measure.rest.len(),
            symbol: Some(measure.unit.symbol).filter(|symbol| measure.is_direct && !symbol.is_empty()),
            step: self.step * measure.unit.factor,
        }
    }
}

/// The numbers in a text.
fn numbers(text: &str) -> impl Iterator<Item = Number<'_>> {
    let mut rest = text;
    let mut before = [None, None];
    std::iter::from_fn(move || {
        loop {
            let next = rest.chars().next()?;
            if next.is_ascii_digit() && !before[1].is_some_and(char::is_alphanumeric) {
                let sign = before[1].filter(|sign| matches!(sign, '-' | '−'));
                let sign = sign.filter(|_| !before[0].is_some_and(char::is_alphanumeric));
                let start = text.len() - rest.len() - sign.map_or(0, char::len_utf8);
                let (value, step, after) = read_number(rest);
                before = [None, Some('0')];
                rest = after;
                if value > LARGEST || step > LARGEST {
                    continue;
                }
                return Some(Number { value: if sign.is_some() { -value } else { value }, step, start, rest: after });
            }
            before = [before[1], Some(next)];
            rest = &rest[next.len_utf8()..];
        }
    })
}

/// The number that a text starts with, one step of its last digit, and the rest.
fn read_number(text: &str) -> (f64, f64, &str) {
    let (first, mut rest) = split_digits(text);
    let mut digits = first.to_owned();
    let (mut places, mut power) = (0_i32, 0_i32);
    if (1..=3).contains(&first.len()) && first != "0" {
        while let Some(group) = rest.strip_prefix(THOUSANDS).map(split_digits).filter(|(group, _)| group.len() == 3) {
            digits.push_str(group.0);
            rest = group.1;
        }
    }
    if let Some((decimals, after)) = rest.strip_prefix(['.', ',']).map(split_digits).filter(|(d, _)| !d.is_empty()) {
        digits.push('.');
        digits.push_str(decimals);
        places = i32::try_from(decimals.len()).unwrap_or(i32::MAX);
        rest = after;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        let (sign, after) = after.strip_prefix('-').map_or(("", after), |after| ("-", after));
        let (exponent, after) = split_digits(after.strip_prefix('+').unwrap_or(after));
        if !exponent.is_empty() {
            digits.push('e');
            digits.push_str(sign);
            digits.push_str(exponent);
            power = format!("{sign}{exponent}").parse().unwrap_or(0);
            rest = after;
        }
    }
    let value = digits.parse().ok().filter(|value: &f64| value.is_finite()).unwrap_or(f64::MAX);
    (value, 10_f64.powi(power.saturating_sub(places)), rest)
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The unit that follows a number, or the upper end of the range that the number starts.
fn unit_of(rest: &str, unit: impl Fn(&str) -> Option<Unit>) -> Option<Measure<'_>> {
    let direct = split_word(rest);
    if let Some(unit) = unit(direct.0) {
        return Some(Measure { unit, rest: direct.1, is_direct: true });
    }
    let upper = split_word(range_end(rest)?);
    Some(Measure { unit: unit(upper.0)?, rest: upper.1, is_direct: false })
}

/// What follows the upper end of a range whose lower end was just read.
fn range_end(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let upper = RANGE.iter().find_map(|separator| rest.strip_prefix(separator))?.trim_start();
    upper.starts_with(|c: char| c.is_ascii_digit()).then(|| read_number(upper).2)
}

/// The "30 min" of "1 h 30 min", in seconds, and the rest.
fn smaller_part(rest: &str, unit: f64) -> Option<(f64, &str)> {
    let (word, rest) = split_word(rest);
    let part = rest.trim_start();
    if word.is_empty() || !part.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (value, _, rest) = read_number(part);
    let (word, rest) = split_word(rest);
    unit::time(word)
        .filter(|smaller| smaller.factor < unit && value <= LARGEST)
        .map(|smaller| (value * smaller.factor, rest))
}

/// The word that a text starts with, and the rest; a word that runs into a digit is none.
fn split_word(text: &str) -> (&str, &str) {
    let text = text.strip_prefix('-').unwrap_or(text.trim_start());
    let (word, rest) = text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()));
    if rest.starts_with(|c: char| c.is_numeric()) { ("", text) } else { (word, rest) }
}

/// The length of time in which something is counted.
struct Period<'t> {
    seconds: f64,
    /// The sign of a rate: "/s", "/min"; empty where the length of time has none.
    symbol: &'static str,
    /// What starts with it.
    from: &'t str,
    /// What follows it.
    rest: &'t str,
}

/// The length of time in which what a text starts with is counted: "tasks/s", "requests a minute".
fn period(rest: &str) -> Option<Period<'_>> {
    let end = [";", "(", ", "].iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let clause = &rest[..end];
    let at = |start: usize, time: &str| {
        let (word, after) = split_word(time);
        let unit = unit::time(word)?;
        let symbol = RATES.iter().find(|(time, _)| *time == unit.symbol).map_or("", |(_, rate)| rate);
        let end = end - after.len();
        Some(Period { seconds: unit.factor, symbol, from: &rest[start..], rest: &rest[end..] })
    };
    let in_one_word = || {
        let (word, after) = split_word(clause);
        let is_rate = matches!(word.to_lowercase().as_str(), "rps" | "qps" | "tps" | "hz");
        is_rate.then(|| Period { seconds: 1.0, symbol: "", from: rest, rest: &rest[end - after.len()..] })
    };
    let after_slash = || clause.match_indices('/').find_map(|(slash, _)| at(slash, &clause[slash + 1..]));
    let after_word = || {
        let article = |start: usize| {
            ["a ", "an ", "per ", "each ", "every "].iter().find_map(|a| clause[start..].strip_prefix(a))
        };
        let starts = clause.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
        std::iter::once(0).chain(starts).find_map(|start| at(start, article(start)?))
    };
    after_slash().or_else(after_word).or_else(in_one_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(read: fn(&str) -> Option<Found>, text: &str) -> Option<f64> {
        read(text).map(|found| found.amount)
    }

    #[test]
    fn the_first_number_with_a_fitting_unit_counts() {
        assert_eq!(amount(seconds, "100 tasks in 5 ms, 1 s at worst"), Some(0.005));
        assert_eq!(amount(seconds, "p50 20-minute runs"), Some(1200.0));
        assert_eq!(amount(seconds, "1 h 30 min"), Some(5400.0));
        assert_eq!(amount(seconds, "10 to 20 ms"), Some(0.01));
        assert_eq!(amount(seconds, "5 tasks"), None);
        assert_eq!(amount(bytes, "64 MiB of 2 GB"), Some(67_108_864.0));
        assert_eq!(amount(per_second, "4 workers, 10-20k tasks/s"), Some(10_000.0));
        assert_eq!(amount(per_second, "60 requests a minute"), Some(1.0));
        assert_eq!(amount(per_second, "1.5 GB/s"), Some(1.5e9));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let cases = [
            ("1,200.5", 1200.5),
            ("1\u{202f}200", 1200.0),
            ("1,5", 1.5),
            ("0,125", 0.125),
            ("2024 100", 2024.0),
            ("−4 or so", -4.0),
            ("3-5", 3.0),
            ("1.5e3", 1500.0),
            ("K8s with 7", 7.0),
            ("3 K8s clusters", 3.0),
            ("2M", 2e6),
        ];
        for (text, value) in cases {
            assert_eq!(amount(number, text), Some(value), "{text}");
        }
        for none in ["many", "1e400", "1e101", &"9".repeat(400), "0e400"] {
            assert_eq!(amount(number, none), None, "{none}");
        }
        assert_eq!(amount(seconds, "1 h 1e400 min"), Some(3600.0));
    }
}
