//! What a category declares: its frameworks' names, what its facts mean, and the row that answers a query.

use super::lamps::lamps;
use super::{Shelf, hrefs, query};

/// The row of the comparison that a query asks for: criterion, fact, places of the frameworks.
fn asked(shelf: &Shelf, text: &str) -> Option<(Option<usize>, Option<String>, Vec<usize>)> {
    shelf.search(text).asked.map(|asked| (asked.criterion, asked.fact, asked.frameworks))
}

#[test]
fn a_framework_is_known_by_each_of_its_names() {
    let shelf = lamps();
    for name in ["lantern", "pylantern", "Apache Lantern", "apache lantern with pylantern", "storm lamp", "storm-lamp"]
    {
        assert_eq!(shelf.first(name).href, "/lamps/lantern/", "{name}");
        let only = shelf.hrefs(&format!("framework:\"{name}\" match"));
        assert_eq!(only, ["/lamps/lantern/#learning-curve"], "{name}");
    }
    let chosen = shelf.ask(&query(&[("q", "match"), ("framework", "PyLantern")]));
    assert_eq!((chosen.total, chosen.query.framework.as_deref()), (1, Some("lantern")));
    assert_eq!(shelf.hrefs("framework:pylantern match"), ["/lamps/lantern/#learning-curve"]);
    assert_eq!(shelf.first("storm lamp learning").href, "/lamps/lantern/#learning-curve");
}

#[test]
fn several_frameworks_are_each_found_and_come_before_what_mentions_them() {
    let shelf = lamps();
    let (lantern, torch) = ("/lamps/lantern/", "/lamps/torch/");
    for (text, pages) in [
        ("lantern vs torch", [lantern, torch]),
        ("compare torch and lantern", [torch, lantern]),
        ("torch or storm lamp", [torch, lantern]),
        ("difference between lantern and torch", [lantern, torch]),
    ] {
        let hrefs = shelf.hrefs(text);
        assert_eq!(hrefs[..2], pages, "{text}");
        assert!(hrefs.contains(&"/lamps/#frameworks".to_owned()), "{text}");
    }
    let mut hrefs = shelf.hrefs("learning curve torch lantern");
    hrefs.sort();
    assert_eq!(hrefs, ["/lamps/lantern/#learning-curve", "/lamps/torch/#learning-curve"]);
}

#[test]
fn a_fact_is_found_by_what_it_is_declared_to_mean_and_shown() {
    let shelf = lamps();
    let results = shelf.search("what happens when a bulb is lost");
    let hit = results.hits.iter().find(|hit| hit.href == "/lamps/lantern/#architecture").expect("it is found");
    assert!(hrefs(&results).contains(&"/lamps/torch/#architecture".to_owned()));
    let excerpt = &hit.excerpt_html;
    assert!(excerpt.starts_with("Fault tolerance: lit again"), "{excerpt}");
    let without = shelf.hrefs("architecture -lost");
    assert!(without.contains(&"/lamps/torch/#architecture".to_owned()), "what it means is not what it says");
}

#[test]
fn a_query_that_names_a_fact_or_a_criterion_asks_for_its_row() {
    let shelf = lamps();
    let fact = |fact: &str| Some((Some(0), Some(fact.to_owned()), vec![]));
    for text in [
        "fault tolerance",
        "Fault Tolerances",
        "fault tol",
        "fault tolerence",
        "fault",
        "what happens when a bulb is lost",
    ] {
        assert_eq!(asked(&shelf, text), fact("fault-tolerance"), "{text}");
    }
    assert_eq!(asked(&shelf, "scheduler"), fact("scheduler"));
    assert_eq!(asked(&shelf, "learning curve"), Some((Some(1), None, vec![])));
    assert_eq!(asked(&shelf, "architecture"), Some((Some(0), None, vec![])));
    for text in ["performance", "brightness", "needs", "oil", "scheduler of oil", "li", "", "match curve"] {
        assert_eq!(asked(&shelf, text), None, "{text}");
    }
}

#[test]
fn naming_frameworks_narrows_the_row_to_them() {
    let shelf = lamps();
    assert_eq!(asked(&shelf, "learning curve torch vs storm lamp"), Some((Some(1), None, vec![1, 0])));
    assert_eq!(asked(&shelf, "torch scheduler"), Some((Some(0), Some("scheduler".to_owned()), vec![1])));
    assert_eq!(asked(&shelf, "scheduler framework:torch"), Some((Some(0), Some("scheduler".to_owned()), vec![1])));
    assert_eq!(asked(&shelf, "lantern or torch"), Some((None, None, vec![0, 1])));
    assert_eq!(asked(&shelf, "candle scheduler"), None, "it was not researched");
    assert_eq!(asked(&shelf, "torch"), None);
}
