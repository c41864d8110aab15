//! Bodies to responses: coding, validators, cache policy and security headers. The only place that sets them.

use axum::body::Body as HttpBody;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::edition::{Body, Coding, Encoder};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// For files of the content folder: an SVG or a PDF opened by itself runs nothing.
const FILE_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// For the table alone, which any site may show in a frame.
const EMBED_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data: https:; form-action 'none'; base-uri 'none'; \
     frame-ancestors *";

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Kept, and asked for again each time: the validator tells whether it changed.
    Revalidate,
    /// Kept for a year: its address names its content.
    Forever,
    /// Not kept.
    Never,
}

impl CachePolicy {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Revalidate => "no-cache",
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        })
    }
}

/// What a response is made of besides its body.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// Its status.
    pub status: StatusCode,
    /// Its content type.
    pub content_type: &'static str,
    /// How long it may be kept.
    pub cache: CachePolicy,
    /// Whether it depends on the `Accept` header.
    pub negotiated: bool,
}

impl Head {
    /// A page: 200, HTML, revalidated, chosen by `Accept`.
    pub const PAGE: Self = Self {
        status: StatusCode::OK,
        content_type: "text/html; charset=utf-8",
        cache: CachePolicy::Revalidate,
        negotiated: true,
    };
    /// An HTML answer that is made for each request.
    pub const HTML: Self = Self { negotiated: false, ..Self::PAGE };
    /// A Markdown answer.
    pub const MARKDOWN: Self = Self { content_type: "text/markdown; charset=utf-8", ..Self::HTML };
    /// A CSV answer.
    pub const CSV: Self = Self { content_type: "text/csv; charset=utf-8", ..Self::HTML };
    /// A JSON answer.
    pub const JSON: Self = Self { content_type: "application/json", ..Self::HTML };

    /// The same with a status.
    pub const fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

/// Answers with a body: compressed as the client likes, or 304 when the client has it already.
pub fn respond(request: &HeaderMap, head: Head, body: &Body) -> Response<HttpBody> {
    let (coding, bytes) = body.bytes(preferred_coding(request, head.content_type));
    answer(request, head, coding, &body.etag(coding), || HttpBody::from(bytes))
}

/// Answers 304 where the client has already what would be made from something; none where that has to be made.
pub fn unchanged(request: &HeaderMap, head: Head, made_from: &str) -> Option<Response<HttpBody>> {
    let coding = preferred_coding(request, head.content_type);
    let etag = Encoder::validator(coding, made_from);
    has_already(request, &etag).then(|| answer(request, head, coding, &etag, HttpBody::empty))
}

/// Answers with a body that is still being made, of which it is known what it is made from.
pub fn respond_in_pieces(
    request: &HeaderMap,
    head: Head,
    made_from: &str,
    body: impl FnOnce(Encoder) -> HttpBody,
) -> Response<HttpBody> {
    let coding = preferred_coding(request, head.content_type);
    answer(request, head, coding, &Encoder::validator(coding, made_from), || body(Encoder::new(coding)))
}

fn answer(
    request: &HeaderMap,
    head: Head,
    coding: Coding,
    etag: &str,
    body: impl FnOnce() -> HttpBody,
) -> Response<HttpBody> {
    let mut response = if head.status == StatusCode::OK && has_already(request, etag) {
        let mut response = Response::new(HttpBody::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = Response::new(body());
        *response.status_mut() = head.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(head.content_type));
        match coding {
            Coding::Identity => None,
            Coding::Gzip => response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
            Coding::Brotli => response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br")),
        };
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, head.cache.header());
    let vary = if head.negotiated { "accept, accept-encoding" } else { "accept-encoding" };
    headers.insert(header::VARY, HeaderValue::from_static(vary));
    if head.status == StatusCode::OK
        && let Ok(etag) = HeaderValue::from_str(etag)
    {
        headers.insert(header::ETAG, etag);
    }
    response
}

/// A permanent redirect to a path of this site.
pub fn redirect(location: &str) -> Response<HttpBody> {
    let mut response = Response::new(HttpBody::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    match HeaderValue::from_str(location) {
        Ok(location) => {
            response.headers_mut().insert(header::LOCATION, location);
            response.headers_mut().insert(header::CACHE_CONTROL, CachePolicy::Revalidate.header());
        }
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

/// Adds the headers that every answer carries; a policy that a handler chose stays.
pub async fn with_security_headers(mut response: Response<HttpBody>) -> Response<HttpBody> {
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    response
}

/// Sets the policy for what other sites may show in a frame: it runs nothing and sends nothing.
pub fn with_embed_policy(mut response: Response<HttpBody>) -> Response<HttpBody> {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(EMBED_SECURITY_POLICY));
    response
}

/// Sets the policy for files of the content folder.
pub fn with_file_policy(mut response: Response<HttpBody>) -> Response<HttpBody> {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_SECURITY_POLICY));
    response
}

/// Whether the client would rather have Markdown than HTML.
pub fn prefers_markdown(request: &HeaderMap) -> bool {
    let Some(accept) = request.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else { return false };
    quality(accept, "text/markdown") > quality(accept, "text/html")
}

fn preferred_coding(request: &HeaderMap, content_type: &str) -> Coding {
    let compressible = ["text/", "application/json", "application/atom+xml", "image/svg+xml"]
        .iter()
        .any(|kind| content_type.starts_with(kind));
    let Some(accept) =
        request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).filter(|_| compressible)
    else {
        return Coding::Identity;
    };
    if quality(accept, "br") > 0.0 {
        Coding::Brotli
    } else if quality(accept, "gzip") > 0.0 {
        Coding::Gzip
    } else {
        Coding::Identity
    }
}

/// The weight a header gives to a name (RFC 9110, section 12.4.2); 0 where it is not named.
fn quality(header: &str, name: &str) -> f32 {
    let weight = header.split(',').find_map(|entry| {
        let mut parts = entry.split(';');
        parts.next().filter(|entry| entry.trim().eq_ignore_ascii_case(name))?;
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Ok(1.0), str::parse);
        Some(weight.unwrap_or(0.0))
    });
    weight.unwrap_or(0.0)
}

/// Whether `If-None-Match` names the validator; compared weakly, as RFC 9110 asks for it.
fn has_already(request: &HeaderMap, etag: &str) -> bool {
    request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_decide_between_codings_and_types() {
        assert!((quality("gzip, br;q=0.5", "br") - 0.5).abs() < f32::EPSILON);
        assert!(quality("br;q=0", "br") <= 0.0 && quality("deflate", "br") <= 0.0 && quality("br;q=x", "br") <= 0.0);
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
        assert!(!prefers_markdown(&headers));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/markdown, text/html;q=0.9"));
        assert!(prefers_markdown(&headers));
    }
}
