//! `/livez`: the process runs. `/readyz`: it can serve, and which parts are away.

use crate::edge::Edge;
use crate::handling;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use futures::future::join_all;
use platform::{Followed, is_relayed};
use serde::Serialize;
use std::time::Duration;

const TIME_LIMIT: Duration = Duration::from_millis(700);
const GLANCE: Duration = Duration::from_millis(50);

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

/// Whether events reach NATS, whatever the relay says of itself: while something waits to be published, the newest that is
/// published has to move.
async fn relay_goes_on(edge: &Edge) -> bool {
    let published = async || {
        let (_, last) = edge.nats.last_published().await.ok()?;
        Some(last.map(|event| event.position))
    };
    let Some(before) = published().await else {
        return false;
    };
    if !tokio::time::timeout(TIME_LIMIT, something_waits(edge, before))
        .await
        .unwrap_or(true)
    {
        return true;
    }
    let moved = async {
        while published().await == Some(before) {
            tokio::time::sleep(GLANCE).await;
        }
    };
    tokio::time::timeout(TIME_LIMIT, moved).await.is_ok()
}

async fn something_waits(edge: &Edge, published: Option<u64>) -> bool {
    let mut behind = edge.store.follow_readable(published, &[]);
    while let Some(item) = behind.recv().await {
        match item {
            Followed::Event(event) if is_relayed(&event.stream) => return true,
            Followed::CaughtUp => return false,
            Followed::Event(_) | Followed::Checkpoint(_) => {}
        }
    }
    true
}

async fn readiness(State(edge): State<Edge>) -> Response {
    let services = edge.config.services.named().map(|(name, address)| async move {
        let serving = platform::is_serving(address, TIME_LIMIT).await;
        (name, serving)
    });
    let (services, store, nats, redis, published) = tokio::join!(
        join_all(services),
        edge.store.answers(TIME_LIMIT),
        edge.nats.answers(TIME_LIMIT),
        edge.volatile.is_there(),
        relay_goes_on(&edge),
    );
    let beneath = [("event-store", store), ("nats", nats), ("redis", redis)];
    let is_there = |name: &str, serving: bool| match name {
        // Without what it stands between, the relay cannot be blamed.
        "event-relay" => (serving && published) || !store || !nats,
        _ => serving,
    };
    let away = services
        .into_iter()
        .chain(beneath)
        .filter(|(name, serving)| !is_there(name, *serving))
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
