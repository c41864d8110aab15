//! Pages for what went wrong: an address that leads nowhere, and anything else.

use askama::Template;

use super::Chrome;
use super::document::ToHtml;
use super::frame::Frame;

/// Longest part of an address that is shown, in characters.
const SHOWN: usize = 200;

/// An address that leads nowhere.
#[derive(Template)]
#[template(path = "not_found.html", whitespace = "minimize")]
struct NotFoundPage<'a> {
    frame: Frame<'a>,
    path: String,
    /// What to search for instead.
    words: String,
    nearest: &'a [(String, String)],
}

/// Anything else that went wrong.
#[derive(Template)]
#[template(path = "fault.html", whitespace = "minimize")]
struct FaultPage<'a> {
    frame: Frame<'a>,
    status: u16,
    sentence: &'a str,
}

/// The page for an address that leads nowhere, with addresses and titles of pages that are near to it.
pub fn not_found(chrome: &Chrome<'_>, path: &str, nearest: &[(String, String)]) -> String {
    let path: String = percent_encoding::percent_decode_str(path).decode_utf8_lossy().chars().take(SHOWN).collect();
    let frame = Frame::of_none(*chrome, "not-found", "Page not found");
    NotFoundPage { frame, words: words(&path), path, nearest }.to_html()
}

/// The page for a request that failed: one sentence for the visitor, no causes.
pub fn fault(chrome: &Chrome<'_>, status: u16, sentence: &str) -> String {
    FaultPage { frame: Frame::of_none(*chrome, "fault", "Something went wrong"), status, sentence }.to_html()
}

/// The words of a path, as somebody would search for them.
fn words(path: &str) -> String {
    let path = [".html", ".md"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let words = path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "index");
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_the_words_to_search_for() {
        assert_eq!(words("/a-category/rayy/index.html"), "a category rayy");
        assert_eq!(words("//"), "");
    }
}
