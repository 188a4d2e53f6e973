//! Result reporting: the guarantee, draft, personal signature, seal and filing of every area at the end of a stage.

mod config;
mod grpc;
mod ledger;
mod mergers;
pub mod policy;
mod reactor;
mod stages;
mod turns;

pub use config::Config;

use grpc::ResultReportingService;
use ledger::Ledger;
use mingcha_proto::reporting::result_reporting_server::ResultReportingServer;
use platform::{Context, Reaction, ServeError, react, serve_grpc};
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound or that of the ledger is malformed.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let ledger = Ledger::at(&config.ledger)
        .map_err(|error| ServeError::start("result-reporting", format!("ledger: {error}")))?;
    let mergers = mergers::known();
    context.run_in_background(mergers.clone().follow(context.clone()));
    let handler = async move |reaction: Reaction<'_>| reactor::handle(reaction, &mergers).await;
    context.run_in_background(react(
        context.clone(),
        "result-reporting",
        &policy::HEARS,
        handler,
    ));
    context.run_in_background(stages::run(context.clone()));
    let gate = context.clone();
    let service = ResultReportingService::new(context.clone(), ledger);
    let server = ResultReportingServer::with_interceptor(service, move |request| gate.admit(request));
    let routes = Routes::new(server);
    serve_grpc::<ResultReportingServer<ResultReportingService>>(
        "result-reporting",
        config.listen,
        &context,
        routes,
    )
    .await
}

#[cfg(test)]
mod tests;
