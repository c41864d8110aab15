//! Handlers for other programs: site map, feed, robots, the site as text, pictures for previews of links.

use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::http::{HeaderMap, Response, header};

use super::response::{Head, respond};
use crate::config::USUAL_ADDRESS;
use crate::edition::Edition;
use crate::views::{MachineFile, Pictured};

/// The answer to a path that names one of these; `None` for every other, and where making it failed.
pub(super) async fn answer(edition: &Arc<Edition>, path: &str, headers: &HeaderMap) -> Option<Response<HttpBody>> {
    if let Some(file) = MachineFile::ALL.into_iter().find(|file| file.path() == path) {
        let (making, asked) = (Arc::clone(edition), asked_at(headers));
        let body = tokio::task::spawn_blocking(move || making.machine_file(file, &asked)).await.ok()?;
        return Some(respond(headers, Head { content_type: file.content_type(), ..Head::HTML }, &body));
    }
    Pictured::at(&edition.site, path)?;
    let (drawing, path) = (Arc::clone(edition), path.to_owned());
    let picture = tokio::task::spawn_blocking(move || drawing.picture(&path)).await.ok()??;
    Some(respond(headers, Head { content_type: "image/png", ..Head::HTML }, &picture))
}

/// The address that the request was sent to; the usual one where it names none. Only what can be a host and a port is
/// believed.
pub(super) fn asked_at(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    format!("http://{}", if is_host { host } else { USUAL_ADDRESS })
}
