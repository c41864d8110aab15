//! Flowcharts, read before they are drawn: the drawing crate leaves out what it does not understand, without a word.
//!
//! What is read is written anew, an arrow a line, in the few forms that the crate draws rightly. The grammar is that
//! of <https://mermaid.js.org/syntax/flowchart.html>; where it allows more than is told here, so does this.

mod arrow;
mod blocks;
mod bracketed;
mod chains;
mod described;
mod directions;
mod nodes;
mod reader;

use std::fmt::Write as _;

use self::reader::Reader;
use super::{DiagramFault, NEVER_CLOSED, NOTHING, veil};

/// The words that begin a statement other than nodes and arrows.
const WORDS: [&str; 7] = ["subgraph", "end", "style", "linkStyle", "classDef", "class", "click"];

/// Reads a flowchart from its first word on, and writes it as the crate draws it.
pub(super) fn read(source: &str, start: usize) -> Result<String, DiagramFault> {
    let mut chart = Chart {
        reader: Reader::new(source, start),
        open: Vec::new(),
        arrows: Vec::new(),
        told: String::with_capacity(source.len() * 2),
    };
    chart.header()?;
    while chart.statement()? {}
    match chart.open.last() {
        Some(at) => Err(chart.reader.fault(*at, NEVER_CLOSED)),
        None if chart.told.lines().count() == 1 => Err(chart.reader.fault(start, NOTHING)),
        None => Ok(chart.told),
    }
}

struct Chart<'s> {
    reader: Reader<'s>,
    /// Where the blocks begin that are open.
    open: Vec<usize>,
    /// The names that arrows have.
    arrows: Vec<&'s str>,
    /// What the crate is told.
    told: String,
}

impl<'s> Chart<'s> {
    /// Reads a statement, if there is one more.
    fn statement(&mut self) -> Result<bool, DiagramFault> {
        self.skip_separators();
        let start = self.reader.at();
        match self.word() {
            "" if self.reader.rest().is_empty() => return Ok(false),
            "subgraph" => self.block(start)?,
            "end" => self.close(start)?,
            "style" | "linkStyle" | "classDef" | "class" => self.keep_line(start)?,
            // Links of nodes are not drawn.
            "click" => self.line()?,
            "direction" if !self.is_arrow_behind("direction") => self.direction()?,
            _ => match self.name_of_described_arrow() {
                Some(name) => {
                    self.reader.skip(name.len() + 1);
                    self.reader.brackets()?;
                }
                None => self.chain()?,
            },
        }
        Ok(true)
    }

    fn skip_separators(&mut self) {
        self.reader.skip_empty();
        while self.reader.eat(";") {
            self.reader.skip_empty();
        }
    }

    /// The word that comes next, where it stands by itself.
    fn word(&self) -> &'s str {
        let mut ahead = self.reader;
        let word = ahead.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if ahead.is_end() || ahead.peek().is_some_and(char::is_whitespace) { word } else { "" }
    }

    fn is_arrow_behind(&self, word: &str) -> bool {
        let mut ahead = self.reader;
        ahead.skip(word.len());
        ahead.skip_blanks();
        arrow::stroke(ahead.rest()).is_some()
    }

    /// Goes to the end of a statement that is kept as it is.
    fn keep_line(&mut self, start: usize) -> Result<(), DiagramFault> {
        self.line()?;
        let _ = writeln!(self.told, "{}", veil::text(self.reader.since(start).trim()));
        Ok(())
    }

    /// Goes to the end of a statement, past texts in quotes and brackets.
    fn line(&mut self) -> Result<(), DiagramFault> {
        while !self.reader.is_end() {
            match self.reader.peek() {
                Some('[' | '(' | '{') => {
                    self.reader.brackets()?;
                }
                Some('"') => self.reader.quote()?,
                _ => {
                    self.reader.take();
                }
            }
        }
        Ok(())
    }

    fn expect_end(&mut self) -> Result<(), DiagramFault> {
        self.reader.skip_blanks();
        if self.reader.is_end() {
            return Ok(());
        }
        let message =
            format!("\"{}\" cannot stand here; between two nodes stands an arrow such as -->", self.reader.token());
        Err(self.reader.fault(self.reader.at(), message))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::diagram::sequence;

    /// What the crate is told of some lines, with its own letters.
    fn told(lines: &str) -> String {
        let told = read(&format!("flowchart LR\n{lines}\n"), 0);
        let told = told.unwrap_or_else(|fault| panic!("{fault:?} in {lines}"));
        veil::unveil(told.strip_prefix("flowchart LR\n").expect("a header").trim_end())
    }

    #[test]
    fn what_mermaid_allows_is_allowed() {
        let valid = [
            "A",
            "A & B --> C & D",
            "A[Text] --> B(Text) --> C([Text]) --> D[[Text]] --> E[(Text)] --> F((Text))",
            "A>Text] --> B{Text} --> C{{Text}} --> D[/Text/] --> E[\\Text\\] --> F[/Text\\] --> G(((Text)))",
            "A[\"Text with (brackets), [more] and {yet more}; #quot;codes#quot;\"] --> B[\"`**bold**\n  text`\"]",
            "A[f(x)] --> B[a text that\n  goes on]",
            "A --- B\nA -- text --- B\nA ---|text| B\nA -->|\"a | b\"| B\nA -- text --> B\nA --text--> B",
            "A -.-> B\nA -. text .-> B\nA ==> B\nA == text ==> B\nA ~~~ B\nA -.- B\nA-.text.->B",
            "A --o B\nA --x B\nA o--o B\nA <--> B\nA x--x B\nA<-->B\nA ----> B\nA -...-> B\nA ====> B",
            "A-->B-->C;B-->D;  E-->F;",
            "A -->\n  B\n  --> C",
            "A e1@--> B\n  e1@{ animate: true }",
            "A@{ shape: cyl, label: \"Store\" } --> B@{ shape: rect }",
            "A:::one-->B[Text]:::two-three-->C:::one\nclassDef one fill:#f9f,stroke:#333;\nclass A,B one;\nclassDef default fill:#fff",
            "style A fill:#f9f,stroke:#333,stroke-width:4px\nlinkStyle 0 stroke:#ff3,color:red;\nlinkStyle default fill:none",
            "A\nclick A callback \"Tooltip\"\nclick A call callback()\nclick A href \"https://example.org\" _blank",
            "subgraph one\n  direction TB\n  A --> B\nend\none --> C",
            "subgraph two [Text (more)]\nend\nsubgraph \"A title\"\nsubgraph inner title\nend\nend\nsubgraph\nend",
            "my-node --> a.b --> c_d --> größe --> 分散 --> 1 --> A&B",
            "direction --> B\nA --> endpoint\nEnd --> B",
            "%% a comment\nA --> B %% another\n\n",
            "A[Dask's] --> B[100%] --> C[5 > 4 < 6] --> D[a -- b --> c]",
        ];
        for lines in valid {
            told(lines);
        }
        for header in
            ["flowchart", "graph TD", "graph TB;", "flowchart-elk RL", "flowchart BT", "graph >", "flowchart td"]
        {
            let source = format!("{header}\nA --> B");
            assert!(read(&source, 0).is_ok(), "{header}");
        }
    }

    #[test]
    fn nodes_and_arrows_are_told_line_by_line() {
        assert_eq!(told("A[One] -->|x| B & C -- y --> D"), "A[One]\nB\nC\nA -->|x| B & C\nD\nB & C -->|y| D");
        assert_eq!(told("A ~~~ B"), "A\nB");
        assert_eq!(told("A -->|\"a; b\"| B"), "A\nB\nA -->|a; b| B");
        assert_eq!(told("A <-. both .-> B"), "A\nB\nA <-.->|both| B");
        assert_eq!(told("A e1@--> B\n  e1@{ animate: true }"), "A\nB\nA --> B");
        assert_eq!(told("A@{ shape: cyl, label: \"The store\" }\nB@{ shape: diam }"), "A[(\"The store\")]\nB{\"B\"}");
        assert_eq!(told("A[one\n  two]"), "A[one<br/>two]");
        assert_eq!(told("subgraph a [b]\n direction TD\n x\n end"), "subgraph a[b]\ndirection TB\nx\nend");
        assert_eq!(told("subgraph\nend\nclick A \"x\""), "subgraph \" \"\nend");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let unclosed = "\"[\" is never closed; write \"]\" behind its text";
        let quote = "this quote is never closed; write another \" behind its text";
        let nowhere = "this arrow leads nowhere; write the node it leads to behind it";
        let from_nowhere = "this arrow comes from nowhere; write the node it comes from before it";
        let between = "cannot stand here; between two nodes stands an arrow such as -->";
        let name = "cannot stand here; a node begins with its name: A[Text]";
        let cases = [
            ("A --> B\nC[Start --> D", 3, 2, unclosed.to_owned()),
            ("  C[Start --> D\n  D --> E[x]", 2, 4, unclosed.to_owned()),
            ("A([Start) --> B", 2, 9, "\"[\" is closed by \")\"; close it by \"]\"".to_owned()),
            ("A{Start --> B", 2, 2, "\"{\" is never closed; write \"}\" behind its text".to_owned()),
            ("A --> B[x]]", 2, 11, format!("\"]\" {between}")),
            ("A[\"Start] --> B", 2, 3, quote.to_owned()),
            ("A[\"Start] --> B\nC[\"x\"]", 2, 3, quote.to_owned()),
            ("  A -->", 2, 5, nowhere.to_owned()),
            ("subgraph x\nA -->\nend", 3, 3, nowhere.to_owned()),
            ("A --> ; B", 2, 3, nowhere.to_owned()),
            ("  --> B", 2, 3, from_nowhere.to_owned()),
            ("A --> --> B", 2, 7, from_nowhere.to_owned()),
            ("A --> B; --> C", 2, 10, from_nowhere.to_owned()),
            ("A -> B", 2, 3, format!("\"->\" {between}")),
            ("A <- B", 2, 3, format!("\"<-\" {between}")),
            ("A B", 2, 3, format!("\"B\" {between}")),
            ("hello world of words", 2, 7, format!("\"world\" {between}")),
            ("title My chart", 2, 7, format!("\"My\" {between}")),
            ("A --> [Text]", 2, 7, format!("\"[Text]\" {name}")),
            ("A & & B", 2, 5, format!("\"&\" {name}")),
            ("A -->|text B", 2, 6, "the text of this arrow is never closed; write \"|\" behind it".to_owned()),
            ("A -- text B", 2, 3, "this arrow has no end; write \"-- text -->\"".to_owned()),
            ("A -. text B", 2, 3, "this arrow has no end; write \"-. text .->\"".to_owned()),
            ("A --> B\n  subgraph x\n  C", 3, 3, NEVER_CLOSED.to_owned()),
            ("subgraph x[Title\nend", 2, 11, unclosed.to_owned()),
            (
                "A --> B\n  end",
                3,
                3,
                "\"end\" closes nothing here; remove it, or open a \"subgraph\" above it".to_owned(),
            ),
            ("direction north", 2, 11, "\"north\" is no direction; write TB, TD, BT, LR or RL".to_owned()),
            ("é[ä]-->|ö B", 2, 8, "the text of this arrow is never closed; write \"|\" behind it".to_owned()),
        ];
        for (lines, line, column, message) in cases {
            let fault = read(&format!("flowchart LR\n{lines}\n"), 0).expect_err(lines);
            assert_eq!((fault.line, fault.column, fault.message), (line, column, message), "{lines}");
        }
        let fault = read("graph XY\nA --> B", 0).expect_err("no direction");
        assert_eq!((fault.line, fault.column), (1, 7));
    }

    proptest! {
        #[test]
        fn no_text_takes_a_reader_down(text in "(-->|--|-\\.|==|~~~|->>|<<|[\\[\\](){}<>|\"'&;:@%#xoABé\n =.-]|end\n|subgraph |:::|@\\{|loop |Note over |participant | as ){0,40}") {
            for (header, read) in [
                ("flowchart LR", read as fn(&str, usize) -> Result<String, DiagramFault>),
                ("sequenceDiagram", sequence::read),
            ] {
                let source = format!("{header}\n{text}");
                if let Err(fault) = read(&source, 0) {
                    let lines = u32::try_from(source.matches('\n').count() + 1).expect("few lines");
                    prop_assert!(fault.column > 0 && (1..=lines).contains(&fault.line), "{fault:?} in {source}");
                }
            }
        }
    }
}
