//! Front matter of other tools: YAML between `---`, TOML between `+++`. Read, never shown.
//!
//! Nothing in the content format needs it; unknown keys are ignored, a broken block is a diagnostic.

use serde::Deserialize;

use crate::diagnostics::{Diagnostic, Severity};

/// The keys that are read.
#[derive(Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct FrontMatter {
    /// Title, before the first heading's.
    pub title: Option<String>,
    /// Description for search engines and lists.
    pub description: Option<String>,
    /// Whether the page is shown only while live reload is on.
    pub draft: bool,
    /// Old URL paths of this page.
    pub aliases: Vec<String>,
}

/// Splits a file's text into its front matter and the rest, with the number of the rest's first line.
pub fn split<'t>(path: &str, text: &'t str, diagnostics: &mut Vec<Diagnostic>) -> (FrontMatter, &'t str, u32) {
    let Some((fence, block, rest)) = fenced(text) else { return (FrontMatter::default(), text, 1) };
    let first_line = 3 + u32::try_from(block.matches('\n').count()).unwrap_or(u32::MAX - 3);
    let parsed = match fence {
        "+++" => toml::from_str::<FrontMatter>(block).map_err(|error| {
            let line = error.span().map_or(1, |span| block[..span.start.min(block.len())].matches('\n').count());
            (line, error.message().to_owned())
        }),
        _ if block.trim().is_empty() => Ok(FrontMatter::default()),
        _ => yaml_serde::from_str::<FrontMatter>(block).map_err(|error| {
            let line = error.location().map_or(0, |at| at.line().saturating_sub(1));
            (line, first_sentence(&error.to_string()))
        }),
    };
    let front_matter = parsed.unwrap_or_else(|(line, message)| {
        let line = u32::try_from(line).unwrap_or(0) + 2;
        diagnostics.push(
            Diagnostic::new(
                Severity::Error,
                "front-matter",
                path,
                line,
                format!("front matter cannot be read: {message}"),
            )
            .help("mend the block between the fences, or remove it: nothing needs front matter"),
        );
        FrontMatter::default()
    });
    (front_matter, rest, first_line)
}

/// The fence, what stands between it, and what follows; `None` where the text does not start with a closed block.
fn fenced(text: &str) -> Option<(&'static str, &str, &str)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let after = text[fence.len()..].trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let (mut at, mut first) = (0, true);
    for line in after.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((fence, &after[..at], &after[at + line.len()..]));
        }
        // A thematic break at the top of a document is not front matter: keys come first.
        if !line.trim().is_empty() {
            if first && fence == "---" && !line.contains(':') && !line.starts_with('#') {
                return None;
            }
            first = false;
        }
        at += line.len();
    }
    None
}

fn first_sentence(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, &str, u32, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let (front_matter, rest, line) = split("a.md", text, &mut diagnostics);
        (front_matter, rest, line, diagnostics)
    }

    #[test]
    fn yaml_and_toml_give_the_same() {
        let yaml = read("---\ntitle: A: b\ndraft: true\naliases: [/x/]\nweight: 3\n---\n# H\n");
        assert!(yaml.3.len() == 1, "a colon in an unquoted value is an error in YAML: {:?}", yaml.3);
        let yaml = read("---\ntitle: \"A\"\ndraft: true\naliases: [/x/]\nweight: 3\n---\n# H\n");
        let toml = read("+++\ntitle = \"A\"\ndraft = true\naliases = [\"/x/\"]\n+++\n# H\n");
        assert_eq!(yaml.0, toml.0);
        assert_eq!((yaml.1, yaml.2, toml.1, toml.2), ("# H\n", 7, "# H\n", 6));
        assert!(yaml.3.is_empty() && toml.3.is_empty());
    }

    #[test]
    fn a_broken_block_names_its_line_and_is_not_shown() {
        let (front_matter, rest, _, diagnostics) = read("+++\ntitle = \"A\"\ndraft = maybe\n+++\ntext");
        assert_eq!((front_matter.title, rest), (None, "text"));
        assert_eq!((diagnostics[0].line, diagnostics[0].code), (3, "front-matter"));
    }

    #[test]
    fn a_thematic_break_is_not_front_matter() {
        assert_eq!(read("---\n\nWords\n\n---\nMore").1, "---\n\nWords\n\n---\nMore");
        assert_eq!(read("--- not closed").1, "--- not closed");
    }
}
