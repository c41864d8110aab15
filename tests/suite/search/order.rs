//! In which order hits come.

use super::Shelf;

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
