//! Search: what is found, in which order, and that the index follows the content.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use fieldguide::content::sections::Document;
use fieldguide::content::site_file::SiteFile;
use fieldguide::ids::DocPath;
use fieldguide::search::{Hit, Indexer, Mode, Query, Results, Snapshot};
use fieldguide::site::{Input, Site};
use proptest::prelude::*;

const CATEGORY: &str = "\
# Engines

Frameworks that spread Python over many machines.

## Research Framework

- **Architecture** - who decides where a task runs
- **Performance** - overhead and throughput

## Frameworks

- [Ray from Anyscale](ray.md)
- [Dask](dask.md)
- [Celery](celery.md)
";

const RAY: &str = "\
# Ray from Anyscale

## Architecture

> **Rating:** 4/5 - decentralised, but the head node needs care
> **Scheduler:** distributed, bottom-up
> **Object store:** [To be completed]

Every worker owns the objects that it creates. Call `ray.init` first; a task returns an `ObjectRef`.

### Failure handling

Tasks are re-run from their lineage.

## Performance

The cluster starts with `--num-cpus` workers; Dask schedules more slowly.
";

const DASK: &str = "\
# Dask

## Architecture

> **Scheduler:** central

One scheduler process plans the whole task graph. Use `map_partitions` on a DataFrame.

## Performance

[To be completed]
";

const CELERY: &str = "\
# Celery

## Architecture

[To be completed]

## Performance

[To be completed: measure the broker]
";

const GUIDE: &str = "\
# How to read

Some words before any section, about ratings.

## Ratings

A rating is a judgement. Scheduling is judged too, and so are naïve schedulers.
";

/// A content folder with its index.
struct Shelf {
    files: BTreeMap<DocPath, Arc<Document>>,
    site_file: SiteFile,
    indexer: Indexer,
    site: Site,
    snapshot: Snapshot,
}

impl Shelf {
    fn new(files: &[(&str, &str)]) -> Self {
        let mut indexer = Indexer::new().expect("an index in memory");
        let files = files.iter().map(|(path, text)| read(path, text)).collect();
        let site = build(&files);
        let snapshot = indexer.update(&site).expect("an index in memory");
        Self { files, site_file: SiteFile::default(), indexer, site, snapshot }
    }

    fn standard() -> Self {
        Self::new(&[
            ("engines/index.md", CATEGORY),
            ("engines/ray.md", RAY),
            ("engines/dask.md", DASK),
            ("engines/celery.md", CELERY),
            ("guide/reading.md", GUIDE),
        ])
    }

    /// The same with words that mean the same.
    fn with_synonyms(mut self, synonyms: &[&str]) -> Self {
        self.site_file.synonyms = synonyms.iter().map(|line| (*line).to_owned()).collect();
        self.update();
        self
    }

    fn write(&mut self, path: &str, text: &str) {
        let (path, document) = read(path, text);
        self.files.insert(path, document);
        self.update();
    }

    fn remove(&mut self, path: &str) {
        self.files.remove(&DocPath::new(path));
        self.update();
    }

    fn update(&mut self) {
        let (documents, site_file) = (self.files.clone(), self.site_file.clone());
        self.site = Site::build(Input { documents, site_file, ..Input::default() });
        self.snapshot = self.indexer.update(&self.site).expect("an index in memory");
    }

    fn ask(&self, query: &Query) -> Results {
        self.snapshot.search(&self.site, query)
    }

    fn search(&self, text: &str) -> Results {
        self.ask(&query(&[("q", text), ("limit", "50")]))
    }

    fn hrefs(&self, text: &str) -> Vec<String> {
        hrefs(&self.search(text))
    }

    fn first(&self, text: &str) -> Hit {
        self.search(text).hits.into_iter().next().unwrap_or_else(|| panic!("{text} has a hit"))
    }
}

fn read(path: &str, text: &str) -> (DocPath, Arc<Document>) {
    let path = DocPath::new(path);
    (path.clone(), Arc::new(Document::read(path, text.to_owned())))
}

fn build(files: &BTreeMap<DocPath, Arc<Document>>) -> Site {
    Site::build(Input { documents: files.clone(), ..Input::default() })
}

fn query(pairs: &[(&str, &str)]) -> Query {
    Query::from_pairs(pairs.iter().map(|(key, value)| (Cow::Borrowed(*key), Cow::Borrowed(*value))))
}

fn hrefs(results: &Results) -> Vec<String> {
    results.hits.iter().map(|hit| hit.href.clone()).collect()
}

fn facet(facet: &[fieldguide::search::Facet]) -> Vec<(&str, usize)> {
    facet.iter().map(|facet| (facet.slug.as_str(), facet.count)).collect()
}

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
fn a_renamed_heading_is_found_under_its_new_name_only() {
    let mut shelf = Shelf::standard();
    let before = shelf.snapshot.clone();
    assert_eq!(shelf.hrefs("failure"), ["/engines/ray/#failure-handling"]);
    shelf.write("engines/ray.md", &RAY.replace("Failure handling", "Recovery"));
    assert_eq!(shelf.hrefs("failure"), [""; 0]);
    assert_eq!(shelf.hrefs("recovery"), ["/engines/ray/#recovery"]);
    assert_eq!(before.entries(), shelf.snapshot.entries());
}

#[test]
fn a_renamed_category_is_found_in_the_path_of_its_sections() {
    let mut shelf = Shelf::standard();
    assert!(shelf.hrefs("engines lineage").contains(&"/engines/ray/#failure-handling".to_owned()));
    shelf.write("engines/index.md", &CATEGORY.replace("# Engines", "# Motors"));
    assert_eq!(shelf.hrefs("motors lineage"), ["/engines/ray/#failure-handling"]);
    assert_eq!(shelf.search("engines lineage").mode, Mode::SomeWords);
}

#[test]
fn a_deleted_document_is_gone_and_an_older_snapshot_still_answers() {
    let mut shelf = Shelf::standard();
    let (site, snapshot) = (build(&shelf.files), shelf.snapshot.clone());
    shelf.remove("engines/ray.md");
    assert_eq!(shelf.hrefs("lineage"), [""; 0]);
    assert_eq!(shelf.hrefs("anyscale"), ["/engines/#frameworks"]);
    let older = snapshot.search(&site, &query(&[("q", "lineage")]));
    assert_eq!(hrefs(&older), ["/engines/ray/#failure-handling"]);
    let mixed = snapshot.search(&shelf.site, &query(&[("q", "lineage")]));
    assert_eq!(mixed.hits.len(), 0, "what does not resolve is left out");
}

#[test]
fn an_updated_index_answers_like_a_new_one() {
    let mut shelf = Shelf::standard();
    for turn in 0..20 {
        shelf.write("engines/dask.md", &format!("{DASK}\n## Notes {turn}\n\nTask number {turn}.\n"));
        shelf.write(&format!("guide/page-{}.md", turn % 7), &format!("# Page {turn}\n\nA scheduler and a task.\n"));
    }
    shelf.remove("guide/page-3.md");
    let mut indexer = Indexer::new().expect("an index in memory");
    let fresh = indexer.update(&shelf.site).expect("an index in memory");
    assert_eq!(fresh.entries(), shelf.snapshot.entries());
    for text in ["task", "scheduler", "notes", "page 19", "shceduler", "dask", "number 3"] {
        let (old, new) = (shelf.search(text), fresh.search(&shelf.site, &query(&[("q", text), ("limit", "50")])));
        assert_eq!(
            serde_json::to_value(&old).expect("results are JSON"),
            serde_json::to_value(&new).expect("results are JSON"),
            "{text}"
        );
    }
}

#[test]
fn all_words_must_match() {
    let shelf = Shelf::standard();
    let results = shelf.search("task lineage");
    assert_eq!((results.mode, hrefs(&results)), (Mode::All, vec!["/engines/ray/#failure-handling".to_owned()]));
}

#[test]
fn words_that_are_nowhere_together_are_found_apart_the_most_first() {
    let shelf = Shelf::standard();
    let results = shelf.search("graph lineage tasks");
    assert_eq!(results.mode, Mode::SomeWords);
    let mut first = hrefs(&results)[..2].to_vec();
    first.sort();
    assert_eq!(first, ["/engines/dask/#architecture", "/engines/ray/#failure-handling"]);
    assert!(results.total > 2);
    assert_eq!(results.did_you_mean, None);
}

#[test]
fn the_last_word_may_be_a_beginning() {
    let shelf = Shelf::standard();
    assert_eq!(shelf.first("li").href, "/engines/ray/#failure-handling");
    assert_eq!(shelf.first("das").href, "/engines/dask/");
    assert_eq!(shelf.first("task lin").href, "/engines/ray/#failure-handling");
    assert_ne!(shelf.search("lin tasks").mode, Mode::All, "only the last word is one");
    assert_eq!(shelf.first("d").href, "/engines/dask/");
}

#[test]
fn a_beginning_that_everything_has_counts_in_titles_only() {
    let shelf = Shelf::standard();
    assert_eq!(shelf.hrefs("t"), ["/guide/reading/"], "How to read");
    assert_eq!(shelf.first("lin").href, "/engines/ray/#failure-handling");
    assert_eq!(shelf.search("lineage t").mode, Mode::All);
    let hit = shelf.first("r");
    assert_eq!((hit.href.as_str(), hit.title_html.as_str()), ("/engines/ray/", "<mark>Ray</mark> from Anyscale"));
}

#[test]
fn words_are_found_by_their_stem_and_exact_words_come_first() {
    let shelf = Shelf::new(&[
        ("a.md", "# A\n\nHe was scheduling things.\n"),
        ("b.md", "# B\n\nThe schedulers are things.\n"),
        ("c.md", "# C\n\nHe scheduled his things.\n"),
    ]);
    assert_eq!(shelf.hrefs("schedulers")[0], "/b/");
    assert_eq!(shelf.hrefs("scheduled")[0], "/c/");
    assert_eq!(shelf.search("scheduling").total, 3);
    assert_eq!(shelf.search("thing").total, 3);
    let shelf = Shelf::new(&[("a.md", "# A\n\nParallelization of parties.\n"), ("b.md", "# B\n\nHoping.\n")]);
    for (word, href) in [("parallel", "/a/"), ("party", "/a/"), ("hope", "/b/"), ("hoped", "/b/")] {
        assert_eq!(shelf.hrefs(&format!("{word} ")), [href], "{word}");
    }
}

#[test]
fn case_and_accents_do_not_matter() {
    let shelf = Shelf::standard();
    assert_eq!(shelf.hrefs("NAIVE"), shelf.hrefs("naïve"));
    assert_eq!(shelf.first("naive").href, "/guide/reading/#ratings");
    assert!(shelf.first("naive").excerpt_html.contains("<mark>naïve</mark>"));
}

#[test]
fn names_of_code_are_found_whole_and_by_part() {
    let shelf = Shelf::standard();
    for text in ["map_partitions", "partitions", "map_part", "DataFrame", "dataframe", "data frame"] {
        assert_eq!(shelf.hrefs(text), ["/engines/dask/#architecture"], "{text}");
    }
    for text in ["ray.init", "init", "ray.init()", "ObjectRef", "objectref", "object ref"] {
        assert_eq!(shelf.first(text).href, "/engines/ray/#architecture", "{text}");
    }
    for text in ["--num-cpus", "num-cpus", "cpus", "num_cpus"] {
        assert_eq!(shelf.first(text).href, "/engines/ray/#performance", "{text}");
    }
    assert!(shelf.first("map_partitions").excerpt_html.contains("<mark>map_partitions</mark>"));
}

#[test]
fn one_typing_error_is_forgiven_from_four_letters_and_two_from_eight() {
    let shelf = Shelf::standard();
    for (typed, meant) in
        [("dsak", "dask"), ("linaege", "lineage"), ("shceduelr", "scheduler"), ("partitons", "partitions")]
    {
        let results = shelf.search(typed);
        assert_eq!((results.mode, results.did_you_mean.as_deref()), (Mode::Typo, Some(meant)), "{typed}");
        assert!(results.hits.iter().all(|hit| hit.typo));
        assert_eq!(results.hits[0].href, shelf.first(meant).href, "{typed}");
    }
    for typed in ["rya", "dksa9", "lniaege1", "2025"] {
        assert_eq!(shelf.search(typed).mode, Mode::Empty, "{typed}");
    }
    let results = shelf.search("central shedul");
    assert_eq!((results.mode, results.hits[0].href.as_str()), (Mode::Typo, "/engines/dask/#architecture"));
    assert_eq!(results.did_you_mean.as_deref(), Some("central scheduler"));
}

#[test]
fn what_matches_as_typed_is_never_mixed_with_typing_errors() {
    let shelf = Shelf::new(&[
        ("a.md", "# A\n\ntask task task task\n"),
        ("b.md", "# Dask\n\nSomething.\n"),
        ("c.md", "# C\n\nA mask, once.\n"),
    ]);
    assert_eq!(shelf.hrefs("mask"), ["/c/"]);
    assert_eq!(shelf.hrefs("dask"), ["/b/"]);
    let some = shelf.search("mask dusk");
    assert_eq!((some.mode, some.hits[0].href.as_str(), some.hits[0].typo), (Mode::SomeWords, "/c/", false));
}

#[test]
fn a_page_comes_first_for_its_name() {
    let mut shelf = Shelf::standard();
    shelf.write(
        "guide/dask.md",
        "# Notes\n\n## Dask\n\nDask, Dask, Dask.\n\n## Ray and Dask\n\nRay and Dask, ray and dask.\n",
    );
    assert_eq!(shelf.first("dask").href, "/engines/dask/");
    assert_eq!(shelf.first("ray").href, "/engines/ray/");
    assert_eq!(shelf.first("anyscale ray").href, "/engines/ray/");
    assert_eq!(shelf.first("engines").href, "/engines/");
    assert_eq!(shelf.first("ray performance").href, "/engines/ray/#performance");
    shelf.write(
        "engines/spark.md",
        "# Apache Spark with Python\n\n## Architecture\n\n[To be completed]\n\n## Performance\n\n[To be completed]\n",
    );
    assert_eq!(shelf.first("spark").href, "/engines/spark/");
    shelf.write("a/celery.md", "# Celery\n\nCelery is a plant, and celery is good.\n");
    assert_eq!(shelf.hrefs("celery")[..2], ["/engines/celery/", "/a/celery/"], "a framework first");
}

#[test]
fn words_that_say_nothing_do_not_keep_the_others_apart() {
    let shelf = Shelf::standard();
    let results = shelf.search("how does the lineage work with tasks");
    assert_eq!(results.mode, Mode::SomeWords);
    assert_eq!(shelf.first("what is the lineage of it").href, "/engines/ray/#failure-handling");
    assert_eq!(shelf.search("the").mode, Mode::All);
    assert_eq!(shelf.search("the of").mode, Mode::SomeWords);
    assert_eq!(shelf.first("the lineage are").excerpt_html, "Tasks are re-run from their <mark>lineage</mark>.");
}

#[test]
fn a_page_is_found_by_the_words_of_its_address() {
    let shelf = Shelf::new(&[("notes/lyrebird-handbook.md", "# Something else\n\nText.\n")]);
    assert_eq!(shelf.hrefs("lyrebird"), ["/notes/lyrebird-handbook/"]);
}

#[test]
fn a_title_counts_more_than_facts_and_facts_more_than_text() {
    let shelf = Shelf::new(&[
        ("a.md", "# A\n\n## One\n\nA quokka.\n"),
        ("b.md", "# B\n\n## Two\n\n> **Animal:** quokka\n"),
        ("c.md", "# C\n\n## Quokka\n\nText.\n"),
        ("d.md", "# D\n\n## Four\n\nA quokka too.\n"),
    ]);
    assert_eq!(shelf.hrefs("quokka"), ["/c/#quokka", "/b/#two", "/a/#one", "/d/#four"]);
}

#[test]
fn equal_matches_come_in_reading_order() {
    let shelf = Shelf::new(&[
        ("z.md", "# Z\n\n## One\n\nA quokka.\n\n## Two\n\nA quokka.\n"),
        ("index.md", "# Home\n\n- [z](z.md)\n- [b](b.md)\n"),
        ("b.md", "# B\n\n## One\n\nA quokka.\n"),
    ]);
    assert_eq!(shelf.hrefs("quokka"), ["/z/#one", "/z/#two", "/b/#one"]);
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

#[test]
fn excerpts_are_escaped_and_cut_at_words() {
    let long = "word ".repeat(100);
    let shelf = Shelf::new(&[("a.md", &format!("# A <b> & c\n\n{long} the `<quokka>` & co {long}\n"))]);
    let hit = shelf.first("quokka");
    let excerpt = &hit.excerpt_html;
    assert!(excerpt.contains("the &lt;<mark>quokka</mark>&gt; &amp; co word"), "{excerpt}");
    assert!(excerpt.starts_with("…word") && excerpt.ends_with("word…"), "{excerpt}");
    assert!((150..300).contains(&excerpt.len()), "{}", excerpt.len());
    assert!(shelf.first("a").title_html.starts_with("<mark>A</mark> "));
}

#[test]
fn white_space_in_excerpts_is_one_space() {
    let shelf = Shelf::new(&[("a.md", "# A\n\nfirst\nline\n\n```text\nquokka:\n    key:  wombat\n```\n")]);
    assert_eq!(shelf.first("wombat").excerpt_html, "first line quokka: key: <mark>wombat</mark>");
}

#[test]
fn the_excerpt_shows_where_most_words_are() {
    let far = "filler ".repeat(60);
    let shelf = Shelf::new(&[("a.md", &format!("# A\n\nOne wombat. {far} A numbat and a wombat met. {far}\n"))]);
    let excerpt = shelf.first("wombat numbat").excerpt_html;
    assert!(excerpt.contains("A <mark>numbat</mark> and a <mark>wombat</mark> met."), "{excerpt}");
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

#[test]
fn a_snapshot_can_be_searched_from_many_threads() {
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    fn is_sent<T: Send + 'static>(_: &T) {}
    let shelf = Shelf::standard();
    is_shared(&shelf.snapshot);
    is_sent(&shelf.indexer);
}

#[test]
fn results_are_json() {
    let shelf = Shelf::standard();
    let json = serde_json::to_value(shelf.search("dsak")).expect("results are JSON");
    assert_eq!(json["mode"], "typo");
    assert_eq!(json["did_you_mean"], "dask");
    assert_eq!(json["hits"][0]["framework"]["slug"], "dask");
    assert_eq!(json["facets"]["frameworks"][0]["slug"], "dask");
    assert_eq!(json["query"]["text"], "dsak");
}

const LAMPS: &str = "\
# Lamps

## Research Framework

- **Architecture** - how the light is made
  - **Scheduler** - who decides which bulb burns
  - **Fault tolerance** - what happens when a bulb is lost
- **Learning Curve** - how soon one can read by it
  - **Needs** - other things that must be there
- **Performance** - how bright it is
  - **Brightness** (number) - lumens

## Frameworks

- [Apache Lantern with PyLantern](lantern.md)
- [Torch](torch.md)
- [Candle](candle.md)
";
const LANTERN: &str = "\
---
aliases: [/lamps/pylantern/, /lamps/storm-lamp/]
---
# Apache Lantern with PyLantern

## Architecture

> **Rating:** 4/5 - burns on
> **Scheduler:** one wick
> **Fault tolerance:** lit again from its neighbour

Oil rises. Set `oil_acks_late` when a Torch is near.

## Learning Curve

> **Rating:** 2/5 - matches first

Strike a match.

## Performance

[To be completed]
";
const TORCH: &str = "\
# Torch

## Architecture

> **Scheduler:** none
> **Fault tolerance:** No

A battery. The late acks of oil are a matter of Lantern.

## Learning Curve

> **Rating:** 5/5 - one button

Press.

## Performance

[To be completed]
";
const CANDLE: &str = "# Candle\n\n## Architecture\n\n[To be completed]\n\n## Learning Curve\n\n[To be completed]\n";

fn lamps() -> Shelf {
    Shelf::new(&[
        ("lamps/index.md", LAMPS),
        ("lamps/lantern.md", LANTERN),
        ("lamps/torch.md", TORCH),
        ("lamps/candle.md", CANDLE),
    ])
}

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
fn words_that_mean_the_same_are_found_below_the_word_itself() {
    let shelf = Shelf::new(&[
        ("a.md", "# A\n\nThe executor ran.\n"),
        ("b.md", "# B\n\nThe worker ran.\n"),
        ("c.md", "# C\n\nAn actor process ran.\n"),
        ("d.md", "# D\n\nA process with an actor.\n"),
    ]);
    let shelf = shelf.with_synonyms(&["worker = executor = actor process", "=", "", "lonely"]);
    assert_eq!(shelf.hrefs("worker"), ["/b/", "/a/", "/c/"]);
    assert_eq!(shelf.hrefs("executors "), ["/a/", "/b/", "/c/"], "their stems mean the same too");
    assert_eq!((shelf.hrefs("actor process")[0].as_str(), shelf.search("actor process").total), ("/c/", 4));
    assert_eq!(shelf.search("worker").hits[2].excerpt_html, "An <mark>actor process</mark> ran.");
    let shelf = shelf.with_synonyms(&[]);
    assert_eq!(shelf.hrefs("worker"), ["/b/"]);
}

#[test]
fn a_long_question_may_have_a_word_that_a_section_lacks() {
    let shelf = Shelf::standard();
    let results = shelf.search("how are the tasks re-run from lineage wonderfully");
    assert_eq!((results.mode, results.hits[0].href.as_str()), (Mode::SomeWords, "/engines/ray/#failure-handling"));
    assert_eq!(shelf.search("tasks wonderfully").mode, Mode::SomeWords);
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
fn what_a_category_declares_anew_is_found_at_once() {
    let mut shelf = lamps();
    assert_eq!(shelf.search("incandescence").total, 0);
    shelf.write("lamps/index.md", &LAMPS.replace("how the light is made", "incandescence or not"));
    assert!(shelf.hrefs("incandescence").contains(&"/lamps/torch/#architecture".to_owned()));
}

#[test]
fn parts_of_a_name_are_found_where_they_follow_one_another() {
    let shelf = lamps();
    assert_eq!(shelf.hrefs("acks_late"), ["/lamps/lantern/#architecture"]);
    assert_eq!(shelf.first("acks late").href, "/lamps/lantern/#architecture");
    assert_eq!(shelf.search("acks late").total, 2);
}

#[test]
fn words_that_follow_one_another_as_typed_come_first() {
    let shelf = Shelf::new(&[
        ("a.md", "# A\n\nA node and its head.\n"),
        ("b.md", "# B\n\nThe head node.\n"),
        ("c.md", "# C\n\nA head, then a node.\n"),
    ]);
    assert_eq!(shelf.hrefs("head node"), ["/b/", "/a/", "/c/"]);
}

#[test]
fn a_section_about_the_words_comes_before_one_that_mentions_them() {
    let shelf = Shelf::new(&[
        ("a.md", "# A\n\n## Rating things and what became of it\n\nRating rating scale scale.\n"),
        ("b.md", "# B\n\n## Rating scale\n\nWords.\n"),
        ("c.md", "# C\n\n## Other\n\nRating scale, rating scale, rating scale.\n"),
    ]);
    assert_eq!(shelf.hrefs("rating scale")[0], "/b/#rating-scale");
    assert_eq!(shelf.hrefs("what became of it")[0], "/a/#rating-things-and-what-became-of-it");
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

#[test]
fn matches_are_told_as_ranges_of_characters_too() {
    let shelf = Shelf::new(&[("a.md", "# Über Quokkas\n\nEin größeres Quokka & more.\n")]);
    let hit = shelf.first("quokka");
    assert_eq!(
        (hit.title_marks.as_slice(), hit.excerpt.as_str()),
        ([[5, 12]].as_slice(), "Ein größeres Quokka & more.")
    );
    assert_eq!(hit.excerpt_marks, [[13, 19]]);
    assert_eq!(hit.excerpt_html, "Ein größeres <mark>Quokka</mark> &amp; more.");
}

static STANDARD: LazyLock<Shelf> = LazyLock::new(Shelf::standard);

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[a-z]{1,9}",
        Just("\"".to_owned()),
        Just("-".to_owned()),
        Just(" ".to_owned()),
        Just("framework:".to_owned()),
        Just("criterion:performance".to_owned()),
        Just("scheduler".to_owned()),
        Just("map_partitions".to_owned()),
        Just("\u{0}\u{1}\u{10}\u{E000}".to_owned()),
        Just("ß\u{300}İ\u{200B}".to_owned()),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_makes_search_panic(text in any_text(), repeat in 1..80_usize, limit in 0..60_usize, offset in 0..30_usize) {
        let shelf = &*STANDARD;
        let text = text.repeat(repeat);
        let asked = Query { text: text.clone(), limit, offset, ..Query::default() };
        let results = shelf.ask(&asked);
        prop_assert!(results.hits.len() <= limit && results.hits.len() <= results.total);
        shelf.ask(&query(&[("q", &text), ("framework", &text), ("criterion", &text), ("limit", &text), ("offset", &text)]));
        shelf.snapshot.suggest_pages(&shelf.site, &text, 5);
    }

    #[test]
    fn one_changed_letter_of_a_long_word_finds_the_word(at in 0..10_usize, letter in proptest::char::range('a', 'z')) {
        let mut typed = "partitions".to_owned();
        typed.replace_range(at..=at, &letter.to_string());
        let results = STANDARD.search(&typed);
        prop_assert_eq!(&results.hits[0].href, "/engines/dask/#architecture");
        prop_assert_eq!(results.hits[0].typo, typed != "partitions");
    }

    #[test]
    fn a_phrase_is_found_exactly_where_its_words_follow_one_another(
        texts in proptest::collection::vec(proptest::collection::vec(0..5_usize, 1..40), 1..8),
        phrase in proptest::collection::vec(0..4_usize, 2..4),
    ) {
        let words = ["oak", "elm", "ash", "yew", "elm_ash"];
        let said = |numbers: &[usize]| numbers.iter().map(|number| words[*number]).collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = texts.iter().map(|text| said(text)).collect();
        let phrase = said(&phrase);
        let has_phrase = |text: &&String| format!(" {} ", text.replace('_', " ")).contains(&format!(" {phrase} "));
        let expected = texts.iter().filter(has_phrase).count();
        let files: Vec<(String, String)> =
            texts.iter().enumerate().map(|(at, text)| (format!("{at}.md"), format!("# T\n\n{text}\n"))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let results = Shelf::new(&files).search(&format!("\"{phrase}\""));
        prop_assert_eq!(results.mode == Mode::All, expected > 0);
        prop_assert!(expected == 0 || results.total == expected, "{} of {expected}", results.total);
    }

    #[test]
    fn the_first_few_hits_are_the_first_of_many(
        sections in proptest::collection::vec(proptest::collection::vec(0..6_usize, 2..14), 20..45),
        asked in proptest::collection::vec(0..7_usize, 1..5),
    ) {
        let words = ["maple", "cedar", "aspen", "alder", "hazel", "the", "mapel"];
        let said = |numbers: &[usize]| numbers.iter().map(|number| words[*number]).collect::<Vec<_>>().join(" ");
        let section = |numbers: &Vec<usize>| format!("## {}\n\n{}\n\n", said(&numbers[..2]), said(&numbers[1..]));
        let text: String = sections.iter().map(section).collect();
        let shelf = Shelf::new(&[("a.md", &format!("# A\n\n{text}"))]);
        let asked = said(&asked);
        let page = |limit: &str| shelf.ask(&query(&[("q", &asked), ("limit", limit)]));
        let (few, many) = (page("3"), page("50"));
        prop_assert_eq!((few.total, few.mode, &few.did_you_mean), (many.total, many.mode, &many.did_you_mean));
        prop_assert_eq!(&few.facets, &many.facets);
        let first: Vec<String> = hrefs(&many).into_iter().take(3).collect();
        prop_assert_eq!(hrefs(&few), first);
    }

    #[test]
    fn no_content_makes_indexing_panic(text in any_text(), word in "[a-z]{4,8}") {
        let shelf = Shelf::new(&[("a.md", &format!("{text}\n\n# {text}\n\n> **{text}:** {text}\n\n{text} {word}\n"))]);
        for hit in shelf.search(&word).hits {
            prop_assert!(hit.href.starts_with('/'));
        }
    }
}
