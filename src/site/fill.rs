//! Templates to HTML: links, images, code and source marks get the addresses that fit where they stand.

use std::fmt::Write as _;

use super::{DocumentId, Site, Target};
use crate::content::blocks::{Code, Image, Link};
use crate::content::code_info::{self, CodeInfo};
use crate::content::data::{DataFile, Run};
use crate::content::highlight;
use crate::content::template::{Part, Slot, Template, escape};
use crate::ids::DocPath;

/// The start of the box in which a table scrolls.
pub(super) const SCROLLER: &str = "<div class=\"scroller\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">";
/// Its end. What stands after the box tells the style sheet that the table is whole.
pub(super) const SCROLLER_END: &str = "</div><template></template>\n";

/// Where the HTML will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the page of its own section: source marks carry ids and lead down the page.
    OwnPage,
    /// On any other page: no ids, and source marks lead to the section's page.
    Elsewhere,
}

impl Site {
    /// The HTML of a template of a document.
    pub fn fill(&self, document: DocumentId, template: &Template, place: Place) -> String {
        let mut html = String::with_capacity(template.len() + template.len() / 4);
        for part in template.parts() {
            match part {
                Part::Html(text) => html.push_str(text),
                Part::Slot(slot) => self.fill_slot(document, slot, place, &mut html),
            }
        }
        html
    }

    /// The number by which a page shows a footnote, counted from 1 in the order of first reference.
    pub fn source_number(footnote: usize) -> usize {
        footnote + 1
    }

    fn fill_slot(&self, id: DocumentId, slot: Slot, place: Place, html: &mut String) {
        let document = &self.documents[id];
        match slot {
            Slot::Link(index) => {
                if let Some(link) = document.links.get(index) {
                    self.fill_link(id, link, html);
                }
            }
            Slot::Image(index) => {
                if let Some(image) = document.images.get(index) {
                    self.fill_image(id, image, html);
                }
            }
            Slot::ImageSource(index) => {
                if let Some(image) = document.images.get(index) {
                    escape(&self.address(id, &image.url), html);
                }
            }
            Slot::Code(index) => {
                if let Some(code) = document.code.get(index) {
                    match code.is_drawing() {
                        true => self.fill_drawing(id, &drawing_name(id, index, place), code, html),
                        false => self.fill_code(id, code, html),
                    }
                }
            }
            Slot::Cite(footnote, nth) => self.fill_cite(id, footnote, nth, place, html),
            Slot::Scroller(0) => html.push_str(SCROLLER),
            Slot::Scroller(_) => html.push_str(SCROLLER_END),
            Slot::Task(0) => html.push_str("<input type=\"checkbox\" disabled aria-label=\"open\"> "),
            Slot::Task(_) => html.push_str("<input type=\"checkbox\" disabled checked aria-label=\"done\"> "),
        }
    }

    /// Writes the value of a `href` attribute; a link that leads nowhere, and a measured figure,
    /// get a mark beside it.
    fn fill_link(&self, id: DocumentId, link: &Link, html: &mut String) {
        let url = link.url.as_str();
        if let Some(figure) = self.figure(id, url) {
            escape(&self.figure_url(&figure), html);
            html.push_str(match figure.fault(&link.text) {
                None => "\" class=\"measured\" title=\"Measured: ",
                Some(_) => "\" class=\"disputed\" title=\"Does not agree with its data: ",
            });
            escape(&figure.fragment, html);
            html.push_str(" in ");
            escape(figure.table.path.as_str(), html);
            return;
        }
        match self.resolve(id, url) {
            Target::Missing(_) => {
                escape(url, html);
                html.push_str("\" data-missing=\"");
            }
            target => escape(&address_of(target), html),
        }
    }

    fn fill_image(&self, id: DocumentId, image: &Image, html: &mut String) {
        html.push_str("<img src=\"");
        escape(&self.address(id, &image.url), html);
        html.push_str("\" alt=\"");
        escape(&image.alt, html);
        if !image.title.is_empty() {
            html.push_str("\" title=\"");
            escape(&image.title, html);
        }
        html.push('"');
        if let Target::Asset(path) = self.resolve(id, &image.url)
            && let Some(size) = self.asset_at(&path).and_then(|asset| asset.size)
        {
            let _ = write!(html, " width=\"{}\" height=\"{}\"", size.0, size.1);
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn fill_code(&self, id: DocumentId, code: &Code, html: &mut String) {
        let highlighted = code.highlighted.get_or_init(|| highlight::highlight(&code.language, &code.text));
        let info = CodeInfo::read(&code.info);
        html.push_str("<figure class=\"code\"");
        if !code.language.is_empty() {
            html.push_str(" data-language=\"");
            escape(&code.language, html);
            html.push('"');
        }
        html.push('>');
        if let Some(name) = info.title {
            html.push_str("<figcaption>");
            escape(name, html);
            html.push_str("</figcaption>");
        }
        html.push_str("<pre tabindex=\"0\"><code>");
        match info.marked.is_empty() {
            true => html.push_str(highlighted),
            false => html.push_str(&code_info::with_marked_lines(highlighted, &info.marked)),
        }
        html.push_str("</code></pre>");
        if info.run {
            self.fill_run(id, code, html);
        }
        html.push_str("</figure>\n");
    }

    /// What an example printed when it was last run as it stands here.
    fn fill_run(&self, id: DocumentId, code: &Code, html: &mut String) {
        let Some(run) = self.run_of(id, code) else {
            html.push_str("<p class=\"run not-run\">Not run yet as it stands here</p>");
            return;
        };
        html.push_str("<div class=\"run\"><p>Run");
        if !run.date.is_empty() {
            html.push_str(" on ");
            escape(&run.date, html);
        }
        match run.stdout.trim_end() {
            "" => html.push_str("; it printed nothing</p></div>"),
            printed => {
                html.push_str("; it printed</p><pre tabindex=\"0\"><samp>");
                escape(printed, html);
                html.push_str("</samp></pre></div>");
            }
        }
    }

    /// The last run of an example, where it was run as it stands here.
    pub(super) fn run_of(&self, id: DocumentId, code: &Code) -> Option<&Run> {
        let path = &self.documents[id].path;
        self.data.values().find_map(|file| match &**file {
            DataFile::Examples(examples) => examples.run_of(path, code.line, &code.text),
            _ => None,
        })
    }

    fn fill_cite(&self, id: DocumentId, footnote: usize, nth: usize, place: Place, html: &mut String) {
        let number = Self::source_number(footnote);
        let _ = match place {
            Place::OwnPage => write!(
                html,
                "<sup class=\"cite\"><a href=\"#source-{number}\" id=\"cite-{number}-{nth}\" role=\"doc-noteref\" aria-label=\"Source {number}\">{number}</a></sup>"
            ),
            Place::Elsewhere => {
                let url = self.page_citing(id, footnote);
                write!(
                    html,
                    "<sup class=\"cite\"><a href=\"{url}#source-{number}\" role=\"doc-noteref\" aria-label=\"Source {number}\">{number}</a></sup>"
                )
            }
        };
    }

    /// The page on which a footnote is listed: the first that refers to it.
    fn page_citing(&self, id: DocumentId, footnote: usize) -> &str {
        if !self.splits.contains_key(&id) {
            return &self.pages[self.page_of(id)].url;
        }
        let document = &self.documents[id];
        let section = document.sections.iter().position(|section| section.cites.contains(&footnote));
        &self.pages[self.place(id, section.unwrap_or(0)).0].url
    }

    fn address(&self, id: DocumentId, url: &str) -> String {
        address_of(self.resolve(id, url))
    }

    /// The file at a URL path.
    pub fn asset_at(&self, url: &str) -> Option<&super::Asset> {
        self.assets.get(&Self::asset_path(url))
    }

    /// The path in the content folder that a URL path of a file means.
    pub fn asset_path(url: &str) -> DocPath {
        DocPath::new(&percent_encoding::percent_decode_str(url.trim_start_matches('/')).decode_utf8_lossy())
    }
}

/// What tells a drawing from all others on its page: elsewhere than on their own, those of several documents meet.
fn drawing_name(id: DocumentId, index: usize, place: Place) -> String {
    match place {
        Place::OwnPage => index.to_string(),
        Place::Elsewhere => format!("{id}-{index}"),
    }
}

fn address_of(target: Target) -> String {
    match target {
        Target::External(url) | Target::Asset(url) | Target::Missing(url) => url,
        Target::Page { href, .. } => href,
    }
}
