//! Large tables: sent in pieces, and without the cells that somebody has.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::support::TestSite;

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
        let [first, rest] = pieces.as_slice() else { panic!("{} pieces", pieces.len()) };
        assert!(first.contains("id=\"fg-state\""), "the controls come first");
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
    assert_eq!(site.pieces("/many/compare/").len(), 2, "its first rows can be painted before the others");
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
