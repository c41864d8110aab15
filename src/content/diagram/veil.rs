//! Letters of an author that the drawing crate would take for syntax. Others stand in for them until the diagram is
//! drawn, so a text such as "Dask's --help" is drawn as it is written.

/// Where the stand-ins begin: a range of Unicode that has no letters of its own.
const STAND_INS: u32 = 0xE000;
/// What the crate misreads in any text: it takes `'` for a quote, `--` for an arrow, `%%` for a comment.
const IN_TEXT: [&str; 5] = ["'", "--", "%%", ":::", "|"];
/// What it misreads besides in the text of a flag, `A>Text]`, whose brackets it does not see.
const IN_FLAG: [&str; 5] = ["-", "=", "[", "(", "{"];
/// What it misreads besides in a text that stands outside brackets.
const IN_LABEL: [&str; 8] = ["\"", ";", "(", ")", "[", "]", "{", "}"];
/// Names, and beginnings of names, that the crate takes for something else.
const CLAIMED: [&str; 9] = ["x", "o", "end", "subgraph", "title", "link", "click", "class", "style"];
const CLAIMED_STARTS: [&str; 4] = ["classdef", "linkstyle", "acctitle", "accdescr"];

/// The name of a node, whatever letters it has.
pub(super) fn name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let is_claimed = CLAIMED.contains(&lower.as_str()) || CLAIMED_STARTS.iter().any(|start| lower.starts_with(start));
    if is_claimed {
        return whole(name);
    }
    name.chars().map(|c| if c.is_ascii_punctuation() && c != '_' { veiled(c) } else { c }).collect()
}

/// A text with a stand-in for each of its letters.
pub(super) fn whole(text: &str) -> String {
    text.chars().map(veiled).collect()
}

/// A text with the brackets it stands in, as one line.
pub(super) fn text(text: &str) -> String {
    match text.strip_prefix('>') {
        Some(flag) => format!(">{}", without(&without(flag, &IN_TEXT), &IN_FLAG)),
        None => without(text, &IN_TEXT),
    }
}

/// The text of an arrow, without the quotes around it, as one line.
pub(super) fn label(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    without(&without(bare.trim(), &IN_TEXT), &IN_LABEL)
}

/// The text of a message: all that follows its colon.
pub(super) fn message(text: &str) -> String {
    ["->", "<-"].iter().fold(text.to_owned(), |text, part| text.replace(part, &whole(part)))
}

/// A drawn text with its own letters.
pub(super) fn unveil(text: &str) -> String {
    text.chars().map(unveiled).collect()
}

fn without(text: &str, parts: &[&str]) -> String {
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join("<br/>");
    parts.iter().fold(line, |text, part| text.replace(part, &whole(part)))
}

fn veiled(c: char) -> char {
    if c.is_ascii_graphic() { char::from_u32(STAND_INS + u32::from(c)).unwrap_or(c) } else { c }
}

fn unveiled(c: char) -> char {
    let code = u32::from(c).checked_sub(STAND_INS).and_then(|code| u8::try_from(code).ok());
    code.filter(u8::is_ascii_graphic).map_or(c, char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_veiled_comes_back_as_it_was() {
        for written in ["Dask's", "a--b", "--", "100 %%", "a:::b", "f(x); [y] | {z}", "title", "a-b.c", "größer"] {
            for veiled in [name(written), text(written), label(written), message(written)] {
                assert_eq!(unveil(&veiled), written);
            }
        }
        assert_eq!(name("worker_1"), "worker_1");
        assert_eq!(label(" \"asks, twice\" "), "asks, twice");
        assert_eq!(unveil(&text(">re-run = [x]]")), ">re-run = [x]]");
        assert_eq!(text("[\"one\n  two\"]"), "[\"one<br/>two\"]");
        assert_eq!(unveil("\u{E001}\u{E07F}"), "\u{E001}\u{E07F}", "no control letters come out");
    }
}
