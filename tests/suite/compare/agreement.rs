//! Page and exports agree in every cell, and any content and any query are answered.

use axum::http::StatusCode;
use proptest::prelude::*;

use super::random::{TEXTS, query, random_page, random_site};
use super::said::{
    ADDED, ROWS, Saying, bare, exported, markdown_rows, shown, shown_as_rows, shown_on_paper, unguarded,
};
use crate::support::TestSite;

/// Fails where CSV or Markdown say in any cell something else than JSON.
fn agree_with_json(
    site: &TestSite,
    query: &str,
    json: &serde_json::Value,
    rows: &[Saying],
) -> Result<(), TestCaseError> {
    let csv = site.get(&format!("/c/compare.csv?{query}")).text();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    let in_csv: Vec<(String, Vec<String>)> = records
        .iter()
        .map(|record| (record[1].to_owned(), record.iter().skip(2).map(|cell| bare(unguarded(cell))).collect()))
        .collect();
    let texts: Vec<(String, Vec<String>)> =
        rows.iter().map(|(name, says)| (name.clone(), says.iter().map(|said| said.text.clone()).collect())).collect();
    prop_assert_eq!(&in_csv, &texts, "{}", query);
    let markdown = markdown_rows(&site.get(&format!("/c/compare.md?{query}")).text());
    let in_markdown: Vec<(String, Vec<String>)> = markdown
        .iter()
        .map(|cells| (cells[0].0.trim().to_owned(), cells[1..].iter().map(|cell| bare(cell.0.trim())).collect()))
        .collect();
    prop_assert_eq!(&in_markdown, &texts, "{}", query);
    let json_rows = json["criteria"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|criterion| criterion["rows"].as_array().into_iter().flatten());
    for (row, cells) in json_rows.zip(&markdown) {
        for (framework, (_, notes)) in json["frameworks"].as_array().into_iter().flatten().zip(&cells[1..]) {
            let sources = row["values"][framework["slug"].as_str().unwrap_or_default()]["sources"].as_array();
            let sources: Vec<_> =
                sources.into_iter().flatten().map(|source| source["text"].as_str().unwrap_or_default()).collect();
            prop_assert_eq!(sources.len(), notes.len());
            prop_assert!(
                notes.iter().zip(&sources).all(|(note, source)| bare(note).starts_with(&bare(source))),
                "{:?} {:?}",
                notes,
                sources
            );
        }
    }
    Ok(())
}

/// Fails where a head-to-head says in any cell something else than JSON, or folds what differs.
fn pair_agrees(site: &TestSite, query: &str) -> Result<(), TestCaseError> {
    let page = site.page(&format!("/c/compare/?{query}"));
    let json: serde_json::Value =
        serde_json::from_slice(&site.get(&format!("/c/compare.json?{query}")).bytes).expect("JSON");
    let criteria = json["criteria"].as_array().cloned().unwrap_or_default();
    if json["frameworks"].as_array().map_or(0, Vec::len) != 2 || criteria.is_empty() {
        prop_assert_eq!(page.count(".versus"), 0);
        return Ok(());
    }
    prop_assert_eq!(page.count("section.versus"), criteria.len());
    for criterion in criteria {
        let section =
            format!("section.versus[aria-labelledby=fg-group-{}]", criterion["slug"].as_str().unwrap_or_default());
        let (summary, facts): (Vec<_>, Vec<_>) =
            exported(&json, &criterion).into_iter().partition(|((name, _), _)| name == "Summary");
        let of = |differs: bool| {
            facts.iter().filter(|(_, differing)| *differing == differs).map(|(row, _)| row.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(shown(&page, &format!("{section} > table.matrix > tbody > tr")), of(true), "{}", query);
        prop_assert_eq!(
            shown(&page, &format!("{section} > .agreed > table.matrix > tbody > tr")),
            of(false),
            "{}",
            query
        );
        let texts = page.rows(&format!("{section} > .both"), ".both > div > .prose, .both > div > .gap", &ADDED);
        prop_assert_eq!(texts.len(), summary.len());
        for (text, said) in texts.first().into_iter().flatten().zip(summary.iter().flat_map(|((_, says), _)| says)) {
            let expected = match said.state.as_str() {
                "gap" => "Notresearchedyet",
                // What starts with a list has no first paragraph.
                _ if said.text.starts_with("one") => "",
                _ => &said.text,
            };
            prop_assert_eq!(bare(text), expected, "{}", query);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_content_and_any_query_are_answered_and_exports_agree_with_the_page(
        pages in prop::collection::vec(random_page(), 1..6),
        queries in prop::collection::vec(query(), 5),
    ) {
        let site = random_site(&pages);
        for query in queries.into_iter().chain(["only=measured".to_owned()]) {
            for path in ["compare/", "compare.csv", "compare.json", "compare.md", "choose/", "choose.csv", "choose.json", "choose.md"] {
                let answer = site.get(&format!("/c/{path}?{query}"));
                prop_assert_eq!(answer.status, StatusCode::OK, "{}?{}", path, query);
            }
            prop_assert_eq!(site.get(&format!("/api/compare/c?{query}")).status, StatusCode::OK);
            let without = |keys: &[&str]| query.split('&').filter(|pair| !keys.iter().any(|key| pair.starts_with(key))).collect::<Vec<_>>().join("&");
            let asked = without(&["as=", "embed=", "fragment=", "open="]);
            let json: serde_json::Value = serde_json::from_slice(&site.get(&format!("/c/compare.json?{asked}")).bytes).expect("JSON");
            let criteria = json["criteria"].as_array().cloned().unwrap_or_default();
            let rows: Vec<Saying> = criteria.iter().flat_map(|criterion| exported(&json, criterion)).map(|(row, _)| row).collect();
            let has_table = !criteria.is_empty() && json["frameworks"] != serde_json::json!([]);
            let columns = site.page(&format!("/c/compare/?{asked}&as=columns"));
            let embedded = site.page(&format!("/c/compare/?{asked}&embed=1"));
            prop_assert_eq!(columns.count("table.matrix"), usize::from(has_table), "{}", asked);
            prop_assert_eq!(embedded.count("table.matrix"), usize::from(has_table), "{}", asked);
            if has_table {
                agree_with_json(&site, &asked, &json, &rows)?;
                prop_assert_eq!(&shown(&columns, ROWS), &rows, "{}", asked);
                prop_assert_eq!(&shown(&embedded, ROWS), &rows, "{}", asked);
                let paper = site.page(&format!("/c/compare/?{asked}&as=paper"));
                prop_assert_eq!(&shown_on_paper(&paper, rows.len()), &rows, "{}", asked);
                for form in ["as=rows", "as=rows&embed=1"] {
                    let turned = site.page(&format!("/c/compare/?{asked}&{form}"));
                    prop_assert_eq!(&shown_as_rows(&turned), &rows, "{}&{}", asked, form);
                }
                let open = site.page(&format!("/c/compare/?{asked}&as=columns&open=x0.a"));
                for ((name, opened), (_, exported)) in shown(&open, ROWS).iter().zip(&rows) {
                    for (opened, exported) in opened.iter().zip(exported) {
                        let is_whole = name == "Summary" && opened.text.len() > exported.text.len();
                        prop_assert_eq!(&opened.state, &exported.state);
                        prop_assert!(opened == exported || is_whole && opened.text.starts_with(&exported.text), "{:?} {:?}", opened, exported);
                    }
                }
            }
            pair_agrees(&site, &format!("{}&f=x1,x0", without(&["as=", "embed=", "fragment=", "open=", "f="])))?;
        }
    }

    #[test]
    fn nothing_that_differs_is_hidden_by_only_differences(
        mut pages in prop::collection::vec(random_page(), 2..5),
        are_alike in any::<bool>(),
    ) {
        if are_alike {
            pages.iter_mut().for_each(|page| page.text = TEXTS[0]);
            pages[1].text = TEXTS[1];
        }
        let site = random_site(&pages);
        let records = |query: &str| -> Vec<Vec<String>> {
            let csv = site.get(&format!("/c/compare.csv?{query}")).text();
            csv::Reader::from_reader(csv.as_bytes()).records()
                .map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
        };
        let shown = records("only=differences");
        for record in records("") {
            let is_text_of_a = record[..2] == ["A", "Summary"];
            let says_one_thing = match is_text_of_a {
                true => pages.windows(2).all(|pair| pair[0].text == pair[1].text),
                false => record[2..].windows(2).all(|pair| pair[0] == pair[1]),
            };
            prop_assert!(says_one_thing || shown.contains(&record) || is_same_answer(&record), "{:?}", record);
            prop_assert!(!says_one_thing || !shown.contains(&record), "{:?} is the same of all", record);
        }
    }
}

/// Whether the cells of a record are all the answer "no", in whatever case.
fn is_same_answer(record: &[String]) -> bool {
    record[2..].iter().all(|cell| cell.eq_ignore_ascii_case("no"))
}
