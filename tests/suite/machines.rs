//! What other programs find: site map, feed, robots, the site as text, linked data, pictures, and who changed
//! and verified what.

use std::io::Cursor;

use axum::http::StatusCode;
use serde_json::Value;

use super::support::{TestSite, git, write};

const SITE: &str =
    "title = \"Guide & more\"\ndescription = \"All <of> it.\"\nbase_url = \"https://guide.example.org/\"\n";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("site.toml", SITE),
        ("index.md", "# Guide\n"),
        (
            "f/index.md",
            "# Frameworks & others\n\nWhat there is.\n\n## Research Framework\n\n- **Cost** - what\n- **Use** - for\n",
        ),
        (
            "f/ray.md",
            "# Ray\n\n## Cost\n\nFree.[^a]\n\n## Use\n\n[To be completed]\n\n[^a]: Ray, *Manual*, <https://example.org/a>, read 2026-01-02.\n",
        ),
        (
            "f/dask.md",
            "# Dask\n\n## Cost\n\nFree.[^b]\n\n## Use\n\nMuch.\n\n[^b]: Dask, *Manual*, <https://example.org/b>, read 2025-12-01.\n",
        ),
        ("f/data/speed.csv", "framework,ms\nRay,1.5\n"),
        ("about.md", "# About\n\nWho we are.\n"),
    ]
}

/// The text of every element of a name in a file that must be well-formed XML.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let read = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    let found = read.descendants().filter(|node| node.has_tag_name(("", name)) || node.tag_name().name() == name);
    found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_site_map_names_every_page_where_the_site_is_published() {
    let site = TestSite::of(&files());
    let answer = site.get("/sitemap.xml");
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/xml; charset=utf-8"));
    let base = "https://guide.example.org";
    let urls =
        ["/", "/f/", "/f/compare/", "/f/choose/", "/f/sources/", "/f/dask/", "/f/ray/", "/about/", "/f/data/speed/"];
    let found = elements(&answer.text(), "loc");
    for url in urls {
        assert!(found.contains(&format!("{base}{url}")), "{url} is not in {found:?}");
        assert_eq!(site.get(url).status, StatusCode::OK);
    }
    assert_eq!(found.len(), urls.len(), "{found:?}");
    assert_eq!(site.send("/sitemap.xml", &[("if-none-match", answer.header("etag"))]).status, StatusCode::NOT_MODIFIED);
}

#[test]
fn the_site_map_names_each_pair_of_frameworks_once_and_the_pages_of_tables() {
    let mut files = files();
    files.push(("f/celery.md", "# Celery\n\n## Cost\n\nFree.\n\n## Use\n\nJobs.\n"));
    files.push(("f/data/trips.csv", "name,p50_ms\nray,1\n"));
    let site = TestSite::of(&files);
    let base = "https://guide.example.org";
    let found = elements(&site.get("/sitemap.xml").text(), "loc");
    let pairs: Vec<_> = found.iter().filter(|url| url.contains('?')).collect();
    let expected = ["celery,dask", "celery,ray", "dask,ray"].map(|pair| format!("{base}/f/compare/?f={pair}"));
    assert_eq!(pairs, expected.iter().collect::<Vec<_>>());
    assert!(found.contains(&format!("{base}/f/data/trips/")), "{found:?}");
    let distinct: std::collections::BTreeSet<_> = found.iter().collect();
    assert_eq!(distinct.len(), found.len(), "{found:?}");
    for url in &found {
        let page = site.page(url.strip_prefix(base).expect("an address of the site"));
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [url.as_str()], "the address is the page's own");
    }
}

#[test]
fn a_site_that_does_not_say_where_it_is_takes_the_address_it_is_asked_at() {
    let site = TestSite::of(&[("a.md", "# A\n")]);
    let at = |host: &str| site.send("/robots.txt", &[("host", host)]).text();
    assert!(at("localhost:3000").contains("Sitemap: http://localhost:3000/sitemap.xml"), "{}", at("localhost:3000"));
    assert!(at("[::1]:3000").contains("Sitemap: http://[::1]:3000/sitemap.xml"));
    assert!(at("a\"><script>").contains("Sitemap: http://127.0.0.1:3000/sitemap.xml"));
}

#[test]
fn the_site_is_there_as_text() {
    let site = TestSite::of(&files());
    let outline = site.get("/llms.txt").text();
    assert!(outline.starts_with("# Guide & more\n\n> All <of> it.\n"), "{outline}");
    for line in [
        "## Frameworks & others",
        "- [Ray](https://guide.example.org/f/ray.md): Free.",
        "- [About](https://guide.example.org/about.md): Who we are.",
    ] {
        assert!(outline.contains(line), "{line} is not in {outline}");
    }
    let all = site.get("/llms-full.txt").text();
    assert!(all.contains("Source: https://guide.example.org/f/ray/\n\n# Ray\n\n## Cost\n\nFree.[^a]"), "{all}");
    assert_eq!(
        TestSite::seed().get("/llms-full.txt").text().matches("# Distributed Computing Frameworks\n").count(),
        1
    );
}

#[test]
fn a_page_describes_itself_to_programs() {
    let site = TestSite::of(&files());
    let page = site.page("/f/ray/");
    let data: Value = serde_json::from_str(&page.text("script[type='application/ld+json']")).expect("JSON");
    let graph = &data["@graph"];
    assert_eq!(graph[0]["@type"], "TechArticle");
    assert_eq!(graph[0]["url"], "https://guide.example.org/f/ray/");
    assert_eq!(graph[0]["lastReviewed"], "2026-01-02");
    let way: Vec<_> =
        graph[1]["itemListElement"].as_array().expect("a list").iter().map(|item| &item["name"]).collect();
    assert_eq!(way, ["Home", "Frameworks & others", "Ray"]);
    let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
    assert_eq!(meta("og:image"), ["https://guide.example.org/og/f/ray.png"]);
    assert_eq!(meta("og:url"), ["https://guide.example.org/f/ray/"]);
    let raw = site.get("/f/").text();
    assert!(raw.contains("Frameworks \\u0026 others"), "{raw}");
}

/// The site with a third framework, so that a pair is not all there is to compare.
fn with_celery() -> TestSite {
    let mut files = files();
    files.push(("f/celery.md", "# Celery\n\n## Cost\n\nFree.\n\n## Use\n\nJobs.\n"));
    TestSite::of(&files)
}

#[test]
fn every_page_has_a_picture_of_its_own_that_says_its_title() {
    let site = with_celery();
    let base = "https://guide.example.org";
    let mut pictures = Vec::new();
    for (path, picture, title) in [
        ("/", "/og/index.png", "Guide"),
        ("/about/", "/og/about.png", "About"),
        ("/f/", "/og/f.png", "Frameworks & others"),
        ("/f/ray/", "/og/f/ray.png", "Ray"),
        ("/f/dask/", "/og/f/dask.png", "Dask"),
        ("/f/compare/", "/og/f/compare.png", "Compare Frameworks & others"),
        ("/f/compare/?f=dask,ray", "/og/f/compare/dask/ray.png", "Dask vs Ray"),
        ("/f/compare/?f=celery,ray", "/og/f/compare/celery/ray.png", "Celery vs Ray"),
        ("/f/choose/", "/og/f/choose.png", "Choose among Frameworks & others"),
        ("/f/sources/", "/og/f/sources.png", "Sources of Frameworks & others"),
        ("/f/data/speed/", "/og/f/data/speed.png", "Data: speed"),
        ("/search", "/og/_search.png", "Search"),
    ] {
        let page = site.page(path);
        let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
        assert_eq!(meta("og:url"), [format!("{base}{path}")]);
        assert_eq!(meta("og:image"), [format!("{base}{picture}")], "{path}");
        assert_eq!(meta("og:image:alt"), [title], "{path}");
        let answer = site.get(picture);
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/png"), "{picture}");
        let read = png::Decoder::new(Cursor::new(&answer.bytes)).read_info().expect("a PNG");
        assert_eq!((read.info().width, read.info().height), (1200, 630));
        assert!(!pictures.contains(&answer.bytes), "{path} has a picture of its own");
        pictures.push(answer.bytes);
    }
}

#[test]
fn what_is_asked_of_a_page_leaves_its_picture() {
    let site = with_celery();
    let picture = |path: &str| site.page(path).attributes("meta[property='og:image']", "content");
    for (asked, page) in [
        ("/f/compare/?f=ray,dask&only=differences", "/f/compare/?f=dask,ray"),
        ("/f/compare/?c=cost&f=dask,ray,celery", "/f/compare/"),
        ("/f/compare/?f=dask,ray&as=rows", "/f/compare/"),
        ("/f/compare/?f=ray", "/f/compare/"),
        ("/f/choose/?w=cost:5", "/f/choose/"),
        ("/f/data/speed/?sort=ms", "/f/data/speed/"),
        ("/search?q=free", "/search"),
    ] {
        assert_eq!(picture(asked), picture(page), "{asked}");
    }
    let two = TestSite::of(&files());
    let of_two = two.page("/f/compare/").attributes("meta[property='og:image']", "content");
    assert_eq!(of_two, ["https://guide.example.org/og/f/compare/dask/ray.png"], "two alone are the pair");
    assert_eq!(two.get("/og/f/compare/dask/ray.png").status, StatusCode::OK);
}

#[test]
fn there_is_no_picture_of_a_page_that_is_not_there() {
    let site = with_celery();
    for path in [
        "/og/none.png",
        "/og/f.jpg",
        "/og/f/.png",
        "/og/compare.png",
        "/og/none/compare.png",
        "/og/about/choose.png",
        "/og/f/ray/sources.png",
        "/og/f/compare/dask.png",
        "/og/f/compare/dask/none.png",
        "/og/f/compare/dask/dask.png",
        "/og/f/compare/ray/dask.png",
        "/og/f/compare/celery/dask/ray.png",
        "/og/f/choose/dask/ray.png",
        "/og/f/data/none.png",
    ] {
        assert_eq!(site.get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn a_pair_has_a_picture_however_many_there_are() {
    let mut files = vec![("f/index.md".to_owned(), files()[2].1.to_owned())];
    for number in 10..44 {
        files.push((format!("f/f{number}.md"), format!("# F{number}\n\n## Cost\n\nFree.\n\n## Use\n\nMuch.\n")));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestSite::of(&files);
    let last = site.get("/og/f/compare/f42/f43.png");
    assert_eq!((last.status, last.header("content-type")), (StatusCode::OK, "image/png"));
    assert_eq!(site.get("/og/f/compare/f42/f43.png").header("etag"), last.header("etag"));
}

#[test]
fn a_page_says_where_it_stands() {
    let site = TestSite::of(&files());
    let page = site.page("/f/ray/");
    assert_eq!(page.texts(".upkeep dt"), ["Last verified", "Not researched yet"]);
    assert_eq!(page.attributes(".upkeep dd a", "href"), ["#use"]);
    assert_eq!(page.texts(".upkeep dd")[0], "2026-01-02, when the latest of its sources was read");
    assert_eq!(site.page("/about/").count(".upkeep"), 0);
}

#[test]
fn pages_made_of_several_say_where_these_stand_and_name_the_file_that_orders_them() {
    let site = TestSite::of(&files());
    for path in ["/f/compare/", "/f/choose/", "/f/sources/"] {
        let page = site.page(path);
        assert_eq!(page.texts(".upkeep dt"), ["Last verified"], "{path}");
        let read = "2026-01-02, when the latest of its sources was read; the oldest was read 2025-12-01";
        assert_eq!(page.texts(".upkeep dd"), [read], "{path}");
        assert!(page.text(".foot").contains("Made from f/index.md and the pages of its frameworks"), "{path}");
        assert!(!page.text(".foot").contains("Markdown"), "{path} has no source of its own");
    }
    let data = site.page("/f/data/speed/");
    assert_eq!(data.texts(".foot code"), ["f/data/speed.csv"]);
    assert!(!data.text(".foot").contains("frameworks"));
}

#[test]
fn a_made_page_leads_to_where_its_file_is_edited() {
    let mut files = files();
    let site_file = format!("{SITE}edit_link = \"https://code.example.org/edit/{{path}}\"\n");
    files[0] = ("site.toml", &site_file);
    let site = TestSite::of(&files);
    let edited = |path: &str| site.page(path).attributes(".foot a[href^='https://code']", "href");
    assert_eq!(edited("/f/ray/"), ["https://code.example.org/edit/f/ray.md"]);
    assert_eq!(edited("/f/compare/"), ["https://code.example.org/edit/f/index.md"]);
    assert_eq!(edited("/f/data/speed/"), ["https://code.example.org/edit/f/data/speed.csv"]);
    assert_eq!(edited("/search"), [""; 0]);
}

#[test]
fn version_control_says_who_changed_a_page_last() {
    let at = "2026-03-04T05:06:07+00:00";
    let site = TestSite::versioned(&files(), &[("f/ray.md", "Ada & Co", at), ("f/data", "Ada & Co", at)]);
    let page = site.page("/f/ray/");
    assert_eq!(page.texts(".upkeep dd")[0], "2026-03-04 by Ada & Co");
    for path in ["/f/data/speed/", "/f/compare/", "/f/choose/", "/f/sources/"] {
        assert_eq!(site.page(path).texts(".upkeep dd")[0], "2026-03-04 by Ada & Co", "{path}");
        let data: Value =
            serde_json::from_str(&site.page(path).texts("script[type='application/ld+json']")[0]).expect("JSON");
        assert_eq!(data["@graph"][0]["author"]["name"], "Ada & Co", "{path}");
    }
    let feed = site.get("/feed.xml");
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = feed.text();
    assert_eq!(elements(&feed, "title"), ["Guide & more: changes", "Ray"]);
    let map = site.get("/sitemap.xml").text();
    let times = [elements(&feed, "updated"), elements(&map, "lastmod")].concat();
    assert!(times.len() == 3 && times.iter().all(|time| time.starts_with("2026-03-04T05:06:07")), "{times:?}");
    assert_eq!(elements(&feed, "name")[1], "Ada & Co");
}

#[test]
fn version_control_says_who_verified_a_page() {
    let about = "# About\n\nWho we are.[^c]\n\n[^c]: Us, *Us*, <https://example.org/c>, read 2026-05-01.\n";
    let mut files = files();
    let ray = files[3].1;
    let unread = ray.replace("2026-01-02", "2025-11-30");
    let reworded = ray.replace("Free.", "Free of charge.");
    files[3].1 = &unread;
    let site = TestSite::prepared(|folder| {
        let write_all = |files: &[(&str, &str)]| {
            files.iter().for_each(|(path, text)| write(&folder.join(path), text.as_bytes()));
        };
        let commit = |who: &str, day: &str| {
            let at = format!("{day}T05:06:07+00:00");
            git(folder, &["add", "."], (who, &at));
            git(folder, &["commit", "-qm", "x"], (who, &at));
        };
        write_all(&files);
        git(folder, &["init", "-q"], ("Bob", "2025-12-03T05:06:07+00:00"));
        commit("Bob", "2025-12-03");
        write_all(&[("f/ray.md", ray)]);
        commit("Ada & Co", "2026-01-02");
        write_all(&[("f/ray.md", &reworded)]);
        commit("Cyd", "2026-02-01");
        write_all(&[("about.md", about)]);
    });
    let upkeep = |path: &str| site.page(path).texts(".upkeep dd");
    let verified = "2026-01-02 by Ada & Co, when the latest of its sources was read";
    assert_eq!(upkeep("/f/ray/")[..2], ["2026-02-01 by Cyd", verified]);
    let verified = "2025-12-01 by Bob, when the latest of its sources was read";
    assert_eq!(upkeep("/f/dask/"), ["2025-12-03 by Bob", verified]);
    let unknown = "2026-05-01, when the latest of its sources was read";
    assert_eq!(upkeep("/about/"), ["2025-12-03 by Bob", unknown], "nobody has committed that yet");
    for path in ["/f/compare/", "/f/choose/", "/f/sources/"] {
        let verified =
            "2026-01-02 by Ada & Co, when the latest of its sources was read; the oldest was read 2025-12-01";
        assert_eq!(upkeep(path), ["2026-02-01 by Cyd", verified], "{path}");
    }
    let reviewer = |path: &str| {
        let data = &site.page(path).texts("script[type='application/ld+json']")[0];
        serde_json::from_str::<Value>(data).expect("JSON")["@graph"][0]["reviewedBy"].clone()
    };
    assert_eq!(reviewer("/f/ray/"), serde_json::json!({ "@type": "Person", "name": "Ada & Co" }));
    assert_eq!(reviewer("/about/"), Value::Null);
}

#[test]
fn the_feed_tells_the_newest_change_first_in_whatever_time_zone_it_was_made() {
    let changes = [
        ("f/dask.md", "Bob", "2026-03-05T01:00:00+02:00"),
        ("f/ray.md", "Ada", "2026-03-04T23:30:00-08:00"),
        ("about.md", "Cleo", "2025-12-31T12:00:00+00:00"),
    ];
    let feed = TestSite::versioned(&files(), &changes).get("/feed.xml").text();
    assert_eq!(elements(&feed, "title")[1..], ["Ray", "Dask", "About"]);
    assert_eq!(elements(&feed, "name")[1..], ["Ada", "Bob", "Cleo"]);
    let told: Vec<_> = elements(&feed, "updated").iter().map(|time| time[..19].to_owned()).collect();
    let newest = "2026-03-05T07:30:00";
    assert_eq!(
        told,
        [newest, newest, "2026-03-04T23:00:00", "2025-12-31T12:00:00"],
        "the feed is as new as its newest"
    );
}

#[test]
fn the_feed_tells_the_latest_fifty_changes() {
    let pages: Vec<_> = (10..70).map(|n| (format!("p{n}.md"), format!("# Page {n}\n"))).collect();
    let files: Vec<_> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let changes = [("p1*.md", "Ada", "2025-12-31T12:00:00+00:00"), (".", "Ada", "2026-03-04T12:00:00+00:00")];
    let feed = TestSite::versioned(&files, &changes).get("/feed.xml").text();
    let titles = elements(&feed, "title");
    assert_eq!(titles.len(), 1 + 50);
    assert!(titles.iter().all(|title| !title.starts_with("Page 1")), "the ten oldest are left out: {titles:?}");
}

#[test]
fn without_version_control_the_feed_is_empty_and_as_old_as_the_day() {
    let site = TestSite::on((2026, 11, 22), &files());
    let answer = site.get("/feed.xml");
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
    let feed = answer.text();
    assert_eq!(elements(&feed, "entry").len(), 0);
    assert_eq!(elements(&feed, "title"), ["Guide & more: changes"]);
    assert_eq!(elements(&feed, "updated"), ["2026-11-22T00:00:00Z"]);
    assert_eq!(elements(&feed, "id"), ["https://guide.example.org/"]);
    assert_eq!(elements(&feed, "name"), ["Guide & more"]);
}

#[test]
fn every_address_that_the_outline_and_the_feed_name_is_there() {
    let base = "https://guide.example.org";
    let mut files = files();
    files.push(("notes/one.md", "# One\n\nA note (of one) in a folder.\n"));
    let site = TestSite::versioned(&files, &[(".", "Ada", "2026-03-04T05:06:07+00:00")]);
    let outline = site.get("/llms.txt").text();
    let listed = outline.lines().filter_map(|line| line.strip_prefix("- [")?.split_once("](")?.1.split_once(')'));
    let twins: Vec<_> = listed.map(|(url, _)| url.strip_prefix(base).expect("a whole address")).collect();
    assert_eq!(twins.len(), 5, "{outline}");
    for path in twins {
        let answer = site.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/markdown; charset=utf-8"));
    }
    let feed = site.get("/feed.xml").text();
    let read = roxmltree::Document::parse(&feed).expect("well-formed XML");
    let links = read.descendants().filter(|node| node.attribute("rel") == Some("alternate"));
    let pages: Vec<_> = links.filter_map(|link| link.attribute("href")?.strip_prefix(base)).collect();
    assert_eq!(pages.len(), 7, "the site itself, and six pages that have a file: {feed}");
    for path in pages {
        assert_eq!(site.get(path).status, StatusCode::OK, "{path}");
    }
}

#[test]
fn a_page_that_cannot_be_edited_by_a_link_names_its_file_and_leads_to_its_source() {
    let page = TestSite::of(&files()).page("/about/");
    assert!(page.text(".foot").contains("Made from about.md"), "{}", page.text(".foot"));
    assert_eq!(page.attributes(".foot a[type='text/markdown']", "href"), ["/about.md"]);
}

#[test]
fn crawlers_are_told_what_not_to_fetch() {
    let answer = TestSite::of(&files()).get("/robots.txt");
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/plain; charset=utf-8"));
    let told = answer.text();
    let expected = [
        "User-agent: *",
        "Disallow: /api/",
        "Disallow: /search",
        "Disallow: /_live",
        "",
        "Sitemap: https://guide.example.org/sitemap.xml",
    ];
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
}

/// A page of each kind that others can find, with its title.
const KINDS: [(&str, &str); 10] = [
    ("/", "Guide"),
    ("/f/", "Frameworks & others"),
    ("/f/ray/", "Ray"),
    ("/about/", "About"),
    ("/notes/", "Notes"),
    ("/f/compare/", "Compare Frameworks & others"),
    ("/f/choose/", "Choose among Frameworks & others"),
    ("/f/sources/", "Sources of Frameworks & others"),
    ("/f/data/speed/", "Data: speed"),
    ("/search", "Search"),
];

/// The site with a page of each kind.
fn with_each_kind() -> TestSite {
    let mut files = files();
    files.push(("f/celery.md", "# Celery\n\n## Cost\n\nFree.\n\n## Use\n\nJobs.\n"));
    files.push(("notes/one.md", "# One\n\nA note in a folder without a page of its own.\n"));
    TestSite::of(&files)
}

#[test]
fn a_page_of_each_kind_tells_previews_of_links_what_it_is() {
    let site = with_each_kind();
    for (path, title) in KINDS {
        let page = site.page(path);
        let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
        let description = page.attributes("meta[name=description]", "content");
        assert!(description.len() == 1 && !description[0].is_empty(), "{path} says {description:?}");
        assert_eq!(meta("og:description"), description, "{path}");
        assert_eq!(meta("og:title"), [title], "{path}");
        assert_eq!(meta("og:site_name"), ["Guide & more"], "{path}");
        assert_eq!(meta("og:type"), [if path == "/" { "website" } else { "article" }], "{path}");
        assert_eq!(page.attributes("meta[name='twitter:card']", "content"), ["summary_large_image"], "{path}");
    }
}

#[test]
fn a_page_of_each_kind_is_an_article_with_the_way_down_to_it() {
    let site = with_each_kind();
    let base = "https://guide.example.org";
    for (path, title) in KINDS {
        let page = site.page(path);
        let data: Value =
            serde_json::from_str(&page.text("head script[type='application/ld+json']")).expect("linked data");
        assert_eq!(data["@context"], "https://schema.org");
        let graph = data["@graph"].as_array().expect("a graph");
        let article = &graph[0];
        assert_eq!((&article["@type"], &article["headline"]), (&"TechArticle".into(), &title.into()), "{path}");
        assert_eq!(article["url"], format!("{base}{path}"));
        let description = article["description"].as_str().expect("words");
        assert_eq!(page.attributes("meta[name=description]", "content"), [description], "{path}");
        assert_eq!(
            page.count("main script[type='application/ld+json']"),
            usize::from(path.contains("/data/")),
            "{path}"
        );
        if path == "/" {
            assert_eq!(graph.len(), 1, "no way leads down to the home page");
            continue;
        }
        assert_eq!((graph.len(), &graph[1]["@type"]), (2, &"BreadcrumbList".into()), "{path}");
        let way = graph[1]["itemListElement"].as_array().expect("a way");
        let positions: Vec<_> = way.iter().map(|step| step["position"].as_u64()).collect();
        assert_eq!(positions, (1..=way.len() as u64).map(Some).collect::<Vec<_>>(), "{path}");
        assert_eq!((&way[0]["@type"], &way[0]["name"]), (&"ListItem".into(), &"Home".into()), "{path}");
        let last = &way[way.len() - 1];
        assert_eq!(last["item"], article["url"], "{path}");
        assert_eq!(last["name"], page.text(".crumbs li[aria-current]"), "{path}");
    }
}

#[test]
fn a_page_that_is_not_to_be_found_says_nothing_of_itself_to_programs() {
    let page = with_each_kind().get("/f/none/").dom();
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(page.count("meta[name=description]"), 1, "people who are sent it still learn what it is");
    for absent in ["script[type='application/ld+json']", "link[rel=canonical]", "meta[name='twitter:card']"] {
        assert_eq!(page.count(absent), 0, "{absent}");
    }
}

#[test]
fn a_table_is_a_data_set_that_says_when_it_was_measured_where_that_is_known() {
    let data_set = |files: &[(&str, &str)]| -> Value {
        let page = TestSite::of(files).page("/f/data/speed/");
        serde_json::from_str(&page.html("main script[type='application/ld+json']")).expect("linked data")
    };
    let mut files = files();
    let undated = data_set(&files);
    assert_eq!((&undated["@type"], &undated["name"]), (&"Dataset".into(), &"Data: speed".into()));
    assert_eq!(undated["url"], "https://guide.example.org/f/data/speed/");
    assert_eq!(undated["variableMeasured"][0]["name"], "ms");
    assert_eq!(undated["distribution"][0]["contentUrl"], "https://guide.example.org/f/data/speed.csv");
    assert_eq!(undated.get("dateModified"), None, "nothing is said of a day that is not known");
    files.push(("f/data/environment.json", "{\"date\": \"2026-03-04\"}"));
    assert_eq!(data_set(&files)["dateModified"], "2026-03-04");
}
