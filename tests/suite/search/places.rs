//! Where things are found: sections, pages and facts at their addresses, gaps nowhere.

use fieldguide::search::Mode;

use super::Shelf;

#[test]
fn a_section_is_found_at_its_anchor() {
    let shelf = Shelf::standard();
    let hit = shelf.first("lineage");
    assert_eq!(hit.href, "/engines/ray/#failure-handling");
    assert_eq!(hit.title, "Failure handling");
    assert_eq!(hit.path, ["Engines", "Ray from Anyscale", "Architecture"]);
    assert_eq!(hit.excerpt_html, "Tasks are re-run from their <mark>lineage</mark>.");
    let framework = hit.framework.expect("a framework");
    assert_eq!((framework.slug.as_str(), framework.title.as_str(), framework.index), ("ray", "Ray from Anyscale", 0));
    assert_eq!(hit.criterion.expect("a criterion").slug, "architecture");
    assert_eq!(hit.category.expect("a category").title, "Engines");
    assert_eq!((hit.rating, hit.typo), (None, false));
}

#[test]
fn every_hit_leads_to_an_anchor_that_exists() {
    let shelf = Shelf::standard();
    for text in ["a", "task", "scheduler", "performance", "dask celery", "rating"] {
        for href in shelf.hrefs(text) {
            let (url, anchor) = href.split_once('#').map_or((href.as_str(), None), |(url, anchor)| (url, Some(anchor)));
            let page = shelf.site.page_at(url).unwrap_or_else(|| panic!("{url} is a page"));
            let document = &shelf.site.documents[shelf.site.pages[page].document.expect("a document")];
            assert!(anchor.is_none_or(|anchor| document.sections.iter().any(|s| s.anchor == anchor)), "{href}");
        }
    }
}

#[test]
fn gaps_are_never_found_and_their_pages_always_are() {
    let shelf = Shelf::standard();
    assert_eq!(shelf.hrefs("celery"), ["/engines/celery/", "/engines/#frameworks"]);
    assert_eq!(shelf.hrefs("broker"), [""; 0]);
    assert_eq!(shelf.hrefs("completed"), [""; 0]);
    assert!(!shelf.hrefs("performance").contains(&"/engines/dask/#performance".to_owned()));
    assert!(shelf.hrefs("performance").contains(&"/engines/ray/#performance".to_owned()));
    let hit = shelf.first("celery");
    assert_eq!((hit.title.as_str(), hit.excerpt_html.as_str()), ("Celery", ""));
    assert_eq!(hit.path, ["Engines"]);
}

#[test]
fn text_before_the_first_heading_belongs_to_the_page() {
    let shelf =
        Shelf::new(&[("x.md", "Preamble of zebras.\n\n# Title\n\nThe okapi.\n"), ("y.md", "Only gnus here.\n")]);
    assert_eq!(shelf.hrefs("zebras"), ["/x/"]);
    assert_eq!(shelf.hrefs("zebras okapi"), ["/x/"]);
    assert_eq!(shelf.hrefs("gnus"), ["/y/"]);
    assert_eq!(shelf.snapshot.entries(), 2);
}

#[test]
fn a_framework_in_a_larger_file_is_found_on_its_own_page() {
    let shelf = Shelf::new(&[(
        "engines.md",
        "# Engines\n\n## Research Framework\n\n- **Speed** - s\n- **Cost** - c\n\n\
         ## Dask\n\n### Speed\n\nQuick as a lynx.\n\n### Cost\n\n[To be completed]\n\n\
         ## Ray\n\n### Speed\n\nSlow.\n\n### Cost\n\nFree as a lynx.\n",
    )]);
    assert_eq!(shelf.hrefs("lynx"), ["/engines/dask/#speed", "/engines/ray/#cost"]);
    assert_eq!(shelf.first("quick").path, ["Engines", "Dask"]);
    assert_eq!(shelf.first("ray").href, "/engines/ray/");
}

#[test]
fn a_page_is_found_by_the_words_of_its_address() {
    let shelf = Shelf::new(&[("notes/lyrebird-handbook.md", "# Something else\n\nText.\n")]);
    assert_eq!(shelf.hrefs("lyrebird"), ["/notes/lyrebird-handbook/"]);
}

#[test]
fn facts_are_found_and_those_that_are_gaps_are_not() {
    let shelf = Shelf::standard();
    let hit = shelf.first("bottom-up");
    assert_eq!((hit.href.as_str(), hit.rating), ("/engines/ray/#architecture", Some(4)));
    assert!(hit.excerpt_html.contains("Scheduler: distributed, <mark>bottom-up</mark>"), "{}", hit.excerpt_html);
    assert_eq!(shelf.first("head node").href, "/engines/ray/#architecture");
    assert_eq!(shelf.hrefs("object store"), shelf.hrefs("store object"));
    assert_eq!(shelf.search("store").total, 0);
}

#[test]
fn pages_are_suggested_for_the_words_of_a_path() {
    let shelf = Shelf::standard();
    let suggested = |words: &str| -> Vec<String> {
        shelf.snapshot.suggest_pages(&shelf.site, words, 3).into_iter().map(|(href, _)| href).collect()
    };
    assert_eq!(suggested("/engines/dsak/"), ["/engines/dask/", "/engines/"]);
    assert_eq!(suggested("/old/ray-anyscale.html")[0], "/engines/ray/");
    assert_eq!(suggested("/zzzz/qqqq"), [""; 0]);
    assert_eq!(suggested("/"), [""; 0]);
}

#[test]
fn an_empty_site_answers_too() {
    let shelf = Shelf::new(&[]);
    assert_eq!(shelf.search("anything").mode, Mode::Empty);
    assert_eq!(shelf.snapshot.entries(), 0);
    assert_eq!(shelf.snapshot.suggest_pages(&shelf.site, "anything", 3).len(), 0);
}
