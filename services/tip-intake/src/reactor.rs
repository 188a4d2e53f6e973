//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseEvent};
use platform::{Reaction, ReactionError, execute};
use tip_domain::Tip;

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
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
