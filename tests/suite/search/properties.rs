//! What holds for any text, query and content.

use std::sync::LazyLock;

use fieldguide::search::{Mode, Query};
use proptest::prelude::*;

use super::{Shelf, hrefs, query};

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
