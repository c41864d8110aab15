//! `fieldguide search`: the answer to a query on a terminal, or as JSON.

use std::io::{self, IsTerminal as _, Write};
use std::process::ExitCode;

use super::printed;
use crate::config::{Colours, SearchConfig, USUAL_ADDRESS};
use crate::edition::Library;
use crate::search::{Hit, Query};
use crate::views::{AnswerRow, SearchAnswer};

const BOLD: &str = "1";
const DIM: &str = "2";
const FOUND: &str = "1;33";
const TITLE: &str = "1;36";

/// Searches the content and prints what is found.
///
/// # Errors
/// When the content cannot be read or the answer cannot be written.
pub fn run(config: &SearchConfig) -> anyhow::Result<ExitCode> {
    let (_, edition) = Library::open(&config.content, false)?;
    let query = Query { text: config.query.clone(), limit: config.limit, ..Query::default() };
    let results = edition.search.search(&edition.site, &query);
    let found = SearchAnswer::of(&edition.site, &results);
    let mut out = io::stdout().lock();
    let written = if config.json {
        serde_json::to_writer_pretty(&mut out, &found).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        let usual = format!("http://{USUAL_ADDRESS}");
        let base = config.base_url.as_deref().or(edition.chrome().canonical_base).unwrap_or(&usual);
        let is_styled = match config.colours {
            Colours::Auto => io::stdout().is_terminal(),
            chosen => chosen == Colours::Always,
        };
        Printer { out: &mut out, is_styled, base: base.trim_end_matches('/') }.answer(&found)
    };
    printed(written)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes an answer for people.
struct Printer<'o, W> {
    out: &'o mut W,
    is_styled: bool,
    base: &'o str,
}

impl<W: Write> Printer<'_, W> {
    fn answer(&mut self, found: &SearchAnswer) -> io::Result<()> {
        if let Some(row) = &found.answer {
            self.row(row)?;
        }
        let results = found.results;
        for (number, hit) in results.hits.iter().enumerate() {
            self.hit(number + 1, hit)?;
        }
        if let Some(text) = &results.did_you_mean {
            writeln!(self.out, "Did you mean: {}", plain(text))?;
        }
        match (results.total, results.hits.len()) {
            (0, _) => writeln!(self.out, "Nothing found."),
            (1, _) => writeln!(self.out, "1 result"),
            (total, shown) if shown < total => writeln!(self.out, "{shown} of {total} results"),
            (total, _) => writeln!(self.out, "{total} results"),
        }
    }

    fn row(&mut self, row: &AnswerRow) -> io::Result<()> {
        let heading = self.styled(BOLD, &plain(&row.name));
        let about = self.styled(DIM, &plain(&row.about()));
        writeln!(self.out, "{}  {about}", self.linked(&row.url, &heading))?;
        let width = row.cells.iter().map(|cell| cell.title.chars().count()).max().unwrap_or(0);
        for cell in &row.cells {
            let name = self.linked(&cell.url, &plain(cell.title));
            let room = " ".repeat(width - cell.title.chars().count().min(width));
            let rating = cell.rating.map_or("   ".to_owned(), |rating| format!("{rating}/5"));
            let ratings = cell.ratings.iter().map(|(criterion, rating)| format!("{criterion} {rating}/5"));
            let ratings = ratings.collect::<Vec<_>>().join(", ");
            writeln!(self.out, "  {name}{room}  {rating}  {}{}", plain(&cell.text), plain(&ratings))?;
        }
        writeln!(self.out)
    }

    fn hit(&mut self, number: usize, hit: &Hit) -> io::Result<()> {
        let title = self.styled(TITLE, &plain(&hit.title));
        let rating = hit.rating.map_or(String::new(), |rating| format!("  {rating}/5"));
        writeln!(self.out, "{number:>2}. {}{rating}", self.linked(&hit.href, &title))?;
        if !hit.path.is_empty() {
            writeln!(self.out, "    {}", self.styled(DIM, &plain(&hit.path.join(" / "))))?;
        }
        if !hit.excerpt.is_empty() {
            writeln!(self.out, "    {}", self.marked(&hit.excerpt, &hit.excerpt_marks))?;
        }
        if !self.is_styled {
            writeln!(self.out, "    {}{}", self.base, hit.href)?;
        }
        writeln!(self.out)
    }

    /// A text with its matches in colour.
    fn marked(&self, text: &str, marks: &[[usize; 2]]) -> String {
        let characters: Vec<char> = text.chars().collect();
        let part = |from: usize, to: usize| plain(&characters[from..to].iter().collect::<String>());
        let (mut marked, mut at) = (String::new(), 0);
        for &[start, end] in marks {
            marked += &part(at, start);
            marked += &self.styled(FOUND, &part(start, end));
            at = end;
        }
        marked + &part(at, characters.len())
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.is_styled { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A text that leads somewhere, in terminals that know OSC 8.
    fn linked(&self, href: &str, text: &str) -> String {
        if !self.is_styled {
            return text.to_owned();
        }
        format!("\u{1b}]8;;{}{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", self.base, plain(href))
    }
}

/// A text without the characters by which it could command a terminal.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
