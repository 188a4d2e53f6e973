//! SMS that people send us, pushed by the carrier.

use crate::edge::Edge;
use axum::Router;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
}
