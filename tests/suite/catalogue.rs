//! All frameworks at once, for programs: names, addresses, groups, ratings, gaps, and what they rest on.

use serde_json::{Value, json};

use super::search_pages::conforms;
use super::support::TestSite;

const TOYS: &str = "\
# Toys

## Research Framework

- **Speed** - how fast
- **Charm** - how nice
- **Cost** - how much

## Frameworks

- [Zorble](zorble.md)
- [Quill](quill.md)
";
const ZORBLE: &str = "\
---
aliases: [/toys/zob/, /old/zorble/]
---

# Zorble

## Speed

> **Rating:** 4/5 - fast enough

Fast.[^manual]

## Charm

Some say so.[^review]

## Cost

[To be completed]

[^manual]: Makers, *Manual*, <https://example.org/manual>, read 2026-02-03.
[^review]: Readers, *Review*, <https://example.org/review>, read 2026-01-05.
";
const QUILL: &str = "# Quill\n\n## Speed\n\nSlow.\n\n## Charm\n\n[To be completed]\n";
const CLOUDS: &str = "\
# Clouds

## Research Framework

- **Cost** - how much
- **Reach** - how far

## Acme

### Batch

#### Cost

> **Rating:** 2/5 - dear

Much.

#### Reach

Far.
";
const FILES: &[(&str, &str)] =
    &[("clouds.md", CLOUDS), ("toys/index.md", TOYS), ("toys/zorble.md", ZORBLE), ("toys/quill.md", QUILL)];

fn answer(site: &TestSite) -> Value {
    let answer = site.get("/api/frameworks");
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

#[test]
fn all_frameworks_are_listed_in_reading_order() {
    let site = TestSite::of(FILES);
    let all = answer(&site);
    let all = all["frameworks"].as_array().expect("a list");
    let urls: Vec<_> = all.iter().map(|framework| &framework["url"]).collect();
    assert_eq!(urls, ["/clouds/batch/", "/toys/zorble/", "/toys/quill/"]);
    assert_eq!(
        all[1],
        json!({
            "slug": "zorble",
            "title": "Zorble",
            "url": "/toys/zorble/",
            "category": { "slug": "toys", "title": "Toys", "url": "/toys/" },
            "group": null,
            "aliases": ["/old/zorble/", "/toys/zob/"],
            "mark": 0,
            "verified": "2026-02-03",
            "findings": [
                { "slug": "speed", "name": "Speed", "url": "/toys/zorble/#speed", "rating": 4, "gap": false },
                { "slug": "charm", "name": "Charm", "url": "/toys/zorble/#charm", "rating": null, "gap": false },
                { "slug": "cost", "name": "Cost", "url": "/toys/zorble/#cost", "rating": null, "gap": true },
            ],
        })
    );
    assert_eq!((&all[0]["group"], &all[2]["verified"], &all[2]["mark"]), (&json!("Acme"), &Value::Null, &json!(1)));
    let missing = json!({ "slug": "cost", "name": "Cost", "url": "/toys/quill/#cost", "rating": null, "gap": true });
    assert_eq!(all[2]["findings"][2], missing, "a finding without a heading is a gap");
}

#[test]
fn what_the_list_names_is_there_and_the_pages_show_the_same() {
    let site = TestSite::of(FILES);
    for framework in answer(&site)["frameworks"].as_array().expect("a list") {
        let url = framework["url"].as_str().expect("an address");
        let page = site.page(url);
        assert_eq!(framework["title"], page.text("h1"));
        let mark = framework["mark"].as_u64().expect("a number");
        assert!(page.count(&format!("h1 .mark-{mark}")) > 0, "{url} has the mark {mark}");
        let verified = page.attributes(".upkeep dd > time", "datetime");
        assert_eq!(framework["verified"].as_str(), verified.first().map(String::as_str), "{url}");
        for alias in framework["aliases"].as_array().expect("a list") {
            assert_eq!(site.get(alias.as_str().expect("an address")).header("location"), url);
        }
        for finding in framework["findings"].as_array().expect("a list") {
            let place = finding["url"].as_str().expect("an address");
            let anchor = place.strip_prefix(url).expect("a finding stands on its framework's page");
            assert_eq!(page.count(&format!("main {anchor}")), 1, "{place}");
        }
    }
}

#[test]
fn the_list_is_as_it_is_described() {
    let site = TestSite::of(FILES);
    let description: Value = serde_json::from_slice(&site.get("/api/openapi.json").bytes).expect("JSON");
    let schemas = &description["components"]["schemas"];
    let get = &description["paths"]["/api/frameworks"]["get"];
    let schema = &get["responses"]["200"]["content"]["application/json"]["schema"];
    conforms(&answer(&site), schema, schemas, "/api/frameworks");
    assert_eq!(answer(&TestSite::of(&[("a.md", "# A\n")])), json!({ "frameworks": [] }), "a site without frameworks");
}
