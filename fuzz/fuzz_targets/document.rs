//! Any text is a document: reading it never panics, keeps its invariants, and lets no script through.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run document`.
#![no_main]

mod harmless;
mod shown;

use fieldguide::content::sections::Document;
use fieldguide::ids::DocPath;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::read(DocPath::new("a.md"), text.to_owned());
    for (index, section) in document.sections.iter().enumerate() {
        assert!(section.end > index && section.end <= document.sections.len());
        assert!(section.parent <= index);
        let _ = document.source_of(index);
    }
    shown::assert_harmless(document);
});
