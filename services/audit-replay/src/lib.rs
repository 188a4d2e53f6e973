//! Audit and replay: the history of a case as it happened, step by step, and whether it is whole.

mod chain;
mod changes;
mod config;
mod conflict;
mod dossier;
mod durations;
mod fields;
mod grpc;
mod holders;
mod index;
mod lanes;
mod leads;
mod named;
mod places;
mod promises;
mod reader;
mod readings;
mod register;
mod render;
mod rules;
#[cfg(test)]
mod samples;
mod search;
mod seeing;
mod sentences;
mod sight;
mod speech;
mod steps;
mod threads;
mod titles;
mod under_way;
mod verdict;
mod verify;
mod words;

pub use config::Config;
pub use promises::as_fact;
pub use render::render_text;
pub use titles::title;
pub use verdict::render_verdict;

use grpc::AuditService;
use index::Index;
use mingcha_proto::audit::audit_server::AuditServer;
use platform::{Context, LARGEST_MESSAGE, ServeError, serve_grpc};
use tonic::service::Routes;
use tonic::service::interceptor::InterceptedService;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let index = Index::follow(&context);
    let gate = context.clone();
    let service = AuditService::new(context.clone(), index);
    let server = AuditServer::new(service).max_encoding_message_size(LARGEST_MESSAGE);
    let routes = Routes::new(InterceptedService::new(server, move |request| {
        gate.admit(request)
    }));
    serve_grpc::<AuditServer<AuditService>>("audit-replay", config.listen, &context, routes).await
}
