//! Chains of a flowchart: nodes and the arrows between them.

use std::fmt::Write as _;

use super::arrow::{self, Arrow};
use super::{Chart, WORDS};
use crate::content::diagram::DiagramFault;

impl<'s> Chart<'s> {
    /// Nodes and the arrows between them.
    pub(super) fn chain(&mut self) -> Result<(), DiagramFault> {
        let mut from = self.group()?;
        while let Some(arrow) = self.arrow()? {
            let to = self.target(&arrow)?;
            if let Some(told) = &arrow.told {
                let _ = writeln!(self.told, "{from} {told} {to}");
            }
            from = to;
        }
        self.expect_end()
    }

    /// The nodes that an arrow leads to; they may stand in a line below it.
    fn target(&mut self, arrow: &Arrow) -> Result<String, DiagramFault> {
        self.reader.skip_empty();
        if self.reader.is_end() || WORDS.contains(&self.word()) {
            let message = "this arrow leads nowhere; write the node it leads to behind it";
            return Err(self.reader.fault(arrow.at, message));
        }
        self.group()
    }

    /// Reads an arrow, if one comes next; it may stand in a line below its node.
    fn arrow(&mut self) -> Result<Option<Arrow>, DiagramFault> {
        let mut ahead = self.reader;
        ahead.skip_empty();
        if ["--", "-.", "==", "~~~", "<-", "<="].iter().any(|sign| ahead.rest().starts_with(sign)) {
            self.reader = ahead;
        }
        self.arrow_name();
        let at = self.reader.at();
        let Some(stroke) = arrow::stroke(self.reader.rest()) else { return Ok(None) };
        self.reader.skip(stroke.length);
        let start = self.reader.since(at);
        if stroke.is_hidden {
            return Ok(Some(Arrow { at, told: None }));
        }
        if stroke.is_whole {
            let label = self.label()?;
            return Ok(Some(Arrow::new(at, start, label)));
        }
        let line = self.reader.rest().lines().next().unwrap_or_default();
        let Some((label, end)) = arrow::text_and_end(start, line) else {
            let message = format!("this arrow has no end; write \"{start} text {}\"", arrow::usual_end(start));
            return Err(self.reader.fault(at, message));
        };
        self.reader.skip(label.len() + end.len());
        Ok(Some(Arrow::new(at, &arrow::joined(start, end), label)))
    }

    /// Goes past the name of an arrow, as in `e1@-->`.
    fn arrow_name(&mut self) {
        let Some((name, behind)) = self.reader.rest().split_once('@') else { return };
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if is_name && arrow::stroke(behind).is_some() {
            self.arrows.push(name);
            self.reader.skip(name.len() + 1);
        }
    }

    /// Reads the text of an arrow between upright lines; empty where there is none.
    fn label(&mut self) -> Result<&'s str, DiagramFault> {
        self.reader.skip_blanks();
        let start = self.reader.at();
        if !self.reader.eat("|") {
            return Ok("");
        }
        loop {
            match self.reader.peek() {
                Some('|') => break,
                Some('"') => self.reader.quote()?,
                None | Some('\n') => {
                    let message = "the text of this arrow is never closed; write \"|\" behind it";
                    return Err(self.reader.fault(start, message));
                }
                Some(_) => {
                    self.reader.take();
                }
            }
        }
        let label = &self.reader.since(start)[1..];
        self.reader.eat("|");
        Ok(label)
    }

    /// The arrow whose properties come next, as in `e1@{ animate: true }`.
    pub(super) fn name_of_described_arrow(&self) -> Option<&'s str> {
        let rest = self.reader.rest();
        let mut arrows = self.arrows.iter().copied();
        arrows.find(|name| rest.strip_prefix(name).is_some_and(|behind| behind.starts_with("@{")))
    }
}
