//! Web gateway, the HTTP edge: public pages, public and staff JSON, sign-in, SMS webhook; it owns no fact.

mod api;
mod body;
mod config;
mod console;
mod day_keys;
mod edge;
mod evidence;
mod guard;
mod handling;
mod health;
mod large;
mod limits;
mod live;
mod middleware;
mod openapi;
mod pages;
mod problem;
mod proof;
mod query;
mod random;
mod results;
mod routes;
mod sessions;
mod sign_in;
mod sms;
mod source;
mod tiles;
mod uploads;
mod volatile;

pub use config::{Addresses, Config, LimitsConfig, ProofConfig, SessionConfig, Window};
pub use edge::{DirectoryView, Parts};
pub use openapi::document as openapi_document;
pub use problem::Problem;
pub use routes::router;

use platform::{Calls, Context, IdentityConfig, IdentityMint, ServeError};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

const SERVICE: &str = "web-gateway";

/// Runs the edge until shutdown.
///
/// # Errors
/// If the address, the signing key or a configured address cannot be used.
pub async fn serve(config: Config, context: Context, identity: IdentityConfig) -> Result<(), ServeError> {
    let failed = |reason: String| ServeError::start(SERVICE, reason);
    config.check().map_err(failed)?;
    let mint = IdentityMint::load(&identity).map_err(|error| ServeError::start(SERVICE, error))?;
    let listen = config.listen;
    let parts = Parts {
        config,
        calls: Calls { mint },
        directory: Arc::new(context.directory.clone()),
        clock: context.clock.clone(),
        store: context.store.clone(),
        nats: context.nats.clone(),
        shutdown: context.shutdown.clone(),
    };
    let router = router(parts).map_err(failed)?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| ServeError::start(SERVICE, format!("{listen}: {error}")))?;
    tracing::info!(%listen, "listening");
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(context.shutdown.clone().cancelled_owned())
    .await
    .map_err(|error| ServeError::start(SERVICE, error))
}
