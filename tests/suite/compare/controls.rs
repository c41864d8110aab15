//! What is asked of the table: must-haves, facts in words, and what cannot be had.

use super::site;
use crate::support::TestSite;

#[test]
fn must_haves_leave_out_with_a_reason_and_mark_what_nobody_knows() {
    let page = site().page("/toys/compare/?must=Wheels:yes");
    assert_eq!(page.texts("thead .column"), ["Zorble", "Tumbrook"]);
    assert_eq!(page.texts(".left-out li"), ["Quill: not “Wheels: yes”, but “No”"]);
    assert_eq!(page.texts("thead .unknown"), ["Nobody knows: Wheels: yes"]);
    assert_eq!(page.attributes("input[name=must][checked]", "value"), ["speed.wheels:yes"]);
    let nobody = site().page("/toys/compare/?must=Wheels:yes&must=Maker:not+hands&f=a-zorble,b-quill");
    assert_eq!(nobody.count(".matrix"), 0);
    assert!(nobody.text(".empty").contains("No framework has all"));
    assert_eq!(nobody.attributes(".empty a", "href"), ["/toys/compare/?f=a-zorble,b-quill"]);
    assert_eq!(nobody.count(".legend, .take"), 0, "there is nothing to explain or to take along");
}

#[test]
fn any_declared_fact_can_be_asked_for_in_words() {
    let site = site();
    for path in ["/toys/compare/", "/toys/choose/"] {
        let page = site.page(path);
        assert_eq!(page.attributes("#fg-must-text", "list"), ["fg-must-facts"]);
        let begun = page.attributes("#fg-must-facts option", "value");
        assert_eq!(begun, ["Round trip < ", "Wheels: ", "Maker: "], "{path}");
    }
}

#[test]
fn what_cannot_be_had_is_noted_wherever_the_comparison_is_shown() {
    let site = site();
    let query = "f=a-zorble,nobody&as=rows&as=paper&as=rows&must=Colour:red";
    let notes = [
        "There is no framework \"nobody\" here.",
        "The table has a layout already; \"paper\" was ignored.",
        "\"Colour:red\" is no must-have that can be checked here.",
    ];
    for form in ["", "&fragment=1", "&embed=1"] {
        let page = site.page(&format!("/toys/compare/?{query}{form}"));
        assert_eq!(page.texts(".notice p"), notes, "{form}");
        assert_eq!(page.count("table.matrix.rows"), 1, "the first layout holds");
    }
    for path in ["/toys/compare.json", "/api/compare/toys"] {
        let json: serde_json::Value =
            serde_json::from_slice(&site.get(&format!("{path}?{query}")).bytes).expect("JSON");
        assert_eq!(json["notes"], serde_json::json!(notes), "{path}");
    }
}

#[test]
fn whatever_changes_what_is_shown_is_said() {
    let index = "# Many\n\n## Research Framework\n\n- **Speed** - how fast\n  - **Wheels** (yes/no) - whether it rolls\n- **Charm** - how nice\n";
    let page = |number: usize| {
        (
            format!("many/f{number}.md"),
            format!("# F{number}\n\n## Speed\n\n> **Wheels:** Yes\n\nRuns.\n\n## Charm\n\nNice.\n"),
        )
    };
    let pages: Vec<_> = (0..9).map(page).collect();
    let files = pages.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let site = TestSite::of(&files.chain([("many/index.md", index)]).collect::<Vec<_>>());
    let said = |query: &str| site.page(&format!("/many/compare/{query}")).text("#fg-state");
    let usual = said("");
    assert!(!usual.contains("F1"), "nobody picked them: {usual}");
    let moved = said("?f=f1,f0,f2,f3,f4,f5,f6,f7,f8");
    assert!(moved.ends_with("; F1, F0, F2, F3, F4, F5, F6, F7 and F8"), "{moved}");
    assert_ne!(said("?f=f0,f1,f2,f3,f4,f5,f6"), said("?f=f0,f1,f2,f3,f4,f5,f7"));
    let must = said("?must=speed.wheels:yes");
    assert!(must.starts_with(&usual) && must.ends_with("; must have Wheels: yes"), "{must}");
}
