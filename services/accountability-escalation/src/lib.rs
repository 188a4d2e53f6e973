//! Accountability escalation: runs every clock, climbs the ladder when one is missed, takes explanations, inquiries, findings and tasks.

mod board;
mod config;
mod foresight;
mod grpc;
pub mod jobs;
mod nearness;
pub mod policy;
mod preview;
mod reactor;
mod scheduler;
pub mod sites;
pub mod special;
pub mod tally;

pub use config::Config;

use grpc::AccountabilityService;
use mingcha_proto::accountability::accountability_server::AccountabilityServer;
use platform::{Context, Reaction, ServeError, react, serve_grpc};
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let tally = tally::SharedTally::default();
    let sites = sites::Sites::new(tally.clone());
    context.run_in_background(sites.clone().follow(context.clone()));
    let handler = async move |reaction: Reaction<'_>| reactor::handle(reaction, &sites).await;
    context.run_in_background(react(
        context.clone(),
        "accountability-escalation",
        &policy::HEARS,
        handler,
    ));
    let (foresight, questions) = foresight::Foresight::new();
    tokio::spawn(scheduler::run(context.clone(), tally.clone(), questions));
    let gate = context.clone();
    let service = AccountabilityService::new(context.clone(), tally, foresight);
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
