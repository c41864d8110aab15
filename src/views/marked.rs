//! A page with words marked in it, for those who come from a search.
//!
//! Works on the HTML of a page that is rendered already, and only on the text inside its main part.

use crate::search::Words;

/// Elements in whose text nothing is marked.
const UNMARKED: [&str; 6] = ["nav", "svg", "script", "style", "button", "select"];

/// The HTML of a page with these words marked.
pub fn marked(html: &str, words: &mut Words) -> String {
    let (Some(start), Some(end)) = (html.find("<main"), html.rfind("</main>")) else { return html.to_owned() };
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    out.push_str(&html[..start]);
    let mut rest = &html[start..end];
    while let Some(open) = rest.find('<') {
        mark_text(&rest[..open], words, &mut out);
        let length = rest[open..].find('>').map_or(rest.len() - open, |length| length + 1);
        let mut tag = &rest[open..open + length];
        if let Some(name) = UNMARKED.iter().find(|name| opens(tag, name)) {
            let close = format!("</{name}>");
            let inside = rest[open..].find(&close).map_or(rest.len() - open, |length| length + close.len());
            tag = &rest[open..open + inside];
        }
        out.push_str(tag);
        rest = &rest[open + tag.len()..];
    }
    mark_text(rest, words, &mut out);
    out.push_str(&html[end..]);
    out
}

fn opens(tag: &str, name: &str) -> bool {
    let after = tag.strip_prefix('<').and_then(|tag| tag.strip_prefix(name));
    after.is_some_and(|after| after.starts_with([' ', '>', '\n']))
}

/// Marks words between the character references of a text.
fn mark_text(text: &str, words: &mut Words, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let end = rest[at..].find(';').map_or(rest.len(), |length| at + length + 1);
        mark_plain(&rest[..at], words, out);
        out.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    mark_plain(rest, words, out);
}

fn mark_plain(text: &str, words: &mut Words, out: &mut String) {
    let mut at = 0;
    for range in words.ranges(text) {
        out.push_str(&text[at..range.start]);
        out.push_str("<mark>");
        out.push_str(&text[range.clone()]);
        out.push_str("</mark>");
        at = range.end;
    }
    out.push_str(&text[at..]);
}
