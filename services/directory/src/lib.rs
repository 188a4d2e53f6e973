//! Directory: keeps units, staff, campaign dates, calendars and hotlines, and checks passwords at sign-in.

mod bootstrap;
mod config;
mod credentials;
mod grpc;
mod import;
mod members;
mod operations;
mod reading;
mod settings;
mod tables;
mod words;

pub use config::{BootstrapConfig, Config};

use grpc::DirectoryService;
use mingcha_proto::directory::directory_server::DirectoryServer;
use platform::{Context, ServeError, serve_grpc};
use tonic::service::Routes;

/// Runs the service until shutdown.
///
/// # Errors
/// If the address or the credentials file cannot be opened.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let credentials = credentials::Credentials::open(&config.credentials_file)
        .map_err(|e| ServeError::start("directory", format!("credentials_file: {e}")))?;
    tokio::spawn(bootstrap::first_administrator(
        config.bootstrap.clone(),
        context.clone(),
        credentials.clone(),
    ));
    let gate = context.clone();
    let service = DirectoryService::new(context.clone(), credentials, config.campaign.clone());
    let server = DirectoryServer::with_interceptor(service, move |request| gate.admit(request));
    let routes = Routes::new(server);
    serve_grpc::<DirectoryServer<DirectoryService>>("directory", config.listen, &context, routes).await
}
