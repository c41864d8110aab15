//! Rendered parts, as they were last looked at: what stands in `main` of each kind of page.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test --test suite snapshots`, then read the diff.

use super::support::TestSite;

const CATEGORY: &str = "# Toys\n\n> **Category:** Invented  \n> **Research Status:** Half done\n\n## Overview\n\nToys carry marbles.\n\n\
    ## Research Framework\n\n- **Overview** - what it is\n- **Speed** - how fast it is\n  - **Empty trip** (duration) - one trip without a marble\n\n\
    ## Zorble\n\n### Overview\n\nOne marble at a time.[^1]\n\n### Speed\n\n> **Rating:** 4/5 - quick\n> **Empty trip:** 0.8 ms[^1]\n> **Wheels:** No\n\nTrips are short.\n\n\
    ## Quill\n\n### Overview\n\n[To be completed]\n\n### Speed\n\n> **Empty trip:** not applicable (it never moves)\n\nIt stands still.\n\n\
    [^1]: A. Maker, *Manual*, <https://example.org/manual>, read 2026-01-05.\n";

fn main_of(path: &str) -> String {
    let site = TestSite::of(&[
        ("toys.md", CATEGORY),
        ("notes/a.md", "# A note\n\n## One\n\nwords\n\n```python\nreturn 1\n```\n"),
    ]);
    site.page(path).html("main").replace("><", ">\n<")
}

#[test]
fn home() {
    insta::assert_snapshot!(main_of("/"));
}

#[test]
fn category() {
    insta::assert_snapshot!(main_of("/toys/"));
}

#[test]
fn framework() {
    insta::assert_snapshot!(main_of("/toys/zorble/"));
}

#[test]
fn comparison() {
    insta::assert_snapshot!(main_of("/toys/compare/?f=zorble,quill&only=differences"));
}

#[test]
fn document() {
    insta::assert_snapshot!(main_of("/notes/a/"));
}

#[test]
fn search_results() {
    insta::assert_snapshot!(main_of("/search?q=marble"));
}

#[test]
fn not_found() {
    let site = TestSite::of(&[("toys.md", CATEGORY)]);
    insta::assert_snapshot!(site.get("/toys/zrble/").dom().html("main").replace("><", ">\n<"));
}
