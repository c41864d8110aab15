//! Two frameworks, head to head.

use super::{INDEX, QUILL, TUMBROOK, ZORBLE};
use crate::support::TestSite;

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
fn a_page_leads_to_the_head_to_heads_with_all_others_of_a_large_category() {
    let pages: Vec<_> = (10..50)
        .map(|at| (format!("toys/t{at}.md"), format!("# T{at}\n\n## Speed\n\nRuns.\n\n## Charm\n\nSings.\n")))
        .collect();
    let mut files = vec![("toys/index.md", INDEX)];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = TestSite::of(&files);
    let links = site.page("/toys/t30/").attributes(".pairs a", "href");
    let expected = (10..50).filter(|at| *at != 30).map(|at| format!("/toys/compare/?f=t30,t{at}"));
    assert_eq!(links, std::iter::once("/toys/compare/".to_owned()).chain(expected).collect::<Vec<_>>());
}
