//! A category with random facts, and a random query.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::support::TestSite;

/// What a framework says under the first criterion of a random category.
#[derive(Debug, Clone)]
pub struct Page {
    rating: Option<u8>,
    facts: Vec<String>,
    pub text: &'static str,
}

/// Texts of which several start alike.
pub const TEXTS: [&str; 8] = [
    "Lead.\n\nMore.",
    "Lead.\n\nMore of it.",
    "Lead.\n\n### Below\n\nMore.",
    "Lead.",
    "A *lead*[^two] | of `its` own.\n\nMore.",
    "- one\n- two",
    "### Below\n\nOnly there.",
    "[To be completed]",
];

/// What the facts of a random category are, one a kind.
const KINDS: [&str; 9] = ["text", "duration", "yes/no", "version", "list", "number", "size", "rate", "date"];

/// A category with random facts, one page a framework.
pub fn random_site(pages: &[Page]) -> TestSite {
    let mut index = "# C\n\n## Research Framework\n\n- **A** - one\n".to_owned();
    for (number, kind) in KINDS.iter().enumerate() {
        let _ = writeln!(index, "  - **Fact {number}** ({kind}) - about {kind}");
    }
    index.push_str("- **B** - two\n");
    let page = |number: usize, page: &Page| {
        let mut text = format!("# X{number}\n\n## A\n\n");
        if let Some(rating) = page.rating {
            let _ = writeln!(text, "> **Rating:** {rating}/5 - as it is[^two]");
        }
        for (at, fact) in page.facts.iter().enumerate() {
            let _ = writeln!(text, "> **Fact {at}:** {fact}");
        }
        let _ = write!(
            text,
            "\n{}\n\n## B\n\n> **Rating:** {}/5 - so so\n\nSame.\n\n[^one]: One, *First*, <https://example.org/1>, read 2026-01-05.\n[^two]: Two | *Second*.\n",
            page.text,
            number % 3 + 1
        );
        (format!("c/x{number}.md"), text)
    };
    let others = [
        ("c/index.md", index.as_str()),
        ("c/method.md", "# How\n\nWith a clock.\n"),
        ("c/data/trips.csv", "name,p50_ms,peak_mib\nzorble,0.61,64\nquill,3,12\n"),
    ];
    let mut files: Vec<_> = others.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    files.extend(pages.iter().enumerate().map(|(number, says)| page(number, says)));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    TestSite::of(&files)
}

pub fn random_page() -> impl Strategy<Value = Page> {
    let rating = prop::option::of(1..=5u8);
    (rating, prop::collection::vec(fact(), KINDS.len()), prop::sample::select(&TEXTS[..]))
        .prop_map(|(rating, facts, text)| Page { rating, facts, text })
}

fn fact() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "No",
        "Yes, since 2.9",
        "partial",
        "Not applicable",
        "[To be completed]",
        "0.5 ms",
        "12 ms, cold[^one]",
        "see both[^two][^one]",
        "10 mW",
        "10 MW",
        "[0.61 ms](data/trips.csv#zorble.p50_ms), cold[^one]",
        "[3 ms](data/trips.csv#quill.p50_ms)",
        "[64 MiB](data/trips.csv#zorble.peak_mib)",
        "10 MB",
        "90 tasks/s, warm",
        "1.5 GB/s",
        "May 2024",
        "2024-05-31",
        "no",
        "3 s",
        "1.10",
        "1.9",
        "2.0rc1",
        "Linux, macOS",
        "=1+1",
        "a \"quoted\", b",
        "x | y",
        "12",
        "1 200",
        "é & ü",
        "`code` and *stress*",
        "-3",
    ])
    .prop_map(str::to_owned)
}

pub fn query() -> impl Strategy<Value = String> {
    let value = "[-.,:!<>%a-zß=+ |]{0,12}|x0|x1,x0|x2|a|b|a.fact-[0-9]|-a.fact-[0-9]|b.rating|differences|measured|\
        a.fact-2:yes|fact-4:!linux|fact-1<5 ms|b>=2|rows|columns|paper|x0.a|name|1|words";
    let key = "f|c|r|only|must|q|as|open|sort|w|w.a|fragment|embed|[a-z]{0,3}";
    prop::collection::vec((key, value), 0..7)
        .prop_map(|pairs| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}
