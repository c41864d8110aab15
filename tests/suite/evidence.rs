//! What claims rest on: typed facts, ratings, sources, measured figures, charts, diagrams, code, completeness.
//!
//! Each construct has a fixture of what a page shows, each diagnostic one of the exact text and place.

use std::fs;

use fieldguide::content::metadata::FactKind;
use fieldguide::edition::Library;
use proptest::prelude::*;

use super::support::TestSite;

const INDEX: &str = "\
# Frameworks

## Research Framework

- **Architecture** - How work is organised
  - **Scheduler** - who decides
  - **Task overhead** (duration) - what one task costs
  - **Retries** (yes/no) - whether a task is run again
- **Performance** - What it reaches

## Rating scale

- **Architecture**
  - **1** - one process, nothing survives it
  - **3** - survives a lost worker
  - **5** - survives any lost process

## Frameworks

- [Ray](ray.md)
- [Dask](dask.md)
";

const RAY: &str = "\
# Ray

## Architecture

> **Rating:** 4/5 - decentralised
> **Scheduler:** distributed[^paper]
> **Task overhead:** about [615 us](data/trip.csv#ray/1.p50_ms) a task
> **Retries:** Yes, since 1.0[^docs]

A task takes [0.61 ms](data/trip.csv#ray/1.p50_ms).[^docs]

## Performance

```chart
data = \"data/trip.csv\"
x = \"workers\"
y = \"p50_ms\"
series = \"framework\"
low = \"p25_ms\"
high = \"p75_ms\"
scale = \"log\"
title = \"One <trip>\"
caption = \"Less is better.\"
```

```mermaid
flowchart LR
  accTitle: How a task runs
  A[Driver] --> B[Scheduler]
```

```python title=\"etl.py\" {2} run
x = 1
print(x)
```

[^paper]: P. Moritz et al., *Ray: a paper*, 2018, <https://www.example.org/ray/>, read 2024-05-31.
[^docs]: The Ray project, *Ray manual*, version 2.9, <https://example.org/docs>, read 2026-10-01.
";

const DASK: &str = "\
# Dask

## Architecture

> **Rating:** 3/5 - one scheduler
> **Scheduler:** central[^1]
> **Task overhead:** 1500us
> **Retries:** No

It asks one process.

## Performance

[To be completed]

[^1]: Moritz, *Ray: a paper*, <http://example.org/ray#page=2>, read 2026-01-01.
";

const CSV: &str = "framework,workers,p50_ms,p25_ms,p75_ms\nray,1,0.6149,0.5,0.9\nray,4,0.4,0.3,0.5\ndask,1,1.5,1.2,1.9\ndask,4,1.1,1,1.3\n";
const ENVIRONMENT: &str = r#"{"date": "2026-11-20", "cpu": "two <cores>", "python": {"version": "3.13"}}"#;

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("f/index.md", INDEX),
        ("f/ray.md", RAY),
        ("f/dask.md", DASK),
        ("f/method.md", "# Method\n\nThree times.\n"),
        ("f/data/trip.csv", CSV),
        ("f/data/environment.json", ENVIRONMENT),
    ]
}

fn site() -> TestSite {
    TestSite::on((2026, 11, 22), &files())
}

/// The diagnostics of a site of the usual files and these: severity, code, place, message and help.
fn told(more: &[(&str, &str)]) -> Vec<String> {
    let mut all = files();
    for (path, text) in more {
        all.retain(|(known, _)| known != path);
        all.push((path, text));
    }
    let site = TestSite::on((2026, 11, 22), &all);
    let told = site.edition().site.diagnostics();
    told.into_iter()
        .filter(|d| {
            !matches!(d.code, "gap" | "example-not-run" | "source-ageing" | "no-scale" | "fact-missing" | "fact-source")
        })
        .map(|d| d.to_string())
        .collect()
}

/// Ray's page with some of its lines replaced.
fn ray(from: &str, to: &str) -> String {
    assert!(RAY.contains(from), "{from}");
    RAY.replacen(from, to, 1)
}

#[test]
fn the_fixture_itself_has_no_fault() {
    assert_eq!(told(&[]), Vec::<String>::new());
}

#[test]
fn facts_are_typed_from_page_to_export() {
    let site = site();
    let page = site.page("/f/dask/");
    assert!(page.html(".fact-number dd").contains("1500&nbsp;µs"), "{}", page.html(".fact-number dd"));
    let json: serde_json::Value = serde_json::from_slice(&site.get("/f/compare.json").bytes).expect("JSON");
    let row = |slug: &str| {
        let rows = json["criteria"][0]["rows"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["slug"] == slug).expect("the row")["values"].clone()
    };
    let overhead = row("task-overhead");
    assert_eq!((&overhead["ray"]["value"], &overhead["ray"]["unit"]), (&0.000_615.into(), &"s".into()));
    assert_eq!(
        (&overhead["ray"]["qualifier"], &overhead["ray"]["text"]),
        (&"about … a task".into(), &"about 615 us a task".into())
    );
    assert_eq!(overhead["dask"]["value"], 0.0015);
    let retries = row("retries");
    assert_eq!((&retries["ray"]["value"], &retries["ray"]["qualifier"]), (&"yes".into(), &"since 1.0".into()));
    assert_eq!((&retries["dask"]["state"], &retries["dask"]["value"]), (&"no".into(), &"no".into()));
    assert_eq!(site.page("/f/compare/").count("td.is-number"), 2);
}

/// Facts of every kind: the kind, what is written, what a page shows, the value for programs, and what qualifies it.
const WRITTEN: [(&str, &str, &str, &str, &str); 14] = [
    ("number", "12 bowls", "12 bowls", r#"{"value": 12.0, "unit": ""}"#, "bowls"),
    ("number", "about 1,200", "about 1,200", r#"{"value": 1200.0, "unit": ""}"#, "about"),
    ("number", "99.5 %", "99.5 %", r#"{"value": 99.5, "unit": "%"}"#, ""),
    ("duration", "about 200us a task", "about 200 µs a task", r#"{"value": 0.0002, "unit": "s"}"#, "about … a task"),
    ("duration", "1 h 30 min", "1 h 30 min", r#"{"value": 5400.0, "unit": "s"}"#, ""),
    ("size", "at most 64 mib", "at most 64 MiB", r#"{"value": 67108864.0, "unit": "B"}"#, "at most"),
    ("rate", "90 tasks per second, warm", "90 tasks/s, warm", r#"{"value": 90.0, "unit": "1/s"}"#, "warm"),
    ("version", "since v2.10.1", "since v2.10.1", r#"{"value": "2.10.1"}"#, "since"),
    ("date", "announced in May 2024", "announced in May 2024", r#"{"value": "2024-05"}"#, "announced in"),
    ("date", "2024-05-31", "2024-05-31", r#"{"value": "2024-05-31"}"#, ""),
    ("yes/no", "Yes, since 2.9", "Yes, since 2.9", r#"{"value": "yes"}"#, "since 2.9"),
    ("yes/no", "Partial (reads only)", "Partial (reads only)", r#"{"value": "partial"}"#, "reads only"),
    (
        "list",
        "Linux, macOS (Intel, ARM)",
        "Linux, macOS (Intel, ARM)",
        r#"{"value": ["Linux", "macOS (Intel, ARM)"]}"#,
        "",
    ),
    ("text", "one process", "one process", r#"{"value": "one process"}"#, ""),
];

/// What a fact of any kind may say instead: what is written, what its page shows, what the comparison says, the state.
const WITHOUT_VALUE: [(&str, &str, &str, &str); 3] = [
    ("No", "No", "No", "no"),
    ("Not applicable (no tasks)", "Not applicable (no tasks)", "Not applicable (no tasks)", "not-applicable"),
    ("[To be completed]", "Not researched yet", "not researched", "gap"),
];

/// A category in which A states `WRITTEN`, and B, C and D say the same of all these facts: one of `WITHOUT_VALUE`.
fn site_of_every_kind() -> TestSite {
    let declared = WRITTEN.iter().enumerate().map(|(n, (kind, ..))| format!("  - **Fact {n}** ({kind}) - x\n"));
    let declared: String = declared.collect();
    let index = format!("# F\n\n## Research Framework\n\n- **Architecture** - x\n{declared}- **Use** - x\n");
    let framework = |name: &str, said: &[&str]| {
        let lines: String = said.iter().enumerate().map(|(n, said)| format!("> **Fact {n}:** {said}  \n")).collect();
        format!("# {name}\n\n## Architecture\n\n{lines}\nWords.\n\n## Use\n\nWords.\n")
    };
    let values = WRITTEN.map(|(_, written, ..)| written);
    let [no, not_applicable, gap] = WITHOUT_VALUE.map(|(written, ..)| [written; WRITTEN.len()]);
    TestSite::of(&[
        ("f/index.md", &index),
        ("f/a.md", &framework("A", &values)),
        ("f/b.md", &framework("B", &no)),
        ("f/c.md", &framework("C", &not_applicable)),
        ("f/d.md", &framework("D", &gap)),
    ])
}

/// What is in the comparison of that category: the classes and the text of each cell, a row for each fact.
fn compared(site: &TestSite) -> Vec<Vec<(String, String)>> {
    let page = site.page("/f/compare/?c=architecture");
    let rows = "table.matrix tbody tr:not(.group)";
    let pair = |(cells, texts): (Vec<(String, _)>, Vec<String>)| {
        cells.into_iter().zip(texts).map(|((class, _), text)| (class, text)).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = page.cells(rows, "td").into_iter().zip(page.rows(rows, "td", &[])).map(pair).collect();
    all.split_off(all.len() - WRITTEN.len())
}

/// A fact's row in the JSON of a comparison.
fn fact_row(json: &serde_json::Value, number: usize) -> &serde_json::Value {
    let rows = json["criteria"][0]["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["slug"] == format!("fact-{number}")).expect("the row of the fact")
}

/// A class, and beside it the one of numbers where a kind is one.
fn with_numbers_class(class: &str, kind: &str, of_numbers: &str) -> String {
    let is_numeric = ["number", "duration", "size", "rate"].contains(&kind);
    if is_numeric { format!("{class} {of_numbers}") } else { class.to_owned() }
}

#[test]
fn a_value_of_every_kind_goes_from_markdown_over_the_page_to_typed_json() {
    let site = site_of_every_kind();
    let json: serde_json::Value = serde_json::from_slice(&site.get("/f/compare.json").bytes).expect("JSON");
    let (page, compared) = (site.page("/f/a/"), compared(&site));
    let (shown, classes) = (page.texts(".facts > div > dd"), page.attributes(".facts > div", "class"));
    for (number, (kind, written, text, content, qualifier)) in WRITTEN.into_iter().enumerate() {
        assert_eq!(shown[number], text);
        assert_eq!(classes[number], with_numbers_class("fact-value", kind, "fact-number"), "{written}");
        let expected = (with_numbers_class("is-value", kind, "is-number"), text.to_owned());
        assert_eq!(compared[number][0], expected, "{written}");
        let row = fact_row(&json, number);
        let value = &row["values"]["a"];
        assert_eq!((&row["type"], &value["state"]), (&kind.into(), &"value".into()), "{written}");
        assert_eq!(value["text"], written);
        let content: serde_json::Value = serde_json::from_str(content).expect("JSON");
        assert_eq!((&value["value"], value.get("unit")), (&content["value"], content.get("unit")), "{written}");
        assert_eq!(value["qualifier"].as_str().unwrap_or_default(), qualifier, "{written}");
    }
}

#[test]
fn no_not_applicable_and_a_gap_are_told_apart_in_facts_of_every_kind() {
    let site = site_of_every_kind();
    let json: serde_json::Value = serde_json::from_slice(&site.get("/f/compare.json").bytes).expect("JSON");
    let compared = compared(&site);
    // Kinds that answer in words have "No" for a value.
    let no = |kind: &str| match kind {
        "yes/no" => Some("no".into()),
        "text" => Some("No".into()),
        "list" => Some(serde_json::json!(["No"])),
        _ => None,
    };
    for (at, (written, on_page, in_comparison, state)) in WITHOUT_VALUE.into_iter().enumerate() {
        let slug = ["b", "c", "d"][at];
        let page = site.page(&format!("/f/{slug}/"));
        let (shown, classes) = (page.texts(".facts > div > dd"), page.attributes(".facts > div", "class"));
        for (number, (kind, ..)) in WRITTEN.into_iter().enumerate() {
            assert_eq!(shown[number], on_page, "{written} for a {kind}");
            let class = with_numbers_class(&format!("fact-{state}"), kind, "fact-number");
            assert_eq!(classes[number], class, "{written} for a {kind}");
            let class = with_numbers_class(&format!("is-{state}"), kind, "is-number");
            assert_eq!(compared[number][at + 1], (class, in_comparison.to_owned()), "{written} for a {kind}");
            let value = &fact_row(&json, number)["values"][slug];
            assert_eq!((&value["state"], &value["text"]), (&state.into(), &in_comparison.into()), "{written}");
            let expected: Option<serde_json::Value> = if state == "no" { no(kind) } else { None };
            assert_eq!(value.get("value"), expected.as_ref(), "{written} for a {kind}");
            assert_eq!((value.get("unit"), value.get("qualifier")), (None, None), "{written} for a {kind}");
        }
    }
}

#[test]
fn no_not_applicable_not_researched_and_a_value_stay_apart() {
    let dask = DASK
        .replace("1500us", "Not applicable (no tasks)")
        .replace("> **Retries:** No", "> **Retries:** [To be completed]");
    let site = TestSite::of(&[("f/index.md", INDEX), ("f/ray.md", RAY), ("f/dask.md", &dask)]);
    let page = site.page("/f/dask/");
    assert_eq!(page.text(".fact-not-applicable dd"), "Not applicable (no tasks)");
    assert_eq!(page.text(".fact-gap dd"), "Not researched yet");
    let json: serde_json::Value = serde_json::from_slice(&site.get("/f/compare.json").bytes).expect("JSON");
    let states: Vec<_> = json["criteria"][0]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["values"]["dask"]["state"].clone())
        .collect();
    assert_eq!(states, ["value", "value", "value", "not-applicable", "gap"]);
}

#[test]
fn a_rating_leads_to_the_scale_that_the_category_publishes() {
    let site = site();
    let page = site.page("/f/ray/");
    assert_eq!(page.text(".rated .rating"), "Rated 4/5");
    assert_eq!(page.text(".scale summary"), "What 4/5 means here");
    assert_eq!(page.texts(".scale dt"), ["1/5", "3/5", "5/5"]);
    assert_eq!(page.attributes(".scale a", "href"), ["/f/#rating-scale"]);
    assert_eq!(site.page("/f/dask/").text(".scale .here"), "3/5survives a lost worker (this rating)");
    assert_eq!(site.page("/f/compare/").attributes("th small a:not([data-swap])", "href"), ["/f/#rating-scale"]);
}

#[test]
fn a_source_is_one_record_however_often_it_is_cited() {
    let site = site();
    let page = site.page("/f/sources/");
    assert_eq!(page.texts(".source-name"), ["Ray manual", "Ray: a paper"]);
    assert_eq!(page.attributes(".source-list > li", "id"), ["source-example-org-docs", "source-example-org-ray"]);
    assert_eq!(page.texts(".source-list > li:nth-child(2) .uses a"), ["Dask: Architecture", "Ray: Architecture"]);
    let ray = site.page("/f/ray/");
    assert_eq!(ray.attributes(".sources li a.quiet", "href"), ["/f/sources/#source-example-org-ray"]);
    assert_eq!(ray.texts(".sources .ageing"), ["ageing"]);
    assert!(ray.count(".sources .back") >= 3);
}

#[test]
fn a_source_ages_by_the_site_files_measure() {
    let mut all = files();
    all.push(("site.toml", "source_max_age_months = 60\n"));
    assert_eq!(TestSite::on((2026, 11, 22), &all).page("/f/ray/").count(".ageing"), 0);
    assert_eq!(TestSite::on((2030, 11, 22), &all).page("/f/ray/").count(".ageing"), 1);
}

#[test]
fn exports_and_search_hits_carry_sources() {
    let site = site();
    let json: serde_json::Value = serde_json::from_slice(&site.get("/f/compare.json").bytes).expect("JSON");
    let source = &json["criteria"][0]["rows"][2]["values"]["ray"]["sources"][0];
    assert_eq!(
        (&source["title"], &source["read"], &source["ageing"]),
        (&"Ray: a paper".into(), &"2024-05-31".into(), &true.into())
    );
    let found: serde_json::Value =
        serde_json::from_slice(&site.get("/api/search?q=decentralised").bytes).expect("JSON");
    assert_eq!(found["hits"][0]["sources"][0]["title"], "Ray: a paper");
    assert!(site.page("/search?q=decentralised").text(".hit-sources").starts_with("2 sources: Ray: a paper"));
}

#[test]
fn a_measured_figure_leads_to_its_row() {
    let site = site();
    let page = site.page("/f/ray/");
    let hrefs = page.attributes("a.measured", "href");
    assert_eq!(hrefs, ["/f/data/trip/#row-ray/1", "/f/data/trip/#row-ray/1"]);
    assert_eq!(page.attributes("a.measured", "title")[0], "Measured: ray/1.p50_ms in f/data/trip.csv");
    let data = site.page("/f/data/trip/");
    assert_eq!(data.attributes("tbody tr", "id"), ["row-ray/1", "row-ray/4", "row-dask/1", "row-dask/4"]);
    assert_eq!(data.texts("thead th")[2], "p50 (ms), sort by it");
    assert!(data.text("article > p").starts_with("Measured 2026-11-20."));
    assert_eq!(data.attributes("article > p a", "href"), ["/f/method/", "/f/data/trip.csv"]);
    assert!(data.texts(".environment dd").contains(&"two <cores>".to_owned()));
    assert_eq!(site.get("/f/data/trip.csv").header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(site.get("/f/data/trip").header("location"), "/f/data/trip/");
}

#[test]
fn a_table_in_a_folder_below_has_the_same_environment_and_method() {
    let mut all = files();
    all.push(("f/data/raw/all.csv", "a,b\n1,2\n"));
    let data = TestSite::of(&all).page("/f/data/raw/all/");
    assert!(data.text("article > p").starts_with("Measured 2026-11-20."));
    assert_eq!(data.attributes("article > p a", "href"), ["/f/method/", "/f/data/raw/all.csv"]);
}

#[test]
fn a_figure_that_disagrees_is_not_shown_as_measured() {
    let wrong = ray("[0.61 ms](data", "[0.62 ms](data");
    let site = TestSite::of(&[("f/index.md", INDEX), ("f/ray.md", &wrong), ("f/data/trip.csv", CSV)]);
    let page = site.page("/f/ray/");
    assert_eq!((page.texts("a.disputed"), page.count("a.measured")), (vec!["0.62 ms".to_owned()], 1));
    let edition = site.edition();
    let texts = edition.site.documents.iter().flat_map(|document| &document.sections).map(|section| section.text());
    assert!(texts.into_iter().all(|text| !text.contains("p25_ms")), "the lines of a chart are no text");
}

#[test]
fn a_table_is_sorted_by_its_address_and_describes_itself() {
    let site = site();
    let sorted = |query: &str| site.page(&format!("/f/data/trip/{query}")).attributes("tbody tr", "id");
    assert_eq!(sorted("?sort=p50_ms"), ["row-ray/4", "row-ray/1", "row-dask/4", "row-dask/1"]);
    assert_eq!(sorted("?sort=-workers")[0], "row-ray/4");
    assert_eq!(sorted("?sort=nonsense")[0], "row-ray/1");
    let page = site.page("/f/data/trip/?sort=p50_ms");
    assert_eq!(page.attributes("th[aria-sort]", "aria-sort"), ["ascending"]);
    let json: serde_json::Value =
        serde_json::from_str(&page.html("main script[type='application/ld+json']")).expect("JSON");
    assert_eq!(
        (&json["@type"], &json["distribution"][0]["contentUrl"]),
        (&"Dataset".into(), &"/f/data/trip.csv".into())
    );
}

/// A table of a column with numbers, words and nothing in it, forty rows of it.
fn mixed() -> String {
    let cell = |row: usize| match row % 4 {
        0 => format!("{}x", row * 7 % 20),
        1 if row.is_multiple_of(3) => " ".to_owned(),
        _ => format!("{}", row * 13 % 40),
    };
    std::iter::once("name,value\n".to_owned()).chain((0..40).map(|row| format!("r{row},{}\n", cell(row)))).collect()
}

#[test]
fn a_column_of_numbers_and_words_is_sorted_numbers_first_and_nothing_last() {
    let mut all = files();
    let table = mixed();
    all.push(("f/data/mixed.csv", &table));
    let site = TestSite::of(&all);
    let sorted = |query: &str| site.page(&format!("/f/data/mixed/{query}")).texts("tbody td:nth-child(2)");
    let (rising, falling) = (sorted("?sort=value"), sorted("?sort=-value"));
    let numbers = |cells: &[String]| cells.iter().map_while(|cell| cell.parse().ok()).collect::<Vec<u32>>();
    let words = |cells: &[String]| cells.iter().filter(|cell| cell.ends_with('x')).cloned().collect::<Vec<_>>();
    assert_eq!((numbers(&rising).len(), words(&rising).len()), (27, 10));
    assert!(numbers(&rising).is_sorted() && words(&rising).is_sorted(), "{rising:?}");
    assert!(rising[27..37] == words(&rising) && rising[37..].iter().all(String::is_empty), "{rising:?}");
    let turned = |mut cells: Vec<String>| {
        cells.reverse();
        cells
    };
    let expected = [turned(rising[..27].to_vec()), turned(rising[27..37].to_vec()), rising[37..].to_vec()].concat();
    assert_eq!(falling, expected);
    let names = |query: &str| site.page(&format!("/f/data/mixed/{query}")).texts("tbody td:first-child");
    let empty: Vec<_> = names("?sort=value")[37..].to_vec();
    assert_eq!(empty, ["r9", "r21", "r33"], "equal ones stay as they stand");
    assert_eq!(names("?sort=-value")[37..], empty);
}

#[test]
fn a_chart_is_drawn_with_its_table_and_the_frameworks_marks() {
    let page = site().page("/f/ray/");
    assert_eq!(page.count("figure.chart svg[role=img]"), 2);
    assert_eq!(page.text("svg.wide title"), "One <trip>");
    assert!(page.text("svg.wide desc").starts_with("Line chart of p50 (ms) by workers for ray, dask; from 0.4 to 1.5"));
    assert_eq!(page.text("figure.chart figcaption"), "Less is better.");
    assert_eq!(page.texts(".chart-table tbody tr").len(), 4);
    assert_eq!(page.texts(".chart-table tbody tr")[0], "ray10.61490.50.9");
    assert_eq!(page.texts(".chart-table th.align-right"), ["workers", "p50 (ms)", "from", "to"]);
    assert_eq!(page.count("svg.wide polyline.mark-0") + page.count("svg.wide polyline.mark-1"), 2);
    assert_eq!(page.attributes(".chart-data a", "href"), ["/f/data/trip/", "/f/data/trip.csv"]);
    let svg = page.html("figure.chart");
    assert!(!svg.contains("style=") && !svg.contains("fill=\""), "{svg}");
}

#[test]
fn a_series_without_a_page_looks_like_no_framework_that_has_one() {
    let ray = RAY.replace("scale = \"log\"\n", "scale = \"log\"\nwhere = { framework = [\"ray\", \"huey\"] }\n");
    let csv = format!("{CSV}huey,1,2,1.8,2.1\nhuey,4,1.7,1.6,1.8\n");
    let site =
        TestSite::of(&[("f/index.md", INDEX), ("f/ray.md", &ray), ("f/dask.md", DASK), ("f/data/trip.csv", &csv)]);
    let page = site.page("/f/ray/");
    assert_eq!(page.texts(".chart-legend li"), ["ray", "huey"]);
    assert_eq!(page.attributes(".chart-legend .mark", "class"), ["mark mark-0", "mark mark-2"], "1 is Dask's");
}

#[test]
fn a_chart_follows_its_file_and_a_diagram_is_not_drawn_again() {
    let mut site = site();
    assert!(site.page("/f/ray/").text("svg.wide desc").contains("to 1.5"));
    site.write("f/data/trip.csv", &CSV.replace("dask,1,1.5", "dask,1,900"));
    site.refresh();
    assert!(site.page("/f/ray/").text("svg.wide desc").contains("to 900"));
    let drawn = |site: &TestSite| {
        let edition = site.edition();
        let ray =
            edition.site.documents.iter().find(|document| document.path.as_str() == "f/ray.md").expect("Ray").clone();
        ray.code.iter().filter(|code| code.drawn.get().is_some()).count()
    };
    assert_eq!(drawn(&site), 1);
    site.write("f/ray.md", &format!("{RAY}\nMore.\n"));
    site.refresh();
    assert_eq!(drawn(&site), 1, "it was taken over before anybody asked for the page");
}

#[test]
fn diagrams_are_drawn_before_anybody_asks() {
    let site = site();
    let edition = site.edition();
    edition.site.draw_ahead();
    let codes = edition.site.documents.iter().flat_map(|document| &document.code);
    let drawn: Vec<bool> =
        codes.filter(|code| code.language == "mermaid").map(|code| code.drawn.get().is_some()).collect();
    assert!(!drawn.is_empty() && drawn.iter().all(|drawn| *drawn), "{drawn:?}");
}

#[test]
fn a_diagram_is_inline_and_named() {
    let page = site().page("/f/ray/");
    assert_eq!(page.text("figure.diagram svg title"), "How a task runs");
    assert_eq!(page.text("figure.diagram figcaption"), "How a task runs");
    let svg = page.html("figure.diagram .scroller");
    assert!(svg.contains("Driver") && !svg.contains("style") && !svg.contains("<script"), "{svg}");
}

#[test]
fn ids_are_unique_on_a_page_with_many_drawings() {
    let drawings = RAY.find("```chart").expect("a chart");
    let end = RAY.find("```python").expect("code");
    let many = RAY.replace(&RAY[drawings..end], &RAY[drawings..end].repeat(4));
    let twin = many.replacen("# Ray", "# Twin", 1);
    let site = TestSite::of(&[
        ("f/index.md", INDEX),
        ("f/ray.md", &many),
        ("f/twin.md", &twin),
        ("f/dask.md", DASK),
        ("f/data/trip.csv", CSV),
    ]);
    for path in ["/f/ray/", "/f/compare/?f=ray,twin"] {
        let page = site.page(path);
        assert!(page.count("svg[role=img]") > 4, "{path} has drawings");
        let mut ids = page.attributes("[id]", "id");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}");
    }
}

#[test]
fn code_has_a_name_marked_lines_and_what_it_printed() {
    let code = "x = 1\nprint(x)\n";
    let hash = fieldguide::content::data::code_hash(code);
    let run =
        format!(r#"{{"f/ray.md": [{{"line": 30, "sha256": "{hash}", "stdout": "<1>\n", "date": "2026-11-21"}}]}}"#);
    let mut all = files();
    assert_eq!(TestSite::of(&all).page("/f/ray/").text(".not-run"), "Not run yet as it stands here");
    all.push(("f/data/examples.json", &run));
    let page = TestSite::of(&all).page("/f/ray/");
    assert_eq!(page.text("figure.code figcaption"), "etl.py");
    assert_eq!(page.texts("figure.code mark.line"), ["print(x)"]);
    assert_eq!(
        (page.text(".run p"), page.text(".run samp")),
        ("Run on 2026-11-21; it printed".to_owned(), "<1>".to_owned())
    );
}

#[test]
fn completeness_counts_what_each_finding_holds() {
    let site = site();
    let json: serde_json::Value = serde_json::from_slice(&site.get("/f/completeness.json").bytes).expect("JSON");
    let expected = serde_json::json!({ "state": "ageing", "words": 5, "facts": 3, "declared_facts": 3, "sources": 2, "figures": 2 });
    assert_eq!(json["frameworks"][0]["findings"]["architecture"], expected);
    let states: Vec<_> = json["frameworks"]
        .as_array()
        .expect("frameworks")
        .iter()
        .flat_map(|framework| {
            ["architecture", "performance"].map(|criterion| framework["findings"][criterion]["state"].clone())
        })
        .collect();
    assert_eq!(states, ["ageing", "draft", "complete", "gap"]);
    let page = site.page("/f/");
    assert_eq!(page.texts(".completeness td .state"), ["ageing", "draft", "complete", "gap"]);
    let counts = page.rows(".completeness tbody tr", "td", &["state"]);
    assert_eq!(counts[0][0], "5 words, 3 facts, 2 sources, 2 measured figures");
    let drawn = json["frameworks"][0]["findings"]["performance"]["words"].as_u64().expect("a count");
    assert_eq!(
        counts[0][1],
        if drawn > 0 { format!("{drawn} words") } else { String::new() },
        "drawings are no figures"
    );
    assert_eq!(
        counts[1],
        ["4 words, 3 facts, 1 source", ""],
        "of one thing there is no plural, and a gap holds nothing"
    );
}

#[test]
fn figures_that_do_not_hold_are_errors_with_their_place() {
    let figure = "[0.61 ms](data/trip.csv#ray/1.p50_ms)";
    let cases = [
        (
            "[0.62 ms](data/trip.csv#ray/1.p50_ms)",
            "error[figure]: the text says \"0.62 ms\", f/data/trip.csv says \"0.61 ms\"; write [0.61 ms], or measure again",
        ),
        (
            "[0.61 ms](data/trip.csv#ray/1.p51_ms)",
            "error[figure]: f/data/trip.csv has no column \"p51_ms\"; did you mean p50_ms?",
        ),
        (
            "[0.61 ms](data/trip.csv#rai/1.p50_ms)",
            "error[figure]: f/data/trip.csv has no row \"rai/1\"; did you mean ray/1?",
        ),
        (
            "[0.61 ms](data/trip.csv#ray.p50_ms)",
            "error[figure]: several rows of f/data/trip.csv are \"ray\"; name the row by its first columns joined by /",
        ),
        (
            "[0.61 ms](data/trip.csv#ray)",
            "error[figure]: #ray does not name a row and a column of f/data/trip.csv; write the row's key, a dot and the column's name",
        ),
        (
            "[0.61 ms](data/trap.csv#ray/1.p50_ms)",
            "error[broken-link]: data/trap.csv#ray/1.p50_ms leads to no file; did you mean f/data/trip.csv?",
        ),
    ];
    for (wrong, message) in cases {
        assert_eq!(told(&[("f/ray.md", &ray(figure, wrong))]), [format!("f/ray.md:10:14: {message}")]);
    }
}

#[test]
fn sources_facts_and_ratings_are_held_to_the_format() {
    let note = "[^docs]: The Ray project, *Ray manual*, version 2.9, <https://example.org/docs>, read 2026-10-01.";
    let cases = [
        (
            note,
            "",
            "f/ray.md:8:30: error[missing-source]: the source [^docs] is not defined; define it: `[^docs]: Author, *Title*, <https://address>, read DATE.`",
        ),
        (
            note,
            "[^docs]: The Ray project, *Ray manual*, read 2026-10-01.",
            "f/ray.md:38:1: warning[source-address]: the source [^docs] has no address; add its web address: <https://address>",
        ),
        (
            note,
            "[^docs]: The Ray project, *Ray manual*, <https://example.org/docs>.",
            "f/ray.md:38:1: warning[source-date]: the source [^docs] does not say when it was read; end it with the day: read 2026-01-31",
        ),
        (
            "distributed[^paper]",
            "distributed",
            "f/ray.md:37:1: warning[unused-source]: the source [^paper] is not used; cite it, or remove it",
        ),
        (
            "**Scheduler:**",
            "**Schedular:**",
            "f/ray.md:6:3: warning[fact-undeclared]: \"Schedular\" is not a declared fact of Architecture; did you mean Scheduler?",
        ),
        (
            "Yes, since 1.0",
            "often",
            "f/ray.md:8:3: warning[fact-kind]: \"often\" is not yes/no, as Retries has to be; write it like Yes, Partial or No; what qualifies it may follow",
        ),
        (
            "4/5 - decentralised",
            "4/5",
            "f/ray.md:5:3: warning[rating-reason]: the rating 4/5 has no reason; say why after a hyphen: `**Rating:** 4/5 - reason`",
        ),
        (
            "4/5 - decentralised",
            "7/5 - decentralised",
            "f/ray.md:5:3: error[rating]: \"7/5 - decentralised\" is not a rating; write 1 to 5 and the reason: `**Rating:** 4/5 - reason`",
        ),
    ];
    for (from, to, message) in cases {
        let told = told(&[("f/ray.md", &ray(from, to))]);
        assert!(told.iter().any(|told| told == message), "{message} is not in {told:#?}");
    }
    let index = INDEX.replace("- **Architecture**\n  - **1** -", "- **Architektur**\n  - **9** -");
    let told = told(&[("f/index.md", &index)]);
    assert_eq!(
        told,
        [
            "f/index.md:13:3: warning[scale]: the scale is for \"Architektur\", which is no criterion; did you mean Architecture?",
            "f/index.md:14:5: warning[scale]: \"9\" is not a step of a scale from 1 to 5, or is there twice; start each step with its number: `- **3** - what it means`",
        ]
    );
}

#[test]
fn a_source_that_is_defined_twice_is_told_at_its_second_definition() {
    let again = |text: &str| told(&[("f/ray.md", &format!("{RAY}{text}"))]);
    let message = "is defined twice; the first holds; rename or remove one of the two";
    assert_eq!(
        again("[^docs]: The Ray project, *Ray API*, <https://example.org/api>, read 2026-10-01.\n"),
        [format!("f/ray.md:39:1: warning[source-twice]: the source [^docs] {message}")]
    );
    assert_eq!(
        again("\n> [^DOCS]: The Ray project.\n\n[^Docs]: The Ray project.\n"),
        [
            format!("f/ray.md:40:3: warning[source-twice]: the source [^DOCS] {message}"),
            format!("f/ray.md:42:1: warning[source-twice]: the source [^Docs] {message}"),
        ]
    );
    let code = "\n```markdown\n[^docs]: The Ray project.\n```\n\nIt reads `[^docs]: The Ray project.` there.\n";
    assert_eq!(again(code), Vec::<String>::new());
}

#[test]
fn labels_of_sources_are_compared_as_the_parser_compares_them() {
    let told = |text: &str| {
        let site = TestSite::of(&[("a.md", text)]);
        site.edition().site.diagnostics().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        told("# A\n\nOne[^Straße].\n\n[^Straße]: One.\n[^STRASSE]: Two.\n"),
        [
            "a.md:6:1: warning[source-twice]: the source [^STRASSE] is defined twice; the first holds; rename or remove one of the two"
        ]
    );
    assert_eq!(told("# A\n\nOne[^sı], two[^si].\n\n[^sı]: One.\n[^si]: Two.\n"), Vec::<String>::new());
}

#[test]
fn notes_tell_what_is_missing() {
    let ray = ray("> **Retries:** Yes, since 1.0[^docs]\n", "");
    let mut all = files();
    all.retain(|(path, _)| *path != "f/ray.md");
    all.push(("f/ray.md", &ray));
    let notes: Vec<_> =
        TestSite::on((2026, 11, 22), &all).edition().site.diagnostics().iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "f/dask.md:7:3: note[fact-source]: the fact \"Task overhead\" rests on no source and no measurement; cite a source, or link to the figure or the place that shows it",
            "f/dask.md:8:3: note[fact-source]: the fact \"Retries\" rests on no source and no measurement; cite a source, or link to the figure or the place that shows it",
            "f/dask.md:12:1: note[gap]: Dask: Performance is not researched yet; write the finding under its heading",
            "f/ray.md:3:1: note[fact-missing]: the fact \"Retries\" is declared and not stated; add `> **Retries:** value`",
            "f/ray.md:31:1: note[example-not-run]: the example was not run as it stands here; let the lab run the examples",
            "f/ray.md:36:1: note[source-ageing]: the source [^paper] was read long ago: 2024-05-31; read it again, and say when",
        ]
    );
}

#[test]
fn drawings_that_cannot_be_drawn_are_errors_and_show_what_there_is() {
    let cases = [
        (
            "y = \"p50_ms\"",
            "y = \"p51_ms\"",
            "f/ray.md:17:5: error[chart]: the chart cannot be drawn: f/data/trip.csv has no column \"p51_ms\"; did you mean \"p50_ms\"?;",
        ),
        (
            "scale = \"log\"",
            "scale = \"lag\"",
            "f/ray.md:21:9: error[chart]: the chart cannot be drawn: unknown variant `lag`, expected `linear` or `log`;",
        ),
        (
            "x = \"workers\"\n",
            "x = \"workers\"\nwhere = { framework = \"spark\" }\n",
            "f/ray.md:17:9: error[chart]: the chart cannot be drawn: no row of f/data/trip.csv is left to draw;",
        ),
        (
            "y = \"p50_ms\"",
            "y = \"framework\"",
            "f/ray.md:17:5: error[chart]: the chart cannot be drawn: f/data/trip.csv:2 holds \"ray\", which is not a number;",
        ),
        (
            "title = \"One <trip>\"\n",
            "",
            "f/ray.md:15:1: error[chart]: the chart cannot be drawn: missing field `title`;",
        ),
    ];
    for (from, to, message) in cases {
        let text = ray(from, to);
        let told = told(&[("f/ray.md", &text)]);
        assert!(told.len() == 1 && told[0].starts_with(message), "{message} is not {told:#?}");
        let site =
            TestSite::of(&[("f/index.md", INDEX), ("f/ray.md", &text), ("f/dask.md", DASK), ("f/data/trip.csv", CSV)]);
        assert_eq!(site.page("/f/ray/").count("figure.chart.broken tbody tr"), 4, "the table is shown");
    }
    let missing = ray("data = \"data/trip.csv\"", "data = \"data/none.csv\"");
    assert!(
        told(&[("f/ray.md", &missing)])[0]
            .starts_with("f/ray.md:15:8: error[chart]: the chart cannot be drawn: there is no table data/none.csv;")
    );
    let broken = ray("  A[Driver] --> B[Scheduler]", "  subgraph x\n  A --> <b>B");
    let told = told(&[("f/ray.md", &broken)]);
    assert!(
        told[0].starts_with("f/ray.md:30:9: error[diagram]: the diagram cannot be drawn: \"<b>B\" cannot stand here;"),
        "{told:?}"
    );
    let site = TestSite::of(&[("f/index.md", INDEX), ("f/ray.md", &broken)]);
    assert!(site.page("/f/ray/").text("figure.diagram.broken pre").contains("A --> <b>B"));
}

#[test]
fn data_files_that_are_broken_are_told_with_their_line() {
    let cases = [
        (
            "f/data/x.csv",
            "a,b\n1\n",
            "f/data/x.csv:2:2: error[data-cells]: the row has 1 cells, the header has 2; give every row one cell a column",
        ),
        (
            "f/data/x.csv",
            "a\n=1+1\n",
            "f/data/x.csv:2:1: warning[data-formula]: the cell \"=1+1\" is a formula to a spreadsheet; store the value, not the formula",
        ),
        (
            "f/data/x.csv",
            "a,b\r\n\r\nü,\"=1+1\"\r\n",
            "f/data/x.csv:3:3: warning[data-formula]: the cell \"=1+1\" is a formula to a spreadsheet; store the value, not the formula",
        ),
        (
            "f/data/x.csv",
            "a\n1\n\"2\n3\n",
            "f/data/x.csv:3:1: error[data-quote]: a quote is opened and never closed; close it where its cell ends",
        ),
        (
            "f/data/x.csv",
            "a,b\nü,\"1\n3,4\n",
            "f/data/x.csv:2:3: error[data-quote]: a quote is opened and never closed; close it where its cell ends",
        ),
        (
            "f/data/x.csv",
            "a,b\n1,\0\n",
            "f/data/x.csv:2:3: error[not-utf-8]: the file holds NUL bytes, as UTF-16 does; save it as UTF-8",
        ),
        (
            "f/data/environment.json",
            "[1]",
            "f/data/environment.json:1:1: error[data-json]: the file is not a JSON object; write one object of names and values",
        ),
    ];
    for (path, text, message) in cases {
        assert_eq!(told(&[(path, text)]), [message]);
    }
    let told = told(&[("f/data/examples.json", "{\n  \"a\": 3}")]);
    assert!(
        told[0].starts_with("f/data/examples.json:2:8: error[data-json]: the runs of examples cannot be read: "),
        "{told:?}"
    );
}

#[test]
fn faults_of_data_are_shown_where_the_data_is() {
    let broken = CSV.replace("ray,4,0.4", "ray,4,0.4,9");
    let mut all = files();
    all.retain(|(path, _)| !matches!(*path, "f/data/trip.csv" | "f/data/environment.json"));
    all.extend([
        ("f/data/trip.csv", broken.as_str()),
        ("f/data/environment.json", "[1]"),
        ("f/data/examples.json", "3"),
    ]);
    let site = TestSite::live(&all);
    let shown = |path: &str| site.page(path).texts("#diagnostics li code");
    assert_eq!(shown("/f/data/trip/"), ["f/data/environment.json:1:1", "f/data/trip.csv:3:17"]);
    assert_eq!(
        shown("/f/ray/"),
        ["f/data/examples.json:1:1", "f/data/trip.csv:3:17"],
        "it cites one and runs the other"
    );
    assert_eq!(shown("/f/dask/"), [""; 0], "it cites no data");
    assert_eq!(TestSite::of(&all).page("/f/data/trip/").count("#diagnostics"), 0, "readers are told nothing");

    let site = TestSite::prepared(|folder| {
        fs::create_dir_all(folder.join("f/data")).expect("made");
        fs::write(folder.join("f/index.md"), "# F\n\n[The table](data/latin.csv)\n").expect("written");
        fs::write(folder.join("f/data/latin.csv"), b"name\nZ\xfcrich\n").expect("written");
    });
    assert_eq!(site.page("/f/data/latin/").count("tbody tr"), 0);
    let (_, live) = Library::open_on(&site.path(), true, None).expect("it can be read");
    let told = live.site.diagnostics_of_cited_data(live.site.documents.len() - 1);
    assert_eq!(told.iter().map(|told| (told.code, told.line, told.column)).collect::<Vec<_>>(), [("not-utf-8", 2, 2)]);
}

#[test]
fn a_diagram_without_a_title_is_a_warning_and_drawn_all_the_same() {
    let unnamed = ray("  accTitle: How a task runs\n", "");
    assert_eq!(
        told(&[("f/ray.md", &unnamed)]),
        [
            "f/ray.md:26:1: warning[diagram-title]: the diagram has no title; add a line below its first one: `accTitle: What it shows`"
        ]
    );
    let page = TestSite::of(&[("f/index.md", INDEX), ("f/ray.md", &unnamed)]).page("/f/ray/");
    assert_eq!(page.attributes("figure.diagram svg", "aria-label"), ["Diagram"]);
}

#[test]
fn places_are_columns_of_characters() {
    let text = "# Ü\n\nÜber [ä](nowhere.md) und ![ö](none.png)[^x]\n";
    let site = TestSite::of(&[("u.md", text)]);
    let told: Vec<_> = site.edition().site.diagnostics().into_iter().map(|d| (d.code, d.line, d.column)).collect();
    assert_eq!(told, [("broken-link", 3, 6), ("missing-image", 3, 26), ("missing-source", 3, 40)]);
}

#[test]
fn hostile_data_never_reaches_a_page_unescaped() {
    let evil = "</script><script>alert(1)</script><svg onload=alert(1)>";
    let csv =
        format!("name,\"{evil}\",p_ms\n{evil},1,1e308\n\"=HYPERLINK(\"\"x\"\")\",2,-1e400\n{},3,5\n", "9".repeat(5000));
    let chart = format!(
        "```chart\ndata = 'data/x.csv'\nkind='bar'\nx = 'name'\ny = 'p_ms'\ntitle = '{evil}'\ncaption = '{evil}'\n```\n"
    );
    let diagram = format!(
        "```mermaid\nflowchart LR\n  accTitle: {evil}\n  A[\"{evil}\"] --> B\n  style A fill:url(javascript:alert(1))\n  click A href \"javascript:alert(1)\"\n```\n"
    );
    let code = format!("```python title=\"{evil}\" {{1}} run\n{evil}\n```\n");
    let note = format!("\n[^1]: {evil} *{evil}*, <https://example.org/?q={evil}>, read 2026-01-01.\n");
    let text = format!(
        "# Ray\n\n## Architecture\n\n> **Rating:** 4/5 - {evil}\n> **Task overhead:** {evil} 5 us\n\nx[^1] [5](data/x.csv#{evil}.p_ms)\n\n{chart}\n{diagram}\n{code}\n## Performance\n\ny{note}"
    );
    let environment = serde_json::json!({ evil: evil, "date": evil }).to_string();
    let site = TestSite::of(&[
        ("f/index.md", INDEX),
        ("f/ray.md", &text),
        ("f/data/x.csv", &csv),
        ("f/data/environment.json", &environment),
    ]);
    for path in
        ["/f/ray/", "/f/data/x/", "/f/data/x/?sort=p_ms", "/f/sources/", "/f/compare/", "/f/", "/search?q=alert"]
    {
        let html = site.get(path).text();
        for bad in ["<script>alert", "<svg onload", "href=\"javascript", "xlink", "NaN", "inf\""] {
            assert!(!html.contains(bad), "{bad} on {path}");
        }
        let scripts = ["module", "the page as linked data"].len() + usize::from(path.contains("data"));
        assert_eq!(html.matches("<script").count(), scripts, "{path}");
    }
    assert!(site.edition().site.diagnostics().iter().any(|told| told.code == "data-formula"));
}

#[test]
fn files_that_are_too_large_or_in_another_encoding_are_not_read() {
    let site = TestSite::prepared(|folder| {
        fs::create_dir_all(folder.join("f/data")).expect("made");
        fs::write(folder.join("f/index.md"), INDEX).expect("written");
        fs::File::create(folder.join("f/data/huge.csv"))
            .and_then(|file| file.set_len(100 << 20))
            .expect("a hundred megabytes");
        fs::File::create(folder.join("f/data/large.csv"))
            .and_then(|file| file.set_len(9 << 20))
            .expect("nine megabytes");
        fs::write(folder.join("f/data/latin.csv"), b"name\nZ\xfcrich\n").expect("written");
    });
    let told: Vec<_> = site
        .edition()
        .site
        .diagnostics()
        .into_iter()
        .filter(|d| d.code != "gap" && d.code != "broken-link")
        .map(|d| (d.path, d.line, d.code))
        .collect();
    let expected = [
        ("f/data/huge.csv", 1, "too-large"),
        ("f/data/large.csv", 1, "too-large"),
        ("f/data/latin.csv", 2, "not-utf-8"),
    ];
    assert_eq!(told, expected.map(|(path, line, code)| (path.to_owned(), line, code)));
}

#[test]
fn an_edition_built_anew_says_the_same_of_sources_and_figures() {
    let mut site = site();
    site.write("notes.md", "# Notes\n");
    site.refresh();
    site.write("notes.md", "# Notes\n\nReworded.\n");
    site.refresh();
    let anew = Library::open_on(&site.path(), false, Some((2026, 11, 22))).expect("it can be read").1;
    assert_eq!(site.edition().site.diagnostics(), anew.site.diagnostics());
    assert_eq!(site.page("/f/sources/").count(".source-list > li"), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Any number that a table holds agrees with itself, written at any precision and in any unit.
    #[test]
    fn a_cell_agrees_with_itself_however_it_is_rounded(value in 0.001_f64..1e6, decimals in 0_usize..6) {
        use fieldguide::content::data::{Table, figure};
        let csv = format!("name,p_ms\na,{value}\n");
        let table = Table::read(&fieldguide::ids::DocPath::new("c/data/t.csv"), csv.as_bytes());
        let place = figure::locate(&table, "a.p_ms").expect("the cell");
        for text in [format!("{value:.decimals$} ms"), format!("{:.decimals$} us", value * 1000.0), format!("{:.decimals$} s", value / 1000.0)] {
            prop_assert_eq!(figure::check(&table, place, &text), Ok(()), "{}", text);
        }
        let wrong = format!("{:.3} ms", value * 1.1 + 0.01);
        prop_assert!(figure::check(&table, place, &wrong).is_err());
    }

    /// Any bytes are a table, and any text a value, a chart, a diagram and an info string: nothing panics.
    #[test]
    fn nothing_that_is_read_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}") {
        use fieldguide::content::data::{DataFile, figure};
        use fieldguide::content::value::Value;
        let path = fieldguide::ids::DocPath::new("c/data/t.csv");
        if let Some(DataFile::Table(table)) = DataFile::read(&path, &bytes) {
            let _ = figure::locate(&table, &text).map(|place| figure::check(&table, place, &text));
        }
        for name in ["environment.json", "examples.json"] {
            let _ = DataFile::read(&fieldguide::ids::DocPath::new(&format!("c/data/{name}")), &bytes);
        }
        for kind in [FactKind::Number, FactKind::Duration, FactKind::Size, FactKind::Rate, FactKind::Version, FactKind::Date, FactKind::YesNo, FactKind::List] {
            let _ = Value::read(kind, &text);
            let _ = fieldguide::content::value::with_consistent_unit(kind, &text, &text);
        }
        let _ = fieldguide::chart::Spec::read(&text);
        let _ = fieldguide::content::code_info::CodeInfo::read(&text);
        let _ = fieldguide::content::diagram::draw(&format!("flowchart LR\n{text}\n"));
    }

    /// Whatever fields a table holds come back as they were written.
    #[test]
    fn a_table_reads_back_as_it_was_written(rows in proptest::collection::vec(("[a-z]{1,8}", "\\PC{0,12}", any::<i32>()), 1..12)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["name", "text", "n_ms"]).expect("written");
        for (name, text, number) in &rows {
            writer.write_record([name.as_str(), text.as_str(), &number.to_string()]).expect("written");
        }
        let bytes = writer.into_inner().expect("memory");
        let table = fieldguide::content::data::Table::read(&fieldguide::ids::DocPath::new("c/data/t.csv"), &bytes);
        prop_assert_eq!(table.rows.len(), rows.len());
        for (row, (name, text, number)) in table.rows.iter().zip(&rows) {
            prop_assert_eq!(&row.cells, &vec![name.clone(), text.clone(), number.to_string()]);
        }
    }

    /// A chart of any numbers is drawn, or says why not, and never holds a number that is none.
    #[test]
    fn a_chart_of_any_numbers_is_sound(values in proptest::collection::vec(any::<f64>(), 1..20), log in any::<bool>(), kind in 0_usize..3) {
        use fieldguide::chart::{Spec, Width, draw, plot};
        let kind = ["line", "bar", "dot"][kind];
        let scale = if log { "log" } else { "linear" };
        let text = format!("data='t'\nkind='{kind}'\nscale='{scale}'\nx='x'\ny='y'\ntitle='t'\n");
        let rows: String = values.iter().enumerate().map(|(x, y)| format!("{x},{y}\n")).collect();
        let table = fieldguide::content::data::Table::read(&fieldguide::ids::DocPath::new("c/data/t.csv"), format!("x,y\n{rows}").as_bytes());
        let spec = Spec::read(&text).expect("a spec");
        if let Ok(plot) = plot(&text, &spec, &table, 0, |_| None) {
            let svg = draw(&plot, Width::Wide, "c");
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", svg);
        }
    }

    /// A number of any kind is read with its unit and its words, and what is exported of it reads back the same.
    #[test]
    fn a_quantity_reads_back_as_it_was_written(
        digits in -9_999_999_i32..10_000_000,
        decimals in 0_usize..6,
        unit in 0_usize..UNITS.len(),
        words in 0_usize..WORDS.len(),
    ) {
        use fieldguide::content::value::{Content, Value};
        let (kind, unit, factor, base) = UNITS[unit];
        let (before, after, qualifier) = WORDS[words];
        let number = f64::from(digits) / 10_f64.powi(decimals as i32);
        let text = format!("{before}{number:.decimals$}{unit}{after}");
        let value = Value::read(kind, &text);
        let Some(Value { content: Content::Quantity { value: amount, unit: in_unit }, qualifier: told }) = &value else {
            panic!("{text} is {value:?}");
        };
        prop_assert!((amount - number * factor).abs() <= (number * factor).abs() * 1e-9, "{text} is {amount}");
        prop_assert_eq!((*in_unit, told.as_str()), (base, qualifier), "{}", text);
        let exported = format!("{amount} {base}");
        let again = Value::read(kind, &exported).map(|value| value.content);
        prop_assert_eq!(again, value.map(|value| value.content), "{}", exported);
    }

    /// Versions, days, answers and lists are read as they are written, and what is exported of them reads back the same.
    #[test]
    fn a_value_in_words_reads_back_as_it_was_written(
        parts in proptest::collection::vec(0_u32..3_000, 2..5),
        stage in 0_usize..5,
        day in (1000_u16..3000, 1_u8..=12, 1_u8..=31),
        known in 0_usize..3,
        answer in 0_usize..3,
        items in proptest::collection::vec("[a-zA-Z0-9äß+#][a-zA-Z0-9äß+# ]{0,10}[a-z]", 1..6),
        words in 0_usize..WORDS.len(),
    ) {
        let (before, after, qualifier) = WORDS[words];
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        let version = format!("{}{}", parts.join("."), ["", "rc1", "a2", ".dev3", "-beta.4"][stage]);
        let (year, month, day) = day;
        let date = [format!("{year}"), format!("{year}-{month:02}"), format!("{year}-{month:02}-{day:02}")];
        let answer = ["yes", "partial", "no"][answer];
        let cases = [
            (FactKind::Version, version.clone(), format!("{before}{version}{after}"), serde_json::json!(version)),
            (FactKind::Date, date[known].clone(), format!("{before}{}{after}", date[known]), serde_json::json!(date[known])),
            (FactKind::YesNo, answer.to_owned(), format!("{answer}{after}"), serde_json::json!(answer)),
            (FactKind::List, items.join(", "), items.join(", "), serde_json::json!(items)),
        ];
        for (kind, exported, text, expected) in cases {
            let value = fieldguide::content::value::Value::read(kind, &text).expect("a value");
            prop_assert_eq!(&serde_json::to_value(&value.content).expect("JSON")["value"], &expected, "{}", text);
            if matches!(kind, FactKind::Version | FactKind::Date) {
                prop_assert_eq!(value.qualifier.as_str(), qualifier, "{}", text);
            }
            let again = fieldguide::content::value::Value::read(kind, &exported).expect("a value");
            prop_assert_eq!(again.content, value.content, "{}", exported);
        }
    }
}

/// Kinds of facts, units of theirs as authors write them, what one is in the base unit, and the base unit.
const UNITS: [(FactKind, &str, f64, &str); 19] = [
    (FactKind::Number, "", 1.0, ""),
    (FactKind::Number, "k", 1e3, ""),
    (FactKind::Number, " million", 1e6, ""),
    (FactKind::Number, " %", 1.0, "%"),
    (FactKind::Duration, " ns", 1e-9, "s"),
    (FactKind::Duration, "us", 1e-6, "s"),
    (FactKind::Duration, " µs", 1e-6, "s"),
    (FactKind::Duration, " milliseconds", 1e-3, "s"),
    (FactKind::Duration, " min", 60.0, "s"),
    (FactKind::Duration, " hours", 3_600.0, "s"),
    (FactKind::Duration, " d", 86_400.0, "s"),
    (FactKind::Size, " bytes", 1.0, "B"),
    (FactKind::Size, "kB", 1e3, "B"),
    (FactKind::Size, " MiB", 1_048_576.0, "B"),
    (FactKind::Size, " TB", 1e12, "B"),
    (FactKind::Rate, " tasks/s", 1.0, "1/s"),
    (FactKind::Rate, "k tasks/s", 1e3, "1/s"),
    (FactKind::Rate, " requests a minute", 1.0 / 60.0, "1/s"),
    (FactKind::Rate, " MB/s", 1e6, "1/s"),
];

/// Words before and after a value, and what is kept of them.
const WORDS: [(&str, &str, &str); 4] = [
    ("", "", ""),
    ("about ", "", "about"),
    ("", " (warm)", "warm"),
    ("at most ", ", once warm", "at most … once warm"),
];
