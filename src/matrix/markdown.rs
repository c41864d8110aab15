//! The grid as Markdown: a heading and a table for each criterion, and the sources as footnotes; before them what
//! could not be had, and who is left out and why.

use std::fmt::Write as _;

use super::grid::{Group, Matrix};
use super::selection::Selection;
use super::sources::Source;
use crate::site::DocumentId;

impl Matrix<'_> {
    /// The grid of a selection as GitHub-flavoured Markdown.
    pub fn to_markdown(&self, selection: &Selection) -> String {
        let mut text = format!("# {}: comparison\n", escaped(&self.category.title));
        for note in &selection.notes {
            let _ = write!(text, "\n{}\n", escaped(note));
        }
        self.write_left_out(selection, &mut text);
        let mut notes = Footnotes::default();
        for group in &self.groups {
            self.write_group(group, &mut notes, &mut text);
        }
        notes.write(&mut text);
        text
    }

    fn write_left_out(&self, selection: &Selection, text: &mut String) {
        for (at, left_out) in self.left_out.iter().enumerate() {
            let title = escaped(&self.category.frameworks[left_out.framework].title);
            let why = escaped(&left_out.why(self.site, self.category, &selection.must));
            let gap = if at == 0 { "\n" } else { "" };
            let _ = writeln!(text, "{gap}- {title}: left out, {why}");
        }
    }

    fn write_group<'s>(&'s self, group: &Group, notes: &mut Footnotes<'s>, text: &mut String) {
        let criterion = &self.category.criteria[group.criterion];
        let _ = write!(text, "\n## {}\n\n", escaped(&criterion.name));
        if !criterion.description.is_empty() {
            // In italics, so that no first character of it can start a list or a heading.
            let _ = write!(text, "*{}*\n\n", escaped(&criterion.description));
        }
        if !group.rows.is_empty() {
            let titles = self.frameworks().map(|framework| escaped(&framework.title));
            write_row("Fact".to_owned(), titles, text);
            write_row("---".to_owned(), self.columns.iter().map(|_| "---".to_owned()), text);
        }
        for row in &group.rows {
            let cells = self.frameworks().zip(&row.cells).map(|(framework, cell)| {
                let sources = Source::of_cell(self.site, framework.document, cell);
                format!("{}{}", escaped(&cell.text()), notes.marks(framework.document, sources))
            });
            write_row(escaped(row.kind.name()), cells, text);
        }
        match group.hidden_same {
            0 => {}
            1 => text.push_str("\nOne row says the same of all and is left out.\n"),
            many => {
                let _ = writeln!(text, "\n{many} rows say the same of all and are left out.");
            }
        }
    }
}

fn write_row(heading: String, cells: impl Iterator<Item = String>, text: &mut String) {
    let _ = write!(text, "| {heading} |");
    for cell in cells {
        let _ = write!(text, " {cell} |");
    }
    text.push('\n');
}

/// The sources cited so far, numbered through for the whole export.
#[derive(Default)]
struct Footnotes<'s> {
    cited: Vec<(DocumentId, Source<'s>)>,
}

impl<'s> Footnotes<'s> {
    /// The marks that stand after a cell's text.
    fn marks(&mut self, document: DocumentId, sources: Vec<Source<'s>>) -> String {
        let mut marks = String::new();
        for source in sources {
            let known = self.cited.iter().position(|(id, cited)| *id == document && cited.number == source.number);
            let at = known.unwrap_or_else(|| {
                self.cited.push((document, source));
                self.cited.len() - 1
            });
            let _ = write!(marks, "[^{}]", at + 1);
        }
        marks
    }

    fn write(&self, text: &mut String) {
        for (number, (_, source)) in (1..).zip(&self.cited) {
            let gap = if number == 1 { "\n" } else { "" };
            let _ = write!(text, "{gap}[^{number}]: {}", escaped(source.text));
            if let Some(url) = source.url.filter(|url| !source.text.contains(url) && is_autolink(url)) {
                let _ = write!(text, " <{url}>");
            }
            text.push('\n');
        }
    }
}

fn is_autolink(url: &str) -> bool {
    url.contains("://") && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
}

/// Plain text as Markdown on one line: what would be markup is escaped, line breaks become spaces.
pub(crate) fn escaped(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len());
    let mut chars = plain.trim().chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next.is_alphanumeric() || next == '#',
            _ => false,
        };
        if is_markup {
            text.push('\\');
        }
        text.push(if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
        before = c;
    }
    text
}
