//! The info string of a code fence: ```` ```python title="etl.py" {3,5-7} run ````.

use std::ops::RangeInclusive;

/// Most ranges of lines that are read.
const MAX_RANGES: usize = 50;

/// What an info string says after the language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeInfo<'i> {
    /// The file's name: `title="etl.py"` or `file=etl.py`.
    pub title: Option<&'i str>,
    /// Lines that are marked, counted from 1: `{3,5-7}`.
    pub marked: Vec<RangeInclusive<usize>>,
    /// Whether the lab runs the code: `run`.
    pub run: bool,
}

impl<'i> CodeInfo<'i> {
    /// Reads the rest of an info string.
    pub fn read(info: &'i str) -> Self {
        let mut read = Self::default();
        let mut rest = info.trim_start();
        while !rest.is_empty() {
            rest = read.take(rest).trim_start();
        }
        read
    }

    /// Takes one word, and gives what follows it.
    fn take(&mut self, rest: &'i str) -> &'i str {
        for key in ["title=", "file=", "filename="] {
            if let Some(value) = rest.strip_prefix(key) {
                let (name, after) = match value.strip_prefix('"') {
                    Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                    None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
                };
                self.title = self.title.or(Some(name)).filter(|name| !name.is_empty());
                return after;
            }
        }
        if let Some((ranges, after)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            self.marked.extend(ranges.split(',').filter_map(range).take(MAX_RANGES));
            return after;
        }
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        self.run |= word == "run";
        after
    }
}

fn range(text: &str) -> Option<RangeInclusive<usize>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first > 0 && first <= last).then_some(first..=last)
}

/// Highlighted code with the marked lines in `mark` elements. Its spans are not nested; one that runs over
/// the end of a marked line is closed there and opened again.
pub fn with_marked_lines(html: &str, marked: &[RangeInclusive<usize>]) -> String {
    let mut out = String::with_capacity(html.len() + marked.len() * 30);
    let mut open: Option<&str> = None;
    for (number, line) in (1..).zip(html.split_inclusive('\n')) {
        let is_marked = marked.iter().any(|range| range.contains(&number));
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        if !is_marked {
            out.push_str(line);
            open = open_after(open, line);
            continue;
        }
        if open.is_some() {
            out.push_str("</span>");
        }
        out.push_str("<mark class=\"line\">");
        out.push_str(open.unwrap_or_default());
        out.push_str(text);
        open = open_after(open, line);
        if open.is_some() {
            out.push_str("</span>");
        }
        out.push_str("</mark>");
        out.push_str(end);
        out.push_str(open.unwrap_or_default());
    }
    out
}

/// The tag that is open after a stretch of HTML.
fn open_after<'h>(open: Option<&'h str>, html: &'h str) -> Option<&'h str> {
    let last_open = html.rfind("<span ");
    let last_close = html.rfind("</span>");
    match (last_open, last_close) {
        (Some(start), close) if close.is_none_or(|close| close < start) => {
            html[start..].find('>').map(|length| &html[start..=start + length])
        }
        (_, Some(_)) => None,
        _ => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_info_string_says_title_lines_and_run() {
        let info = CodeInfo::read("title=\"my etl.py\" {3,5-7} run");
        assert_eq!(info, CodeInfo { title: Some("my etl.py"), marked: vec![3..=3, 5..=7], run: true });
        assert_eq!(CodeInfo::read("file=a.py").title, Some("a.py"));
        assert_eq!(CodeInfo::read("{0,3-2,x,99999999999999999999999} runs \"").marked, []);
        assert!(!CodeInfo::read("runs").run);
    }

    #[test]
    fn marked_lines_keep_their_spans_well_formed() {
        let html = "<span class=\"t-s\">a\nb\nc</span>\nd\n";
        let marked = with_marked_lines(html, &[2..=2, 4..=4]);
        assert_eq!(
            marked,
            "<span class=\"t-s\">a\n</span><mark class=\"line\"><span class=\"t-s\">b</span></mark>\n<span class=\"t-s\">c</span>\n<mark class=\"line\">d</mark>\n"
        );
    }
}
