//! The authors' page holds what it describes: each construct as source and as result.

use std::fs;
use std::path::Path;

use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;

use super::support::{Dom, TestSite};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content/guide");

fn page() -> Dom {
    let site = TestSite::prepared(|content| copy(Path::new(GUIDE), &content.join("guide")));
    // Made before it is asked for: without optimisation its drawings may take longer than an answer may.
    let edition = site.edition();
    edition.page(edition.site.page_at("/guide/writing/").expect("the authors' page")).identity();
    site.page("/guide/writing/")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("the guide").flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => copy(&entry.path(), &to.join(entry.file_name())),
            _ => drop(fs::copy(entry.path(), to.join(entry.file_name())).expect("copied")),
        }
    }
}

fn document() -> Document {
    let text = fs::read_to_string(Path::new(GUIDE).join("writing.md")).expect("the authors' page");
    Document::read(DocPath::new("guide/writing.md"), text)
}

/// Everything that the page shows as source.
fn sources() -> String {
    let document = document();
    let shown = document.code.iter().filter(|code| matches!(code.language.as_str(), "markdown" | "toml" | "yaml"));
    shown.map(|code| code.text.as_str()).collect()
}

#[test]
fn each_construct_is_shown_as_source_and_as_result() {
    let (page, sources) = (page(), sources());
    let constructs = [
        ("a metadata block", "> **Category:** ", ".facts dt", "Category"),
        ("a rating", "> **Rating:** 3/5 - ", ".rated", "Rated 3/5"),
        ("a fact", "> **Assignment:** one central process[^manual]", ".facts dd", "one central process"),
        ("a fact that is No", "> **Retries tasks:** No", ".fact-no dd", "No"),
        ("a gap", "[To be completed]", "p.gap", "Not researched yet"),
        ("a source", "[^commonmark]: ", ".sources li", "John MacFarlane"),
        ("a figure", "[0.8 ms](data/example.csv#one/1.p50_ms)", "a.measured", "0.8 ms"),
        ("a line chart", "kind = \"line\"", "figure.chart-line", "One empty trip"),
        ("a bar chart", "kind = \"bar\"", "figure.chart-bar", "One empty trip, as bars"),
        ("a dot plot", "kind = \"dot\"", "figure.chart-dot", "One empty trip with four workers"),
        ("a flowchart", "flowchart LR", "figure.diagram figcaption", "How a task runs"),
        ("a sequence diagram", "sequenceDiagram", "figure.diagram figcaption", "A task and its result"),
        ("a link", "[Sources](reading.md#sources)", "a[href='/guide/reading/#sources']", "Sources"),
        ("a navigation block", "**Navigation:**", "a[rel=prev]", "How to read a finding"),
        ("a table", "| ---: |", ".prose table td", "144"),
        ("a task list", "- [x] ", "li.task", "Read the source"),
        ("struck words", "~~six~~", ".prose del", "six"),
        ("a web address", "The name https://example.org/ is", ".prose a", "https://example.org/"),
        ("a note", "> [!NOTE]", ".markdown-alert-note", "Something a reader should know"),
        ("a tip", "> [!TIP]", ".markdown-alert-tip", "easier"),
        ("what is important", "> [!IMPORTANT]", ".markdown-alert-important", "succeed"),
        ("a warning", "> [!WARNING]", ".markdown-alert-warning", "go wrong"),
        ("a caution", "> [!CAUTION]", ".markdown-alert-caution", "do harm"),
        ("code", "```python\nfrom concurrent", "figure.code code", "ProcessPoolExecutor"),
        ("a file's name", "title=\"square.py\"", "figure.code figcaption", "square.py"),
        ("marked lines", "{2} run", "figure.code mark.line", "return number * number"),
        ("what an example printed", "{2} run", ".run samp", "[0, 1, 4, 9, 16]"),
        ("an image", "](finding.svg)", ".prose img", ""),
    ];
    for (construct, source, selector, result) in constructs {
        assert!(sources.contains(source), "{construct} has no source");
        let results = page.texts(selector);
        assert!(results.iter().any(|text| text.contains(result)), "{construct} has no result: {results:?}");
    }
}

#[test]
fn what_cannot_stand_on_a_plain_page_is_shown_as_source_and_leads_to_where_it_is_at_work() {
    let (document, sources) = (document(), sources());
    let constructs = [
        ("## Research Framework\n", "index.md#research-framework"),
        ("## Rating scale\n", "index.md#rating-scale"),
        ("## Situations\n", "index.md#situations"),
        ("# Example\n\n## Overview\n", "ray.md"),
    ];
    for (source, place) in constructs {
        assert!(sources.contains(source), "{source} is not shown");
        let url = format!("../distributed-computing-frameworks/{place}");
        assert!(document.links.iter().any(|link| link.url == url), "nothing leads to {url}");
    }
}

#[test]
fn each_drawing_is_the_very_one_whose_source_is_shown() {
    let document = document();
    let drawings: Vec<_> = document.code.iter().filter(|code| code.is_drawing()).collect();
    assert_eq!(drawings.len(), 5, "three kinds of charts and two of diagrams");
    for drawing in drawings {
        let fence = format!("```{}\n{}```\n", drawing.language, drawing.text);
        assert!(document.code.iter().any(|code| code.language == "markdown" && code.text == fence), "{fence}");
    }
}

#[test]
fn the_keys_of_a_chart_are_all_named() {
    let document = document();
    let told = fieldguide::chart::Spec::read("colour = 1\n").expect_err("no chart").message;
    let keys = told.split_once("expected one of ").expect("the keys").1.split(", ");
    let text: String = document.sections.iter().map(|section| section.text()).collect::<Vec<_>>().join("\n");
    for key in keys.map(|key| key.trim_matches('`')) {
        assert!(text.contains(key), "{key} is not explained");
    }
}
