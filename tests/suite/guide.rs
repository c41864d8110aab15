//! The authors' pages hold what they describe: each construct as source and as result.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fieldguide::content::code_info::CodeInfo;
use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;
use serde_json::Value;

use super::support::{Dom, TestSite};
use super::{layers, program};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content/guide");

/// The pages of the authors' manual.
const PAGES: [&str; 4] = ["writing", "facts", "formatting", "checking"];

/// What the manual describes: the page, the construct, a part of its source, where its result stands, and a part of that.
const CONSTRUCTS: [(&str, &str, &str, &str, &str); 57] = [
    ("writing", "a metadata block", "> **Category:** ", ".facts dt", "Category"),
    ("writing", "criteria", "## Research Framework\n", ".prose td", "Retries tasks"),
    ("writing", "a rating scale", "## Rating scale\n", ".prose td strong", "work survives a lost worker"),
    ("writing", "a situation", "## Situations\n", ".prose td", "The job must survive a restart."),
    ("writing", "a provider's group", "## Example Provider\n", ".prose td", "Example Provider"),
    ("writing", "a rating", "> **Rating:** 3/5 - ", ".rated", "Rated 3/5"),
    ("writing", "a fact", "> **Assignment:** one central process[^manual]", ".facts dd", "one central process"),
    ("writing", "a fact that is No", "> **Retries tasks:** No", ".fact-no dd", "No"),
    ("writing", "a gap", "[To be completed]", "p.gap", "Not researched yet"),
    ("writing", "a source", "[^commonmark]: ", ".sources li", "John MacFarlane"),
    ("writing", "an environment", "\"date\": \"2026-11-30\"", ".prose td", "python.version"),
    ("writing", "a figure", "[0.8 ms](data/example.csv#one/1.p50_ms)", "a.measured", "0.8 ms"),
    ("writing", "a line chart", "kind = \"line\"", "figure.chart-line", "One empty trip"),
    ("writing", "a bar chart", "kind = \"bar\"", "figure.chart-bar", "One empty trip, as bars"),
    ("writing", "a dot plot", "kind = \"dot\"", "figure.chart-dot", "One empty trip with four workers"),
    ("writing", "a flowchart", "flowchart LR", "figure.diagram figcaption", "How a task runs"),
    ("writing", "a sequence diagram", "sequenceDiagram", "figure.diagram figcaption", "A task and its result"),
    ("writing", "a link", "[Sources](reading.md#sources)", "a[href='/guide/reading/#sources']", "Sources"),
    ("writing", "a navigation block", "**Navigation:**", "a[rel=prev]", "How to read a finding"),
    ("facts", "a list of criteria", "- **Overview** - what it is, in facts\n", ".prose li li strong", "Wire format"),
    ("facts", "a declared kind", "- **Task overhead** (duration) - ", ".prose td code", "duration"),
    ("facts", "a text", "> **Wire format:** lines of JSON", ".fact-value dd", "lines of JSON"),
    ("facts", "a number", "> **Ports:** about 12", ".fact-value dd", "about 12"),
    ("facts", "a duration", "> **Task overhead:** about 200 us a task", ".fact-value dd", "about 200 us a task"),
    ("facts", "a consistent unit", "about 200 us a task", ".prose td", "about 200 µs a task"),
    ("facts", "a size", "> **Largest message:** at most 64 mib", ".fact-value dd", "at most 64 mib"),
    ("facts", "a rate", "> **Steady pace:** 90 tasks per second, warm", ".fact-value dd", "90 tasks per second, warm"),
    ("facts", "a version", "> **Oldest client:** since v2.10.1", ".fact-value dd", "since v2.10.1"),
    ("facts", "a date", "> **First published:** 31 May 2024", ".fact-value dd", "31 May 2024"),
    ("facts", "a qualifier", "> **Orders results:** Yes, since 2.9", ".fact-value dd", "Yes, since 2.9"),
    ("facts", "a list", "> **Systems:** Linux, macOS (Intel, ARM)", ".fact-value dd", "Linux, macOS (Intel, ARM)"),
    (
        "facts",
        "partial",
        "> **Orders results:** Partial (within one call)",
        ".fact-value dd",
        "Partial (within one call)",
    ),
    ("facts", "no", "> **Largest message:** No", ".fact-no dd", "No"),
    ("facts", "not applicable", "Not applicable (it has no tasks)", ".fact-not-applicable dd", "(it has no tasks)"),
    ("facts", "a gap", "> **Ports:** [To be completed]", ".fact-gap dd", "Not researched yet"),
    ("formatting", "a table", "| ---: |", ".prose table td", "144"),
    ("formatting", "a task list", "- [x] ", "li.task", "Read the source"),
    ("formatting", "struck words", "~~six~~", ".prose del", "six"),
    ("formatting", "a web address", "The name https://example.org/ is", ".prose a", "https://example.org/"),
    ("formatting", "a note", "> [!NOTE]", ".markdown-alert-note", "Something a reader should know"),
    ("formatting", "a tip", "> [!TIP]", ".markdown-alert-tip", "easier"),
    ("formatting", "what is important", "> [!IMPORTANT]", ".markdown-alert-important", "succeed"),
    ("formatting", "a warning", "> [!WARNING]", ".markdown-alert-warning", "go wrong"),
    ("formatting", "a caution", "> [!CAUTION]", ".markdown-alert-caution", "do harm"),
    ("formatting", "code", "```python\nfrom concurrent", "figure.code code", "ProcessPoolExecutor"),
    ("formatting", "a file's name", "title=\"square.py\"", "figure.code figcaption", "square.py"),
    ("formatting", "marked lines", "{2} run", "figure.code mark.line", "return number * number"),
    ("formatting", "what an example printed", "{2} run", ".run samp", "[0, 1, 4, 9, 16]"),
    ("formatting", "an example's record", "\"stdout\": \"[0, 1, 4, 9, 16]\\n\"", ".run p", "; it printed"),
    ("formatting", "an image", "](finding.svg)", ".prose img", ""),
    ("checking", "a planned link", "[Next: Gamma →](gamma.md)", ".prose p", "Next, planned Gamma"),
    ("checking", "an ageing source", "read 2024-05-31.", ".prose p", "the word \"ageing\""),
    ("checking", "a disputed figure", "[0.9 ms](data/trips.csv#one/1.p50_ms)", ".prose p", "underlined with a wave"),
    ("checking", "a broken chart", "y = \"p50_s\"", ".prose p", "This chart cannot be drawn."),
    ("checking", "a broken diagram", "subgraph Machine", ".prose p", "This diagram cannot be drawn."),
    ("checking", "a broken chart's report", "y = \"p50_s\"", "figure.code code", "error[chart]: "),
    ("checking", "a broken diagram's report", "subgraph Machine", "figure.code code", "error[diagram]: "),
];

/// The guide alone.
fn site() -> TestSite {
    TestSite::prepared(|content| copy(Path::new(GUIDE), &content.join("guide")))
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

fn page(site: &TestSite, name: &str) -> Dom {
    let url = format!("/guide/{name}/");
    // Made before it is asked for: without optimisation its drawings may take longer than an answer may.
    let edition = site.edition();
    edition.page(edition.site.page_at(&url).expect("a page of the manual")).identity();
    site.page(&url)
}

fn document(name: &str) -> Document {
    let file = format!("{name}.md");
    let text = fs::read_to_string(Path::new(GUIDE).join(&file)).expect("a page of the manual");
    Document::read(DocPath::new(&format!("guide/{file}")), text)
}

/// Everything that a page shows as source.
fn sources(name: &str) -> String {
    let document = document(name);
    let languages = ["markdown", "toml", "yaml", "json"];
    let shown = document.code.iter().filter(|code| languages.contains(&code.language.as_str()));
    shown.map(|code| code.text.as_str()).collect()
}

/// The source that a page shows and that starts with these words.
fn source(name: &str, start: &str) -> String {
    let shown = document(name).code;
    let found = shown.into_iter().find(|code| code.language == "markdown" && code.text.starts_with(start));
    found.unwrap_or_else(|| panic!("{start} is not shown")).text
}

/// The files that a page shows whole, by their paths.
fn files_shown(name: &str) -> Vec<(String, String)> {
    let shown = document(name).code.into_iter();
    let named = shown.filter_map(|code| Some((CodeInfo::read(&code.info).title?.to_owned(), code.text)));
    named.filter(|(path, _)| path.contains('/')).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// The rows of a page's tables that have so many cells.
fn rows(page: &Dom, cells: usize) -> Vec<Vec<String>> {
    let all = page.rows(".prose table tbody tr", "td", &[]);
    all.into_iter().filter(|row| row.len() == cells).collect()
}

#[test]
fn each_construct_is_shown_as_source_and_as_result() {
    let site = site();
    for name in PAGES {
        let (page, sources) = (page(&site, name), sources(name));
        for (_, construct, source, selector, result) in CONSTRUCTS.into_iter().filter(|(page, ..)| *page == name) {
            assert!(sources.contains(source), "{construct} has no source");
            let results = page.texts(selector);
            assert!(results.iter().any(|text| text.contains(result)), "{construct} has no result: {results:?}");
        }
    }
}

#[test]
fn an_examples_record_is_shown_as_it_is_and_dates_what_the_example_printed() {
    let json = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let record = json(&fs::read_to_string(Path::new(GUIDE).join("data/examples.json")).expect("the lab's record"));
    let shown = document("formatting").code.into_iter().find(|code| code.text.contains("sha256")).expect("the record");
    assert_eq!(json(&shown.text), record, "formatting.md shows another run than the last one; write its record there");
    let date = record["guide/formatting.md"][0]["date"].as_str().expect("a date");
    assert_eq!(page(&site(), "formatting").texts(".run p"), [format!("Run on {date}; it printed")]);
}

#[test]
fn what_cannot_stand_on_a_plain_page_is_shown_as_source_and_leads_to_where_it_is_at_work() {
    let (document, sources) = (document("writing"), sources("writing"));
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
fn a_category_makes_of_what_is_shown_what_is_pictured() {
    let criteria = source("writing", "## Research Framework\n");
    let (scale, situations) = (source("writing", "## Rating scale\n"), source("writing", "## Situations\n"));
    let finding = source("writing", "## Architecture\n\n> **Rating:** 3/5");
    let index = format!("# F\n\n{criteria}\n{scale}\n{situations}");
    let example = format!("# Example\n\n## Overview\n\nWords.\n\n{finding}");
    let site = TestSite::of(&[
        ("f/index.md", &index),
        ("f/example.md", &example),
        ("f/other.md", "# Other\n\n## Overview\n\nWords.\n\n## Architecture\n\nWords.\n"),
    ]);
    let page = site.page("/f/example/");
    assert_eq!(page.text(".scale summary"), "What 3/5 means here");
    assert_eq!(page.text(".scale .here"), "3/5work survives a lost worker (this rating)");
    let json: Value = serde_json::from_slice(&site.get("/f/compare.json").bytes).expect("JSON");
    let criteria = json["criteria"].as_array().expect("criteria");
    let facts = criteria.iter().flat_map(|criterion| criterion["rows"].as_array().expect("rows"));
    let facts: Vec<_> = facts.filter(|row| row["kind"] == "fact").map(|row| row["name"].as_str()).collect();
    assert_eq!(facts, ["First release", "Licence", "Assignment", "Retries tasks"].map(Some));
    let choose = site.page("/f/choose/").text("main");
    assert!(choose.contains("Background jobs of a web application"), "{choose}");
}

#[test]
fn a_group_is_named_where_the_manual_says() {
    let criteria = source("writing", "## Research Framework\n");
    let provider = source("writing", "## Example Provider\n");
    let other = "## Other\n\n### Overview\n\nWords.\n\n### Architecture\n\nWords.\n";
    let site = TestSite::of(&[("f/index.md", &format!("# F\n\n{criteria}\n{provider}\n{other}"))]);
    assert_eq!(site.page("/f/example/").text(".eyebrow"), "Example Provider");
    assert_eq!(site.page("/f/compare/").texts(".heads .quiet"), ["Example Provider"]);
}

#[test]
fn the_environment_that_is_shown_is_the_one_of_the_guides_table() {
    let file = fs::read_to_string(Path::new(GUIDE).join("data/environment.json")).expect("an environment");
    assert!(files_shown("writing").contains(&("guide/data/environment.json".to_owned(), file)));
    let table = site().page("/guide/data/example/");
    assert!(table.text("article > p").starts_with("Measured 2026-11-30."));
    let shown: Vec<_> = table.texts(".environment dt").into_iter().zip(table.texts(".environment dd")).collect();
    assert_eq!(shown.len(), 3);
    let told = document("writing").source;
    for (name, value) in shown {
        assert!(told.contains(&format!("\n| {name} | {value} |\n")), "{name} is not told as it is shown");
    }
}

#[test]
fn values_are_told_as_the_program_shows_and_exports_them() {
    let files = files_shown("facts");
    let example = TestSite::of(&borrowed(&files));
    let page = page(&site(), "facts");
    let json: Value = serde_json::from_slice(&example.get("/schedulers/compare.json").bytes).expect("JSON");
    let facts = json["criteria"][0]["rows"].as_array().expect("rows").iter().filter(|row| row["kind"] == "fact");
    let facts: Vec<_> = facts.collect();
    let place = |name: &str| facts.iter().position(|row| row["name"] == name).expect("a declared fact");
    let shown = |slug: &str| example.page(&format!("/schedulers/{slug}/")).texts(".facts > div > dd");
    let (alpha, beta) = (shown("alpha"), shown("beta"));
    let values: Vec<_> = rows(&page, 3).into_iter().filter(|row| row[2].starts_with('{')).collect();
    assert_eq!(values.len(), facts.len(), "a value of each kind is told");
    for row in values {
        let at = place(&row[0]);
        assert_eq!(row[1], alpha[at]);
        let value = &facts[at]["values"]["alpha"];
        let exported = ["value", "unit", "qualifier"].into_iter();
        let exported: Value = exported.filter_map(|key| Some((key, value.get(key)?.clone()))).collect();
        assert_eq!(serde_json::from_str::<Value>(&row[2]).expect("JSON"), exported, "{}", row[0]);
    }
    let states = rows(&page, 4);
    for row in &states {
        let at = place(&row[0]);
        let value = &facts[at]["values"]["beta"];
        assert_eq!(row[1], beta[at]);
        assert_eq!((&value["text"], &value["state"]), (&row[2].clone().into(), &row[3].clone().into()));
    }
    let told: BTreeSet<_> = states.iter().map(|row| row[3].as_str()).collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["gap", "no", "not-applicable", "not-stated", "value"]);
}

#[test]
fn what_is_broken_is_told_as_the_program_shows_and_reports_it() {
    let files = files_shown("checking");
    let printed = program::check(&borrowed(&files), &["--today", "2026-11-30"]);
    let shown = document("checking").code.into_iter().filter(|code| code.language == "text" && code.info.is_empty());
    let reports: Vec<_> = shown.map(|code| code.text).collect();
    assert_eq!(reports.len(), 5);
    for report in reports {
        assert!(printed.contains(&report), "{report} is not in {printed}");
    }
    let example = TestSite::on((2026, 11, 30), &borrowed(&files));
    let told = page(&site(), "checking").text("main");
    let seen = [
        ("plan", ".neighbours .planned", "Next, planned Gamma"),
        ("alpha", ".sources .ageing", "ageing"),
        ("sources", "article > p", "1 source, 1 of them read long ago."),
        ("beta", "a.disputed", "0.9 ms"),
        ("chart", ".chart.broken .fault", "This chart cannot be drawn."),
        ("diagram", ".diagram.broken .fault", "This diagram cannot be drawn."),
    ];
    for (slug, selector, words) in seen {
        assert_eq!(example.page(&format!("/schedulers/{slug}/")).text(selector), words);
        assert!(told.contains(words), "{words} is not told");
    }
    let pointed = example.page("/schedulers/beta/").attributes("a.disputed", "title");
    assert!(pointed.len() == 1 && told.contains(&pointed[0]), "{pointed:?} is not told");
}

/// All that an author can be told, as severity and code. That each has a test of its text, `diagnostics` sees to.
fn all_that_is_told() -> BTreeSet<(String, String)> {
    let suite = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite")).expect("the suite").flatten();
    let suite = suite.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    let texts: String = suite.chain(layers::sources().into_iter().map(|(_, text)| text)).collect();
    let mut told = BTreeSet::new();
    for severity in ["error", "warning", "note"] {
        for (at, opening) in texts.match_indices(&format!("{severity}[")) {
            let Some((code, _)) = texts[at + opening.len()..].split_once("]: ") else { continue };
            if code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                told.insert((severity.to_owned(), code.to_owned()));
            }
        }
    }
    told
}

#[test]
fn all_that_the_check_reports_is_in_the_table_with_its_severity() {
    let table = rows(&page(&site(), "checking"), 3);
    let listed: BTreeSet<_> = table.iter().map(|row| (row[1].clone(), row[0].clone())).collect();
    let told = all_that_is_told();
    assert!(told.len() > 40, "each way of telling is found: {told:?}");
    assert_eq!(told.difference(&listed).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "add it to the table");
    assert_eq!(listed.difference(&told).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "nothing tells it");
    assert_eq!(listed.len(), table.len(), "each stands there once");
}

#[test]
fn each_drawing_is_the_very_one_whose_source_is_shown() {
    let document = document("writing");
    let drawings: Vec<_> = document.code.iter().filter(|code| code.is_drawing()).collect();
    assert_eq!(drawings.len(), 5, "three kinds of charts and two of diagrams");
    for drawing in drawings {
        let fence = format!("```{}\n{}```\n", drawing.language, drawing.text);
        assert!(document.code.iter().any(|code| code.language == "markdown" && code.text == fence), "{fence}");
    }
}

#[test]
fn the_keys_of_a_chart_are_all_named() {
    let document = document("writing");
    let told = fieldguide::chart::Spec::read("colour = 1\n").expect_err("no chart").message;
    let keys = told.split_once("expected one of ").expect("the keys").1.split(", ");
    let text: String = document.sections.iter().map(|section| section.text()).collect::<Vec<_>>().join("\n");
    for key in keys.map(|key| key.trim_matches('`')) {
        assert!(text.contains(key), "{key} is not explained");
    }
}
