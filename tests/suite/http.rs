//! What HTTP itself promises: validators, codings, caching, methods, security headers, helpful refusals.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::support::TestSite;

fn site() -> TestSite {
    let long = "words to compress ".repeat(200);
    TestSite::of(&[("index.md", "# Home\n"), ("guide/reading.md", &format!("# Reading\n\n{long}\n"))])
}

#[test]
fn pages_have_strong_validators_and_answer_304() {
    let site = site();
    let first = site.get("/guide/reading/");
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 20, "{etag}");
    assert_eq!(first.header("cache-control"), "no-cache");
    for known in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
        let again = site.send("/guide/reading/", &[("if-none-match", &known)]);
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(again.header("etag"), etag);
    }
    assert_eq!(site.send("/guide/reading/", &[("if-none-match", "\"other\"")]).status, StatusCode::OK);
}

#[test]
fn a_validator_changes_with_the_page_and_only_with_it() {
    let mut site = site();
    let (home, reading) =
        (site.get("/").header("etag").to_owned(), site.get("/guide/reading/").header("etag").to_owned());
    site.write("guide/reading.md", "# Reading\n\nchanged\n");
    site.refresh();
    assert_ne!(site.get("/guide/reading/").header("etag"), reading);
    assert_eq!(site.get("/").header("etag"), home);
}

#[test]
fn bodies_are_compressed_as_the_client_likes() {
    let site = site();
    let plain = site.get("/guide/reading/");
    let cases = [("br, gzip", "br"), ("gzip", "gzip"), ("gzip;q=1, br;q=0", "gzip"), ("identity", ""), ("deflate", "")];
    let mut etags = std::collections::BTreeSet::new();
    for (accept, coding) in cases {
        let answer = site.send("/guide/reading/", &[("accept-encoding", accept)]);
        assert_eq!(answer.header("content-encoding"), coding, "{accept}");
        assert!(answer.header("vary").contains("accept-encoding"));
        assert!(coding.is_empty() || answer.bytes.len() * 3 < plain.bytes.len(), "{accept}: {}", answer.bytes.len());
        etags.insert(answer.header("etag").to_owned());
    }
    assert_eq!(etags.len(), 3, "each coding has a validator of its own");
}

#[test]
fn compressed_bodies_unpack_to_the_page() {
    use std::io::Read as _;
    let site = site();
    let plain = site.get("/guide/reading/").bytes;
    let gzipped = site.send("/guide/reading/", &[("accept-encoding", "gzip")]).bytes;
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzipped[..]).read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(unpacked, plain);
    let packed = site.send("/guide/reading/", &[("accept-encoding", "br")]).bytes;
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &packed[..], &mut unpacked).expect("brotli");
    assert_eq!(unpacked, plain);
}

#[test]
fn every_answer_carries_the_security_headers() {
    let site = site();
    for path in ["/", "/nowhere/", "/search?q=x", "/api/search?q=x", "/healthz", "/guide/reading.md"] {
        let answer = site.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
    }
}

#[test]
fn no_page_has_inline_script_or_style() {
    let site = site();
    for path in ["/", "/guide/reading/", "/nowhere/", "/search?q=words"] {
        let dom = site.get(path).dom();
        assert_eq!(dom.count("script:not([src]):not([type='application/ld+json'])"), 0, "{path}");
        assert_eq!(dom.count("style, [style], [onclick], [onload]"), 0, "{path}");
    }
}

#[test]
fn static_files_are_named_by_their_hash_and_kept_for_a_year() {
    let site = site();
    let page = site.page("/");
    let mut files = page.attributes("link[rel=stylesheet], link[rel=icon]", "href");
    files.extend(page.attributes("script[src]", "src"));
    assert_eq!(files.len(), 3, "{files:?}");
    for file in files {
        let answer = site.get(&file);
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        if file.ends_with(".js") {
            assert_scripts_import_what_is_there(&site, &answer.text());
        }
    }
    assert_eq!(site.get("/static/site.css").status, StatusCode::NOT_FOUND);
}

fn assert_scripts_import_what_is_there(site: &TestSite, script: &str) {
    for (at, _) in script.match_indices("\"./") {
        let name = script[at + 3..].split('"').next().expect("a closed string");
        assert_eq!(site.get(&format!("/static/{name}")).status, StatusCode::OK, "{name}");
    }
}

#[test]
fn head_answers_as_get_without_a_body() {
    let site = site();
    let request = Request::builder().method("HEAD").uri("/guide/reading/").body(Body::empty()).expect("a request");
    let answer = site.request(request);
    assert_eq!((answer.status, answer.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(answer.header("content-length"), site.get("/guide/reading/").bytes.len().to_string());
}

#[test]
fn other_methods_are_refused() {
    let site = site();
    for path in ["/", "/search", "/nowhere"] {
        let request = Request::builder().method("POST").uri(path).body(Body::from("x=1")).expect("a request");
        assert_eq!(site.request(request).status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let site = site();
    let body = Body::from(vec![b'x'; 1 << 20]);
    let request =
        Request::builder().method("POST").uri("/").header("content-length", 1 << 20).body(body).expect("a request");
    assert_eq!(site.request(request).status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn addresses_without_the_closing_slash_are_redirected() {
    let site = site();
    for (from, to) in [
        ("/guide", "/guide/"),
        ("/guide/reading", "/guide/reading/"),
        ("/guide/reading.html", "/guide/reading/"),
        ("/guide/reading/index.html?a=b", "/guide/reading/?a=b"),
        ("/search/?q=x", "/search?q=x"),
    ] {
        let answer = site.get(from);
        assert_eq!((answer.status, answer.header("location")), (StatusCode::PERMANENT_REDIRECT, to), "{from}");
    }
    assert_eq!(site.get("//example.org/%2e%2e").status, StatusCode::NOT_FOUND);
}

#[test]
fn a_page_that_is_not_there_suggests_the_nearest() {
    let site = site();
    for path in ["/guide/raeding/", "/guide/readin", "/reading", "/guide/reading/more/words", "/Guide/Reading.md/"] {
        let answer = site.get(path);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
        let links = answer.dom().attributes("main a", "href");
        assert!(links.iter().any(|href| href == "/guide/reading/"), "{path}: {links:?}");
    }
}

#[test]
fn a_path_that_is_shown_is_escaped() {
    let answer = site().get("/%3Cscript%3Ealert(1)%3C/script%3E%22%27");
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(!answer.text().contains("<script>alert"));
}

#[test]
fn nothing_outside_the_site_is_served() {
    let site = site();
    std::fs::write(site.path().with_file_name("secret.md"), "# Secret\n").expect("written");
    for path in [
        "/../secret.md",
        "/..%2fsecret.md",
        "/%2e%2e/secret.md",
        "/guide/..%2f..%2fsecret.md",
        "/.git/config",
        "/site.toml%00.md",
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("Secret"), "{path}");
    }
}

#[test]
fn health_and_readiness_answer() {
    let site = site();
    assert_eq!(site.get("/healthz").text(), "ok\n");
    assert_eq!(site.get("/readyz").text(), "edition 1\n");
}

#[test]
fn live_news_are_off_without_live_reload() {
    assert_eq!(site().get("/_live").status, StatusCode::NOT_FOUND);
    assert_eq!(site().page("/").count("html[data-live]"), 0);
}
