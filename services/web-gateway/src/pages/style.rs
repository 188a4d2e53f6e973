//! The style sheets of pages and of papers, named after their content so that browsers may keep them for ever.

use crate::problem::Problem;
use crate::random;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

const STYLE: &str = include_str!("../../assets/site.css");
const PAPER: &str = include_str!("../../assets/paper.css");
const FOR_EVER: &str = "public, max-age=31536000, immutable";

static PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/site-{}.css", &random::sha256_hex(STYLE)[..12]));

static PAPER_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/paper-{}.css", &random::sha256_hex(PAPER)[..12]));

pub(crate) fn path() -> &'static str {
    &PATH
}

/// Of what is made to be printed.
pub(crate) fn paper_path() -> &'static str {
    &PAPER_PATH
}

pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let style = match name.split_once('-') {
        Some(("site", _)) if name.ends_with(".css") => STYLE,
        Some(("paper", _)) if name.ends_with(".css") => PAPER,
        _ => return Err(Problem::not_found()),
    };
    let is_current = path().ends_with(&name) || paper_path().ends_with(&name);
    // A page of another version still gets a style, but not to keep.
    let caching = if is_current { FOR_EVER } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, caching),
    ];
    Ok((headers, style).into_response())
}

/// A page with its style has to travel over a slow line.
#[cfg(test)]
pub(crate) fn assert_light(page: &str) {
    let total = page.len() + STYLE.len();
    assert!(total <= 50 * 1024, "{total} bytes");
    assert!(!page.contains("<script"));
}
