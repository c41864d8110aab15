//! Sequence diagrams, read before they are drawn: the drawing crate skips a line that it does not understand.
//!
//! What is read is written anew, a statement a line. The grammar is that of
//! <https://mermaid.js.org/syntax/sequenceDiagram.html>; where it allows more than is told here, so does this.

use std::fmt::Write as _;

use super::{DiagramFault, NEVER_CLOSED, NOTHING, short, veil};

const HEADER: &str = "sequenceDiagram";
/// Empty front matter keeps the crate from a check of its own, which takes the `+B` of `A->>+B` for a name.
const OPENING: &str = "---\n---\nsequenceDiagram\n";
/// The kinds of block that "end" closes.
const BLOCKS: [&str; 8] = ["alt", "box", "break", "critical", "loop", "opt", "par", "rect"];
/// What divides a block, and which.
const DIVIDERS: [(&str, &str); 3] = [("else", "alt"), ("and", "par"), ("option", "critical")];
/// Words that somebody who takes part is declared with.
const ROLES: [&str; 2] = ["participant", "actor"];
/// Statements that say nothing which is drawn.
const UNDRAWN: [&str; 5] = ["title", "links", "link", "properties", "details"];
/// An arrow, and something about it.
type Sign = (&'static str, &'static str);
/// Arrows, those first that another begins like, and how the crate is told them.
const ARROWS: [Sign; 6] =
    [("-->>", "-->>"), ("->>", "->>"), ("--)", "-->>"), ("-)", "->>"), ("-->", "-->"), ("->", "->")];
/// Arrows that the crate cannot draw, and what to do about them.
const UNDRAWN_ARROWS: [Sign; 4] = [
    ("<<-->>", "write a message for each direction"),
    ("<<->>", "write a message for each direction"),
    ("--x", "write \"-->>\" and say in the text that it is lost"),
    ("-x", "write \"->>\" and say in the text that it is lost"),
];
/// What names may begin with that the crate takes for a statement.
const CLAIMED_STARTS: [&str; 8] =
    ["box", "autonumber", "sequencediagram", "end ", "boundary ", "control ", "database ", "entity "];

/// Reads a sequence diagram from its first word on, and writes it as the crate draws it.
pub(super) fn read(source: &str, start: usize) -> Result<String, DiagramFault> {
    let statements = statements(source, start + HEADER.len());
    let declared = statements.iter().filter_map(|statement| declared_by(statement.said)).flatten().collect();
    let are_declared = statements.iter().any(|statement| ROLES.contains(&first_word(statement.said).0.as_str()));
    let mut sequence = Sequence { source, declared, are_declared, open: Vec::new(), told: OPENING.to_owned() };
    for statement in &statements {
        sequence.read(statement)?;
    }
    match sequence.open.last() {
        Some((at, _)) => Err(sequence.fault(*at, NEVER_CLOSED)),
        None if sequence.told == OPENING => Err(sequence.fault(start, NOTHING)),
        None => Ok(sequence.told),
    }
}

/// A statement and where it begins, in bytes.
struct Statement<'s> {
    at: usize,
    said: &'s str,
}

/// A message: who sends it, the arrow, who gets it, and its text.
struct Message<'s> {
    from: &'s str,
    /// How the crate is told the arrow.
    arrow: &'static str,
    /// Where the arrow stands in the statement, in bytes.
    arrow_at: usize,
    /// The sign behind the arrow: `+` begins an activation, `-` ends one.
    sign: Option<char>,
    to: &'s str,
    to_at: usize,
    text: &'s str,
}

impl<'s> Message<'s> {
    fn read(said: &'s str) -> Option<Self> {
        let ends = said.split_once(':').map_or(said, |(ends, _)| ends);
        let (arrow_at, (written, arrow)) = first_of(&ARROWS, ends).filter(|(at, _)| !ends[..*at].ends_with("<<"))?;
        let behind = &ends[arrow_at + written.len()..];
        let to = behind.trim_start().trim_start_matches(['+', '-']).trim_start();
        Some(Self {
            from: said[..arrow_at].trim(),
            arrow,
            arrow_at,
            sign: behind.trim_start().chars().next().filter(|sign| matches!(sign, '+' | '-')),
            to: to.trim(),
            to_at: ends.len() - to.len(),
            text: said[ends.len()..].trim_start_matches(':').trim(),
        })
    }
}

struct Sequence<'s> {
    source: &'s str,
    /// The names of those who are declared to take part, or created on the way.
    declared: Vec<&'s str>,
    /// Whether some are declared from the beginning.
    are_declared: bool,
    /// The blocks that are open: where each begins, and its kind.
    open: Vec<(usize, &'static str)>,
    /// What the crate is told.
    told: String,
}

impl<'s> Sequence<'s> {
    fn fault(&self, at: usize, message: impl Into<String>) -> DiagramFault {
        DiagramFault::at(self.source, at, message)
    }

    fn tell(&mut self, line: &str) {
        self.told.push_str(line);
        self.told.push('\n');
    }

    fn read(&mut self, statement: &Statement<'s>) -> Result<(), DiagramFault> {
        let (word, rest) = first_word(statement.said);
        let word = word.as_str();
        // The crate knows no other form of "par".
        let opened = if word == "par_over" { "par" } else { word };
        if let Some(kind) = BLOCKS.into_iter().find(|kind| *kind == opened) {
            self.open.push((statement.at, kind));
            self.tell(format!("{kind} {rest}").trim_end());
        } else if let Some((name, kind)) = DIVIDERS.iter().find(|(name, _)| *name == word) {
            if self.open.last().is_none_or(|(_, open)| open != kind) {
                let message = format!("\"{name}\" divides a block \"{kind}\", and none is open here");
                return Err(self.fault(statement.at, message));
            }
            self.tell(format!("{name} {rest}").trim_end());
        } else if ROLES.contains(&word) {
            self.participant(statement, word, rest)?;
        } else if !UNDRAWN.contains(&word) {
            return self.read_other(statement, word, rest);
        }
        Ok(())
    }

    fn read_other(&mut self, statement: &Statement<'s>, word: &str, rest: &'s str) -> Result<(), DiagramFault> {
        match word {
            "end" if rest.is_empty() => {
                if self.open.pop().is_none() {
                    let message = "\"end\" closes nothing here; remove it, or open a block above it";
                    return Err(self.fault(statement.at, message));
                }
                self.tell("end");
            }
            "create" => self.created(statement, rest)?,
            "activate" | "deactivate" | "destroy" if rest.is_empty() => {
                return Err(self.fault(statement.at, format!("\"{word}\" needs a name: {word} A")));
            }
            "activate" | "deactivate" => self.tell(&format!("{word} {}", name(rest))),
            // The crate draws everybody from the first line to the last.
            "destroy" => {}
            "autonumber" => self.tell(statement.said),
            "note" => self.note(statement, rest)?,
            _ => self.message(statement)?,
        }
        Ok(())
    }

    fn created(&mut self, statement: &Statement<'s>, rest: &'s str) -> Result<(), DiagramFault> {
        match first_word(rest) {
            (role, rest) if ROLES.contains(&role.as_str()) => self.participant(statement, &role, rest),
            _ => Err(self.fault(statement.at, "\"create\" needs a role and a name: create participant A")),
        }
    }

    fn participant(&mut self, statement: &Statement<'s>, role: &str, rest: &'s str) -> Result<(), DiagramFault> {
        let (id, alias) = id_and_alias(rest);
        if id.is_empty() {
            return Err(self.fault(statement.at, format!("\"{role}\" needs a name: {role} A as Name")));
        }
        let shown = alias.map(|alias| format!(" as {alias}")).unwrap_or_default();
        self.tell(&format!("{role} {}{shown}", name(id)));
        Ok(())
    }

    fn note(&mut self, statement: &Statement<'s>, rest: &'s str) -> Result<(), DiagramFault> {
        let Some((position, names, text)) = note_parts(rest) else {
            let message = "this note is not complete; write \"Note over A: text\", \"left of\" or \"right of\"";
            return Err(self.fault(statement.at, message));
        };
        // The crate draws no note without a text.
        if !text.is_empty() {
            self.tell(&format!("Note {position} {}: {text}", names.join(",")));
        }
        Ok(())
    }

    fn message(&mut self, statement: &Statement<'s>) -> Result<(), DiagramFault> {
        let Some(message) = Message::read(statement.said) else { return Err(self.unknown(statement)) };
        if message.from.is_empty() {
            let nobody = "this message comes from nobody; write who sends it before the arrow";
            return Err(self.fault(statement.at, nobody));
        }
        if message.to.is_empty() {
            let nobody = "this message goes to nobody; write who gets it behind the arrow";
            return Err(self.fault(statement.at + message.arrow_at, nobody));
        }
        self.expect_declared(message.from, statement.at)?;
        self.expect_declared(message.to, statement.at + message.to_at)?;
        let (from, to) = (name(message.from), name(message.to));
        let begins = if message.sign == Some('+') { "+" } else { "" };
        let text = if message.text.is_empty() { String::new() } else { format!(": {}", veil::message(message.text)) };
        let _ = writeln!(self.told, "{from}{}{begins}{to}{text}", message.arrow);
        if message.sign == Some('-') {
            self.tell(&format!("deactivate {from}"));
        }
        Ok(())
    }

    /// Where some are declared from the beginning, an unknown name is more likely a slip than somebody new.
    fn expect_declared(&self, name: &str, at: usize) -> Result<(), DiagramFault> {
        if !self.are_declared || self.declared.contains(&name) {
            return Ok(());
        }
        Err(self.fault(at, format!("\"{name}\" is not declared; write \"participant {name}\", or correct the name")))
    }

    /// What is wrong with a statement that is none.
    fn unknown(&self, statement: &Statement<'s>) -> DiagramFault {
        let ends = statement.said.split(':').next().unwrap_or_default();
        if let Some((at, (arrow, remedy))) = first_of(&UNDRAWN_ARROWS, ends) {
            return self.fault(statement.at + at, format!("the arrow \"{arrow}\" is not drawn here; {remedy}"));
        }
        let said = short(statement.said);
        self.fault(statement.at, format!("\"{said}\" is no statement; a message is written like this: A->>B: text"))
    }
}

/// The statements of a source, without its comments.
fn statements(source: &str, start: usize) -> Vec<Statement<'_>> {
    let (mut found, mut at) = (Vec::new(), start);
    for line in source[start..].split_inclusive('\n') {
        let mut said = line.split("%%").next().unwrap_or_default();
        let mut start = at;
        while let Some(end) = end_of_statement(said) {
            push(&mut found, start, &said[..end]);
            start += end + 1;
            said = &said[end + 1..];
        }
        push(&mut found, start, said);
        at += line.len();
    }
    found
}

fn push<'s>(found: &mut Vec<Statement<'s>>, at: usize, said: &'s str) {
    let begin = said.trim_start();
    if !begin.is_empty() && !begin.starts_with('#') {
        found.push(Statement { at: at + said.len() - begin.len(), said: begin.trim_end() });
    }
}

/// The first word of a statement in lower case, and what follows.
fn first_word(said: &str) -> (String, &str) {
    let end = said.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(said.len());
    (said[..end].to_ascii_lowercase(), said[end..].trim())
}

/// The semicolon that ends a statement within a line. One that no statement follows belongs to a text.
fn end_of_statement(said: &str) -> Option<usize> {
    said.match_indices(';').map(|(at, _)| at).find(|at| {
        let behind = said[at + 1..].trim_start();
        behind.is_empty() || begins_statement(behind.split(';').next().unwrap_or_default())
    })
}

fn begins_statement(said: &str) -> bool {
    let (word, rest) = first_word(said);
    match word.as_str() {
        "participant" | "actor" | "activate" | "deactivate" => !rest.is_empty(),
        "end" => rest.is_empty(),
        "note" => note_parts(rest).is_some(),
        _ => Message::read(said).is_some_and(|message| !message.from.is_empty() && !message.text.is_empty()),
    }
}

/// What stands first of some signs in a text, and where.
fn first_of(signs: &[Sign], text: &str) -> Option<(usize, Sign)> {
    let sign_at = |at: usize| signs.iter().copied().find(|(sign, _)| text[at..].starts_with(*sign));
    text.char_indices().find_map(|(at, _)| Some((at, sign_at(at)?)))
}

/// The names that a statement declares: of who takes part, and how it is shown.
fn declared_by(said: &str) -> Option<[&str; 2]> {
    let (role, rest) = first_word(said);
    if role == "create" {
        return declared_by(rest);
    }
    let (id, alias) = id_and_alias(rest);
    ROLES.contains(&role.as_str()).then_some([id, alias.unwrap_or(id)])
}

/// A name, and how it is shown where that differs.
fn id_and_alias(rest: &str) -> (&str, Option<&str>) {
    let lower = rest.to_ascii_lowercase();
    let (id, alias) = match lower.find(" as ") {
        Some(at) => (&rest[..at], Some(rest[at + " as ".len()..].trim()).filter(|alias| !alias.is_empty())),
        None => (rest, None),
    };
    (id.split("@{").next().unwrap_or_default().trim(), alias)
}

/// Where a note stands, the names it stands at, and its text.
fn note_parts(rest: &str) -> Option<(&'static str, Vec<String>, &str)> {
    let (place, text) = rest.split_once(':')?;
    let mut words = place.split_whitespace();
    let first = words.next()?.to_ascii_lowercase();
    let position = match first.as_str() {
        "over" => "over",
        "left" => "left of",
        "right" => "right of",
        _ => return None,
    };
    if position != "over" && !words.next()?.eq_ignore_ascii_case("of") {
        return None;
    }
    let names = words.collect::<Vec<_>>().join(" ");
    let names: Vec<String> = names.split(',').map(str::trim).map(name).collect();
    (!names.iter().any(String::is_empty)).then(|| (position, names, text.trim()))
}

/// A name as the crate is told it.
fn name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match CLAIMED_STARTS.iter().any(|start| lower.starts_with(start)) {
        true => veil::whole(name),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(statements: &str) -> String {
        let told = read(&format!("sequenceDiagram\n{statements}\n"), 0);
        told.unwrap_or_else(|fault| panic!("{fault:?} in {statements}"))[OPENING.len()..].trim_end().to_owned()
    }

    #[test]
    fn what_mermaid_allows_is_allowed() {
        let valid = [
            "participant A\nparticipant B as Bob\nactor C\nA->>B: hi\nB-->>C: there",
            "participant Alice@{ \"type\": \"boundary\" }\nparticipant Bob\nAlice->>Bob: hi",
            "Alice->John: a\nAlice-->John: b\nAlice->>John: c\nAlice-->>John: d\nAlice-)John: e\nAlice--)John: f",
            "my-server->>the data base: a question; and more",
            "A->>B: one; B-->>A: two;",
            "A->>+B: x\nB-->>-A: y\nA ->> + B : z",
            "A->>A: to itself\nA->>B",
            "activate A\ndeactivate A\nautonumber\nautonumber 10 5\nautonumber off",
            "Note left of A: x\nnote right of A: y\nNOTE over A,B: z\nNote over A: ",
            "loop every day\nA->>B: x\nend\nopt\nA->>B: x\nend\nbreak when it fails\nA->>B: x\nend",
            "alt is it\nA->>B: x\nelse it is not\nA->>B: y\nelse\nA->>B: z\nend",
            "par a\nA->>B: x\nand b\nA->>C: y\nend\npar_over c\nA->>B: x\nend",
            "critical a\nA->>B: x\noption b\nA->>B: y\nend",
            "rect rgb(191, 223, 255)\nA->>B: x\nrect transparent\nA->>B: y\nend\nend",
            "box Aqua Group\nparticipant A\nparticipant B\nend\nbox\nactor C\nend\nA->>B: x",
            "A->>B: x\ncreate participant C\nA->>C: y\ncreate actor D as Dee\nC->>D: z\ndestroy C\nC->>A: w",
            "title A title\ntitle: another\nlinks A: {\"x\": \"https://example.org\"}\nlink A: x @ https://example.org\nA->>B: x",
            "%% a comment\nA->>B: x %% another\n# a third\n\n",
            "End user->>control plane: x\ncontrol plane-->>End user: y",
            "A->>B: #quot;x#quot; #35; <br/> {y} [z]",
            "größe->>naïve: é",
        ];
        for source in valid {
            told(source);
        }
    }

    #[test]
    fn statements_are_told_in_the_forms_that_the_crate_knows() {
        assert_eq!(told("A-)+B: x\nB--)-A: y"), "A->>+B: x\nB-->>A: y\ndeactivate B");
        assert_eq!(told("A->>B: one; B->>A: two; or three"), "A->>B: one\nB->>A: two; or three");
        assert_eq!(told("create participant C as Carl\ndestroy C"), "participant C as Carl");
        assert_eq!(told("par_over x\nend\nNOTE  Right  of A :  y"), "par x\nend\nNote right of A: y");
        assert_eq!(told("boxer->>B: a"), format!("{}->>B: a", veil::whole("boxer")));
        assert_eq!(told("End user->>B: a"), format!("{}->>B: a", veil::whole("End user")));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let undeclared = "\"Bop\" is not declared; write \"participant Bop\", or correct the name";
        let cases = [
            (
                "A->>B: x\n  hello world",
                3,
                3,
                "\"hello world\" is no statement; a message is written like this: A->>B: text",
            ),
            ("  ->>B: x", 2, 3, "this message comes from nobody; write who sends it before the arrow"),
            ("  A->>: x", 2, 4, "this message goes to nobody; write who gets it behind the arrow"),
            ("A-xB: x", 2, 2, "the arrow \"-x\" is not drawn here; write \"->>\" and say in the text that it is lost"),
            (
                "A--xB: x",
                2,
                2,
                "the arrow \"--x\" is not drawn here; write \"-->>\" and say in the text that it is lost",
            ),
            ("A<<->>B: x", 2, 2, "the arrow \"<<->>\" is not drawn here; write a message for each direction"),
            ("A<<-->>B: x", 2, 2, "the arrow \"<<-->>\" is not drawn here; write a message for each direction"),
            ("participant Bob\nactor A\n  A->>Bop: x", 4, 7, undeclared),
            ("participant Bob\nactor A\n  Bop->>A: x", 4, 3, undeclared),
            ("participant", 2, 1, "\"participant\" needs a name: participant A as Name"),
            ("create A", 2, 1, "\"create\" needs a role and a name: create participant A"),
            ("create actor", 2, 1, "\"actor\" needs a name: actor A as Name"),
            (" activate", 2, 2, "\"activate\" needs a name: activate A"),
            ("Note A: x", 2, 1, "this note is not complete; write \"Note over A: text\", \"left of\" or \"right of\""),
            (
                "Note over A",
                2,
                1,
                "this note is not complete; write \"Note over A: text\", \"left of\" or \"right of\"",
            ),
            ("loop x\n  A->>B: x", 2, 1, NEVER_CLOSED),
            ("A->>B: x\n  end", 3, 3, "\"end\" closes nothing here; remove it, or open a block above it"),
            ("loop x\n  else y\nend", 3, 3, "\"else\" divides a block \"alt\", and none is open here"),
            ("and x", 2, 1, "\"and\" divides a block \"par\", and none is open here"),
            ("option x", 2, 1, "\"option\" divides a block \"critical\", and none is open here"),
        ];
        for (statements, line, column, message) in cases {
            let fault = read(&format!("sequenceDiagram\n{statements}\n"), 0).expect_err(statements);
            assert_eq!((fault.line, fault.column, &*fault.message), (line, column, message), "{statements}");
        }
    }
}
