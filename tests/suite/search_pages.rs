//! Search as it is met: the page, the row that answers, marked words, the API, the address bar, the terminal, authors.

use std::collections::BTreeMap;
use std::process::Command;

use proptest::prelude::*;
use serde_json::Value;

use super::support::{Dom, TestSite};

const CATEGORY: &str = "\
# Engines

## Research Framework

- **Architecture** - who decides where a task runs
  - **Scheduler** - who decides
  - **Fault tolerance** - what happens to tasks when a worker is lost
- **Performance** - overhead and throughput

## Frameworks

- [Ray](ray.md)
- [Dask](dask.md)
- [Celery](celery.md)
";
const RAY: &str = "\
# Ray

## Architecture

> **Rating:** 4/5 - decentralised
> **Scheduler:** in each node[^docs]
> **Fault tolerance:** run again from `lineage`

Workers & objects. A <em>worker</em> owns what it makes.

### Head node

One node is the head.

## Performance

[To be completed]

[^docs]: Ray team, *Ray docs*, <https://example.org/ray>, read 2026-01-01.
";
const DASK: &str = "\
# Dask

## Architecture

> **Rating:** 3/5 - one central process
> **Scheduler:** one process
> **Fault tolerance:** No

A graph of tasks for the workers.

## Performance

[To be completed]
";
const CELERY: &str = "# Celery\n\n## Architecture\n\n[To be completed]\n\n## Performance\n\n[To be completed]\n";
const SITE: &str = "title = \"A site & more\"\nsynonyms = [\"worker = executor\"]\n";

const FILES: &[(&str, &str)] = &[
    ("site.toml", SITE),
    ("engines/index.md", CATEGORY),
    ("engines/ray.md", RAY),
    ("engines/dask.md", DASK),
    ("engines/celery.md", CELERY),
    ("guide.md", "# Guide\n\nAbout workers.\n"),
];

/// Another category, one of whose criteria has the name of one of the first.
const MILLS: &[(&str, &str)] = &[
    ("mills/index.md", "# Mills\n\n## Research Framework\n\n- **Architecture** - what turns\n- **Upkeep** - care\n"),
    ("mills/wind.md", WIND),
    ("mills/water.md", "# Water\n\n## Architecture\n\nA worker opens it.\n\n## Upkeep\n\n[To be completed]\n"),
];
const WIND: &str = "\
# Wind

## Architecture

Two workers turn the cap.

### Sails

A worker a sail.

## Upkeep

Workers grease the stones.
";

fn json(site: &TestSite, path: &str) -> Value {
    let answer = site.get(path);
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    serde_json::from_str(&answer.text()).expect("JSON")
}

#[test]
fn results_open_with_the_row_that_answers() {
    let site = TestSite::of(FILES);
    let page = site.page("/search?q=fault+tolerance");
    assert_eq!(page.text(".answer h2"), "Fault tolerance");
    assert_eq!(page.text(".answer .quiet"), "Engines · Architecture: what happens to tasks when a worker is lost");
    assert_eq!(page.texts(".answer-of a"), ["Ray", "Dask"], "what is a gap is left out");
    assert_eq!(page.texts(".answer-text"), ["run again from lineage", "No"]);
    assert_eq!(page.texts(".answer-of .rating"), ["Rated 4/5", "Rated 3/5"]);
    assert_eq!(page.attributes(".answer-of a", "href"), ["/engines/ray/#architecture", "/engines/dask/#architecture"]);
    let compare = page.attributes(".answer-more a", "href").remove(0);
    assert_eq!(compare, "/engines/compare/?r=architecture.fault-tolerance", "the very row");
    assert_eq!(site.page(&compare).count("main table tbody tr:not(.group)"), 1);
    let answer_at = page.html(".found").find("class=\"answer\"");
    assert!(answer_at < page.html(".found").find("class=\"hits\""), "it stands before the hits");
}

#[test]
fn the_row_is_narrowed_to_the_frameworks_that_are_named() {
    let site = TestSite::of(FILES);
    let page = site.page("/search?q=scheduler+dask");
    assert_eq!(
        (page.texts(".answer-of a"), page.texts(".answer-text")),
        (vec!["Dask".into()], vec!["one process".into()])
    );
    let compare = page.attributes(".answer-more a", "href").remove(0);
    assert_eq!(compare, "/engines/compare/?f=dask&r=architecture.scheduler");
    let page = site.page("/search?q=architecture+dask+vs+ray");
    assert_eq!(page.attributes(".answer-more a", "href"), ["/engines/compare/?f=dask,ray&c=architecture"]);
    assert_eq!(page.texts(".answer-text"), ["one central process", "decentralised"]);
    let page = site.page("/search?q=ray+vs+dask");
    assert_eq!(page.text(".answer h2"), "Ray and Dask side by side");
    assert_eq!(page.texts(".answer-ratings dt"), ["Architecture", "Architecture"]);
    for text in ["performance", "dask", "worker"] {
        assert_eq!(site.page(&format!("/search?q={text}")).count(".answer"), 0, "{text}");
    }
    assert_eq!(site.page("/search?q=scheduler&offset=1").count(".answer"), 0, "only on the first page");
}

#[test]
fn results_are_grouped_by_framework_as_the_reader_chooses() {
    let site = TestSite::of(FILES);
    let flat = site.page("/search?q=workers");
    assert_eq!(flat.count(".hit-group"), 0);
    let other = flat.attributes(".order a", "href").remove(0);
    assert_eq!(other, "/search?q=workers&group=framework");
    let grouped = site.page(&other);
    let mut groups = grouped.texts(".hit-group");
    groups.sort();
    assert_eq!(groups, ["Dask", "Other pages", "Ray"]);
    assert_eq!(grouped.count(".hit"), flat.count(".hit"));
    assert_eq!(grouped.attributes("form.big-find input[name=group]", "value"), ["framework"]);
    assert_eq!(grouped.attributes(".order a", "href"), ["/search?q=workers"]);
    assert!(grouped.attributes(".filters a", "href").iter().all(|href| href.contains("group=framework")));
    let narrow = site.page("/search?q=workers&group=framework&limit=1");
    assert_eq!(narrow.count(".hit-group a"), 0, "one hit in all needs no link to the others");
}

/// How many results a page says there are.
fn total(page: &Dom) -> usize {
    page.text(".found .count").split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0)
}

/// The links that narrow results down: where each leads, how many results it promises, and whether it is chosen.
fn filters(page: &Dom) -> Vec<(String, usize, bool)> {
    let chosen = page.attributes(".filters a[aria-current]", "href");
    let counts = page.texts(".filters a > span:first-child");
    let links = page.attributes(".filters a", "href").into_iter().zip(counts);
    let link = |(href, count): (String, String)| {
        let is_chosen = chosen.contains(&href);
        (href, count.parse().expect("a number"), is_chosen)
    };
    links.map(link).collect()
}

#[test]
fn every_filter_leads_to_as_many_results_as_it_promises() {
    let site = TestSite::of(&[FILES, MILLS].concat());
    let mut totals: BTreeMap<String, usize> = BTreeMap::new();
    let mut promises = Vec::new();
    let mut open = vec!["/search?q=workers".to_owned(), "/search?q=workers&framework=celery".to_owned()];
    while let Some(path) = open.pop() {
        if totals.contains_key(&path) {
            continue;
        }
        let page = site.page(&path);
        let total = total(&page);
        for (href, promised, is_chosen) in filters(&page) {
            if is_chosen {
                assert_eq!(promised, total, "{path} counts its own results");
                assert_eq!(href.matches('&').count() + 1, path.matches('&').count(), "{href} takes back one of {path}");
            } else {
                promises.push((href.clone(), promised));
            }
            open.push(href);
        }
        totals.insert(path, total);
    }
    for (href, promised) in promises {
        assert_eq!(totals[&href], promised, "{href}");
    }
    let three = "/search?q=workers&category=engines&framework=ray&criterion=architecture";
    assert!(totals.contains_key(three), "links of all three kinds were followed");
    assert!(totals["/search?q=workers&criterion=architecture"] > totals[three], "others have results of their own");
    assert_eq!(totals["/search?q=workers&framework=celery"], 0, "what is a gap has none");
}

#[test]
fn where_filters_leave_nothing_one_link_takes_them_all_back() {
    let site = TestSite::of(FILES);
    let page = site.page("/search?q=workers&framework=celery&criterion=architecture");
    let link = ".found > p:not([class]) > a";
    assert_eq!((total(&page), page.texts(link)), (0, vec!["Search everything".to_owned()]));
    let everything = page.attributes(link, "href").remove(0);
    assert_eq!(everything, "/search?q=workers");
    assert!(total(&site.page(&everything)) > 0);
}

#[test]
fn the_pager_leads_through_all_results_and_back() {
    let site = TestSite::of(&[FILES, MILLS].concat());
    for query in ["q=workers", "q=workers&category=mills", "q=workers&criterion=architecture&group=framework"] {
        let mut found: Vec<String> = Vec::new();
        let mut paths: Vec<String> = Vec::new();
        let mut next = Some(format!("/search?{query}&limit=2"));
        while let Some(path) = next {
            let page = site.page(&path);
            let first = found.len() + 1;
            found.extend(page.attributes(".hit > a", "href"));
            let range = format!("{first} to {} of {}", found.len(), total(&page));
            assert_eq!(page.texts(".pager > span"), [range], "{path}");
            next = page.attributes(".pager a[rel=next]", "href").pop();
            let back: Vec<String> = paths.last().cloned().into_iter().collect();
            assert_eq!(page.attributes(".pager a[rel=prev]", "href"), back, "{path} leads to the page before");
            paths.push(path);
        }
        let mut whole = site.page(&format!("/search?{query}")).attributes(".hit > a", "href");
        assert!(paths.len() > 1 && whole.len() == found.len(), "{query}");
        whole.sort();
        found.sort();
        assert_eq!(found, whole, "{query}");
    }
}

#[test]
fn a_heading_says_how_many_results_are_about_its_framework() {
    let site = TestSite::of(&[FILES, MILLS].concat());
    let mut followed = 0;
    for offset in 0..total(&site.page("/search?q=workers")) {
        let page = site.page(&format!("/search?q=workers&group=framework&limit=1&offset={offset}"));
        let links = page.attributes(".hit-group a", "href").into_iter().zip(page.texts(".hit-group a"));
        for (href, words) in links {
            assert_eq!(words, format!("{} in all", total(&site.page(&href))), "{href}");
            followed += 1;
        }
    }
    assert!(followed >= 3, "each hit of Wind's names the others");
}

#[test]
fn a_hit_leads_to_a_page_with_the_words_marked() {
    let site = TestSite::of(FILES);
    let hit = site.page("/search?q=worker+owns").attributes(".hit a", "href").remove(0);
    assert_eq!(hit, "/engines/ray/?mark=worker+owns#architecture");
    let page = site.page("/engines/ray/?mark=worker+owns");
    let marked = page.texts("main mark");
    assert_eq!(marked[marked.len() - 3..], ["Workers", "worker", "owns"]);
    assert_eq!(page.count("em mark"), 1);
    assert_eq!(site.page("/engines/ray/").count("mark"), 0);
    assert!(site.page("/search?q=wrokers").attributes(".hit a", "href")[0].contains("?mark=workers#"));
    let marked = site.page("/engines/dask/?mark=executor").texts("main mark");
    assert_eq!(marked.last().map(String::as_str), Some("workers"), "what means the same too");
    assert_eq!(site.page("/search?q=dask").attributes(".hit a", "href")[0], "/engines/dask/");
}

#[test]
fn marking_changes_no_page_but_by_mark_elements() {
    let site = TestSite::of(FILES);
    let plain = site.get("/engines/ray/").text();
    for words in
        ["amp", "lt", "em worker", "class href", "a", "%00%ff", "\"x", "the worker's &amp; <b>", "head node one"]
    {
        let encoded = form_urlencoded(words);
        let marked = site.get(&format!("/engines/ray/?mark={encoded}")).text();
        assert_eq!(marked.replace("<mark>", "").replace("</mark>", ""), plain, "{words}");
    }
    let twin = site.send("/engines/ray/?mark=worker", &[("accept", "text/markdown")]);
    assert_eq!(twin.text(), RAY);
}

fn form_urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn queries_that_are_nothing_get_help() {
    let site = TestSite::of(FILES);
    for query in ["", "q=", "q=%20", "q=%22%22", "q=!!!", "q=%00%ff", "q=xqzw", "q=-"] {
        let page = site.page(&format!("/search?{query}"));
        assert_eq!(page.count(".search-help"), 1, "{query}");
    }
    let long = "worker ".repeat(1_500);
    let page = site.page(&format!("/search?q={}", long.replace(' ', "+")));
    assert!(page.count(".hit") > 0, "of ten thousand bytes the first words are read");
    assert!(page.text(".count").len() < 500);
}

#[test]
fn the_api_answers_as_it_is_described() {
    let site = TestSite::of(FILES);
    let description = json(&site, "/api/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    let schemas = &description["components"]["schemas"];
    for path in
        ["/api/search?q=fault+tolerance", "/api/search?q=wrokers&limit=2", "/api/search", "/api/search?q=ray+vs+dask"]
    {
        conforms(&json(&site, path), &schemas["SearchAnswer"], schemas, path);
    }
    let names = &description["paths"]["/api/search"]["get"]["parameters"];
    let names: Vec<_> = names.as_array().expect("a list").iter().map(|parameter| &parameter["name"]).collect();
    assert_eq!(names, ["q", "framework", "criterion", "category", "offset", "limit"]);
    for path in description["paths"].as_object().expect("paths").keys() {
        let path = path.replace("{category}", "engines");
        assert_eq!(site.get(&path).status, 200, "{path} is described and there");
    }
}

/// Whether a value is what a schema says, as far as the schemas of the description go.
pub fn conforms(value: &Value, schema: &Value, schemas: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("a name");
        return conforms(value, &schemas[name], schemas, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let choice = choices.iter().find(|choice| (choice["type"] == "null") == value.is_null());
        return conforms(value, choice.unwrap_or_else(|| panic!("{at} is none of its choices")), schemas, at);
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{at}: {value} is none of {values:?}");
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(types[0].is_null() || types.iter().any(|known| known == kind), "{at}: {value} is not {types:?}");
    if let (Some(fields), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for required in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(required.as_str().expect("a name")), "{at} lacks {required}");
        }
        for (name, field) in fields {
            let property = properties.get(name).unwrap_or_else(|| panic!("{at}.{name} is not described"));
            conforms(field, property, schemas, &format!("{at}.{name}"));
        }
    }
    if let (Some(items), true) = (value.as_array(), schema["items"].is_object()) {
        items.iter().for_each(|item| conforms(item, &schema["items"], schemas, at));
    }
}

#[test]
fn the_api_has_facets_offsets_ranges_and_the_row() {
    let site = TestSite::of(FILES);
    let answer = json(&site, "/api/search?q=scheduler&limit=1&offset=1");
    assert_eq!((answer["hits"].as_array().map(Vec::len), answer["query"]["offset"].as_u64()), (Some(1), Some(1)));
    assert!(answer["total"].as_u64() > Some(1));
    assert_eq!(answer["facets"]["categories"][0]["slug"], "engines");
    assert_eq!(answer["answer"]["cells"][0]["text"], "in each node");
    let hit = &json(&site, "/api/search?q=central")["hits"][0];
    let mark = &hit["excerpt_marks"][0];
    let (start, end) = (mark[0].as_u64().expect("a place"), mark[1].as_u64().expect("a place"));
    let text: String = hit["excerpt"].as_str().expect("text").chars().take(end as usize).skip(start as usize).collect();
    assert_eq!(text, "central");
}

#[test]
fn browsers_are_told_how_to_search() {
    let site = TestSite::of(FILES);
    assert_eq!(site.page("/").attributes("link[rel=search]", "href"), ["/opensearch.xml"]);
    let answer = site.send("/opensearch.xml", &[("host", "guide.example:8080")]);
    assert_eq!(answer.header("content-type"), "application/opensearchdescription+xml");
    let xml = answer.text();
    let document = name_and_description(&xml);
    assert_eq!(document, ["A site &amp; more", "A site &amp; more"]);
    assert!(xml.contains("template=\"http://guide.example:8080/search?q={searchTerms}\""), "{xml}");
    assert!(!site.send("/opensearch.xml", &[("host", "x\"><y")]).text().contains("x\"><y"));
    let published =
        TestSite::of(&[("site.toml", "base_url = \"https://guide.example.org/\"\n"), ("a.md", "# Aardvark\n")]);
    assert!(published.get("/opensearch.xml").text().contains("\"https://guide.example.org/search?q={searchTerms}\""));
    let suggested: Value = serde_json::from_str(&published.get("/api/suggest?q=aard").text()).expect("JSON");
    assert_eq!(suggested, serde_json::json!(["aard", ["Aardvark"], [""], ["https://guide.example.org/a/"]]));
}

/// The texts of the name and the description.
fn name_and_description(xml: &str) -> Vec<String> {
    ["ShortName", "Description"]
        .iter()
        .map(|name| {
            let start = xml.find(&format!("<{name}>")).expect("it opens") + name.len() + 2;
            xml[start..start + xml[start..].find('<').expect("it closes")].to_owned()
        })
        .collect()
}

#[test]
fn authors_see_what_was_searched_for_in_vain_and_nobody_else_does() {
    let site = TestSite::live(FILES);
    site.get("/search?q=Xylophone");
    site.get("/search?q=xylophone");
    for typed in ["zi", "zit", "zith", "zither"] {
        site.get(&format!("/search?q={typed}&fragment=1"));
    }
    site.get("/search?q=worker");
    site.get("/api/search?q=xylophone");
    site.get("/api/search?q=ocarina");
    site.get("/api/search?q=worker");
    site.get("/api/suggest?q=bassoon");
    let page = site.page("/_status");
    let missed = page.rows("#searches ~ table tbody tr", "th, td", &[]);
    assert_eq!(missed, [["xylophone", "3"], ["ocarina", "1"], ["zither", "1"]]);
    assert_eq!(page.attributes("#searches ~ table a", "href")[0], "/search?q=xylophone");
    let production = TestSite::of(FILES);
    production.get("/search?q=xylophone");
    assert_eq!(production.get("/_status").status, 404);
    let linked = |site: &TestSite| site.page("/engines/ray/").count("footer a[href='/_status']");
    assert_eq!((linked(&site), linked(&production)), (1, 0), "authors find it from any page, and only they");
}

#[test]
fn synonyms_follow_the_site_file() {
    let site = TestSite::live(FILES);
    assert_eq!(site.page("/search?q=jobs").count(".hit"), 0);
    site.write("site.toml", "synonyms = [\"job = task\"]\n");
    site.wait("the synonym", |site| site.page("/search?q=jobs").count(".hit") > 0);
    site.write("site.toml", "synonyms = 3\n");
    site.wait("the fault", |site| site.edition().site.diagnostics().iter().any(|fault| fault.code == "site-file"));
    assert!(site.page("/search?q=jobs").count(".hit") > 0, "the last good list stays");
}

#[test]
fn the_terminal_shows_the_same_answer() {
    let site = TestSite::of(FILES);
    let search = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
        let output = command.env_clear().arg("search").args(arguments).arg("--content").arg(site.path()).output();
        let output = output.expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let plain = search(&["fault", "tolerance"]);
    assert!(plain.contains("Ray   4/5  run again from lineage\n"), "{plain}");
    assert!(plain.contains("http://127.0.0.1:3000/engines/ray/#architecture"), "{plain}");
    assert!(!plain.contains('\u{1b}'), "no colours where nobody sees them");
    let styled = search(&["workers", "--colour", "always", "--base-url", "https://x.example"]);
    assert!(styled.contains("\u{1b}]8;;https://x.example/engines/dask/#architecture\u{1b}\\"), "{styled:?}");
    assert!(styled.contains("\u{1b}[1;33mworkers\u{1b}[0m"), "{styled:?}");
    let parsed: Value = serde_json::from_str(&search(&["--json", "scheduler"])).expect("JSON");
    assert_eq!(parsed["answer"]["name"], "Scheduler");
    assert!(search(&["wrokers"]).contains("Did you mean: workers"));
    assert!(search(&["xqzw"]).contains("Nothing found."));
    assert!(search(&["--", "scheduler", "-process"]).contains("ray"));
}

#[test]
fn colours_follow_the_terminal_the_option_and_no_color() {
    let site = TestSite::of(FILES);
    // `script` runs a command in a terminal of its own.
    let is_styled = |in_terminal: bool, option: &str, no_color: Option<&str>| {
        let search = format!(
            "'{}' search workers{option} --content '{}'",
            env!("CARGO_BIN_EXE_fieldguide"),
            site.path().display()
        );
        let mut command = Command::new(if in_terminal { "script" } else { "sh" });
        match in_terminal {
            true => command.args(["-qefc", &search, "/dev/null"]),
            false => command.args(["-c", &search]),
        };
        command.env_remove("NO_COLOR").envs(no_color.map(|value| ("NO_COLOR", value)));
        let output = command.stdin(std::process::Stdio::null()).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.contains("workers"), "{text}");
        text.contains('\u{1b}')
    };
    for (in_terminal, option, no_color, expected) in [
        (true, "", None, true),
        (true, " --colour auto", None, true),
        (true, " --colour auto", Some("1"), false),
        (true, " --colour auto", Some(""), true),
        (true, " --colour never", None, false),
        (true, " --colour always", Some("1"), true),
        (false, " --colour auto", None, false),
        (false, " --colour always", None, true),
    ] {
        assert_eq!(is_styled(in_terminal, option, no_color), expected, "{in_terminal} {option} {no_color:?}");
    }
}

#[test]
fn content_cannot_command_a_terminal() {
    let site = TestSite::of(&[("a.md", "# Evil \u{1b}]0;title\u{7}\n\nA quokka \u{1b}[2J\u{9b}31m here.\n")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    let output =
        command.env_clear().args(["search", "quokka", "--content"]).arg(site.path()).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("quokka") && !text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
}

const TOYS: &str = "\
# Toys

## Research Framework

- **Speed** - how fast
  - **Lag** - how long one waits
- **Charm** - how nice
  - **Smile** - how wide
";

/// Random content.
#[derive(Debug)]
struct Content {
    /// Sections of a plain document: the heading of each, and whether it says something.
    sections: Vec<(String, bool)>,
    /// What three frameworks say under two criteria: whether the fact is stated, and whether there is prose.
    toys: [[(bool, bool); 2]; 3],
}

impl Content {
    fn write(&self, site: &TestSite) {
        site.write("notes/a.md", &document("Alpha", &self.sections));
        for (number, findings) in self.toys.iter().enumerate() {
            site.write(&format!("toys/toy-{number}.md"), &framework(number, findings));
        }
    }

    /// How many sections of the plain document say something, and how many findings.
    fn written(&self) -> (usize, usize) {
        let findings = self.toys.iter().flatten();
        (
            self.sections.iter().filter(|(_, written)| *written).count(),
            findings.filter(|(stated, written)| *stated || *written).count(),
        )
    }
}

fn any_content() -> impl Strategy<Value = Content> {
    (any_sections(), any::<[[(bool, bool); 2]; 3]>()).prop_map(|(sections, toys)| Content { sections, toys })
}

/// A framework, in whose gaps alone there are marsupilamis.
fn framework(number: usize, findings: &[(bool, bool)]) -> String {
    const GAP: &str = "[To be completed: marsupilami]";
    let finding = |((criterion, fact), (stated, written)): ((&str, &str), &(bool, bool))| {
        let value = if *stated { "a quokka" } else { GAP };
        let prose = if *written { "The quokka looks on." } else { GAP };
        format!("## {criterion}\n\n> **{fact}:** {value}\n\n{prose}\n\n")
    };
    let named = [("Speed", "Lag"), ("Charm", "Smile")].into_iter().zip(findings);
    format!("# Toy {number}\n\n{}", named.map(finding).collect::<String>())
}

/// Sections of random content: the heading of each, and whether it says something.
fn any_sections() -> impl Strategy<Value = Vec<(String, bool)>> {
    proptest::collection::vec(("[A-Za-z]{3,9}( [a-z]{3,9})?", any::<bool>()), 1..6)
}

fn document(title: &str, sections: &[(String, bool)]) -> String {
    let body = |(number, (heading, written)): (usize, &(String, bool))| {
        let text =
            if *written { format!("The quokka number {number}.") } else { "[To be completed: quokka]".to_owned() };
        format!("## {heading}\n\n{text}\n\n")
    };
    format!("# {title}\n\n{}", sections.iter().enumerate().map(body).collect::<String>())
}

/// Every anchor that hits of a query lead to; each is on its page, and none is a gap.
fn checked_hits(site: &TestSite, query: &str) -> Result<Vec<String>, TestCaseError> {
    let results = site.get(&format!("/search?q={}&limit=50", form_urlencoded(query)));
    prop_assert_eq!(results.status.as_u16(), 200);
    let hrefs = results.dom().attributes(".hit a", "href");
    for href in &hrefs {
        let (page, anchor) = href.split_once('#').unwrap_or((href, ""));
        let answer = site.get(page);
        prop_assert_eq!(answer.status.as_u16(), 200, "{}", href);
        let dom = answer.dom();
        let is_there = anchor.is_empty() || dom.attributes("[id]", "id").iter().any(|id| id == anchor);
        prop_assert!(is_there, "{} has no such anchor", href);
        let is_gap = dom.attributes(".upkeep a", "href").iter().any(|gap| gap.strip_prefix('#') == Some(anchor));
        prop_assert!(!is_gap, "{} is a gap", href);
    }
    Ok(hrefs)
}

/// How many hits of a query lead into the plain document, and how many to a framework.
fn counted(site: &TestSite, query: &str) -> Result<(usize, usize), TestCaseError> {
    let hits = checked_hits(site, query)?;
    let below = |place: &str| hits.iter().filter(|href| href.starts_with(place)).count();
    Ok((below("/notes/a/?"), below("/toys/toy-")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn hits_follow_random_content_as_it_changes(before in any_content(), after in any_content(), typed in "\\PC{0,30}") {
        let mut site = TestSite::of(&[("notes/index.md", "# Notes\n"), ("toys/index.md", TOYS)]);
        before.write(&site);
        site.refresh();
        prop_assert_eq!(counted(&site, "quokka")?, before.written());
        after.write(&site);
        site.refresh();
        prop_assert_eq!(counted(&site, "quokka")?, after.written(), "edited and renamed sections");
        prop_assert_eq!(checked_hits(&site, "marsupilami")?, [""; 0], "nothing is found by what stands in a gap");
        for query in [typed.as_str(), "lag", "toy"] {
            checked_hits(&site, query)?;
        }
        for (heading, is_written) in &after.sections {
            let (in_notes, _) = counted(&site, &format!("\"{heading}\""))?;
            prop_assert!(!is_written || in_notes > 0, "{} is found by its new name", heading);
        }
        std::fs::remove_file(site.path().join("notes/a.md")).expect("removed");
        site.refresh();
        prop_assert_eq!(counted(&site, "quokka")?, (0, after.written().1), "what is deleted is gone");
    }

    #[test]
    fn no_query_string_is_answered_with_an_error(query in "\\PC{0,60}", raw in "[!-~]{0,60}") {
        thread_local! { static SITE: TestSite = TestSite::of(FILES); }
        let query = form_urlencoded(&query);
        let raw: String = raw.chars().filter(|c| !"#<>\"\\^`{|}".contains(*c)).collect();
        SITE.with(|site| {
            for path in [
                format!("/search?q={query}"), format!("/search?{raw}"), format!("/search?fragment=1&group=framework&q={query}"),
                format!("/api/search?q={query}"), format!("/api/search?{raw}"), format!("/api/suggest?q={query}"),
                format!("/engines/ray/?mark={query}"), format!("/engines/ray/?{raw}"),
            ] {
                let status = site.get(&path).status.as_u16();
                prop_assert!(status == 200, "{}: {}", path, status);
            }
            Ok(())
        })?;
    }
}
