//! A gRPC server with health, reflection, identity check and graceful end.

use crate::{Context, ServeError};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::watch;
use tonic::codegen::http;
use tonic::server::NamedService;
use tonic::service::Routes;
use tonic::transport::Server;
use tracing::Span;

/// Pictures travel inside messages; this is the most that one message may hold.
pub const LARGEST_MESSAGE: usize = 64 * 1024 * 1024;

/// Serves `routes` on loopback until shutdown. Health turns `SERVING` once the directory is complete.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve_grpc<S: NamedService>(
    service: &'static str,
    listen: SocketAddr,
    context: &Context,
    routes: Routes,
) -> Result<(), ServeError> {
    let (health, health_service) = tonic_health::server::health_reporter();
    health
        .set_service_status("", tonic_health::ServingStatus::NotServing)
        .await;
    let directory = context.directory.clone();
    tokio::spawn(async move {
        directory.ready().await;
        health
            .set_service_status("", tonic_health::ServingStatus::Serving)
            .await;
        health
            .set_service_status(S::NAME, tonic_health::ServingStatus::Serving)
            .await;
        tracing::info!(service, "ready");
    });
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(mingcha_proto::FILE_DESCRIPTOR_SET)
        .build_v1()
        .map_err(|e| ServeError::start(service, e))?;
    let routes = routes.add_service(health_service).add_service(reflection);
    serve_routes(service, listen, context, routes).await
}

/// Serves health and nothing else on loopback until shutdown, for a service that nobody calls: `SERVING` while `works` is true.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve_health(
    service: &'static str,
    listen: SocketAddr,
    context: &Context,
    mut works: watch::Receiver<bool>,
) -> Result<(), ServeError> {
    let (health, health_service) = tonic_health::server::health_reporter();
    let tell = async {
        loop {
            let status = match *works.borrow_and_update() {
                true => tonic_health::ServingStatus::Serving,
                false => tonic_health::ServingStatus::NotServing,
            };
            health.set_service_status("", status).await;
            if works.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = tell => Ok(()),
        ended = serve_routes(service, listen, context, Routes::new(health_service)) => ended,
    }
}

async fn serve_routes(
    service: &'static str,
    listen: SocketAddr,
    context: &Context,
    routes: Routes,
) -> Result<(), ServeError> {
    tracing::info!(service, %listen, "listening");
    Server::builder()
        .tcp_nodelay(true)
        .http2_keepalive_interval(Some(Duration::from_secs(30)))
        .trace_fn(span_of)
        .add_routes(routes)
        .serve_with_shutdown(listen, context.shutdown.clone().cancelled_owned())
        .await
        .map_err(|e| ServeError::start(service, format!("{listen}: {e:?}")))
}

/// The span of a call, continuing the caller's trace. It names the method and nothing of what was said.
fn span_of(request: &http::Request<()>) -> Span {
    let method = request.uri().path().trim_start_matches('/');
    if !method.starts_with("mingcha.") {
        return Span::none();
    }
    let span = tracing::info_span!("rpc", method);
    let traceparent = request.headers().get("traceparent");
    crate::with_parent(&span, traceparent.and_then(|value| value.to_str().ok()));
    span
}

/// Waits until something listens at `address`, or `limit` has passed.
pub async fn wait_for_port(address: SocketAddr, limit: Duration) -> bool {
    let attempt = async {
        while tokio::net::TcpStream::connect(address).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(limit, attempt).await.is_ok()
}
