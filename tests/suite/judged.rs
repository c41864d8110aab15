//! The judged set: how well the ranking puts first what answers, over this repository's own content.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use fieldguide::edition::{Edition, Library};
use fieldguide::search::Query;

/// How many hits are judged.
const JUDGED: usize = 10;
/// What an address stands below that does not start with a slash.
const HOME: &str = "/distributed-computing-frameworks/";
/// What a section is worth that answers, and one that helps.
const ANSWERS: f64 = 3.0;
const HELPS: f64 = 1.0;

/// The least that each half must reach: reciprocal rank and discounted gain over all its queries, and
/// reciprocal rank over those with typing errors.
struct Floors {
    mrr: f64,
    ndcg: f64,
    typo_mrr: f64,
}

const TUNED: Floors = Floors { mrr: 0.95, ndcg: 0.9, typo_mrr: 0.95 };
const HELD_OUT: Floors = Floors { mrr: 0.92, ndcg: 0.87, typo_mrr: 0.9 };

struct Judged {
    kind: String,
    text: String,
    /// Sections by address, with what they are worth.
    worth: BTreeMap<String, f64>,
}

/// Sums over the queries of one kind.
#[derive(Default, Clone, Copy)]
struct Score {
    queries: f64,
    reciprocal: f64,
    gain: f64,
}

impl Score {
    fn add(&mut self, reciprocal: f64, gain: f64) {
        self.queries += 1.0;
        self.reciprocal += reciprocal;
        self.gain += gain;
    }

    fn mrr(&self) -> f64 {
        self.reciprocal / self.queries.max(1.0)
    }

    fn ndcg(&self) -> f64 {
        self.gain / self.queries.max(1.0)
    }
}

#[test]
fn judged_queries_put_first_what_answers_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, edition) = Library::open(&root.join("content"), false).expect("the content can be read");
    let mut queries = 0;
    for (half, floors) in [("tuned", TUNED), ("held-out", HELD_OUT)] {
        let text = std::fs::read_to_string(root.join(format!("tests/judged/{half}.txt"))).expect("a judged half");
        let judged: Vec<Judged> = text.lines().filter_map(|line| read(&edition, line)).collect();
        queries += judged.len();
        let (all, by_kind) = judge(&edition, half, &judged);
        print_table(half, &all, &by_kind);
        let typo = by_kind["typo"];
        assert!(all.mrr() >= floors.mrr, "{half}: MRR@10 {:.3} is below {}", all.mrr(), floors.mrr);
        assert!(all.ndcg() >= floors.ndcg, "{half}: nDCG@10 {:.3} is below {}", all.ndcg(), floors.ndcg);
        assert!(
            typo.mrr() >= floors.typo_mrr,
            "{half}: MRR@10 of typos {:.3} is below {}",
            typo.mrr(),
            floors.typo_mrr
        );
    }
    assert!(queries >= 80, "{queries} queries are too few to judge by");
}

fn judge(edition: &Edition, half: &str, judged: &[Judged]) -> (Score, BTreeMap<String, Score>) {
    let (mut all, mut by_kind) = (Score::default(), BTreeMap::<String, Score>::new());
    for query in judged {
        let hrefs = hrefs(edition, &query.text);
        let (reciprocal, gain) = (query.reciprocal_rank(&hrefs), query.gain(&hrefs));
        // What the ranking may be tuned on, and nothing else.
        if half == "tuned" && (reciprocal < 1.0 || gain < 0.7) {
            let hits = hrefs.iter().map(|href| short(href)).collect::<Vec<_>>().join(" ");
            say(&format!("  {half} {}: {} ({reciprocal:.2}, {gain:.2}): {hits}", query.kind, query.text));
        }
        all.add(reciprocal, gain);
        by_kind.entry(query.kind.clone()).or_default().add(reciprocal, gain);
    }
    (all, by_kind)
}

fn hrefs(edition: &Edition, text: &str) -> Vec<String> {
    let query = Query { text: text.to_owned(), limit: JUDGED, ..Query::default() };
    edition.search.search(&edition.site, &query).hits.into_iter().map(|hit| hit.href).collect()
}

impl Judged {
    fn reciprocal_rank(&self, hrefs: &[String]) -> f64 {
        let first = hrefs.iter().position(|href| self.worth.get(href).is_some_and(|worth| *worth >= ANSWERS));
        first.map_or(0.0, |at| 1.0 / (at + 1) as f64)
    }

    /// The gain of these hits, discounted by rank, as a part of the most that could be had.
    fn gain(&self, hrefs: &[String]) -> f64 {
        let mut best: Vec<f64> = self.worth.values().copied().collect();
        best.sort_by(|a, b| b.total_cmp(a));
        let most = discounted(best.into_iter().take(JUDGED));
        discounted(hrefs.iter().map(|href| self.worth.get(href).copied().unwrap_or(0.0))) / most
    }
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.enumerate().map(|(at, gain)| gain / ((at + 2) as f64).log2()).sum()
}

/// Reads a line of the set; none where it holds no query. Sections that are not researched yet are left out.
fn read(edition: &Edition, line: &str) -> Option<Judged> {
    let mut parts = line.split('|').map(str::trim);
    let kind = parts.next().filter(|kind| !kind.is_empty() && !kind.starts_with('#'))?;
    let text = parts.next().expect("a line has a query");
    let mut worth = BTreeMap::new();
    for (list, each) in parts.zip([ANSWERS, HELPS]) {
        for href in list.split_whitespace().flat_map(|address| addresses(edition, address)) {
            if is_written(edition, &href) {
                worth.entry(href).or_insert(each);
            }
        }
    }
    assert!(worth.values().any(|worth| *worth >= ANSWERS), "nothing that is written answers {text}");
    Some(Judged { kind: kind.to_owned(), text: text.to_owned(), worth })
}

/// The addresses on the site that an address in the set stands for.
fn addresses(edition: &Edition, address: &str) -> Vec<String> {
    let (page, anchor) = address.split_once('#').map_or((address, ""), |(page, anchor)| (page, anchor));
    let pages = match page {
        "*" => {
            let category = edition.site.categories.iter().find(|category| HOME.contains(&category.slug));
            let frameworks = &category.expect("the category is there").frameworks;
            frameworks.iter().map(|framework| edition.site.pages[framework.page].url.clone()).collect()
        }
        "." => vec![HOME.to_owned()],
        path if path.starts_with('/') => vec![path.to_owned()],
        name => vec![format!("{HOME}{name}/")],
    };
    let whole = |page| if anchor.is_empty() { page } else { format!("{page}#{anchor}") };
    pages.into_iter().map(whole).collect()
}

/// Whether the section at an address is researched; it must be there.
fn is_written(edition: &Edition, href: &str) -> bool {
    let site = &edition.site;
    let (url, anchor) = href.split_once('#').unwrap_or((href, ""));
    let page = site.page_at(url).unwrap_or_else(|| panic!("{url} is a page"));
    if anchor.is_empty() {
        return true;
    }
    let document = site.pages[page].document.expect("the page has a document");
    let sections = &site.documents[document].sections;
    let section = sections.iter().position(|section| section.anchor == anchor);
    !site.is_gap(document, section.unwrap_or_else(|| panic!("{href} is a section")))
}

fn print_table(half: &str, all: &Score, by_kind: &BTreeMap<String, Score>) {
    say(&format!("\n  {half:<12} {:>7} {:>8} {:>8}", "queries", "MRR@10", "nDCG@10"));
    let rows = by_kind.iter().map(|(kind, score)| (kind.as_str(), score)).chain([("all", all)]);
    for (name, score) in rows {
        say(&format!("  {name:<12} {:>7} {:>8.3} {:>8.3}", score.queries, score.mrr(), score.ndcg()));
    }
    say("");
}

fn short(href: &str) -> &str {
    href.strip_prefix(HOME).unwrap_or(href)
}

/// Prints past the harness, which would keep the table of a test that passes to itself.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
