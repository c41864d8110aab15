//! Handlers for programs: search as JSON, as suggestions for an address bar, comparisons, all frameworks, and what
//! describes them.

use std::fmt::Write as _;
use std::sync::OnceLock;

use axum::body::Body as HttpBody;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri};

use super::machines::asked_at;
use super::pages::{Store, compared, pairs};
use super::response::{CachePolicy, Head, respond};
use crate::edition::{Asked, Body, Edition};
use crate::search::Query;
use crate::site::{encode_path, escape};
use crate::views::{Catalogue, SearchAnswer, in_xml};

/// The description of all that stands below `/api/`.
const OPENAPI: &str = include_str!("openapi.json");
/// How many hits are suggested.
const SUGGESTIONS: usize = 8;
const OPENSEARCH: Head = Head { content_type: "application/opensearchdescription+xml", ..Head::HTML };
const SUGGESTED: Head = Head { content_type: "application/x-suggestions+json", ..Head::HTML };

/// A comparison as JSON; 404 where there is no such category.
pub async fn compare_json(
    State(store): Store,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<HttpBody> {
    let edition = store.current();
    let site = &edition.site;
    let Some(category) = site.categories.iter().find(|category| category.slug == encode_path(&name)) else {
        let error = serde_json::json!({ "error": "there is no such category" });
        let head = Head { cache: CachePolicy::Never, ..Head::JSON.status(StatusCode::NOT_FOUND) };
        return respond(&headers, head, &Body::new(error.to_string()));
    };
    let (selection, matrix) = compared(site, category, &uri);
    respond(&headers, Head::JSON, &Body::once(matrix.to_json(&selection).to_string()))
}

/// All frameworks as JSON.
pub async fn frameworks_json(State(store): Store, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let json = serde_json::to_vec(&Catalogue::of(&edition.site));
    respond(&headers, Head::JSON, &Body::once(json.expect("names and numbers are JSON")))
}

/// The search results as JSON.
pub async fn search_json(State(store): Store, uri: Uri, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let results = edition.search.search(&edition.site, &Query::from_pairs(pairs(&uri)));
    if let Some(misses) = store.misses() {
        misses.note(&results.query.text, Asked::Whole, results.total > 0);
    }
    let json = serde_json::to_vec(&SearchAnswer::of(&edition.site, &results));
    respond(&headers, Head::JSON, &Body::new(json.expect("results hold nothing that JSON cannot")))
}

/// What the programs' side of the site can be asked, as OpenAPI.
pub async fn openapi_json(headers: HeaderMap) -> Response<HttpBody> {
    static BODY: OnceLock<Body> = OnceLock::new();
    respond(&headers, Head::JSON, BODY.get_or_init(|| Body::new(OPENAPI)))
}

/// The first hits, in the form in which browsers ask for suggestions.
pub async fn suggest_json(State(store): Store, uri: Uri, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let query = Query { limit: SUGGESTIONS, ..Query::from_pairs(pairs(&uri)) };
    let hits = edition.search.search(&edition.site, &query).hits;
    let base = base_url(&edition, &headers);
    let titles: Vec<_> = hits.iter().map(|hit| &hit.title).collect();
    let paths: Vec<_> = hits.iter().map(|hit| hit.path.join(" / ")).collect();
    let urls: Vec<_> = hits.iter().map(|hit| format!("{base}{}", hit.href)).collect();
    respond(&headers, SUGGESTED, &Body::new(serde_json::json!([query.text, titles, paths, urls]).to_string()))
}

/// How browsers search the site (OpenSearch 1.1).
pub async fn opensearch_xml(State(store): Store, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let (site, base) = (&edition.site, base_url(&edition, &headers));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
    // The specification allows 16 and 1024 characters.
    for (name, text, most) in [
        ("ShortName", site.title(), 16),
        ("Description", site.site_file.description.as_deref().unwrap_or(site.title()), 1024),
    ] {
        let _ = write!(xml, "<{name}>");
        escape(&text.chars().take(most).collect::<String>(), &mut xml);
        let _ = writeln!(xml, "</{name}>");
    }
    for (kind, path) in [("text/html", "/search?q="), ("application/x-suggestions+json", "/api/suggest?q=")] {
        let _ = write!(xml, "<Url type=\"{kind}\" template=\"");
        escape(&base, &mut xml);
        let _ = writeln!(xml, "{path}{{searchTerms}}\"/>");
    }
    let _ = write!(xml, "<Image width=\"16\" height=\"16\" type=\"image/svg+xml\">");
    escape(&format!("{base}{}", edition.statics.urls.icon), &mut xml);
    xml.push_str("</Image>\n<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n");
    respond(&headers, OPENSEARCH, &Body::new(in_xml(xml)))
}

/// The address of the site for programs that need it whole: as it is published, else as it was asked for.
fn base_url(edition: &Edition, headers: &HeaderMap) -> String {
    edition.chrome().canonical_base.map_or_else(|| asked_at(headers), str::to_owned)
}
