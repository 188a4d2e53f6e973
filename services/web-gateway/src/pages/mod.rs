//! The public pages.

use crate::edge::Edge;
use crate::problem::{self, Problem};
use axum::Router;
use axum::response::Response;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
}

/// A problem as a page.
pub(crate) fn problem(_edge: &Edge, problem: &Problem) -> Response {
    problem::as_json(problem)
}
