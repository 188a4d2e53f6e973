//! The one style sheet, named after its content so that browsers may keep it for ever.

use crate::problem::Problem;
use crate::random;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

const STYLE: &str = include_str!("../../assets/site.css");
const FOR_EVER: &str = "public, max-age=31536000, immutable";

static PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/site-{}.css", &random::sha256_hex(STYLE)[..12]));

pub(crate) fn path() -> &'static str {
    &PATH
}

pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let is_current = path().ends_with(&name);
    let is_of_another_version = name.starts_with("site-") && name.ends_with(".css");
    if !is_current && !is_of_another_version {
        return Err(Problem::not_found());
    }
    // A page of another version still gets a style, but not to keep.
    let caching = if is_current { FOR_EVER } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, caching),
    ];
    Ok((headers, STYLE).into_response())
}

/// A page with its style has to travel over a slow line.
#[cfg(test)]
pub(crate) fn assert_light(page: &str) {
    let total = page.len() + STYLE.len();
    assert!(total <= 50 * 1024, "{total} bytes");
    assert!(!page.contains("<script"));
}
