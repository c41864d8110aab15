//! Any text is a chart or says why not; what is drawn holds nothing but what drawings are made of, and no number that
//! is none.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run chart`.
#![no_main]

mod harmless;

use fieldguide::chart::{Spec, Width, draw, plot};
use fieldguide::content::data::Table;
use fieldguide::ids::DocPath;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (text, csv) = input;
    let table = Table::read(&DocPath::new("c/data/t.csv"), csv.as_bytes());
    let usual = "data='t'\nx='x'\ny='y'\nseries='s'\ntitle='t'\n".to_owned();
    for text in [text, usual.as_str()] {
        let Ok(spec) = Spec::read(text) else { continue };
        let Ok(plot) = plot(text, &spec, &table, 0, |_| None) else { continue };
        for width in [Width::Wide, Width::Narrow] {
            let svg = draw(&plot, width, "c");
            harmless::assert_harmless(&svg);
            for bad in ["NaN", "=\"inf"] {
                assert!(!svg.contains(bad), "{bad}");
            }
        }
        let _ = plot.table();
    }
});
