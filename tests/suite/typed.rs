//! What is typed into the search: quotes of any kind, filters by names of several words. And that one of many filters
//! can be taken back, one that was typed too, and that the panel gets what the page shows.

use serde_json::Value;

use super::support::TestSite;

const INDEX: &str = "\
# Lamps

## Research Framework

- **Light** - how bright it is
- **Learning Curve** - how soon one can read by it
";
const LANTERN: &str = "\
# Lantern

## Light

The oil burner glows.

## Learning Curve

Pour oil first.
";
const TORCH: &str = "\
# Torch

## Light

A burner for oil.

## Learning Curve

Press.
";
const FILES: [(&str, &str); 4] = [
    ("lamps/index.md", INDEX),
    ("lamps/lantern.md", LANTERN),
    ("lamps/torch.md", TORCH),
    ("notes.md", "# Notes\n\nAn oil burner of old.\n"),
];

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Where the hits of a text lead, in the order of the addresses.
fn found(site: &TestSite, text: &str) -> Vec<String> {
    let answer = site.get(&format!("/api/search?q={}", encoded(text))).text();
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    let hits = answer["hits"].as_array().expect("hits").iter();
    let mut hrefs: Vec<String> = hits.map(|hit| hit["href"].as_str().expect("an address").to_owned()).collect();
    hrefs.sort();
    hrefs
}

#[test]
fn quotes_of_any_kind_hold_words_together() {
    let site = TestSite::of(&FILES);
    for text in ["\"oil burner\"", "“oil burner”", "„oil burner“", "”oil burner”"] {
        assert_eq!(found(&site, text), ["/lamps/lantern/#light", "/notes/"], "{text}");
    }
    assert_eq!(found(&site, "oil -“oil burner”"), ["/lamps/lantern/#learning-curve", "/lamps/torch/#light"]);
}

#[test]
fn filters_take_names_of_several_words() {
    let site = TestSite::of(&FILES);
    for filter in [
        "criterion:learning-curve",
        "criterion:\"learning curve\"",
        "criterion:“Learning Curve”",
        "criterion:curve",
        "Criterion:Learning-Curve",
    ] {
        assert_eq!(found(&site, &format!("oil {filter}")), ["/lamps/lantern/#learning-curve"], "{filter}");
    }
    let lamps = ["/lamps/lantern/#learning-curve", "/lamps/lantern/#light", "/lamps/torch/#light"];
    assert_eq!(found(&site, "category:Lamps oil"), lamps);
}

#[test]
fn a_heading_above_counts_more_than_facts() {
    let site = TestSite::of(&[
        ("a.md", "# A\n\n## One\n\nA quokka.\n"),
        ("b.md", "# B\n\n## Two\n\n> **Animal:** quokka\n"),
        ("c.md", "# C\n\n## Quokka\n\nText.\n\n### Below\n\nMore.\n"),
    ]);
    let answer: Value = serde_json::from_str(&site.get("/api/search?q=quokka").text()).expect("JSON");
    let hrefs: Vec<_> = answer["hits"].as_array().expect("hits").iter().map(|hit| &hit["href"]).collect();
    assert_eq!(hrefs, ["/c/#quokka", "/c/#below", "/b/#two", "/a/#one"]);
}

#[test]
fn the_panel_gets_what_the_page_shows() {
    let site = TestSite::of(&FILES);
    for query in ["", "q=oil", "q=oil&group=framework", "q=oil&framework=torch&limit=1", "q=burnre", "q=xylophone"] {
        let page = site.page(&format!("/search?{query}")).html(".results");
        let fragment = site.get(&format!("/search?fragment=1&{query}")).dom().html("body");
        assert!(!fragment.trim().is_empty(), "{query}");
        assert_eq!(fragment.trim(), page.trim(), "{query}");
    }
}

#[test]
fn a_filter_that_is_chosen_is_among_those_that_are_shown_however_many_there_are() {
    let lamps = (10..40).map(|number| (format!("lamps/lamp-{number}.md"), LANTERN.replace("Lantern", "Lamp")));
    let lamps: Vec<_> = lamps.chain([("lamps/index.md".to_owned(), INDEX.to_owned())]).collect();
    let lamps: Vec<(&str, &str)> = lamps.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::of(&lamps);
    for number in 10..40 {
        let page = site.page(&format!("/search?q=oil&framework=lamp-{number}"));
        assert_eq!(page.attributes(".filters a[aria-current]", "href"), ["/search?q=oil"], "{number}");
    }
}

#[test]
fn a_filter_that_was_typed_is_chosen_and_its_link_takes_it_out_of_the_text() {
    let site = TestSite::of(&FILES);
    for (typed, links) in [
        ("oil framework:torch", "/search?q=oil"),
        ("framework:“Torch” oil -pour", "/search?q=oil+-pour"),
        ("oil framework:\"torch\"burner", "/search?q=oil+burner"),
        ("framework:lantern oil framework:torch", "/search?q=oil"),
        ("oil criterion:light framework:torch", "/search?q=oil&criterion=light /search?q=oil&framework=torch"),
        ("framework:torch", "/search?q="),
    ] {
        let page = site.page(&format!("/search?q={}", encoded(typed)));
        assert_eq!(page.attributes(".filters a[aria-current]", "href").join(" "), links, "{typed}");
        assert_eq!(page.attributes(".big-find input[name=q]", "value"), [typed], "the text stays as it was typed");
        assert_eq!(page.count(".big-find input[type=hidden]"), 0, "{typed}");
    }
    let page = site.page(&format!("/search?q={}", encoded("oil framework:torch")));
    assert!(page.attributes(".filters a", "href").contains(&"/search?q=oil&framework=lantern".to_owned()));
}

#[test]
fn where_a_filter_that_was_typed_leaves_nothing_everything_can_be_searched() {
    let page = TestSite::of(&FILES).page(&format!("/search?q={}", encoded("xylophone framework:torch")));
    assert_eq!(page.text(".found > p:not([class]) > a"), "Search everything");
    assert_eq!(page.attributes(".found > p:not([class]) > a", "href"), ["/search?q=xylophone"]);
}
