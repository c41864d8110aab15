//! How long parsing, building, searching and one request take, on generated content.
//!
//! `cargo bench --bench site`; whole-process figures at any size come from `benches/scale.rs`.

mod drawings;
mod generate;

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use fieldguide::content::sections::Document;
use fieldguide::edition::{Changes, EditionStore, Library};
use fieldguide::http;
use fieldguide::ids::DocPath;
use fieldguide::search::Query;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

const PAGES: usize = 500;

fn parse(criterion: &mut Criterion) {
    let text = generate::document(1);
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("one document", |bencher| {
        let parse = |text| Document::read(DocPath::new("a.md"), text);
        bencher.iter_batched(|| text.clone(), parse, BatchSize::SmallInput);
    });
    group.finish();
}

fn build(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    generate::write_documents(folder.path(), PAGES);
    criterion.bench_function("build 500 pages with their index", |bencher| {
        bencher.iter(|| Library::open(folder.path(), false).expect("it can be read"));
    });
    let (mut library, _) = Library::open(folder.path(), false).expect("it can be read");
    let path = DocPath::new("part-0/page-7.md");
    let changes = Changes::Files([path.clone()].into());
    let mut number = 10_000;
    criterion.bench_function("one edit among 500 pages", |bencher| {
        bencher.iter(|| {
            number += 1;
            std::fs::write(folder.path().join(path.as_str()), generate::document(number)).expect("written");
            library.refresh(&changes).expect("it can be read").expect("it changed")
        });
    });
}

fn serve(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    generate::write_documents(folder.path(), PAGES);
    let (_library, edition) = Library::open(folder.path(), false).expect("it can be read");
    for (name, text) in [("one word", "scheduler"), ("two words and a prefix", "worker memo"), ("a typo", "sheduler")] {
        let query = Query::from_pairs([("q".into(), text.into())].into_iter());
        criterion.bench_function(&format!("search, {name}"), |bencher| {
            bencher.iter(|| edition.search.search(&edition.site, &query));
        });
    }
    let store = Arc::new(EditionStore::new(edition));
    let client = Client::of(&store);
    for (name, path) in [("a page", "/part-3/page-333/"), ("a search", "/search?q=scheduler")] {
        criterion.bench_function(&format!("request for {name}"), |bencher| bencher.iter(|| client.get(path)));
    }
}

/// From a saved file to the page made anew: ten charts and ten diagrams, of which a save changes what it names.
fn redraw(criterion: &mut Criterion) {
    const PAIRS: usize = 10;
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: String| std::fs::write(folder.path().join(path), text).expect("written");
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    write("drawings.md", drawings::page(PAIRS, 0));
    write("data/t.csv", drawings::table(0));
    let (mut library, edition) = Library::open(folder.path(), true).expect("it can be read");
    let store = Arc::new(EditionStore::new(edition));
    let client = Client::of(&store);
    let page = String::from_utf8(client.get_as("/drawings/", "identity").to_vec()).expect("HTML");
    let drawn =
        page.matches("<figure class=\"chart chart-").count() + page.matches("<figure class=\"diagram\"").count();
    assert_eq!(drawn, 2 * PAIRS, "all can be drawn");
    let mut edit = 0;
    for (name, path) in [("a row of the table", "data/t.csv"), ("one diagram", "drawings.md")] {
        let changes = Changes::Files([DocPath::new(path)].into());
        criterion.bench_function(&format!("ten charts and ten diagrams, {name} changed"), |bencher| {
            bencher.iter(|| {
                edit += 1;
                let text = if path == "data/t.csv" { drawings::table(edit) } else { drawings::page(PAIRS, edit) };
                write(path, text);
                store.publish(library.refresh(&changes).expect("it can be read").expect("it changed"));
                client.get("/drawings/")
            });
        });
    }
}

/// Asks for pages as a browser does, without a network.
struct Client {
    router: axum::Router,
    runtime: tokio::runtime::Runtime,
}

impl Client {
    fn of(store: &Arc<EditionStore>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { router: http::router(Arc::clone(store)), runtime }
    }

    fn get(&self, path: &str) -> axum::body::Bytes {
        self.get_as(path, "br")
    }

    fn get_as(&self, path: &str, encoding: &str) -> axum::body::Bytes {
        let request = Request::builder().uri(path).header("accept-encoding", encoding).body(Body::empty());
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request.expect("a request")).await.expect("never fails");
            answer.into_body().collect().await.expect("a body").to_bytes()
        })
    }
}

criterion_group!(benches, parse, build, serve, redraw);
criterion_main!(benches);
