//! The comparison as pages: what they show, that they agree with their exports, and that any query is answered.
use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Request, StatusCode};
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
    assert_eq!(nobody.count(".legend, .take"), 0, "there is nothing to explain or to take along");
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
    for (query, sheets) in [("", "as=paper"), ("as=rows&sort=name", "sort=name&as=paper")] {
        let wide = site.page(&format!("/toys/compare/?{query}"));
        assert_eq!(wide.attributes(".on-paper a", "href"), [format!("/toys/compare/?{sheets}")], "{query}");
        assert_eq!(wide.texts(".on-paper a"), [format!("http://127.0.0.1:3000/toys/compare/?{sheets}")], "{query}");
    }
    for query in ["as=paper", "f=t0,t1,t2,t3", "f=t0,t1", "as=rows&r=speed.wheels"] {
        assert_eq!(site.page(&format!("/toys/compare/?{query}")).count(".on-paper"), 0, "{query} fits a sheet");
    }
}

#[test]
fn where_frameworks_are_rows_each_fact_can_be_gone_to() {
    let page = site().page("/toys/compare/?as=rows");
    assert_eq!(page.texts(".jump summary"), ["Speed", "Charm"]);
    let facts = ["Rating", "Summary", "Round trip", "Wheels", "Maker", "Rating", "Summary"];
    assert_eq!(page.texts(".jump a"), facts);
    let heads = page.attributes("thead th[scope=col]", "id");
    assert_eq!(page.attributes(".jump a", "href"), heads.iter().map(|id| format!("#{id}")).collect::<Vec<_>>());
    assert_eq!(site().page("/toys/compare/?as=rows&r=speed.wheels").count(".jump"), 0, "all of it is in sight");
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
    let described =
        "Zorble and Quill differ in 6 of 7 rows. Zorble is rated higher on Speed. Quill is rated higher on Charm.";
    for query in ["f=b-quill,a-zorble", "f=a-zorble,b-quill", "f=b-quill,a-zorble&only=differences&c=charm&q=lovely"] {
        let page = site.page(&format!("/toys/compare/?{query}"));
        assert_eq!(page.attributes("meta[name=description]", "content"), [described], "{query}");
        assert_eq!(page.attributes("link[rel=canonical]", "href").len(), 1);
    }
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
}

#[test]
fn the_code_to_embed_holds_the_whole_address_of_the_table() {
    let code = |site: &TestSite, host: &str| {
        site.send("/toys/compare/?f=a-zorble,b-quill", &[("host", host)]).dom().text("#fg-embed code")
    };
    let holds = |base: &str| format!("src=\"{base}/toys/compare/?f=a-zorble,b-quill&embed=1\"");
    let unpublished = site();
    let asked = code(&unpublished, "guide.example:8080");
    assert!(asked.contains(&holds("http://guide.example:8080")), "{asked}");
    assert!(code(&unpublished, "x\"><y").contains(&holds("http://127.0.0.1:3000")), "only a host is believed");
    let published = TestSite::of(&[
        ("site.toml", "base_url = \"https://guide.example.org/\"\n"),
        ("toys/index.md", INDEX),
        ("toys/a-zorble.md", ZORBLE),
        ("toys/b-quill.md", QUILL),
    ]);
    let code = published.send("/toys/compare/?f=b-quill,a-zorble", &[("host", "elsewhere.example")]).dom();
    let code = code.text("#fg-embed code");
    assert!(code.contains("src=\"https://guide.example.org/toys/compare/?f=b-quill,a-zorble&embed=1\""), "{code}");
}

/// A category of 40 frameworks that state 40 facts under one of two criteria.
fn large() -> TestSite {
    category_of(40, 40)
}

/// A category of so many frameworks that state so many facts under one of two criteria.
fn category_of(frameworks: usize, fact_count: usize) -> TestSite {
    let facts = |line: &dyn Fn(usize) -> String| (0..fact_count).map(line).collect::<String>();
    let index = facts(&|fact| format!("  - **Fact {fact}** - what it says\n"));
    let index = format!("# Many\n\n## Research Framework\n\n- **Speed** - how fast\n{index}- **Charm** - how nice\n");
    let page = |number: usize| {
        let stated = facts(&|fact| format!("> **Fact {fact}:** {}\n", number * fact % 7));
        (format!("many/f{number}.md"), format!("# F{number}\n\n## Speed\n\n{stated}\nRuns.\n\nOn.\n\n## Charm\n"))
    };
    let pages: Vec<_> = (0..frameworks).map(page).collect();
    let files = pages.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    TestSite::of(&files.chain([("many/index.md", index.as_str())]).collect::<Vec<_>>())
}

#[test]
fn whoever_has_the_cells_of_an_edition_is_sent_rows_without_them() {
    let site = large();
    let page = site.page("/many/compare/");
    let edition = page.attributes(".matrix.many", "data-edition").remove(0);
    let part = |query: &str| site.page(&format!("/many/compare/?fragment=1{query}"));
    let (whole, held) = (part("&sort=speed.fact-3"), part(&format!("&sort=speed.fact-3&held={edition}")));
    assert_eq!(
        (whole.count("tr[data-row]"), whole.count("tr[data-held]"), whole.count("td.is-value")),
        (40, 0, 41 * 40)
    );
    assert_eq!((held.count("tr[data-held]"), held.count("td.is-value")), (40, 40), "the texts have links of their own");
    for attribute in ["data-column", "id"] {
        assert_eq!(held.attributes("thead th", attribute), whole.attributes("thead th", attribute));
    }
    assert_eq!(held.attributes("tr[data-row]", "data-row"), whole.attributes("tr[data-row]", "data-row"));
    assert_eq!(part("&held=1-1").count("[data-held]"), 0, "another edition has other cells");
    for query in ["as=rows", "as=paper", "q=fact", "f=f1,f2,f3"] {
        assert_eq!(part(&format!("&{query}&held={edition}")).count("[data-held]"), 0, "{query}");
    }
}

#[test]
fn whoever_has_the_cells_of_an_edition_is_told_their_order_first() {
    let site = large();
    let edition = site.page("/many/compare/").attributes(".matrix.many", "data-edition").remove(0);
    let order = |query: &str| {
        let answer = site.get(&format!("/many/compare/?{query}&order=1"));
        serde_json::from_slice::<serde_json::Value>(&answer.bytes).expect("JSON")
    };
    for query in ["", "sort=-speed.fact-3", "c=speed"] {
        let page = site.page(&format!("/many/compare/?{query}"));
        let order = order(&format!("{query}&held={edition}"));
        assert_eq!(order["turned"], false);
        assert_eq!(order["columns"], serde_json::json!(page.attributes("thead th", "data-column")), "{query}");
        let groups = order["groups"].as_array().expect("groups");
        let ids: Vec<_> = groups.iter().filter_map(|group| group["id"].as_str()).collect();
        assert_eq!(ids, page.attributes("tbody", "id"), "{query}");
        let rows = groups.iter().flat_map(|group| group["rows"].as_array().expect("rows"));
        let picks: Vec<_> = rows.filter_map(|row| Some(format!("{}-pick", row.as_str()?))).collect();
        assert_eq!(picks, page.attributes("tbody th a[id$='-pick']", "id"), "{query}");
    }
    let rows = site.page("/many/compare/?as=rows&sort=-name");
    let turned = order(&format!("as=rows&sort=-name&held={edition}"));
    assert_eq!(turned["turned"], true);
    assert_eq!(turned["columns"], serde_json::json!(rows.attributes("tbody th", "data-column")));
    assert!(order("held=1-1").is_null(), "another edition has other cells");
    for query in ["as=paper", "q=fact", "open=f1.speed", "f=f1,f2,f3", "only=differences"] {
        assert!(order(&format!("{query}&held={edition}")).is_null(), "{query}");
    }
}

#[test]
fn a_large_page_is_sent_from_its_start_while_the_rest_is_made() {
    let site = large();
    for (query, rows) in [("", 8), ("?as=rows", 6), ("?as=paper", 8)] {
        let path = format!("/many/compare/{query}");
        let pieces = site.pieces(&path);
        let [start, first, rest] = pieces.as_slice() else { panic!("{} pieces", pieces.len()) };
        assert!(start.contains("id=\"fg-state\"") && !start.contains("<table"), "the controls come first");
        assert_eq!(first.matches("<th scope=\"row\"").count(), rows, "{query}");
        assert!(rest.trim_end().ends_with("</html>"));
        assert_eq!(site.get(&path).text(), pieces.concat());
    }
    let when_turned = site.page("/many/compare/").attributes("table.matrix", "data-first-frameworks");
    assert_eq!(when_turned, ["6"], "as many as come first where they are rows");
    for path in ["/many/compare/?fragment=1", "/many/compare/?embed=1", "/many/compare/?f=f1,f2,f3"] {
        assert_eq!(site.pieces(path).len(), 1, "{path}");
    }
}

#[test]
fn a_table_of_few_columns_is_sent_whole_however_many_rows_it_has() {
    let site = category_of(5, 320);
    let page = site.page("/many/compare/");
    assert_eq!((page.count("table.matrix.few"), page.count("table[data-edition]")), (1, 0));
    assert_eq!(site.pieces("/many/compare/").len(), 3, "its first rows can be painted before the others");
}

#[test]
fn a_page_that_is_sent_in_pieces_is_compressed_and_validated_as_any_other() {
    use std::io::Read as _;
    let site = large();
    let path = "/many/compare/?sort=name";
    let plain = site.get(path);
    let gzip = site.send(path, &[("accept-encoding", "gzip")]);
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzip.bytes[..]).read_to_end(&mut unpacked).expect("gzip");
    assert!(unpacked == plain.bytes, "the gzip form is the page");
    let packed = site.send(path, &[("accept-encoding", "br")]);
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &packed.bytes[..], &mut unpacked).expect("brotli");
    assert!(unpacked == plain.bytes, "the brotli form is the page");
    let etags = [plain.header("etag"), gzip.header("etag"), packed.header("etag"), "\"other\""];
    for (at, etag) in etags.into_iter().enumerate() {
        let again = site.send(path, &[("if-none-match", etag)]);
        let wanted = if at == 0 { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        assert_eq!(again.status, wanted, "{etag}");
    }
    let again = site.send(path, &[("accept-encoding", "br"), ("if-none-match", packed.header("etag"))]);
    assert_eq!((again.status, again.header("etag")), (StatusCode::NOT_MODIFIED, packed.header("etag")));
    let head = site.request(Request::head(path).body(Body::empty()).expect("a request"));
    assert_eq!((head.status, head.header("etag"), head.bytes.len()), (StatusCode::OK, plain.header("etag"), 0));
    assert_ne!(site.get("/many/compare/?sort=-name").header("etag"), plain.header("etag"));
}

#[test]
fn what_cannot_be_had_is_noted_wherever_the_comparison_is_shown() {
    let site = site();
    let query = "f=a-zorble,nobody&as=rows&as=paper&as=rows&must=Colour:red";
    let notes = [
        "There is no framework \"nobody\" here.",
        "The table has a layout already; \"paper\" was ignored.",
        "\"Colour:red\" is no must-have that can be checked here.",
    ];
    for form in ["", "&fragment=1", "&embed=1"] {
        let page = site.page(&format!("/toys/compare/?{query}{form}"));
        assert_eq!(page.texts(".notice p"), notes, "{form}");
        assert_eq!(page.count("table.matrix.rows"), 1, "the first layout holds");
    }
    for path in ["/toys/compare.json", "/api/compare/toys"] {
        let json: serde_json::Value =
            serde_json::from_slice(&site.get(&format!("{path}?{query}")).bytes).expect("JSON");
        assert_eq!(json["notes"], serde_json::json!(notes), "{path}");
    }
}

#[test]
fn a_table_in_a_frame_says_who_is_left_out() {
    let site = site();
    let page = site.page("/toys/compare/?must=Wheels:yes&embed=1");
    assert_eq!(page.texts(".left-out li"), ["Quill: not “Wheels: yes”, but “No”"]);
    let nobody = site.page("/toys/compare/?must=Maker:not+hands&f=a-zorble,b-quill&embed=1");
    assert_eq!((nobody.count(".matrix"), nobody.count(".left-out li")), (0, 2));
    assert!(nobody.text(".empty").contains("No framework has all"));
    let nothing = site.page("/toys/compare/?q=xylophone&embed=1");
    assert_eq!((nothing.count("h1"), nothing.count(".matrix")), (1, 0));
    assert_eq!(nothing.text(".empty"), "No row is left.");
}

#[test]
fn any_declared_fact_can_be_asked_for_in_words() {
    let site = site();
    for path in ["/toys/compare/", "/toys/choose/"] {
        let page = site.page(path);
        assert_eq!(page.attributes("#fg-must-text", "list"), ["fg-must-facts"]);
        let begun = page.attributes("#fg-must-facts option", "value");
        assert_eq!(begun, ["Round trip < ", "Wheels: ", "Maker: "], "{path}");
    }
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
    assert_eq!(said, "left out: Quill: not “Wheels: yes”, but “No”\n");
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

/// What a framework says under the first criterion of a random category.
#[derive(Debug, Clone)]
struct Page {
    rating: Option<u8>,
    facts: Vec<String>,
    text: &'static str,
}

/// Texts of which several start alike.
const TEXTS: [&str; 8] = [
    "Lead.\n\nMore.",
    "Lead.\n\nMore of it.",
    "Lead.\n\n### Below\n\nMore.",
    "Lead.",
    "A *lead*[^two] | of `its` own.\n\nMore.",
    "- one\n- two",
    "### Below\n\nOnly there.",
    "[To be completed]",
];

/// What the facts of a random category are, one a kind.
const KINDS: [&str; 9] = ["text", "duration", "yes/no", "version", "list", "number", "size", "rate", "date"];

/// A category with random facts, one page a framework.
fn random_site(pages: &[Page]) -> TestSite {
    let mut index = "# C\n\n## Research Framework\n\n- **A** - one\n".to_owned();
    for (number, kind) in KINDS.iter().enumerate() {
        let _ = writeln!(index, "  - **Fact {number}** ({kind}) - about {kind}");
    }
    index.push_str("- **B** - two\n");
    let page = |number: usize, page: &Page| {
        let mut text = format!("# X{number}\n\n## A\n\n");
        if let Some(rating) = page.rating {
            let _ = writeln!(text, "> **Rating:** {rating}/5 - as it is[^two]");
        }
        for (at, fact) in page.facts.iter().enumerate() {
            let _ = writeln!(text, "> **Fact {at}:** {fact}");
        }
        let _ = write!(
            text,
            "\n{}\n\n## B\n\n> **Rating:** {}/5 - so so\n\nSame.\n\n[^one]: One, *First*, <https://example.org/1>, read 2026-01-05.\n[^two]: Two | *Second*.\n",
            page.text,
            number % 3 + 1
        );
        (format!("c/x{number}.md"), text)
    };
    let others = [
        ("c/index.md", index.as_str()),
        ("c/method.md", "# How\n\nWith a clock.\n"),
        ("c/data/trips.csv", "name,p50_ms,peak_mib\nzorble,0.61,64\nquill,3,12\n"),
    ];
    let mut files: Vec<_> = others.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    files.extend(pages.iter().enumerate().map(|(number, says)| page(number, says)));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    TestSite::of(&files)
}

fn random_page() -> impl Strategy<Value = Page> {
    let rating = prop::option::of(1..=5u8);
    (rating, prop::collection::vec(fact(), KINDS.len()), prop::sample::select(&TEXTS[..]))
        .prop_map(|(rating, facts, text)| Page { rating, facts, text })
}

fn fact() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "No",
        "Yes, since 2.9",
        "partial",
        "Not applicable",
        "[To be completed]",
        "0.5 ms",
        "12 ms, cold[^one]",
        "see both[^two][^one]",
        "10 mW",
        "10 MW",
        "[0.61 ms](data/trips.csv#zorble.p50_ms), cold[^one]",
        "[3 ms](data/trips.csv#quill.p50_ms)",
        "[64 MiB](data/trips.csv#zorble.peak_mib)",
        "10 MB",
        "90 tasks/s, warm",
        "1.5 GB/s",
        "May 2024",
        "2024-05-31",
        "no",
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
    let value = "[-.,:!<>%a-zß=+ |]{0,12}|x0|x1,x0|x2|a|b|a.fact-[0-9]|-a.fact-[0-9]|b.rating|differences|measured|\
        a.fact-2:yes|fact-4:!linux|fact-1<5 ms|b>=2|rows|columns|paper|x0.a|name|1|words";
    let key = "f|c|r|only|must|q|as|open|sort|w|w.a|fragment|embed|[a-z]{0,3}";
    prop::collection::vec((key, value), 0..7)
        .prop_map(|pairs| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// A cell as a page or an export has it: its state, its text, its rating, the numbers of its sources, and whether
/// it was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    state: String,
    text: String,
    rating: Option<u64>,
    sources: Vec<u64>,
    measured: bool,
}

/// A row by its name.
type Saying = (String, Vec<Said>);

/// What the page adds to names and values.
const ADDED: [&str; 6] = ["vh", "cite", "more", "method", "hint", "all"];

/// A text as page and export both have it: white space and the dash before a reason aside.
fn bare(text: &str) -> String {
    text.replace(" - ", " ").split_whitespace().collect()
}

/// The rows of whole tables that have frameworks as columns.
const ROWS: &str = "table.matrix > tbody > tr:not(.group)";

/// The rows of tables of the page that have frameworks as columns.
fn shown(page: &Dom, rows: &str) -> Vec<Saying> {
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
fn shown_as_rows(page: &Dom) -> Vec<Saying> {
    let names = page.rows("table.matrix.rows > thead > tr:last-child", "th[scope=col]", &ADDED).remove(0);
    let frameworks = shown(page, "table.matrix.rows > tbody > tr");
    let column = |(at, name): (usize, String)| (name, frameworks.iter().map(|(_, says)| says[at].clone()).collect());
    names.into_iter().enumerate().map(column).collect()
}

/// The rows of the sheets of a page for paper, put together again.
fn shown_on_paper(page: &Dom, row_count: usize) -> Vec<Saying> {
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
fn exported(json: &serde_json::Value, criterion: &serde_json::Value) -> Vec<(Saying, bool)> {
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
fn markdown_rows(markdown: &str) -> Vec<Vec<(String, Vec<String>)>> {
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
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// Fails where CSV or Markdown say in any cell something else than JSON.
fn agree_with_json(
    site: &TestSite,
    query: &str,
    json: &serde_json::Value,
    rows: &[Saying],
) -> Result<(), TestCaseError> {
    let csv = site.get(&format!("/c/compare.csv?{query}")).text();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    let in_csv: Vec<(String, Vec<String>)> = records
        .iter()
        .map(|record| (record[1].to_owned(), record.iter().skip(2).map(|cell| bare(unguarded(cell))).collect()))
        .collect();
    let texts: Vec<(String, Vec<String>)> =
        rows.iter().map(|(name, says)| (name.clone(), says.iter().map(|said| said.text.clone()).collect())).collect();
    prop_assert_eq!(&in_csv, &texts, "{}", query);
    let markdown = markdown_rows(&site.get(&format!("/c/compare.md?{query}")).text());
    let in_markdown: Vec<(String, Vec<String>)> = markdown
        .iter()
        .map(|cells| (cells[0].0.trim().to_owned(), cells[1..].iter().map(|cell| bare(cell.0.trim())).collect()))
        .collect();
    prop_assert_eq!(&in_markdown, &texts, "{}", query);
    let json_rows = json["criteria"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|criterion| criterion["rows"].as_array().into_iter().flatten());
    for (row, cells) in json_rows.zip(&markdown) {
        for (framework, (_, notes)) in json["frameworks"].as_array().into_iter().flatten().zip(&cells[1..]) {
            let sources = row["values"][framework["slug"].as_str().unwrap_or_default()]["sources"].as_array();
            let sources: Vec<_> =
                sources.into_iter().flatten().map(|source| source["text"].as_str().unwrap_or_default()).collect();
            prop_assert_eq!(sources.len(), notes.len());
            prop_assert!(
                notes.iter().zip(&sources).all(|(note, source)| bare(note).starts_with(&bare(source))),
                "{:?} {:?}",
                notes,
                sources
            );
        }
    }
    Ok(())
}

/// Fails where a head-to-head says in any cell something else than JSON, or folds what differs.
fn pair_agrees(site: &TestSite, query: &str) -> Result<(), TestCaseError> {
    let page = site.page(&format!("/c/compare/?{query}"));
    let json: serde_json::Value =
        serde_json::from_slice(&site.get(&format!("/c/compare.json?{query}")).bytes).expect("JSON");
    let criteria = json["criteria"].as_array().cloned().unwrap_or_default();
    if json["frameworks"].as_array().map_or(0, Vec::len) != 2 || criteria.is_empty() {
        prop_assert_eq!(page.count(".versus"), 0);
        return Ok(());
    }
    prop_assert_eq!(page.count("section.versus"), criteria.len());
    for criterion in criteria {
        let section =
            format!("section.versus[aria-labelledby=fg-group-{}]", criterion["slug"].as_str().unwrap_or_default());
        let (summary, facts): (Vec<_>, Vec<_>) =
            exported(&json, &criterion).into_iter().partition(|((name, _), _)| name == "Summary");
        let of = |differs: bool| {
            facts.iter().filter(|(_, differing)| *differing == differs).map(|(row, _)| row.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(shown(&page, &format!("{section} > table.matrix > tbody > tr")), of(true), "{}", query);
        prop_assert_eq!(
            shown(&page, &format!("{section} > .agreed > table.matrix > tbody > tr")),
            of(false),
            "{}",
            query
        );
        let texts = page.rows(&format!("{section} > .both"), ".both > div > .prose, .both > div > .gap", &ADDED);
        prop_assert_eq!(texts.len(), summary.len());
        for (text, said) in texts.first().into_iter().flatten().zip(summary.iter().flat_map(|((_, says), _)| says)) {
            let expected = match said.state.as_str() {
                "gap" => "Notresearchedyet",
                // What starts with a list has no first paragraph.
                _ if said.text.starts_with("one") => "",
                _ => &said.text,
            };
            prop_assert_eq!(bare(text), expected, "{}", query);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_content_and_any_query_are_answered_and_exports_agree_with_the_page(
        pages in prop::collection::vec(random_page(), 1..6),
        queries in prop::collection::vec(query(), 5),
    ) {
        let site = random_site(&pages);
        for query in queries.into_iter().chain(["only=measured".to_owned()]) {
            for path in ["compare/", "compare.csv", "compare.json", "compare.md", "choose/", "choose.csv", "choose.json", "choose.md"] {
                let answer = site.get(&format!("/c/{path}?{query}"));
                prop_assert_eq!(answer.status, StatusCode::OK, "{}?{}", path, query);
            }
            prop_assert_eq!(site.get(&format!("/api/compare/c?{query}")).status, StatusCode::OK);
            let without = |keys: &[&str]| query.split('&').filter(|pair| !keys.iter().any(|key| pair.starts_with(key))).collect::<Vec<_>>().join("&");
            let asked = without(&["as=", "embed=", "fragment=", "open="]);
            let json: serde_json::Value = serde_json::from_slice(&site.get(&format!("/c/compare.json?{asked}")).bytes).expect("JSON");
            let criteria = json["criteria"].as_array().cloned().unwrap_or_default();
            let rows: Vec<Saying> = criteria.iter().flat_map(|criterion| exported(&json, criterion)).map(|(row, _)| row).collect();
            let has_table = !criteria.is_empty() && json["frameworks"] != serde_json::json!([]);
            let columns = site.page(&format!("/c/compare/?{asked}&as=columns"));
            let embedded = site.page(&format!("/c/compare/?{asked}&embed=1"));
            prop_assert_eq!(columns.count("table.matrix"), usize::from(has_table), "{}", asked);
            prop_assert_eq!(embedded.count("table.matrix"), usize::from(has_table), "{}", asked);
            if has_table {
                agree_with_json(&site, &asked, &json, &rows)?;
                prop_assert_eq!(&shown(&columns, ROWS), &rows, "{}", asked);
                prop_assert_eq!(&shown(&embedded, ROWS), &rows, "{}", asked);
                let paper = site.page(&format!("/c/compare/?{asked}&as=paper"));
                prop_assert_eq!(&shown_on_paper(&paper, rows.len()), &rows, "{}", asked);
                for form in ["as=rows", "as=rows&embed=1"] {
                    let turned = site.page(&format!("/c/compare/?{asked}&{form}"));
                    prop_assert_eq!(&shown_as_rows(&turned), &rows, "{}&{}", asked, form);
                }
                let open = site.page(&format!("/c/compare/?{asked}&as=columns&open=x0.a"));
                for ((name, opened), (_, exported)) in shown(&open, ROWS).iter().zip(&rows) {
                    for (opened, exported) in opened.iter().zip(exported) {
                        let is_whole = name == "Summary" && opened.text.len() > exported.text.len();
                        prop_assert_eq!(&opened.state, &exported.state);
                        prop_assert!(opened == exported || is_whole && opened.text.starts_with(&exported.text), "{:?} {:?}", opened, exported);
                    }
                }
            }
            pair_agrees(&site, &format!("{}&f=x1,x0", without(&["as=", "embed=", "fragment=", "open=", "f="])))?;
        }
    }

    #[test]
    fn nothing_that_differs_is_hidden_by_only_differences(
        mut pages in prop::collection::vec(random_page(), 2..5),
        are_alike in any::<bool>(),
    ) {
        if are_alike {
            pages.iter_mut().for_each(|page| page.text = TEXTS[0]);
            pages[1].text = TEXTS[1];
        }
        let site = random_site(&pages);
        let records = |query: &str| -> Vec<Vec<String>> {
            let csv = site.get(&format!("/c/compare.csv?{query}")).text();
            csv::Reader::from_reader(csv.as_bytes()).records()
                .map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
        };
        let shown = records("only=differences");
        for record in records("") {
            let is_text_of_a = record[..2] == ["A", "Summary"];
            let says_one_thing = match is_text_of_a {
                true => pages.windows(2).all(|pair| pair[0].text == pair[1].text),
                false => record[2..].windows(2).all(|pair| pair[0] == pair[1]),
            };
            prop_assert!(says_one_thing || shown.contains(&record) || is_same_answer(&record), "{:?}", record);
            prop_assert!(!says_one_thing || !shown.contains(&record), "{:?} is the same of all", record);
        }
    }
}

/// Whether the cells of a record are all the answer "no", in whatever case.
fn is_same_answer(record: &[String]) -> bool {
    record[2..].iter().all(|cell| cell.eq_ignore_ascii_case("no"))
}
