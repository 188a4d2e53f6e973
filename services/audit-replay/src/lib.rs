//! Audit and replay: the history of a case as it happened, step by step, and whether it is whole.

mod config;

pub use config::Config;

use mingcha_proto::audit::ReplayCaseResponse;
use platform::{Context, ServeError};

/// Runs the service until shutdown.
///
/// # Errors
/// If the address cannot be bound.
pub async fn serve(_config: Config, context: Context) -> Result<(), ServeError> {
    context.shutdown.cancelled().await;
    Ok(())
}

/// A history as text for the terminal.
pub fn render_text(history: &ReplayCaseResponse) -> String {
    history.summary.clone()
}
