//! The arrows of flowcharts: `-->`, `---`, `-.->`, `==>`, `<-->`, `x--x`, `o--o`, `~~~`, of any length, and those with
//! a text in them, such as `-- text -->`.

use crate::content::diagram::veil;

/// An arrow that was read.
pub(super) struct Arrow {
    /// Where it begins, in bytes.
    pub at: usize,
    /// How the crate is told it; none for one that is not drawn.
    pub told: Option<String>,
}

impl Arrow {
    pub fn new(at: usize, signs: &str, label: &str) -> Self {
        let label = veil::label(label);
        let told = if label.is_empty() { signs.to_owned() } else { format!("{signs}|{label}|") };
        Self { at, told: Some(told) }
    }
}

/// The signs that a text begins with.
pub(super) struct Stroke {
    /// How many they are.
    pub length: usize,
    /// Whether they are an arrow; else a text and the arrow's end have to follow.
    pub is_whole: bool,
    /// Whether the arrow is not drawn.
    pub is_hidden: bool,
}

/// The arrow that a text begins with, or the beginning of one.
pub(super) fn stroke(text: &str) -> Option<Stroke> {
    let head = usize::from(text.starts_with(['x', 'o', '<']));
    let line = &text[head..];
    let run = |sign: char| line.chars().take_while(|c| *c == sign).count();
    let (length, is_closed) = if line.starts_with("--") {
        (run('-'), run('-') > 2)
    } else if line.starts_with("==") {
        (run('='), run('=') > 2)
    } else if line.starts_with("-.") {
        let dots = line[1..].chars().take_while(|c| *c == '.').count();
        let is_closed = line[1 + dots..].starts_with('-');
        (1 + dots + usize::from(is_closed), is_closed)
    } else if line.starts_with("~~~") && head == 0 {
        return Some(Stroke { length: run('~'), is_whole: true, is_hidden: true });
    } else {
        return None;
    };
    let is_dotted = line.starts_with("-.");
    let has_tip = line[length..].starts_with(['>', 'x', 'o']) && (is_closed || !is_dotted);
    let length = head + length + usize::from(has_tip);
    Some(Stroke { length, is_whole: is_closed || has_tip, is_hidden: false })
}

/// The text of an arrow and the signs that end it, from what follows the signs that begin it.
pub(super) fn text_and_end<'t>(start: &str, rest: &'t str) -> Option<(&'t str, &'t str)> {
    let is_quoted = rest.trim_start().starts_with('"');
    let quoted = rest.match_indices('"').nth(1).filter(|_| is_quoted).map_or(0, |(at, _)| at + 1);
    let (at, length) = if start.contains('.') {
        let dash = quoted + rest[quoted..].find(".-")? + 1;
        let at = rest[..dash].trim_end_matches('.').len().max(quoted);
        let has_tip = rest[dash + 1..].starts_with(['>', 'x', 'o']);
        (at, dash + 1 + usize::from(has_tip) - at)
    } else {
        let sign = if start.contains('=') { '=' } else { '-' };
        let mut ends = rest[quoted..].match_indices(sign).map(|(at, _)| quoted + at);
        ends.find_map(|at| Some((at, stroke(&rest[at..]).filter(|end| end.is_whole)?.length)))?
    };
    Some((&rest[..at], &rest[at..at + length]))
}

/// An arrow without its text, from the signs before and behind that.
pub(super) fn joined(start: &str, end: &str) -> String {
    let head = &start[..usize::from(start.starts_with(['x', 'o', '<']))];
    let dash = if start.contains('.') { "-" } else { "" };
    format!("{head}{dash}{end}")
}

/// How an arrow usually ends that begins with these signs.
pub(super) fn usual_end(start: &str) -> &'static str {
    match start {
        dotted if dotted.contains('.') => ".->",
        thick if thick.contains('=') => "==>",
        _ => "-->",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_of_all_kinds_and_lengths_are_read_whole() {
        let whole = [
            "-->", "---", "---->", "-----", "--x", "--o", "<-->", "x--x", "o--o", "<---", "==>", "===", "====>",
            "<==>", "-.->", "-.-", "-...->", "<-.->", "x-.-x", "~~~", "~~~~",
        ];
        for signs in whole {
            let read = stroke(&format!("{signs} B")).expect(signs);
            assert_eq!((read.length, read.is_whole), (signs.len(), true), "{signs}");
        }
        for signs in ["--", "==", "-.", "<--", "x=="] {
            let read = stroke(&format!("{signs} text")).expect(signs);
            assert_eq!((read.length, read.is_whole), (signs.len(), false), "{signs}");
        }
        for text in ["", "->", "=>", "-", "=", "x", "over", "~~", ">", "A --> B", "ä-->"] {
            assert!(stroke(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_text_within_an_arrow_ends_where_the_arrow_does() {
        let cases = [
            ("--", " a text --> B", " a text ", "-->"),
            ("--", " well-known --- B", " well-known ", "---"),
            ("--", " \"a --> b\" --> B", " \"a --> b\" ", "-->"),
            ("<--", " both --> B", " both ", "-->"),
            ("==", " thick ==> B", " thick ", "==>"),
            ("-.", " dotted .-> B", " dotted ", ".->"),
            ("-.", "close.-> B", "close", ".->"),
            ("-.", " more ...-x B", " more ", "...-x"),
        ];
        for (start, rest, text, end) in cases {
            assert_eq!(text_and_end(start, rest), Some((text, end)), "{rest}");
        }
        for (start, rest) in [("--", " no end"), ("--", " no -- end"), ("==", " other -->"), ("-.", "."), ("--", "")] {
            assert_eq!(text_and_end(start, rest), None, "{rest}");
        }
        assert_eq!(joined("<-.", ".->"), "<-.->");
        assert_eq!(joined("--", "-->"), "-->");
        assert_eq!(usual_end("-."), ".->");
    }
}
