//! How long a comparison of 60 frameworks on 120 facts takes: the page, and what its controls ask for.
//!
//! `cargo bench --bench compare`. Each figure is a whole request through the router with a compressed answer.
//! The whole page takes a tenth of a second longer than it costs: its last rows are made when a browser had time to
//! paint the first. What a browser makes of it is measured by `tests/browser/compare-bench.mjs`.

#[expect(dead_code, reason = "shared with the other benchmarks, which need other parts of it")]
mod generate;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use criterion::{Criterion, criterion_group, criterion_main};
use fieldguide::edition::{EditionStore, Library};
use fieldguide::http;
use generate::Numbers;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

const FRAMEWORKS: usize = 60;
const FACTS: usize = 120;

fn compare(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    write_category(folder.path(), FRAMEWORKS, FACTS);
    let (_library, edition) = Library::open(folder.path(), false).expect("it can be read");
    let router = http::router(Arc::new(EditionStore::new(edition)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let requests = [
        ("the page", "/category/compare/"),
        ("only differences", "/category/compare/?only=differences&fragment=1"),
        ("one framework less", "/category/compare/?must=criterion-1.fact-1:yes&fragment=1"),
        ("sorted by a duration", "/category/compare/?sort=criterion-2.fact-2&fragment=1"),
        ("frameworks as rows", "/category/compare/?as=rows&fragment=1"),
        ("words found", "/category/compare/?q=scheduler&fragment=1"),
        ("two head to head", "/category/compare/?f=f1,f2&fragment=1"),
        ("as CSV", "/category/compare.csv"),
        ("as JSON", "/category/compare.json"),
        ("a ranking", "/category/choose/?w=criterion-1:5&fragment=1"),
    ];
    let mut group = criterion.benchmark_group("60 frameworks x 120 facts");
    for (name, path) in requests {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let request = Request::builder().uri(path).header("accept-encoding", "br").body(Body::empty());
                runtime.block_on(async {
                    let answer = router.clone().oneshot(request.expect("a request")).await.expect("never fails");
                    assert_eq!(answer.status(), 200);
                    answer.into_body().collect().await.expect("a body").to_bytes()
                })
            });
        });
    }
    group.finish();
}

/// Writes a category of so many frameworks that state so many facts under eight criteria, with sources and prose.
fn write_category(folder: &Path, frameworks: usize, facts: usize) {
    const CRITERIA: usize = 8;
    const KINDS: [&str; 6] = ["text", "yes/no", "duration", "number", "version", "list"];
    let mut index = "# Category\n\n## Research Framework\n\n".to_owned();
    let of = |criterion: usize| (0..facts).filter(move |fact| fact % CRITERIA == criterion);
    for criterion in 0..CRITERIA {
        let _ = writeln!(index, "- **Criterion {criterion}** - what it judges");
        for fact in of(criterion) {
            let _ = writeln!(index, "  - **Fact {fact}** ({}) - what it says", KINDS[fact % KINDS.len()]);
        }
    }
    fs::create_dir_all(folder.join("category")).expect("a folder");
    fs::write(folder.join("category/index.md"), index).expect("a file");
    for framework in 0..frameworks {
        let mut numbers = Numbers((framework as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut text = format!("# Framework {framework}\n");
        for criterion in 0..CRITERIA {
            let _ = write!(text, "\n## Criterion {criterion}\n\n> **Rating:** {}/5 - so\n", numbers.below(5) + 1);
            for fact in of(criterion) {
                let value = match fact % KINDS.len() {
                    1 => ["Yes, since 2.9", "No", "Partial"][numbers.below(3)].to_owned(),
                    2 => format!("{}.{} ms", numbers.below(90), numbers.below(9)),
                    3 => numbers.below(1000).to_string(),
                    4 => format!("2.{}", numbers.below(30)),
                    _ => numbers.sentence(6),
                };
                let _ = writeln!(text, "> **Fact {fact}:** {value}[^source]");
            }
            let _ = write!(text, "\n{}\n\n{}\n", numbers.sentence(25), numbers.sentence(60));
        }
        text.push_str("\n[^source]: A. Maker, *Manual*, <https://example.org/manual>, read 2026-01-05.\n");
        fs::write(folder.join(format!("category/f{framework}.md")), text).expect("a file");
    }
}

criterion_group!(benches, compare);
criterion_main!(benches);
