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
    /// The home page and the categories.
    starts: Vec<(&'a str, &'a str)>,
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
    let mut frame = Frame::of_none(*chrome, "not-found", "Page not found");
    "This address leads nowhere; these pages are near to it.".clone_into(&mut frame.description);
    let site = chrome.site;
    let categories =
        site.categories.iter().map(|category| (site.pages[category.page].url.as_str(), category.title.as_str()));
    let starts = std::iter::once(("/", "Home")).chain(categories.filter(|(url, _)| *url != "/")).collect();
    NotFoundPage { frame, words: words(&path), path, nearest, starts }.to_html()
}

/// The page for a request that failed: one sentence for the visitor, no causes.
pub fn fault(chrome: &Chrome<'_>, status: u16, sentence: &str) -> String {
    FaultPage { frame: Frame::of_none(*chrome, "fault", "Something went wrong"), status, sentence }.to_html()
}

/// The words at the end of a path, as somebody would search for them; what stands before only says where.
fn words(path: &str) -> String {
    let path = [".html", ".md"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let of_segment = |segment: &str| {
        let words = segment.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "index");
        words.collect::<Vec<_>>().join(" ")
    };
    path.rsplit('/').map(of_segment).find(|words| !words.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_path_becomes_the_words_to_search_for() {
        assert_eq!(words("/a-category/rayy/index.html"), "rayy");
        assert_eq!(words("/task-queues.md"), "task queues");
        assert_eq!(words("//"), "");
    }
}
