//! Carries out what the policy says.

use crate::policy;
use case_domain::CaseEvent;
use platform::{Reaction, ReactionError, execute};
use tip_domain::Tip;

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(event) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    for (index, (tip, command)) in policy::react(&event).into_iter().enumerate() {
        let envelope = reaction.envelope(policy::CLOSED_CASE_IS_TOLD, index);
        execute::<Tip>(
            &reaction.context.store,
            &jurisdiction,
            &format!("tip-{tip}"),
            &envelope,
            &command,
        )
        .await?;
    }
    Ok(())
}
