//! Typed values: what a fact's text means by its kind. Text in, a [`Value`] out, or nothing where the kind cannot read it.
//!
//! Authors write for readers ("about 200 us a task"), so reading is lenient: the words around the
//! value are its qualifier. A gap, "No" and "Not applicable" are no values; [`FactState`] tells them apart.

pub mod dates;
mod display;
pub mod quantity;
pub mod unit;

use serde::Serialize;

use super::metadata::{Fact, FactKind, FactState};
use quantity::Found;

pub use display::with_consistent_unit;

/// What a fact's text means.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The value itself.
    pub content: Content,
    /// The words around it; "…" stands for the value where there are words on both sides.
    pub qualifier: String,
}

/// A value in a form that can be compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// A number in a base unit.
    Quantity {
        /// The number.
        value: f64,
        /// `s`, `B`, `1/s`, `%`, or empty for a plain number.
        unit: &'static str,
    },
    /// A version.
    Version {
        /// As written, without a leading `v`.
        value: String,
        /// Its parts without trailing zeros, and its stage before the release, for comparing.
        #[serde(skip)]
        order: (Vec<u64>, (u8, u64)),
    },
    /// A day, a month or a year.
    Date {
        /// ISO 8601, as far as it is known: `2024`, `2024-05` or `2024-05-31`.
        value: String,
        /// Year, month and day, 0 where not known.
        #[serde(skip)]
        order: (u16, u8, u8),
    },
    /// Yes, partial or no.
    Answer {
        /// Which of the three.
        value: Answer,
    },
    /// Several values.
    List {
        /// Each as text.
        value: Vec<String>,
    },
    /// Words.
    Text {
        /// The words.
        value: String,
    },
}

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is so in part.
    Partial,
    /// It is not so.
    No,
}

impl Value {
    /// The value of a fact; none where it states none, or none that its kind can read. "No" is a value
    /// of kinds that answer a question in words.
    pub fn of_fact(kind: FactKind, fact: &Fact) -> Option<Self> {
        let is_answer = matches!(kind, FactKind::YesNo | FactKind::Text | FactKind::List);
        match fact.state {
            FactState::Value => {}
            FactState::No if is_answer => {}
            _ => return None,
        }
        Self::read(kind, &fact.text)
    }

    /// Reads a text as a kind.
    pub fn read(kind: FactKind, text: &str) -> Option<Self> {
        let text = text.trim();
        match kind {
            FactKind::Text => Some(Self::plain(Content::Text { value: text.to_owned() })),
            FactKind::List => Some(Self::plain(Content::List { value: items(text) })),
            FactKind::Number => {
                let found = quantity::number(text)?;
                Some(Self::quantity(text, found, if found.symbol == Some("%") { "%" } else { "" }))
            }
            FactKind::Duration => Some(Self::quantity(text, quantity::seconds(text)?, "s")),
            FactKind::Size => Some(Self::quantity(text, quantity::bytes(text)?, "B")),
            FactKind::Rate => Some(Self::quantity(text, quantity::per_second(text)?, "1/s")),
            FactKind::Version => {
                let (span, order) = dates::version(text)?;
                let value = text[span.clone()].to_owned();
                let before = text[..span.start].trim_end_matches(['v', 'V']).len();
                Some(Self { content: Content::Version { value, order }, qualifier: around(text, before, span.end) })
            }
            FactKind::Date => {
                let (span, order) = dates::date(text)?;
                let value = dates::iso(order);
                Some(Self { content: Content::Date { value, order }, qualifier: around(text, span.start, span.end) })
            }
            FactKind::YesNo => {
                let (value, end) = answer(text)?;
                Some(Self { content: Content::Answer { value }, qualifier: around(text, 0, end) })
            }
        }
    }

    fn plain(content: Content) -> Self {
        Self { content, qualifier: String::new() }
    }

    fn quantity(text: &str, found: Found, unit: &'static str) -> Self {
        // Twelve digits are more than anybody writes, and fewer than a conversion of units spoils.
        let value = format!("{:.11e}", found.amount).parse().unwrap_or(found.amount);
        let content = Content::Quantity { value, unit };
        Self { content, qualifier: around(text, found.start, found.end) }
    }
}

impl FactKind {
    /// Whether its values are numbers, and so stand right-aligned in a column.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Duration | Self::Size | Self::Rate)
    }
}

/// The words before and after a value.
fn around(text: &str, start: usize, end: usize) -> String {
    let edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—');
    let before = text[..start].trim_matches(edge);
    let after = text[end..].trim_matches(edge);
    match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("{before} … {after}"),
        (true, _) => unbracketed(after).to_owned(),
        (false, true) => before.to_owned(),
    }
}

/// A text without the brackets around the whole of it.
fn unbracketed(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(text)
}

/// The values of a list; commas inside brackets join.
fn items(text: &str) -> Vec<String> {
    let (mut items, mut depth, mut item) = (Vec::new(), 0_usize, String::new());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if matches!(c, ',' | ';') && depth == 0 {
            items.push(std::mem::take(&mut item));
        } else {
            item.push(c);
        }
    }
    items.push(item);
    items.into_iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// The answer that a text starts with, and where it ends.
fn answer(text: &str) -> Option<(Answer, usize)> {
    let start = text.find(char::is_alphabetic)?;
    let end = text[start..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| start + length);
    let answer = match text[start..end].to_lowercase().as_str() {
        "yes" | "true" | "full" | "fully" => Answer::Yes,
        "partial" | "partially" | "partly" | "limited" | "some" | "experimental" => Answer::Partial,
        "no" | "none" | "false" => Answer::No,
        _ => return None,
    };
    Some((answer, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: FactKind, text: &str) -> (serde_json::Value, String) {
        let value = Value::read(kind, text).unwrap_or_else(|| panic!("{text} is {kind:?}"));
        (serde_json::to_value(value.content).expect("JSON"), value.qualifier)
    }

    #[test]
    fn each_kind_reads_its_value_and_keeps_the_words_around_it() {
        let cases = [
            (FactKind::YesNo, "Yes, since 2.9", r#"{"value":"yes"}"#, "since 2.9"),
            (FactKind::YesNo, "partial (reads only)", r#"{"value":"partial"}"#, "reads only"),
            (FactKind::YesNo, "No", r#"{"value":"no"}"#, ""),
            (FactKind::Duration, "about 200 us a task", r#"{"value":0.0002,"unit":"s"}"#, "about … a task"),
            (FactKind::Duration, "1 h 30 min", r#"{"value":5400.0,"unit":"s"}"#, ""),
            (FactKind::Size, "at most 64 MiB", r#"{"value":67108864.0,"unit":"B"}"#, "at most"),
            (FactKind::Rate, "1,200 tasks/s, warm", r#"{"value":1200.0,"unit":"1/s"}"#, "warm"),
            (FactKind::Number, "12 bowls", r#"{"value":12.0,"unit":""}"#, "bowls"),
            (FactKind::Number, "99.5 %", r#"{"value":99.5,"unit":"%"}"#, ""),
            (FactKind::Version, "since v2.10.1", r#"{"value":"2.10.1"}"#, "since"),
            (FactKind::Date, "31 May 2024", r#"{"value":"2024-05-31"}"#, ""),
            (FactKind::Date, "announced in May 2024", r#"{"value":"2024-05"}"#, "announced in"),
            (FactKind::List, "Linux, macOS (Intel, ARM)", r#"{"value":["Linux","macOS (Intel, ARM)"]}"#, ""),
            (FactKind::Text, "one process", r#"{"value":"one process"}"#, ""),
        ];
        for (kind, text, value, qualifier) in cases {
            let value: serde_json::Value = serde_json::from_str(value).expect("JSON");
            assert_eq!(read(kind, text), (value, qualifier.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_a_kind_cannot_read_is_no_value() {
        let cases = [
            (FactKind::YesNo, "maybe"),
            (FactKind::Duration, "fast"),
            (FactKind::Size, "5 ms"),
            (FactKind::Rate, "12"),
            (FactKind::Version, "any"),
            (FactKind::Date, "lately"),
            (FactKind::Number, "many"),
        ];
        for (kind, text) in cases {
            assert_eq!(Value::read(kind, text), None, "{text}");
        }
    }
}
