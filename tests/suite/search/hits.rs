//! What a hit shows: its excerpt, its marked words, its JSON.

use super::Shelf;

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
