//! Carries out what the policy says.

use crate::{Vault, erasing, policy};
use case_domain::{Case, CaseEvent};
use platform::{Reaction, ReactionError};
use std::sync::Arc;
use tip_domain::{Tip, TipEvent};

/// Categories of the facts that something is done about here: beside what the policy says, tips are erased to the end.
pub(crate) const HEARS: [&str; 2] = ["tip", "case"];

pub(crate) async fn handle(reaction: Reaction<'_>, vault: &Arc<Vault>) -> Result<(), ReactionError> {
    if let Some(TipEvent::ReporterErased { .. }) = reaction.decode::<TipEvent>("tip")? {
        let finished = erasing::finish(&reaction.context.store, vault, reaction.event.subject()).await;
        // A promise to a reporter is not given up after some attempts.
        return finished.map_err(|error| ReactionError::Unreachable(error.to_string()));
    }
    let Some(event) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    // Nothing else is worth a look at the stream.
    if !policy::concerns_tips(&event) {
        return Ok(());
    }
    let after = reaction.state::<Case>().await?;
    for follow in policy::reactions(reaction.subject()?, &event, &after) {
        reaction.carry_out::<Tip>(&follow).await?;
    }
    Ok(())
}
