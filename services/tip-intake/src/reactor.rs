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
    let jurisdiction = reaction.context.directory.current();
    let (name, follows) = match &event {
        CaseEvent::CaseConfirmed { .. } | CaseEvent::TipLinked { .. } => {
            let after = reaction.state::<Case>().await?;
            (
                policy::CONFIRMED_SITE_IS_TOLD,
                policy::on_verified(&event, &after),
            )
        }
        event => (policy::CLOSED_CASE_IS_TOLD, policy::react(event)),
    };
    for (index, (tip, command)) in follows.into_iter().enumerate() {
        let envelope = reaction.envelope(name, index);
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
