//! Sources that are missing, defined twice, unused, incomplete or old. Only categories are held to them all: a
//! footnote elsewhere is a footnote.

use crate::content::value::dates;
use crate::diagnostics::{Diagnostic, Severity};
use crate::site::{DocumentId, Site};

impl Site {
    pub(super) fn source_diagnostics(&self, id: DocumentId, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[id];
        let path = document.path.as_str();
        let mut report = |severity, code, line, column, message: String, help: &str| {
            all.push(Diagnostic::new(severity, code, path, line, message).at_column(column).help(help));
        };
        for (label, line, column) in &document.undefined {
            let message = format!("the source [^{label}] is not defined");
            report(
                Severity::Error,
                "missing-source",
                *line,
                *column,
                message,
                &format!("define it: `[^{label}]: Author, *Title*, <https://address>, read DATE.`"),
            );
        }
        for (label, line, column) in &document.redefined {
            let message = format!("the source [^{label}] is defined twice; the first holds");
            report(Severity::Warning, "source-twice", *line, *column, message, "rename or remove one of the two");
        }
        let in_category = self.category_of(self.page_of(id)).is_some();
        for note in document.footnotes.iter().filter(|note| note.line > 0) {
            let (citation, name) = (&note.citation, &note.name);
            if note.references == 0 {
                let message = format!("the source [^{name}] is not used");
                report(Severity::Warning, "unused-source", note.line, note.column, message, "cite it, or remove it");
                continue;
            }
            if !in_category {
                continue;
            }
            if citation.url.is_none() {
                let message = format!("the source [^{name}] has no address");
                report(
                    Severity::Warning,
                    "source-address",
                    note.line,
                    note.column,
                    message,
                    "add its web address: <https://address>",
                );
            }
            match citation.read {
                None => {
                    let message = format!("the source [^{name}] does not say when it was read");
                    report(
                        Severity::Warning,
                        "source-date",
                        note.line,
                        note.column,
                        message,
                        "end it with the day: read 2026-01-31",
                    );
                }
                Some(read) if self.is_ageing(Some(read)) => {
                    let message = format!("the source [^{name}] was read long ago: {}", dates::iso(read));
                    report(
                        Severity::Note,
                        "source-ageing",
                        note.line,
                        note.column,
                        message,
                        "read it again, and say when",
                    );
                }
                Some(_) => {}
            }
        }
    }
}
