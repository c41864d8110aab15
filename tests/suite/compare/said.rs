//! What page and exports say, read back from each of their forms into one.

use crate::support::Dom;

/// A cell as a page or an export has it: its state, its text, its rating, the numbers of its sources, and whether
/// it was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub state: String,
    pub text: String,
    rating: Option<u64>,
    sources: Vec<u64>,
    measured: bool,
}

/// A row by its name.
pub type Saying = (String, Vec<Said>);

/// What the page adds to names and values.
pub const ADDED: [&str; 6] = ["vh", "cite", "more", "method", "hint", "all"];

/// A text as page and export both have it: white space and the dash before a reason aside.
pub fn bare(text: &str) -> String {
    text.replace(" - ", " ").split_whitespace().collect()
}

/// The rows of whole tables that have frameworks as columns.
pub const ROWS: &str = "table.matrix > tbody > tr:not(.group)";

/// The rows of tables of the page that have frameworks as columns.
pub fn shown(page: &Dom, rows: &str) -> Vec<Saying> {
    let texts = page.rows(rows, "th[scope=row], td", &ADDED);
    let said = |(texts, cells): (Vec<String>, Vec<(String, Dom)>)| {
        let says = cells.iter().zip(&texts[1..]).map(|((class, inside), text)| {
            let number = |text: String| text.split('/').next().and_then(|number| number.parse().ok());
            Said {
                state: class.split(' ').next().unwrap_or_default().trim_start_matches("is-").to_owned(),
                text: bare(text),
                rating: inside.texts(".rating").into_iter().find_map(|text| number(text.replace("Rated ", ""))),
                sources: inside.texts(".cite").into_iter().filter_map(number).fold(Vec::new(), with_new),
                measured: inside.count(".measured") > 0,
            }
        });
        (texts[0].clone(), says.collect())
    };
    texts.into_iter().zip(page.cells(rows, "td")).map(said).collect()
}

fn with_new(mut numbers: Vec<u64>, number: u64) -> Vec<u64> {
    if !numbers.contains(&number) {
        numbers.push(number);
    }
    numbers
}

/// The rows of a table of the page that has frameworks as rows.
pub fn shown_as_rows(page: &Dom) -> Vec<Saying> {
    let names = page.rows("table.matrix.rows > thead > tr:last-child", "th[scope=col]", &ADDED).remove(0);
    let frameworks = shown(page, "table.matrix.rows > tbody > tr");
    let column = |(at, name): (usize, String)| (name, frameworks.iter().map(|(_, says)| says[at].clone()).collect());
    names.into_iter().enumerate().map(column).collect()
}

/// The rows of the sheets of a page for paper, put together again.
pub fn shown_on_paper(page: &Dom, row_count: usize) -> Vec<Saying> {
    let mut sheets = shown(page, ROWS).into_iter();
    let mut rows: Vec<Saying> = sheets.by_ref().take(row_count).collect();
    for (at, (name, says)) in sheets.enumerate() {
        let row = &mut rows[at % row_count];
        assert_eq!(row.0, name, "each sheet has the same rows");
        row.1.extend(says);
    }
    rows
}

/// The rows that JSON holds under a criterion, with whether they differ.
pub fn exported(json: &serde_json::Value, criterion: &serde_json::Value) -> Vec<(Saying, bool)> {
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let row = |row: serde_json::Value| {
        let says = list(&json["frameworks"]).into_iter().map(|framework| {
            let value = &row["values"][framework["slug"].as_str().unwrap_or_default()];
            let sources = list(&value["sources"]).iter().filter_map(|source| source["number"].as_u64()).collect();
            Said {
                state: text(&value["state"]),
                text: bare(&text(&value["text"])),
                rating: value["rating"].as_u64(),
                sources,
                measured: value["measured"] == true,
            }
        });
        ((text(&row["name"]), says.collect()), row["differs"] == true)
    };
    list(&criterion["rows"]).into_iter().map(row).collect()
}

/// The rows of Markdown's tables: the name, then each cell's text with the texts of its footnotes.
pub fn markdown_rows(markdown: &str) -> Vec<Vec<(String, Vec<String>)>> {
    let notes: Vec<(&str, String)> = markdown
        .lines()
        .filter_map(|line| line.strip_prefix("[^")?.split_once("]: "))
        .map(|(number, text)| (number, unescaped(text).remove(0).0))
        .collect();
    let note = |number: String| notes.iter().find(|(known, _)| **known == number).expect("a footnote").1.clone();
    let rows = markdown
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| Fact |") && !line.starts_with("| ---"));
    rows.map(|line| {
        let cells = unescaped(line.trim_start_matches('|').trim_end_matches('|'));
        cells.into_iter().map(|(text, marks)| (text, marks.into_iter().map(note).collect())).collect()
    })
    .collect()
}

/// A line of Markdown, divided at its bars: the plain text of each part and the footnotes it cites.
fn unescaped(line: &str) -> Vec<(String, Vec<String>)> {
    let mut parts = vec![(String::new(), Vec::new())];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let part = parts.last_mut().expect("a part");
        match c {
            '\\' => part.0.extend(chars.next()),
            '|' => parts.push((String::new(), Vec::new())),
            '[' => part.1.push(chars.by_ref().take_while(|c| *c != ']').collect::<String>().replace('^', "")),
            c => part.0.push(c),
        }
    }
    parts
}

/// A text of CSV without the apostrophe that keeps it from being a formula.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}
