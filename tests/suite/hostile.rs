//! Folders and files that nobody would write on purpose: each gives a diagnostic and takes nothing else down.

use std::fs;
use std::os::unix::fs::symlink;

use axum::http::StatusCode;

use super::support::TestSite;

fn diagnostics(site: &TestSite) -> Vec<(String, u32, &'static str)> {
    site.edition().site.diagnostics().into_iter().map(|d| (d.path, d.line, d.code)).collect()
}

#[test]
fn a_file_that_is_not_utf_8_is_shown_as_far_as_it_can_be() {
    let site = TestSite::prepared(|folder| {
        fs::write(folder.join("bad.md"), b"# Bad\n\nfine\n\xff\xfe broken\n").expect("written");
        fs::write(folder.join("good.md"), "# Good\n").expect("written");
    });
    assert_eq!(diagnostics(&site), [("bad.md".to_owned(), 4, "not-utf-8")]);
    assert!(site.page("/bad/").text("main").contains("fine"));
    assert_eq!(site.page("/good/").text("h1"), "Good");
}

#[test]
fn an_empty_file_is_a_page_with_the_files_name() {
    let site = TestSite::of(&[("empty-file.md", ""), ("white.md", "\n \n\t\n"), ("bom.md", "\u{feff}# With a mark\n")]);
    assert_eq!(site.page("/empty-file/").text("h1"), "Empty file");
    assert_eq!(site.page("/white/").text("h1"), "White");
    assert_eq!(site.page("/bom/").text("h1"), "With a mark");
}

#[test]
fn a_huge_file_is_not_read_and_its_page_says_so() {
    let site = TestSite::prepared(|folder| {
        let file = fs::File::create(folder.join("huge.md")).expect("created");
        file.set_len(50 << 20).expect("fifty megabytes");
        fs::write(folder.join("good.md"), "# Good\n").expect("written");
    });
    assert_eq!(diagnostics(&site), [("huge.md".to_owned(), 1, "too-large")]);
    assert_eq!(site.get("/huge/").status, StatusCode::OK);
    assert_eq!(site.page("/good/").text("h1"), "Good");
}

#[test]
fn links_are_followed_inside_the_folder_only() {
    let site = TestSite::prepared(|folder| {
        let outside = folder.parent().expect("lies in the test's folder");
        fs::write(outside.join("secret.md"), "# Secret\n").expect("written");
        fs::create_dir(outside.join("secrets")).expect("made");
        fs::write(outside.join("secrets/more.md"), "# More secrets\n").expect("written");
        fs::create_dir(folder.join("sub")).expect("made");
        fs::write(folder.join("sub/a.md"), "# A\n").expect("written");
        symlink("sub/a.md", folder.join("inside.md")).expect("linked");
        symlink("../secret.md", folder.join("outside.md")).expect("linked");
        symlink("../secrets", folder.join("outside")).expect("linked");
        symlink("..", folder.join("sub/up")).expect("linked");
        symlink("loop.md", folder.join("loop.md")).expect("linked");
        symlink("nowhere.md", folder.join("dangling.md")).expect("linked");
    });
    assert_eq!(site.page("/inside/").text("h1"), "A");
    assert_eq!(site.page("/sub/a/").text("h1"), "A");
    for path in ["/outside/", "/outside.md", "/outside/more/", "/secret.md", "/loop/", "/dangling/", "/sub/up/sub/a/"] {
        assert_eq!(site.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut found: Vec<_> = diagnostics(&site).into_iter().map(|(path, _, code)| (path, code)).collect();
    found.sort();
    let expected = [
        ("dangling.md", "link"),
        ("loop.md", "link"),
        ("outside", "link-outside"),
        ("outside.md", "link-outside"),
        ("sub/up", "link-loop"),
    ];
    assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code)));
}

#[test]
fn a_pipe_or_a_folder_called_like_a_document_is_no_document() {
    let site = TestSite::prepared(|folder| {
        fs::create_dir(folder.join("folder.md")).expect("made");
        fs::write(folder.join("folder.md/inner.md"), "# Inner\n").expect("written");
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.md")).status().expect("mkfifo runs");
        assert!(made.success());
    });
    assert_eq!(diagnostics(&site), [("pipe.md".to_owned(), 1, "unreadable")]);
    assert_eq!(site.page("/folder-md/inner/").text("h1"), "Inner");
}

#[test]
fn a_plain_folder_of_oddly_named_files_is_a_site() {
    let files = [
        ("Über uns.md", "# About\n"),
        ("a/b/c/d/deep file.md", "# Deep\n"),
        ("a/b/c/d/pic.png", "not a picture"),
        ("100% sure?.md", "# Percent\n"),
        ("UPPER.MD", "# Upper\n"),
        ("same.md", "# Same 1\n"),
        ("Same.md", "# Same 2\n"),
        ("compare.md", "# Compare\n"),
        ("search.md", "# Search\n"),
        ("README.md", "# Read me\n"),
        ("x/README.md", "# Readme of x\n"),
        ("x/index.md", "# Index of x\n"),
        ("y.md", "# Y\n"),
        ("y/z.md", "# Z\n"),
    ];
    let site = TestSite::of(&files);
    let edition = site.edition();
    assert_eq!(edition.site.categories.len(), 0);
    for (path, text) in files.iter().filter(|(path, _)| fieldguide::content::source::is_markdown(path)) {
        let id =
            edition.site.document_at(&fieldguide::ids::DocPath::new(path)).unwrap_or_else(|| panic!("{path} is lost"));
        let url = &edition.site.pages[edition.site.page_of(id)].url;
        assert_eq!(site.page(url).text("h1"), text.trim_start_matches("# ").trim(), "{path} at {url}");
    }
    assert_eq!(site.page("/").text("h1"), "Read me");
    assert_eq!(site.page("/x/").text("h1"), "Index of x");
    assert_eq!(site.page("/a/b/c/").text("h1"), "C");
    assert_eq!(site.get("/%C3%BCber-uns/").status, StatusCode::OK);
}

#[test]
fn an_empty_folder_is_a_site() {
    let site = TestSite::of(&[]);
    assert_eq!(site.page("/").text("h1"), "fieldguide");
    assert_eq!(site.get("/search?q=x").status, StatusCode::OK);
}

#[test]
fn deep_nesting_and_long_lines_are_survived() {
    let quotes = format!("# Quotes\n\n{} deep\n", ">".repeat(20_000));
    let lists: String = std::iter::once("# Lists\n\n".to_owned())
        .chain((0..1_500).map(|n| format!("{}- x\n", " ".repeat(n))))
        .collect();
    let brackets = format!("# Brackets\n\n{}\n", "[".repeat(50_000));
    let tags = format!("# Tags\n\n{}\n", "<div>".repeat(20_000));
    let emphasis = format!("# Emphasis\n\n{}\n", "*a_".repeat(20_000));
    let line = format!("# Line\n\n```python\n{}\n```\n", "x = 1; ".repeat(100_000));
    let headings: String = (0..5_000).map(|n| format!("{} H\n", "#".repeat(1 + n % 6))).collect();
    let site = TestSite::of(&[
        ("quotes.md", &quotes),
        ("lists.md", &lists),
        ("brackets.md", &brackets),
        ("tags.md", &tags),
        ("emphasis.md", &emphasis),
        ("line.md", &line),
        ("headings.md", &headings),
        ("good.md", "# Good\n"),
    ]);
    for path in ["/quotes/", "/lists/", "/brackets/", "/tags/", "/emphasis/", "/line/", "/headings/", "/good/"] {
        assert_eq!(site.get(path).status, StatusCode::OK, "{path}");
    }
}

#[test]
fn thousands_of_files_are_a_site() {
    let files: Vec<(String, String)> =
        (0..2_000).map(|n| (format!("f{}/page {n}.md", n % 20), format!("# Page {n}\n\nwords\n"))).collect();
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::of(&borrowed);
    assert_eq!(site.edition().site.documents.len(), 2_000);
    let page = site.get("/f3/page-1983/");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.bytes.len() < 60_000, "the page does not list every other page: {} bytes", page.bytes.len());
}

/// Breaks out of whatever it is put into, where that is not escaped; nothing in it ends a line, a cell or a string.
const EVIL: &str = "</script></style></title></svg></code><script data-evil>alert(1)</script><svg data-evil onload=alert(1)><img data-evil src=x onerror=alert(1)><a data-evil href=javascript:alert(1)>x</a>";

/// The same as Markdown that means these very characters, so that they become names and titles.
fn literal() -> String {
    EVIL.replace('<', "&lt;").replace('>', "&gt;")
}

/// That none of these pages holds anything foreign; and that each was there.
fn assert_inert(site: &TestSite, paths: &[&str]) {
    for path in paths {
        assert_eq!(site.page(path).intruders(), Vec::<String>::new(), "{path}");
    }
}

/// The codes that a site tells of a file, each once, in order.
fn codes_of(site: &TestSite, path: &str) -> Vec<&'static str> {
    let edition = site.edition();
    let situations = fieldguide::choose::Situation::diagnostics(&edition.site);
    let all = edition.site.diagnostics().into_iter().chain(situations);
    let codes: std::collections::BTreeSet<_> = all.filter(|told| told.path == path).map(|told| told.code).collect();
    codes.into_iter().collect()
}

#[test]
fn the_measure_of_these_tests_finds_what_it_looks_for() {
    let found = |html: &str| {
        super::support::Answer {
            status: StatusCode::OK,
            headers: axum::http::HeaderMap::new(),
            bytes: html.as_bytes().to_vec(),
        }
        .dom()
        .intruders()
        .len()
    };
    assert_eq!(found(&format!("<p>{EVIL}</p>")), 4);
    assert_eq!(found("<a href=' java\nscript:x'>x</a><p style='x'>x</p><iframe></iframe>"), 3);
    assert_eq!(found(&format!("<p>{}</p><script src='/static/main.js'></script>", literal())), 0);
}

#[test]
fn a_chart_that_is_drawn_keeps_hostile_names_as_text() {
    let quoted = serde_json::to_string(EVIL).expect("JSON, and so TOML");
    let chart = |kind: &str| {
        format!(
            "```chart\ndata = 'data/x.csv'\nkind = '{kind}'\nx = {quoted}\ny = 'p_ms'\nseries = 'name'\ntitle = {quoted}\ncaption = {quoted}\norder = [{quoted}]\n```\n"
        )
    };
    let text = format!("# Drawn\n\n{}\n{}\n{}\n", chart("line"), chart("bar"), chart("dot"));
    let table = format!("name,{EVIL},p_ms\n{EVIL},{EVIL},1\n{EVIL},b,2\nother {EVIL},{EVIL},3\n");
    let site = TestSite::of(&[("drawn.md", &text), ("data/x.csv", &table)]);
    assert_eq!(diagnostics(&site), []);
    let page = site.page("/drawn/");
    assert_eq!(page.count("figure.chart:not(.broken) > svg[role=img]"), 6, "each is drawn, wide and narrow");
    assert_eq!(page.texts(".chart-legend li")[..2], [EVIL.to_owned(), format!("other {EVIL}")]);
    assert_eq!(page.texts(".chart-title"), [EVIL; 3]);
    assert!(page.texts("svg text").iter().any(|text| text.starts_with("</script>")), "labels hold it too");
    assert_inert(&site, &["/drawn/", "/data/x/", "/data/x/?sort=p_ms", "/search?q=alert"]);
}

#[test]
fn hostile_words_in_what_a_category_declares_and_a_framework_states_stay_words() {
    for evil in [EVIL.to_owned(), literal()] {
        let index = format!(
            "# F {evil}\n\n> **Status {evil}:** {evil}\n\n{evil}\n\n## Research Framework\n\n- **Cost {evil}** - {evil}\n  - **Price {evil}** ({evil}) - {evil}\n  - **Heavy** (yes/no) - {evil}\n- **Use** - {evil}\n- **Use** - {evil}\n\n## Rating scale\n\n- **Cost {evil}**\n  - **4** - {evil}\n  - **9** - {evil}\n\n## Situations\n\n### A race {evil}\n\n> **Weights:** Cost {evil} 3, {evil}\n> **Must:** {evil}; Price {evil}: {evil}\n\n{evil}\n"
        );
        let ray = format!(
            "# Ray {evil}\n\n## Cost {evil}\n\n> **Rating:** 4/5 - {evil}\n> **Price {evil}:** {evil}\n> **Heavy:** {evil}\n> **Other {evil}:** {evil}\n\n{evil}\n\n## Use\n\n> **Rating:** {evil}\n\n{evil} [x](javascript:alert(1))\n"
        );
        let site = TestSite::live(&[
            ("f/index.md", &index),
            ("f/ray.md", &ray),
            ("f/dask.md", "# Dask\n\n## Use\n\nFor {evil}.\n\n## Cost\n"),
        ]);
        assert_inert(
            &site,
            &[
                "/",
                "/f/",
                "/f/ray/",
                "/f/compare/",
                "/f/compare/?f=ray,dask",
                "/f/compare/?as=rows",
                "/f/choose/",
                "/search?q=alert",
                "/search?q=price+of+ray",
            ],
        );
        assert_eq!(site.get("/f/rai/").dom().intruders(), Vec::<String>::new(), "what is near is named");
        let expected = [
            ("f/index.md", ["criterion-twice", "fact-kind", "scale", "situation"]),
            ("f/ray.md", ["fact-kind", "fact-undeclared", "rating", "unsafe-link"]),
        ];
        for (path, expected) in expected {
            let codes = codes_of(&site, path);
            assert!(expected.iter().all(|code| codes.contains(code)), "{path}: {codes:?}");
        }
    }
}

#[test]
fn hostile_code_diagrams_and_notes_stay_text() {
    let evil = literal();
    let text = format!(
        "# Page\n\n```python title=\"{EVIL}\" {{1-99999999999999999999}} run\n{EVIL}\n```\n\n```{EVIL} {EVIL}\n{EVIL}\n```\n\n\
        ```mermaid\nflowchart LR\n  accTitle: {EVIL}\n  accDescr: {EVIL}\n  A[\"{EVIL}\"] -->|\"{EVIL}\"| B\n  style A fill:url(javascript:alert(1))\n  click A href \"javascript:alert(1)\"\n```\n\n\
        ```mermaid\nsequenceDiagram\n  accTitle: {EVIL}\n  participant A as {EVIL}\n  participant B as B\n  A->>B: {EVIL}\n  Note over A,B: {EVIL}\n```\n\n\
        ```mermaid\n%%{{init: {EVIL}}}%%\nflowchart LR\n  A --> B\n```\n\n\
        Words.[^raw] Words.[^told] Words.[^&lt;img/onerror=alert(1)/data-evil&gt;] ![{EVIL}](javascript:alert(1) \"{evil}\")\n\n\
        [^raw]: {EVIL} *{EVIL}*, <https://example.org/?q={EVIL}>, [x](javascript:alert(1)), read 2026-01-01.\n\
        [^told]: {evil}, *{evil}*, <https://example.org/a>, <javascript:alert(1)>, version 1 {evil}, read 2026-01-01.\n"
    );
    let index = "# F\n\n## Research Framework\n\n- **Cost** - x\n- **Use** - x\n";
    let run = serde_json::json!({ "f/page.md": [{
        "line": 3, "sha256": fieldguide::content::data::code_hash(&format!("{EVIL}\n")), "stdout": EVIL, "date": EVIL,
    }] });
    let site = TestSite::live(&[
        ("f/index.md", index),
        ("f/page.md", &text),
        (
            "f/ray.md",
            &format!(
                "# Ray\n\n## Cost\n\nx[^1]\n\n## Use\n\ny\n\n[^1]: {evil}, *{evil}*, <https://example.org/{evil}>, read 2026-01-01.\n"
            ),
        ),
        ("f/data/examples.json", &run.to_string()),
    ]);
    let page = site.page("/f/page/");
    assert_eq!((page.count("figure.diagram:not(.broken) svg"), page.count("figure.diagram.broken pre")), (2, 1));
    assert_eq!(page.text("figure.code figcaption"), EVIL);
    assert_eq!(page.text(".run samp"), EVIL);
    assert!(
        page.text("#diagnostics").contains("<img/onerror=alert(1)/data-evil>"),
        "what is wrong is told on the page"
    );
    assert_inert(&site, &["/f/page/", "/f/ray/", "/f/sources/", "/f/compare/", "/search?q=alert"]);
    let codes = codes_of(&site, "f/page.md");
    for code in ["diagram", "missing-source", "unsafe-link"] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
}

#[test]
fn hostile_tables_and_environments_stay_text() {
    let formulas = "=HYPERLINK(\"\"x\"\")|+1+cmd|-1+1|@SUM(A1)|\t=1|\r=1".split('|');
    let cells: String = formulas.map(|formula| format!("\"{formula}\",\"{EVIL}\",1\n")).collect();
    let table = format!("name,\"{EVIL}\",p_ms\n{cells}\"{EVIL}\",2,1e400\nshort,1\nunclosed,\"{EVIL}\n");
    let environment = serde_json::json!({ EVIL: EVIL, "date": EVIL, "deep": { EVIL: [EVIL] } }).to_string();
    let text = format!("# A\n\n[{}](data/x.csv#{}.p_ms)\n", literal(), EVIL.replace(['<', '>', ' '], "%20"));
    let site = TestSite::live(&[("a.md", &text), ("data/x.csv", &table), ("data/environment.json", &environment)]);
    assert_inert(&site, &["/a/", "/data/x/", "/data/x/?sort=name", "/data/x/?sort=%3Cscript%3E"]);
    let faults = diagnostics(&site);
    let formulas = faults.iter().filter(|(_, _, code)| *code == "data-formula").count();
    assert_eq!(formulas, 6, "{faults:?}");
    assert_eq!(codes_of(&site, "data/x.csv"), ["data-cells", "data-formula", "data-quote"]);
    assert_eq!(codes_of(&site, "a.md"), ["figure"]);
    assert_eq!(site.page("/data/x/").texts("thead th")[1], format!("{EVIL}, sort by it"));
}

#[test]
fn numbers_beyond_all_measure_are_no_values() {
    let index = "# F\n\n## Research Framework\n\n- **Cost** - x\n  - **Price** (number) - x\n  - **Time** (duration) - x\n  - **Size** (size) - x\n  - **Rate** (rate) - x\n- **Use** - x\n";
    let chart =
        |more: &str| format!("```chart\ndata = 'data/x.csv'\nx = 'name'\ny = 'p_h'\ntitle = 't'\n{more}\n```\n");
    let ray = format!(
        "# Ray\n\n## Cost\n\n> **Rating:** 99999999999999999999/5 - many\n> **Price:** 1e400\n> **Time:** 1e400 ms\n> **Size:** 1e400 GiB\n> **Rate:** 1e400 tasks/s\n\n[1e400 h](data/x.csv#a.p_h) [0e400 h](data/x.csv#a.p_h) [{} h](data/x.csv#a.p_h) [5 h](data/x.csv#c.p_h)\n\n## Use\n\n{}\n{}\n{}\n",
        "9".repeat(400),
        chart(""),
        chart("where = { name = 1e400 }"),
        chart("where = { name = 99999999999999999999 }"),
    );
    let site = TestSite::of(&[
        ("f/index.md", index),
        ("f/ray.md", &ray),
        ("f/data/x.csv", "name,p_h\na,1\nb,1e400\nc,1e308\n"),
        ("f/data/environment.json", "{\"memory\": 1e400}"),
        ("site.toml", "source_max_age_months = 99999999999999999999\n"),
    ]);
    let faults = diagnostics(&site);
    let told = |code: &str| faults.iter().filter(|(_, _, told)| *told == code).count();
    let counted = ["rating", "fact-kind", "figure", "chart", "data-json", "site-file"].map(|code| (code, told(code)));
    let expected = [("rating", 1), ("fact-kind", 4), ("figure", 4), ("chart", 3), ("data-json", 1), ("site-file", 1)];
    assert_eq!(counted, expected, "{faults:#?}");
    for path in ["/f/ray/", "/f/compare/", "/f/data/x/", "/f/data/x/?sort=p_h"] {
        let html = site.get(path).text();
        assert!(!html.contains("NaN") && !html.contains("inf\""), "{path}");
    }
    let export = site.get("/f/compare.json").text();
    assert!(!export.contains("null,\"unit\"") && !export.contains("e308"), "{export}");
}

#[test]
fn files_in_another_encoding_are_told_and_what_can_be_shown_is() {
    let texts = [
        ("a.md", "# A\n\nZürich\n", "not-utf-8", "not-utf-8"),
        ("site.toml", "title = \"Zürich\"\n", "site-file", "site-file"),
        ("data/x.csv", "name\nZürich\n", "not-utf-8", "not-utf-8"),
        ("data/environment.json", "{\"city\": \"Zürich\"}", "data-json", "data-json"),
        ("data/examples.json", "{\"Zürich.md\": []}", "data-json", "data-json"),
    ];
    for (path, text, as_utf_16, as_latin_1) in texts {
        let marked = std::iter::once('\u{feff}').chain(text.chars()).collect::<String>();
        let utf_16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("in Latin-1")).collect();
        for (bytes, code) in [(utf_16, as_utf_16), (latin_1, as_latin_1)] {
            let site = TestSite::prepared(|folder| {
                fs::create_dir(folder.join("data")).expect("made");
                fs::write(folder.join("good.md"), "# Good\n").expect("written");
                fs::write(folder.join(path), bytes).expect("written");
            });
            assert_eq!(codes_of(&site, path), [code], "{path}");
            assert_inert(&site, &["/", "/good/"]);
        }
    }
}

#[test]
fn files_of_any_kind_over_their_limit_are_told_and_not_read() {
    let kinds = [
        ("a.md", "too-large"),
        ("site.toml", "site-file"),
        ("data/x.csv", "too-large"),
        ("data/environment.json", "too-large"),
        ("data/examples.json", "too-large"),
    ];
    for megabytes in [9, 100] {
        let site = TestSite::prepared(|folder| {
            fs::create_dir(folder.join("data")).expect("made");
            fs::write(folder.join("good.md"), "# Good\n").expect("written");
            for (path, _) in kinds {
                let file = fs::File::create(folder.join(path)).expect("created");
                file.set_len(megabytes << 20).expect("a sparse file");
            }
        });
        for (path, code) in kinds {
            assert_eq!(codes_of(&site, path), [code], "{path} of {megabytes} MB");
        }
        assert_inert(&site, &["/", "/good/", "/a/"]);
        assert_eq!(site.get("/data/x/").status, StatusCode::NOT_FOUND, "there is no page of a table that was not read");
    }
}

/// What ends a comment, a CDATA section, an instruction, a value or a link, and what XML cannot hold at all.
const ENDS: &str = "]]> --> -- ?> \" ' & \\ [x](javascript:alert(1)) \u{1}\u{b}\u{1b}\u{fffe}";

/// A site in which all that other programs are told is hostile: names, titles, descriptions, who changed it.
fn hostile_to_programs() -> (String, TestSite) {
    let evil = format!("{ENDS}{EVIL}");
    let quoted = serde_json::to_string(&evil).expect("JSON, and so TOML");
    let named = format!("title = {quoted}\ndescription = {quoted}\n");
    let site_file = format!("{named}base_url = \"https://guide.example.org/\"\n");
    let criteria =
        format!("## Research Framework\n\n- **Cost** - {EVIL}\n  - **Price** - {EVIL}\n- **Use** - {EVIL}\n");
    let index = format!("+++\n{named}+++\n\n# F\n\n{criteria}");
    let framework = format!("+++\n{named}+++\n\n# R\n\n## Cost\n\n> **Price:** {EVIL}\n\n{EVIL}\n\n## Use\n\n{ENDS}\n");
    let page = format!("+++\n{named}+++\n\n# A\n\n{evil}\n");
    let files: [(&str, &str); 7] = [
        ("site.toml", &site_file),
        ("index.md", &page),
        ("f/index.md", &index),
        ("f/ray.md", &framework),
        ("f/dask.md", &framework),
        ("f/data/x'&y.csv", "name,p_ms\na,1\n"),
        ("a.md", &page),
    ];
    let site = TestSite::versioned(&files, &[(".", "Ada \"&\" <b>]]></b> Co", "2026-03-04T05:06:07+00:00")]);
    (evil, site)
}

#[test]
fn hostile_words_are_words_in_files_of_xml() {
    let (evil, site) = hostile_to_programs();
    let readable: String = evil.chars().filter(|c| !c.is_control() && *c != '\u{fffe}').collect();
    let files: [(&str, &[&str]); 3] = [
        ("/feed.xml", &["feed", "title", "id", "link", "updated", "author", "name", "entry", "summary"]),
        ("/sitemap.xml", &["urlset", "url", "loc", "lastmod"]),
        ("/opensearch.xml", &["OpenSearchDescription", "ShortName", "Description", "Url", "Image", "InputEncoding"]),
    ];
    for (path, known) in files {
        let answer = site.get(path);
        assert!(answer.header("content-type").contains("xml"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let xml = answer.text();
        let read = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{path}: {error}\n{xml}"));
        for node in read.descendants().filter(|node| !node.is_root() && !node.is_text()) {
            assert!(known.contains(&node.tag_name().name()), "{path} holds {node:?}");
        }
        let texts: Vec<_> = read.descendants().filter_map(|node| node.text()).collect();
        match path {
            "/feed.xml" => assert!(texts.contains(&format!("{readable}: changes").as_str()), "{texts:?}"),
            "/opensearch.xml" => assert!(texts.contains(&readable.as_str()), "{texts:?}"),
            _ => assert!(texts.iter().filter(|text| text.starts_with("https://guide.example.org/")).count() > 5),
        }
    }
    let feed = site.get("/feed.xml").text();
    assert!(feed.matches("<entry>").count() >= 5, "the hostile pages are told of: {feed}");
}

#[test]
fn hostile_words_are_strings_in_json() {
    let (evil, site) = hostile_to_programs();
    let json = |path: &str| -> serde_json::Value {
        let answer = site.get(path);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-type").contains("json"), "{path}");
        serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    for path in ["/f/completeness.json", "/f/compare.json"] {
        let told = json(path);
        assert_eq!(told["category"]["title"], evil, "{path}");
        assert_eq!(told["frameworks"][0]["title"], evil, "{path}");
    }
    for path in ["/f/choose.json", "/api/search?q=alert", "/api/suggest?q=alert"] {
        json(path);
    }
}

#[test]
fn hostile_words_begin_no_line_and_no_link_in_the_site_as_text() {
    let (_, site) = hostile_to_programs();
    for path in ["/llms.txt", "/llms-full.txt"] {
        let answer = site.get(path);
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}: it is never shown as a page");
    }
    let outline = site.get("/llms.txt").text();
    assert!(!outline.contains(|c: char| c.is_control() && c != '\n'), "{outline:?}");
    let links: Vec<_> = outline.lines().filter(|line| line.starts_with("- [")).collect();
    assert_eq!(links.len(), 4, "the category, its frameworks and the page: {outline}");
    for line in links {
        let ends = line.match_indices("](").find(|(at, _)| !line[..*at].ends_with('\\'));
        let (at, end) = ends.unwrap_or_else(|| panic!("no link in {line}"));
        assert!(line[at + end.len()..].starts_with("https://guide.example.org/"), "{line}");
    }
    let opens = ["# ", "> ", "## ", "- [", "Every page has a Markdown source"];
    let foreign = outline.lines().filter(|line| !line.is_empty() && !opens.iter().any(|open| line.starts_with(open)));
    assert_eq!(foreign.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn hostile_words_stay_inside_the_attributes_that_previews_of_links_read() {
    let (evil, site) = hostile_to_programs();
    let paths = ["/", "/f/", "/f/ray/", "/a/", "/f/compare/", "/f/choose/", "/f/sources/", "/search?q=alert"];
    assert_inert(&site, &paths);
    for path in paths {
        let page = site.page(path);
        let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
        assert_eq!(meta("og:site_name"), [evil.as_str()], "{path}");
        let title = meta("og:title");
        assert!(title.len() == 1 && (title[0].contains(&evil) || path.starts_with("/search")), "{path}: {title:?}");
        assert_eq!(meta("og:description"), page.attributes("meta[name=description]", "content"), "{path}");
        let told = page.text("head script[type='application/ld+json']");
        let data: serde_json::Value = serde_json::from_str(&told).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(data["@graph"][0]["isPartOf"]["name"], evil, "{path}");
    }
}
