//! Any text is a metadata block, a criteria list and a value of every kind: reading never panics.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run metadata`.
#![no_main]

use fieldguide::content::code_info::CodeInfo;
use fieldguide::content::metadata::FactKind;
use fieldguide::content::sections::Document;
use fieldguide::content::value::{Value, with_consistent_unit};
use fieldguide::ids::DocPath;
use libfuzzer_sys::fuzz_target;

const KINDS: [FactKind; 9] = [
    FactKind::Text,
    FactKind::Number,
    FactKind::Duration,
    FactKind::Size,
    FactKind::Rate,
    FactKind::Version,
    FactKind::Date,
    FactKind::YesNo,
    FactKind::List,
];

fuzz_target!(|text: &str| {
    let lines = text.replace('\n', "\n> ");
    let block = format!("# T\n\n## Research Framework\n\n{text}\n\n## Rating scale\n\n{text}\n\n## X\n\n> **A:** {lines}\n");
    let document = Document::read(DocPath::new("a.md"), block);
    for fact in document.sections.iter().flat_map(|section| &section.facts) {
        for kind in KINDS {
            let _ = Value::of_fact(kind, fact);
        }
    }
    for kind in KINDS {
        let _ = Value::read(kind, text);
        let _ = with_consistent_unit(kind, text, text);
    }
    let _ = CodeInfo::read(text);
});
