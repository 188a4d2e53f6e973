//! The ledger 台账: views of all facts, for lists, work lists, figures, public progress and area reports.

mod config;

pub use config::Config;

use platform::{Context, ServeError};

/// Runs the service until shutdown.
///
/// # Errors
/// If the address or the database cannot be opened.
pub async fn serve(_config: Config, context: Context) -> Result<(), ServeError> {
    context.shutdown.cancelled().await;
    Ok(())
}
