//! Handlers for programs: the same answers as JSON.

use axum::body::Body as HttpBody;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri};

use super::pages::{Store, pairs};
use super::response::{CachePolicy, Head, respond};
use crate::edition::Body;
use crate::matrix::{Matrix, Selection};
use crate::search::Query;
use crate::site::encode_path;

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
    let selection = Selection::from_pairs(site, category, pairs(&uri));
    let json = Matrix::build(site, category, &selection).to_json(&selection);
    respond(&headers, Head::JSON, &Body::once(json.to_string()))
}

/// The search results as JSON.
pub async fn search_json(State(store): Store, uri: Uri, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let results = edition.search.search(&edition.site, &Query::from_pairs(pairs(&uri)));
    let json = serde_json::to_vec(&results).expect("results hold nothing that JSON cannot");
    respond(&headers, Head::JSON, &Body::new(json))
}
