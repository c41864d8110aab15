//! Sources that are missing, defined twice, unused, incomplete or old. Only categories are held to them all: a
//! footnote elsewhere is a footnote.

use crate::content::blocks::Footnote;
use crate::content::value::dates;
use crate::diagnostics::{Diagnostic, Severity};
use crate::site::{DocumentId, Site};

impl Site {
    pub(super) fn source_diagnostics(&self, id: DocumentId, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[id];
        let path = document.path.as_str();
        for (label, line, column) in &document.undefined {
            let message = format!("the source [^{label}] is not defined");
            all.push(
                Diagnostic::new(Severity::Error, "missing-source", path, *line, message)
                    .at_column(*column)
                    .help(format!("define it: `[^{label}]: Author, *Title*, <https://address>, read DATE.`")),
            );
        }
        for (label, line, column) in &document.redefined {
            let message = format!("the source [^{label}] is defined twice; the first holds");
            all.push(
                Diagnostic::new(Severity::Warning, "source-twice", path, *line, message)
                    .at_column(*column)
                    .help("rename or remove one of the two"),
            );
        }
        let in_category = self.category_of(self.page_of(id)).is_some();
        for source in document.footnotes.iter().filter(|source| source.line > 0) {
            if source.references == 0 {
                all.push(
                    fault(path, source, Severity::Warning, "unused-source", "is not used")
                        .help("cite it, or remove it"),
                );
            } else if in_category {
                self.cited_source_diagnostics(path, source, all);
            }
        }
    }

    /// What a source of a category has to say and does not, and whether it was read long ago.
    fn cited_source_diagnostics(&self, path: &str, source: &Footnote, all: &mut Vec<Diagnostic>) {
        if source.citation.url.is_none() {
            all.push(
                fault(path, source, Severity::Warning, "source-address", "has no address")
                    .help("add its web address: <https://address>"),
            );
        }
        match source.citation.read {
            None => all.push(
                fault(path, source, Severity::Warning, "source-date", "does not say when it was read")
                    .help("end it with the day: read 2026-01-31"),
            ),
            Some(read) if self.is_ageing(Some(read)) => {
                let says = format!("was read long ago: {}", dates::iso(read));
                all.push(
                    fault(path, source, Severity::Note, "source-ageing", &says).help("read it again, and say when"),
                );
            }
            Some(_) => {}
        }
    }
}

fn fault(path: &str, source: &Footnote, severity: Severity, code: &'static str, says: &str) -> Diagnostic {
    let message = format!("the source [^{}] {says}", source.name);
    Diagnostic::new(severity, code, path, source.line, message).at_column(source.column)
}
