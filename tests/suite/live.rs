//! Live reload from the disk's side: whatever happens to the folder, the site ends in the right state.

use std::fs;
use std::thread;
use std::time::Duration;

use axum::http::StatusCode;
use fieldguide::edition::{Library, News};

use super::support::{SEED, SEED_FILE, TestSite};

fn shows(site: &TestSite, path: &str, words: &str) -> bool {
    let answer = site.get(path);
    answer.status == StatusCode::OK && answer.text().contains(words)
}

fn finds(site: &TestSite, query: &str) -> usize {
    let answer = site.get(&format!("/api/search?q={query}"));
    let json: serde_json::Value = serde_json::from_slice(&answer.bytes).expect("JSON");
    json["hits"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_saved_file_is_served() {
    let site = TestSite::live(&[("a.md", "# A\n\nbefore\n")]);
    site.write("a.md", "# A\n\nafterwards\n");
    site.wait("the saved words", |site| shows(site, "/a/", "afterwards"));
    assert!(!shows(&site, "/a/", "before"));
}

#[test]
fn an_atomic_save_is_served() {
    let site = TestSite::live(&[("a.md", "# A\n\nbefore\n")]);
    site.write(".a.md.tmp", "# A\n\nafterwards\n");
    fs::rename(site.path().join(".a.md.tmp"), site.path().join("a.md")).expect("renamed");
    site.wait("the saved words", |site| shows(site, "/a/", "afterwards"));
}

#[test]
fn a_save_by_backup_and_new_file_is_served() {
    let site = TestSite::live(&[("a.md", "# A\n\nbefore\n")]);
    fs::rename(site.path().join("a.md"), site.path().join("a.md~")).expect("renamed");
    site.write("a.md", "# A\n\nafterwards\n");
    site.wait("the saved words", |site| shows(site, "/a/", "afterwards"));
    assert_eq!(site.get("/a.md~").status, StatusCode::NOT_FOUND);
}

#[test]
fn the_diagram_of_an_edit_is_drawn_before_anybody_asks_for_its_page() {
    let site = TestSite::live(&[("a.md", "# A\n")]);
    site.write("a.md", "# A\n\n```mermaid\nflowchart LR\n  A --> B\n```\n");
    site.wait("the saved diagram", |site| site.edition().site.documents[0].code.len() == 1);
    let edition = site.edition();
    let is_drawn = || {
        thread::sleep(Duration::from_millis(5));
        edition.site.documents[0].undrawn().next().is_none()
    };
    assert!((0..4_000).any(|_| is_drawn()), "nobody draws it");
}

#[test]
fn added_renamed_and_deleted_files_come_and_go() {
    let site = TestSite::live(&[("a.md", "# A\n")]);
    site.write("new/b.md", "# B\n\nzebra\n");
    site.wait("the new page", |site| shows(site, "/new/b/", "zebra"));
    fs::rename(site.path().join("new/b.md"), site.path().join("new/c.md")).expect("renamed");
    site.wait("the renamed page", |site| {
        shows(site, "/new/c/", "zebra") && site.get("/new/b/").status == StatusCode::NOT_FOUND
    });
    fs::rename(site.path().join("new"), site.path().join("old")).expect("renamed");
    site.wait("the renamed folder", |site| {
        shows(site, "/old/c/", "zebra") && site.get("/new/c/").status == StatusCode::NOT_FOUND
    });
    assert_eq!(finds(&site, "zebra"), 1);
    fs::remove_file(site.path().join("old/c.md")).expect("removed");
    site.wait("the page to go", |site| site.get("/old/c/").status == StatusCode::NOT_FOUND);
    assert_eq!(finds(&site, "zebra"), 0);
}

#[test]
fn a_renamed_heading_is_found_under_its_new_name_only() {
    let site = TestSite::live(&[("a.md", "# A\n\n## Aardvark\n\nwords\n")]);
    assert_eq!(finds(&site, "aardvark"), 1);
    site.write("a.md", "# A\n\n## Bumblebee\n\nwords\n");
    site.wait("the new heading", |site| finds(site, "bumblebee") == 1);
    assert_eq!(finds(&site, "aardvark"), 0);
}

#[test]
fn many_files_at_once_end_in_the_right_state() {
    let names: Vec<String> = (0..300).map(|n| format!("many/{}/page-{n}.md", n % 7)).collect();
    let site = TestSite::live(&[("a.md", "# A\n")]);
    for name in &names {
        site.write(name, &format!("# {name}\n\nfirst version\n"));
    }
    site.wait("all pages", |site| site.edition().site.documents.len() == names.len() + 1);
    for (n, name) in names.iter().enumerate() {
        if n % 3 == 0 {
            fs::remove_file(site.path().join(name)).expect("removed");
        } else {
            site.write(name, &format!("# {name}\n\nsecond version\n"));
        }
    }
    site.wait("the second version of what is left", |site| {
        let documents = &site.edition().site.documents;
        documents.len() == 201 && documents.iter().filter(|document| document.source.contains("second")).count() == 200
    });
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed() {
    let site = TestSite::live(&[(SEED_FILE, SEED), ("a.md", "# A\n\nbefore\n")]);
    let away = site.path().with_file_name("away");
    fs::rename(site.path(), &away).expect("moved away");
    site.wait_for_news("the failure", |_, news| matches!(news, News::Failed(..)));
    assert!(shows(&site, "/a/", "before"), "the last edition stays");
    fs::rename(&away, site.path()).expect("moved back");
    site.wait_for_news("the folder", |_, news| matches!(news, News::Published(_)));
    site.write("a.md", "# A\n\nafterwards\n");
    site.wait("a change in the folder that came back", |site| shows(site, "/a/", "afterwards"));

    fs::remove_dir_all(site.path()).expect("removed");
    site.wait_for_news("the failure", |_, news| matches!(news, News::Failed(..)));
    fs::create_dir(site.path()).expect("made anew");
    site.write("b.md", "# B\n\nanew\n");
    site.wait("the new folder", |site| shows(site, "/b/", "anew") && site.get("/a/").status == StatusCode::NOT_FOUND);
}

#[test]
fn a_file_that_broke_keeps_its_last_good_version_with_a_diagnostic() {
    let site = TestSite::live(&[("a.md", "# A\n\ngood words\n")]);
    fs::write(site.path().join("a.md"), b"# A\n\nbad \xff words\n").expect("written");
    site.wait("the diagnostic", |site| shows(site, "/a/", "a.md:3:5"));
    assert!(shows(&site, "/a/", "good words"));
    site.write("a.md", "# A\n\nmended words\n");
    site.wait("the mended words", |site| shows(site, "/a/", "mended words"));
    assert!(!shows(&site, "/a/", "a.md:3:5"));
}

#[test]
fn a_file_that_is_emptied_before_it_is_written_never_shows_empty() {
    let site = TestSite::live(&[("a.md", "# A\n\ngood words\n"), ("b.md", "# B\n")]);
    fs::write(site.path().join("a.md"), "").expect("emptied");
    site.write("b.md", "# B\n\nnext edition\n");
    site.wait("the next edition", |site| shows(site, "/b/", "next edition"));
    fs::write(site.path().join("a.md"), b"# A\n\nbad \xff words\n").expect("written");
    site.wait("the diagnostic", |site| shows(site, "/a/", "a.md:3:5"));
    assert!(shows(&site, "/a/", "good words"), "the last good version is the one before the file was emptied");
}

#[test]
fn an_edit_gives_the_same_site_as_reading_everything_anew() {
    let long = "# A\n\n## One\n\n[b](b.md)\n";
    let files = [("a.md", long), ("b.md", "# B\n"), ("c/index.md", "# C\n"), (SEED_FILE, SEED)];
    let edits = [
        ("a.md", "# A\n\n## Two\n\nreworded, [b](b.md#x)\n".to_owned()),
        ("a.md", "# Another title\n\n## Two\n".to_owned()),
        ("b.md", "---\naliases: [/old/]\n---\n# B\n".to_owned()),
        ("c/index.md", "# C\n\n[a](../a.md)\n".to_owned()),
        ("b.md", "# B\n\n## Research Framework\n\n- **X** - y\n".to_owned()),
        (SEED_FILE, SEED.replacen("[To be completed]\n", "Researched.\n", 1)),
    ];
    let site = TestSite::live(&files);
    for (path, text) in edits {
        site.write(path, &text);
        site.wait("the edit", |site| site.edition().site.documents.iter().any(|document| *document.source == *text));
        let (edited, anew) = (site.edition(), Library::open(&site.path(), true).expect("it can be read").1);
        assert_eq!(edited.site.diagnostics(), anew.site.diagnostics(), "{path}");
        assert_eq!(edited.site.pages.len(), anew.site.pages.len(), "{path}");
        for page in 0..anew.site.pages.len() {
            assert_eq!(
                edited.page(page).identity(),
                anew.page(page).identity(),
                "{path}: {}",
                anew.site.pages[page].url
            );
        }
    }
}

#[test]
fn a_file_that_stays_empty_is_shown_empty() {
    let site = TestSite::live(&[("a.md", "# A\n\ngood words\n")]);
    fs::write(site.path().join("a.md"), "").expect("emptied");
    site.wait("the empty page", |site| !shows(site, "/a/", "good words"));
}

#[test]
fn a_broken_site_file_keeps_the_last_good_one() {
    let site = TestSite::live(&[("site.toml", "title = \"Good name\"\n"), ("a.md", "# A\n")]);
    site.write("site.toml", "title = \n");
    site.wait("the diagnostic", |site| shows(site, "/a/", "site.toml:1:"));
    assert!(shows(&site, "/a/", "Good name"));
    site.write("site.toml", "title = \"Better name\"\n");
    site.wait("the better name", |site| shows(site, "/a/", "Better name"));
}

#[test]
fn a_save_without_a_change_makes_no_edition() {
    let site = TestSite::live(&[("a.md", "# A\n"), ("b.md", "# B\n")]);
    let before = site.edition().generation;
    site.write("a.md", "# A\n");
    site.write("b.md", "# B\n\nchanged\n");
    site.wait("the change", |site| shows(site, "/b/", "changed"));
    assert!(site.edition().generation.0 <= before.0 + 2);
    assert!(shows(&site, "/a/", "A"));
}
