//! Code to HTML with a dozen token classes. The only user of syntect.
//!
//! Grammars come compiled into the program. Scopes are folded to few classes so that the HTML stays
//! small and the style sheet names roles, not languages.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::template::escape;

/// Longest code that is highlighted, in bytes; longer code is shown plain.
const MAX_BYTES: usize = 200_000;
/// Longest line that is highlighted, in bytes: grammars backtrack on very long ones.
const MAX_LINE_BYTES: usize = 4_000;

/// Scope prefixes and the class of what they cover; the first that fits the innermost scope wins.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "t-c"),
    ("punctuation.definition.comment", "t-c"),
    ("string.quoted.docstring", "t-c"),
    ("string", "t-s"),
    ("punctuation.definition.string", "t-s"),
    ("constant.character.escape", "t-e"),
    ("constant.numeric", "t-n"),
    ("constant", "t-n"),
    ("keyword.operator", "t-o"),
    ("keyword", "t-k"),
    ("storage", "t-k"),
    ("entity.name.function", "t-f"),
    ("variable.function", "t-f"),
    ("support.function", "t-f"),
    ("meta.function-call.generic", "t-f"),
    ("entity.name", "t-t"),
    ("support.type", "t-t"),
    ("support.class", "t-t"),
    ("variable.annotation", "t-f"),
    ("entity.other.attribute-name", "t-a"),
    ("variable.parameter", "t-a"),
    ("variable.other.key", "t-a"),
    ("markup.inserted", "t-s"),
    ("markup.deleted", "t-e"),
    ("markup.heading", "t-k"),
];

struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| Grammars {
        set: two_face::syntax::extra_newlines(),
        classes: CLASSES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect(),
    })
}

/// The code as HTML: escaped, with `span` elements of one class each.
pub fn highlight(language: &str, code: &str) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    let too_long = code.len() > MAX_BYTES || code.lines().any(|line| line.len() > MAX_LINE_BYTES);
    match find(language).filter(|_| !too_long) {
        Some(syntax) => write_lines(syntax, code, &mut html),
        None => escape(code, &mut html),
    }
    html
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let token = match language {
        "" | "text" | "plain" | "txt" => return None,
        "console" | "shell" | "shell-session" | "shellsession" => "bash",
        "py" | "python3" | "pycon" => "python",
        other => other,
    };
    grammars().set.find_syntax_by_token(token)
}

fn write_lines(syntax: &SyntaxReference, code: &str, html: &mut String) {
    let grammars = grammars();
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut open: Option<&str> = None;
    for line in code.split_inclusive('\n') {
        let Ok(changes) = state.parse_line(line, &grammars.set) else {
            escape(line, html);
            continue;
        };
        let mut at = 0;
        for (end, change) in changes {
            write_token(&line[at..end], class_of(&stack, grammars), &mut open, html);
            at = end;
            if stack.apply(&change).is_err() {
                stack = ScopeStack::new();
            }
        }
        write_token(&line[at..], class_of(&stack, grammars), &mut open, html);
    }
    if open.is_some() {
        html.push_str("</span>");
    }
}

/// Writes a token, joining it to the one before where the class is the same or only white space comes between.
fn write_token(text: &str, class: Option<&'static str>, open: &mut Option<&'static str>, html: &mut String) {
    if text.is_empty() {
        return;
    }
    if class != *open && !(text.trim().is_empty() && class.is_some()) {
        if open.is_some() {
            html.push_str("</span>");
        }
        if let Some(class) = class {
            html.push_str("<span class=\"");
            html.push_str(class);
            html.push_str("\">");
        }
        *open = class;
    }
    escape(text, html);
}

fn class_of(stack: &ScopeStack, grammars: &Grammars) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        grammars.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_gets_classes_and_loses_nothing() {
        let code = "@ray.remote\ndef f(x: int) -> str:\n    return f\"<{x}>\"  # done\n";
        let html = highlight("python", code);
        assert!(html.contains("<span class=\"t-k\">return</span>"), "{html}");
        assert!(html.contains("t-c"), "{html}");
        let text = scraper::Html::parse_fragment(&html).root_element().text().collect::<String>();
        assert_eq!(text, code);
    }

    #[test]
    fn an_unknown_language_is_escaped_and_plain() {
        assert_eq!(highlight("no-such", "<a>&\"b\""), "&lt;a&gt;&amp;&quot;b&quot;");
    }
}
