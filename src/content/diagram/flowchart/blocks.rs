//! Blocks of a flowchart: from `subgraph` to `end`.

use std::fmt::Write as _;

use super::Chart;
use crate::content::diagram::{DiagramFault, veil};

impl Chart<'_> {
    /// The beginning of a block: its name and its title in brackets, or its title alone.
    pub(super) fn block(&mut self, start: usize) -> Result<(), DiagramFault> {
        self.open.push(start);
        self.reader.eat("subgraph");
        self.reader.skip_blanks();
        let at = self.reader.at();
        self.name();
        let name = veil::name(self.reader.since(at));
        self.reader.skip_blanks();
        let behind = self.reader.at();
        let is_named = !name.is_empty() && (self.reader.is_end() || self.reader.rest().starts_with('['));
        self.line()?;
        let told = match is_named {
            true => name + &veil::text(self.reader.since(behind).trim()),
            false => veil::text(self.reader.since(at).trim()),
        };
        let _ = writeln!(self.told, "subgraph {}", if told.is_empty() { "\" \"" } else { told.as_str() });
        Ok(())
    }

    pub(super) fn close(&mut self, start: usize) -> Result<(), DiagramFault> {
        if self.open.pop().is_none() {
            let message = "\"end\" closes nothing here; remove it, or open a \"subgraph\" above it";
            return Err(self.reader.fault(start, message));
        }
        self.reader.eat("end");
        self.told.push_str("end\n");
        self.expect_end()
    }
}
