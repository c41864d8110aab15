//! `fieldguide check`: reports what is wrong or missing in the content.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use serde::Serialize;

use super::{printed, report};
use crate::choose;
use crate::config::{CheckConfig, ReportFormat};
use crate::diagnostics::{Diagnostic, GAP, Severity};
use crate::edition::Library;
use crate::site::{Progress, Site};

#[derive(Serialize)]
struct Report<'s> {
    diagnostics: &'s [Diagnostic],
    categories: Vec<CategoryReport<'s>>,
    errors: usize,
    warnings: usize,
    gaps: usize,
    open_facts: usize,
}

#[derive(Serialize)]
struct CategoryReport<'s> {
    slug: &'s str,
    title: &'s str,
    progress: Progress,
}

/// Prints the report; the exit code is 1 when the content has errors, or, with `strict`, warnings or open research.
///
/// # Errors
/// When the content cannot be read or the report cannot be written.
pub fn run(config: &CheckConfig) -> anyhow::Result<ExitCode> {
    let (_, edition) = Library::open_on(&config.content, true, config.today)?;
    let mut diagnostics = choose::diagnostics(&edition.site);
    diagnostics.retain(|diagnostic| diagnostic.path.starts_with(&config.only));
    let report = Report::new(&edition.site, &config.only, &diagnostics);
    let mut out = io::stdout().lock();
    let written = match config.format {
        ReportFormat::Text => report.write_text(&edition.site, io::stdout().is_terminal(), &mut out),
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &report).map_err(io::Error::from).and_then(|()| writeln!(out))
        }
    };
    printed(written)?;
    let failed = report.errors > 0
        || (config.strict && (report.warnings > 0 || diagnostics.iter().any(Diagnostic::is_open_research)));
    Ok(ExitCode::from(u8::from(failed)))
}

impl<'s> Report<'s> {
    fn new(site: &'s Site, only: &str, diagnostics: &'s [Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let categories = site.categories.iter().filter(|c| site.documents[c.document].path.as_str().starts_with(only));
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            gaps: diagnostics.iter().filter(|diagnostic| diagnostic.code == GAP).count(),
            open_facts: diagnostics.iter().filter(|diagnostic| diagnostic.is_open_fact()).count(),
            categories: categories
                .map(|c| CategoryReport { slug: &c.slug, title: &c.title, progress: c.progress() })
                .collect(),
            diagnostics,
        }
    }

    fn write_text(&self, site: &Site, colours: bool, out: &mut impl io::Write) -> io::Result<()> {
        report::write(site, self.diagnostics, colours, out)?;
        for category in &self.categories {
            writeln!(
                out,
                "{}: {} of {} findings",
                category.title, category.progress.researched, category.progress.total
            )?;
        }
        writeln!(
            out,
            "{} errors, {} warnings, {} gaps, {} open facts",
            self.errors, self.warnings, self.gaps, self.open_facts
        )
    }
}
