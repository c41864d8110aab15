//! Any text is a diagram or says why not, within seconds; what is drawn holds nothing but what drawings are made of.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run diagram -- -max_len=400 -timeout=20`.
#![no_main]

mod harmless;
mod shown;

use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;
use libfuzzer_sys::fuzz_target;

/// What a text is read behind: the two kinds that have a reader, one that only the drawing crate reads, and nothing.
const KINDS: [&str; 4] = ["flowchart LR", "sequenceDiagram", "classDiagram", ""];

// The hook of the fuzzer ends the run at every panic. One of the drawing crate is caught where it is drawn, and is no
// fault; without the hook, any other still ends the run.
fuzz_target!(init: drop(std::panic::take_hook()), |text: &str| {
    for kind in KINDS {
        let fenced = format!("# T\n\n```mermaid\n{kind}\n{text}\n```\n");
        shown::assert_harmless(Document::read(DocPath::new("a.md"), fenced));
    }
});
