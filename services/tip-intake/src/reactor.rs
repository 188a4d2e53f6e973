//! Carries out what the policy says.

use platform::{Reaction, ReactionError};

pub(crate) async fn handle(_: Reaction<'_>) -> Result<(), ReactionError> {
    Ok(())
}
