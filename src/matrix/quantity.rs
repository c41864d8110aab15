//! Numbers with units in running text: "about 200 us a task", "64 MiB", "1,200 tasks/s".
//!
//! Each reader gives the first number that stands with a unit of its kind, in the base unit; of a
//! range, the lower end. A digit inside a word ("p50", "K8s") starts no number.

/// What may stand between groups of three digits.
const THOUSANDS: [char; 8] = [',', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’', '_'];
/// What may stand between the ends of a range, or before a deviation.
const RANGE: [&str; 7] = ["-", "–", "—", "to ", "..", "±", "+/-"];

/// The first number, with a magnitude such as "k" or "million".
pub(super) fn number(text: &str) -> Option<f64> {
    numbers(text).map(|(value, rest)| value * unit_of(rest, magnitude).unwrap_or(1.0)).next()
}

/// The first length of time in seconds; "1 h 30 min" is one length.
pub(super) fn seconds(text: &str) -> Option<f64> {
    numbers(text).find_map(|(value, rest)| {
        let unit = unit_of(rest, time)?;
        Some(value * unit + smaller_part(rest, unit).unwrap_or(0.0))
    })
}

/// The first size in bytes.
pub(super) fn bytes(text: &str) -> Option<f64> {
    numbers(text).find_map(|(value, rest)| Some(value * unit_of(rest, size)?))
}

/// The first rate, in so many a second.
pub(super) fn per_second(text: &str) -> Option<f64> {
    numbers(text).find_map(|(value, rest)| {
        let unit = unit_of(rest, |word| magnitude(word).or_else(|| size(word))).unwrap_or(1.0);
        Some(value * unit / period(range_end(rest).unwrap_or(rest))?)
    })
}

/// The numbers in a text, each with what follows it.
fn numbers(text: &str) -> impl Iterator<Item = (f64, &str)> {
    let mut rest = text;
    let mut before = [None, None];
    std::iter::from_fn(move || {
        loop {
            let next = rest.chars().next()?;
            if next.is_ascii_digit() && !before[1].is_some_and(char::is_alphanumeric) {
                let has_sign = matches!(before[1], Some('-' | '−'));
                let is_negative = has_sign && !before[0].is_some_and(char::is_alphanumeric);
                let (value, after) = read_number(rest);
                before = [None, Some('0')];
                rest = after;
                return Some((if is_negative { -value } else { value }, after));
            }
            before = [before[1], Some(next)];
            rest = &rest[next.len_utf8()..];
        }
    })
}

/// The number that a text starts with, and the rest.
fn read_number(text: &str) -> (f64, &str) {
    let (first, mut rest) = split_digits(text);
    let mut digits = first.to_owned();
    if (1..=3).contains(&first.len()) && first != "0" {
        while let Some(group) = rest.strip_prefix(THOUSANDS).map(split_digits).filter(|(group, _)| group.len() == 3) {
            digits.push_str(group.0);
            rest = group.1;
        }
    }
    if let Some((decimals, after)) = rest.strip_prefix(['.', ',']).map(split_digits).filter(|(d, _)| !d.is_empty()) {
        digits.push('.');
        digits.push_str(decimals);
        rest = after;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        let (sign, after) = after.strip_prefix('-').map_or(("", after), |after| ("-", after));
        let (exponent, after) = split_digits(after.strip_prefix('+').unwrap_or(after));
        if !exponent.is_empty() {
            digits.push('e');
            digits.push_str(sign);
            digits.push_str(exponent);
            rest = after;
        }
    }
    (digits.parse().unwrap_or(f64::MAX), rest)
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The unit that follows a number, or the upper end of the range that the number starts.
fn unit_of(rest: &str, unit: impl Fn(&str) -> Option<f64>) -> Option<f64> {
    unit(split_word(rest).0).or_else(|| unit(split_word(range_end(rest)?).0))
}

/// What follows the upper end of a range whose lower end was just read.
fn range_end(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let upper = RANGE.iter().find_map(|separator| rest.strip_prefix(separator))?.trim_start();
    upper.starts_with(|c: char| c.is_ascii_digit()).then(|| read_number(upper).1)
}

/// The "30 min" of "1 h 30 min", in seconds.
fn smaller_part(rest: &str, unit: f64) -> Option<f64> {
    let (word, rest) = split_word(rest);
    let part = rest.trim_start();
    if word.is_empty() || !part.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (value, rest) = read_number(part);
    time(split_word(rest).0).filter(|smaller| *smaller < unit).map(|smaller| value * smaller)
}

/// The word that a text starts with, and the rest; a word that runs into a digit is none.
fn split_word(text: &str) -> (&str, &str) {
    let text = text.strip_prefix('-').unwrap_or(text.trim_start());
    let (word, rest) = text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()));
    if rest.starts_with(|c: char| c.is_numeric()) { ("", text) } else { (word, rest) }
}

/// The seconds in which what a text starts with is counted: "tasks/s", "requests a minute".
fn period(rest: &str) -> Option<f64> {
    let end = [";", "(", ", "].iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let clause = &rest[..end];
    let after_slash = || clause.split('/').skip(1).find_map(|after| time(split_word(after).0));
    let after_word = || {
        let words = clause.split_whitespace();
        words.clone().zip(words.skip(1)).find_map(|(article, word)| {
            matches!(article, "a" | "an" | "per" | "each" | "every").then(|| time(split_word(word).0)).flatten()
        })
    };
    let in_one_word = || {
        let word = split_word(clause).0.to_lowercase();
        matches!(word.as_str(), "rps" | "qps" | "tps" | "hz").then_some(1.0)
    };
    after_slash().or_else(after_word).or_else(in_one_word)
}

fn magnitude(word: &str) -> Option<f64> {
    match word {
        "k" | "K" | "thousand" => Some(1e3),
        "M" | "million" => Some(1e6),
        "G" | "bn" | "billion" => Some(1e9),
        _ => None,
    }
}

fn time(word: &str) -> Option<f64> {
    let seconds = match word.to_lowercase().as_str() {
        "ns" | "nanosecond" | "nanoseconds" => 1e-9,
        "us" | "µs" | "μs" | "microsecond" | "microseconds" => 1e-6,
        "ms" | "millisecond" | "milliseconds" => 1e-3,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        "week" | "weeks" => 604_800.0,
        "month" | "months" => 2_629_746.0,
        "year" | "years" => 31_556_952.0,
        _ => return None,
    };
    Some(seconds)
}

fn size(word: &str) -> Option<f64> {
    let word = word.to_lowercase();
    let prefix = ["bytes", "byte", "b"].iter().find_map(|unit| word.strip_suffix(unit)).unwrap_or(&word);
    let bytes = match prefix {
        "" if !word.is_empty() => 1.0,
        "k" | "kilo" => 1e3,
        "m" | "mega" => 1e6,
        "g" | "giga" => 1e9,
        "t" | "tera" => 1e12,
        "ki" | "kibi" => f64::from(1 << 10),
        "mi" | "mebi" => f64::from(1 << 20),
        "gi" | "gibi" => f64::from(1 << 30),
        "ti" | "tebi" => 1_099_511_627_776.0,
        _ => return None,
    };
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_with_a_fitting_unit_counts() {
        assert_eq!(seconds("100 tasks in 5 ms, 1 s at worst"), Some(0.005));
        assert_eq!(seconds("p50 20-minute runs"), Some(1200.0));
        assert_eq!(seconds("1 h 30 min"), Some(5400.0));
        assert_eq!(seconds("10 to 20 ms"), Some(0.01));
        assert_eq!(seconds("5 tasks"), None);
        assert_eq!(bytes("64 MiB of 2 GB"), Some(67_108_864.0));
        assert_eq!(per_second("4 workers, 10-20k tasks/s"), Some(10_000.0));
        assert_eq!(per_second("60 requests a minute"), Some(1.0));
        assert_eq!(per_second("1.5 GB/s"), Some(1.5e9));
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
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert_eq!(number("many"), None);
    }
}
