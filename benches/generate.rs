//! Content made for measuring: plain documents, the same for the same numbers.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const WORDS: &[&str] = &[
    "task",
    "worker",
    "scheduler",
    "object",
    "store",
    "cluster",
    "memory",
    "queue",
    "retry",
    "result",
    "partition",
    "graph",
    "actor",
    "driver",
    "executor",
    "shuffle",
    "latency",
    "throughput",
    "overhead",
    "serialise",
    "broker",
    "frame",
    "column",
    "process",
    "thread",
    "machine",
    "network",
    "spill",
    "lineage",
    "checkpoint",
    "library",
    "function",
    "argument",
    "return",
];

/// A small deterministic source of numbers (xorshift64).
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below a usize")
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    /// So many words.
    pub fn sentence(&mut self, words: usize) -> String {
        let words: Vec<_> = (0..words).map(|_| self.word()).collect();
        format!("{}.", words.join(" "))
    }
}

/// One document of about 1.6 kB: three sections with prose and a list, code, a link.
pub fn document(number: usize) -> String {
    let mut numbers = Numbers((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = format!("# Page {number}\n\n{}\n", numbers.sentence(25));
    for section in 0..3 {
        let _ = write!(text, "\n## About {} {section}\n\n{}\n\n", numbers.word(), numbers.sentence(40));
        for _ in 0..3 {
            let _ = writeln!(text, "- {}", numbers.sentence(6));
        }
    }
    let (name, next) = (numbers.word(), number + 1);
    let _ = write!(
        text,
        "\n```python\ndef {name}(x: int) -> int:\n    return x + {number}\n```\n\nSee [the next page](page-{next}.md).\n"
    );
    text
}

/// Writes `count` documents into folders of a hundred.
pub fn write_documents(folder: &Path, count: usize) {
    for number in 0..count {
        let sub = folder.join(format!("part-{}", number / 100));
        fs::create_dir_all(&sub).expect("a folder");
        fs::write(sub.join(format!("page-{number}.md")), document(number)).expect("a file");
    }
}
