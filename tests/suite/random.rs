//! A hundred thousand random addresses: no answer is a 5xx, nothing panics, memory does not grow.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use super::program::Program;
use super::support::{SEED, SEED_FILE};

const REQUESTS: usize = 100_000;
const CONNECTIONS: usize = 4;
/// Requests after which memory is first looked at: caches are warm by then.
const WARM: usize = 20_000;
/// Growth that is put down to the allocator, in kB.
const SLACK_KB: u64 = 24 * 1024;

const RICH: &str = "# Rich\n\n## Research Framework\n\n- **Overview** - what\n- **Speed** - how fast\n  - **Latency** (duration) - wait\n\n\
    ## One\n\n### Overview\n\nWords[^1] about ray.\n\n### Speed\n\n> **Rating:** 3/5 - fine\n> **Latency:** 2 ms\n\nFast.\n\n\
    ## Two\n\n### Overview\n\nOther words.\n\n### Speed\n\n> **Latency:** No\n\n[^1]: Source, <https://example.org>\n";

const PIECES: &[&str] = &[
    "/",
    "//",
    "..",
    ".",
    "%2e%2e",
    "%00",
    "%ff",
    "%",
    "%2",
    "compare/",
    "compare.csv",
    "compare.json",
    "compare.md",
    "choose/",
    "choose.json",
    "api/compare/",
    "api/frameworks",
    "search",
    "api/search",
    "api/suggest",
    "api/openapi.json",
    "opensearch.xml",
    "_status",
    "rich",
    "one",
    "two",
    "distributed-computing-frameworks",
    "dask",
    "index.md",
    "index.html",
    ".md",
    "static/",
    "_live/",
    "healthz",
    "readyz",
    "%F0%9F%A6%80",
    "%C3%BC",
    "a",
    "-",
    "_",
    "~",
    "+",
    "%20",
    "%22",
    "%3Cscript%3E",
    "'",
    ";",
    ":",
];
const NAMES: &[&str] = &[
    "q",
    "f",
    "c",
    "only",
    "sort",
    "r",
    "must",
    "as",
    "open",
    "w",
    "w.speed",
    "embed",
    "framework",
    "criterion",
    "category",
    "offset",
    "limit",
    "fragment",
    "group",
    "mark",
    "x",
    "",
    "%ff",
];
const VALUES: &[&str] = &[
    "one",
    "two",
    "one,two",
    "two,one,one",
    ",",
    "overview",
    "speed",
    "speed.latency",
    "-speed",
    "value",
    "-value",
    "name",
    "-",
    "differences",
    "measured",
    "rows",
    "paper",
    "one.speed",
    "speed.rating",
    "Latency%3C5+ms",
    "speed:3,overview:11",
    "1",
    "-1",
    "0",
    "99999999999999999999",
    "NaN",
    "words",
    "\"words",
    "%22words+about%22",
    "-words",
    "framework:one",
    "framework:",
    ":",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "*",
    "?",
    "~2",
    "^",
    "%F0%9F%A6%80",
    "%00",
    "%ff%fe",
    "a%0Ab",
    "wrods",
    "ra",
    "%3Cscript%3E",
    "=1%2B1",
    "%E2%80%AE",
];

/// A table whose column of values holds numbers, words and nothing, in no order.
fn mixed() -> String {
    let mut numbers = Numbers(7);
    let row = |row| match numbers.below(4) {
        0 => format!("r{row},\n"),
        1 => format!("r{row},{}x\n", numbers.below(200)),
        _ => format!("r{row},{}\n", numbers.below(200)),
    };
    std::iter::once("name,value\n".to_owned()).chain((0..60).map(row)).collect()
}

struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below a usize")
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn address(&mut self) -> String {
        let mut address = match self.below(6) {
            0 => "/search".to_owned(),
            1 => "/rich/compare/".to_owned(),
            2 => "/rich/choose/".to_owned(),
            3 => "/data/mixed/".to_owned(),
            _ => "/".to_owned(),
        };
        if address == "/" {
            for _ in 0..self.below(6) {
                let piece = self.pick(PIECES);
                address.push_str(piece);
            }
        }
        for at in 0..self.below(5) {
            let (name, value) = (self.pick(NAMES), self.pick(VALUES));
            let _ = write!(address, "{}{name}={value}", if at == 0 { '?' } else { '&' });
            if self.below(8) == 0 {
                address.push_str(&value.repeat(self.below(200)));
            }
        }
        address
    }
}

#[test]
fn a_hundred_thousand_random_addresses_are_survived() {
    let program = Program::start(&[(SEED_FILE, SEED), ("rich.md", RICH), ("data/mixed.csv", &mixed())], &[]);
    ask(&program, WARM, 1);
    let warm = resident_kb(program.id());
    ask(&program, REQUESTS - WARM, 2);
    let grown = resident_kb(program.id()).saturating_sub(warm);
    println!("{REQUESTS} random requests; memory {warm} kB when warm, {grown} kB more at the end");
    assert!(grown < SLACK_KB, "memory grew by {grown} kB");
    let (fine, log) = program.terminate();
    assert!(fine && !log.contains("panicked"), "{log}");
}

fn ask(program: &Program, requests: usize, seed: u64) {
    std::thread::scope(|scope| {
        for connection in 0..CONNECTIONS {
            scope.spawn(move || {
                let mut numbers = Numbers((seed * 1_000 + connection as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
                let mut stream = BufReader::new(program.connect());
                for _ in 0..requests / CONNECTIONS {
                    let address = numbers.address();
                    let (status, closed) = request(&mut stream, &address);
                    assert!((200..500).contains(&status), "{address}: {status}");
                    if closed {
                        stream = BufReader::new(program.connect());
                    }
                }
            });
        }
    });
}

/// Sends one request and gives the status of its answer, and whether the connection ends with it, as it does
/// after an address that HTTP does not allow.
fn request(stream: &mut BufReader<TcpStream>, address: &str) -> (u16, bool) {
    stream.get_mut().write_all(format!("GET {address} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes()).expect("sent");
    let (mut status, mut length, mut closed) = (0, 0, false);
    let mut line = String::new();
    loop {
        line.clear();
        assert!(stream.read_line(&mut line).expect("answered") > 0, "{address} closed the connection");
        if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
            status = rest[..3].parse().expect("a status");
        } else if let Some(rest) = line.strip_prefix("content-length: ") {
            length = rest.trim().parse().expect("a length");
        } else if line.eq_ignore_ascii_case("connection: close\r\n") {
            closed = true;
        } else if line == "\r\n" {
            break;
        }
    }
    std::io::copy(&mut stream.by_ref().take(length), &mut std::io::sink()).expect("a body");
    (status, closed)
}

fn resident_kb(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("its figures");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("the line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}
