//! Around every request: id, span, access log, time limit, panics, security headers, and problems written out.

use crate::edge::Edge;
use crate::pages;
use crate::problem::{self, Problem};
use crate::random;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const SECURITY_HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; script-src 'self'; connect-src 'self'; \
         font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(self)",
    ),
];

pub(crate) fn around(router: Router<Edge>, edge: &Edge) -> Router<Edge> {
    router.layer(from_fn_with_state(edge.clone(), attend))
}

/// The access log names the route, never the address: paths hold secrets, and who asked is nobody's business.
async fn attend(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let id = hex::encode(random::bytes::<8>());
    let started = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", |path| path.as_str())
        .to_owned();
    let wants_page = wants_page(request.headers(), request.uri().path());
    let span = tracing::info_span!("http", %method, route, request_id = id);
    let limit = Duration::from_secs(edge.config.limits.request_seconds.max(1));
    let mut response = within_limits(limit, next.run(request)).instrument(span).await;
    if let Some(problem) = unwritten_problem(&mut response) {
        response = written(&edge, problem.asked_as(&id), wants_page, response.headers());
    }
    add_headers(response.headers_mut(), &id, edge.config.is_https());
    let status = response.status().as_u16();
    let milliseconds = started.elapsed().as_millis() as u64;
    if !is_probe(&method, &route) {
        tracing::info!(target: "access", %method, route, status, milliseconds, request_id = id);
    }
    response
}

/// A panic or a stuck request is a problem like any other. An answer that has begun may take any time: a stream of events is
/// meant to stay.
async fn within_limits(limit: Duration, answer: impl Future<Output = Response>) -> Response {
    use axum::response::IntoResponse;
    let answer = AssertUnwindSafe(answer).catch_unwind();
    match tokio::time::timeout(limit, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("a handler panicked");
            Problem::internal().into_response()
        }
        Err(_) => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "gateway.timeout",
            "处理时间太长，您的操作可能没有完成。",
        )
        .remedy("请稍后再试；重复提交同一内容不会重复登记。")
        .into_response(),
    }
}

/// The problem that a response carries, or one for a bare error of a library.
fn unwritten_problem(response: &mut Response) -> Option<Problem> {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        return Some(problem);
    }
    let status = response.status();
    let is_bare = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_bare || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => Problem::method_not_allowed(),
        status if status.is_client_error() => {
            Problem::new(status, "gateway.malformed", "提交的内容格式不对。")
        }
        _ => Problem::internal(),
    })
}

fn written(edge: &Edge, problem: Problem, wants_page: bool, before: &HeaderMap) -> Response {
    let mut response = if wants_page {
        pages::problem(edge, &problem)
    } else {
        problem::as_json(&problem)
    };
    let headers = response.headers_mut();
    // A 405 must say what is allowed.
    if let Some(allowed) = before.get(header::ALLOW) {
        headers.insert(header::ALLOW, allowed.clone());
    }
    if let Some(seconds) = problem.details().retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn add_headers(headers: &mut HeaderMap, id: &str, is_https: bool) {
    for (name, value) in SECURITY_HEADERS {
        // A document that brings its own style has a policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_https {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // What is not said to be cacheable is nobody's to keep.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// Browsers get pages, programs get JSON.
fn wants_page(headers: &HeaderMap, path: &str) -> bool {
    let is_for_programs = ["/api/", "/hooks/", "/livez", "/readyz"]
        .iter()
        .any(|prefix| path.starts_with(prefix));
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    !is_for_programs && accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn is_probe(method: &Method, route: &str) -> bool {
    *method == Method::GET && matches!(route, "/livez" | "/readyz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_pages_and_programs_json() {
        let mut headers = HeaderMap::new();
        assert!(!wants_page(&headers, "/nowhere"));
        headers.insert(
            header::ACCEPT,
            HeaderValue::from_static("text/html,application/xhtml+xml"),
        );
        assert!(wants_page(&headers, "/nowhere"));
        assert!(!wants_page(&headers, "/api/v1/nowhere"));
        assert!(!wants_page(&headers, "/hooks/sms/x"));
    }
    #[test]
    fn every_answer_is_guarded() {
        let mut headers = HeaderMap::new();
        add_headers(&mut headers, "r1", true);
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "x-request-id",
        ] {
            assert!(headers.contains_key(name), "{name}");
        }
        let policy = headers["content-security-policy"].to_str().expect("text");
        assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(headers["cache-control"], "no-store");
    }
}
