//! Diagrams: Mermaid text to inline SVG without a script.
//!
//! The crate leaves out what it does not understand, without a word. So `flowchart` and `sequence` read the two
//! kinds of diagram that suit the site best, say what is wrong and where, and write the rest as the crate draws it.
//! What the crate draws for `renderer` is written anew by `svg`: only shapes and text come through, colours become
//! roles of the style sheet, so a diagram follows the theme, and ids get a prefix that differs for each diagram of a
//! page. Mermaid, <https://mermaid.js.org/>.

mod flowchart;
mod renderer;
mod sequence;
mod svg;
mod veil;

use std::fmt::Write as _;

use self::renderer::Refusal;
use self::svg::PREFIX;
use super::template::escape;

/// Longest source that is drawn, in bytes.
const MAX_BYTES: usize = 20_000;
/// Most lines of a source that is drawn: the time a layout takes grows faster than they do.
const MAX_LINES: usize = 300;
/// How much of a source a fault names, in characters.
const MAX_NAMED: usize = 40;

/// The other kinds of diagram that the crate draws, in lower case.
const OTHER_KINDS: [&str; 26] = [
    "architecture",
    "block",
    "c4",
    "c4component",
    "c4container",
    "c4context",
    "c4deployment",
    "c4dynamic",
    "classdiagram",
    "erdiagram",
    "gantt",
    "gitgraph",
    "journey",
    "kanban",
    "mindmap",
    "packet",
    "pie",
    "quadrantchart",
    "radar",
    "requirementdiagram",
    "sankey",
    "statediagram",
    "timeline",
    "treemap",
    "xychart",
    "zenuml",
];

/// A diagram, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// What it shows, from `accTitle`; may be empty.
    pub title: String,
    /// The same at length, from `accDescr`; may be empty.
    pub description: String,
    width: u32,
    height: u32,
    /// The SVG's inner elements; ids start with [`PREFIX`].
    inner: String,
    view_box: String,
}

/// Why a diagram cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramFault {
    /// The line of the source, counted from 1.
    pub line: u32,
    /// The column in that line, in characters, counted from 1.
    pub column: u32,
    /// What is wrong and what to do, as a sentence without a full stop.
    pub message: String,
}

impl DiagramFault {
    /// A fault at a place of a source, given in bytes.
    fn at(source: &str, at: usize, message: impl Into<String>) -> Self {
        let before = &source[..at];
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX - 1) + 1;
        let line = count(before.matches('\n').count());
        let column = count(before.chars().rev().take_while(|c| *c != '\n').count());
        Self { line, column, message: message.into() }
    }

    /// What the drawing crate finds wrong with a source, or that it fails itself.
    fn of_crate(source: &str, start: usize, refusal: Option<Refusal>) -> Self {
        let Some(Refusal { line, message }) = refusal else {
            return Self::at(source, start, "it cannot be laid out; divide it into several diagrams");
        };
        let lines = source.split_inclusive('\n');
        let above: usize = lines.take(line.saturating_sub(1) as usize).map(str::len).sum();
        let blanks = source[above..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
        Self::at(source, above + blanks, message)
    }
}

/// What is said of a diagram that shows nothing.
const NOTHING: &str = "there is nothing to draw; write what it shows below this line";
/// What is said of a block without an end.
const NEVER_CLOSED: &str = "this block is never closed; write \"end\" in a line below it";

impl Diagram {
    /// The diagram as an SVG element whose ids start with a prefix that nothing else on the page has.
    pub fn to_svg(&self, prefix: &str) -> String {
        let mut svg = format!(
            "<svg viewBox=\"{}\" width=\"{}\" height=\"{}\" role=\"img\"",
            self.view_box, self.width, self.height
        );
        let named = [(&self.title, "title"), (&self.description, "desc")];
        let ids: Vec<_> =
            named.iter().filter(|(text, _)| !text.is_empty()).map(|(_, name)| format!("{prefix}-{name}")).collect();
        let _ = match ids.is_empty() {
            true => write!(svg, " aria-label=\"Diagram\">"),
            false => write!(svg, " aria-labelledby=\"{}\">", ids.join(" ")),
        };
        for (text, name) in named.into_iter().filter(|(text, _)| !text.is_empty()) {
            let _ = write!(svg, "<{name} id=\"{prefix}-{name}\">");
            escape(text, &mut svg);
            let _ = write!(svg, "</{name}>");
        }
        svg.push_str(&self.inner.replace(PREFIX, prefix));
        svg.push_str("</svg>");
        svg
    }
}

/// Draws a diagram.
///
/// # Errors
/// When the source is no diagram, or one that cannot be drawn.
pub fn draw(source: &str) -> Result<Diagram, DiagramFault> {
    if source.len() > MAX_BYTES || source.lines().count() > MAX_LINES {
        let longest = format!("{MAX_LINES} lines or {} kB", MAX_BYTES / 1000);
        return Err(DiagramFault::at(source, 0, format!("it is longer than {longest}; divide it into several")));
    }
    let Labelled { text, title, description } = take_labels(source)?;
    if let Some(at) = text.find("%%{") {
        let message = "directives are not supported: the site decides how diagrams look; remove this line";
        return Err(DiagramFault::at(&text, at, message));
    }
    let start = start_of(&text);
    let svg = draw_from(&text, start)?;
    let drawing = svg::rewrite(&svg).map_err(|message| DiagramFault::at(&text, start, message))?;
    let svg::Drawing { width, height, view_box, inner } = drawing;
    Ok(Diagram { title, description, width, height, inner, view_box })
}

/// Draws a source whose kind is named at a place, in bytes.
fn draw_from(text: &str, start: usize) -> Result<String, DiagramFault> {
    let rest = &text[start..];
    let kind = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    // What a reader of our own wrote has other lines than the source, so none of them is named.
    let drawn = match kind.as_str() {
        "flowchart" | "graph" => renderer::draw_flowchart(&flowchart::read(text, start)?).map_err(|_| None),
        "sequencediagram" => renderer::draw(&sequence::read(text, start)?).map_err(|_| None),
        other if OTHER_KINDS.contains(&other) => renderer::draw(text),
        _ => return Err(DiagramFault::at(text, start, no_kind(rest))),
    };
    drawn.map_err(|refusal| DiagramFault::of_crate(text, start, refusal))
}

/// Where the kind of diagram is named: in the first line that is neither empty nor a comment nor front matter.
fn start_of(text: &str) -> usize {
    let (mut at, mut is_front_matter) = (0, false);
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        if said == "---" {
            is_front_matter = !is_front_matter;
        } else if !is_front_matter && !said.is_empty() && !said.starts_with("%%") {
            return at + line.len() - line.trim_start().len();
        }
        at += line.len();
    }
    0
}

/// Words of a source as a fault names them: cut where they are long.
fn short(words: &str) -> &str {
    words.char_indices().nth(MAX_NAMED).map_or(words, |(end, _)| &words[..end])
}

/// What is wrong with a text that does not begin with a kind of diagram.
fn no_kind(text: &str) -> String {
    let begin = "begin with \"flowchart LR\", \"sequenceDiagram\" or another kind of Mermaid";
    match text.split_whitespace().next() {
        Some(word) => format!("\"{}\" is no kind of diagram; {begin}", short(word)),
        None => format!("it is empty; {begin}"),
    }
}

/// A source without its `accTitle` and `accDescr`, line by line, and what they say.
struct Labelled {
    text: String,
    title: String,
    description: String,
}

fn take_labels(source: &str) -> Result<Labelled, DiagramFault> {
    let (mut text, mut title, mut description) = (String::with_capacity(source.len()), String::new(), String::new());
    // Where a description in braces begins, which may have several lines.
    let mut block: Option<usize> = None;
    for line in source.lines() {
        let label = |name: &str| line.trim().strip_prefix(name)?.trim_start().strip_prefix(':').map(str::trim);
        let opens = line.trim().strip_prefix("accDescr").and_then(|rest| rest.trim_start().strip_prefix('{'));
        if opens.is_some() || block.is_some() {
            let said = opens.unwrap_or(line);
            description.push_str(said.split('}').next().unwrap_or_default().trim());
            description.push(' ');
            block = block.or(Some(text.len())).filter(|_| !said.contains('}'));
        } else if let Some(said) = label("accTitle") {
            said.clone_into(&mut title);
        } else if let Some(said) = label("accDescr") {
            said.clone_into(&mut description);
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    match block {
        Some(at) => Err(DiagramFault::at(&text, at, "this description is never closed; write \"}\" behind it")),
        None => Ok(Labelled { text, title, description: description.trim().to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document as Xml;

    use super::*;

    const FLOW: &str = "flowchart LR\n  accTitle: How a task runs\n  accDescr: From <driver> to worker\n  \
        A[Driver] -->|submit| B{Scheduler}\n  B --> C[(Store)]\n  style A fill:#f9f,stroke:#333\n  \
        click A \"javascript:alert(1)\"\n";
    const SEQUENCE: &str = "sequenceDiagram\n  participant C as Client\n  participant S as Scheduler\n  C->>S: submit(<script>)\n  S-->>C: future\n";

    /// What a drawing says, word by word.
    fn words(source: &str) -> String {
        let svg = draw(source).unwrap_or_else(|fault| panic!("{fault:?} in {source}")).to_svg("d1");
        let read = Xml::parse(&svg).expect("well-formed");
        let texts = read.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
        texts.map(str::trim).collect::<Vec<_>>().join(" ")
    }

    fn fault(source: &str) -> (u32, u32, String) {
        let fault = draw(source).expect_err(source);
        (fault.line, fault.column, fault.message)
    }

    #[test]
    fn a_flowchart_and_a_sequence_are_drawn_in_roles_without_styles_or_scripts() {
        for source in [FLOW, SEQUENCE] {
            let svg = draw(source).expect("a diagram").to_svg("d1");
            for bad in ["style=", "<style", "<script", "javascript", "#f9f", "class=", "<a", PREFIX, "font-family"] {
                assert!(!svg.contains(bad), "{bad} in {svg}");
            }
            assert!(svg.contains("var(--ink)"), "{svg}");
            let read = Xml::parse(&svg).expect("well-formed");
            let ids: Vec<_> = read.descendants().filter_map(|node| node.attribute("id")).collect();
            assert!(ids.iter().all(|id| id.starts_with("d1")), "{ids:?}");
        }
        let flow = draw(FLOW).expect("a diagram").to_svg("d1");
        assert!(flow.contains("aria-labelledby=\"d1-title d1-desc\"><title id=\"d1-title\">How a task runs</title>"));
        assert!(flow.contains("From &lt;driver&gt; to worker"));
    }

    #[test]
    fn nothing_of_a_valid_diagram_is_left_out() {
        let cases = [
            ("flowchart LR\n  A[Dask's tables] --> B[run --fast]\n", &["Dask's", "--fast"][..]),
            ("flowchart LR\n  A -->|one| B[Two] -->|three; four| C[Five]\n", &["one", "Two", "three;", "Five"]),
            ("flowchart LR\n  box-->End\n  my-node --> x & o\n", &["box", "End", "my-node", "x", "o"]),
            ("flowchart LR\n  A ~~~ B\n  title --> link\n", &["A", "B", "title", "link"]),
            (
                "flowchart LR\n  A[\"first\n  second\"] -- said --> B@{ shape: cyl, label: \"Store\" }\n",
                &["first", "second", "said", "Store"],
            ),
            (
                "sequenceDiagram\n  A-)+B: go -->+ on\n  B-->>-A: back\n  Note over A,B: both\n",
                &["go", "-->+", "back", "both"],
            ),
            (
                "sequenceDiagram\n  participant boxer\n  create actor B as Bob\n  boxer->>B: hit; run\n",
                &["boxer", "Bob", "hit;"],
            ),
        ];
        for (source, parts) in cases {
            let words = words(source);
            for part in parts {
                assert!(words.contains(part), "{part} is not in {words}");
            }
        }
    }

    #[test]
    fn a_description_may_stand_in_braces() {
        let told = draw("flowchart LR\n  accDescr {\n    One\n    two.\n  }\n  A --> B\n").expect("a diagram");
        assert_eq!(told.description, "One two.");
        let (line, column, message) = fault("flowchart LR\n  A --> B\n  accDescr {\n    One\n");
        assert_eq!((line, column, &*message), (3, 1, "this description is never closed; write \"}\" behind it"));
    }

    #[test]
    fn a_crate_that_fails_is_told_where_the_diagram_begins() {
        let message = "it cannot be laid out; divide it into several diagrams".to_owned();
        assert_eq!(DiagramFault::of_crate("\n pie\n", 2, None), DiagramFault { line: 2, column: 2, message });
    }

    #[test]
    fn what_cannot_be_drawn_is_told_with_its_place() {
        let begin = "begin with \"flowchart LR\", \"sequenceDiagram\" or another kind of Mermaid";
        let cases = [
            ("", 1, 1, format!("it is empty; {begin}")),
            ("%% why\n  hello world\n", 2, 3, format!("\"hello\" is no kind of diagram; {begin}")),
            ("A --> B\n", 1, 1, format!("\"A\" is no kind of diagram; {begin}")),
            ("\n flowchart LR\n", 2, 2, "there is nothing to draw; write what it shows below this line".to_owned()),
            (
                "flowchart LR\n  %%{init: {}}%%\n A-->B\n",
                2,
                3,
                "directives are not supported: the site decides how diagrams look; remove this line".to_owned(),
            ),
            (
                &"flowchart LR\n".repeat(301),
                1,
                1,
                "it is longer than 300 lines or 20 kB; divide it into several".to_owned(),
            ),
            (
                "classDiagram\n  A <|-- B\n  --> C\n",
                3,
                3,
                "\"-->\" stands where there should be: node identifier".to_owned(),
            ),
            ("block-beta\n  block:one\n  a\n", 2, 3, NEVER_CLOSED.to_owned()),
        ];
        for (source, line, column, message) in cases {
            assert_eq!(fault(source), (line, column, message), "{source}");
        }
    }
}
