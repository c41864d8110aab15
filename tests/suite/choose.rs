//! Choosing: the ranking and how firm it is, against a computation by brute force; the page, its exports, the terminal.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fieldguide::choose::{Answer, MAX_WEIGHT, Question, Ratings, Situation, first, holds, order};
use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;
use fieldguide::site::{Input, Site};
use proptest::prelude::*;

use super::support::TestSite;

/// Each rating written down as often as it weighs, and the mean of that, times a number that makes it whole.
fn scaled_mean(ratings: &Ratings, weights: &[u8]) -> Option<u64> {
    /// Divided by every number up to 22.
    const WHOLE: u64 = 232_792_560;
    let mut written = Vec::new();
    for (rating, weight) in ratings.iter().zip(weights) {
        for _ in 0..*weight {
            written.extend(rating.map(u64::from));
        }
    }
    let total: usize = weights.iter().map(|weight| usize::from(*weight)).sum();
    if written.is_empty() || written.len() * 2 < total {
        return None;
    }
    let count = written.len() as u64;
    let sum: u64 = written.iter().sum();
    assert_eq!(WHOLE % count, 0, "{count} divides");
    Some(sum * (WHOLE / count))
}

fn leaders(candidates: &[Ratings], weights: &[u8]) -> Vec<usize> {
    let means: Vec<_> = candidates.iter().map(|ratings| scaled_mean(ratings, weights)).collect();
    let Some(best) = means.iter().flatten().max() else { return Vec::new() };
    (0..candidates.len()).filter(|&at| means[at].as_ref() == Some(best)).collect()
}

/// Up to six frameworks on up to four criteria; weights that make no more than twenty in all at first.
fn fields() -> impl Strategy<Value = (Vec<Ratings>, Vec<u8>)> {
    (1..=4usize).prop_flat_map(|criteria| {
        let ratings = prop::collection::vec(prop::option::weighted(0.8, 1..=5u8), criteria);
        (prop::collection::vec(ratings, 1..=6), prop::collection::vec(0..=4u8, criteria))
    })
}

proptest! {
    #[test]
    fn the_ranking_is_that_of_brute_force((candidates, weights) in fields()) {
        let ranked = order(&candidates, &weights);
        let means: Vec<_> = candidates.iter().map(|ratings| scaled_mean(ratings, &weights)).collect();
        let mut expected: Vec<usize> = (0..candidates.len()).filter(|&at| means[at].is_some()).collect();
        prop_assert!(ranked.windows(2).all(|pair| means[pair[0]] >= means[pair[1]]));
        prop_assert_eq!(first(&candidates, &weights), leaders(&candidates, &weights));
        let mut sorted = ranked;
        sorted.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(sorted, expected);
    }

    #[test]
    fn how_firm_the_first_place_is_is_that_of_brute_force((candidates, weights) in fields()) {
        let now = leaders(&candidates, &weights);
        for hold in holds(&candidates, &weights) {
            let at = |weight: u8| {
                let mut tried = weights.clone();
                tried[hold.criterion] = weight;
                leaders(&candidates, &tried)
            };
            prop_assert!((hold.from..=hold.to).contains(&weights[hold.criterion]));
            prop_assert!((hold.from..=hold.to).all(|weight| at(weight) == now));
            match hold.from {
                0 => prop_assert!(hold.below.is_empty()),
                from => {
                    prop_assert_ne!(&at(from - 1), &now);
                    prop_assert_eq!(at(from - 1), hold.below);
                }
            }
            match hold.to {
                MAX_WEIGHT => prop_assert!(hold.above.is_empty()),
                to => {
                    prop_assert_ne!(&at(to + 1), &now);
                    prop_assert_eq!(at(to + 1), hold.above);
                }
            }
        }
    }
}

const NAMES: [&str; 4] = ["Ash", "Birch", "Cedar", "Dogwood"];
const CRITERIA: [&str; 3] = ["Speed", "Charm", "Price"];

/// Frameworks with ratings and with the answer to a question, either of which may be missing; what is asked of them.
#[derive(Debug, Clone)]
struct Field {
    ratings: Vec<Ratings>,
    free: Vec<Option<bool>>,
    weights: Vec<u8>,
    must_be_free: bool,
}

/// Small fields in which little enough is missing that all it could be can be tried.
fn small_fields() -> impl Strategy<Value = Field> {
    let fields = (2..=3usize, 1..=4usize).prop_flat_map(|(criteria, frameworks)| {
        let ratings = prop::collection::vec(prop::option::weighted(0.8, 3..=5u8), criteria);
        let free = prop::option::weighted(0.7, prop::bool::weighted(0.7));
        (
            prop::collection::vec(ratings, frameworks),
            prop::collection::vec(free, frameworks),
            prop::collection::vec(0..=4u8, criteria),
            any::<bool>(),
        )
    });
    fields
        .prop_map(|(ratings, free, weights, must_be_free)| Field { ratings, free, weights, must_be_free })
        .prop_filter("little is missing", |field| {
            field.ratings.iter().flatten().filter(|rating| rating.is_none()).count() <= 3
        })
}

impl Field {
    fn site(&self) -> Site {
        let mut index = "# Trees\n\n## Research Framework\n\n".to_owned();
        for (number, name) in CRITERIA[..self.weights.len()].iter().enumerate() {
            index.push_str(&format!("- **{name}** - x\n"));
            index.push_str(if number == 0 { "  - **Free** (yes/no) - x\n" } else { "" });
        }
        let mut files = vec![("trees/index.md".to_owned(), index)];
        for (at, (ratings, free)) in self.ratings.iter().zip(&self.free).enumerate() {
            let mut page = format!("# {}\n", NAMES[at]);
            for (number, rating) in ratings.iter().enumerate() {
                page.push_str(&format!("\n## {}\n\n", CRITERIA[number]));
                page.push_str(&rating.map_or(String::new(), |rating| format!("> **Rating:** {rating}/5 - so\n")));
                let free = free.filter(|_| number == 0).map_or("", |free| if free { "Yes" } else { "No" });
                page.push_str(&if free.is_empty() { String::new() } else { format!("> **Free:** {free}\n") });
                page.push_str("\nWords.\n");
            }
            files.push((format!("trees/{at}.md"), page));
        }
        let documents: BTreeMap<_, _> = files
            .into_iter()
            .map(|(path, text)| (DocPath::new(&path), Arc::new(Document::read(DocPath::new(&path), text))))
            .collect();
        Site::build(Input { documents, ..Input::default() })
    }

    fn query(&self) -> String {
        let weights: Vec<_> =
            CRITERIA.iter().zip(&self.weights).map(|(name, weight)| format!("{name}:{weight}")).collect();
        format!("w={}{}", weights.join(","), if self.must_be_free { "&must=Free:yes" } else { "" })
    }

    /// The candidates as they stand; none where one is left out.
    fn known(&self) -> Vec<Option<Ratings>> {
        let is_left_out = |at: usize| self.must_be_free && self.free[at] == Some(false);
        self.ratings.iter().enumerate().map(|(at, ratings)| (!is_left_out(at)).then(|| ratings.clone())).collect()
    }

    /// The candidates in all ways in which what is missing can turn out.
    fn fillings(&self) -> Vec<Vec<Option<Ratings>>> {
        let ways = |(at, known): (usize, Option<Ratings>)| {
            let Some(known) = known else { return vec![None] };
            let filled = known.iter().fold(vec![Ratings::new()], |all, rating| {
                let values = rating.map_or((1..=5).collect(), |rating| vec![rating]);
                let with = |value: u8| all.iter().map(move |before| [before.clone(), vec![Some(value)]].concat());
                values.into_iter().flat_map(with).collect()
            });
            let may_fail = self.must_be_free && self.free[at].is_none();
            filled.into_iter().map(Some).chain(may_fail.then_some(None)).collect::<Vec<_>>()
        };
        self.known().into_iter().enumerate().map(ways).fold(vec![Vec::new()], |all, ways| {
            all.iter()
                .flat_map(|before| ways.iter().map(move |way| [before.clone(), vec![way.clone()]].concat()))
                .collect()
        })
    }

    /// Whether anything that counts is missing of those who are not left out.
    fn is_incomplete(&self) -> bool {
        let unrated = |ratings: &Ratings| {
            ratings.iter().zip(&self.weights).any(|(rating, weight)| rating.is_none() && *weight > 0)
        };
        let unknown = |at: usize| self.must_be_free && self.free[at].is_none();
        self.known()
            .iter()
            .enumerate()
            .any(|(at, ratings)| ratings.as_ref().is_some_and(|ratings| unrated(ratings) || unknown(at)))
    }
}

/// Who comes first by brute force, by name.
fn firsts(candidates: &[Option<Ratings>], weights: &[u8]) -> BTreeSet<&'static str> {
    let in_play: Vec<usize> = (0..candidates.len()).filter(|&at| candidates[at].is_some()).collect();
    let ratings: Vec<Ratings> = candidates.iter().flatten().cloned().collect();
    leaders(&ratings, weights).into_iter().map(|at| NAMES[in_play[at]]).collect()
}

/// The names between two pieces of a text; none where these are not there.
fn named(text: &str, before: &str, after: &str) -> Option<BTreeSet<&'static str>> {
    let inner = text.split_once(before)?.1.split_once(after)?.0;
    let words: Vec<&str> = inner.split([' ', ',']).filter(|word| !matches!(*word, "" | "or" | "and")).collect();
    Some(words.iter().map(|word| *NAMES.iter().find(|name| *name == word).expect("a name")).collect())
}

proptest! {
    #[test]
    fn what_is_said_of_what_is_missing_is_what_brute_force_finds(field in small_fields()) {
        let site = field.site();
        let (question, answer) = answer(&site, &field.query());
        let says = answer.sentences(&site, &site.categories[0], &question).join(" ");
        let now = firsts(&field.known(), &field.weights);
        let (mut rivals, mut unsure) = (BTreeSet::new(), BTreeSet::new());
        for filling in field.fillings().iter().filter(|_| !now.is_empty()) {
            let then = firsts(filling, &field.weights);
            rivals.extend(then.difference(&now).copied());
            unsure.extend(now.difference(&then).copied());
        }
        let nothing_changes = rivals.is_empty() && unsure.is_empty();
        let is_open = !now.is_empty() && field.is_incomplete();
        prop_assert_eq!(says.contains("What is missing cannot change who comes first."), is_open && nothing_changes, "{}", &says);
        prop_assert_eq!(says.contains("What is missing could still"), is_open && !nothing_changes, "{}", &says);
        let put = named(&says, "could still put ", " first.");
        let share = named(&says, "could still let ", " share the first place.");
        prop_assert_eq!(put.is_some(), !rivals.is_empty() && !unsure.is_empty(), "{}", &says);
        prop_assert_eq!(share.is_some(), !rivals.is_empty() && unsure.is_empty(), "{}", &says);
        prop_assert_eq!(put.or(share).unwrap_or_default(), rivals.clone(), "{}", &says);
        let lost = named(&says, "take the first place from ", ".").or(named(&says, "could still leave out ", ", and then nobody is left."));
        let expected = if now.len() > 1 || rivals.is_empty() { unsure } else { BTreeSet::new() };
        prop_assert_eq!(lost.unwrap_or_default(), expected, "{}", &says);
    }

    #[test]
    fn what_is_said_of_weights_is_what_brute_force_finds(field in small_fields()) {
        let site = field.site();
        let (question, answer) = answer(&site, &field.query());
        let sentences = answer.sentences(&site, &site.categories[0], &question);
        let known = field.known();
        let now = firsts(&known, &field.weights);
        let is_ranking = answer.ranked.len() > 1;
        let mut all_firm = true;
        for (criterion, weight) in field.weights.iter().enumerate() {
            let at = |weight: u8| {
                let mut tried = field.weights.clone();
                tried[criterion] = weight;
                firsts(&known, &tried)
            };
            let from = (0..=*weight).rev().take_while(|weight| at(*weight) == now).last().unwrap_or(*weight);
            let to = (*weight..=MAX_WEIGHT).take_while(|weight| at(*weight) == now).last().unwrap_or(*weight);
            let below = (from > 0).then(|| (from, at(from - 1)));
            let above = (to < MAX_WEIGHT).then(|| (to, at(to + 1)));
            let is_firm = below.is_none() && above.is_none();
            all_firm &= is_firm;
            let about = format!(" {} weighs ", CRITERIA[criterion]);
            let said: Vec<_> = sentences.iter().filter(|sentence| sentence.contains(&about)).collect();
            prop_assert_eq!(said.len(), usize::from(is_ranking && !is_firm), "{:?}", &sentences);
            if let Some(said) = said.first() {
                prop_assert_eq!(beyond(said, "less than "), below, "{}", said);
                prop_assert_eq!(beyond(said, "more than "), above, "{}", said);
                let one = (now.len() == 1).then(|| now.iter().next().map(|name| format!("{name} stays first unless"))).flatten();
                prop_assert!(said.starts_with(one.as_deref().unwrap_or("That changes when")), "{}", said);
            }
        }
        let holds_whatever = sentences.iter().any(|sentence| sentence.starts_with("That holds whatever any one criterion weighs"));
        prop_assert_eq!(holds_whatever, is_ranking && all_firm, "{:?}", &sentences);
    }
}

/// The weight after some words of a sentence, and who is said to come first beyond it.
fn beyond(sentence: &str, words: &str) -> Option<(u8, BTreeSet<&'static str>)> {
    let (weight, then) = sentence.split_once(words)?.1.split_once(" (then ")?;
    let then = then.split_once(')')?.0;
    let names = [" leads", " share it"].iter().find_map(|end| then.strip_suffix(end)).unwrap_or_default();
    assert!(!names.is_empty() || then == "nobody can be ranked", "{sentence}");
    Some((weight.parse().ok()?, named(&format!("<{names}>"), "<", ">")?))
}

#[test]
fn how_it_is_computed_stands_on_the_page() {
    let says = toys().page("/toys/choose/").text("section.how");
    for rule in [
        "mean of the ratings, each counted as often as its criterion weighs",
        "left out of both sums. It never counts as zero",
        "the share of the weights that is known, where a must-have counts as a weight of 1",
        "less than half of the weight is known has no place",
        "What is not researched, not stated or not applicable leaves nobody out",
        "every weight from 0 to 10 for one criterion, the others as they are",
        "each missing rating from 1 to 5, each must-have of which nobody knows met or failed",
    ] {
        assert!(says.contains(rule), "{rule} is not in {says}");
    }
}

const INDEX: &str = "\
# Toys

## Research Framework

- **Speed** - how fast
  - **Round trip** (duration) - one trip
- **Charm** - how nice
  - **Needs** - what else
- **Price** - how dear
  - **Free** (yes/no) - whether it costs nothing

## Situations

### A rainy afternoon

> **Weights:** Charm 5, Price: 0
> **Must:** Free: yes; Needs: not owls

It has to be nice.

### A race

> **Weights:** Speed 10

";

fn finding(name: &str, rating: &str, facts: &str) -> String {
    if rating.is_empty() && facts.is_empty() {
        return format!("\n## {name}\n\n[To be completed]\n");
    }
    let rating = if rating.is_empty() { String::new() } else { format!("> **Rating:** {rating}/5 - so\n") };
    format!("\n## {name}\n\n{rating}{facts}\nWords.\n")
}

fn toys() -> TestSite {
    let page = |title: &str, speed: (&str, &str), charm: (&str, &str), price: (&str, &str)| {
        format!(
            "# {title}\n{}{}{}",
            finding("Speed", speed.0, speed.1),
            finding("Charm", charm.0, charm.1),
            finding("Price", price.0, price.1)
        )
    };
    let zorble = page(
        "Zorble",
        ("5", "> **Round trip:** 2 ms\n"),
        ("2", "> **Needs:** an owl, owls\n"),
        ("3", "> **Free:** Yes\n"),
    );
    let quill = page("Quill", ("2", "> **Round trip:** 8 ms\n"), ("5", "> **Needs:** nothing\n"), ("", ""));
    let tumbrook = page("Tumbrook", ("3", ""), ("3", "> **Needs:** water\n"), ("4", "> **Free:** No, it costs\n"));
    let empty = page("Empty", ("", ""), ("4", "> **Needs:** x\n"), ("", ""));
    TestSite::of(&[
        ("toys/index.md", INDEX),
        ("toys/a-zorble.md", &zorble),
        ("toys/b-quill.md", &quill),
        ("toys/c-tumbrook.md", &tumbrook),
        ("toys/d-empty.md", &empty),
    ])
}

fn answer(site: &Site, query: &str) -> (Question, Answer) {
    let category = &site.categories[0];
    let question = Question::from_pairs(site, category, form_urlencoded::parse(query.as_bytes()));
    let answer = Answer::to(site, category, &question);
    (question, answer)
}

#[test]
fn scores_are_weighted_means_and_a_gap_never_counts_as_zero() {
    let site = toys();
    let edition = site.edition();
    let (_, answer) = answer(&edition.site, "w=speed:2");
    let ranked: Vec<_> = answer
        .ranked
        .iter()
        .map(|ranked| (ranked.framework, ranked.place, ranked.score.points, ranked.score.known))
        .collect();
    assert_eq!(ranked, [(0, 1, 15, 4), (2, 2, 13, 4), (1, 3, 9, 3)]);
    let quill = &answer.ranked[2];
    assert!((quill.confidence - 0.75).abs() < 1e-9);
    assert!((quill.parts.iter().map(|part| part.adds).sum::<f64>() - quill.score.mean()).abs() < 1e-9);
    assert_eq!(quill.parts[2].rating, None);
    assert_eq!(answer.unranked.iter().map(|ranked| ranked.framework).collect::<Vec<_>>(), [3]);
}

#[test]
fn who_fails_a_must_have_is_left_out_and_who_is_unknown_stays_with_less_confidence() {
    let site = toys();
    let edition = site.edition();
    let (question, answer) = answer(&edition.site, "must=Free:yes&must=Needs:not+owl");
    assert_eq!(question.must.len(), 2);
    let left_out: Vec<_> =
        answer.left_out.iter().map(|left_out| (left_out.framework, left_out.failed.clone())).collect();
    assert_eq!(left_out, [(0, vec![1]), (2, vec![0])]);
    let quill = &answer.ranked[0];
    assert_eq!((quill.framework, quill.unknown.clone()), (1, vec![0]));
    assert!((quill.confidence - 3.0 / 5.0).abs() < 1e-9);
}

#[test]
fn questions_are_read_leniently_and_written_shortly() {
    let site = toys();
    let edition = site.edition();
    let category = &edition.site.categories[0];
    let (question, _) =
        answer(&edition.site, "w=Speed:3,charm=0,price:11,colour:2,x&w.price=4&w.charm=&utm=1&must=Colour:red");
    assert_eq!(question.weights, [3, 0, 4]);
    assert_eq!(question.to_query(category), "w=speed:3,charm:0,price:4");
    assert_eq!(
        question.notes,
        [
            "\"11\" is no weight from 0 to 10.",
            "There is no criterion \"colour\" to weigh.",
            "\"x\" is no weight; write a criterion and a number.",
            "\"Colour:red\" is no must-have that can be checked here.",
        ]
    );
}

#[test]
fn a_criterion_that_is_weighed_twice_keeps_its_first_weight_and_is_noted() {
    let site = toys();
    let edition = site.edition();
    let category = &edition.site.categories[0];
    for query in ["w=speed:3&w=Speed:5", "w=speed:3,charm:2,speed:5", "w=speed:3&w.speed=5", "w.speed=3&w=speed+5"] {
        let (question, _) = answer(&edition.site, query);
        assert_eq!(question.weights[0], 3, "{query}");
        assert_eq!(question.notes, ["Speed weighs 3 already; \"5\" was ignored."], "{query}");
    }
    for query in ["w=speed:3,speed:3", "w=speed:3&w=charm:3"] {
        assert_eq!(answer(&edition.site, query).0.notes, [""; 0], "{query}");
    }
    let page = site.page("/toys/choose/?w=speed:3&w=speed:5");
    assert!(page.text("#fg-choose").contains("Speed weighs 3 already"), "{}", page.text("#fg-choose"));
    let mut rainy = Situation::named(&edition.site, category, "rainy").expect("the situation").question;
    rainy.read_weights(category, "Charm 1");
    assert_eq!((rainy.weights[1], rainy.notes.len()), (1, 0), "a situation is where a reader starts from");
}

#[test]
fn situations_are_read_from_the_category() {
    let site = toys();
    let edition = site.edition();
    let category = &edition.site.categories[0];
    let situations = Situation::all(&edition.site, category);
    assert_eq!(situations.iter().map(|situation| situation.title).collect::<Vec<_>>(), ["A rainy afternoon", "A race"]);
    let rainy = &situations[0];
    assert_eq!(
        (rainy.question.weights.as_slice(), rainy.question.notes.len(), rainy.says),
        (&[1, 5, 0][..], 0, "It has to be nice.")
    );
    assert_eq!(rainy.question.to_query(category), "w=charm:5,price:0&must=price.free:yes&must=charm.needs:!owls");
    assert!(Situation::named(&edition.site, category, "race").is_some());
    assert!(Situation::named(&edition.site, category, "a").is_none());
}

#[test]
fn what_a_situation_cannot_ask_is_reported_at_its_line() {
    let site = TestSite::live(&[(
        "toys.md",
        &INDEX.replace("Charm 5, Price: 0", "Charme 5").replace("Free: yes;", "Free: maybe;"),
    )]);
    let edition = site.edition();
    let found: Vec<_> = Situation::diagnostics(&edition.site).iter().map(ToString::to_string).collect();
    let line = INDEX.lines().position(|line| line.contains("Weights:** Charm")).expect("the line") + 1;
    assert_eq!(
        found,
        [
            format!(
                "toys.md:{line}:3: warning[situation]: There is no criterion \"Charme\" to weigh; write declared criteria with numbers from 0 to 10: `Performance 5, Scalability 3`"
            ),
            format!(
                "toys.md:{}:3: warning[situation]: \"Free: maybe\" is no must-have that can be checked here; write a declared fact and what it has to be, more of them after a semicolon: `GPU scheduling: yes; Round trip < 5 ms`",
                line + 1
            ),
        ]
    );
    let page = site.page("/toys/").texts("#diagnostics li code");
    assert_eq!(page, [format!("toys.md:{line}:3"), format!("toys.md:{}:3", line + 1)]);
    let status = site.page("/_status").text("#content + p");
    assert!(status.starts_with("0 errors, 2 warnings, "), "the authors' page counts them too: {status}");
}

#[test]
fn every_situation_of_the_research_asks_only_what_can_be_answered() {
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (_, edition) = fieldguide::edition::Library::open(&content, false).expect("the content can be read");
    let mut count = 0;
    for category in &edition.site.categories {
        for situation in Situation::all(&edition.site, category) {
            count += 1;
            assert_eq!(situation.question.notes, [""; 0], "{}", situation.title);
            assert!(!situation.says.is_empty(), "{} says why", situation.title);
            let answer = Answer::to(&edition.site, category, &situation.question);
            assert!(!answer.ranked.is_empty(), "{} has an answer", situation.title);
        }
    }
    assert!(count >= 5, "{count} situations");
}

/// What a sentence such as "That changes when Speed weighs more than 3 (…)." or "Zorble stays first unless Charm weighs less than 1 (…) or more than 2 (…)." says.
fn limits(sentence: &str) -> Option<(String, Option<u8>, Option<u8>)> {
    let rest = sentence.split_once(" first unless ").or_else(|| sentence.split_once("That changes when "))?.1;
    let (criterion, rest) = rest.split_once(" weighs ")?;
    let number = |words: &str| rest.split_once(words).and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    Some((criterion.to_lowercase(), number("less than "), number("more than ")))
}

#[test]
fn what_the_sentences_say_of_the_first_place_holds_for_every_weight() {
    let site = toys();
    let edition = site.edition();
    let category = &edition.site.categories[0];
    let firsts = |query: &str| {
        let (_, answer) = answer(&edition.site, query);
        answer.leaders().map(|ranked| ranked.framework).collect::<Vec<_>>()
    };
    let mut checked = 0;
    for (speed, charm, price) in (0..=4).flat_map(|a| (0..=4).flat_map(move |b| (0..=4).map(move |c| (a, b, c)))) {
        let with = |speed: u8, charm: u8, price: u8| firsts(&format!("w=speed:{speed},charm:{charm},price:{price}"));
        let now = with(speed, charm, price);
        let (question, answer) = answer(&edition.site, &format!("w=speed:{speed},charm:{charm},price:{price}"));
        for (criterion, below, above) in
            answer.sentences(&edition.site, category, &question).iter().filter_map(|sentence| limits(sentence))
        {
            let at = |weight: u8| match criterion.as_str() {
                "speed" => with(weight, charm, price),
                "charm" => with(speed, weight, price),
                _ => with(speed, charm, weight),
            };
            let (from, to) = (below.unwrap_or(0), above.unwrap_or(MAX_WEIGHT));
            assert!(
                (from..=to).all(|weight| at(weight) == now),
                "{criterion} {from} to {to} of {speed} {charm} {price}"
            );
            assert!(below.is_none_or(|below| at(below - 1) != now) && above.is_none_or(|above| at(above + 1) != now));
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked} sentences were checked");
}

#[test]
fn the_page_shows_the_ranking_with_links_to_what_stands_behind_it() {
    let site = toys();
    let page = site.page("/toys/choose/?w=speed:2&must=Free:yes");
    assert_eq!(page.text("h1"), "Choose among Toys");
    assert!(page.text("#fg-state").starts_with("Zorble comes first with 3.75 of 5."), "{}", page.text("#fg-state"));
    assert_eq!(page.texts(".ranking tbody th a"), ["Zorble", "Quill"]);
    assert_eq!(
        page.attributes(".ranking tbody tr:first-child td a", "href"),
        ["/toys/a-zorble/#speed", "/toys/a-zorble/#charm", "/toys/a-zorble/#price"]
    );
    assert!(page.text("ul.left-out li").contains("Empty"), "too little is known of it");
    assert!(page.texts("ul.left-out li").iter().any(|out| out == "Tumbrook: not “Free: yes”, but “No, it costs”"));
    assert_eq!(page.attributes("#fg-w-speed", "value"), ["2"]);
    assert_eq!(page.texts(".situations li a"), ["A rainy afternoon", "A race"]);
    let rainy = site.page("/toys/choose/?w=charm:5,price:0&must=price.free:yes&must=charm.needs:!owls");
    assert_eq!(rainy.texts(".situations [aria-current]"), ["A rainy afternoon"]);
}

#[test]
fn page_json_csv_and_terminal_give_the_same_ranking() {
    let site = toys();
    let query = "w=speed:2,charm:4&must=price.free:yes";
    let page = site.page(&format!("/toys/choose/?{query}"));
    let json: serde_json::Value =
        serde_json::from_slice(&site.get(&format!("/toys/choose.json?{query}")).bytes).expect("JSON");
    let ranked = json["ranked"].as_array().expect("a list");
    let titles: Vec<_> = ranked.iter().map(|ranked| ranked["title"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(page.texts(".ranking tbody th a"), titles);
    let scores: Vec<_> =
        ranked.iter().map(|ranked| format!("{:.2}", ranked["score"].as_f64().unwrap_or_default())).collect();
    assert_eq!(page.texts(".ranking tbody td b"), scores);
    let csv = site.get(&format!("/toys/choose.csv?{query}")).text();
    assert!(
        csv.starts_with("place,framework,score,confidence,Speed,Charm,Price\n1,Quill,4.0000,0.75,0.6667,3.3333,\n"),
        "{csv}"
    );
    let markdown = site.get(&format!("/toys/choose.md?{query}")).text();
    assert!(markdown.contains("| 1 | Quill | 4.00 | 75 % | 2/5 adds 0.67 | 5/5 adds 3.33 | not rated |"), "{markdown}");
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_fieldguide"))
            .env_clear()
            .args(["compare", "toys", "--content"])
            .arg(site.path())
            .args(arguments)
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let printed = run(&["--weights", "speed=2,charm=4", "--must", "Free: yes", "--format", "json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).expect("JSON"), json);
    assert_eq!(run(&["--weights", "speed:2,Charm:4", "--must", "Free: yes"]).trim_end(), markdown.trim_end());
    assert!(run(&["--situation", "rainy"]).contains("| 1 | Quill |"));
}

#[test]
fn odd_questions_are_answered() {
    let site = toys();
    for (query, says) in [
        ("w=speed:0,charm:0,price:0", "Nothing weighs anything"),
        ("must=Needs:gold", "No framework has all of what you ask for."),
        ("w=x:y&must=%FF&w.=3&w.speed=-1", "comes first"),
    ] {
        let page = site.page(&format!("/toys/choose/?{query}"));
        assert!(page.text("#fg-state").contains(says), "{query}: {}", page.text("#fg-state"));
    }
}

#[test]
fn where_there_is_nothing_to_choose_from_yet_the_page_leads_to_what_is_asked() {
    let page = TestSite::of(&[("toys/index.md", INDEX)]).page("/toys/choose/");
    assert_eq!(page.text("#fg-state"), "There are no frameworks yet.");
    assert_eq!(page.attributes(".answer > p > a", "href"), ["/toys/"]);
    assert_eq!(toys().page("/toys/choose/?must=Needs:gold").count(".answer > p > a:not(.button)"), 0);
}
