//! Charts and diagrams made for measuring: a page of them and the table that the charts draw.

use std::fmt::Write as _;

/// A page with so many charts of `data/t.csv` and as many diagrams; `edit` stands in the first diagram.
pub fn page(count: usize, edit: usize) -> String {
    let mut text = String::from("# Drawings\n");
    for number in 0..count {
        let kind = ["line", "bar", "dot"][number % 3];
        let edit = if number == 0 { edit } else { 0 };
        let _ = write!(
            text,
            "\n## Pair {number}\n\n```chart\ndata = \"data/t.csv\"\nkind = \"{kind}\"\nx = \"workers\"\ny = \"p50_ms\"\nseries = \"name\"\ntitle = \"Chart {number}\"\n```\n\n\
            ```mermaid\nflowchart LR\n  accTitle: Diagram {number}\n  A[Driver {number}] -->|submits {edit}| B{{Scheduler}}\n  B --> C[Worker one]\n  B --> D[Worker two]\n  C --> E[(Store)]\n  D --> E\n```\n"
        );
    }
    text
}

/// A table of four frameworks on up to sixteen workers; `edit` stands in its first row.
pub fn table(edit: usize) -> String {
    let mut text = String::from("name,workers,p50_ms\n");
    for (place, name) in ["one", "two", "three", "four"].iter().enumerate() {
        for workers in [1, 2, 4, 8, 16] {
            let first = if place == 0 && workers == 1 { edit } else { 0 };
            let _ = writeln!(text, "{name},{workers},{}.{first}", (place + 1) * workers);
        }
    }
    text
}
