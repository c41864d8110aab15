//! A site of its own for each test: a folder on disk, the router that production serves, answers with a DOM.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use fieldguide::edition::{Changes, Edition, EditionStore, Library, News};
use fieldguide::{http, watch};
use http_body_util::BodyExt as _;
use scraper::{Html, Selector};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// The seed, byte for byte as its authors gave it.
pub const SEED: &str = include_str!("../fixtures/distributed-computing-frameworks.md");
/// The seed's file name.
pub const SEED_FILE: &str = "distributed-computing-frameworks.md";

/// Longest time to wait for an edition before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A content folder and the site made of it.
pub struct TestSite {
    folder: TempDir,
    store: Arc<EditionStore>,
    router: Router,
    runtime: Runtime,
    library: Option<Library>,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl TestSite {
    /// A site of these files, not watched.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self::build(files, false)
    }

    /// A site of these files as it stands on a day.
    pub fn on(today: (u16, u8, u8), files: &[(&str, &str)]) -> Self {
        Self::open(Self::folder(files), false, Some(today))
    }

    /// A site of these files that follows changes on disk by itself.
    pub fn live(files: &[(&str, &str)]) -> Self {
        let mut site = Self::build(files, true);
        let library = site.library.take().expect("the library was not given away yet");
        watch::spawn(&site.path(), library, Arc::clone(&site.store)).expect("the folder can be watched");
        site
    }

    /// The seed alone.
    pub fn seed() -> Self {
        Self::of(&[(SEED_FILE, SEED)])
    }

    /// A site of these files in a repository. Each change adds a path to it: who made it, and when.
    pub fn versioned(files: &[(&str, &str)], changes: &[(&str, &str, &str)]) -> Self {
        let folder = Self::folder(files);
        let content = folder.path().join("content");
        git(&content, &["init", "-q"], ("Nobody", "2026-01-01T00:00:00+00:00"));
        for &(path, who, at) in changes {
            git(&content, &["add", path], (who, at));
            git(&content, &["commit", "-qm", "x"], (who, at));
        }
        Self::open(folder, false, None)
    }

    /// A site of the files that `prepare` puts into the empty folder.
    pub fn prepared(prepare: impl FnOnce(&Path)) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("content")).expect("a content folder");
        prepare(&folder.path().join("content"));
        Self::open(folder, false, None)
    }

    fn build(files: &[(&str, &str)], live: bool) -> Self {
        Self::open(Self::folder(files), live, None)
    }

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("content")).expect("a content folder");
        for (path, text) in files {
            write(&folder.path().join("content").join(path), text.as_bytes());
        }
        folder
    }

    fn open(folder: TempDir, live: bool, today: Option<(u16, u8, u8)>) -> Self {
        let (library, edition) =
            Library::open_on(&folder.path().join("content"), live, today).expect("the folder can be read");
        let store = Arc::new(EditionStore::new(edition));
        let router = http::router(Arc::clone(&store));
        let runtime = Runtime::new().expect("a runtime");
        Self { folder, store, router, runtime, library: Some(library) }
    }

    /// The content folder.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    /// The current edition.
    pub fn edition(&self) -> Arc<Edition> {
        self.store.current()
    }

    /// Writes a file into the content folder.
    pub fn write(&self, path: &str, text: &str) {
        write(&self.path().join(path), text.as_bytes());
    }

    /// Reads the folder again, as a watched site does after a change.
    pub fn refresh(&mut self) {
        let library = self.library.as_mut().expect("a watched site refreshes itself");
        if let Some(edition) = library.refresh(&Changes::Everything).expect("the folder can be read") {
            self.store.publish(edition);
        }
    }

    /// Waits until an edition answers to `holds`; panics when none does in time.
    pub fn wait(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        self.wait_for_news(what, |site, _| holds(site));
    }

    /// Waits until the latest news and the current edition answer to `holds`.
    pub fn wait_for_news(&self, what: &str, holds: impl Fn(&Self, &News) -> bool) {
        let mut news = self.store.follow();
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            let latest = news.borrow_and_update().clone();
            if holds(self, &latest) {
                return;
            }
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            let changed = self.runtime.block_on(async { tokio::time::timeout(left, news.changed()).await });
            assert!(matches!(changed, Ok(Ok(()))), "waited in vain for {what}");
        }
    }

    /// GETs a path.
    pub fn get(&self, path: &str) -> Answer {
        self.send(path, &[])
    }

    /// GETs a path with request headers.
    pub fn send(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.request(request.body(Body::empty()).expect("a request"))
    }

    /// Sends any request.
    pub fn request(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router never fails");
            let (head, body) = response.into_parts();
            let bytes = body.collect().await.expect("the body can be read").to_bytes().to_vec();
            Answer { status: head.status, headers: head.headers, bytes }
        })
    }

    /// The pieces in which the body of a path comes.
    pub fn pieces(&self, path: &str) -> Vec<String> {
        self.runtime.block_on(async {
            let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
            let mut body = self.router.clone().oneshot(request).await.expect("the router never fails").into_body();
            let mut pieces = Vec::new();
            while let Some(frame) = body.frame().await {
                let data = frame.expect("the body can be read").into_data().expect("a piece of the body");
                pieces.push(String::from_utf8(data.to_vec()).expect("the piece is UTF-8"));
            }
            pieces
        })
    }

    /// The DOM of a page that must be there.
    pub fn page(&self, path: &str) -> Dom {
        let answer = self.get(path);
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.dom()
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("the body is UTF-8")
    }

    /// The body as HTML.
    pub fn dom(&self) -> Dom {
        Dom(Html::parse_document(&self.text()))
    }

    /// A response header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A page to ask questions.
pub struct Dom(Html);

impl Dom {
    /// The texts of all elements that a CSS selector finds, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = parse(selector);
        self.0.select(&selector).map(|element| fold(&element.text().collect::<String>())).collect()
    }

    /// The text of the first element that a CSS selector finds.
    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_else(|| panic!("nothing is {selector}"))
    }

    /// An attribute of all elements that a CSS selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.0.select(&parse(selector)).filter_map(|element| element.value().attr(name)).map(str::to_owned).collect()
    }

    /// How many elements a CSS selector finds.
    pub fn count(&self, selector: &str) -> usize {
        self.0.select(&parse(selector)).count()
    }

    /// The texts of the cells of all rows that a CSS selector finds, without what stands in elements of some classes.
    pub fn rows(&self, rows: &str, cells: &str, without: &[&str]) -> Vec<Vec<String>> {
        let cells = parse(cells);
        let is_left_out = |element: &scraper::node::Element| element.classes().any(|class| without.contains(&class));
        let text = |cell: scraper::ElementRef<'_>| {
            let kept = cell
                .descendants()
                .filter(|node| !node.ancestors().any(|above| above.value().as_element().is_some_and(is_left_out)));
            fold(&kept.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect::<String>())
        };
        self.0.select(&parse(rows)).map(|row| row.select(&cells).map(text).collect()).collect()
    }

    /// What the page holds that only a hostile text can have put there: scripts, handlers, styles, addresses that
    /// run, and elements with the attribute `data-evil`, which the program never writes.
    pub fn intruders(&self) -> Vec<String> {
        const FOREIGN: [&str; 6] = ["iframe", "object", "embed", "base", "style", "foreignObject"];
        let runs = |value: &str| {
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| value.to_lowercase().starts_with(scheme))
        };
        let is_foreign = |element: &scraper::node::Element| {
            let is_ours = element.attr("src").is_some_and(|src| src.starts_with("/static/"))
                || element.attr("type") == Some("application/ld+json");
            FOREIGN.contains(&element.name()) || (element.name() == "script" && !is_ours)
        };
        let bad = |(name, value): (&str, &str)| {
            name.starts_with("on") || matches!(name, "style" | "srcdoc" | "data-evil") || runs(value)
        };
        let elements = self.0.select(&parse("*")).collect::<Vec<_>>();
        let intruders = elements.iter().filter(|found| is_foreign(found.value()) || found.value().attrs().any(bad));
        intruders.map(|found| found.html().chars().take(200).collect()).collect()
    }

    /// The cells of all rows that a CSS selector finds: the classes of each, and what is inside it.
    pub fn cells(&self, rows: &str, cells: &str) -> Vec<Vec<(String, Self)>> {
        let cells = parse(cells);
        let cell = |cell: scraper::ElementRef<'_>| {
            let class = cell.value().attr("class").unwrap_or_default().to_owned();
            (class, Self(Html::parse_fragment(&cell.inner_html())))
        };
        self.0.select(&parse(rows)).map(|row| row.select(&cells).map(cell).collect()).collect()
    }

    /// The HTML inside the first element that a CSS selector finds.
    pub fn html(&self, selector: &str) -> String {
        self.0.select(&parse(selector)).next().map(|element| element.inner_html()).unwrap_or_default()
    }
}

/// Runs `git` in a folder, as somebody at a time.
pub fn git(folder: &Path, arguments: &[&str], (who, at): (&str, &str)) {
    let name = format!("user.name={who}");
    let identity = ["-c", name.as_str(), "-c", "user.email=ada@example.org", "-c", "commit.gpgSign=false"];
    let mut run = Command::new("git");
    run.arg("-C").arg(folder).args(identity).args(arguments);
    run.env("GIT_COMMITTER_DATE", at).env("GIT_AUTHOR_DATE", at);
    let is_done = run.output().is_ok_and(|output| output.status.success());
    assert!(is_done, "git is needed for this test, with {arguments:?}");
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|_| panic!("{selector} is no selector"))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
