//! Carries out what the policy says.

use crate::policy;
use case_domain::CaseEvent;
use disposal_domain::Disposal;
use platform::{Reaction, ReactionError, execute};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(event) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    let Some(command) = policy::react(event) else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    let envelope = reaction.envelope(policy::CONFIRMED_CASE, 0);
    let stream = format!("disposal-{}", reaction.event.subject());
    execute::<Disposal>(
        &reaction.context.store,
        &jurisdiction,
        &stream,
        &envelope,
        &command,
    )
    .await?;
    Ok(())
}
