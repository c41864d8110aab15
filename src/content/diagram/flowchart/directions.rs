//! Which way a flowchart runs, and a block of it.

use std::fmt::Write as _;

use super::Chart;
use crate::content::diagram::{DiagramFault, short};

impl Chart<'_> {
    /// The first line: what is drawn, and its direction.
    pub(super) fn header(&mut self) -> Result<(), DiagramFault> {
        self.reader.take_while(|c| c.is_alphanumeric() || c == '-');
        self.reader.skip_blanks();
        let at = self.reader.at();
        let word = self.reader.take_while(|c| !c.is_whitespace() && c != ';');
        let direction = if word.is_empty() { Some("TB") } else { direction(word) };
        let Some(direction) = direction else { return Err(self.no_direction(at, word)) };
        let _ = writeln!(self.told, "flowchart {direction}");
        Ok(())
    }

    /// The direction of a block.
    pub(super) fn direction(&mut self) -> Result<(), DiagramFault> {
        self.reader.eat("direction");
        self.reader.skip_blanks();
        let at = self.reader.at();
        let word = self.reader.take_while(|c| c.is_alphanumeric());
        let Some(direction) = direction(word) else { return Err(self.no_direction(at, word)) };
        let _ = writeln!(self.told, "direction {direction}");
        self.expect_end()
    }

    fn no_direction(&self, at: usize, word: &str) -> DiagramFault {
        self.reader.fault(at, format!("\"{}\" is no direction; write TB, TD, BT, LR or RL", short(word)))
    }
}

fn direction(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_uppercase().as_str() {
        "TB" | "TD" | "V" => "TB",
        "BT" | "^" => "BT",
        "LR" | ">" => "LR",
        "RL" | "<" => "RL",
        _ => return None,
    })
}
