//! Whole-process figures for a large site: cold start with the index, peak memory, an edit until it is served.
//!
//! `cargo bench --bench scale -- 7400` generates that many small pages (7,400 when not given), starts
//! the release program on them and prints processor and wall seconds until it serves, memory, and the
//! time from writing a file until its words come back over HTTP. Linux only: the figures come from
//! `/proc`. Does nothing when run by `cargo test`.

mod generate;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PAGES: usize = 7_400;
const EDITS: usize = 40;
/// Processor time in `/proc/PID/stat` is counted in hundredths of a second.
const TICKS: f64 = 100.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let pages = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(PAGES);
    let folder = tempfile::tempdir().expect("a folder");
    generate::write_documents(folder.path(), pages);
    let mut program = Program::start(folder.path());
    let (wall, cpu) = (program.wall.as_secs_f64(), program.cpu_seconds());
    println!("{pages} pages: served after {wall:.2} s, {cpu:.2} s of processor time");
    println!(
        "memory after the start {} MB, at its peak {} MB",
        program.megabytes("VmRSS:"),
        program.megabytes("VmHWM:")
    );
    let mut times: Vec<f64> = (0..EDITS).map(|edit| program.edit(folder.path(), edit, pages)).collect();
    times.sort_by(f64::total_cmp);
    let (median, p95, worst) = (times[EDITS / 2], times[EDITS * 95 / 100], times[EDITS - 1]);
    println!("save to served over {EDITS} edits: median {median:.1} ms, p95 {p95:.1} ms, worst {worst:.1} ms");
    println!("memory after the edits {} MB", program.megabytes("VmRSS:"));
    program.child.kill().expect("it is stopped");
    program.child.wait().expect("it ends");
}

struct Program {
    child: Child,
    address: String,
    wall: Duration,
}

impl Program {
    fn start(content: &Path) -> Self {
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_fieldguide"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "json", "--content"])
            .arg(content)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut log = BufReader::new(child.stderr.take().expect("its log"));
        let mut line = String::new();
        while !line.contains("serving http://") {
            line.clear();
            assert!(log.read_line(&mut line).expect("its log") > 0, "the program ended early");
        }
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").to_owned();
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let program = Self { child, address, wall: started.elapsed() };
        assert!(program.get("/part-0/page-1/").contains("Page 1"));
        program
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    /// Milliseconds from writing a file until its new words are served.
    fn edit(&self, content: &Path, edit: usize, pages: usize) -> f64 {
        let number = edit * 97 % pages;
        let path = format!("part-{}/page-{number}", number / 100);
        let word = format!("marker{edit}x{number}");
        let text = format!("{}\n{word}\n", generate::document(number));
        let written = Instant::now();
        fs::write(content.join(format!("{path}.md")), text).expect("written");
        while !self.get(&format!("/{path}/")).contains(&word) {
            assert!(written.elapsed() < Duration::from_secs(30), "the edit is never served");
            std::thread::yield_now();
        }
        written.elapsed().as_secs_f64() * 1e3
    }

    fn cpu_seconds(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("its figures");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("fields").split_whitespace().collect();
        let ticks: f64 = fields[11..13].iter().filter_map(|field| field.parse::<f64>().ok()).sum();
        ticks / TICKS
    }

    /// A line of `/proc/PID/status` that counts kilobytes.
    fn megabytes(&self, name: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its figures");
        let line = status.lines().find(|line| line.starts_with(name)).expect("the line");
        line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).expect("a number") / 1024
    }
}
