//! Nodes of a flowchart: a name, a text in brackets, a class.

use std::fmt::Write as _;

use super::described::described;
use super::{Chart, arrow};
use crate::content::diagram::{DiagramFault, veil};

impl Chart<'_> {
    /// A node, or several with `&` between them; told as their names.
    pub(super) fn group(&mut self) -> Result<String, DiagramFault> {
        let mut nodes = self.node()?;
        self.reader.skip_blanks();
        while self.reader.eat("&") {
            self.reader.skip_empty();
            nodes.push_str(" & ");
            nodes.push_str(&self.node()?);
            self.reader.skip_blanks();
        }
        Ok(nodes)
    }

    /// A node, told in a line of its own: its name, its text in brackets, its class. Arrows have its name alone.
    fn node(&mut self) -> Result<String, DiagramFault> {
        let start = self.reader.at();
        self.name();
        let written = self.reader.since(start);
        if written.is_empty() {
            return Err(self.nameless(start));
        }
        let name = veil::name(written);
        self.told.push_str(&name);
        if self.reader.rest().starts_with("@{") {
            self.reader.skip(1);
            let text = described(written, self.reader.brackets()?);
            self.told.push_str(&text);
        } else if self.is_text_next() {
            let text = veil::text(self.reader.brackets()?);
            self.told.push_str(&text);
        }
        if self.reader.eat(":::") {
            let at = self.reader.at();
            self.name();
            let _ = write!(self.told, ":::{}", veil::name(self.reader.since(at)));
        }
        self.told.push('\n');
        Ok(name)
    }

    /// Goes past the name of a node or of a class: up to a blank, a bracket or an arrow.
    pub(super) fn name(&mut self) {
        let start = self.reader.at();
        while let Some(c) = self.reader.peek() {
            let rest = self.reader.rest();
            let is_first = self.reader.at() == start;
            let is_over = c.is_whitespace()
                || "[](){}<>|\";".contains(c)
                || (c == '&' && is_first)
                || ["--", "-.", "->", "==", "=>", "~~~", ":::", "@{", "%%"].iter().any(|sign| rest.starts_with(sign));
            if is_over {
                return;
            }
            self.reader.take();
        }
    }

    /// Whether a text in brackets comes next; goes past blanks before it.
    fn is_text_next(&mut self) -> bool {
        let is_flag = self.reader.peek() == Some('>');
        self.reader.skip_blanks();
        is_flag || matches!(self.reader.peek(), Some('[' | '(' | '{'))
    }

    /// What is wrong where a node should be and no name stands.
    fn nameless(&self, at: usize) -> DiagramFault {
        if arrow::stroke(self.reader.rest()).is_some() {
            return self.reader.fault(at, "this arrow comes from nowhere; write the node it comes from before it");
        }
        let message = format!("\"{}\" cannot stand here; a node begins with its name: A[Text]", self.reader.token());
        self.reader.fault(at, message)
    }
}
