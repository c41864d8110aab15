//! The comparison: what a query selects, which rows the grid has and what differs, and its exports.
use std::collections::BTreeMap;
use std::sync::Arc;

use fieldguide::content::metadata::FactKind;
use fieldguide::content::sections::{Body, Document};
use fieldguide::content::site_file::SiteFile;
use fieldguide::content::template::Part;
use fieldguide::ids::DocPath;
use fieldguide::matrix::{
    Bound, Cell, CellState, Layout, Line, Matrix, MustHave, Row, RowKey, RowKind, Selection, Sort, SortKey, Standing,
    Step, Test, beginnings,
};
use fieldguide::site::{Input, Site};
use proptest::prelude::*;

const INDEX: &str = "\
# Distributed computing

## Research Framework

- **Architecture** - How work is organised
  - **Scheduler** - who decides where a task runs
  - **Task overhead** (duration) - what one empty task costs
- **Performance** - What it reaches
  - **Throughput** (rate) - tasks in a second
  - **Memory** (size)
  - **Since** (date)
  - **Version** (version)
  - **Autoscaling** (yes/no)
- **Name** - What it is called
";

const RAY: &str = "\
# Ray

## Architecture

> **Rating:** 4/5 - decentralised
> **Scheduler:** distributed, bottom-up[^osdi]
> **Task overhead:** about 200 us a task
> **Object store:** shared memory

Tasks and actors | on one runtime.

More on it.

## Performance

> **Throughput:** 10k tasks/s
> **Memory:** 512 MB
> **Since:** May 2017
> **Version:** 2.10.1
> **Autoscaling:** Yes, since 1.0

It is fast.

## Name

[To be completed]

[^osdi]: Moritz et al., [Ray](https://example.org/osdi), read on 2 May 2024.
";

const DASK: &str = "\
# Dask

## Architecture

> **Rating:** 5/5
> **Scheduler:** Not applicable
> **Task overhead:** 0.61 ms
> **Object  Store:** [To be completed]

=SUM(1)

## Performance

> **Throughput:** 1,200 tasks/s
> **Memory:** 64 MiB
> **Since:** 2015
> **Version:** 2.9.1
> **Autoscaling:** no

It is  fast.

## Name

[To be completed]
";

const SPARK: &str = "\
# Apache Spark with PySpark

## Architecture

> **Scheduler:** No, only pools

## Performance

[To be completed]

## Name

[To be completed]
";

fn site(files: &[(&str, &str)]) -> Site {
    let documents: BTreeMap<_, _> = files
        .iter()
        .map(|(path, text)| (DocPath::new(path), Arc::new(Document::read(DocPath::new(path), (*text).to_owned()))))
        .collect();
    Site::build(Input { documents, ..Input::default() })
}

fn folder() -> Site {
    site(&[
        ("computing/index.md", &format!("{INDEX}\n[Ray](ray.md), [Dask](dask.md), [Spark](spark.md)\n")),
        ("computing/ray.md", RAY),
        ("computing/dask.md", DASK),
        ("computing/spark.md", SPARK),
    ])
}

/// The same category in one file, with every heading one level down.
fn one_file() -> Site {
    let frameworks = [RAY, DASK, SPARK].map(|text| text.replace("\n#", "\n##").replacen('#', "##", 1));
    site(&[("computing.md", &format!("{INDEX}\n{}", frameworks.join("\n")))])
}

fn read(site: &Site, query: &str) -> Selection {
    Selection::from_pairs(site, &site.categories[0], form_urlencoded::parse(query.as_bytes()))
}

fn build<'s>(site: &'s Site, query: &str) -> Matrix<'s> {
    Matrix::build(site, &site.categories[0], &read(site, query))
}

fn json(site: &Site, query: &str) -> serde_json::Value {
    build(site, query).to_json(&read(site, query))
}

fn markdown(site: &Site, query: &str) -> String {
    build(site, query).to_markdown(&read(site, query))
}

fn canonical(site: &Site, query: &str) -> String {
    read(site, query).to_query(&site.categories[0])
}

fn columns(site: &Site, query: &str) -> Vec<usize> {
    build(site, query).columns.iter().map(|column| column.framework).collect()
}

fn row<'m, 's>(matrix: &'m Matrix<'s>, name: &str) -> &'m Row<'s> {
    let mut rows = matrix.groups.iter().flat_map(|group| &group.rows);
    rows.find(|row| row.kind.name() == name).expect("the row is there")
}

fn names<'s>(matrix: &Matrix<'s>, group: usize) -> Vec<&'s str> {
    matrix.groups[group].rows.iter().map(|row| row.kind.name()).collect()
}

fn states(row: &Row) -> Vec<CellState> {
    row.cells.iter().map(Cell::state).collect()
}

#[test]
fn an_empty_query_selects_everything_and_is_written_as_nothing() {
    let site = folder();
    let selection = read(&site, "");
    assert_eq!((selection.frameworks.as_slice(), selection.criteria.as_slice()), (&[0, 1, 2][..], &[0, 1, 2][..]));
    assert_eq!(selection, Selection::all(&site.categories[0]));
    assert_eq!(canonical(&site, "f=ray,dask,spark&c=name,performance,architecture&utm_source=x"), "");
}

#[test]
fn commas_and_repeated_keys_select_the_same() {
    let site = folder();
    for query in ["f=dask,ray&c=architecture", "f=dask&c=architecture&f=ray", "f=dask%2Cray%2C,dask&c=,architecture&f="]
    {
        assert_eq!(canonical(&site, query), "f=dask,ray&c=architecture", "{query}");
        assert_eq!(read(&site, query).notes, [""; 0], "{query}");
    }
}

#[test]
fn a_framework_answers_to_its_slug_its_title_and_a_word_of_its_own() {
    let site = folder();
    for query in ["f=spark", "f=apache-spark-with-pyspark", "f=Apache+Spark+with+PySpark", "f=pyspark"] {
        let site = if query == "f=spark" { &site } else { &one_file() };
        assert_eq!(read(site, query).frameworks, [2], "{query}");
    }
}

#[test]
fn a_framework_whose_name_is_not_ascii_can_be_selected() {
    let site = site(&[
        ("c/index.md", "# C\n\n## Research Framework\n\n- **A**\n- **B**\n"),
        ("c/über.md", "# Über\n\n## A\n\n## B\n"),
        ("c/ray.md", "# Ray\n\n## A\n\n## B\n"),
    ]);
    let selection = read(&site, "f=über");
    assert_eq!((selection.frameworks.len(), selection.notes.len()), (1, 0));
    assert_eq!(selection.to_query(&site.categories[0]), "f=%C3%BCber");
    assert_eq!(read(&site, "f=%C3%BCber"), selection);
}

#[test]
fn what_a_query_cannot_have_is_left_out_and_noted() {
    let site = folder();
    let query = "f=ray,foo&c=bar,performance&sort=-price&only=gaps&sort=architecture.colour";
    let selection = read(&site, query);
    assert_eq!(selection.to_query(&site.categories[0]), "f=ray&c=performance");
    assert_eq!(
        selection.notes,
        [
            "There is no framework \"foo\" here.",
            "There is no criterion \"bar\" here.",
            "The columns cannot be sorted by \"-price\".",
            "Only \"differences\" and \"measured\" can be shown alone, not \"gaps\".",
            "The columns cannot be sorted by \"architecture.colour\".",
        ]
    );
}

#[test]
fn nothing_but_unknown_names_selects_everything() {
    let site = folder();
    let selection = read(&site, "f=foo&c=bar");
    assert_eq!((selection.frameworks.len(), selection.criteria.len(), selection.notes.len()), (3, 3, 2));
}

#[test]
fn a_hostile_query_gets_few_and_short_notes() {
    let site = folder();
    let long = "x".repeat(10_000);
    let many: Vec<String> = (0..1000).map(|number| format!("f={number}\u{7}{long}")).collect();
    let notes = read(&site, &many.join("&")).notes;
    assert_eq!(notes.len(), 6);
    assert!(notes.iter().all(|note| note.chars().count() < 80 && !note.contains('\u{7}')), "{notes:?}");
}

#[test]
fn the_first_of_two_sortings_holds() {
    let site = folder();
    let selection = read(&site, "sort=name&sort=name&sort=-architecture");
    assert_eq!(selection.sort, Some(Sort { key: SortKey::Name, reversed: false }));
    assert_eq!(selection.notes, ["The columns are sorted already; \"-architecture\" was ignored."]);
}

#[test]
fn a_criterion_called_name_can_still_be_sorted_by() {
    let site = folder();
    let category = &site.categories[0];
    let selection = Selection::all(category).with_sort(Some(Sort { key: SortKey::Rating(2), reversed: true }));
    assert_eq!(selection.to_query(category), "sort=-name.");
    assert_eq!(read(&site, "sort=-name."), selection);
}

#[test]
fn links_lead_to_the_selection_one_step_away() {
    let site = folder();
    let category = &site.categories[0];
    let selection = read(&site, "f=ray,dask&c=performance&sort=name");
    let matrix = Matrix::build(&site, category, &selection);
    let query = |selection: Selection| selection.to_query(category);
    assert_eq!(query(selection.with_framework_toggled(2)), "c=performance&sort=name");
    assert_eq!(query(selection.with_framework_toggled(0)), "f=dask&c=performance&sort=name");
    assert_eq!(query(selection.with_criterion_toggled(0)), "f=ray,dask&c=architecture,performance&sort=name");
    assert_eq!(query(selection.with_sort(None)), "f=ray,dask&c=performance");
    let all = Selection::all(category);
    let moved = all.with_framework_moved(&Matrix::build(&site, category, &all), 1, Step::Left);
    assert_eq!(query(moved), "f=dask,ray,spark");
    assert_eq!(query(selection.with_framework_moved(&matrix, 1, Step::Right)), "f=ray,dask&c=performance");
    assert_eq!(query(selection.with_framework_moved(&matrix, 1, Step::Left)), "f=ray,dask&c=performance&sort=name");
}

#[test]
fn the_last_framework_and_the_last_criterion_stay() {
    let site = folder();
    let selection = read(&site, "f=ray&c=performance");
    assert_eq!(selection.with_framework_toggled(0), selection);
    assert_eq!(selection.with_criterion_toggled(1), selection);
}

#[test]
fn rows_are_rating_summary_declared_facts_and_then_what_else_is_stated() {
    for site in [folder(), one_file()] {
        let matrix = build(&site, "");
        assert_eq!(names(&matrix, 0), ["Rating", "Summary", "Scheduler", "Task overhead", "Object store"]);
        assert_eq!(names(&matrix, 1)[..3], ["Summary", "Throughput", "Memory"]);
        assert_eq!(names(&matrix, 2), ["Summary"]);
        let declared = row(&matrix, "Task overhead").kind;
        assert!(matches!(declared, RowKind::Fact { kind: FactKind::Duration, declared: true, .. }));
        let found = row(&matrix, "Object store").kind;
        assert!(matches!(found, RowKind::Fact { slug: "object-store", declared: false, description: "", .. }));
    }
}

#[test]
fn rows_depend_on_the_selected_frameworks_only() {
    let site = folder();
    assert_eq!(names(&build(&site, "f=spark"), 0), ["Summary", "Scheduler", "Task overhead"]);
    assert_eq!(names(&build(&site, "f=dask"), 0), ["Rating", "Summary", "Scheduler", "Task overhead"]);
}

#[test]
fn no_not_applicable_not_stated_and_not_researched_stay_apart() {
    for site in [folder(), one_file()] {
        let matrix = build(&site, "");
        use CellState::{Gap, No, NotApplicable, NotStated, Value};
        assert_eq!(states(row(&matrix, "Scheduler")), [Value, NotApplicable, No]);
        assert_eq!(states(row(&matrix, "Object store")), [Value, Gap, NotStated]);
        assert_eq!(states(row(&matrix, "Throughput")), [Value, Value, Gap]);
        assert_eq!(states(row(&matrix, "Rating")), [Value, Value, NotStated]);
        let texts: Vec<_> = row(&matrix, "Object store").cells.iter().map(|cell| cell.text().into_owned()).collect();
        assert_eq!(texts, ["shared memory", "not researched", "not stated"]);
    }
}

#[test]
fn a_summary_is_the_first_paragraph_and_says_whether_there_is_more() {
    let site = folder();
    let matrix = build(&site, "");
    let cells = &row(&matrix, "Summary").cells;
    let Cell::Summary { text, more, html, .. } = cells[0] else { panic!("{:?}", cells[0]) };
    assert_eq!((text, more, html.is_some()), ("Tasks and actors | on one runtime.", true, true));
    assert!(matches!(cells[1], Cell::Summary { text: "=SUM(1)", more: false, .. }));
    assert!(matches!(cells[2], Cell::NotStated));
}

#[test]
fn a_finding_that_opens_with_an_example_is_summed_up_by_its_first_paragraph_or_else_by_its_first_line() {
    for (text, says, is_html) in [
        ("```python\nimport csv\n```\n\nReads *files*.\n\nAnd more.", "Reads files.", true),
        ("```python\nimport csv\nimport os\n```", "import csv", false),
    ] {
        let page = format!("# X\n\n## B\n\n## A\n\n{text}\n");
        let site = site(&[("c/index.md", "# C\n\n## Research Framework\n\n- **A**\n- **B**\n"), ("c/x.md", &page)]);
        let matrix = build(&site, "");
        let Cell::Summary { text, more, html, .. } = row(&matrix, "Summary").cells[0] else { panic!("no summary") };
        assert_eq!((text, more, html.is_some()), (says, true, is_html));
    }
}

#[test]
fn a_text_that_is_still_to_come_is_a_gap_beside_facts_that_are_stated() {
    let text = "# Ray\n\n## Architecture\n\n> **Scheduler:** central\n\n[To be completed]\n\n## Performance\n";
    let site = site(&[("c/index.md", INDEX), ("c/ray.md", text)]);
    let matrix = build(&site, "");
    assert_eq!(states(row(&matrix, "Summary")), [CellState::Gap]);
    assert_eq!(states(row(&matrix, "Scheduler")), [CellState::Value]);
}

#[test]
fn white_space_makes_no_difference_and_states_do() {
    let site = folder();
    let matrix = build(&site, "f=ray,dask");
    assert!(!matrix.groups[1].rows[0].differs, "\"It is fast.\" and \"It is  fast.\"");
    assert!(row(&matrix, "Scheduler").differs);
    let with_gap = build(&site, "");
    assert!(with_gap.groups[1].rows[0].differs, "a gap beside a value");
    assert!(!with_gap.groups[2].rows[0].differs, "gaps alone");
}

/// Whether two frameworks differ in the row of a fact of a kind that they state with these texts.
fn differ(kind: &str, one: &str, other: &str) -> bool {
    let index = format!("# C\n\n## Research Framework\n\n- **A**\n  - **Fact** ({kind}) - x\n- **B**\n");
    let page = |text: &str| format!("# X\n\n## A\n\n> **Fact:** {text}\n\nx\n\n## B\n\nx\n");
    let site = site(&[("c/index.md", &index), ("c/x.md", &page(one)), ("c/y.md", &page(other))]);
    row(&build(&site, ""), "Fact").differs
}

#[test]
fn case_counts_but_for_the_word_that_answers() {
    for (kind, one, other, expected) in [
        ("size", "10 Mb", "10 MB", true),
        ("text", "a Mb", "a MB", true),
        ("list", "linux", "Linux", true),
        ("yes/no", "Yes, since 2.9", "yes,  since 2.9", false),
        ("yes/no", "Yes, up to 10 Mb", "yes, up to 10 MB", true),
        ("text", "No", "no", false),
        ("text", "No, 10 Mb", "no, 10 MB", true),
        ("duration", "Not applicable", "not applicable", false),
        ("duration", "10  ms", "10 ms", false),
    ] {
        assert_eq!(differ(kind, one, other), expected, "{kind}: {one} and {other}");
    }
}

#[test]
fn all_of_a_finding_counts_and_not_only_its_first_paragraph() {
    let differ = |one: &str, other: &str| {
        let page = |text: &str| format!("# X\n\n## A\n\n{text}\n\n## B\n\nx\n");
        let index = "# C\n\n## Research Framework\n\n- **A**\n- **B**\n";
        let site = site(&[("c/index.md", index), ("c/x.md", &page(one)), ("c/y.md", &page(other))]);
        let matrix = build(&site, "only=differences");
        assert_eq!(matrix.groups[1].hidden_same, 1);
        matrix.groups[0].rows.len() == 1
    };
    let drawn = |part: &str| format!("Lead.\n\n```mermaid\nflowchart LR\n  a --> {part}\n```");
    let cases = [
        ("Lead.\n\nMore.", "Lead.\n\nmore.", true),
        ("Lead.\n\nMore.", "Lead.\n\nMore.", false),
        ("Lead.", "Lead.\n\n- a list", true),
        ("Lead.\n\n### One\n\nSame.", "Lead.\n\n### Two\n\nSame.", true),
        ("### One\n\none", "### One\n\ntwo", true),
        ("### One\n\none", "### One\n\none", false),
        ("Lead.\n\n```py\na = 1\n```", "Lead.\n\n```py\na = 2\n```", true),
        ("Lead.\n\n![x](a.png)", "Lead.\n\n![x](b.png)", true),
        (&drawn("b"), &drawn("c"), true),
    ];
    for (one, other, expected) in cases {
        assert_eq!(differ(one, other), expected, "{one} and {other}");
    }
}

#[test]
fn only_differences_hides_what_is_the_same_and_counts_it() {
    let site = folder();
    let (all, some) = (build(&site, "f=ray,dask"), build(&site, "f=ray,dask&only=differences"));
    assert_eq!((all.total_rows, all.differing_rows), (some.total_rows, some.differing_rows));
    let hidden: Vec<_> = some.groups.iter().map(|group| group.hidden_same).collect();
    assert_eq!(hidden, [0, 1, 1]);
    assert_eq!(some.groups.iter().map(|group| group.rows.len()).sum::<usize>(), some.differing_rows);
}

#[test]
fn a_single_column_hides_nothing() {
    let site = folder();
    let matrix = build(&site, "f=ray&only=differences");
    assert!(matrix.groups.iter().all(|group| group.hidden_same == 0));
    assert_eq!(matrix.differing_rows, 0);
}

#[test]
fn columns_are_sorted_by_meaning_and_missing_values_come_last() {
    let site = folder();
    let cases = [
        ("name", [2, 1, 0], [0, 1, 2]),
        ("architecture", [1, 0, 2], [0, 1, 2]),
        ("architecture.task-overhead", [0, 1, 2], [1, 0, 2]),
        ("performance.throughput", [1, 0, 2], [0, 1, 2]),
        ("performance.memory", [1, 0, 2], [0, 1, 2]),
        ("performance.since", [1, 0, 2], [0, 1, 2]),
        ("performance.version", [1, 0, 2], [0, 1, 2]),
        ("performance.autoscaling", [0, 1, 2], [1, 0, 2]),
        ("architecture.scheduler", [0, 2, 1], [2, 0, 1]),
        ("architecture.object-store", [0, 1, 2], [0, 1, 2]),
        ("name.", [0, 1, 2], [0, 1, 2]),
    ];
    for (key, rising, falling) in cases {
        assert_eq!(columns(&site, &format!("sort={key}")), rising, "{key}");
        assert_eq!(columns(&site, &format!("sort=-{key}")), falling, "-{key}");
    }
}

#[test]
fn frameworks_that_sort_alike_keep_the_order_in_which_they_were_chosen() {
    let site = folder();
    assert_eq!(columns(&site, "f=spark,dask,ray&sort=name."), [2, 1, 0]);
    assert_eq!(columns(&site, "f=spark,dask,ray&sort=-name."), [2, 1, 0]);
}

#[test]
fn a_row_knows_what_sorts_by_it() {
    let site = folder();
    let matrix = build(&site, "");
    let keys: Vec<_> = matrix.groups[0].rows.iter().map(|row| row.kind.sort_key(0)).collect();
    assert_eq!(keys[..2], [Some(SortKey::Rating(0)), None]);
    assert_eq!(keys[4], Some(SortKey::Fact { criterion: 0, fact: "object-store".to_owned() }));
}

#[test]
fn rows_are_picked_by_name_and_criteria_without_one_are_not_shown() {
    let site = folder();
    let query = "r=architecture.object-store,architecture.rating,performance.summary";
    let matrix = build(&site, query);
    assert_eq!(matrix.groups.len(), 2);
    assert_eq!((names(&matrix, 0), names(&matrix, 1)), (vec!["Rating", "Object store"], vec!["Summary"]));
    assert_eq!((matrix.total_rows, matrix.all_rows), (3, 12));
    assert_eq!(canonical(&site, query), "r=architecture.rating,architecture.object-store,performance.summary");
    assert_eq!(read(&site, "r=architecture.colour,x").notes.len(), 2);
}

#[test]
fn a_fact_called_like_a_row_can_be_picked() {
    let text = "# X\n\n## A\n\n> **Summary:** short\n\nProse.\n\n## B\n\nx\n";
    let site = site(&[("c/index.md", "# C\n\n## Research Framework\n\n- **A**\n- **B**\n"), ("c/x.md", text)]);
    let picked =
        |query: &str| build(&site, query).groups[0].rows.iter().map(|row| row.kind.key(0).line).collect::<Vec<_>>();
    assert_eq!(picked("r=a..summary"), [Line::Fact("summary".to_owned())]);
    assert_eq!(picked("r=a.summary"), [Line::Summary]);
    assert_eq!(canonical(&site, "r=a..summary"), "r=a..summary");
}

#[test]
fn words_leave_the_rows_that_hold_them() {
    let site = folder();
    let found = |query: &str| {
        let matrix = build(&site, query);
        matrix.groups.iter().flat_map(|group| group.rows.iter().map(|row| row.kind.name())).collect::<Vec<_>>()
    };
    assert_eq!(found("q=POOLS"), ["Scheduler"]);
    assert_eq!(found("q=memory"), ["Object store", "Memory"]);
    assert_eq!(found("q=memory+shared"), ["Object store"]);
    assert_eq!(found("q=nowhere"), [""; 0]);
}

/// What the frameworks of the fixture make of a must-have: met, failed or unknown.
fn outcomes(text: &str) -> Option<Vec<&'static str>> {
    use fieldguide::matrix::Outcome;
    let site = folder();
    let category = &site.categories[0];
    let must = MustHave::read(&site, category, text)?;
    let written = must.to_value(category);
    let decoded = percent_encoding::percent_decode_str(&written).decode_utf8_lossy();
    assert_eq!(MustHave::read(&site, category, &decoded).as_ref(), Some(&must), "{written}");
    let name = |framework| match must.outcome(&site, category, framework) {
        Outcome::Met => "met",
        Outcome::Failed => "failed",
        Outcome::Unknown => "unknown",
    };
    Some(category.frameworks.iter().map(name).collect())
}

#[test]
fn must_haves_are_read_by_kind_and_gaps_decide_nothing() {
    let cases = [
        ("performance.autoscaling:yes", ["met", "failed", "unknown"]),
        ("Autoscaling: no", ["failed", "met", "unknown"]),
        ("Autoscaling: partial", ["met", "failed", "unknown"]),
        ("Task overhead < 500 us", ["met", "failed", "unknown"]),
        ("Task overhead <= 0.61 ms", ["met", "met", "unknown"]),
        ("Throughput > 5k/s", ["met", "failed", "unknown"]),
        ("Memory >= 64 MiB", ["met", "met", "unknown"]),
        ("Version >= 2.10", ["met", "failed", "unknown"]),
        ("Since < 2016", ["failed", "met", "unknown"]),
        ("Architecture >= 5", ["failed", "met", "unknown"]),
        ("Scheduler: distributed", ["met", "unknown", "failed"]),
        ("Scheduler: not pools", ["met", "met", "met"]),
        ("Scheduler: !bottom-up", ["failed", "met", "met"]),
        ("Scheduler: not bottom", ["failed", "met", "met"]),
        ("Scheduler: not bot", ["met", "met", "met"]),
        ("object store: shared MEMORY", ["met", "unknown", "unknown"]),
    ];
    for (text, expected) in cases {
        assert_eq!(outcomes(text).as_deref(), Some(&expected[..]), "{text}");
    }
}

#[test]
fn what_cannot_be_asked_is_no_must_have() {
    let long = format!("Scheduler: {}", "x".repeat(200));
    for text in [
        "",
        "Autoscaling",
        "Colour: red",
        "Autoscaling: maybe",
        "Autoscaling < 5",
        "Memory: 5",
        "Memory < fast",
        "Architecture: 4",
        "Architecture >= 6",
        "Scheduler:",
        "Scheduler: !",
        "x.y:yes",
        &long,
    ] {
        assert_eq!(outcomes(text), None, "{text}");
    }
    let site = folder();
    let selection = read(&site, "must=Colour:red&must=Autoscaling:yes");
    assert_eq!((selection.must.len(), selection.notes.len()), (1, 1));
    assert_eq!(selection.to_query(&site.categories[0]), "must=performance.autoscaling:yes");
}

/// A category whose fact says what a framework needs, with these declarations under its second criterion too.
fn needing(more: &str) -> Site {
    let index = format!(
        "# C\n\n## Research Framework\n\n- **A** - x\n  - **Needs besides Python** - x\n  - **Dashboard** (yes/no) - x\n- **B** - x\n{more}"
    );
    let page = |needs: &str| {
        let facts = format!("> **Needs besides Python:** {needs}\n> **Dashboard:** Yes\n");
        format!("# X\n\n## A\n\n{}\nx\n\n## B\n\nx\n", if needs.is_empty() { "" } else { &facts })
    };
    let needs = ["Java 17 or newer", "no JVM, only a broker", "none", "a Java virtual machine", "No", ""];
    let mut documents = vec![("c/index.md".to_owned(), index)];
    documents.extend((0..).zip(needs).map(|(at, needs)| (format!("c/x{at}.md"), page(needs))));
    let read =
        |(path, text): (String, String)| (DocPath::new(&path), Arc::new(Document::read(DocPath::new(&path), text)));
    let site_file = SiteFile {
        synonyms: vec!["java = jvm = java virtual machine".to_owned(), "broker = queue".to_owned()],
        ..SiteFile::default()
    };
    Site::build(Input { documents: documents.into_iter().map(read).collect(), site_file, ..Input::default() })
}

/// Which frameworks of a category fail a must-have; none where it is none.
fn failing(site: &Site, must: &str) -> Option<Vec<usize>> {
    use fieldguide::matrix::Outcome;
    let category = &site.categories[0];
    let must = MustHave::read(site, category, must)?;
    let fails = |at: &usize| must.outcome(site, category, &category.frameworks[*at]) == Outcome::Failed;
    Some((0..category.frameworks.len()).filter(fails).collect())
}

#[test]
fn what_is_not_wanted_needs_no_name_of_a_fact_and_counts_by_what_means_the_same() {
    let site = needing("");
    for text in ["no JVM", "not Java", "!jvm", "No  java virtual machine", "Needs besides Python: not JVM"] {
        assert_eq!(failing(&site, text), Some(vec![0, 3]), "{text}");
    }
    assert_eq!(failing(&site, "no queue"), Some(vec![1]));
    assert_eq!(failing(&site, "no dashboard"), Some(vec![0, 1, 2, 3, 4]), "a question that the category asks");
    assert_eq!(failing(&site, "Needs besides Python: JVM"), Some(vec![1, 2, 4]));
    let category = &site.categories[0];
    let must = MustHave::read(&site, category, "no JVM").expect("a must-have");
    assert_eq!(must.to_value(category), "a.needs-besides-python:!JVM");
    assert_eq!(must.label(&site, category), "Needs besides Python: not JVM");
    for nothing in ["no", "not ", "no !", "JVM", "nobody"] {
        assert_eq!(failing(&site, nothing), None, "{nothing}");
    }
    assert_eq!(failing(&needing("  - **Requires** (list) - x\n"), "no JVM"), None, "two facts could say it");
    assert_eq!(failing(&folder(), "no JVM"), None, "no fact says it");
}

#[test]
fn what_the_guide_says_can_be_asked_of_the_research() {
    use fieldguide::matrix::Outcome;
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (_, edition) = fieldguide::edition::Library::open(&content, false).expect("the content can be read");
    let site = &edition.site;
    let category = site.categories.iter().find(|category| category.slug == "distributed-computing-frameworks");
    let category = category.expect("the category");
    let told = std::fs::read_to_string(content.join("guide/reading.md")).expect("a page of the guide");
    let failing = |text: &str| {
        assert!(told.contains(text), "the guide does not say {text}");
        let must = MustHave::read(site, category, text).unwrap_or_else(|| panic!("{text} cannot be asked"));
        let frameworks = category.frameworks.iter();
        let failing = frameworks.filter(|framework| must.outcome(site, category, framework) == Outcome::Failed);
        failing.map(|framework| framework.slug.as_str()).collect::<Vec<_>>()
    };
    for (text, failed, met) in [
        ("no JVM", "spark", "dask"),
        ("Needs besides Python: not Java", "spark", "ray"),
        ("GPU scheduling: yes", "celery", "ray"),
    ] {
        let failing = failing(text);
        assert!(failing.contains(&failed) && !failing.contains(&met), "{text}: {failing:?}");
    }
    for text in
        ["Local mode: yes", "Python versions: 3.14", "Newest release >= 2026", "Round trip < 5 ms", "Scalability >= 4"]
    {
        failing(text);
    }
}

#[test]
fn a_must_have_about_any_declared_fact_begins_with_its_name() {
    let more = "  - **Dashboard** - of the same name\n  - **A: b** (date) - x\n  - **Size** (size) - x\n  - **New** (version)\n";
    let site = needing(more);
    let category = &site.categories[0];
    let numbers: Vec<_> =
        category.criteria.iter().enumerate().flat_map(|(number, of)| of.facts.iter().map(move |_| number)).collect();
    let begun = beginnings(&site, category);
    for ((beginning, fact), number) in begun.iter().zip(&numbers) {
        let wanted = match fact.kind {
            FactKind::YesNo => "yes",
            FactKind::Date => "2024",
            FactKind::Size => "1 GB",
            FactKind::Version => "3.11",
            _ => "not Java",
        };
        let must = MustHave::read(&site, category, &format!("{beginning}{wanted}")).expect("a must-have");
        assert_eq!((must.criterion, must.fact.as_deref()), (*number, Some(fact.slug.as_str())), "{beginning}");
    }
    let begun: Vec<_> = begun.iter().map(|(beginning, _)| beginning.as_str()).collect();
    assert_eq!(begun, ["Needs besides Python: ", "Dashboard: ", "b.dashboard: ", "b.a-b >= ", "Size < ", "New >= "]);
}

#[test]
fn frameworks_without_a_must_have_are_left_out_with_the_reason() {
    let site = folder();
    let matrix = build(&site, "must=Autoscaling:yes&must=Architecture>=5");
    assert_eq!(
        matrix.columns.iter().map(|column| (column.framework, column.unknown.clone())).collect::<Vec<_>>(),
        [(2, vec![0, 1])]
    );
    let left_out: Vec<_> = matrix.left_out.iter().map(|out| (out.framework, out.failed.clone())).collect();
    assert_eq!(left_out, [(0, vec![1]), (1, vec![0])]);
    let json = json(&site, "must=Autoscaling:yes");
    assert_eq!(json["left_out"][0]["failed"], serde_json::json!(["Autoscaling: yes"]));
    assert_eq!(json["frameworks"][1]["unknown"], serde_json::json!(["Autoscaling: yes"]));
}

#[test]
fn two_frameworks_are_a_pair_unless_another_layout_is_asked_for() {
    let site = folder();
    assert!(read(&site, "f=ray,dask").is_pair());
    assert!(!read(&site, "f=ray,dask&as=columns").is_pair());
    assert!(!read(&site, "").is_pair());
    assert_eq!(read(&site, "as=circle").notes, ["The table cannot be shown as \"circle\"."]);
}

fn parse_csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn csv_has_a_row_a_fact_and_guards_against_formulas() {
    let site = folder();
    let records = parse_csv(&build(&site, "c=architecture").to_csv());
    assert_eq!(records[0], ["criterion", "fact", "Ray", "Dask", "Apache Spark with PySpark"]);
    assert_eq!(records[1], ["Architecture", "Rating", "4/5 - decentralised", "5/5", "not stated"]);
    assert_eq!(records[2][3], "'=SUM(1)");
    assert_eq!(records[3][2..], ["distributed, bottom-up", "Not applicable", "No, only pools"]);
    assert_eq!(records.len(), 6);
}

#[test]
fn json_carries_states_addresses_and_sources() {
    let site = one_file();
    let json = json(&site, "f=dask,ray&c=architecture");
    assert_eq!(json["category"]["url"], "/computing/");
    assert_eq!(json["frameworks"][1]["slug"], "ray");
    let rows = &json["criteria"][0]["rows"];
    assert_eq!((&rows[0]["kind"], &rows[0]["values"]["ray"]["rating"]), (&"rating".into(), &4.into()));
    assert_eq!(rows[0]["values"]["ray"]["reason"], "decentralised");
    let scheduler = &rows[2];
    assert_eq!(scheduler["description"], "who decides where a task runs");
    assert_eq!((&scheduler["kind"], &scheduler["type"]), (&"fact".into(), &"text".into()));
    assert_eq!(scheduler["values"]["dask"]["state"], "not-applicable");
    let value = &scheduler["values"]["ray"];
    assert_eq!((&value["state"], &value["url"]), (&"value".into(), &"/computing/ray/#architecture".into()));
    assert_eq!(value["sources"][0]["url"], "https://example.org/osdi");
    assert_eq!(value["sources"][0]["number"], 1);
}

#[test]
fn markdown_has_a_table_a_criterion_and_footnotes_and_escapes_what_would_be_markup() {
    let site = folder();
    let text = markdown(&site, "f=ray,dask&c=architecture");
    assert!(text.starts_with("# Distributed computing: comparison\n\n## Architecture\n\n*How work is organised*\n\n"));
    assert!(
        text.contains("| Fact | Ray | Dask |\n| --- | --- | --- |\n| Rating | 4/5 - decentralised | 5/5 |\n"),
        "{text}"
    );
    assert!(text.contains("| Summary | Tasks and actors \\| on one runtime. | =SUM(1) |\n"), "{text}");
    assert!(text.contains("| Scheduler | distributed, bottom-up[^1] | Not applicable |\n"), "{text}");
    assert!(text.ends_with("\n[^1]: Moritz et al., Ray, read on 2 May 2024. <https://example.org/osdi>\n"), "{text}");
}

#[test]
fn markdown_says_what_could_not_be_had_and_who_is_left_out() {
    let text = markdown(&folder(), "must=Autoscaling:yes&must=Colour:red&c=name");
    let before = "# Distributed computing: comparison\n\n\"Colour:red\" is no must-have that can be checked here.\n\n\
        - Dask: left out, not “Autoscaling: yes”, but “no”\n\n## Name\n";
    assert!(text.starts_with(before), "{text}");
}

#[test]
fn exports_contain_exactly_the_selection() {
    let site = folder();
    let matrix = build(&site, "f=ray,dask&c=performance,name&only=differences&sort=name");
    let records = parse_csv(&matrix.to_csv());
    assert_eq!(records[0], ["criterion", "fact", "Dask", "Ray"]);
    let facts: Vec<_> = records[1..].iter().map(|record| record[1].as_str()).collect();
    assert_eq!(facts, ["Throughput", "Memory", "Since", "Version", "Autoscaling"]);
    let json = json(&site, "f=ray,dask&c=performance,name&only=differences&sort=name");
    assert_eq!(json["frameworks"][0]["slug"], "dask");
    assert_eq!(
        (json["criteria"][0]["rows"].as_array().map(Vec::len), &json["criteria"][1]["hidden_same"]),
        (Some(5), &1.into())
    );
    let text = markdown(&site, "f=ray,dask&c=performance,name&only=differences&sort=name");
    assert!(text.contains("| Fact | Dask | Ray |") && !text.contains("Summary"), "{text}");
    assert!(
        text.ends_with("## Name\n\n*What it is called*\n\n\nOne row says the same of all and is left out.\n"),
        "{text}"
    );
}

#[test]
fn a_category_without_frameworks_compares_nothing() {
    let site = site(&[("computing.md", INDEX)]);
    let matrix = build(&site, "f=ray&only=differences&sort=name");
    assert_eq!((matrix.columns.len(), matrix.differing_rows), (0, 0));
    assert_eq!(parse_csv(&matrix.to_csv())[0], ["criterion", "fact"]);
    assert_eq!(json(&site, "")["frameworks"], serde_json::json!([]));
    assert!(markdown(&site, "").contains("| Fact |\n| --- |\n| Summary |\n"));
}

#[test]
fn the_seed_compares_as_gaps() {
    let seed = include_str!("../fixtures/distributed-computing-frameworks.md");
    let site = site(&[("distributed-computing-frameworks.md", seed)]);
    let matrix = build(&site, "");
    assert_eq!((matrix.columns.len(), matrix.groups.len(), matrix.total_rows, matrix.differing_rows), (5, 7, 7, 0));
    assert!(
        matrix
            .groups
            .iter()
            .flat_map(|group| &group.rows)
            .all(|row| row.cells.iter().all(|cell| matches!(cell, Cell::Gap)))
    );
}

/// A category under whose criteria `A`, `B` and so on frameworks `X0`, `X1` and so on have these ratings; 0 for none.
fn rated(criteria: &[[u8; 8]]) -> Site {
    let name = |number: usize| char::from(b'A' + number as u8);
    let declared: String = (0..criteria.len()).map(|number| format!("- **{}** - x\n", name(number))).collect();
    let finding = |(number, rating): (usize, u8)| {
        let rating = if rating == 0 { String::new() } else { format!("> **Rating:** {rating}/5 - so\n\n") };
        format!("\n## {}\n\n{rating}Words.\n", name(number))
    };
    let page = |at: usize| {
        let ratings = criteria.iter().map(|ratings| ratings[at]).enumerate();
        (format!("c/x{at}.md"), format!("# X{at}\n{}", ratings.map(finding).collect::<String>()))
    };
    let mut files = vec![("c/index.md".to_owned(), format!("# C\n\n## Research Framework\n\n{declared}"))];
    files.extend((0..8).map(page));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    site(&files)
}

#[test]
fn a_framework_at_an_end_of_the_ratings_is_told_with_whom_it_shares_that() {
    let site = rated(&[
        [5, 3, 3, 3, 3, 3, 3, 2],
        [5, 5, 3, 3, 3, 3, 3, 3],
        [5, 5, 5, 3, 3, 3, 3, 3],
        [5, 5, 5, 5, 3, 3, 3, 3],
        [4, 4, 4, 4, 4, 4, 4, 4],
        [5, 0, 0, 0, 0, 0, 0, 0],
        [5, 4, 4, 0, 0, 0, 0, 0],
    ]);
    let category = &site.categories[0];
    let told = |framework: usize| -> Vec<String> {
        let standings = Standing::of(&site, category, framework);
        standings.iter().map(|standing| standing.words(category)).collect()
    };
    assert_eq!(
        told(0),
        [
            "highest of eight in A",
            "highest of eight in B, with X1",
            "highest of eight in C, with X1 and X2",
            "highest of eight in D, with three others",
            "highest of three in G",
        ]
    );
    assert_eq!(told(7), ["lowest of eight in A", "lowest of eight in D, with three others"]);
    assert_eq!(told(3), ["highest of eight in D, with three others"], "an end that most share says nothing");
}

fn must(criterion: usize, fact: &str, test: Test) -> MustHave {
    MustHave { criterion, fact: Some(fact.to_owned()).filter(|fact| !fact.is_empty()), test }
}

/// Selections of the fixture's three frameworks and three criteria.
fn selections() -> impl Strategy<Value = Selection> {
    let frameworks = (Just(vec![0, 1, 2]).prop_shuffle(), 1..=3usize)
        .prop_map(|(order, count)| order.into_iter().take(count).collect::<Vec<usize>>());
    let criteria = prop::collection::btree_set(0..3usize, 1..=3).prop_map(|set| set.into_iter().collect::<Vec<_>>());
    let fact = |(criterion, fact): (usize, &str)| SortKey::Fact { criterion, fact: fact.to_owned() };
    let key = prop_oneof![
        Just(SortKey::Name),
        (0..3usize).prop_map(SortKey::Rating),
        prop::sample::select(vec![(0, "scheduler"), (0, "object-store"), (1, "throughput"), (1, "version")])
            .prop_map(fact),
    ];
    let sort = prop::option::of((key, any::<bool>()).prop_map(|(key, reversed)| Sort { key, reversed }));
    let line = prop_oneof![
        Just(Line::Rating),
        Just(Line::Summary),
        prop::sample::select(vec!["scheduler", "object-store"]).prop_map(|fact| Line::Fact(fact.to_owned())),
    ];
    let rows = prop::collection::btree_set(line.prop_map(|line| RowKey { criterion: 0, line }), 0..3);
    let musts = vec![
        must(1, "autoscaling", Test::Answer(fieldguide::content::value::Answer::Yes)),
        must(0, "", Test::Bound(Bound::AtLeast, "4".to_owned())),
        must(0, "task-overhead", Test::Bound(Bound::Below, "500 us".to_owned())),
        must(0, "scheduler", Test::NamesNot("100% sure, really".to_owned())),
        must(0, "scheduler", Test::Names("bottom-up".to_owned())),
    ];
    let musts = prop::sample::subsequence(musts, 0..3).prop_shuffle();
    let find = prop::sample::select(vec!["", "shared memory", "100% & more", "ß, =+"]);
    let layout = prop::option::of(prop::sample::select(vec![Layout::Columns, Layout::Rows, Layout::Paper]));
    let open = prop::collection::btree_set((0..3usize, 0..3usize), 0..3);
    (frameworks, criteria, rows, any::<(bool, bool)>(), musts, find, sort, layout, open).prop_map(
        |(frameworks, criteria, rows, (only_differences, only_measured), must, find, sort, layout, open)| Selection {
            frameworks,
            criteria,
            rows: rows.into_iter().collect(),
            only_differences,
            only_measured,
            must,
            find: find.to_owned(),
            sort,
            layout,
            open: open.into_iter().collect(),
            notes: Vec::new(),
        },
    )
}

/// Queries of the right shape and of none.
fn queries() -> impl Strategy<Value = String> {
    let value = "[-.,:!<>%a-zß=+ ]{0,12}|ray|dask|spark|architecture|performance.since|-name|differences|measured|\\
        performance.autoscaling:yes|architecture>=4|architecture.task-overhead<1 ms|scheduler:!pools|rows|ray.architecture";
    let pair = ("f|c|r|only|must|q|as|open|sort|[a-z]{0,3}", value).prop_map(|(key, value)| format!("{key}={value}"));
    prop_oneof![prop::collection::vec(pair, 0..8).prop_map(|pairs| pairs.join("&")), any::<String>()]
}

const KINDS: [&str; 8] = ["text", "number", "duration", "size", "rate", "version", "date", "yes/no"];

/// What a framework says in a category with a fact of each kind: all of them state the same text.
#[derive(Debug, Clone)]
struct Stated {
    title: String,
    rating: Option<u8>,
    text: String,
}

fn stated() -> impl Strategy<Value = Stated> {
    let text = "no|n/a|yes, v2|[0-9]{0,3}[., -]?[0-9]{0,3} ?(us|ms|min|MiB|k|/s|rc1|May 2024)?|\\PC{0,12}";
    ("[w-zW-Z][w-zW-Z ]{0,3}", prop::option::of(1..=5u8), text).prop_map(|(title, rating, text)| Stated {
        title,
        rating,
        text,
    })
}

/// Everything that such a category can be sorted by.
fn sort_keys() -> Vec<SortKey> {
    let facts = KINDS.iter().map(|kind| SortKey::Fact { criterion: 0, fact: fieldguide::ids::slug(kind) });
    facts.chain([SortKey::Rating(0), SortKey::Name]).collect()
}

/// A category of frameworks of one title without ratings.
fn site_stating(texts: &[String]) -> Site {
    let stated = |text: &String| Stated { title: "X".to_owned(), rating: None, text: text.clone() };
    site_of(&texts.iter().map(stated).collect::<Vec<_>>())
}

fn site_of(frameworks: &[Stated]) -> Site {
    let mut index = "# C\n\n## Research Framework\n\n- **A**\n".to_owned();
    for kind in KINDS {
        index.push_str(&format!("  - **{kind}** ({kind}) - x\n"));
    }
    index.push_str("- **B**\n");
    let page = |Stated { title, rating, text }: &Stated| {
        let rating = rating.map(|value| format!("> **Rating:** {value}/5 - so\n")).unwrap_or_default();
        let facts: String = KINDS.iter().map(|kind| format!("> **{kind}:** {text}\n")).collect();
        format!("# {title}\n\n## B\n\n## A\n\n{rating}{facts}\n{text}\n")
    };
    let pages: Vec<_> = (0..).zip(frameworks).map(|(at, stated)| (format!("c/x{at}.md"), page(stated))).collect();
    let mut files = vec![("c/index.md", index.as_str())];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    site(&files)
}

/// The order in which a sorting puts columns that were chosen in a given order.
fn sorted(site: &Site, frameworks: &[usize], sort: &Sort) -> Vec<usize> {
    let category = &site.categories[0];
    let selection = Selection { frameworks: frameworks.to_vec(), sort: Some(sort.clone()), ..Selection::all(category) };
    Matrix::build(site, category, &selection).columns.iter().map(|column| column.framework).collect()
}

proptest! {
    #[test]
    fn any_query_is_read_and_compared_without_a_panic(query in queries()) {
        let site = one_file();
        let matrix = build(&site, &query);
        prop_assert!(!matrix.columns.is_empty() || !matrix.left_out.is_empty());
        prop_assert_eq!(canonical(&site, &canonical(&site, &query)), canonical(&site, &query));
    }

    #[test]
    fn every_selection_survives_its_query(selection in selections()) {
        for site in [folder(), one_file()] {
            let query = selection.to_query(&site.categories[0]);
            prop_assert_eq!(&read(&site, &query), &selection, "{}", query);
        }
    }

    #[test]
    fn only_differences_hides_no_difference(selection in selections()) {
        let site = folder();
        let category = &site.categories[0];
        let with = |only_differences: bool| Selection { only_differences, ..selection.clone() };
        let all = Matrix::build(&site, category, &with(false));
        let some = Matrix::build(&site, category, &with(true));
        let differing = |matrix: &Matrix| -> Vec<String> {
            let groups = matrix.groups.iter();
            groups.flat_map(|group| group.rows.iter().map(move |row| (group.criterion, row)))
                .filter(|(_, row)| row.differs)
                .map(|(criterion, row)| format!("{criterion} {}", row.kind.name()))
                .collect()
        };
        prop_assert_eq!(differing(&all), differing(&some));
        for (all, some) in all.groups.iter().zip(&some.groups) {
            prop_assert_eq!(all.rows.len(), some.rows.len() + some.hidden_same);
        }
    }

    #[test]
    fn csv_reads_back_with_as_many_rows_and_columns(selection in selections(), texts in prop::collection::vec(any::<String>(), 3)) {
        for site in [folder(), site_stating(&texts)] {
            let category = &site.categories[0];
            let frameworks = selection.frameworks.clone();
            let selection = Selection { criteria: vec![0, 1], frameworks, ..Selection::all(category) };
            let matrix = Matrix::build(&site, category, &selection);
            let records = parse_csv(&matrix.to_csv());
            let rows: usize = matrix.groups.iter().map(|group| group.rows.len()).sum();
            prop_assert_eq!(records.len(), rows + 1);
            prop_assert!(records.iter().all(|record| record.len() == matrix.columns.len() + 2));
            prop_assert!(records.iter().flatten().all(|field| !field.starts_with(['=', '+', '-', '@', '\t', '\r'])));
        }
    }

    #[test]
    fn markdown_reads_back_as_the_same_tables(texts in prop::collection::vec(any::<String>(), 3)) {
        let site = site_stating(&texts);
        let matrix = build(&site, "");
        let read = Document::read(DocPath::new("x.md"), markdown(&site, ""));
        prop_assert_eq!(read.sections.len(), matrix.groups.len() + 2, "{}", markdown(&site, ""));
        for (group, section) in matrix.groups.iter().zip(&read.sections[2..]) {
            let Body::Written { html, .. } = &section.body else { panic!("a table stands here") };
            let count = |tag| html.parts().map(|part| if let Part::Html(html) = part { html.matches(tag).count() } else { 0 }).sum::<usize>();
            prop_assert_eq!(count("<tr>"), group.rows.len() + 1);
            prop_assert_eq!(count("<td>"), group.rows.len() * (matrix.columns.len() + 1));
        }
    }

    #[test]
    fn sorting_is_total_and_stable_whatever_the_values_say(
        frameworks in prop::collection::vec(stated(), 5),
        order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle(),
        key in prop::sample::select(sort_keys()),
        reversed: bool,
    ) {
        let site = site_of(&frameworks);
        let sort = Sort { key, reversed };
        let precedes = |a, b| sorted(&site, &[b, a], &sort) == [a, b];
        let result = sorted(&site, &order, &sort);
        let chosen_at = |framework| order.iter().position(|&chosen| chosen == framework);
        for (at, &earlier) in result.iter().enumerate() {
            for &later in &result[at + 1..] {
                prop_assert!(!precedes(later, earlier));
                prop_assert!(precedes(earlier, later) || chosen_at(earlier) < chosen_at(later));
            }
        }
        let said = result.iter().map(|&at| &frameworks[at]);
        if sort.key == SortKey::Rating(0) {
            let ratings: Vec<_> = said.map(|stated| stated.rating).collect();
            let mut rated: Vec<u8> = ratings.iter().copied().map_while(|rating| rating).collect();
            if !reversed {
                rated.reverse();
            }
            prop_assert!(rated.is_sorted(), "the best first: {:?}", ratings);
            prop_assert!(ratings[rated.len()..].iter().all(Option::is_none), "who has none comes last: {:?}", ratings);
        } else if sort.key == SortKey::Name {
            let words = |stated: &Stated| stated.title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            let mut names: Vec<_> = said.map(words).collect();
            if reversed {
                names.reverse();
            }
            prop_assert!(names.is_sorted(), "{:?}", names);
        }
    }
}
