//! Folders and files that nobody would write on purpose: each gives a diagnostic and takes nothing else down.

use std::fs;
use std::os::unix::fs::symlink;

use axum::http::StatusCode;

use super::support::TestSite;

fn diagnostics(site: &TestSite) -> Vec<(String, u32, &'static str)> {
    site.edition().site.diagnostics().into_iter().map(|d| (d.path, d.line, d.code)).collect()
}

#[test]
fn a_file_that_is_not_utf_8_is_shown_as_far_as_it_can_be() {
    let site = TestSite::prepared(|folder| {
        fs::write(folder.join("bad.md"), b"# Bad\n\nfine\n\xff\xfe broken\n").expect("written");
        fs::write(folder.join("good.md"), "# Good\n").expect("written");
    });
    assert_eq!(diagnostics(&site), [("bad.md".to_owned(), 4, "not-utf-8")]);
    assert!(site.page("/bad/").text("main").contains("fine"));
    assert_eq!(site.page("/good/").text("h1"), "Good");
}

#[test]
fn an_empty_file_is_a_page_with_the_files_name() {
    let site = TestSite::of(&[("empty-file.md", ""), ("white.md", "\n \n\t\n"), ("bom.md", "\u{feff}# With a mark\n")]);
    assert_eq!(site.page("/empty-file/").text("h1"), "Empty file");
    assert_eq!(site.page("/white/").text("h1"), "White");
    assert_eq!(site.page("/bom/").text("h1"), "With a mark");
}

#[test]
fn a_huge_file_is_not_read_and_its_page_says_so() {
    let site = TestSite::prepared(|folder| {
        let file = fs::File::create(folder.join("huge.md")).expect("created");
        file.set_len(50 << 20).expect("fifty megabytes");
        fs::write(folder.join("good.md"), "# Good\n").expect("written");
    });
    assert_eq!(diagnostics(&site), [("huge.md".to_owned(), 1, "too-large")]);
    assert_eq!(site.get("/huge/").status, StatusCode::OK);
    assert_eq!(site.page("/good/").text("h1"), "Good");
}

#[test]
fn links_are_followed_inside_the_folder_only() {
    let site = TestSite::prepared(|folder| {
        let outside = folder.parent().expect("lies in the test's folder");
        fs::write(outside.join("secret.md"), "# Secret\n").expect("written");
        fs::create_dir(outside.join("secrets")).expect("made");
        fs::write(outside.join("secrets/more.md"), "# More secrets\n").expect("written");
        fs::create_dir(folder.join("sub")).expect("made");
        fs::write(folder.join("sub/a.md"), "# A\n").expect("written");
        symlink("sub/a.md", folder.join("inside.md")).expect("linked");
        symlink("../secret.md", folder.join("outside.md")).expect("linked");
        symlink("../secrets", folder.join("outside")).expect("linked");
        symlink("..", folder.join("sub/up")).expect("linked");
        symlink("loop.md", folder.join("loop.md")).expect("linked");
        symlink("nowhere.md", folder.join("dangling.md")).expect("linked");
    });
    assert_eq!(site.page("/inside/").text("h1"), "A");
    assert_eq!(site.page("/sub/a/").text("h1"), "A");
    for path in ["/outside/", "/outside.md", "/outside/more/", "/secret.md", "/loop/", "/dangling/", "/sub/up/sub/a/"] {
        assert_eq!(site.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut found: Vec<_> = diagnostics(&site).into_iter().map(|(path, _, code)| (path, code)).collect();
    found.sort();
    let expected = [
        ("dangling.md", "link"),
        ("loop.md", "link"),
        ("outside", "link-outside"),
        ("outside.md", "link-outside"),
        ("sub/up", "link-loop"),
    ];
    assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code)));
}

#[test]
fn a_pipe_or_a_folder_called_like_a_document_is_no_document() {
    let site = TestSite::prepared(|folder| {
        fs::create_dir(folder.join("folder.md")).expect("made");
        fs::write(folder.join("folder.md/inner.md"), "# Inner\n").expect("written");
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.md")).status().expect("mkfifo runs");
        assert!(made.success());
    });
    assert_eq!(diagnostics(&site), [("pipe.md".to_owned(), 1, "unreadable")]);
    assert_eq!(site.page("/folder-md/inner/").text("h1"), "Inner");
}

#[test]
fn a_plain_folder_of_oddly_named_files_is_a_site() {
    let files = [
        ("Über uns.md", "# About\n"),
        ("a/b/c/d/deep file.md", "# Deep\n"),
        ("a/b/c/d/pic.png", "not a picture"),
        ("100% sure?.md", "# Percent\n"),
        ("UPPER.MD", "# Upper\n"),
        ("same.md", "# Same 1\n"),
        ("Same.md", "# Same 2\n"),
        ("compare.md", "# Compare\n"),
        ("search.md", "# Search\n"),
        ("README.md", "# Read me\n"),
        ("x/README.md", "# Readme of x\n"),
        ("x/index.md", "# Index of x\n"),
        ("y.md", "# Y\n"),
        ("y/z.md", "# Z\n"),
    ];
    let site = TestSite::of(&files);
    let edition = site.edition();
    assert_eq!(edition.site.categories.len(), 0);
    for (path, text) in files.iter().filter(|(path, _)| fieldguide::content::source::is_markdown(path)) {
        let id =
            edition.site.document_at(&fieldguide::ids::DocPath::new(path)).unwrap_or_else(|| panic!("{path} is lost"));
        let url = &edition.site.pages[edition.site.page_of(id)].url;
        assert_eq!(site.page(url).text("h1"), text.trim_start_matches("# ").trim(), "{path} at {url}");
    }
    assert_eq!(site.page("/").text("h1"), "Read me");
    assert_eq!(site.page("/x/").text("h1"), "Index of x");
    assert_eq!(site.page("/a/b/c/").text("h1"), "C");
    assert_eq!(site.get("/%C3%BCber-uns/").status, StatusCode::OK);
}

#[test]
fn an_empty_folder_is_a_site() {
    let site = TestSite::of(&[]);
    assert_eq!(site.page("/").text("h1"), "fieldguide");
    assert_eq!(site.get("/search?q=x").status, StatusCode::OK);
}

#[test]
fn deep_nesting_and_long_lines_are_survived() {
    let quotes = format!("# Quotes\n\n{} deep\n", ">".repeat(20_000));
    let lists: String = std::iter::once("# Lists\n\n".to_owned())
        .chain((0..1_500).map(|n| format!("{}- x\n", " ".repeat(n))))
        .collect();
    let brackets = format!("# Brackets\n\n{}\n", "[".repeat(50_000));
    let tags = format!("# Tags\n\n{}\n", "<div>".repeat(20_000));
    let emphasis = format!("# Emphasis\n\n{}\n", "*a_".repeat(20_000));
    let line = format!("# Line\n\n```python\n{}\n```\n", "x = 1; ".repeat(100_000));
    let headings: String = (0..5_000).map(|n| format!("{} H\n", "#".repeat(1 + n % 6))).collect();
    let site = TestSite::of(&[
        ("quotes.md", &quotes),
        ("lists.md", &lists),
        ("brackets.md", &brackets),
        ("tags.md", &tags),
        ("emphasis.md", &emphasis),
        ("line.md", &line),
        ("headings.md", &headings),
        ("good.md", "# Good\n"),
    ]);
    for path in ["/quotes/", "/lists/", "/brackets/", "/tags/", "/emphasis/", "/line/", "/headings/", "/good/"] {
        assert_eq!(site.get(path).status, StatusCode::OK, "{path}");
    }
}

#[test]
fn thousands_of_files_are_a_site() {
    let files: Vec<(String, String)> =
        (0..2_000).map(|n| (format!("f{}/page {n}.md", n % 20), format!("# Page {n}\n\nwords\n"))).collect();
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::of(&borrowed);
    assert_eq!(site.edition().site.documents.len(), 2_000);
    let page = site.get("/f3/page-1983/");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.bytes.len() < 60_000, "the page does not list every other page: {} bytes", page.bytes.len());
}
