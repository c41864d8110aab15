//! The seed file, dropped into an empty content folder, is a complete site.

use axum::http::StatusCode;

use super::support::{SEED, SEED_FILE, TestSite};

const CATEGORY: &str = "/distributed-computing-frameworks/";
const CRITERIA: [&str; 7] =
    ["Overview", "Architecture", "Scalability", "Integration", "Learning Curve", "Performance", "Use Case Fit"];
const FRAMEWORKS: [(&str, &str); 5] = [
    ("Ray from Anyscale", "ray-from-anyscale"),
    ("Dask", "dask"),
    ("Celery", "celery"),
    ("Apache Spark with PySpark", "apache-spark-with-pyspark"),
    ("Modin", "modin"),
];

#[test]
fn the_fixture_is_the_seed_byte_for_byte() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed").join(SEED_FILE);
    if let Ok(seed) = std::fs::read_to_string(shared) {
        assert_eq!(seed, SEED);
    }
    assert_eq!(SEED.len(), 2556);
}

#[test]
fn the_title_and_the_metadata_are_shown() {
    let page = TestSite::seed().page(CATEGORY);
    assert_eq!(page.text("h1"), "Distributed Computing Frameworks");
    let main = page.text("main");
    for words in [
        "Multi-Machine Parallelization",
        "Template Created",
        "Data engineers and developers scaling beyond single machines",
    ] {
        assert!(main.contains(words), "{words}");
    }
}

#[test]
fn seven_criteria_come_with_the_descriptions_of_their_list() {
    let site = TestSite::seed();
    let edition = site.edition();
    let criteria = &edition.site.categories[0].criteria;
    assert_eq!(criteria.iter().map(|criterion| criterion.name.as_str()).collect::<Vec<_>>(), CRITERIA);
    assert_eq!(criteria[0].description, "Purpose, key features, and target use cases");
    assert_eq!(criteria[6].description, "Suitability for business automation and data processing");
    let page = site.page(&format!("{CATEGORY}dask/")).text("main");
    for criterion in criteria {
        assert!(page.contains(&criterion.description), "{}", criterion.description);
    }
}

#[test]
fn five_frameworks_have_a_page_each_with_seven_gaps() {
    let site = TestSite::seed();
    for (title, slug) in FRAMEWORKS {
        let page = site.page(&format!("{CATEGORY}{slug}/"));
        assert_eq!(page.text("h1"), title);
        let anchors = page.attributes("main h2[id]", "id");
        for anchor in
            ["overview", "architecture", "scalability", "integration", "learning-curve", "performance", "use-case-fit"]
        {
            assert!(anchors.iter().any(|id| id == anchor), "{slug} has no #{anchor}: {anchors:?}");
        }
        assert_eq!(page.text("main").matches("Not researched yet").count(), 7, "{slug}");
    }
}

#[test]
fn thirty_five_of_thirty_five_findings_are_gaps() {
    let site = TestSite::seed();
    let progress = site.edition().site.categories[0].progress();
    assert_eq!((progress.researched, progress.total), (0, 35));
    assert!(site.page(CATEGORY).text("main").contains("0 of 35 findings"));
    assert!(site.page("/").text("main").contains("0 of 35 findings"));
}

#[test]
fn the_other_sections_are_gaps_too() {
    let site = TestSite::seed();
    let edition = site.edition();
    let page = edition.site.page_at(CATEGORY).expect("the category's page");
    let document = &edition.site.documents[0];
    let gaps: Vec<_> =
        edition.site.gap_sections(page).into_iter().map(|at| document.sections[at].title.as_str()).collect();
    assert_eq!(gaps, ["Overview", "Additional Frameworks", "Summary and Recommendations"]);
    let text = site.page(CATEGORY).text("main");
    assert!(text.contains("Additional Frameworks") && text.contains("Summary and Recommendations"));
    assert!(!text.contains("[To be"), "the placeholders themselves are not shown");
}

#[test]
fn the_navigation_block_becomes_previous_and_next_that_are_planned() {
    let page = TestSite::seed().page(CATEGORY);
    let text = page.text("body");
    assert!(text.contains("Single Computer Parallelization") && text.contains("Workflow Orchestration Tools"));
    assert!(text.to_lowercase().contains("planned"));
    assert!(!text.contains("Navigation:"));
    let links = page.attributes("a", "href");
    assert!(
        !links.iter().any(|href| href.contains("single-computer") || href.contains("workflow-orchestration")),
        "{links:?}"
    );
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let site = TestSite::seed();
    let mut open = vec!["/".to_owned()];
    let mut seen = std::collections::BTreeSet::from(["/".to_owned()]);
    while let Some(path) = open.pop() {
        let answer = site.get(&path);
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        // A view of a comparison leads to further views without end: each is asked for, none followed.
        if !answer.header("content-type").starts_with("text/html") || path.contains('?') {
            continue;
        }
        for href in answer.dom().attributes("a, link", "href") {
            let target = href.split('#').next().unwrap_or_default().to_owned();
            if target.starts_with('/') && seen.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    assert!(seen.len() > 12, "{seen:?}");
}

#[test]
fn the_markdown_twins_are_the_source() {
    let site = TestSite::seed();
    let twin = site.get("/distributed-computing-frameworks.md");
    assert_eq!((twin.text().as_str(), twin.header("content-type")), (SEED, "text/markdown; charset=utf-8"));
    let dask = site.get("/distributed-computing-frameworks/dask.md").text();
    assert!(
        dask.starts_with("## Dask\n") && dask.trim_end().ends_with("### Use Case Fit\n[To be completed]"),
        "{dask}"
    );
    let negotiated = site.send(CATEGORY, &[("accept", "text/markdown")]);
    assert_eq!(negotiated.text(), SEED);
    assert!(negotiated.header("vary").contains("accept"));
}

#[test]
fn the_comparison_shows_every_framework_under_every_criterion() {
    let page = TestSite::seed().page(&format!("{CATEGORY}compare/"));
    let table = page.text("main table");
    for words in FRAMEWORKS.map(|(title, _)| title).into_iter().chain(CRITERIA) {
        assert!(table.contains(words), "{words}");
    }
}

#[test]
fn the_search_finds_the_frameworks_and_no_gap() {
    let site = TestSite::seed();
    let results: serde_json::Value = serde_json::from_slice(&site.get("/api/search?q=dask").bytes).expect("JSON");
    assert_eq!(results["hits"][0]["href"], format!("{CATEGORY}dask/"));
    let gaps: serde_json::Value = serde_json::from_slice(&site.get("/api/search?q=completed").bytes).expect("JSON");
    assert_eq!(gaps["total"], 0);
    assert!(
        site.page("/search?q=dask").attributes("main a", "href").iter().any(|href| href == &format!("{CATEGORY}dask/"))
    );
}
