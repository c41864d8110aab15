//! Diagnostics for people at a terminal, each with the line it is about. The only user of the report crate.

use std::io;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::DocPath;
use crate::site::Site;

/// Writes diagnostics in their order; with colours where the reader sees them.
///
/// # Errors
/// When nothing can be written.
pub(super) fn write(
    site: &Site,
    diagnostics: &[Diagnostic],
    colours: bool,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    for diagnostic in diagnostics {
        let id = site.document_at(&DocPath::new(&diagnostic.path));
        let source = id.map(|id| &*site.documents[id].source);
        let line = source.and_then(|text| text.lines().nth(diagnostic.line.saturating_sub(1) as usize));
        writeln!(out, "{}\n", renderer.render(&[group(diagnostic, line)]))?;
    }
    Ok(())
}

fn group<'d>(diagnostic: &'d Diagnostic, line: Option<&'d str>) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let group = match line.filter(|line| !line.trim().is_empty()) {
        Some(line) => {
            let start = line.char_indices().nth(diagnostic.column.saturating_sub(1) as usize).map_or(0, |(at, _)| at);
            let snippet = Snippet::source(line).line_start(diagnostic.line as usize).path(diagnostic.path.as_str());
            title.element(snippet.annotation(AnnotationKind::Primary.span(start..line.trim_end().len().max(start))))
        }
        None => title.element(
            Origin::path(diagnostic.path.as_str())
                .line(diagnostic.line as usize)
                .char_column(diagnostic.column as usize),
        ),
    };
    match diagnostic.help.as_str() {
        "" => group,
        help => group.element(Level::HELP.message(help)),
    }
}
