//! Notification: writes to those whom a fact concerns, sends by mail, remembers what was sent.

mod alarm;
mod attempt;
mod config;
mod conflicts;
mod grpc;
mod letters;
mod mailer;
mod outbox;
mod policy;
mod reactor;
mod sender;

pub use config::{Config, SmtpConfig, TlsMode};

use grpc::NotificationService;
use mailer::Mailer;
use mingcha_proto::notification::notifications_server::NotificationsServer;
use platform::{Context, Reaction, ServeError, react, serve_grpc};
use sender::Shared;
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound or the mail settings are malformed.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let mailer = Mailer::new(&config.smtp).map_err(|error| ServeError::start("notification", error))?;
    let shared = Shared::default();
    let url = config.console_url.clone();
    let handler = async move |reaction: Reaction<'_>| reactor::handle(reaction, &url).await;
    context.run_in_background(react(context.clone(), "notification", &policy::HEARS, handler));
    context.run_in_background(alarm::run(context.clone(), config.console_url.clone()));
    tokio::spawn(sender::run(context.clone(), mailer.clone(), shared.clone()));
    let gate = context.clone();
    let conflicts = conflicts::Conflicts::default();
    context.run_in_background(conflicts.clone().follow(context.clone()));
    let lists = (shared, conflicts);
    let service = NotificationService::new(context.clone(), mailer, lists, config.console_url);
    let server = NotificationsServer::with_interceptor(service, move |request| gate.admit(request));
    let routes = Routes::new(server);
    serve_grpc::<NotificationsServer<NotificationService>>("notification", config.listen, &context, routes)
        .await
}
