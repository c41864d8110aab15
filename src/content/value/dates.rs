//! Versions and dates in running text: "since v2.9.1", "May 2024", "2024-05-31".

use std::ops::Range;

/// Stages before a release, earliest first; a release comes after them all.
const STAGES: [&[&str]; 4] = [&["dev"], &["a", "alpha"], &["b", "beta"], &["rc", "c", "pre", "preview"]];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Year, month and day; month and day are 0 where not known.
pub type Day = (u16, u8, u8);
/// The parts of a version without trailing zeros, and its stage before the release with its number.
pub type VersionOrder = (Vec<u64>, (u8, u64));

/// The first version in a text: where it stands, in bytes, and its order among others.
pub fn version(text: &str) -> Option<(Range<usize>, VersionOrder)> {
    words(text).map(|word| word.trim_start_matches(['v', 'V', '<', '>', '=', '~', '^', '≥', '≤'])).find_map(|word| {
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let (release, rest) = word.split_at(end);
        let mut parts: Vec<u64> = release.split('.').filter(|part| !part.is_empty()).map(saturating).collect();
        if parts.is_empty() || release.starts_with('.') {
            return None;
        }
        while parts.last() == Some(&0) {
            parts.pop();
        }
        Some((span(text, word, word), (parts, stage(rest))))
    })
}

/// The first date in a text: where it stands, in bytes, and what it is.
pub fn date(text: &str) -> Option<(Range<usize>, Day)> {
    let words: Vec<&str> = words(text).filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|at| {
        let (year, month, day) = numeric_date(words[at])?;
        if month > 0 {
            return Some((span(text, words[at], words[at]), (year, month, day)));
        }
        let before = &words[at.saturating_sub(2)..at];
        let named = before.iter().rev().find_map(|word| Some((*word, month_named(word)?)));
        let numbered = before.iter().filter(|_| named.is_some()).find_map(|word| Some((*word, day_number(word)?)));
        let first = [named.map(|(word, _)| word), numbered.map(|(word, _)| word)].into_iter().flatten();
        let first = first.min_by_key(|word| word.as_ptr()).unwrap_or(words[at]);
        let (month, day) = (named.map_or(0, |(_, month)| month), numbered.map_or(0, |(_, day)| day));
        Some((span(text, first, words[at]), (year, month, day)))
    })
}

/// ISO 8601, as far as the day is known: `2024`, `2024-05` or `2024-05-31`.
pub fn iso((year, month, day): Day) -> String {
    match (month, day) {
        (0, _) => format!("{year:04}"),
        (_, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// Whole months from one day to a later one; a day or month that is not known counts as the last there is.
pub fn months_between(from: Day, to: Day) -> u32 {
    let filled = |(year, month, day): Day| {
        (u32::from(year) * 12 + u32::from(if month == 0 { 12 } else { month }), if day == 0 { 31 } else { day })
    };
    let (from, to) = (filled(from), filled(to));
    to.0.saturating_sub(from.0).saturating_sub(u32::from(to.1 < from.1))
}

/// The day that lies so many days after 1970-01-01, in the proleptic Gregorian calendar (Howard Hinnant's
/// `civil_from_days`).
pub fn from_unix_days(days: u32) -> Day {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u32::from(month <= 2);
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    (u16::try_from(year).unwrap_or(u16::MAX), small(month), small(day))
}

/// From where one word starts to where another ends; both are parts of the text.
fn span(text: &str, first: &str, last: &str) -> Range<usize> {
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    offset(first)..offset(last) + last.len()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')')).map(|word| word.trim_end_matches('.'))
}

/// The stage that follows a version's numbers: `rc1`, `-beta.2`.
fn stage(rest: &str) -> (u8, u64) {
    let rest = rest.trim_start_matches(['-', '_', '.']).to_lowercase();
    let (name, number) = rest.split_at(rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()));
    let number = number.trim_start_matches(['-', '_', '.']);
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    match (0..).zip(STAGES).find(|(_, names)| names.contains(&name)) {
        Some((stage, _)) => (stage, saturating(&number[..digits])),
        None => (u8::MAX, 0),
    }
}

fn saturating(digits: &str) -> u64 {
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}

/// A year, `2024-05`, `2024-05-31` or `31.05.2024`.
fn numeric_date(word: &str) -> Option<Day> {
    let mut parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    if parts.last().is_some_and(|last| last.len() == 4) {
        parts.reverse();
    }
    let year = parts.first().filter(|year| year.len() == 4)?.parse().ok().filter(|year| (1000..3000).contains(year))?;
    let within = |part: Option<&&str>, most: u8| {
        let number = part.and_then(|part| part.parse().ok());
        number.filter(|number| (1..=most).contains(number)).unwrap_or(0)
    };
    let month = within(parts.get(1), 12);
    Some((year, month, if month > 0 { within(parts.get(2), 31) } else { 0 }))
}

fn month_named(word: &str) -> Option<u8> {
    let start = word.get(..3)?.to_lowercase();
    let is_word = word.chars().all(char::is_alphabetic);
    (1..).zip(MONTHS).find(|(_, name)| is_word && *name == start).map(|(month, _)| month)
}

fn day_number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_to_the_day_the_month_or_the_year() {
        let cases = [
            ("2024-05-31", (2024, 5, 31)),
            ("31.05.2024", (2024, 5, 31)),
            ("read on 31 May 2024", (2024, 5, 31)),
            ("May 31st, 2024", (2024, 5, 31)),
            ("since 2.9 (September 2024)", (2024, 9, 0)),
            ("2024-05", (2024, 5, 0)),
            ("early 2024.", (2024, 0, 0)),
            ("2024-13", (2024, 0, 0)),
        ];
        for (text, read) in cases {
            assert_eq!(date(text).map(|(_, day)| day), Some(read), "{text}");
        }
        assert_eq!(date("lately"), None);
    }

    #[test]
    fn versions_compare_part_by_part_and_pre_releases_come_before_the_release() {
        let rising =
            ["2.0.0.dev1", "2.0.0a1", "2.0.0rc1", "2.0-rc.2", "v2", "2.0.1", ">=2.9", "2.10", "99999999999999999999"];
        let order = |text| version(text).map(|(_, order)| order);
        for pair in rising.windows(2) {
            assert!(order(pair[0]) < order(pair[1]), "{pair:?}");
        }
        assert_eq!(order("2.9"), order("Python 2.9.0 and up"));
        assert_eq!(version("any"), None);
    }

    #[test]
    fn days_are_counted_and_written() {
        assert_eq!(from_unix_days(0), (1970, 1, 1));
        assert_eq!(from_unix_days(11_016), (2000, 2, 29));
        assert_eq!(from_unix_days(20_779), (2026, 11, 22));
        assert_eq!(iso((2024, 5, 0)), "2024-05");
        assert_eq!(months_between((2025, 11, 23), (2026, 11, 22)), 11);
        assert_eq!(months_between((2025, 11, 22), (2026, 11, 22)), 12);
        assert_eq!(months_between((2025, 0, 0), (2026, 11, 22)), 10);
        assert_eq!(months_between((2027, 1, 1), (2026, 11, 22)), 0);
    }
}
