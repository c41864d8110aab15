//! Which words match: together or apart, begun, by their stem, in names of code, mistyped, meaning the same.

use fieldguide::search::Mode;

use super::lamps::lamps;
use super::{Shelf, hrefs};

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
fn parts_of_a_name_are_found_where_they_follow_one_another() {
    let shelf = lamps();
    assert_eq!(shelf.hrefs("acks_late"), ["/lamps/lantern/#architecture"]);
    assert_eq!(shelf.first("acks late").href, "/lamps/lantern/#architecture");
    assert_eq!(shelf.search("acks late").total, 2);
}
