//! A parsed file as a flat list of sections in reading order, each with its parent, anchor and content.
//!
//! Everything that is later shown, searched or compared is a section or lies in one. Invariants: the
//! first section is the document itself (level 0, no heading); a section's descendants are the
//! contiguous range up to its `end`; anchors are unique in the document.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::blocks::{Block, BlockKind, Code, Footnote, Image, Line, Link};
use super::front_matter;
use super::markdown;
use super::metadata::{self, DeclaredCriterion, Fact, Rating, Scale};
use super::template::Template;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids::{self, DocPath};

/// The slug of the heading under which a category declares its criteria.
pub const CRITERIA_HEADING: &str = "research-framework";
/// The slug of the heading under which a category publishes what ratings mean.
pub const SCALE_HEADING: &str = "rating-scale";

/// One Markdown file, read.
#[derive(Debug)]
pub struct Document {
    /// Where it lies in the content folder.
    pub path: DocPath,
    /// Hash of its text.
    pub hash: u64,
    /// Its text as written.
    pub source: Arc<str>,
    /// Its title: from the front matter, the first heading of level 1, or its file name.
    pub title: String,
    /// The title as HTML, where it comes from a heading.
    pub title_html: Option<Template>,
    /// The section of the title's heading; 0 where it has none.
    pub title_section: usize,
    /// Description from the front matter.
    pub description: Option<String>,
    /// Whether it is shown only while live reload is on.
    pub draft: bool,
    /// Old URL paths.
    pub aliases: Vec<String>,
    /// Its sections in reading order; never empty.
    pub sections: Vec<Section>,
    /// The criteria it declares; not empty for a category.
    pub criteria: Vec<DeclaredCriterion>,
    /// What it says that ratings mean, by criterion.
    pub scales: Vec<Scale>,
    /// References to footnotes that are not defined: label, line and column.
    pub undefined: Vec<(String, u32, u32)>,
    /// Definitions of footnotes that are defined already: label, line and column.
    pub redefined: Vec<(String, u32, u32)>,
    /// The links of its navigation block.
    pub navigation: Vec<NavigationLink>,
    /// Where its links lead, as written.
    pub links: Vec<Link>,
    /// Its images, as written.
    pub images: Vec<Image>,
    /// Its code blocks.
    pub code: Vec<Code>,
    /// Its footnotes.
    pub footnotes: Vec<Footnote>,
    /// What is wrong in it, as far as the file alone can tell.
    pub diagnostics: Vec<Diagnostic>,
}

/// A heading with what stands under it up to the next heading.
#[derive(Debug)]
pub struct Section {
    /// Level of its heading, 1 to 6; 0 for the document itself.
    pub level: u8,
    /// Its heading as plain text; empty for the document itself.
    pub title: String,
    /// Its heading as HTML.
    pub title_html: Template,
    /// Its anchor in the document.
    pub anchor: String,
    /// The section it lies in; 0 for the top ones and for the document itself.
    pub parent: usize,
    /// One past its last descendant.
    pub end: usize,
    /// Its lines in the file, counted from 1, up to the next heading.
    pub lines: Range<u32>,
    /// What its metadata block states.
    pub facts: Vec<Fact>,
    /// How its metadata block rates it.
    pub rating: Option<Rating>,
    /// What it says.
    pub body: Body,
    /// Other ids in it that a link can lead to: of headings inside its blocks, and those that raw HTML sets.
    pub ids: Vec<String>,
    /// Indices of the footnotes it refers to, in order, in its facts and rating first; with repetitions.
    pub cites: Box<[usize]>,
}

/// What stands under a heading besides its metadata block.
#[derive(Debug)]
pub enum Body {
    /// Nothing.
    Empty,
    /// A bracketed placeholder; the hint says what is to come and may be empty.
    Placeholder(String),
    /// Something.
    Written {
        /// All of it as HTML.
        html: Template,
        /// Its first paragraph as HTML, which may follow an example; empty where there is none.
        lead: Template,
        /// All of it as plain text.
        text: String,
        /// Its first paragraph as plain text.
        lead_text: String,
    },
}

/// A link of the navigation block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavigationLink {
    /// Where it leads.
    pub direction: Direction,
    /// Its words without arrow and direction.
    pub title: String,
    /// Which of the document's links it is.
    pub link: usize,
}

/// Where a link of the navigation block leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To what should be read before.
    Previous,
    /// To what should be read after.
    Next,
}

impl Section {
    /// The slug of its heading, by which criteria are told, and what a category declares; not unique as the anchor is.
    pub fn slug(&self) -> String {
        ids::slug(&self.title)
    }

    /// The written text, or nothing.
    pub fn text(&self) -> &str {
        match &self.body {
            Body::Written { text, .. } => text,
            _ => "",
        }
    }

    /// The first paragraph of the written text, which may follow an example; empty where there is none.
    pub fn lead_text(&self) -> &str {
        match &self.body {
            Body::Written { lead_text, .. } => lead_text,
            _ => "",
        }
    }

    /// The written text as HTML.
    pub fn html(&self) -> Option<&Template> {
        match &self.body {
            Body::Written { html, .. } => Some(html),
            _ => None,
        }
    }

    /// All that stands under the heading as HTML: the facts, the reason of the rating, the written text.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let facts = self.facts.iter().map(|fact| &fact.html);
        facts.chain(self.rating.iter().map(|rating| &rating.reason)).chain(self.html())
    }

    /// What a placeholder promises, from the body or from a heading that is one.
    pub fn placeholder(&self) -> Option<&str> {
        match &self.body {
            Body::Placeholder(hint) => Some(hint),
            _ => metadata::placeholder_hint(&self.title),
        }
    }
}

impl Document {
    /// Reads one file's text. Never fails: faults become diagnostics.
    pub fn read(path: DocPath, text: String) -> Self {
        let mut diagnostics = Vec::new();
        let (front, rest, first_line) = front_matter::split(path.as_str(), &text, &mut diagnostics);
        let parsed = markdown::parse(rest, first_line);
        let (mut blocks, links) = (parsed.blocks, parsed.links);
        let navigation = take_navigation(&mut blocks, &links);
        let last_line = u32::try_from(text.lines().count()).unwrap_or(u32::MAX - 1) + 1;
        let mut builder =
            Builder { path, diagnostics, links, images: parsed.images, criteria: Vec::new(), scales: Vec::new() };
        let sections = builder.sections(blocks, first_line, last_line);
        builder.report_unsafe_links();
        let title_section = sections.iter().position(|section| section.level == 1).unwrap_or(0);
        let heading = (title_section > 0).then(|| &sections[title_section]);
        let title = front.title.clone().or_else(|| heading.map(|section| section.title.clone()));
        let title_html = heading.filter(|_| front.title.is_none()).map(|section| section.title_html.clone());
        Self {
            hash: xxh3_64(text.as_bytes()),
            title: title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| name_of(&builder.path)),
            title_html,
            title_section,
            description: front.description,
            draft: front.draft,
            aliases: front.aliases,
            sections,
            criteria: builder.criteria,
            scales: builder.scales,
            undefined: parsed.undefined,
            redefined: parsed.redefined,
            navigation,
            links: builder.links,
            images: builder.images,
            code: parsed.code,
            footnotes: parsed.footnotes,
            diagnostics: builder.diagnostics,
            path: builder.path,
            source: text.into(),
        }
    }

    /// Takes over from an older version of the same file what it already highlighted and drawn.
    pub fn adopt_highlights(&self, older: &Self) {
        let known: HashMap<_, _> = older.code.iter().map(|code| ((&code.language, &code.text), code)).collect();
        for code in &self.code {
            let Some(same) = known.get(&(&code.language, &code.text)) else { continue };
            if let Some(html) = same.highlighted.get() {
                let _ = code.highlighted.set(html.clone());
            }
            if let Some(diagram) = same.drawn.get() {
                let _ = code.drawn.set(diagram.clone());
            }
        }
    }

    /// The diagrams that are not drawn yet.
    pub fn undrawn(&self) -> impl Iterator<Item = &Code> {
        self.code.iter().filter(|code| code.is_diagram() && code.drawn.get().is_none())
    }

    /// The direct sub-sections of a section.
    pub fn children(&self, section: usize) -> impl Iterator<Item = usize> {
        let end = self.sections[section].end;
        let mut next = section + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.sections[child].end;
                child
            })
        })
    }

    /// The source text of a section with its descendants.
    pub fn source_of(&self, section: usize) -> &str {
        let first = self.sections[section].lines.start;
        let last = self.sections[self.sections[section].end - 1].lines.end;
        let mut starts = std::iter::once(0).chain(self.source.match_indices('\n').map(|(at, _)| at + 1));
        let start = starts.nth(first.saturating_sub(1) as usize).unwrap_or(self.source.len());
        let length = last.saturating_sub(first).checked_sub(1).and_then(|skip| starts.nth(skip as usize));
        &self.source[start..length.unwrap_or(self.source.len())]
    }
}

/// The file's name as a title; the folder's where the file stands for it.
fn name_of(path: &DocPath) -> String {
    let folder = path.folder().rsplit('/').next().unwrap_or_default();
    ids::title(if path.is_index() && !folder.is_empty() { folder } else { path.stem() })
}

struct Builder {
    path: DocPath,
    diagnostics: Vec<Diagnostic>,
    links: Vec<Link>,
    images: Vec<Image>,
    criteria: Vec<DeclaredCriterion>,
    scales: Vec<Scale>,
}

impl Builder {
    fn sections(&mut self, blocks: Vec<Block>, first_line: u32, last_line: u32) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut heading: Option<Block> = None;
        let mut own: Vec<Block> = Vec::new();
        let mut line = first_line;
        for block in blocks.into_iter().map(Some).chain([None]) {
            let next = match block {
                Some(block) if !matches!(block.kind, BlockKind::Heading(..)) => {
                    own.push(block);
                    continue;
                }
                next => next,
            };
            let end_line = next.as_ref().map_or(last_line, |block| block.line);
            let mut section = self.section(heading.take(), std::mem::take(&mut own));
            section.lines = line..end_line;
            while open.last().is_some_and(|&last| last > 0 && sections[last].level >= section.level) {
                open.pop();
            }
            section.parent = open.last().copied().unwrap_or(0);
            open.push(sections.len());
            sections.push(section);
            line = end_line;
            heading = next;
        }
        close(&mut sections);
        sections
    }

    fn section(&mut self, heading: Option<Block>, mut own: Vec<Block>) -> Section {
        let (level, title, title_html, anchor) = match heading {
            Some(Block { kind: BlockKind::Heading(level, html, anchor), text, .. }) => (level, text, html, anchor),
            _ => (0, String::new(), Template::default(), String::new()),
        };
        let (mut facts, mut rating) = (Vec::new(), None);
        let has_metadata = level > 0 && matches!(own.first(), Some(Block { kind: BlockKind::LabelledQuote(_), .. }));
        if has_metadata && let BlockKind::LabelledQuote(lines) = own.remove(0).kind {
            (facts, rating) = metadata::read_metadata(self.path.as_str(), lines, &mut self.diagnostics);
        }
        if level > 0 {
            self.declarations(&ids::slug(&title), &own);
        }
        let mut ids: Vec<String> = own.iter().flat_map(|block| block.anchors.iter().cloned()).collect();
        let body = self.body(&own, &mut ids);
        let (parent, end, lines, cites) = (0, 0, 0..0, Box::<[usize]>::default());
        let mut section =
            Section { level, title, title_html, anchor, parent, end, lines, facts, rating, body, ids, cites };
        section.cites = section.templates().flat_map(Template::cites).map(|(footnote, _)| footnote).collect();
        section
    }

    /// Takes up what a category declares in the lists under two of its headings.
    fn declarations(&mut self, heading: &str, own: &[Block]) {
        let lists =
            own.iter().filter_map(|block| if let BlockKind::List(lines) = &block.kind { Some(lines) } else { None });
        let lines: Vec<&Line> = lists.flatten().collect();
        if heading == CRITERIA_HEADING && self.criteria.is_empty() {
            self.criteria = metadata::read_criteria(self.path.as_str(), &lines, &mut self.diagnostics);
        } else if heading == SCALE_HEADING && self.scales.is_empty() {
            self.scales = metadata::read_scales(self.path.as_str(), &lines, &mut self.diagnostics);
        }
    }

    fn body(&mut self, own: &[Block], ids: &mut Vec<String>) -> Body {
        let mut said = own.iter().filter(|block| !matches!(block.kind, BlockKind::Break));
        match (said.next(), said.next()) {
            (None, _) => return Body::Empty,
            (Some(block), None) if matches!(block.kind, BlockKind::Paragraph) => {
                if let Some(hint) = metadata::placeholder_hint(&block.text) {
                    return Body::Placeholder(hint.to_owned());
                }
            }
            _ => {}
        }
        let trailing = own.iter().rev().take_while(|block| matches!(block.kind, BlockKind::Break)).count();
        let own = &own[..own.len() - trailing];
        let lead = own.iter().find(|block| matches!(block.kind, BlockKind::Paragraph) && !block.raw);
        let mut text = String::new();
        for block in own.iter().filter(|block| !block.text.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&block.text);
        }
        Body::Written {
            html: markdown::safe_html(own.iter(), &mut self.links, &mut self.images, ids),
            lead: lead.map(|block| block.html.clone()).unwrap_or_default(),
            lead_text: lead.map(|block| block.text.clone()).unwrap_or_default(),
            text,
        }
    }

    fn report_unsafe_links(&mut self) {
        for link in self.links.iter().filter(|link| link.unsafe_url) {
            let message = "the link's destination is not safe and was removed";
            self.diagnostics.push(
                Diagnostic::new(Severity::Error, "unsafe-link", self.path.as_str(), link.line, message)
                    .at_column(link.column)
                    .help("link to an http, https or mailto address, or to a file"),
            );
        }
    }
}

/// Sets each section's end: descendants are what follows until a section that lies outside.
fn close(sections: &mut [Section]) {
    for (index, section) in sections.iter_mut().enumerate() {
        section.end = index + 1;
    }
    for index in (1..sections.len()).rev() {
        let (parent, end) = (sections[index].parent, sections[index].end);
        sections[parent].end = sections[parent].end.max(end);
    }
}

/// Lifts the trailing `**Navigation:**` list, and the thematic break before it, off the blocks.
fn take_navigation(blocks: &mut Vec<Block>, links: &[Link]) -> Vec<NavigationLink> {
    let Some((list, marker)) = blocks.split_last().and_then(|(list, rest)| Some((list, rest.last()?))) else {
        return Vec::new();
    };
    let is_marker = matches!(marker.kind, BlockKind::Paragraph | BlockKind::Heading(..))
        && marker.text.trim().trim_end_matches(':').eq_ignore_ascii_case("navigation");
    let BlockKind::List(lines) = &list.kind else { return Vec::new() };
    if !is_marker || lines.is_empty() || lines.iter().any(|line| line.link.is_none()) {
        return Vec::new();
    }
    let navigation: Vec<_> = lines.iter().filter_map(|line| navigation_link(line, links)).collect();
    blocks.truncate(blocks.len() - 2);
    if matches!(blocks.last(), Some(Block { kind: BlockKind::Break, .. })) {
        blocks.pop();
    }
    navigation
}

fn navigation_link(line: &Line, links: &[Link]) -> Option<NavigationLink> {
    let link = line.link.filter(|link| *link < links.len())?;
    let text = line.label.iter().map(String::as_str).chain([line.text.as_str()]).collect::<Vec<_>>().join(" ");
    let text = text.trim().trim_matches(['←', '→', '<', '>', '«', '»', ' ']);
    let lower = text.to_lowercase();
    let (direction, words) =
        [("previous", Direction::Previous), ("prev", Direction::Previous), ("next", Direction::Next)]
            .into_iter()
            .find(|(word, _)| lower.starts_with(word))
            .map(|(word, direction)| (direction, text.get(word.len()..).unwrap_or(text)))
            .or_else(|| line.text.contains('←').then_some((Direction::Previous, text)))
            .or_else(|| line.text.contains('→').then_some((Direction::Next, text)))?;
    let title = words.trim_start_matches([':', ' ', '-', '–']).trim().to_owned();
    Some(NavigationLink { direction, title, link })
}
