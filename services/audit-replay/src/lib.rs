//! Audit and replay: the history of a case as it happened, step by step, and whether it is whole.

mod chain;
mod changes;
mod config;
mod grpc;
mod lane;
mod mail;
mod render;
mod replay;
mod titles;
mod verify;
mod words;

pub use config::Config;
pub use render::render_text;

use grpc::AuditService;
use mail::MailIndex;
use mingcha_proto::audit::audit_server::AuditServer;
use platform::{Context, LARGEST_MESSAGE, ServeError, serve_grpc};
use tonic::service::Routes;
use tonic::service::interceptor::InterceptedService;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let verifier = context.verifier.clone();
    let service = AuditService::new(context.clone(), MailIndex::follow(&context.store));
    let server = AuditServer::new(service).max_encoding_message_size(LARGEST_MESSAGE);
    let routes = Routes::new(InterceptedService::new(server, move |request| {
        verifier.admit(request)
    }));
    serve_grpc::<AuditServer<AuditService>>("audit-replay", config.listen, &context, routes).await
}
