//! How a query is read: phrases, exclusions, filters, facets, pages of hits, and any value at all.

use fieldguide::search::{Facet, Mode, Query};

use super::{Shelf, hrefs, query};

fn facet(facet: &[Facet]) -> Vec<(&str, usize)> {
    facet.iter().map(|facet| (facet.slug.as_str(), facet.count)).collect()
}

#[test]
fn phrases_exclusions_and_filters_are_understood_in_the_text() {
    let shelf = Shelf::standard();
    assert_eq!(shelf.hrefs("\"task graph\""), ["/engines/dask/#architecture"]);
    assert_eq!(shelf.search("\"graph task\"").mode, Mode::SomeWords);
    assert_eq!(shelf.hrefs("\"use map_partitions on\""), ["/engines/dask/#architecture"]);
    assert!(shelf.hrefs("scheduler -central").iter().all(|href| href != "/engines/dask/#architecture"));
    assert!(shelf.hrefs("scheduler -\"task graph\"").iter().all(|href| href != "/engines/dask/#architecture"));
    assert_eq!(shelf.hrefs("scheduler framework:dask"), ["/engines/dask/#architecture"]);
    assert_eq!(shelf.hrefs("criterion:performance framework:ray"), ["/engines/ray/#performance"]);
    assert_eq!(shelf.hrefs("category:engines lineage"), ["/engines/ray/#failure-handling"]);
}

#[test]
fn what_is_malformed_is_words() {
    let shelf = Shelf::standard();
    assert_eq!(shelf.hrefs("\"task graph"), shelf.hrefs("task graph"));
    assert_eq!(shelf.hrefs("lineage \""), shelf.hrefs("lineage"));
    assert_eq!(shelf.hrefs("- lineage --"), shelf.hrefs("lineage"));
    assert_eq!(shelf.hrefs("-lineage"), shelf.hrefs("lineage"));
    assert_eq!(shelf.hrefs("framework:nothing"), shelf.hrefs("framework nothing"));
    assert_eq!(shelf.hrefs("colour:lineage").len(), 1);
    for nothing in ["", "   ", "\"\"", "-", "?!", "\"", "--", ":"] {
        let results = shelf.search(nothing);
        assert_eq!((results.mode, results.total, results.hits.len()), (Mode::Empty, 0, 0), "{nothing}");
    }
}

#[test]
fn filters_hold_exactly_and_list_everything_without_words() {
    let shelf = Shelf::standard();
    let only = shelf.ask(&query(&[("q", "dask"), ("framework", "ray")]));
    assert_eq!(hrefs(&only), ["/engines/ray/#performance"]);
    assert_eq!(shelf.ask(&query(&[("q", "scheduler"), ("framework", "nothing")])).total, 0);
    let all = shelf.ask(&query(&[("framework", "ray")]));
    assert_eq!(all.mode, Mode::All);
    let expected =
        ["/engines/ray/", "/engines/ray/#architecture", "/engines/ray/#failure-handling", "/engines/ray/#performance"];
    assert_eq!(hrefs(&all), expected);
    let both = shelf.ask(&query(&[("framework", "ray"), ("criterion", "architecture")]));
    assert_eq!(hrefs(&both), &expected[1..3]);
    let chosen = shelf.ask(&query(&[("q", "framework:dask dask"), ("framework", "ray")]));
    assert_eq!(hrefs(&chosen), ["/engines/ray/#performance"], "what was chosen beside the text holds");
}

#[test]
fn facets_count_each_kind_without_its_own_filter() {
    let shelf = Shelf::standard();
    let all = shelf.search("scheduler");
    assert_eq!(facet(&all.facets.frameworks), [("ray", 2), ("dask", 1)]);
    assert_eq!(facet(&all.facets.criteria), [("architecture", 2), ("performance", 1)]);
    let ray = shelf.ask(&query(&[("q", "scheduler"), ("framework", "ray")]));
    assert_eq!(facet(&ray.facets.frameworks), [("ray", 2), ("dask", 1)]);
    assert_eq!(facet(&ray.facets.criteria), [("architecture", 1), ("performance", 1)]);
    assert_eq!(facet(&ray.facets.categories), [("engines", 2)]);
    let narrow = shelf.ask(&query(&[("q", "scheduler"), ("framework", "dask"), ("criterion", "performance")]));
    assert_eq!((narrow.total, narrow.mode), (0, Mode::Empty));
    assert_eq!(facet(&narrow.facets.frameworks), [("ray", 1)]);
    assert_eq!(facet(&narrow.facets.criteria), [("architecture", 1)]);
    assert_eq!(ray.facets.frameworks[0].title, "Ray from Anyscale");
}

#[test]
fn hits_come_in_pages() {
    let text: String = (0..60).map(|n| format!("## Part {n}\n\nA quokka.\n\n")).collect();
    let shelf = Shelf::new(&[("a.md", &format!("# A\n\n{text}"))]);
    let page = |offset: &str| shelf.ask(&query(&[("q", "quokka"), ("offset", offset), ("limit", "25")]));
    assert_eq!((page("0").total, page("0").hits.len(), page("50").hits.len()), (60, 25, 10));
    assert_eq!(page("25").hits[0].href, "/a/#part-25");
    assert_eq!(page("99999999").hits.len(), 0);
}

#[test]
fn every_value_of_a_query_is_tolerated() {
    let default = Query::default();
    assert_eq!((default.limit, default.offset), (20, 0));
    let odd =
        query(&[("q", &"ä".repeat(999)), ("limit", "-3"), ("offset", "x"), ("framework", " "), ("colour", "red")]);
    assert_eq!((odd.text.chars().count(), odd.limit, odd.offset, odd.framework), (300, 20, 0, None));
    assert_eq!(query(&[("limit", "0")]).limit, 1);
    assert_eq!(query(&[("limit", "1000")]).limit, 50);
    assert_eq!(query(&[("framework", " Ray ")]).framework.as_deref(), Some("ray"));
}
