//! What a node is in its two forms: HTML, and plain text.

use std::fmt;
use std::fmt::Write as _;

use comrak::Options;
use comrak::html::{ChildRendering, Context, format_document_with_formatter, format_node_default};
use comrak::nodes::{AstNode, NodeLink, NodeTaskItem, NodeValue};
use comrak::options::Plugins;

use super::Collector;
use crate::content::sanitize;
use crate::content::template::{self, Part, Slot, Template};

impl Collector<'_> {
    /// The HTML of some nodes; where any of them holds raw HTML, text and inline marks alone.
    pub(super) fn inline<'a>(&self, nodes: impl Iterator<Item = &'a AstNode<'a>>, options: &Options) -> Template {
        let (mut html, mut raw) = (String::new(), false);
        for node in nodes {
            html.push_str(&html_of(node, options));
            raw |= holds_raw_html(node);
        }
        Template::from_safe_html(if raw { sanitize::text_only(&html) } else { html })
    }

    /// The plain text of a node, words of different blocks kept apart by a space.
    pub(super) fn text_of<'a>(&self, node: &'a AstNode<'a>) -> String {
        let mut text = String::new();
        self.push_text(node, &mut text);
        text.trim().to_owned()
    }

    pub(super) fn push_text<'a>(&self, node: &'a AstNode<'a>, text: &mut String) {
        for node in node.descendants() {
            match &node.data().value {
                NodeValue::Text(literal) => text.push_str(literal),
                NodeValue::Code(code) => text.push_str(&code.literal),
                NodeValue::Raw(mark) => self.push_slot_text(mark, text),
                NodeValue::HtmlBlock(block) => push_without_tags(&block.literal, text),
                NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
                value if value.block() && !text.is_empty() && !text.ends_with(' ') => text.push(' '),
                _ => {}
            }
        }
    }

    fn push_slot_text(&self, mark: &str, text: &mut String) {
        for part in template::parts(mark) {
            match part {
                // What is drawn is no text: nobody looks for its lines.
                Part::Slot(Slot::Code(index)) if self.parsed.code[index].is_drawing() => {}
                Part::Slot(Slot::Code(index)) => {
                    if !text.is_empty() && !text.ends_with(' ') {
                        text.push(' ');
                    }
                    text.push_str(&self.parsed.code[index].text);
                }
                Part::Slot(Slot::Image(index)) => text.push_str(&self.parsed.images[index].alt),
                _ => {}
            }
        }
    }
}

pub(super) fn holds_raw_html<'a>(node: &'a AstNode<'a>) -> bool {
    node.descendants().any(|node| matches!(node.data().value, NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_)))
}

fn push_without_tags(html: &str, text: &mut String) {
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
}

/// A node as HTML with slots, safe where it holds no raw HTML.
pub(super) fn html_of<'a>(node: &'a AstNode<'a>, options: &Options) -> String {
    let mut html = String::new();
    let plugins = Plugins::default();
    format_document_with_formatter(node, options, &mut html, &plugins, format_node, ())
        .expect("writing to a string cannot fail");
    if html.contains("</table>") { with_cell_classes(&html) } else { html }
}

/// Header cells get a scope, or become plain cells where they are empty; alignment becomes a class, since the
/// `align` attribute is obsolete in HTML.
fn with_cell_classes(html: &str) -> String {
    html.replace("<th align=\"", "<th scope=\"col\" class=\"align-")
        .replace("<th>", "<th scope=\"col\">")
        .replace("<td align=\"", "<td class=\"align-")
        .replace("<th scope=\"col\"></th>", "<td></td>")
}

fn format_node<'a>(
    context: &mut Context<()>,
    node: &'a AstNode<'a>,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    match &node.data().value {
        NodeValue::FootnoteDefinition(_) => Ok(ChildRendering::Skip),
        NodeValue::Link(link) => format_link(context, link, entering),
        NodeValue::TaskItem(task) => format_task(context, task, entering),
        NodeValue::Table(_) => format_table(context, node, entering),
        _ => format_node_default(context, node, entering),
    }
}

fn format_link(context: &mut Context<()>, link: &NodeLink, entering: bool) -> Result<ChildRendering, fmt::Error> {
    if entering {
        write!(context, "<a href=\"{}\"", link.url)?;
        if !link.title.is_empty() {
            context.write_str(" title=\"")?;
            context.escape(&link.title)?;
            context.write_str("\"")?;
        }
        context.write_str(">")?;
    } else {
        context.write_str("</a>")?;
    }
    Ok(ChildRendering::HTML)
}

fn format_task(context: &mut Context<()>, task: &NodeTaskItem, entering: bool) -> Result<ChildRendering, fmt::Error> {
    if entering {
        context.cr()?;
        write!(context, "<li class=\"task\">{}", Slot::Task(usize::from(task.symbol.is_some())).mark())?;
    } else {
        context.write_str("</li>\n")?;
    }
    Ok(ChildRendering::HTML)
}

/// A table in the box in which it scrolls.
fn format_table<'a>(
    context: &mut Context<()>,
    node: &'a AstNode<'a>,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    if entering {
        context.cr()?;
        context.write_str(&Slot::Scroller(0).mark())?;
        return format_node_default(context, node, entering);
    }
    let children = format_node_default(context, node, entering)?;
    context.write_str(&Slot::Scroller(1).mark())?;
    Ok(children)
}
