//! The same unit looks the same everywhere: "200us", "200 usec" and "200 microseconds" show as "200 µs", "90 tasks
//! per second" as "90 tasks/s".

use std::borrow::Cow;

use super::quantity;
use crate::content::metadata::FactKind;

/// The HTML of a fact whose quantity is shown with the sign of its unit; `text` is the same as plain text.
///
/// Only a number with one unit is changed, and only where it stands in the text of the HTML as it is written.
pub fn with_consistent_unit<'h>(kind: FactKind, text: &str, html: &'h str) -> Cow<'h, str> {
    let found = match kind {
        FactKind::Duration => quantity::seconds(text),
        FactKind::Size => quantity::bytes(text),
        FactKind::Rate => quantity::per_second(text),
        _ => None,
    };
    let Some((found, symbol)) = found.and_then(|found| Some((found, found.symbol?))) else { return html.into() };
    let written = &text[found.start..found.end];
    let Some(counted) = counted(&text[found.number_end..found.unit_start]) else { return html.into() };
    let shown = format!("{}{counted}{symbol}", &text[found.start..found.number_end]);
    let place = html.match_indices(written).map(|(at, _)| at).find(|&at| is_text(html, at));
    match place.filter(|_| written != shown) {
        Some(at) => format!("{}{shown}{}", &html[..at], &html[at + written.len()..]).into(),
        None => html.into(),
    }
}

/// What stands between a number and the sign of its unit: a space, or what is counted where that is said in two words.
fn counted(between: &str) -> Option<String> {
    let words = between.trim();
    match words.split_whitespace().count() {
        0 => Some("\u{a0}".to_owned()),
        1 | 2 if words.chars().any(|c| c.is_ascii_digit()) => None,
        1 | 2 if between.starts_with(char::is_whitespace) => Some(format!("\u{a0}{words}")),
        1 | 2 => Some(words.to_owned()),
        _ => None,
    }
}

/// Whether a place in HTML lies outside of tags.
fn is_text(html: &str, at: usize) -> bool {
    html[..at].rfind('<').is_none_or(|open| html[open..at].contains('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_shown_with_their_sign() {
        let shown = |kind, text: &str| with_consistent_unit(kind, text, text).into_owned();
        assert_eq!(shown(FactKind::Duration, "about 200us a task"), "about 200\u{a0}µs a task");
        assert_eq!(shown(FactKind::Duration, "0.5 milliseconds"), "0.5\u{a0}ms");
        assert_eq!(shown(FactKind::Size, "64 mib"), "64\u{a0}MiB");
        assert_eq!(shown(FactKind::Duration, "1 h 30 min"), "1 h 30 min");
        assert_eq!(shown(FactKind::Duration, "10 to 20 ms"), "10 to 20 ms");
        assert_eq!(shown(FactKind::Text, "5 seconds"), "5 seconds");
        assert_eq!(shown(FactKind::Rate, "about 90 tasks per second, warm"), "about 90\u{a0}tasks/s, warm");
        assert_eq!(shown(FactKind::Rate, "1.5 GB/sec"), "1.5\u{a0}GB/s");
        assert_eq!(shown(FactKind::Rate, "10k calls a minute"), "10k calls/min");
        assert_eq!(shown(FactKind::Rate, "10-20k tasks a second"), "10-20k tasks a second");
        assert_eq!(shown(FactKind::Rate, "3 tasks on one of them per second"), "3 tasks on one of them per second");
        assert_eq!(shown(FactKind::Rate, "5 rps"), "5 rps");
    }

    #[test]
    fn a_number_inside_a_tag_is_left_alone() {
        let html = "<a title=\"5 us\">5 us</a>";
        assert_eq!(with_consistent_unit(FactKind::Duration, "5 us", html), "<a title=\"5 us\">5\u{a0}µs</a>");
    }
}
