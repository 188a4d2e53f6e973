//! Carries out what the policy says.

use crate::{Vault, erasing, policy};
use case_domain::{Case, CaseEvent};
use platform::{Reaction, ReactionError, execute};
use std::sync::Arc;
use tip_domain::{Tip, TipEvent};

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
    if !matches!(
        event,
        CaseEvent::CaseConfirmed { .. }
            | CaseEvent::CaseClosed { .. }
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
