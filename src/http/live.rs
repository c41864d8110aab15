//! Server-sent events that tell open pages of each new edition, or of a rebuild that failed.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html>

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::pages::Store;
use crate::edition::News;

const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The stream; it starts with the current edition, so that a page that reconnects knows what it missed.
pub async fn edition_stream(State(store): Store) -> Response {
    if !store.current().is_live() {
        return (StatusCode::NOT_FOUND, "live reload is off\n").into_response();
    }
    let events = WatchStream::new(store.follow())
        .take_while(|news| *news != News::Closing)
        .map(|news| Ok::<_, Infallible>(event(&news)));
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

fn event(news: &News) -> Event {
    match news {
        News::Published(generation) => {
            Event::default().event("edition").data(json!({ "generation": generation }).to_string())
        }
        News::Failed(generation, message) => {
            Event::default().event("failure").data(json!({ "generation": generation, "message": message }).to_string())
        }
        News::Closing => Event::default().comment("closing"),
    }
}
