//! Disposal tracking: what is done about a confirmed site, until it is closed, checked and stays closed.

pub mod board;
mod config;
mod draws;
mod exposures;
mod grpc;
pub mod policy;
mod reactor;
mod watch;

pub use config::Config;
pub use draws::{Redrawn, redraw};

use grpc::DisposalTrackingService;
use mingcha_proto::disposal::disposal_tracking_server::DisposalTrackingServer;
use platform::{Context, ServeError, react, serve_grpc};
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    context.run_in_background(react(
        context.clone(),
        "disposal-tracking",
        &policy::HEARS,
        reactor::handle,
    ));
    let watched = watch::Watched::new();
    context.run_in_background(watch::run(context.clone(), watched.clone()));
    let gate = context.clone();
    let service = DisposalTrackingService::new(context.clone(), watched);
    let server = DisposalTrackingServer::with_interceptor(service, move |request| gate.admit(request));
    let routes = Routes::new(server);
    serve_grpc::<DisposalTrackingServer<DisposalTrackingService>>(
        "disposal-tracking",
        config.listen,
        &context,
        routes,
    )
    .await
}
