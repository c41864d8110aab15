//! Texts in brackets and in quotes, as nodes have them.

use super::reader::Reader;
use crate::content::diagram::DiagramFault;

impl<'s> Reader<'s> {
    /// Reads a text in brackets, from the one that opens it to the one that closes it.
    pub(super) fn brackets(&mut self) -> Result<&'s str, DiagramFault> {
        let start = self.at();
        let mut open: Vec<(usize, char)> = Vec::new();
        // A text may go on in the next line, but no bracket is opened there in a text without quotes.
        let mut is_below = false;
        while let Some(c) = self.peek() {
            let at = self.at();
            match c {
                '"' => {
                    self.quote()?;
                    continue;
                }
                '[' | '(' | '{' if is_below => break,
                '[' | '(' | '{' => open.push((at, c)),
                '>' if open.is_empty() => open.push((at, c)),
                '\n' => is_below = true,
                ']' | ')' | '}' => match open.last().copied() {
                    Some((_, opener)) if closer(opener) == c => {
                        open.pop();
                    }
                    Some((_, opener)) if !is_below => {
                        let message = format!("\"{opener}\" is closed by \"{c}\"; close it by \"{}\"", closer(opener));
                        return Err(self.fault(at, message));
                    }
                    _ => break,
                },
                _ => {}
            }
            self.take();
            if open.is_empty() {
                return Ok(self.since(start));
            }
        }
        let (at, opener) = open.last().copied().unwrap_or((start, '['));
        let message = format!("\"{opener}\" is never closed; write \"{}\" behind its text", closer(opener));
        Err(self.fault(at, message))
    }

    /// Goes past a text in quotes.
    pub(super) fn quote(&mut self) -> Result<(), DiagramFault> {
        let start = self.at();
        self.take();
        self.take_while(|c| c != '"');
        let is_closed = self.eat("\"");
        // A quote that is forgotten ends at the next one, which was to open a text.
        let runs_into_another = self.since(start).contains('\n')
            && self.peek().is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | '(' | '{'));
        if is_closed && !runs_into_another {
            return Ok(());
        }
        Err(self.fault(start, "this quote is never closed; write another \" behind its text"))
    }
}

fn closer(opener: char) -> char {
    match opener {
        '(' => ')',
        '{' => '}',
        _ => ']',
    }
}
