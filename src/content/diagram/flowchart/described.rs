//! Nodes that are described by properties, told in the brackets that the drawing crate knows.

use crate::content::diagram::veil;

/// The text of a node in brackets, where it is described by its properties: `A@{ shape: cyl, label: "Store" }`.
pub(super) fn described(name: &str, properties: &str) -> String {
    let text = property(properties, "label").unwrap_or(name);
    let (open, close) = match property(properties, "shape").unwrap_or_default() {
        "rounded" | "event" => ("(", ")"),
        "stadium" | "pill" | "terminal" => ("([", "])"),
        "diam" | "diamond" | "decision" | "question" => ("{", "}"),
        "hex" | "hexagon" | "prepare" => ("{{", "}}"),
        "cyl" | "cylinder" | "db" | "database" => ("[(", ")]"),
        "circ" | "circle" => ("((", "))"),
        "fr-rect" | "subproc" | "subprocess" | "subroutine" | "framed-rectangle" => ("[[", "]]"),
        _ => ("[", "]"),
    };
    format!("{open}\"{}\"{close}", veil::label(text))
}

fn property<'p>(properties: &'p str, name: &str) -> Option<&'p str> {
    let (before, value) = properties.split_once(name)?;
    let value = value.trim_start().strip_prefix(':').filter(|_| before.ends_with(|c: char| !c.is_alphanumeric()))?;
    let value = value.trim_start();
    let end = match value.strip_prefix('"') {
        Some(quoted) => return quoted.split('"').next(),
        None => value.find([',', '}', '\n']).unwrap_or(value.len()),
    };
    Some(value[..end].trim())
}
