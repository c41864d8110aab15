//! Every diagnostic: the exact text and the place that an author is told. What claims rest on has its own in `evidence`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use fieldguide::choose::Situation;

use super::layers::sources;
use super::support::TestSite;

const INDEX: &str = "\
# F

## Research Framework

- **Cost** - what it costs
  - **Price** (number) - in euro
- **Use** - what it is for

## Rating scale

- **Cost**
  - **1** - dear
";

const RAY: &str = "\
# Ray

## Cost

> **Price:** 12[^1]

It has a price.

## Use

For this.

[^1]: The Ray project, *Prices*, <https://example.org/prices>, read 2026-10-01.
";

const TABLE: &str = "name,size,p_ms,q_ms\na,1,0.5,0.25\nb,2,1.5,0\n";
const CHART: &str = "\
# C

```chart
data = \"data/t.csv\"
x = \"size\"
y = \"p_ms\"
title = \"T\"
```
";

/// All that a site tells: place, severity, code, message and help.
fn told_by(site: &TestSite) -> Vec<String> {
    let edition = site.edition();
    let situations = Situation::diagnostics(&edition.site);
    edition.site.diagnostics().into_iter().chain(situations).map(|told| told.to_string()).collect()
}

fn told(files: &[(&str, &str)]) -> Vec<String> {
    told_by(&TestSite::on((2026, 11, 22), files))
}

/// What a folder tells that is prepared by hand.
fn told_of(prepare: impl FnOnce(&Path)) -> Vec<String> {
    told_by(&TestSite::prepared(prepare))
}

#[test]
fn links_say_where_they_lead_nowhere() {
    let b = ("b.md", "# B\n\n## House\n\nA house.\n");
    let cases = [
        (
            "See [b](b.md#hous).",
            "a.md:3:5: error[broken-anchor]: b.md#hous leads to a heading that is not there; did you mean #house?",
        ),
        (
            "See [b](b.md#nowhere-near-it).",
            "a.md:3:5: error[broken-anchor]: b.md#nowhere-near-it leads to a heading that is not there; correct the anchor after the #",
        ),
        ("[b](bb.md)", "a.md:3:1: error[broken-link]: bb.md leads to no file; did you mean b.md?"),
        (
            "[b](nowhere-near-it.md)",
            "a.md:3:1: error[broken-link]: nowhere-near-it.md leads to no file; correct the link or add the file",
        ),
        (
            "Do [not](javascript:alert(1)) follow.",
            "a.md:3:4: error[unsafe-link]: the link's destination is not safe and was removed; link to an http, https or mailto address, or to a file",
        ),
        (
            "---\n\n**Navigation:**\n- [Next: Later →](later.md)",
            "a.md:6:3: note[planned-page]: later.md is planned: the page is not there yet; write the page, or remove the link",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(told(&[("a.md", &format!("# A\n\n{text}\n")), b]), [message]);
    }
}

#[test]
fn an_image_that_is_missing_is_told() {
    assert_eq!(
        told(&[("a.md", "# A\n\nLook:\n![a house](house.png)\n")]),
        ["a.md:4:1: error[missing-image]: the image house.png is not there; add the file or correct the path"]
    );
}

#[test]
fn front_matter_that_cannot_be_read_is_told_in_both_forms() {
    let help = "mend the block between the fences, or remove it: nothing needs front matter";
    let cases = [
        (
            "---\ntitle: A\ndraft: perhaps\n---\n",
            "a.md:3:1: error[front-matter]: front matter cannot be read: draft: invalid type: string \"perhaps\", expected a boolean at line 2 column 8",
        ),
        (
            "+++\ntitle = \"A\"\ndraft = \"perhaps\"\n+++\n",
            "a.md:3:1: error[front-matter]: front matter cannot be read: invalid type: string \"perhaps\", expected a boolean",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(told(&[("a.md", &format!("{text}# A\n"))]), [format!("{message}; {help}")]);
    }
}

#[test]
fn a_site_file_that_cannot_be_read_is_told() {
    let known =
        "known keys are title, description, base_url, edit_link, source_max_age_months, categories and synonyms";
    let cases = [
        (
            "title = \"T\"\ntitel = \"T\"\n",
            "site.toml:2:1: error[site-file]: the site file cannot be read: unknown field `titel`, expected one of `title`, `description`, `base_url`, `edit_link`, `source_max_age_months`, `categories`, `synonyms`",
        ),
        (
            "title = 3\n",
            "site.toml:1:9: error[site-file]: the site file cannot be read: invalid type: integer `3`, expected a string",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(told(&[("site.toml", text)]), [format!("{message}; {known}")]);
    }
    let save = "save it as UTF-8 text of at most 8 MB";
    assert_eq!(
        told_of(|folder| fs::write(folder.join("site.toml"), b"title = \"Z\xfcrich\"\n").expect("written")),
        [format!(
            "site.toml:1:1: error[site-file]: the site file cannot be read: invalid utf-8 sequence of 1 bytes from index 10; {save}"
        )]
    );
    assert_eq!(
        told_of(|folder| sparse(&folder.join("site.toml"), 9 << 20)),
        [format!("site.toml:1:1: error[site-file]: the site file cannot be read: the file is too large; {save}")]
    );
}

#[test]
fn files_that_cannot_be_shown_are_told() {
    let told = told_of(|folder| {
        fs::write(folder.join("latin.md"), b"# L\n\nZ\xfcrich\n").expect("written");
        sparse(&folder.join("large.md"), 9 << 20);
        sparse(&folder.join("vast.pdf"), 33 << 20);
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.md")).status().expect("mkfifo runs");
        assert!(made.success());
        fs::write(folder.join(OsStr::from_bytes(b"z\xfcrich.md")), "# Z\n").expect("written");
    });
    let expected = [
        "large.md:1:1: error[too-large]: the file is larger than 8 MB and is not read; split it into smaller files",
        "latin.md:3:2: error[not-utf-8]: the file is not UTF-8; save it as UTF-8; the byte named here is the first that is not",
        "pipe.md:1:1: error[unreadable]: this is not a regular file; remove it or replace it by a file",
        "vast.pdf:1:1: error[too-large]: the file is larger than 32 MB and is not read; split it into smaller files",
        "z\u{fffd}rich.md:1:1: error[file-name]: the file's name is not UTF-8; rename the file",
    ];
    assert_eq!(told, expected);
}

/// A path can be too long to be opened, although each of its names is not: for root, too, nothing else is unreadable.
#[test]
fn what_cannot_be_opened_is_told() {
    let (name, deep, file) = ("d".repeat(250), "s".repeat(250), format!("{}.md", "f".repeat(250)));
    let mut inside = String::new();
    let told = told_of(|folder| {
        let root = folder.canonicalize().expect("a folder");
        let levels = (4_095 - root.as_os_str().len()) / (name.len() + 1);
        inside = vec![name.as_str(); levels].join("/");
        fs::create_dir_all(root.join(&inside)).expect("made");
        for (command, made) in [("touch", &file), ("mkdir", &deep)] {
            let made = std::process::Command::new(command).arg(made).current_dir(root.join(&inside)).status();
            assert!(made.expect("the command runs").success());
        }
    });
    let expected = [
        format!(
            "{inside}/{file}:1:1: error[unreadable]: the file cannot be read: File name too long (os error 36); check its permissions"
        ),
        format!(
            "{inside}/{deep}:1:1: error[unreadable]: the folder cannot be listed: File name too long (os error 36); check its permissions"
        ),
    ];
    assert_eq!(told, expected);
}

#[test]
fn symbolic_links_that_are_not_followed_are_told() {
    let told = told_of(|folder| {
        fs::create_dir(folder.join("sub")).expect("made");
        fs::write(folder.parent().expect("lies in the test's folder").join("secret.md"), "# S\n").expect("written");
        symlink("../secret.md", folder.join("outside.md")).expect("linked");
        symlink("nowhere.md", folder.join("dangling.md")).expect("linked");
        symlink("..", folder.join("sub/up")).expect("linked");
    });
    let expected = [
        "dangling.md:1:1: error[link]: the symbolic link leads nowhere: No such file or directory (os error 2); mend the link or remove it",
        "outside.md:1:1: error[link-outside]: the symbolic link leads out of the content folder; copy the file into the content folder",
        "sub/up:1:1: error[link-loop]: the folder was listed already; a symbolic link leads back to it; remove the link: the folder is served at its own place",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_a_category_declares_and_a_framework_states_is_told() {
    let cases = [
        (
            ("f/ray.md", RAY, "> **Price:** 12[^1]\n", "> **Price:** 12[^1]\n> **Price:** 13[^1]\n"),
            "f/ray.md:6:3: warning[fact-twice]: \"Price\" is stated twice; the first value holds; remove one of the two",
        ),
        (
            ("f/index.md", INDEX, "- **Use** - what it is for\n", "- **Use** - what it is for\n- **Cost** - again\n"),
            "f/index.md:8:3: error[criterion-twice]: the criterion \"Cost\" is declared twice; the first holds; remove one of the two",
        ),
        (
            ("f/index.md", INDEX, "(number)", "(money)"),
            "f/index.md:6:5: warning[fact-kind]: \"money\" is not a kind of fact; use text, number, duration, size, rate, version, date, yes/no or list",
        ),
        (
            ("f/index.md", INDEX, "- **Cost**\n  - **1** - dear", "- **Weight**\n  - **1** - heavy"),
            "f/index.md:11:3: warning[scale]: the scale is for \"Weight\", which is no criterion; name a declared criterion",
        ),
        (
            ("f/ray.md", RAY, "For this.", "> **Rating:** 4/5 - it fits\n\nFor this."),
            "f/index.md:7:3: note[no-scale]: ratings of \"Use\" have no published scale; say what 1, 3 and 5 mean under the heading \"Rating scale\"",
        ),
        (
            ("f/ray.md", RAY, "> **Price:** 12[^1]\n", "> **Price:** 12[^1]\n> **Shade of its box:** red[^1]\n"),
            "f/ray.md:6:3: warning[fact-undeclared]: \"Shade of its box\" is not a declared fact of Cost; declare it in the category's criteria, or move it into the text",
        ),
    ];
    assert_eq!(told(&[("f/index.md", INDEX), ("f/ray.md", RAY)]), Vec::<String>::new());
    for ((path, text, from, to), message) in cases {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        let mut files = vec![("f/index.md", INDEX), ("f/ray.md", RAY)];
        files.retain(|(known, _)| *known != path);
        files.push((path, &changed));
        assert_eq!(told(&files), [message]);
    }
}

#[test]
fn a_gap_beside_the_frameworks_is_told() {
    let index = format!("{INDEX}\n## Additional Frameworks\n\n[To be added based on research findings]\n");
    assert_eq!(
        told(&[("f/index.md", &index), ("f/ray.md", RAY)]),
        ["f/index.md:14:1: note[gap]: \"Additional Frameworks\" is not researched yet; replace the placeholder"]
    );
}

#[test]
fn a_fact_that_is_not_of_its_kind_is_told_with_an_example_of_that_kind() {
    let kinds = [
        ("number", "a number", "12"),
        ("duration", "a duration", "250 ms"),
        ("size", "a size", "64 MiB"),
        ("rate", "a rate", "100 tasks/s"),
        ("version", "a version", "1.4.2"),
        ("date", "a date", "2024-05-31"),
        ("yes/no", "yes/no", "Yes, Partial or No"),
    ];
    let ray = RAY.replace("> **Price:** 12[^1]", "> **Price:** often[^1]");
    for (kind, shown, example) in kinds {
        let index = INDEX.replace("(number)", &format!("({kind})"));
        assert_eq!(
            told(&[("f/index.md", &index), ("f/ray.md", &ray)]),
            [format!(
                "f/ray.md:5:3: warning[fact-kind]: \"often\" is not {shown}, as Price has to be; write it like {example}; what qualifies it may follow"
            )]
        );
    }
    for kind in ["text", "list"] {
        let index = INDEX.replace("(number)", &format!("({kind})"));
        assert_eq!(told(&[("f/index.md", &index), ("f/ray.md", &ray)]), [""; 0], "any words are {kind}");
    }
}

#[test]
fn what_a_situation_asks_in_vain_is_told() {
    let weights = "write declared criteria with numbers from 0 to 10: `Performance 5, Scalability 3`";
    let must = "write a declared fact and what it has to be, more of them after a semicolon: `GPU scheduling: yes; Round trip < 5 ms`";
    let many = (1..=25).map(|n| format!("Price < {n}")).collect::<Vec<_>>().join("; ");
    let many = format!("> **Must:** {many}");
    let cases = [
        ("> **Weights:** Charm 3", "There is no criterion \"Charm\" to weigh", weights),
        ("> **Weights:** Cost 11", "\"11\" is no weight from 0 to 10", weights),
        ("> **Weights:** Cost 3, Cost 5", "Cost weighs 3 already; \"5\" was ignored", weights),
        ("> **Weights:** Cost", "\"Cost\" is no weight; write a criterion and a number", weights),
        ("> **Must:** Colour: red", "\"Colour: red\" is no must-have that can be checked here", must),
        (&many, "There are 24 must-haves already; \"Price < 25\" was ignored", must),
    ];
    for (line, message, help) in cases {
        let index = format!("{INDEX}\n## Situations\n\n### A race\n\n{line}\n\nIt has to be fast.\n");
        assert_eq!(
            told(&[("f/index.md", &index), ("f/ray.md", RAY)]),
            [format!("f/index.md:18:3: warning[situation]: {message}; {help}")]
        );
    }
}

#[test]
fn tables_that_are_not_whole_are_told() {
    let wide = (0..201).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    let long = format!("a\n{}", "1\n".repeat(100_001));
    let cases = [
        ("", "1:1: error[data-header]: the file has no header; name the columns in its first line"),
        ("a,,b\n", "1:3: error[data-header]: a column has no name; name every column"),
        ("a,b,a\n", "1:5: error[data-header]: the column \"a\" is there twice; rename one of the two"),
        (&wide, "1:891: error[data-header]: only the first 200 columns are read; split the file"),
        (&long, "1:1: error[data-rows]: only the first 100000 rows are read; split the file"),
        (
            "a,b\n1,2\n1,2,3\n",
            "3:5: error[data-cells]: the row has 3 cells, the header has 2; give every row one cell a column",
        ),
        (
            "a,b\n1,2\n\"1,2\n3,4\n",
            "3:1: error[data-quote]: a quote is opened and never closed; close it where its cell ends",
        ),
        (
            "a\n@SUM(1)\n",
            "2:1: warning[data-formula]: the cell \"@SUM(1)\" is a formula to a spreadsheet; store the value, not the formula",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(told(&[("data/t.csv", text)]), [format!("data/t.csv:{message}")]);
    }
}

#[test]
fn data_files_that_are_not_what_they_should_be_are_told() {
    let cases = [
        (
            "environment.json",
            "{\n  \"cpu\": }",
            "2:10: error[data-json]: the file is not JSON: expected value at line 2 column 10; write one object of names and values",
        ),
        (
            "environment.json",
            "3",
            "1:1: error[data-json]: the file is not a JSON object; write one object of names and values",
        ),
        (
            "examples.json",
            "[]",
            "1:1: error[data-json]: the runs of examples cannot be read: invalid type: sequence, expected a map at line 1 column 0; let the lab write the file again",
        ),
    ];
    for (name, text, message) in cases {
        let path = format!("data/{name}");
        assert_eq!(told(&[(path.as_str(), text)]), [format!("{path}:{message}")]);
    }
    let told = told_of(|folder| {
        fs::create_dir(folder.join("data")).expect("made");
        fs::write(folder.join("data/latin.csv"), b"name\nZ\xfcrich\n").expect("written");
        sparse(&folder.join("data/large.csv"), 9 << 20);
    });
    let expected = [
        "data/large.csv:1:1: error[too-large]: the file is larger than 8 MB and is not read; split it into smaller files",
        "data/latin.csv:2:2: error[not-utf-8]: the file is not UTF-8; save it as UTF-8",
    ];
    assert_eq!(told, expected);
}

#[test]
fn charts_that_cannot_be_drawn_say_why_at_the_place_that_is_to_blame() {
    let help = "needed are data, x, y and title; the others are series, kind, scale, x_scale, unit, low, high, where, order and caption";
    let of_rows = |rows: usize, name: &str| {
        let rows: String = (0..rows).map(|n| format!("{name}{n},{n},1,1\n")).collect();
        format!("name,size,p_ms,q_ms\n{rows}")
    };
    let cases = [
        ("series = \"name\"", of_rows(13, "s"), "8:10", "13 series are more than can be told apart; 12 fit"),
        ("", of_rows(2_001, "s"), "4:8", "2001 points are too many; 2000 fit"),
        ("kind = \"bar\"", of_rows(61, "s"), "5:5", "61 places along x are too many; 60 fit"),
        ("unit = \"parsec\"", TABLE.to_owned(), "8:8", "\"parsec\" is not a unit of p_ms"),
        (
            "low = \"q_ms\"\nhigh = \"p_ms\"\nscale = \"log\"",
            TABLE.to_owned(),
            "10:9",
            "a log scale takes positive values only",
        ),
        ("x_scale = \"log\"", TABLE.replace("a,1", "a,0"), "8:11", "a log scale takes positive values only"),
        ("low = \"q_ms\"", TABLE.to_owned(), "8:1", "a range needs \"high\" too"),
        ("high = \"q_ms\"", TABLE.to_owned(), "8:1", "a range needs \"low\" too"),
        (
            "low = \"r_ms\"\nhigh = \"p_ms\"",
            TABLE.to_owned(),
            "8:7",
            "data/t.csv has no column \"r_ms\"; did you mean \"p_ms\"?",
        ),
        ("low = \"p_ms\"\nhigh = \"most\"", TABLE.to_owned(), "9:8", "data/t.csv has no column \"most\""),
        ("series = \"names\"", TABLE.to_owned(), "8:10", "data/t.csv has no column \"names\"; did you mean \"name\"?"),
        ("where = { colour = \"red\" }", TABLE.to_owned(), "8:11", "data/t.csv has no column \"colour\""),
        ("where = { size = 3 }", TABLE.to_owned(), "8:9", "no row of data/t.csv is left to draw"),
        ("series = 3", TABLE.to_owned(), "8:10", "invalid type: integer `3`, expected a string"),
    ];
    for (line, table, at, message) in cases {
        let chart = CHART.replace("title = \"T\"\n", &format!("title = \"T\"\n{line}\n"));
        assert_eq!(
            told(&[("c.md", &chart), ("data/t.csv", &table)]),
            [format!("c.md:{at}: error[chart]: the chart cannot be drawn: {message}; {help}")]
        );
    }
    let unknown = CHART.replace("title", "colour = 1\ntitle");
    assert_eq!(
        told(&[("c.md", &unknown), ("data/t.csv", TABLE)]),
        [format!(
            "c.md:7:1: error[chart]: the chart cannot be drawn: unknown field `colour`, expected one of `data`, `kind`, `x`, `y`, `series`, `low`, `high`, `scale`, `x_scale`, `unit`, `title`, `caption`, `where`, `order`; {help}"
        )]
    );
    let in_a_list = "# C\n\n- A chart:\n\n  ```chart\n  data = \"data/t.csv\"\n  x = 3\n  ```\n";
    assert_eq!(
        told(&[("c.md", in_a_list), ("data/t.csv", TABLE)]),
        [format!(
            "c.md:7:7: error[chart]: the chart cannot be drawn: invalid type: integer `3`, expected a string; {help}"
        )]
    );
}

#[test]
fn flowcharts_that_cannot_be_drawn_are_told() {
    let cases = [
        ("  A --> B\n  C[Start --> D", "6:4", "\"[\" is never closed; write \"]\" behind its text"),
        ("  A[Start --> B", "5:4", "\"[\" is never closed; write \"]\" behind its text"),
        ("  A([Start) --> B", "5:11", "\"[\" is closed by \")\"; close it by \"]\""),
        ("  A[\"Start] --> B", "5:5", "this quote is never closed; write another \" behind its text"),
        ("  A -->", "5:5", "this arrow leads nowhere; write the node it leads to behind it"),
        ("  --> B", "5:3", "this arrow comes from nowhere; write the node it comes from before it"),
        ("  A -- text B", "5:5", "this arrow has no end; write \"-- text -->\""),
        ("  A -->|text B", "5:8", "the text of this arrow is never closed; write \"|\" behind it"),
        ("  A -> B", "5:5", "\"->\" cannot stand here; between two nodes stands an arrow such as -->"),
        ("  A --> [B]", "5:9", "\"[B]\" cannot stand here; a node begins with its name: A[Text]"),
        ("  subgraph x\n  A --> B", "5:3", "this block is never closed; write \"end\" in a line below it"),
        ("  A --> B\n  end", "6:3", "\"end\" closes nothing here; remove it, or open a \"subgraph\" above it"),
        ("  direction up\n  A --> B", "5:13", "\"up\" is no direction; write TB, TD, BT, LR or RL"),
        ("  A --> B\n  accDescr {\n    text", "6:1", "this description is never closed; write \"}\" behind it"),
        ("", "4:1", "there is nothing to draw; write what it shows below this line"),
    ];
    for (lines, at, message) in cases {
        assert_eq!(told_by_diagram(&format!("flowchart LR\n{lines}")), [diagram_fault(at, message)]);
    }
}

#[test]
fn sequence_diagrams_that_cannot_be_drawn_are_told() {
    let note = "this note is not complete; write \"Note over A: text\", \"left of\" or \"right of\"";
    let cases = [
        (
            "  A->>B: x\n  hello world",
            "6:3",
            "\"hello world\" is no statement; a message is written like this: A->>B: text",
        ),
        ("  ->>B: x", "5:3", "this message comes from nobody; write who sends it before the arrow"),
        ("  A->>: x", "5:4", "this message goes to nobody; write who gets it behind the arrow"),
        ("  A-xB: x", "5:4", "the arrow \"-x\" is not drawn here; write \"->>\" and say in the text that it is lost"),
        ("  A<<->>B: x", "5:4", "the arrow \"<<->>\" is not drawn here; write a message for each direction"),
        (
            "  participant A\n  participant Bob\n  A->>Bop: x",
            "7:7",
            "\"Bop\" is not declared; write \"participant Bop\", or correct the name",
        ),
        ("  actor", "5:3", "\"actor\" needs a name: actor A as Name"),
        ("  create A", "5:3", "\"create\" needs a role and a name: create participant A"),
        ("  activate", "5:3", "\"activate\" needs a name: activate A"),
        ("  Note A: x", "5:3", note),
        ("  loop x\n  A->>B: x", "5:3", "this block is never closed; write \"end\" in a line below it"),
        ("  A->>B: x\n  end", "6:3", "\"end\" closes nothing here; remove it, or open a block above it"),
        ("  loop x\n  else y\n  end", "6:3", "\"else\" divides a block \"alt\", and none is open here"),
        ("", "4:1", "there is nothing to draw; write what it shows below this line"),
    ];
    for (lines, at, message) in cases {
        assert_eq!(told_by_diagram(&format!("sequenceDiagram\n{lines}")), [diagram_fault(at, message)]);
    }
}

#[test]
fn diagrams_of_any_kind_that_cannot_be_drawn_are_told() {
    let long = format!("flowchart LR{}", "\n  A --> B".repeat(300));
    let cases = [
        (
            "%%{init: {}}%%\nflowchart LR\n  A --> B",
            "4:1",
            "directives are not supported: the site decides how diagrams look; remove this line",
        ),
        (&long, "4:1", "it is longer than 300 lines or 20 kB; divide it into several"),
        (
            "%% why\nhello world",
            "5:1",
            "\"hello\" is no kind of diagram; begin with \"flowchart LR\", \"sequenceDiagram\" or another kind of Mermaid",
        ),
        ("", "4:1", "it is empty; begin with \"flowchart LR\", \"sequenceDiagram\" or another kind of Mermaid"),
        ("classDiagram\n  A <|-- B\n  --> C", "6:3", "\"-->\" stands where there should be: node identifier"),
        ("block-beta\n  block:one\n  a", "5:3", "this block is never closed; write \"end\" in a line below it"),
    ];
    for (source, at, message) in cases {
        assert_eq!(told_by_diagram(source), [diagram_fault(at, message)]);
    }
    let in_a_list = "# D\n\n- A diagram:\n\n  ```mermaid\n  flowchart LR\n  A -->\n  ```\n";
    let message = "this arrow leads nowhere; write the node it leads to behind it";
    assert_eq!(told(&[("d.md", in_a_list)]), [diagram_fault("7:5", message)]);
}

fn told_by_diagram(source: &str) -> Vec<String> {
    told(&[("d.md", &format!("# D\n\n```mermaid\n{source}\n```\n"))])
}

fn diagram_fault(at: &str, message: &str) -> String {
    let help = "correct the diagram; its source is shown until then";
    format!("d.md:{at}: error[diagram]: the diagram cannot be drawn: {message}; {help}")
}

#[test]
fn a_figure_far_from_any_name_is_told_what_there_is() {
    let cases = [
        ("a.weight", "data/t.csv has no column \"weight\"; its columns are name, size, p_ms, q_ms"),
        ("nobody.p_ms", "data/t.csv has no row \"nobody\"; name a row by its key"),
    ];
    for (place, message) in cases {
        let text = format!("# A\n\nIt takes [0.5 ms](data/t.csv#{place}).\n");
        assert_eq!(told(&[("a.md", &text), ("data/t.csv", TABLE)]), [format!("a.md:3:10: error[figure]: {message}")]);
    }
}

#[test]
fn notes_are_folded_at_the_foot_of_the_page_while_live_reload_is_on() {
    let ray = RAY.replace("> **Price:** 12[^1]", "> **Price:** 12").replace("a price.", "a price.[^1]");
    let ray = ray.replace("For this.", "[To be completed]");
    let files = [("f/index.md", INDEX), ("f/ray.md", &ray)];
    let site = TestSite::live(&files);
    let page = site.page("/f/ray/");
    assert_eq!(page.texts(".author-notes li code"), ["f/ray.md:5:3", "f/ray.md:9:1"]);
    assert_eq!(page.text(".author-notes summary"), "2 notes on this page, for its authors");
    assert_eq!(page.count("footer .author-notes:not([open])"), 1, "they are folded");
    assert_eq!(page.count("#diagnostics[hidden]"), 1, "nothing is wrong");
    let told: Vec<_> = told_by(&site).iter().filter_map(|told| Some(told.split_once(": ")?.0.to_owned())).collect();
    assert_eq!(page.texts(".author-notes li code"), told, "what is checked is what is shown");
    assert_eq!(site.page("/f/").count(".author-notes"), 0, "there is nothing to note");
    assert_eq!(TestSite::of(&files).page("/f/ray/").count(".author-notes"), 0, "readers are told nothing");
}

#[test]
fn no_diagnostic_is_without_a_test_of_its_text() {
    let codes = codes();
    for one in ["gap", "chart", "figure", "file-name", "data-rows", "missing-source", "situation", "not-parsed"] {
        assert!(codes.contains(one), "each way of telling is found: {one} is not in {codes:?}");
    }
    let tests = tests().concat();
    let untold: Vec<_> = codes.iter().filter(|code| !tests.contains(&format!("[{code}]: "))).collect();
    assert_eq!(untold, Vec::<&String>::new(), "add what an author is told, with its place, to this file");
}

/// The layers that tell authors what is wrong.
const TELLING: [&str; 5] = ["chart", "choose", "content", "edition", "site"];
/// Sentences of those layers that are for others than authors: readers of charts, the log, and what marks a gap.
const FOR_OTHERS: [&str; 5] = [
    "{form} of {} by {} for {}; from {} to {}. The same values stand in the table below.",
    "site put together",
    "index brought up to date",
    "to be completed",
    "to be added",
];

/// Counts sentences, since several may share a code. The parts of one that are filled in may be anything.
#[test]
fn no_sentence_that_an_author_is_told_is_without_a_test() {
    let tests: Vec<String> = tests().iter().flat_map(|text| literals(text)).map(|(_, literal)| literal).collect();
    let is_tested = |sentence: &str| {
        let parts: Vec<&str> = sentence.split(['{', '}']).step_by(2).filter(|part| part.trim().len() > 3).collect();
        tests.iter().any(|test| parts.iter().all(|part| test.contains(part)))
    };
    let mut sentences = 0;
    let mut untested = Vec::new();
    for (file, text) in sources() {
        let layer = file.components().next().expect("a path has a part").as_os_str().to_string_lossy().into_owned();
        let own = text.split("#[cfg(test)]").next().unwrap_or_default();
        if !TELLING.contains(&layer.as_str()) || !["Diagnostic", "Fault", "note("].iter().any(|sign| own.contains(sign))
        {
            continue;
        }
        for (at, sentence) in literals(own) {
            let is_for_us = own[..at].ends_with("expect(") || own[..at].ends_with("reason = ");
            let is_html = sentence.starts_with('<') || sentence.contains("</");
            if sentence.matches(' ').count() < 2 || is_for_us || is_html || FOR_OTHERS.contains(&sentence.as_str()) {
                continue;
            }
            sentences += 1;
            if !is_tested(&sentence) {
                untested.push(format!("{}: {sentence}", file.display()));
            }
        }
    }
    assert!(sentences > 150, "the sentences are found: {sentences}");
    assert_eq!(untested, [""; 0], "add what an author is told, with its place, to this file");
}

/// The tests of the suite, and those beside the source.
fn tests() -> Vec<String> {
    let suite = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite")).expect("the suite").flatten();
    let suite = suite.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    let beside = sources().into_iter().filter_map(|(_, text)| Some(text.split_once("#[cfg(test)]")?.1.to_owned()));
    suite.chain(beside).collect()
}

/// The texts in quotes of a source, with the places where they begin. Comments and the quote as a letter are none.
fn literals(source: &str) -> Vec<(usize, String)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = source[at..].find(['"', '/', '\'']).map(|next| at + next) {
        let rest = &source[next..];
        at = next + 1;
        if rest.starts_with("//") {
            at = next + rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("'\"'") {
            at = next + 3;
        } else if let Some(told) = rest.strip_prefix('"') {
            let (literal, length) = unescaped(told);
            found.push((next, literal));
            at = next + 1 + length;
        }
    }
    found
}

/// What a text in quotes says, and how long it is in the source, with the quote that ends it.
fn unescaped(rest: &str) -> (String, usize) {
    let (mut said, mut chars) = (String::new(), rest.char_indices());
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (said, at + 1),
            '\\' => match chars.next() {
                Some((_, 'n')) => said.push('\n'),
                // A line that goes on below: its break and the blanks that follow are not said.
                Some((end, '\n')) => {
                    let below = rest[end..].trim_start();
                    let (more, length) = unescaped(below);
                    return (said + &more, rest.len() - below.len() + length);
                }
                Some((_, escaped)) => said.push(escaped),
                None => break,
            },
            _ => said.push(c),
        }
    }
    (said, rest.len())
}

/// The names of all diagnostics, from the calls in the source that make them.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (file, text) in sources() {
        let own = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["Diagnostic::new(", "report("] {
            let calls = own.match_indices(call).map(|(at, _)| &own[at + call.len()..]);
            codes.extend(calls.filter_map(|rest| literal(rest.split(';').next()?)));
        }
        codes.extend(own.match_indices("code: \"").filter_map(|(at, _)| literal(&own[at..])));
        if file == Path::new("diagnostics.rs") {
            codes.extend(own.match_indices("pub const ").filter_map(|(at, _)| literal(&own[at..])));
        }
    }
    codes
}

/// The first text in quotes, where it can be the name of a diagnostic.
fn literal(text: &str) -> Option<String> {
    let name = text.split('"').nth(1)?;
    let is_code = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    is_code.then(|| name.to_owned())
}

/// A file of so many bytes that takes no room.
fn sparse(path: &Path, bytes: u64) {
    fs::File::create(path).and_then(|file| file.set_len(bytes)).expect("a sparse file");
}
