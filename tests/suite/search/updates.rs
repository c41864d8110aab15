//! The index follows the content, and a snapshot outlives what it was made of.

use std::sync::{Barrier, mpsc};
use std::time::Duration;

use fieldguide::search::{Indexer, Mode};

use super::lamps::{LAMPS, lamps};
use super::{CATEGORY, DASK, RAY, Shelf, build, hrefs, query};

/// Longest time to wait for an answer before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

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
fn what_a_category_declares_anew_is_found_at_once() {
    let mut shelf = lamps();
    assert_eq!(shelf.search("incandescence").total, 0);
    shelf.write("lamps/index.md", &LAMPS.replace("how the light is made", "incandescence or not"));
    assert!(shelf.hrefs("incandescence").contains(&"/lamps/torch/#architecture".to_owned()));
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
fn a_large_index_is_searched_while_a_rebuild_has_its_threads_busy() {
    let sections = |count: usize| (0..count).map(|n| format!("## Part {n}\n\nA quokka.\n\n")).collect::<String>();
    let mut shelf = Shelf::new(&[("a.md", &sections(15_000))]);
    shelf.write("b.md", &sections(10_000));
    let threads = rayon::current_num_threads();
    let (are_busy, are_done) = (Barrier::new(threads + 1), Barrier::new(threads + 1));
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            rayon::broadcast(|_| {
                are_busy.wait();
                are_done.wait();
            });
        });
        are_busy.wait();
        let shelf = &shelf;
        scope.spawn(move || send.send(shelf.search("quokka").total));
        let total = receive.recv_timeout(PATIENCE);
        are_done.wait();
        assert_eq!(total, Ok(25_000));
    });
}
