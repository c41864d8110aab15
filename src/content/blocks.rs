//! What a file holds once its Markdown is read: blocks in order, and what the slots in their HTML point to.
//!
//! Plain data between the parser and the sections; nothing here knows how Markdown is written.

use std::sync::OnceLock;

use super::citation::Citation;
use super::diagram::{self, Diagram, DiagramFault};
use super::template::Template;

/// A file's blocks and what their slots point to.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Top-level blocks in order; footnote definitions are not among them.
    pub blocks: Vec<Block>,
    /// Where the links lead, as written.
    pub links: Vec<Link>,
    /// Images, as written.
    pub images: Vec<Image>,
    /// Code blocks.
    pub code: Vec<Code>,
    /// References to footnotes that are not defined: label, line and column.
    pub undefined: Vec<(String, u32, u32)>,
    /// Definitions of footnotes that are defined already: label, line and column; the first holds, as in GitHub.
    pub redefined: Vec<(String, u32, u32)>,
    /// Footnotes in the order of their first reference, unused ones last.
    pub footnotes: Vec<Footnote>,
}

/// A top-level block.
#[derive(Debug)]
pub struct Block {
    /// First line, counted from 1.
    pub line: u32,
    /// What it is, as far as the format cares.
    pub kind: BlockKind,
    /// The block as HTML; empty for headings, which carry their own.
    pub html: Template,
    /// The block as plain text.
    pub text: String,
    /// Whether its HTML holds raw HTML, and so is not safe before [`safe_html`](super::markdown::safe_html).
    pub raw: bool,
    /// Anchors of the headings inside it, such as those in a block quote.
    pub anchors: Vec<String>,
}

/// What a block is, as far as the content format cares.
#[derive(Debug)]
pub enum BlockKind {
    /// A heading: level 1 to 6, its inline HTML, and its anchor, unique in the file.
    Heading(u8, Template, String),
    /// A block quote whose lines start with a bold label.
    LabelledQuote(Vec<Line>),
    /// A bullet or numbered list.
    List(Vec<Line>),
    /// A paragraph.
    Paragraph,
    /// A thematic break.
    Break,
    /// Anything else.
    Other,
}

/// A line of a metadata block, or an item of a list.
#[derive(Debug)]
pub struct Line {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1.
    pub column: u32,
    /// The bold words it starts with, without their colon.
    pub label: Option<String>,
    /// What follows the label, or the whole line where there is none.
    pub html: Template,
    /// The same as plain text.
    pub text: String,
    /// The first link in it.
    pub link: Option<usize>,
    /// The items of a list nested in it.
    pub children: Vec<Line>,
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its destination; empty where the destination was not safe.
    pub url: String,
    /// Its words; empty for one that raw HTML makes.
    pub text: String,
    /// The line it stands on, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1.
    pub column: u32,
    /// Whether its destination was removed because a browser would run it.
    pub unsafe_url: bool,
}

/// An image as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its source; empty where that was not safe.
    pub url: String,
    /// Its description.
    pub alt: String,
    /// Its title, or nothing.
    pub title: String,
    /// The line it stands on, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1.
    pub column: u32,
}

/// A code block.
#[derive(Debug)]
pub struct Code {
    /// First word of the info string, lower case; empty where there is none.
    pub language: String,
    /// The rest of the info string.
    pub info: String,
    /// The code itself.
    pub text: String,
    /// The line the block starts on, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1; so do its lines.
    pub column: u32,
    /// The code as highlighted HTML, once somebody asked for it.
    pub highlighted: OnceLock<String>,
    /// The diagram that the code describes, once somebody asked for it.
    pub drawn: OnceLock<Result<Diagram, DiagramFault>>,
}

impl Code {
    /// Whether it is shown as a picture: a chart or a diagram.
    pub fn is_drawing(&self) -> bool {
        matches!(self.language.as_str(), "chart" | "mermaid")
    }

    /// Whether it describes a diagram.
    pub fn is_diagram(&self) -> bool {
        self.language == "mermaid"
    }

    /// The diagram that it describes, drawn the first time it is asked for.
    pub fn diagram(&self) -> &Result<Diagram, DiagramFault> {
        self.drawn.get_or_init(|| diagram::draw(&self.text))
    }
}

/// A footnote: in this format, a source.
#[derive(Debug)]
pub struct Footnote {
    /// Its label as written.
    pub name: String,
    /// Its text as HTML.
    pub html: Template,
    /// Its text.
    pub text: String,
    /// What its text names: author, title, address, days.
    pub citation: Citation,
    /// The line of its definition, counted from 1.
    pub line: u32,
    /// The column at which that starts, counted from 1.
    pub column: u32,
    /// How often the text refers to it.
    pub references: usize,
}
