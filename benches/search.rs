//! Search, server side: how long queries of each kind take, how large the index is, how long it takes to make, and to
//! make again when a page was edited.
//!
//! `cargo bench --bench search -- 40000` measures this repository's content and then so many generated pages
//! (40,000 when not given). Queries go from the text to the results with their excerpts, as a request does
//! before it is drawn. Kinds of queries that are named as well, such as `phrase`, are the only ones measured.
//! Does nothing when run by `cargo test`.

#[expect(dead_code, reason = "what writes files is for the benches that read them")]
mod generate;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldguide::content::sections::Document;
use fieldguide::edition::Library;
use fieldguide::ids::DocPath;
use fieldguide::search::{Indexer, Query};
use fieldguide::site::{Input, Site};

const PAGES: usize = 40_000;
/// How long each kind of query is measured.
const PATIENCE: Duration = Duration::from_secs(4);
/// How often a kind is measured at least.
const LEAST: usize = 300;
/// Made-up words in the generated pages, some common and most of them rare.
const VOCABULARY: usize = 60_000;
const MADE_UP_WORDS: usize = 40;
const EDITS: usize = 50;

/// A kind of query: its name, and texts with the framework they are filtered by, which are asked in turn.
type Kind = (&'static str, &'static [(&'static str, &'static str)]);

const HERE: &[Kind] = &[
    ("single word", &[("scheduler", ""), ("kubernetes", ""), ("worker", ""), ("spill", "")]),
    ("prefix", &[("sche", ""), ("w", ""), ("faul", ""), ("par", "")]),
    ("two typos", &[("shceduelr", ""), ("kuberntse", ""), ("authentciatoin", "")]),
    ("phrase", &[("\"object store\"", ""), ("\"head node\"", ""), ("\"lost worker\"", "")]),
    ("filtered", &[("worker", "ray"), ("memory", "dask"), ("task", "celery")]),
    ("question", &[("what happens when a worker dies", ""), ("learning curve spark vs dask", "")]),
];
const THERE: &[Kind] = &[
    ("single word", &[("scheduler", ""), ("lakokoko", ""), ("titibela", ""), ("worker", "")]),
    ("prefix", &[("sche", ""), ("kola", ""), ("titi", ""), ("w", "")]),
    ("two typos", &[("shceduelr", ""), ("chekcpiont", ""), ("throuhgptu", "")]),
    ("phrase", &[("\"task worker\"", ""), ("\"object store\"", ""), ("\"scheduler object store\"", "")]),
    ("filtered", &[("worker category:engines", ""), ("memory", "engine-7"), ("scheduler queue", "engine-3")]),
    ("question", &[("how does the scheduler retry a task of a process", ""), ("object store memory", "")]),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let pages = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(PAGES);
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (_, edition) = Library::open(&content, false).expect("the content can be read");
    let chosen = |kind: &str| arguments.iter().any(|argument| argument == kind);
    let is_named = |(kind, _): &&(&str, _)| chosen(kind);
    let only = HERE.iter().any(|kind| is_named(&kind));
    let chosen = |kinds: &'static [Kind]| kinds.iter().filter(move |kind| !only || is_named(kind));
    println!("This site");
    let site = &edition.site;
    let indexer = measure(site, chosen(HERE));
    measure_edits(indexer, input_of(site), |edit| {
        let page = &site.documents[edit % site.documents.len()];
        let text = format!("{}\n{}.\n", page.source, made_up(edit));
        (page.path.clone(), Arc::new(Document::read(page.path.clone(), text)))
    });
    println!("\n{pages} generated pages");
    let documents = (0..pages).map(|number| read(number, number)).chain(engines()).collect();
    let input = Input { documents, ..Input::default() };
    let indexer = measure(&Site::build(input.clone()), chosen(THERE));
    measure_edits(indexer, input, |edit| read(edit * 97 % pages, pages + edit));
}

fn measure(site: &Site, kinds: impl Iterator<Item = &'static Kind>) -> Indexer {
    let mut indexer = Indexer::new().expect("an index in memory");
    let started = Instant::now();
    let snapshot = indexer.update(site).expect("an index in memory");
    println!(
        "indexed from nothing in {:.1} ms: {} sections, {:.1} MB",
        started.elapsed().as_secs_f64() * 1e3,
        snapshot.entries(),
        snapshot.bytes() as f64 / 1e6
    );
    println!("{:<12} {:>9} {:>9} {:>9} {:>11}", "", "p50 ms", "p99 ms", "worst ms", "queries/s");
    for (kind, queries) in kinds {
        let queries: Vec<Query> = queries.iter().map(|(text, framework)| query(text, framework)).collect();
        for query in &queries {
            let results = snapshot.search(site, query);
            assert!(results.total > 0, "{} finds something", query.text);
        }
        let mut times = Vec::new();
        let started = Instant::now();
        while times.len() < LEAST || started.elapsed() < PATIENCE {
            let query = &queries[times.len() % queries.len()];
            times.push(milliseconds(|| snapshot.search(site, query)));
        }
        let sum: f64 = times.iter().sum();
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
        let rate = times.len() as f64 / sum * 1e3;
        println!("{kind:<12} {:>9.3} {:>9.3} {:>9.3} {rate:>11.0}", at(0.5), at(0.99), at(1.0));
    }
    indexer
}

/// How long it takes to index one page that was edited; `edited` gives them in turn.
fn measure_edits(mut indexer: Indexer, mut input: Input, edited: impl Fn(usize) -> (DocPath, Arc<Document>)) {
    let mut times: Vec<f64> = (0..EDITS)
        .map(|edit| {
            let (path, document) = edited(edit);
            input.documents.insert(path, document);
            let site = Site::build(input.clone());
            milliseconds(|| indexer.update(&site).expect("an index in memory"))
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("one edited page: median {:.1} ms, worst {:.1} ms of {EDITS}", times[EDITS / 2], times[EDITS - 1]);
}

/// What a site was built from, as far as the index knows of it.
fn input_of(site: &Site) -> Input {
    let document = |document: &Arc<Document>| (document.path.clone(), Arc::clone(document));
    Input {
        site_file: site.site_file.clone(),
        documents: site.documents.iter().map(document).collect(),
        assets: Arc::clone(&site.assets),
        data: Arc::clone(&site.data),
        ..Input::default()
    }
}

fn query(text: &str, framework: &str) -> Query {
    Query::from_pairs([("q".into(), text.into()), ("framework".into(), framework.into())].into_iter())
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    std::hint::black_box(work());
    started.elapsed().as_secs_f64() * 1e3
}

fn read(number: usize, content: usize) -> (DocPath, Arc<Document>) {
    let path = DocPath::new(&format!("part-{}/page-{number}.md", number / 100));
    let text = format!("{}\n{}.\n", generate::document(content), made_up(content));
    (path.clone(), Arc::new(Document::read(path, text)))
}

/// A category with frameworks, so that there is something to filter by.
fn engines() -> Vec<(DocPath, Arc<Document>)> {
    let index = "# Engines\n\n## Research Framework\n\n- **Speed** - how fast\n- **Cost** - how much\n";
    let framework = |number: usize| {
        let mut text =
            format!("# Engine {number}\n\n## Speed\n\nA worker, a queue, a scheduler, memory.\n\n## Cost\n\nA task.\n");
        for part in 0..20 {
            let _ = write!(
                text,
                "\n### Part {part}\n\nThe scheduler has a queue in memory. {}.\n",
                made_up(number * 100 + part)
            );
        }
        text
    };
    let mut files = vec![("engines/index.md".to_owned(), index.to_owned())];
    files.extend((0..40).map(|number| (format!("engines/engine-{number}.md"), framework(number))));
    let document = |(path, text): (String, String)| {
        let path = DocPath::new(&path);
        (path.clone(), Arc::new(Document::read(path, text)))
    };
    files.into_iter().map(document).collect()
}

/// Made-up words; the lower its number, the more often a word comes.
fn made_up(seed: usize) -> String {
    let mut state = (seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % 1_000_000) as f64 / 1e6
    };
    let words = (0..MADE_UP_WORDS).map(|_| word((VOCABULARY as f64).powf(next()) as usize));
    words.collect::<Vec<_>>().join(" ")
}

fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ko", "la", "mi", "be", "du", "ra", "ne", "so", "ti", "vu", "fa", "gi", "ho", "pe", "wa", "zu"];
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[number % 16]);
        number /= 16;
    }
    word
}
