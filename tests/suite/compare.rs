//! The comparison as pages: what they show, that they agree with their exports, and that any query is answered.
use std::fmt::Write as _;

use axum::http::StatusCode;
use proptest::prelude::*;

use super::support::{Dom, TestSite};

const INDEX: &str = "\
# Toys

## Research Framework

- **Speed** - how fast
  - **Round trip** (duration) - one trip
  - **Wheels** (yes/no) - whether it rolls
  - **Maker** - who makes it
- **Charm** - how nice it is

## Overview

Toys.
";

const ZORBLE: &str = "\
# Zorble

## Speed

> **Rating:** 4/5 - quick
> **Round trip:** [0.61 ms](data/trips.csv#zorble.p50_ms), cold
> **Wheels:** Yes
> **Maker:** the same hands[^manual]

It runs.

It runs on.

### Uphill

Slowly.

## Charm

> **Rating:** 2/5

Plain.

[^manual]: A. Maker, *Manual*, <https://example.org/manual>, read 2026-01-05.
";

const QUILL: &str = "\
# Quill

## Speed

> **Rating:** 2/5 - slow
> **Round trip:** 3 ms
> **Wheels:** No
> **Maker:** the same hands

It rests.

## Charm

> **Rating:** 5/5 - lovely

It sings.
";

const TUMBROOK: &str = "# Tumbrook\n\n## Speed\n\n[To be completed]\n\n## Charm\n\n> **Rating:** 2/5\n\nPlain.\n";

fn site() -> TestSite {
    TestSite::of(&[
        ("toys/index.md", INDEX),
        ("toys/a-zorble.md", ZORBLE),
        ("toys/b-quill.md", QUILL),
        ("toys/c-tumbrook.md", TUMBROOK),
        ("toys/method.md", "# How\n\nWith a clock.\n"),
        ("toys/data/trips.csv", "name,p50_ms\nzorble,0.61\nquill,3\n"),
    ])
}

fn row_names(page: &Dom) -> Vec<String> {
    page.texts(".matrix tbody th[scope=row] > div > a, .matrix tbody tr:has(.is-value p) th[scope=row] > div > a")
}

#[test]
fn a_measured_value_leads_to_its_figure_and_its_method() {
    let page = site().page("/toys/compare/?r=speed.round-trip");
    assert_eq!(page.attributes("td .measured", "href"), ["/toys/data/trips/#row-zorble"]);
    assert_eq!(page.attributes("td .method", "href"), ["/toys/method/"]);
    let only = site().page("/toys/compare/?only=measured");
    assert_eq!(row_names(&only), ["Round trip, sort by it"]);
    assert!(only.text("#fg-state").starts_with("3 frameworks, 1 of 7 rows"), "{}", only.text("#fg-state"));
}

#[test]
fn a_long_finding_opens_in_place() {
    let site = site();
    let page = site.page("/toys/compare/?c=speed");
    assert!(!page.text(".matrix").contains("Slowly."));
    assert_eq!(page.texts("a.more"), ["More on Speed"]);
    let toggle = page.attributes("a.more", "href").remove(0);
    assert_eq!(toggle, "/toys/compare/?c=speed&open=a-zorble.speed#fg-open-a-zorble-speed");
    let open = site.page(toggle.split('#').next().expect("a path"));
    assert!(open.text(".matrix").contains("Uphill") && open.text(".matrix").contains("Slowly."));
    assert_eq!(open.texts("a.more"), ["Less on Speed", "On its page"]);
    assert_eq!(
        open.attributes("a.more#fg-open-a-zorble-speed", "href"),
        ["/toys/compare/?c=speed#fg-open-a-zorble-speed"]
    );
    assert_eq!(open.attributes("input[name=open]", "value"), ["a-zorble.speed"], "the form keeps it open");
}

#[test]
fn must_haves_leave_out_with_a_reason_and_mark_what_nobody_knows() {
    let page = site().page("/toys/compare/?must=Wheels:yes");
    assert_eq!(page.texts("thead .column"), ["Zorble", "Tumbrook"]);
    assert_eq!(page.texts(".left-out li"), ["Quill: not “Wheels: yes”, but “No”"]);
    assert_eq!(page.texts("thead .unknown"), ["Nobody knows: Wheels: yes"]);
    assert_eq!(page.attributes("input[name=must][checked]", "value"), ["speed.wheels:yes"]);
    let nobody = site().page("/toys/compare/?must=Wheels:yes&must=Maker:not+hands&f=a-zorble,b-quill");
    assert_eq!(nobody.count(".matrix"), 0);
    assert!(nobody.text(".empty").contains("No framework has all"));
    assert_eq!(nobody.attributes(".empty a", "href"), ["/toys/compare/?f=a-zorble,b-quill"]);
}

#[test]
fn frameworks_can_be_rows_and_sheets_of_paper() {
    let site = site();
    let rows = site.page("/toys/compare/?as=rows&sort=-name");
    assert_eq!(rows.texts("tbody th[scope=row] .column"), ["Zorble", "Tumbrook", "Quill"]);
    assert_eq!(rows.texts("thead th[scope=colgroup] b"), ["Speed", "Charm"]);
    assert_eq!(rows.count("thead th[scope=col]"), 7);
    assert_eq!(rows.count("tbody tr:first-child td"), 7);
    let many: String = (0..9).map(|n| format!("\n## T{n}\n\n### Speed\n\nx{n}\n\n### Charm\n\ny\n")).collect();
    let site = TestSite::of(&[("toys.md", &format!("{INDEX}{many}"))]);
    let paper = site.page("/toys/compare/?as=paper");
    assert_eq!(paper.count("table.matrix"), 3);
    assert_eq!(paper.texts("table.matrix thead .column").len(), 9);
    assert_eq!(paper.attributes("table.matrix tr.group th", "colspan")[4..], ["2", "2"]);
    assert_eq!(paper.texts("caption").last().map(String::as_str), Some("Toys: T8 side by side"));
}

#[test]
fn two_frameworks_read_as_a_head_to_head_with_an_address_of_its_own() {
    let site = TestSite::of(&[
        ("site.toml", "base_url = \"https://guide.example.org\"\n"),
        ("toys/index.md", INDEX),
        ("toys/a-zorble.md", ZORBLE),
        ("toys/b-quill.md", QUILL),
        ("toys/c-tumbrook.md", TUMBROOK),
    ]);
    let page = site.page("/toys/compare/?f=b-quill,a-zorble");
    assert_eq!(page.text("h1"), "Quill vs Zorble");
    assert!(page.text("title").starts_with("Quill vs Zorble · Toys"));
    let says =
        "Quill and Zorble differ in 6 of 7 rows. Quill is rated higher on Charm. Zorble is rated higher on Speed.";
    assert_eq!(page.text(".verdict"), says);
    assert_eq!(page.attributes("meta[name=description]", "content"), [says]);
    let canonical = page.attributes("link[rel=canonical]", "href");
    assert_eq!(canonical, ["https://guide.example.org/toys/compare/?f=a-zorble,b-quill"]);
    assert_eq!(site.page("/toys/compare/?f=a-zorble,b-quill").attributes("link[rel=canonical]", "href"), canonical);
    assert_eq!(page.texts(".agreed > summary"), ["No difference in Maker"]);
    assert_eq!(page.count(".agreed[open]"), 0, "where they agree is folded");
    let differing = page.texts("section.versus > table tbody th[scope=row] > div > a");
    assert_eq!(differing, ["Rating, sort by it", "Round trip, sort by it", "Wheels, sort by it", "Rating, sort by it"]);
    assert_eq!(page.texts(".both > div > .prose"), ["It rests.", "It runs.", "It sings.", "Plain."]);
    assert!(page.text(".both details").contains("Slowly."));
    let table = site.page("/toys/compare/?f=b-quill,a-zorble&as=columns");
    assert_eq!((table.count("table.matrix"), table.count(".versus")), (1, 0));
    assert_eq!(table.attributes("link[rel=canonical]", "href"), ["https://guide.example.org/toys/compare/"]);
    let from = site.page("/toys/a-zorble/").attributes(".pairs a", "href");
    assert!(from.contains(&"/toys/compare/?f=a-zorble,b-quill".to_owned()), "{from:?}");
}

#[test]
fn the_table_alone_can_be_shown_in_a_frame_of_any_site_and_runs_nothing() {
    let answer = site().get("/toys/compare/?f=a-zorble,b-quill&embed=1");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
    let page = answer.dom();
    assert_eq!((page.count("table.matrix"), page.count("form"), page.count("script")), (1, 0, 0));
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(page.attributes("p.quiet a", "href"), ["/toys/compare/?f=a-zorble,b-quill"]);
    let whole = site().get("/toys/compare/?f=a-zorble,b-quill");
    assert!(whole.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert!(whole.dom().text("#fg-embed code").contains("src=\"/toys/compare/?f=a-zorble,b-quill&embed=1\""));
}

#[test]
fn the_api_gives_what_the_page_exports_and_is_described() {
    let site = site();
    let api = site.get("/api/compare/toys?f=b-quill,a-zorble&must=Wheels:yes");
    assert_eq!(api.header("content-type"), "application/json");
    assert_eq!(api.bytes, site.get("/toys/compare.json?f=b-quill,a-zorble&must=Wheels:yes").bytes);
    assert_eq!(site.get("/api/compare/nothing").status, StatusCode::NOT_FOUND);
    let described: serde_json::Value = serde_json::from_slice(&site.get("/api/openapi.json").bytes).expect("JSON");
    let get = &described["paths"]["/api/compare/{category}"]["get"];
    let body = &get["responses"]["200"]["content"]["application/json"]["schema"];
    let answer: serde_json::Value = serde_json::from_slice(&api.bytes).expect("JSON");
    assert_described(body, &answer, "answer");
    let whole: serde_json::Value = serde_json::from_slice(&site.get("/api/compare/toys").bytes).expect("JSON");
    assert_described(body, &whole, "answer");
    let names: Vec<_> =
        get["parameters"].as_array().expect("a list").iter().map(|parameter| parameter["name"].as_str()).collect();
    assert_eq!(names, ["category", "f", "c", "r", "only", "must", "q", "sort"].map(Some));
}

/// Fails where a value has a key that its description does not know, or lacks one it requires.
fn assert_described(schema: &serde_json::Value, value: &serde_json::Value, place: &str) {
    match value {
        serde_json::Value::Array(items) => {
            items.iter().for_each(|item| assert_described(&schema["items"], item, place));
        }
        serde_json::Value::Object(entries) => {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(|name| name.as_str()) {
                assert!(entries.contains_key(name), "{place} has {name}");
            }
            for (name, entry) in entries {
                let known = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
                let known = known.unwrap_or_else(|| panic!("{place}.{name} is not described"));
                assert_described(known, entry, &format!("{place}.{name}"));
            }
        }
        _ => {}
    }
}

#[test]
fn strengths_and_weaknesses_are_told_on_the_pages_of_category_and_framework() {
    let site = site();
    let zorble = site.page("/toys/a-zorble/");
    assert_eq!(zorble.texts(".standing .strength"), ["highest of two in Speed"]);
    assert_eq!(zorble.texts(".standing .weakness"), [""; 0], "two of three share the lowest in Charm");
    assert_eq!(zorble.texts("table.field tbody th"), ["Speed", "Charm"]);
    assert_eq!(zorble.attributes("table.field tr:first-child td a.own", "title"), ["Zorble"]);
    let category = site.page("/toys/");
    assert_eq!(category.texts(".standings dt"), ["Zorble", "Quill"]);
    assert_eq!(category.texts("table.field tbody tr:first-child .unrated a"), ["Tumbrook"]);
    assert_eq!(category.attributes(".ways a", "href"), ["/toys/compare/", "/toys/choose/"]);
}

/// What `fieldguide compare` prints, and its exit code.
fn run(site: &TestSite, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    let output = command.env_clear().arg("compare").args(arguments).arg("--content").arg(site.path()).output();
    let output = output.expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn the_terminal_prints_what_the_pages_export() {
    let site = site();
    let url = "f=b-quill,a-zorble&c=speed&only=differences&sort=name";
    let options = ["toys", "b-quill", "a-zorble", "--criteria", "speed", "--only", "differences", "--sort", "name"];
    for (format, path) in [("md", "compare.md"), ("csv", "compare.csv"), ("json", "compare.json")] {
        let (printed, _, code) = run(&site, &[&options[..], &["--format", format]].concat());
        assert_eq!(code, Some(0));
        assert_eq!(printed.trim_end(), site.get(&format!("/toys/{path}?{url}")).text().trim_end(), "{format}");
    }
    let (printed, said, _) =
        run(&site, &["toys", "--rows", "speed.wheels", "--must", "Wheels: yes", "--format", "csv"]);
    assert_eq!(printed, "criterion,fact,Zorble,Tumbrook\nSpeed,Wheels,Yes,not researched\n");
    assert_eq!(said, "left out: Quill (not Wheels: yes)\n");
}

#[test]
fn in_the_terminal_a_name_that_is_not_known_is_a_mistake() {
    let site = site();
    for (arguments, says) in [
        (&["cars"][..], "there is no category \"cars\"; there are: toys"),
        (&["toys", "zorbel"], "There is no framework \"zorbel\" here."),
        (&["toys", "--must", "Colour: red"], "is no must-have that can be checked here."),
        (&["toys", "--weights", "speed=99"], "\"99\" is no weight from 0 to 10."),
        (&["toys", "--situation", "x"], "there is no situation \"x\""),
        (&["toys", "a-zorble", "--weights", "speed=2"], "a ranking takes in all frameworks"),
    ] {
        let (printed, said, code) = run(&site, arguments);
        assert_eq!((printed.as_str(), code), ("", Some(2)), "{arguments:?}");
        assert!(said.contains(says), "{said}");
    }
}

/// A category with random facts, one page a framework.
fn random_site(facts: &[Vec<String>]) -> TestSite {
    const KINDS: [&str; 6] = ["text", "duration", "yes/no", "version", "list", "number"];
    let mut index = "# C\n\n## Research Framework\n\n- **A** - one\n".to_owned();
    for (number, kind) in KINDS.iter().enumerate() {
        let _ = writeln!(index, "  - **Fact {number}** ({kind}) - about {kind}");
    }
    index.push_str("- **B** - two\n");
    let page = |number: usize, facts: &Vec<String>| {
        let mut text = format!("# X{number}\n\n## A\n\n");
        for (at, fact) in facts.iter().enumerate() {
            let _ = writeln!(text, "> **Fact {at}:** {fact}");
        }
        let _ = write!(
            text,
            "\nWords of {number}.\n\nMore.\n\n## B\n\n> **Rating:** {}/5 - so so\n\nSame.\n",
            number % 3 + 1
        );
        (format!("c/x{number}.md"), text)
    };
    let mut files = vec![("c/index.md".to_owned(), index)];
    files.extend(facts.iter().enumerate().map(|(number, facts)| page(number, facts)));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    TestSite::of(&files)
}

fn fact() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "No",
        "Yes, since 2.9",
        "partial",
        "Not applicable",
        "[To be completed]",
        "0.5 ms",
        "12 ms, cold",
        "3 s",
        "1.10",
        "1.9",
        "2.0rc1",
        "Linux, macOS",
        "=1+1",
        "a \"quoted\", b",
        "x | y",
        "12",
        "1 200",
        "é & ü",
        "`code` and *stress*",
        "-3",
    ])
    .prop_map(str::to_owned)
}

fn query() -> impl Strategy<Value = String> {
    let value = "[-.,:!<>%a-zß=+ |]{0,12}|x0|x1,x0|x2|a|b|a.fact-[0-6]|-a.fact-[0-6]|b.rating|differences|measured|\
        a.fact-2:yes|fact-4:!linux|fact-1<5 ms|b>=2|rows|columns|paper|x0.a|name|1|words";
    let key = "f|c|r|only|must|q|as|open|sort|w|w.a|fragment|embed|[a-z]{0,3}";
    prop::collection::vec((key, value), 0..7)
        .prop_map(|pairs| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// What a cell of the page says, without the marks and links that the page adds.
fn cells(page: &Dom) -> Vec<Vec<String>> {
    page.rows("table.matrix > tbody > tr:not(.group)", "td", &["vh", "cite", "more", "method"])
}

/// A text as page and export both have it: white space and the dash before a reason aside.
fn bare(text: &str) -> String {
    let text = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text);
    text.replace(" - ", " ").split_whitespace().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_content_and_any_query_are_answered_and_exports_agree_with_the_page(
        facts in prop::collection::vec(prop::collection::vec(fact(), 6), 1..5),
        queries in prop::collection::vec(query(), 8),
    ) {
        let site = random_site(&facts);
        for query in queries {
            for path in ["compare/", "compare.csv", "compare.json", "compare.md", "choose/", "choose.csv", "choose.json", "choose.md"] {
                let answer = site.get(&format!("/c/{path}?{query}"));
                prop_assert_eq!(answer.status, StatusCode::OK, "{}?{}", path, query);
            }
            prop_assert_eq!(site.get(&format!("/api/compare/c?{query}")).status, StatusCode::OK);
            // The first `as` holds for nobody but the page: whatever the layout, the rows are those of the export.
            let stripped: Vec<_> = query.split('&').filter(|pair| !["as=", "embed=", "fragment=", "open="].iter().any(|key| pair.starts_with(key))).collect();
            let query = stripped.join("&");
            let page = site.page(&format!("/c/compare/?{query}&as=columns"));
            let csv = site.get(&format!("/c/compare.csv?{query}")).text();
            let records: Vec<Vec<String>> = csv::Reader::from_reader(csv.as_bytes()).records()
                .map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect();
            let shown = cells(&page);
            if page.count("table.matrix") == 1 {
                let exported: Vec<Vec<String>> = records.iter().map(|record| record[2..].iter().map(|cell| bare(cell)).collect()).collect();
                let shown: Vec<Vec<String>> = shown.iter().map(|row| row.iter().map(|cell| bare(cell)).collect()).collect();
                prop_assert_eq!(shown, exported, "{}", query);
            }
            let json: serde_json::Value = serde_json::from_slice(&site.get(&format!("/c/compare.json?{query}")).bytes).expect("JSON");
            let states: Vec<String> = json["criteria"].as_array().into_iter().flatten()
                .flat_map(|criterion| criterion["rows"].as_array().into_iter().flatten())
                .flat_map(|row| json["frameworks"].as_array().into_iter().flatten().map(move |framework| {
                    format!("is-{}", row["values"][framework["slug"].as_str().unwrap_or_default()]["state"].as_str().unwrap_or_default())
                })).collect();
            if page.count("table.matrix") == 1 {
                let classes = page.attributes("table.matrix > tbody > tr:not(.group) > td", "class");
                let classes: Vec<_> = classes.iter().map(|class| class.split(' ').next().unwrap_or_default().to_owned()).collect();
                prop_assert_eq!(classes, states);
            }
        }
    }

    #[test]
    fn nothing_that_differs_is_hidden_by_only_differences(
        facts in prop::collection::vec(prop::collection::vec(fact(), 6), 2..5),
    ) {
        let site = random_site(&facts);
        let records = |query: &str| -> Vec<Vec<String>> {
            let csv = site.get(&format!("/c/compare.csv?{query}")).text();
            csv::Reader::from_reader(csv.as_bytes()).records()
                .map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
        };
        let shown = records("only=differences");
        for record in records("") {
            let says_one_thing = record[2..].windows(2).all(|pair| pair[0] == pair[1]);
            prop_assert!(says_one_thing || shown.contains(&record), "{:?}", record);
        }
    }
}
