//! What is wrong with the content, as seen from the whole site, one file a kind of fault; here links, images and gaps.

mod evidence;
mod facts;
mod figures;

use crate::content::code_info::CodeInfo;
use crate::content::data::{DataFile, Table};
use crate::content::sections::Document;
use crate::diagnostics::{Diagnostic, GAP, Severity};
use crate::ids::DocPath;
use crate::site::frameworks::is_gap;
use crate::site::{Category, DocumentId, Framework, PageId, PageKind, Site, Target, nearest};

impl Site {
    /// All diagnostics of the site but those of situations, ordered by file and line.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.faults.clone();
        for id in 0..self.documents.len() {
            self.document_diagnostics(id, &mut all);
        }
        for file in self.data.values() {
            all.extend(file.diagnostics().iter().cloned());
        }
        self.gap_diagnostics(None, &mut all);
        all.sort_by(|a, b| a.place().cmp(&b.place()));
        all
    }

    /// The diagnostics of one file; empty for a path that is not in the folder.
    pub fn diagnostics_of(&self, path: &DocPath) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> =
            self.faults.iter().filter(|fault| fault.path == path.as_str()).cloned().collect();
        if let Some(id) = self.document_at(path) {
            self.document_diagnostics(id, &mut all);
            self.gap_diagnostics(Some(id), &mut all);
        }
        all
    }

    /// What is wrong with a table and with the environment it was measured in.
    pub fn diagnostics_of_table(&self, table: &Table) -> Vec<Diagnostic> {
        let environment = self.environment_of(table).into_iter().flat_map(|environment| &environment.diagnostics);
        table.diagnostics.iter().chain(environment).cloned().collect()
    }

    /// What is wrong with the data that a document cites: tables of its links and charts, runs of its examples.
    pub fn diagnostics_of_cited_data(&self, id: DocumentId) -> Vec<Diagnostic> {
        let document = &self.documents[id];
        let linked = document.links.iter().filter_map(|link| self.table_linked(id, link.url.split('#').next()?));
        let charts = document.code.iter().filter_map(|code| self.table_of_chart(id, code));
        let mut tables: Vec<&Table> = linked.chain(charts).collect();
        tables.sort_unstable_by_key(|table| &table.path);
        tables.dedup_by_key(|table| &table.path);
        let mut all: Vec<_> = tables.into_iter().flat_map(|table| &table.diagnostics).cloned().collect();
        if document.code.iter().any(|code| CodeInfo::read(&code.info).run) {
            let examples = self.data.values().filter(|file| matches!(***file, DataFile::Examples(_)));
            all.extend(examples.flat_map(|file| file.diagnostics()).cloned());
        }
        all
    }

    /// Faults of files that no page carries, such as the site file's.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    fn document_diagnostics(&self, id: DocumentId, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[id];
        all.extend(document.diagnostics.iter().cloned());
        for (index, link) in document.links.iter().enumerate().filter(|(_, link)| !link.unsafe_url) {
            if let Some(diagnostic) = self.link_diagnostic(id, index) {
                all.push(diagnostic.at_column(link.column));
            }
        }
        self.fact_diagnostics(id, all);
        self.source_diagnostics(id, all);
        self.figure_diagnostics(id, all);
        self.drawing_diagnostics(id, all);
        for image in document.images.iter().filter(|image| !image.url.is_empty()) {
            if !matches!(self.resolve(id, &image.url), Target::External(_) | Target::Asset(_)) {
                let message = format!("the image {} is not there", image.url);
                all.push(
                    Diagnostic::new(Severity::Error, "missing-image", document.path.as_str(), image.line, message)
                        .at_column(image.column)
                        .help("add the file or correct the path"),
                );
            }
        }
    }

    fn link_diagnostic(&self, id: DocumentId, index: usize) -> Option<Diagnostic> {
        let document = &self.documents[id];
        let link = &document.links[index];
        let path = document.path.as_str();
        match self.resolve(id, &link.url) {
            Target::Missing(_) if document.navigation.iter().any(|entry| entry.link == index) => {
                let message = format!("{} is planned: the page is not there yet", link.url);
                Some(
                    Diagnostic::new(Severity::Note, "planned-page", path, link.line, message)
                        .help("write the page, or remove the link"),
                )
            }
            Target::Missing(file) => {
                let message = format!("{} leads to no file", link.url);
                Some(
                    Diagnostic::new(Severity::Error, "broken-link", path, link.line, message)
                        .help(nearest::help(self.nearest_file(&file), "correct the link or add the file")),
                )
            }
            Target::Page { anchor_found: false, .. } => {
                let message = format!("{} leads to a heading that is not there", link.url);
                Some(
                    Diagnostic::new(Severity::Error, "broken-anchor", path, link.line, message)
                        .help(self.nearest_anchor(id, &link.url)),
                )
            }
            _ => None,
        }
    }

    /// The gaps of one document, or of all.
    fn gap_diagnostics(&self, only: Option<DocumentId>, all: &mut Vec<Diagnostic>) {
        let is_asked = |document: DocumentId| only.is_none_or(|only| only == document);
        for category in &self.categories {
            for framework in category.frameworks.iter().filter(|framework| is_asked(framework.document)) {
                self.finding_gaps(category, framework, all);
            }
        }
        for (id, page) in self.pages.iter().enumerate() {
            let is_told = page.category.is_some() && !matches!(page.kind, PageKind::Framework(_));
            if let Some(document) = page.document.filter(|document| is_told && is_asked(*document)) {
                self.section_gaps(id, &self.documents[document], all);
            }
        }
    }

    /// The findings of a framework that nobody has researched.
    fn finding_gaps(&self, category: &Category, framework: &Framework, all: &mut Vec<Diagnostic>) {
        let document = &self.documents[framework.document];
        let findings = category.criteria.iter().zip(&framework.findings);
        for (criterion, finding) in findings.filter(|(_, finding)| finding.gap) {
            let line = document.sections[finding.section.unwrap_or(framework.section)].lines.start;
            let message = format!("{}: {} is not researched yet", framework.title, criterion.name);
            all.push(
                Diagnostic::new(Severity::Note, GAP, document.path.as_str(), line, message)
                    .help("write the finding under its heading"),
            );
        }
    }

    /// The other sections of a page that say nothing yet.
    fn section_gaps(&self, page: PageId, document: &Document, all: &mut Vec<Diagnostic>) {
        for section in self.gap_sections(page).into_iter().map(|section| &document.sections[section]) {
            let message = format!("\"{}\" is not researched yet", section.title);
            all.push(
                Diagnostic::new(Severity::Note, GAP, document.path.as_str(), section.lines.start, message)
                    .help("replace the placeholder"),
            );
        }
    }

    /// The sections of a page that are gaps themselves, those below a gap left out.
    pub fn gap_sections(&self, page: PageId) -> Vec<usize> {
        let Some(id) = self.pages[page].document else { return Vec::new() };
        let document = &self.documents[id];
        let in_category = self.pages[page].category.is_some();
        let (mut gaps, mut covered) = (Vec::new(), 0);
        for section in self.sections_on(page) {
            let is_top = section == self.pages[page].section || section == 0;
            if section >= covered && !is_top && is_gap_section(document, section, in_category) {
                gaps.push(section);
                covered = document.sections[section].end;
            }
        }
        gaps
    }

    /// Whether a section is a gap: it, and everything below it, says nothing. Outside a category an empty
    /// heading is only an empty heading; a bracketed placeholder is a gap everywhere.
    pub fn is_gap(&self, document: DocumentId, section: usize) -> bool {
        let (page, _) = self.place(document, section);
        is_gap_section(&self.documents[document], section, self.pages[page].category.is_some())
    }
}

fn is_gap_section(document: &Document, section: usize, in_category: bool) -> bool {
    let promised =
        || document.sections[section..document.sections[section].end].iter().any(|s| s.placeholder().is_some());
    is_gap(document, section) && (in_category || promised())
}
