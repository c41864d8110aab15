//! The program itself, as a process: it starts, tells of changes, checks, and stops when asked.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::support::{SEED, SEED_FILE};

pub struct Program {
    child: Child,
    address: SocketAddr,
    log: BufReader<ChildStderr>,
    folder: TempDir,
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldguide"));
    command.env_clear();
    command
}

impl Program {
    pub fn start(files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = folder(files);
        let mut child = command()
            .arg("serve")
            .arg("--content")
            .arg(folder.path())
            .args(["--listen", "127.0.0.1:0", "--log", "json"])
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut line = String::new();
        while !line.contains("serving http://") {
            line.clear();
            assert!(log.read_line(&mut line).expect("its log") > 0, "the program ended early");
            serde_json::from_str::<serde_json::Value>(&line).expect("each line of the log is JSON");
        }
        let at = line.find("http://").expect("an address") + "http://".len();
        let address = line[at..].split('"').next().expect("an address").parse().expect("an address");
        Self { child, address, log, folder }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
        stream
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    pub fn terminate(mut self) -> (bool, String) {
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let status = self.child.wait().expect("it ends");
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("its log");
        (status.success(), log)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_serves_and_stops_when_asked() {
    let program = Program::start(&[(SEED_FILE, SEED)], &[]);
    assert!(program.get("/distributed-computing-frameworks/dask/").starts_with("HTTP/1.1 200 OK\r\n"));
    let (fine, log) = program.terminate();
    assert!(fine, "the exit code is 0");
    assert!(log.contains("stopping"), "{log}");
}

#[test]
fn stopping_ends_open_event_streams() {
    let program = Program::start(&[("a.md", "# A\n")], &[]);
    let mut stream = program.connect();
    stream.write_all(b"GET /_live HTTP/1.1\r\nhost: x\r\n\r\n").expect("sent");
    let mut first = [0; 512];
    assert!(stream.read(&mut first).expect("answered") > 0);
    let started = std::time::Instant::now();
    assert!(program.terminate().0);
    assert!(started.elapsed() < Duration::from_secs(5), "it does not wait for the stream to time out");
}

#[test]
fn browsers_are_told_of_each_edition() {
    let program = Program::start(&[("a.md", "# A\n")], &[]);
    let mut stream = program.connect();
    stream.write_all(b"GET /_live HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n").expect("sent");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("a line"));
    let mut data = || lines.find(|line| line.starts_with("data: ")).expect("an event");
    assert_eq!(data(), "data: {\"generation\":1}");
    fs::write(program.folder.path().join("a.md"), "# A\n\nchanged\n").expect("written");
    assert_eq!(data(), "data: {\"generation\":2}");
}

#[test]
fn without_live_reload_nothing_is_watched() {
    let program = Program::start(&[("a.md", "# A\n")], &["--no-live"]);
    assert!(program.get("/_live").starts_with("HTTP/1.1 404"));
    assert!(!program.get("/a/").contains("data-live"));
}

#[test]
fn searches_in_vain_are_counted_without_live_reload_where_it_is_asked_for() {
    let program = Program::start(&[("a.md", "# A\n")], &["--no-live", "--count-misses"]);
    program.get("/search?q=xylophone");
    assert!(program.get("/_status").contains("xylophone"));
    let program = Program::start(&[("a.md", "# A\n")], &["--no-live"]);
    assert!(program.get("/_status").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_query_of_ten_thousand_bytes_is_answered() {
    let program = Program::start(&[("a.md", "# Aardvark\n")], &[]);
    let answer = program.get(&format!("/search?q={}", "aardvark+".repeat(1_200)));
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("class=\"hit\""), "{answer}");
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let program = Program::start(&[("a.md", "# A\n")], &[]);
    let mut stream = program.connect();
    let _ = write!(stream, "GET /a/ HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "x".repeat(200_000));
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert!(program.get("/a/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_taken_address_and_a_missing_folder_are_explained() {
    let program = Program::start(&[("a.md", "# A\n")], &[]);
    let address = program.address.to_string();
    let second = run(&["serve", "--content", program.folder.path().to_str().expect("UTF-8"), "--listen", &address]);
    assert_eq!(second.status.code(), Some(2));
    assert!(stderr(&second).contains(&format!("cannot listen on {address}")), "{}", stderr(&second));
    let missing = run(&["serve", "--content", "no/such/folder"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("there is no content folder at no/such/folder; name one with --content DIR"));
    assert_eq!(run(&["serve", "--listen", "nonsense", "--content", "."]).status.code(), Some(2));
    assert_eq!(run(&["dance"]).status.code(), Some(2));
}

#[test]
fn options_come_from_the_environment_too() {
    let folder = folder(&[("a.md", "# A\n\n[x](gone.md)\n")]);
    let output = command()
        .arg("check")
        .env("FIELDGUIDE_CONTENT", folder.path())
        .env("FIELDGUIDE_FORMAT", "json")
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&report["errors"], &report["diagnostics"][0]["path"], &report["diagnostics"][0]["line"]),
        (&1.into(), &"a.md".into(), &3.into())
    );
}

#[test]
fn a_fault_as_json_has_every_key_that_programs_read() {
    let table = "name,p_ms\na,0.5\n";
    let folder = folder(&[("a.md", "# A\n\nIt takes [0.6 ms](data/t.csv#a.p_ms).\n"), ("data/t.csv", table)]);
    let output = run(&["check", "--format", "json", "--content", folder.path().to_str().expect("UTF-8")]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let fault = serde_json::json!({
        "severity": "error",
        "code": "figure",
        "path": "a.md",
        "line": 3,
        "column": 10,
        "message": "the text says \"0.6 ms\", data/t.csv says \"0.5 ms\"",
        "help": "write [0.5 ms], or measure again",
    });
    let expected = serde_json::json!({
        "diagnostics": [fault], "categories": [], "errors": 1, "warnings": 0, "gaps": 0, "open_facts": 0,
    });
    assert_eq!((output.status.code(), report), (Some(1), expected));
}

#[test]
fn the_age_of_sources_is_counted_from_the_day_that_is_named() {
    let index = "# F\n\n## Research Framework\n\n- **Cost** - what it costs\n- **Use** - what for\n";
    let ray = "# Ray\n\n## Cost\n\nNothing.[^1]\n\n## Use\n\nThis.\n\n[^1]: A, *T*, <https://example.org/>, read 2025-01-31.\n";
    let folder = folder(&[("f/index.md", index), ("f/ray.md", ray)]);
    let path = folder.path().to_str().expect("UTF-8");
    let on = |day: &str| run(&["check", "--today", day, "--content", path]);
    let note = "note[source-ageing]: the source [^1] was read long ago: 2025-01-31";
    assert!(!stdout(&on("2026-01-30")).contains(note), "{}", stdout(&on("2026-01-30")));
    assert!(stdout(&on("2026-01-31")).contains(note), "{}", stdout(&on("2026-01-31")));
    for wrong in ["2026", "2026-13-01", "31.1.2026", "today"] {
        let output = on(wrong);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("a day is written as 2026-01-31"), "{}", stderr(&output));
    }
}

#[test]
fn check_reports_errors_gaps_and_progress() {
    let fine = folder(&[("a.md", "# A\n")]);
    let output = run(&["check", "--strict", "--content", fine.path().to_str().expect("UTF-8")]);
    assert_eq!((output.status.code(), stdout(&output).trim()), (Some(0), "0 errors, 0 warnings, 0 gaps, 0 open facts"));

    let seed = folder(&[(SEED_FILE, SEED)]);
    let path = seed.path().to_str().expect("UTF-8");
    let output = run(&["check", "--content", path]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains(
            "note[gap]: Ray from Anyscale: Architecture is not researched yet\n  --> distributed-computing-frameworks.md:27:1\n"
        ),
        "{text}"
    );
    assert!(text.contains("Distributed Computing Frameworks: 0 of 35 findings"));
    assert!(text.ends_with("0 errors, 0 warnings, 38 gaps, 0 open facts\n"), "{text}");
    assert_eq!(run(&["check", "--strict", "--content", path]).status.code(), Some(1));
}

#[test]
fn a_strict_check_fails_on_warnings_and_open_facts_and_looks_only_where_it_is_told() {
    let declared = "# F\n\n## Research Framework\n\n- **Cost** - what it costs\n  - **Price** (number) - in euro\n- **Use** - what for\n";
    let stated = |fact: &str| format!("# Ray\n\n## Cost\n\n{fact}\n\nIt has a price.\n\n## Use\n\nThis.\n");
    let [open, unsourced, misspelt, whole] = [
        "",
        "> **Price:** 12",
        "> **Prize:** 12 [so](#cost)  \n> **Price:** 12 [see](#cost)",
        "> **Price:** 12 [see](#cost)",
    ]
    .map(stated);
    for (ray, last, strict) in [
        (&open, "0 errors, 0 warnings, 0 gaps, 1 open facts", 1),
        (&unsourced, "0 errors, 0 warnings, 0 gaps, 1 open facts", 1),
        (&misspelt, "0 errors, 1 warnings, 0 gaps, 0 open facts", 1),
        (&whole, "0 errors, 0 warnings, 0 gaps, 0 open facts", 0),
    ] {
        let folder = folder(&[("f/index.md", declared), ("f/ray.md", ray), ("g.md", "[gone](gone.md)\n")]);
        let path = folder.path().to_str().expect("UTF-8");
        let output = run(&["check", "--only", "f/", "--content", path]);
        assert_eq!((output.status.code(), stdout(&output).lines().last()), (Some(0), Some(last)), "{ray}");
        let output = run(&["check", "--only", "f/", "--strict", "--content", path]);
        assert_eq!(output.status.code(), Some(strict), "{ray}");
        assert_eq!(run(&["check", "--content", path]).status.code(), Some(1), "the other file has a broken link");
    }
}

#[test]
fn the_projects_own_content_has_no_error() {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let output = run(&["check", "--content", content]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(
        stdout(&output).contains(" 0 warnings") || stdout(&output).contains("0 errors, 0 warnings"),
        "{}",
        stdout(&output)
    );
}

/// What `check` prints of a folder of these files.
pub fn check(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = folder(files);
    let asked = ["check", "--content", folder.path().to_str().expect("UTF-8")];
    stdout(&run(&[&asked[..], arguments].concat()))
}

fn run(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
