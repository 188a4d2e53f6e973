//! Case assignment: opens cases, keeps exactly one owner, takes inspections, identification and classification.

mod config;
mod grpc;
mod mergers;
mod pictures;
pub mod policy;
mod reactor;

pub use config::Config;

use grpc::CaseAssignmentService;
use mingcha_proto::assignment::case_assignment_server::CaseAssignmentServer;
use platform::{Context, Reaction, ServeError, react, serve_grpc};
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let mergers = mergers::known();
    context.run_in_background(mergers.clone().follow(context.clone()));
    let handler = async move |reaction: Reaction<'_>| reactor::handle(reaction, &mergers).await;
    context.run_in_background(react(context.clone(), "case-assignment", &policy::HEARS, handler));
    let shown = pictures::shown();
    context.run_in_background(shown.clone().follow(context.clone()));
    let gate = context.clone();
    let service = CaseAssignmentService::new(context.clone(), shown);
    let server = CaseAssignmentServer::with_interceptor(service, move |request| gate.admit(request));
    let routes = Routes::new(server);
    serve_grpc::<CaseAssignmentServer<CaseAssignmentService>>(
        "case-assignment",
        config.listen,
        &context,
        routes,
    )
    .await
}
