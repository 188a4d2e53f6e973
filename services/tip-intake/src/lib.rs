//! Tip intake: receives tips, seals what could betray the reporter, lets dispatchers screen, tells reporters the outcome.

mod config;
mod erasing;
mod evidence;
mod grpc;
mod inbound;
mod keyring;
mod outbox;
pub mod policy;
mod reactor;
mod receipt;
mod seal;
mod sms;
mod viewing;

pub use config::Config;
pub use keyring::make_master_key;

use evidence::EvidenceStore;
use grpc::TipIntakeService;
use keyring::Keyring;
use mingcha_proto::intake::tip_intake_server::TipIntakeServer;
use outbox::Outbox;
use platform::{Context, LARGEST_MESSAGE, Reaction, ServeError, react, serve_grpc};
use receipt::Receipts;
use std::sync::Arc;
use tonic::service::Routes;
use tonic::service::interceptor::InterceptedService;

/// What the service keeps outside the history: keys, receipts' secret, evidence, outgoing SMS.
pub(crate) struct Vault {
    pub(crate) keyring: Keyring,
    pub(crate) receipts: Receipts,
    pub(crate) evidence: EvidenceStore,
    pub(crate) outbox: Outbox,
}

/// Runs the service until shutdown.
///
/// # Errors
/// If the address, the keyring or the evidence folder cannot be opened.
pub async fn serve(config: Config, context: Context) -> Result<(), ServeError> {
    let failed = |reason: String| ServeError::start("tip-intake", reason);
    let keyring = Keyring::open(&config.keyring_file, &config.master_key_file).map_err(failed)?;
    let vault = Arc::new(Vault {
        receipts: Receipts::new(keyring.subkey("receipts")),
        evidence: EvidenceStore::open(&config.evidence_dir, keyring.clone()).map_err(failed)?,
        outbox: Outbox::new(keyring.clone()),
        keyring,
    });
    let kept = Arc::clone(&vault);
    let handler = async move |reaction: Reaction<'_>| reactor::handle(reaction, &kept).await;
    context.run_in_background(react(context.clone(), "tip-intake", &reactor::HEARS, handler));
    // A keyring put back from a backup may hold keys that were destroyed since.
    context.run_in_background(erasing::again(context.clone(), Arc::clone(&vault)));
    let gate = context.clone();
    let service = TipIntakeService::new(context.clone(), vault);
    let server = TipIntakeServer::new(service)
        .max_decoding_message_size(LARGEST_MESSAGE)
        .max_encoding_message_size(LARGEST_MESSAGE);
    let routes = Routes::new(InterceptedService::new(server, move |request| {
        gate.admit(request)
    }));
    serve_grpc::<TipIntakeServer<TipIntakeService>>("tip-intake", config.listen, &context, routes).await
}
