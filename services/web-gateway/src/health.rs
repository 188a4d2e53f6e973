//! `/livez`: the process runs. `/readyz`: it can serve, and which parts are away.

use crate::edge::Edge;
use crate::handling;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use futures::future::join_all;
use serde::Serialize;
use std::time::Duration;

const TIME_LIMIT: Duration = Duration::from_millis(700);

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    /// Without it nobody's role is known.
    directory_view: bool,
    /// Parts that do not answer; the others go on without them.
    away: Vec<&'static str>,
}

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(readiness))
}

async fn readiness(State(edge): State<Edge>) -> Response {
    let services = edge.config.services.named().map(|(name, address)| async move {
        let serving = platform::is_serving(address, TIME_LIMIT).await;
        (name, serving)
    });
    let (services, store, nats, redis) = tokio::join!(
        join_all(services),
        edge.store.answers(TIME_LIMIT),
        edge.nats.answers(TIME_LIMIT),
        edge.volatile.is_there(),
    );
    let beneath = [("event-store", store), ("nats", nats), ("redis", redis)];
    // Without what it stands between, the relay cannot be blamed.
    let blameless = |name| name == "event-relay" && !(store && nats);
    let away = services
        .into_iter()
        .chain(beneath)
        .filter(|(name, there)| !there && !blameless(*name))
        .map(|(name, _)| name)
        .collect();
    let directory_view = edge.directory.is_ready();
    let readiness = Readiness {
        ready: directory_view,
        directory_view,
        away,
    };
    let status = if readiness.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    handling::json(status, &readiness)
}
