//! Any bytes are a data file or say why not; any text names a cell of it or does not.
//!
//! `cargo install cargo-fuzz`, then `cargo fuzz run table`.
#![no_main]

use fieldguide::content::data::{DataFile, figure};
use fieldguide::ids::DocPath;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], &str, &str)| {
    let (bytes, fragment, text) = input;
    for name in ["environment.json", "examples.json"] {
        let _ = DataFile::read(&DocPath::new(&format!("c/data/{name}")), bytes);
    }
    let Some(DataFile::Table(table)) = DataFile::read(&DocPath::new("c/data/t.csv"), bytes) else { return };
    for row in &table.rows {
        assert_eq!(row.cells.len(), table.columns.len());
    }
    if let Ok(place) = figure::locate(&table, fragment) {
        let _ = figure::check(&table, place, text);
    }
});
