//! Accountability escalation: runs every clock, climbs the ladder when one is missed, takes explanations and inquiries.

mod board;
mod config;
mod grpc;
mod policy;
mod reactor;
mod scheduler;

pub use config::Config;

use grpc::AccountabilityService;
use mingcha_proto::accountability::accountability_server::AccountabilityServer;
use platform::{Context, ServeError, react, serve_grpc};
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    context.run_in_background(react(
        context.clone(),
        "accountability-escalation",
        reactor::handle,
    ));
    tokio::spawn(scheduler::run(context.clone()));
    let gate = context.clone();
    let service = AccountabilityService::new(context.clone());
    let server = AccountabilityServer::with_interceptor(service, move |request| gate.admit(request));
    let routes = Routes::new(server);
    serve_grpc::<AccountabilityServer<AccountabilityService>>(
        "accountability-escalation",
        config.listen,
        &context,
        routes,
    )
    .await
}
