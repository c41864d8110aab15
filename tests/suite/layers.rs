//! The layers of the program, read off its source: imports point down, and each library appears in one place.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules from the lowest layer up; those on one line may not import one another.
const LAYERS: &[&[&str]] = &[
    &["ids", "config", "diagnostics"],
    &["content"],
    &["chart"],
    &["card"],
    &["site"],
    &["matrix", "search"],
    &["choose"],
    &["views"],
    &["edition"],
    &["watch", "http"],
    &["commands"],
    &["lib", "main"],
];

/// Libraries and the only place that may use each.
const ONE_PLACE: &[(&str, &str)] = &[
    ("comrak", "content/markdown/"),
    ("ammonia", "content/sanitize.rs"),
    ("mermaid_rs_renderer", "content/diagram/renderer.rs"),
    ("roxmltree", "content/diagram/svg.rs"),
    ("sha2", "content/data/examples.rs"),
    ("annotate_snippets", "commands/report.rs"),
    ("syntect", "content/highlight.rs"),
    ("tantivy", "search/"),
    ("ab_glyph", "card.rs"),
    ("epaint_default_fonts", "card.rs"),
    ("png", "card.rs"),
    ("askama", "views/"),
    ("notify", "watch/"),
    ("axum", "http/"),
    ("clap", "config.rs"),
    ("arc_swap", "edition/store.rs"),
];

#[test]
fn imports_point_down() {
    for (file, text) in sources() {
        let module = module_of(&file);
        let own = layer_of(&module).unwrap_or_else(|| panic!("{module} has no layer"));
        for imported in crate_paths(&text) {
            let Some(layer) = layer_of(&imported) else { continue };
            let fine = imported == module || layer < own;
            assert!(fine, "{} imports {imported}, which is not below it", file.display());
        }
    }
}

#[test]
fn each_library_appears_in_one_place() {
    for (file, text) in sources() {
        let name = file.to_string_lossy();
        for (library, place) in ONE_PLACE {
            let own = text.split("#[cfg(test)]").next().unwrap_or_default();
            let used = own.contains(&format!("{library}::")) && !name.ends_with("main.rs");
            assert!(!used || name.contains(place), "{name} uses {library}, which belongs to {place}");
        }
    }
}

#[test]
fn every_file_opens_with_what_it_is() {
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not open with a module doc", file.display());
    }
}

#[test]
fn every_file_that_reads_content_is_the_source_module() {
    for (file, text) in sources() {
        let name = file.to_string_lossy();
        let reads = text.contains("std::fs") || text.contains("fs::read") || text.contains("File::open");
        let may = name.contains("content/source.rs") || name.contains("watch/mod.rs");
        assert!(!reads || may, "{name} touches the file system");
    }
}

/// The files of the source, by their paths in `src`.
pub fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut open) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the source").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                found.push((path.strip_prefix(&root).expect("lies in the root").to_owned(), text));
            }
        }
    }
    assert!(found.len() > 20, "the source was found");
    found
}

fn module_of(file: &Path) -> String {
    let first = file.components().next().expect("a path has a part");
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules that the text names after `crate::`, also inside braces.
fn crate_paths(text: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let word =
            |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(group) => named.extend(top_level(group).map(word)),
            None => named.push(word(rest)),
        }
    }
    named
}

/// The entries of a brace group, those inside nested groups left out.
fn top_level(group: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut start, mut entries) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                entries.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                entries.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries.into_iter()
}
