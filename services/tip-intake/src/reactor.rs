//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseEvent};
use platform::{Reaction, ReactionError, execute};
use tip_domain::Tip;

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(event) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    // Nothing else is worth a look at the stream.
    if !matches!(
        event,
        CaseEvent::CaseClosed { .. }
            | CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
            | CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
    ) {
        return Ok(());
    }
    let after = reaction.state::<Case>().await?;
    let case = reaction.subject()?;
    let jurisdiction = reaction.context.directory.current();
    for (index, (policy, tip, command)) in policy::react(case, &event, &after).into_iter().enumerate() {
        let envelope = reaction.envelope(policy, index);
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
