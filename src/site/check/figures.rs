//! Measured figures that do not hold, drawings that cannot be drawn, examples that were not run.

use crate::content::code_info::CodeInfo;
use crate::content::data::figure::Fault;
use crate::diagnostics::{Diagnostic, Severity};
use crate::site::drawings::is_unnamed;
use crate::site::{DocumentId, Figure, Site, nearest};

impl Site {
    pub(super) fn figure_diagnostics(&self, id: DocumentId, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[id];
        for link in &document.links {
            let Some(figure) = self.figure(id, &link.url) else { continue };
            if let Some(fault) = figure.fault(&link.text) {
                let (message, help) = told(&figure, &fault, &link.text);
                let path = document.path.as_str();
                all.push(
                    Diagnostic::new(Severity::Error, "figure", path, link.line, message)
                        .at_column(link.column)
                        .help(help),
                );
            }
        }
    }

    pub(super) fn drawing_diagnostics(&self, id: DocumentId, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[id];
        let path = document.path.as_str();
        for code in &document.code {
            if let Some(fault) = self.drawing_fault(id, code) {
                all.push(
                    Diagnostic::new(Severity::Error, fault.code, path, fault.line, fault.message)
                        .at_column(fault.column)
                        .help(fault.help),
                );
            } else if is_unnamed(code) {
                all.push(
                    Diagnostic::new(Severity::Warning, "diagram-title", path, code.line, "the diagram has no title")
                        .help("add a line below its first one: `accTitle: What it shows`"),
                );
            } else if CodeInfo::read(&code.info).run && self.run_of(id, code).is_none() {
                let message = "the example was not run as it stands here";
                all.push(
                    Diagnostic::new(Severity::Note, "example-not-run", path, code.line, message)
                        .help("let the lab run the examples"),
                );
            }
        }
    }
}

/// What is wrong with a figure, and what to do about it.
fn told(figure: &Figure<'_>, fault: &Fault, text: &str) -> (String, String) {
    let file = figure.table.path.as_str();
    let columns = || figure.table.columns.iter().map(|column| column.name.as_str());
    match fault {
        Fault::Form => (
            format!("#{} does not name a row and a column of {file}", figure.fragment),
            "write the row's key, a dot and the column's name".to_owned(),
        ),
        Fault::Column(name) => (
            format!("{file} has no column \"{name}\""),
            nearest::help(
                nearest::among(name, columns()),
                &format!("its columns are {}", columns().collect::<Vec<_>>().join(", ")),
            ),
        ),
        Fault::Row(key) => {
            let keys: Vec<String> = figure.table.rows.iter().map(|row| figure.table.key(row)).collect();
            let near = nearest::among(key, keys.iter().map(String::as_str));
            (format!("{file} has no row \"{key}\""), nearest::help(near, "name a row by its key"))
        }
        Fault::Ambiguous(key) => (
            format!("several rows of {file} are \"{key}\""),
            "name the row by its first columns joined by /".to_owned(),
        ),
        Fault::Disagrees(right) => {
            (format!("the text says \"{text}\", {file} says \"{right}\""), format!("write [{right}], or measure again"))
        }
    }
}
