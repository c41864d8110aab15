//! Metadata blocks and criteria lists: lines with a bold label become facts, ratings and declarations.
//!
//! The block quote right after a heading states facts about what the heading names; the bullet list
//! under "Research Framework" declares what every framework should state.

use serde::Serialize;

use super::blocks::Line;
use super::template::Template;
use crate::diagnostics::{Diagnostic, Severity};
use crate::ids;

/// A named value that a metadata block states.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name as written.
    pub name: String,
    /// Its name as it stands in URLs.
    pub slug: String,
    /// Its value as HTML.
    pub html: Template,
    /// Its value as plain text, without source marks.
    pub text: String,
    /// Which of the four things it says.
    pub state: FactState,
    /// Indices of the footnotes it cites.
    pub cites: Vec<usize>,
    /// Its line, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1.
    pub column: u32,
}

/// What a fact says: four different things that never stand for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactState {
    /// A value.
    Value,
    /// "No": the thing was looked for and is not there.
    No,
    /// "Not applicable": the question does not arise.
    NotApplicable,
    /// Not researched yet.
    Gap,
}

/// A judgement from 1 to 5 with its reason.
#[derive(Debug, Clone)]
pub struct Rating {
    /// 1 to 5.
    pub value: u8,
    /// Why, as HTML.
    pub reason: Template,
    /// Why, as plain text; empty where none was given.
    pub reason_text: String,
    /// Its line, counted from 1.
    pub line: u32,
}

/// A criterion as the category declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredCriterion {
    /// Its name.
    pub name: String,
    /// Its name as it stands in URLs.
    pub slug: String,
    /// What it judges; may be empty.
    pub description: String,
    /// The facts every framework should state under it, in order.
    pub facts: Vec<DeclaredFact>,
    /// What ratings mean under it: 1 to 5 and the words for it, rising; empty where the category publishes no scale.
    pub scale: Vec<(u8, String)>,
    /// Its line, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1.
    pub column: u32,
}

/// The scale that a category publishes for a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The criterion's name in URLs.
    pub slug: String,
    /// The criterion's name as written.
    pub name: String,
    /// What ratings mean: 1 to 5 and the words for it, rising.
    pub steps: Vec<(u8, String)>,
    /// Its line, counted from 1.
    pub line: u32,
    /// The column it starts at, counted from 1.
    pub column: u32,
}

/// A fact as the category declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredFact {
    /// Its name.
    pub name: String,
    /// Its name as it stands in URLs.
    pub slug: String,
    /// What it says; may be empty.
    pub description: String,
    /// What its values are.
    pub kind: FactKind,
    /// Its line, counted from 1.
    pub line: u32,
}

/// What the values of a declared fact are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// Words.
    #[default]
    Text,
    /// A number, with or without a unit.
    Number,
    /// A length of time.
    Duration,
    /// A number of bytes.
    Size,
    /// So many in a length of time.
    Rate,
    /// A version such as 2.9.1.
    Version,
    /// A date, a month or a year.
    Date,
    /// Yes, no or partial.
    #[serde(rename = "yes/no")]
    YesNo,
    /// Several values.
    List,
}

impl FactKind {
    const NAMES: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("number", Self::Number),
        ("duration", Self::Duration),
        ("size", Self::Size),
        ("rate", Self::Rate),
        ("version", Self::Version),
        ("date", Self::Date),
        ("yes/no", Self::YesNo),
        ("list", Self::List),
    ];

    /// Its name as authors write it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("text", |(name, _)| name)
    }

    fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }
}

/// Facts and rating of the lines of a metadata block.
pub fn read_metadata(path: &str, lines: Vec<Line>, diagnostics: &mut Vec<Diagnostic>) -> (Vec<Fact>, Option<Rating>) {
    let (mut facts, mut rating) = (Vec::new(), None);
    for line in lines {
        let Some(name) = line.label.clone() else { continue };
        if name.eq_ignore_ascii_case("rating") {
            match read_rating(&line) {
                Some(read) => {
                    diagnostics.extend(without_reason(path, &line, &read));
                    rating = Some(read);
                    continue;
                }
                None if is_placeholder(&line.text) => continue,
                None => diagnostics.push(
                    report(Severity::Error, "rating", path, &line, format!("\"{}\" is not a rating", line.text))
                        .help("write 1 to 5 and the reason: `**Rating:** 4/5 - reason`"),
                ),
            }
        }
        let slug = ids::slug(&name);
        if facts.iter().any(|fact: &Fact| fact.slug == slug) {
            let message = format!("\"{name}\" is stated twice; the first value holds");
            diagnostics
                .push(report(Severity::Warning, "fact-twice", path, &line, message).help("remove one of the two"));
            continue;
        }
        facts.push(Fact::stated(name, slug, line));
    }
    (facts, rating)
}

/// The fault of a rating that does not say why.
fn without_reason(path: &str, line: &Line, rating: &Rating) -> Option<Diagnostic> {
    if !rating.reason_text.is_empty() {
        return None;
    }
    let message = format!("the rating {}/5 has no reason", rating.value);
    let help = "say why after a hyphen: `**Rating:** 4/5 - reason`";
    Some(report(Severity::Warning, "rating-reason", path, line, message).help(help))
}

impl Fact {
    /// What a line states.
    fn stated(name: String, slug: String, line: Line) -> Self {
        Self {
            name,
            slug,
            state: state_of(&line.text),
            cites: line.html.cites().map(|(footnote, _)| footnote).collect(),
            html: line.html,
            text: line.text,
            line: line.line,
            column: line.column,
        }
    }
}

/// The criteria that a bullet list declares, with their facts.
pub fn read_criteria(path: &str, lines: &[&Line], diagnostics: &mut Vec<Diagnostic>) -> Vec<DeclaredCriterion> {
    let mut criteria: Vec<DeclaredCriterion> = Vec::new();
    for line in lines {
        let Some(name) = line.label.clone() else { continue };
        let slug = ids::slug(&name);
        if criteria.iter().any(|criterion| criterion.slug == slug) {
            let message = format!("the criterion \"{name}\" is declared twice; the first holds");
            diagnostics
                .push(report(Severity::Error, "criterion-twice", path, line, message).help("remove one of the two"));
            continue;
        }
        let facts = line.children.iter().filter_map(|child| read_declared_fact(path, child, diagnostics)).collect();
        criteria.push(DeclaredCriterion {
            name,
            slug,
            description: description_of(&line.text).to_owned(),
            facts,
            scale: Vec::new(),
            line: line.line,
            column: line.column,
        });
    }
    criteria
}

/// The scales of a list: a criterion an item, and in it an item for each rating that has words.
pub fn read_scales(path: &str, lines: &[&Line], diagnostics: &mut Vec<Diagnostic>) -> Vec<Scale> {
    let named = lines.iter().filter_map(|line| Some((line, line.label.clone()?)));
    let scales = named.map(|(line, name)| {
        let mut steps: Vec<(u8, String)> = Vec::new();
        for step in &line.children {
            let label = step.label.as_deref().unwrap_or_default();
            let value = label.trim_end_matches("/5").trim().parse().ok().filter(|value| (1..=5).contains(value));
            match value {
                Some(value) if steps.iter().all(|(known, _)| *known != value) => {
                    steps.push((value, description_of(&step.text).to_owned()));
                }
                _ => {
                    let message = format!("\"{label}\" is not a step of a scale from 1 to 5, or is there twice");
                    diagnostics.push(
                        report(Severity::Warning, "scale", path, step, message)
                            .help("start each step with its number: `- **3** - what it means`"),
                    );
                }
            }
        }
        steps.sort_unstable();
        Scale { slug: ids::slug(&name), name, steps, line: line.line, column: line.column }
    });
    scales.collect()
}

/// Whether a text is a bracketed placeholder such as `[To be completed]`.
pub fn is_placeholder(text: &str) -> bool {
    placeholder_hint(text).is_some()
}

/// What a bracketed placeholder says is to come; empty where it only says that something is.
pub fn placeholder_hint(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let lower = inner.to_ascii_lowercase();
    let promise = ["to be completed", "to be added"].into_iter().find(|promise| lower.starts_with(promise))?;
    Some(inner[promise.len()..].trim_start_matches([':', ' ', '-']).trim())
}

fn read_declared_fact(path: &str, line: &Line, diagnostics: &mut Vec<Diagnostic>) -> Option<DeclaredFact> {
    let name = line.label.clone()?;
    let mut rest = line.text.trim();
    let mut kind = FactKind::Text;
    if let Some((word, after)) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
        match FactKind::parse(word) {
            Some(known) => kind = known,
            None => diagnostics.push(
                report(Severity::Warning, "fact-kind", path, line, format!("\"{word}\" is not a kind of fact"))
                    .help("use text, number, duration, size, rate, version, date, yes/no or list"),
            ),
        }
        rest = after;
    }
    Some(DeclaredFact {
        slug: ids::slug(&name),
        name,
        description: description_of(rest).to_owned(),
        kind,
        line: line.line,
    })
}

/// A diagnostic at the start of a line.
fn report(severity: Severity, code: &'static str, path: &str, line: &Line, message: String) -> Diagnostic {
    Diagnostic::new(severity, code, path, line.line, message).at_column(line.column)
}

fn description_of(text: &str) -> &str {
    text.trim_start_matches([' ', '-', '–', '—', ':']).trim()
}

fn read_rating(line: &Line) -> Option<Rating> {
    let text = line.text.trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let value: u8 = text.get(..digits)?.parse().ok().filter(|value| (1..=5).contains(value))?;
    let rest = text[digits..].trim_start();
    let rest = match rest.strip_prefix('/') {
        Some(scale) => {
            scale.trim_start().strip_prefix('5').filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))?
        }
        None if rest.is_empty() || rest.starts_with(['-', '–', '—', ',', ':', '(']) => rest,
        None => return None,
    };
    let reason_text = description_of(rest.trim_start_matches(',')).to_owned();
    let reason = if reason_text.is_empty() { Template::default() } else { reason_html(&line.html) };
    Some(Rating { value, reason, reason_text, line: line.line })
}

/// The HTML of a rating's value without the leading "4/5 - ".
fn reason_html(html: &Template) -> Template {
    html.without_leading(|c| c.is_ascii_digit() || matches!(c, '/' | ' ' | '-' | '–' | '—' | ',' | ':'))
}

fn state_of(text: &str) -> FactState {
    let text = text.trim();
    let lower = text.to_lowercase();
    let starts = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || rest.trim_start().starts_with(['(', ',', ';', '.', '-', '–', '—', ':'])
        })
    };
    if text.is_empty() || is_placeholder(text) || starts("not researched") || starts("not researched yet") {
        FactState::Gap
    } else if starts("not applicable") || starts("n/a") {
        FactState::NotApplicable
    } else if starts("no") {
        FactState::No
    } else {
        FactState::Value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str, text: &str) -> Line {
        let html = Template::from_safe_html(text.to_owned());
        Line {
            line: 7,
            column: 3,
            label: Some(label.to_owned()),
            html,
            text: text.to_owned(),
            link: None,
            children: Vec::new(),
        }
    }

    fn rating(text: &str) -> Option<(u8, String)> {
        read_rating(&line("Rating", text)).map(|rating| (rating.value, rating.reason_text))
    }

    #[test]
    fn ratings_are_one_to_five_with_a_reason() {
        assert_eq!(rating("4/5 - decentralised"), Some((4, "decentralised".to_owned())));
        assert_eq!(rating("3"), Some((3, String::new())));
        assert_eq!(rating("5, because"), Some((5, "because".to_owned())));
        for wrong in ["6/5 - x", "0", "4/10", "4.5/5", "good", "", "4/50", "99999999999999999999"] {
            assert_eq!(rating(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_not_applicable_and_gap_are_three_things() {
        let cases = [
            ("No", FactState::No),
            ("no, by design", FactState::No),
            ("Not applicable (runs in one process)", FactState::NotApplicable),
            ("n/a", FactState::NotApplicable),
            ("[To be completed]", FactState::Gap),
            ("Not researched yet", FactState::Gap),
            ("", FactState::Gap),
            ("None of the workers", FactState::Value),
            ("Node manager", FactState::Value),
            ("No JVM needed", FactState::Value),
        ];
        for (text, state) in cases {
            assert_eq!(state_of(text), state, "{text}");
        }
    }

    #[test]
    fn a_placeholder_says_what_is_to_come() {
        assert_eq!(placeholder_hint("[To be completed]"), Some(""));
        assert_eq!(placeholder_hint("[To be completed: Overview of x]"), Some("Overview of x"));
        assert_eq!(placeholder_hint("[To be added based on research findings]"), Some("based on research findings"));
        assert_eq!(placeholder_hint("[a link]"), None);
        assert_eq!(placeholder_hint("To be completed"), None);
    }

    #[test]
    fn a_declared_fact_names_its_kind() {
        let mut diagnostics = Vec::new();
        let fact =
            read_declared_fact("a.md", &line("Task overhead", "(duration) - what one task costs"), &mut diagnostics);
        let fact = fact.expect("has a label");
        assert_eq!((fact.kind, fact.slug.as_str()), (FactKind::Duration, "task-overhead"));
        assert_eq!(fact.description, "what one task costs");
        read_declared_fact("a.md", &line("X", "(colour) - y"), &mut diagnostics);
        assert_eq!(diagnostics.len(), 1);
    }
}
