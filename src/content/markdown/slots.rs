//! What a text refers to: links, images, code blocks and footnotes leave slots, and go into the lists of the file.

use std::sync::OnceLock;

use comrak::Options;
use comrak::html::dangerous_url;
use comrak::nodes::{AstNode, NodeCodeBlock, NodeValue};

use super::Collector;
use crate::content::blocks::{Code, Footnote, Image, Link};
use crate::content::citation::{self, Citation};
use crate::content::template::{Slot, Template};

impl Collector<'_> {
    /// Replaces links, images, code blocks and footnote references by slots, in reading order.
    pub(super) fn open_slots<'a>(&mut self, root: &'a AstNode<'a>) {
        let nodes: Vec<_> = root.descendants().collect();
        for node in nodes {
            let line = self.line(node);
            let column = self.column(node);
            let mut data = node.data_mut();
            let slot = match &mut data.value {
                NodeValue::Link(link) => {
                    let (url, unsafe_url) = safe_url(&mut link.url);
                    link.url = Slot::Link(self.parsed.links.len()).mark();
                    drop(data);
                    let text = self.text_of(node);
                    self.parsed.links.push(Link { url, text, line, column, unsafe_url });
                    continue;
                }
                NodeValue::Image(image) => {
                    let (url, _) = safe_url(&mut image.url);
                    let title = std::mem::take(&mut image.title);
                    drop(data);
                    let image = Image { url, alt: self.text_of(node), title, line, column };
                    let slot = self.take_image(node, image);
                    node.data_mut().value = NodeValue::Raw(slot.mark());
                    continue;
                }
                NodeValue::CodeBlock(block) => self.take_code(block, line, column),
                NodeValue::FootnoteReference(reference) => {
                    let name = std::mem::take(&mut reference.name);
                    let (footnote, nth) = self.cite(&name);
                    Slot::Cite(footnote, nth)
                }
                NodeValue::Text(text) => {
                    self.parsed.undefined.extend(undefined_notes(text).map(|(at, label)| (label, line, column + at)));
                    continue;
                }
                _ => continue,
            };
            data.value = NodeValue::Raw(slot.mark());
        }
    }

    fn take_image<'a>(&mut self, node: &'a AstNode<'a>, image: Image) -> Slot {
        node.children().collect::<Vec<_>>().into_iter().for_each(AstNode::detach);
        self.parsed.images.push(image);
        Slot::Image(self.parsed.images.len() - 1)
    }

    fn take_code(&mut self, block: &mut NodeCodeBlock, line: u32, column: u32) -> Slot {
        let (language, info) = split_info(&block.info);
        let text = std::mem::take(&mut block.literal);
        let (highlighted, drawn) = (OnceLock::new(), OnceLock::new());
        self.parsed.code.push(Code { language, info, text, line, column, highlighted, drawn });
        Slot::Code(self.parsed.code.len() - 1)
    }

    fn cite(&mut self, name: &str) -> (usize, usize) {
        let next = self.parsed.footnotes.len();
        let index = *self.names.entry(normal_label(name)).or_insert(next);
        if index == next {
            let name = name.to_owned();
            let (html, text) = (Template::default(), String::new());
            let citation = Citation::default();
            self.parsed.footnotes.push(Footnote { name, html, text, citation, line: 0, column: 1, references: 0 });
        }
        let footnote = &mut self.parsed.footnotes[index];
        footnote.references += 1;
        (index, footnote.references)
    }

    /// Reads the definitions wherever they stand.
    pub(super) fn read_footnotes<'a>(&mut self, root: &'a AstNode<'a>, options: &Options) {
        for node in root.descendants() {
            let NodeValue::FootnoteDefinition(definition) = &node.data().value else { continue };
            let next = self.parsed.footnotes.len();
            let index = *self.names.entry(normal_label(&definition.name)).or_insert(next);
            let (html, text) = (self.inline(node.children(), options), self.text_of(node));
            let footnote = Footnote {
                name: definition.name.clone(),
                citation: Citation::of(&html, &text, &self.parsed.links),
                html: Template::from_safe_html(citation::with_days_marked(html.as_str())),
                text,
                line: self.line(node),
                column: self.column(node),
                references: 0,
            };
            match self.parsed.footnotes.get_mut(index) {
                Some(known) if known.line == 0 => *known = Footnote { references: known.references, ..footnote },
                Some(_) => self.parsed.redefined.push((footnote.name, footnote.line, footnote.column)),
                None => self.parsed.footnotes.push(footnote),
            }
        }
    }
}

/// Takes an address out, or none where a browser would run it, and tells whether it would.
fn safe_url(url: &mut String) -> (String, bool) {
    let is_dangerous = dangerous_url(url);
    (if is_dangerous { String::new() } else { std::mem::take(url) }, is_dangerous)
}

/// Footnote labels match without regard to case and inner white space, as link labels do; case is folded as the
/// parser folds it, to which "ß" and "SS" are the same.
fn normal_label(name: &str) -> String {
    caseless::default_case_fold_str(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// References such as `[^label]` that stayed text because nothing defines them: their place in characters, and the label.
fn undefined_notes(text: &str) -> impl Iterator<Item = (u32, String)> {
    text.match_indices("[^").filter_map(|(at, open)| {
        let (label, _) = text[at + open.len()..].split_once(']')?;
        let fits = !label.is_empty() && label.len() <= 100 && !label.contains([' ', '[', '^']);
        fits.then(|| (u32::try_from(text[..at].chars().count()).unwrap_or(0), label.to_owned()))
    })
}

fn split_info(info: &str) -> (String, String) {
    let info = info.trim();
    let (language, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    (language.trim_start_matches("{.").trim_end_matches('}').to_lowercase(), rest.trim().to_owned())
}
