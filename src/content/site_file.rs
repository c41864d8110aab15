//! The site file, `site.toml`: what holds for the whole site. Every key is optional.

use serde::Deserialize;

use super::source::SITE_FILE;
use crate::diagnostics::{Diagnostic, Severity};

/// The keys of the site file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteFile {
    /// Name of the site; "fieldguide" when not given.
    pub title: Option<String>,
    /// What the site is, in one sentence.
    pub description: Option<String>,
    /// Where the site is published, such as `https://guide.example.org`.
    pub base_url: Option<String>,
    /// Pattern of the address at which a file can be edited; `{path}` stands for its path.
    pub edit_link: Option<String>,
    /// After how many months a source is marked as ageing; 12 when not given.
    pub source_max_age_months: Option<u32>,
    /// Slugs of the categories, or of any top-level pages, in the order in which they are listed.
    pub categories: Vec<String>,
    /// Words that search takes for one another, one group a line: `retry = re-run`.
    pub synonyms: Vec<String>,
}

impl SiteFile {
    /// Parses the file's text.
    ///
    /// # Errors
    /// A diagnostic with line and column where the text is not what a site file is.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start.min(text.len())]);
            let line = 1 + before.matches('\n').count();
            let column = 1 + before.rsplit('\n').next().unwrap_or_default().chars().count();
            let message =
                format!("the site file cannot be read: {}", error.message().lines().next().unwrap_or_default());
            Diagnostic::new(Severity::Error, "site-file", SITE_FILE, u32::try_from(line).unwrap_or(1), message)
                .at_column(u32::try_from(column).unwrap_or(1))
                .help(
                    "known keys are title, description, base_url, edit_link, source_max_age_months, categories \
                     and synonyms",
                )
        })
    }
}
