//! Markdown text to blocks of safe HTML with slots. The only user of comrak and of the sanitiser.
//!
//! In: the text of one file. Out: its top-level blocks in order, each with HTML, plain text and line,
//! and the lists that the slots point into. Every piece of HTML that leaves here is safe: comrak
//! escapes text, and a block with raw HTML goes through the allow-list of [`super::sanitize`].
//! GitHub-flavoured Markdown, <https://github.github.com/gfm/>.

mod render;
mod slots;

use std::collections::HashMap;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options};

use self::render::{holds_raw_html, html_of};
use super::blocks::{Block, BlockKind, Image, Line, Link, Parsed};
use super::sanitize;
use super::template::{self, Part, Slot, Template};
use crate::ids::{self, Unique};

/// Bytes of a line after which its characters are not counted any more: counting them for each of thousands of links takes long.
const FAR_OUT: usize = 2_000;

/// Parses one file's text; `first_line` is the number of its first line.
///
/// Never fails: every text is Markdown.
pub fn parse(text: &str, first_line: u32) -> Parsed {
    let arena = Arena::new();
    let options = options();
    let root = comrak::parse_document(&arena, text, &options);
    let mut collector = Collector {
        parsed: Parsed::default(),
        lines: text.lines().collect(),
        line_offset: first_line - 1,
        names: HashMap::new(),
        anchors: Unique::default(),
    };
    collector.open_slots(root);
    collector.read_footnotes(root, &options);
    for node in root.children() {
        if !matches!(node.data().value, NodeValue::FootnoteDefinition(_)) {
            let anchors = collector.set_anchors(node, &arena);
            let block = collector.read_block(node, anchors, &options);
            collector.parsed.blocks.push(block);
        }
    }
    collector.parsed
}

/// Joins blocks to one piece of safe HTML, sanitised as a whole where any of them holds raw HTML.
///
/// Links and images of the raw HTML are added to `links` and `images`, the ids it sets to `ids`.
pub fn safe_html<'b>(
    mut blocks: impl Iterator<Item = &'b Block> + Clone,
    links: &mut Vec<Link>,
    images: &mut Vec<Image>,
    ids: &mut Vec<String>,
) -> Template {
    let html: String = blocks.clone().map(|block| block.html.as_str()).collect();
    match blocks.find(|block| block.raw) {
        None => Template::from_safe_html(html),
        Some(first_raw) => {
            let found = sanitize::sanitize(&html, links.len(), images.len());
            links.extend(found.links.into_iter().map(|url| Link {
                url,
                text: String::new(),
                line: first_raw.line,
                column: 1,
                unsafe_url: false,
            }));
            images.extend(found.images.into_iter().map(|url| Image {
                url,
                alt: String::new(),
                title: String::new(),
                line: first_raw.line,
                column: 1,
            }));
            ids.extend(found.ids);
            Template::from_safe_html(found.html)
        }
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.parse.leave_footnote_definitions = true;
    options.render.r#unsafe = true; // raw HTML goes through the sanitiser, dangerous links are dropped in open_slots
    options
}

struct Collector<'t> {
    parsed: Parsed,
    lines: Vec<&'t str>,
    line_offset: u32,
    names: HashMap<String, usize>,
    anchors: Unique,
}

impl Collector<'_> {
    fn line(&self, node: &AstNode<'_>) -> u32 {
        u32::try_from(node.data().sourcepos.start.line).unwrap_or(u32::MAX).max(1).saturating_add(self.line_offset)
    }

    /// The column at which a node starts, in characters; the parser counts bytes. Far out in a line both are as good.
    fn column(&self, node: &AstNode<'_>) -> u32 {
        let start = node.data().sourcepos.start;
        let line = self.lines.get(start.line.saturating_sub(1)).copied().unwrap_or_default();
        let before = start.column.saturating_sub(1);
        let characters = match before {
            0..=FAR_OUT => line.char_indices().take_while(|(at, _)| *at < before).count(),
            _ => before,
        };
        u32::try_from(characters).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Names the headings of a top-level block. One that lies deeper gets its anchor as an element of its
    /// own, since it is no section; one that is the block itself is shown by whoever shows the section.
    fn set_anchors<'a>(&mut self, block: &'a AstNode<'a>, arena: &'a Arena<'a>) -> Vec<String> {
        let headings: Vec<_> =
            block.descendants().filter(|node| matches!(node.data().value, NodeValue::Heading(_))).collect();
        let mut anchors = Vec::new();
        for heading in headings {
            let anchor = self.anchors.claim(&ids::anchor(&self.text_of(heading)));
            if !heading.same_node(block) {
                let mark = NodeValue::Raw(format!("<span id=\"{anchor}\"></span>"));
                heading.prepend(arena.alloc(AstNode::from(mark)));
            }
            anchors.push(anchor);
        }
        anchors
    }

    fn read_block<'a>(&self, node: &'a AstNode<'a>, mut anchors: Vec<String>, options: &Options) -> Block {
        let line = self.line(node);
        let raw = holds_raw_html(node);
        let text = self.text_of(node);
        // The HTML comes first: reading lines strips the separators that the HTML still shows.
        let html = match &node.data().value {
            NodeValue::Heading(_) => Template::default(),
            _ => Template::from_safe_html(html_of(node, options)),
        };
        let kind = match &node.data().value {
            NodeValue::Heading(heading) => {
                let anchor = anchors.pop().unwrap_or_default();
                BlockKind::Heading(heading.level, self.inline(node.children(), options), anchor)
            }
            NodeValue::Paragraph => BlockKind::Paragraph,
            NodeValue::ThematicBreak => BlockKind::Break,
            NodeValue::List(_) => BlockKind::List(self.items(node, options, 2)),
            NodeValue::BlockQuote => match self.quote_lines(node, options) {
                lines if lines.is_empty() => BlockKind::Other,
                lines => BlockKind::LabelledQuote(lines),
            },
            _ => BlockKind::Other,
        };
        Block { line, kind, html, text, raw, anchors }
    }

    /// The lines of a block quote that is one paragraph and starts with a bold label; empty for any other.
    fn quote_lines<'a>(&self, quote: &'a AstNode<'a>, options: &Options) -> Vec<Line> {
        let mut children = quote.children();
        let (Some(paragraph), None) = (children.next(), children.next()) else { return Vec::new() };
        if !matches!(paragraph.data().value, NodeValue::Paragraph) {
            return Vec::new();
        }
        let mut rows: Vec<Vec<&'a AstNode<'a>>> = vec![Vec::new()];
        for inline in paragraph.children() {
            match inline.data().value {
                NodeValue::SoftBreak | NodeValue::LineBreak => rows.push(Vec::new()),
                _ => rows.last_mut().expect("starts with one row").push(inline),
            }
        }
        let mut joined: Vec<Vec<&'a AstNode<'a>>> = Vec::new();
        for row in rows.into_iter().filter(|row| !row.is_empty()) {
            match joined.last_mut() {
                Some(last) if label_of(row[0]).is_none() => last.extend(row),
                _ => joined.push(row),
            }
        }
        let lines: Vec<Line> = joined.iter().map(|row| self.read_line(row, options)).collect();
        if lines.first().is_some_and(|line| line.label.is_some()) { lines } else { Vec::new() }
    }

    /// The items of a list, and of the lists nested in them; the format nests two deep, deeper ones are prose.
    fn items<'a>(&self, list: &'a AstNode<'a>, options: &Options, depth: u8) -> Vec<Line> {
        list.children()
            .filter_map(|item| {
                let first = item.first_child().filter(|n| matches!(n.data().value, NodeValue::Paragraph))?;
                let mut line = self.read_line(&first.children().collect::<Vec<_>>(), options);
                if depth > 1 {
                    let nested = item.children().filter(|n| matches!(n.data().value, NodeValue::List(_)));
                    line.children = nested.flat_map(|list| self.items(list, options, depth - 1)).collect();
                }
                Some(line)
            })
            .collect()
    }

    fn read_line<'a>(&self, nodes: &[&'a AstNode<'a>], options: &Options) -> Line {
        let (line, column) = nodes.first().map_or((1, 1), |node| (self.line(node), self.column(node)));
        let label = nodes.first().and_then(|node| label_of(node));
        let value = &nodes[usize::from(label.is_some())..];
        if label.is_some()
            && let Some(first) = value.first()
            && let NodeValue::Text(text) = &mut first.data_mut().value
        {
            let trimmed = text.strip_prefix(':').unwrap_or(text).trim_start().to_owned();
            *text = trimmed.into();
        }
        let link = nodes.iter().flat_map(|node| node.descendants()).find_map(|node| match &node.data().value {
            NodeValue::Link(link) => template::parts(&link.url).find_map(|part| match part {
                Part::Slot(Slot::Link(index)) => Some(index),
                _ => None,
            }),
            _ => None,
        });
        let mut text = String::new();
        value.iter().for_each(|node| self.push_text(node, &mut text));
        let text = text.trim().to_owned();
        let html = self.inline(value.iter().copied(), options);
        Line { line, column, label, html, text, link, children: Vec::new() }
    }
}

/// The words of a bold label such as `**Key:**`, without the colon; `None` for any other node.
fn label_of<'a>(node: &'a AstNode<'a>) -> Option<String> {
    if !matches!(node.data().value, NodeValue::Strong) {
        return None;
    }
    let mut text = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            _ => {}
        }
    }
    let label = text.trim().trim_end_matches(':').trim();
    (!label.is_empty()).then(|| label.to_owned())
}
