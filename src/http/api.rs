//! Handlers for programs: the same answers as JSON.

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri};

use super::pages::{Store, pairs};
use super::response::{Head, respond};
use crate::edition::Body;
use crate::search::Query;

/// The search results as JSON.
pub async fn search_json(State(store): Store, uri: Uri, headers: HeaderMap) -> Response<HttpBody> {
    let edition = store.current();
    let results = edition.search.search(&edition.site, &Query::from_pairs(pairs(&uri)));
    let json = serde_json::to_vec(&results).expect("results hold nothing that JSON cannot");
    respond(&headers, Head::JSON, &Body::new(json))
}
