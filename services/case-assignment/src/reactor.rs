//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseCommand, CaseEvent};
use disposal_domain::DisposalEvent;
use jurisdiction::CaseId;
use platform::{Reaction, ReactionError, execute, load_state};
use tip_domain::{Tip, TipEvent};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        let after = reaction.state::<Tip>().await?;
        if let Some((case, command)) = policy::on_tip(reaction.subject()?, event, &after) {
            run(&reaction, policy::ACCEPTED_TIP, 0, case, &command).await?;
        }
    } else if let Some(event) = reaction.decode::<CaseEvent>("case")? {
        // Only these carry tips from case to case; nothing else is worth a look at the stream.
        if matches!(
            event,
            CaseEvent::CasesMerged { .. }
                | CaseEvent::CaseReopened { .. }
                | CaseEvent::TipLinked { .. }
                | CaseEvent::ConflictNoted { .. }
        ) {
            let after = reaction.state::<Case>().await?;
            for (index, (case, command)) in policy::on_case(&event, &after).iter().enumerate() {
                run(&reaction, policy::MERGED, index, *case, command).await?;
            }
        }
    } else if let Some(event) = reaction.decode::<DisposalEvent>("disposal")? {
        let case: CaseId = reaction.subject()?;
        if let Some(command) = policy::on_disposal(&event) {
            run(&reaction, policy::DISPOSAL, 0, case, &command).await?;
        }
        if matches!(event, DisposalEvent::RelapseFound { .. }) {
            let loaded = load_state::<Case>(reaction.context, &case.to_string()).await;
            let (state, _) =
                loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
            if let Some((new_case, command)) = policy::on_relapse(case, &state, &event) {
                run(&reaction, policy::RELAPSE, 0, new_case, &command).await?;
            }
        }
    }
    Ok(())
}

async fn run(
    reaction: &Reaction<'_>,
    policy: &str,
    index: usize,
    case: CaseId,
    command: &CaseCommand,
) -> Result<(), ReactionError> {
    let jurisdiction = reaction.context.directory.current();
    let envelope = reaction.envelope(policy, index);
    execute::<Case>(
        &reaction.context.store,
        &jurisdiction,
        &format!("case-{case}"),
        &envelope,
        command,
    )
    .await?;
    Ok(())
}
