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
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

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
        let answer = tokio::time::timeout(TIME_LIMIT, is_serving(address)).await;
        (name, answer.unwrap_or(false))
    });
    let (services, redis) = tokio::join!(join_all(services), edge.volatile.is_there());
    let mut away: Vec<_> = services
        .into_iter()
        .filter(|(_, serving)| !serving)
        .map(|(name, _)| name)
        .collect();
    if !redis {
        away.push("redis");
    }
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

async fn is_serving(address: &str) -> bool {
    let Ok(endpoint) = Endpoint::from_shared(address.to_owned()) else {
        return false;
    };
    let Ok(channel) = endpoint.connect_timeout(TIME_LIMIT).connect().await else {
        return false;
    };
    let request = HealthCheckRequest {
        service: String::new(),
    };
    let answer = HealthClient::new(channel).check(request).await;
    answer.is_ok_and(|answer| answer.into_inner().status() == ServingStatus::Serving)
}
