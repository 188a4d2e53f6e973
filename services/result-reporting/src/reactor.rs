//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseEvent};
use platform::{Reaction, ReactionError};
use report_domain::Report;

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(event @ CaseEvent::CaseConfirmed { .. }) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    let after = reaction.state::<Case>().await?;
    for follow in policy::reactions(reaction.subject()?, &event, &after, &jurisdiction) {
        reaction.carry_out::<Report>(&follow).await?;
    }
    Ok(())
}
