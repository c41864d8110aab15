//! Versions and dates in running text: "since v2.9.1", "May 2024", "2024-05-31".

/// Stages before a release, earliest first; a release comes after them all.
const STAGES: [&[&str]; 4] = [&["dev"], &["a", "alpha"], &["b", "beta"], &["rc", "c", "pre", "preview"]];
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The parts of the first version in a text without trailing zeros, and its stage with its number.
pub(super) fn version(text: &str) -> Option<(Vec<u64>, (u8, u64))> {
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
        Some((parts, stage(rest)))
    })
}

/// Year, month and day of the first date in a text; month and day are 0 where not given.
pub(super) fn date(text: &str) -> Option<(u16, u8, u8)> {
    let words: Vec<&str> = words(text).filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|at| {
        let (year, month, day) = numeric_date(words[at])?;
        if month > 0 {
            return Some((year, month, day));
        }
        let before = &words[at.saturating_sub(2)..at];
        let month = before.iter().rev().find_map(|word| month_named(word)).unwrap_or(0);
        let day = before.iter().filter(|_| month > 0).find_map(|word| day_number(word)).unwrap_or(0);
        Some((year, month, day))
    })
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
fn numeric_date(word: &str) -> Option<(u16, u8, u8)> {
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
            assert_eq!(date(text), Some(read), "{text}");
        }
        assert_eq!(date("lately"), None);
    }

    #[test]
    fn versions_compare_part_by_part_and_pre_releases_come_before_the_release() {
        let rising =
            ["2.0.0.dev1", "2.0.0a1", "2.0.0rc1", "2.0-rc.2", "v2", "2.0.1", ">=2.9", "2.10", "99999999999999999999"];
        for pair in rising.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
        assert_eq!(version("2.9"), version("Python 2.9.0 and up"));
        assert_eq!(version("any"), None);
    }
}
