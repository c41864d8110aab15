//! The content format, seen through pages: both shapes of a category, metadata, sources, links, Markdown.

use axum::http::StatusCode;

use super::support::TestSite;

const CRITERIA: &str = "## Research Framework\n\n- **Overview** - what it is\n- **Architecture** - how it works\n  \
    - **Scheduler** - who decides where a task runs\n  - **Task overhead** (duration) - what a task costs\n";

fn index(more: &str) -> String {
    format!("# Things\n\n{CRITERIA}\n{more}\n")
}

#[test]
fn one_file_and_a_folder_mean_the_same() {
    let findings = "Overview\n\nIt is a thing.\n";
    let one = TestSite::of(&[(
        "things.md",
        &index(&format!("## Alpha\n\n### {findings}\n### Architecture\n\n[To be completed]\n")),
    )]);
    let folder = TestSite::of(&[
        ("things/index.md", &index("")),
        ("things/alpha.md", &format!("# Alpha\n\n## {findings}\n## Architecture\n\n[To be completed]\n")),
    ]);
    for site in [&one, &folder] {
        let edition = site.edition();
        let category = &edition.site.categories[0];
        assert_eq!((category.slug.as_str(), category.frameworks[0].slug.as_str()), ("things", "alpha"));
        assert_eq!((category.progress().researched, category.progress().total), (1, 2));
        let page = site.page("/things/alpha/");
        assert_eq!(page.text("h1"), "Alpha");
        assert_eq!(page.attributes("main h2[id]", "id"), ["overview", "architecture"]);
        assert!(page.text("main").contains("It is a thing."));
    }
}

#[test]
fn a_level_between_groups_frameworks() {
    let site = TestSite::of(&[(
        "things.md",
        &index(
            "## Provider\n\nAbout the provider.\n\n### Alpha\n\n#### Overview\n\na\n\n#### Architecture\n\nb\n\n### Beta\n\n#### Overview\n\nc\n\n#### Architecture\n\nd\n",
        ),
    )]);
    let edition = site.edition();
    let frameworks = &edition.site.categories[0].frameworks;
    assert_eq!(
        frameworks.iter().map(|f| (f.title.as_str(), f.group.as_deref())).collect::<Vec<_>>(),
        [("Alpha", Some("Provider")), ("Beta", Some("Provider"))]
    );
    assert!(site.page("/things/").text("main").contains("About the provider."));
    assert!(site.page("/things/beta/").text("main").contains('d'));
}

#[test]
fn a_folder_between_groups_frameworks() {
    let framework = "# Alpha\n\n## Overview\n\na\n\n## Architecture\n\nb\n";
    let site = TestSite::of(&[("things/index.md", &index("")), ("things/provider-one/alpha.md", framework)]);
    let edition = site.edition();
    assert_eq!(edition.site.categories[0].frameworks[0].group.as_deref(), Some("Provider one"));
    assert_eq!(site.page("/things/provider-one/alpha/").text("h1"), "Alpha");
}

#[test]
fn frameworks_stand_in_the_order_in_which_the_index_names_them() {
    let framework = |name: &str| format!("# {name}\n\n## Overview\n\na\n\n## Architecture\n\nb\n");
    let site = TestSite::of(&[
        ("things/index.md", &index("## Frameworks\n\n- [Zeta](zeta.md)\n- [Alpha](alpha.md)\n")),
        ("things/alpha.md", &framework("Alpha")),
        ("things/mu.md", &framework("Mu")),
        ("things/zeta.md", &framework("Zeta")),
    ]);
    let edition = site.edition();
    let titles: Vec<_> = edition.site.categories[0].frameworks.iter().map(|f| f.title.as_str()).collect();
    assert_eq!(titles, ["Zeta", "Alpha", "Mu"]);
}

#[test]
fn metadata_under_a_finding_becomes_rating_and_facts() {
    let site = TestSite::of(&[
        ("things/index.md", &index("")),
        (
            "things/alpha.md",
            "# Alpha\n\n> **Licence:** MIT\n\n## Overview\n\na\n\n## Architecture\n\n> **Rating:** 4/5 - careful with the head node  \n\
             > **Scheduler:** distributed[^s]\n> **Task overhead:** No\n> **JVM:** not applicable (no Java here)\n\nProse.\n\n[^s]: Somebody, *Paper*, <https://example.org/paper>, read 2026-11-01.\n",
        ),
    ]);
    let page = site.page("/things/alpha/");
    let main = page.text("main");
    for words in
        ["4/5", "careful with the head node", "Scheduler", "distributed", "JVM", "no Java here", "Licence", "MIT"]
    {
        assert!(main.contains(words), "{words}");
    }
    assert_eq!(page.attributes("#source-1 a[href^='https']", "href"), ["https://example.org/paper"]);
    assert_eq!(page.attributes("sup a[href='#source-1']", "id"), ["cite-1-1"]);
    assert!(page.attributes("#source-1 a", "href").contains(&"#cite-1-1".to_owned()), "the source leads back");
    let table = site.page("/things/compare/").html("main table");
    assert!(table.contains("/things/alpha/#source-1"), "the cell leads to the source: {table}");
}

#[test]
fn front_matter_is_read_and_never_shown() {
    let yaml =
        "---\ntitle: From YAML\ndescription: A page.\naliases: [/old/place/]\nweight: 3\n---\n# Heading\n\nwords\n";
    let toml = "+++\ntitle = \"From TOML\"\n+++\n\nwords\n";
    let site = TestSite::of(&[("yaml.md", yaml), ("toml.md", toml)]);
    let page = site.page("/yaml/");
    assert_eq!(page.text("h1"), "From YAML");
    assert!(!page.text("main").contains("weight"));
    assert_eq!(page.attributes("meta[name=description]", "content"), ["A page."]);
    assert_eq!(site.page("/toml/").text("h1"), "From TOML");
    for old in ["/old/place/", "/old/place"] {
        let moved = site.get(old);
        assert_eq!((moved.status, moved.header("location")), (StatusCode::PERMANENT_REDIRECT, "/yaml/"));
    }
}

#[test]
fn drafts_are_shown_only_with_live_reload() {
    let files = [("a.md", "---\ndraft: true\n---\n# Secret\n"), ("b.md", "# Open\n")];
    assert_eq!(TestSite::of(&files).get("/a/").status, StatusCode::NOT_FOUND);
    assert_eq!(TestSite::live(&files).page("/a/").text("h1"), "Secret");
}

#[test]
fn relative_links_lead_to_pages_and_are_checked() {
    let site = TestSite::of(&[
        (
            "a.md",
            "# A\n\n[one](sub/b.md) [two](sub/b.md#deep) [three](./sub/) [bad](gone.md) [worse](sub/b.md#nowhere)\n",
        ),
        ("sub/b.md", "# B\n\n## Deep\n\n[up](../a.md) [image](../pic.png)\n"),
    ]);
    let links = site.page("/a/").attributes("main p a", "href");
    assert!(["/sub/b/", "/sub/b/#deep", "/sub/"].iter().all(|href| links.iter().any(|link| link == href)), "{links:?}");
    let codes: Vec<_> = site.edition().site.diagnostics().iter().map(|d| (d.path.clone(), d.line, d.code)).collect();
    assert_eq!(
        codes,
        [
            ("a.md".to_owned(), 3, "broken-link"),
            ("a.md".to_owned(), 3, "broken-anchor"),
            ("sub/b.md".to_owned(), 5, "broken-link")
        ]
    );
    assert_eq!(site.page("/sub/b/").attributes("main p a", "href")[0], "/a/");
}

#[test]
fn github_flavoured_markdown_is_whole() {
    let site = TestSite::of(&[(
        "a.md",
        "# A\n\n| l | r |\n|:--|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~gone~~ www.example.org\n\n> [!WARNING]\n> careful\n\nnote[^n]\n\n```python title=\"tasks.py\"\nreturn 1\n```\n\n[^n]: the note\n",
    )]);
    let page = site.page("/a/");
    assert_eq!(page.texts("main table th[scope=col]"), ["l", "r"]);
    assert_eq!(page.count("main table td.align-right"), 1);
    assert_eq!((page.count("main li.task input[checked]"), page.count("main li.task input")), (1, 2));
    assert_eq!(page.text("main del"), "gone");
    assert_eq!(page.attributes("main p a[href^=http]", "href"), ["http://www.example.org"]);
    assert!(page.text(".markdown-alert-warning").contains("careful"));
    assert_eq!(page.text("#source-1").replace('↩', "").trim().split(' ').take(2).collect::<Vec<_>>(), ["the", "note"]);
    assert_eq!(page.text("figure.code figcaption"), "tasks.py");
    assert_eq!(page.text("figure.code .t-k"), "return");
}

#[test]
fn headings_have_unique_anchors_and_links_to_them() {
    let site = TestSite::of(&[("a.md", "# A\n\n## Same\n\nx\n\n## Same\n\ny\n\n### Über uns?\n")]);
    let page = site.page("/a/");
    assert_eq!(page.attributes("main h2[id], main h3[id]", "id"), ["same", "same-1", "über-uns"]);
    let links = page.attributes("main a", "href");
    assert!(links.iter().any(|href| href == "#same-1"), "{links:?}");
}

#[test]
fn a_heading_inside_a_quote_can_be_linked_to() {
    let site = TestSite::of(&[(
        "a.md",
        "# A\n\n## One\n\n> ### Aside\n>\n> words\n\n## Aside\n\n[up](#aside) [down](#aside-1)\n",
    )]);
    assert!(site.edition().site.diagnostics().is_empty());
    let page = site.page("/a/");
    assert_eq!(page.attributes("main blockquote [id]", "id"), ["aside"]);
    assert_eq!(page.attributes("main h2[id]", "id"), ["one", "aside-1"]);
}

#[test]
fn images_are_lazy_and_have_their_size() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><script>alert(1)</script></svg>";
    let site =
        TestSite::of(&[("sub/a.md", "# A\n\n![a drawing](pic%20one.svg \"Title\")\n"), ("sub/pic one.svg", svg)]);
    let page = site.page("/sub/a/");
    let image = page.html("main p");
    for part in ["src=\"/sub/pic%20one.svg\"", "alt=\"a drawing\"", "width=\"40\"", "height=\"30\"", "loading=\"lazy\""]
    {
        assert!(image.contains(part), "{part} in {image}");
    }
    let file = site.get("/sub/pic%20one.svg");
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert!(file.header("content-security-policy").contains("sandbox"), "its script cannot run");
}

#[test]
fn raw_html_is_sanitised() {
    let site = TestSite::of(&[
        ("b.md", "# B\n"),
        (
            "a.md",
            "# A\n\n<details open><summary>More</summary>\n\n**inside**\n\n</details>\n\n<script>alert(1)</script>\n\n\
             <img src=x onerror=alert(1)> <a href=\"javascript:alert(1)\">j</a> <a href=\"b.md\">b</a> <iframe src=\"https://example.org\"></iframe>\n\n\
             [m](javascript:alert(1)) [v](vbscript:x) [d](data:text/html,x) <style>body{display:none}</style>\n\n<form action=\"https://example.org\"><input name=q></form>\n",
        ),
    ]);
    let page = site.page("/a/");
    let article = page.html("main");
    for bad in [
        "alert(1)",
        "onerror",
        "javascript:",
        "vbscript:",
        "data:text/html",
        "<iframe",
        "<style",
        "https://example.org",
    ] {
        assert!(!article.contains(bad), "{bad} in {article}");
    }
    assert_eq!(page.text("main details[open] strong"), "inside");
    assert!(page.attributes("main a", "href").iter().any(|href| href == "/b/"), "raw links are resolved too");
}

#[test]
fn previous_and_next_follow_the_reading_order() {
    let site =
        TestSite::of(&[("g/index.md", "# G\n\n[b](b.md) [a](a.md)\n"), ("g/a.md", "# A\n"), ("g/b.md", "# B\n")]);
    assert_eq!(site.page("/g/b/").attributes("a[rel=prev]", "href"), ["/g/"]);
    assert_eq!(site.page("/g/b/").attributes("a[rel=next]", "href"), ["/g/a/"]);
    assert!(site.page("/g/a/").attributes("a[rel=next]", "href").is_empty());
}

#[test]
fn an_edit_link_is_made_from_the_pattern() {
    let site = TestSite::of(&[
        ("site.toml", "title = \"Guide\"\nedit_link = \"https://example.org/edit/{path}\"\n"),
        ("g/odd name.md", "# A\n"),
    ]);
    let links = site.page("/g/odd-name/").attributes("a", "href");
    assert!(links.iter().any(|href| href == "https://example.org/edit/g/odd%20name.md"), "{links:?}");
}

#[test]
fn a_contents_list_and_breadcrumbs_lead_around() {
    let site = TestSite::of(&[("g/index.md", "# Guide\n"), ("g/a.md", "# A\n\n## One\n\nx\n\n### Two\n\ny\n")]);
    let page = site.page("/g/a/");
    let crumbs = page.attributes("nav[aria-label=Breadcrumb] a, nav[aria-label=Breadcrumbs] a", "href");
    assert_eq!(crumbs[..2], ["/".to_owned(), "/g/".to_owned()]);
    let all = page.attributes("nav a", "href");
    assert!(all.contains(&"#one".to_owned()) && all.contains(&"#two".to_owned()), "{all:?}");
}
