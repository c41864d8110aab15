//! The site over HTTP: which path is answered by whom, and what every answer passes through.
//!
//! The order, from the outside in: a panic becomes a 500; the security headers are added; the time
//! limit runs; the size limit holds; the request is logged; the handler answers. Handlers take one
//! edition and nothing else.

mod api;
mod live;
mod machines;
mod pages;
mod pieces;
mod response;
mod server;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

pub use server::{bind, serve};

use crate::edition::EditionStore;

/// Longest time an answer may take to begin.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// Largest body a request may have, in bytes; no handler reads one.
const MAX_REQUEST_BYTES: usize = 16 << 10;

/// The whole site as a service.
pub fn router(store: Arc<EditionStore>) -> Router {
    Router::new()
        .route("/search", get(pages::search_page))
        .route("/api/search", get(api::search_json))
        .route("/api/suggest", get(api::suggest_json))
        .route("/api/openapi.json", get(api::openapi_json))
        .route("/opensearch.xml", get(api::opensearch_xml))
        .route("/_status", get(pages::status_page))
        .route("/api/compare/{category}", get(api::compare_json))
        .route("/api/frameworks", get(api::frameworks_json))
        .route("/_live", get(live::edition_stream))
        .route("/healthz", get(pages::health))
        .route("/readyz", get(pages::readiness))
        .fallback(get(pages::any_page))
        .layer(TraceLayer::new_for_http())
        .layer(RequestBodyLimitLayer::new(MAX_REQUEST_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT))
        .layer(map_response(response::with_security_headers))
        .layer(CatchPanicLayer::new())
        .with_state(store)
}
