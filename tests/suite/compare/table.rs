//! The table: measured values, findings that open in place, frameworks as rows, sheets of paper.

use super::{INDEX, site};
use crate::support::{Dom, TestSite};

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
