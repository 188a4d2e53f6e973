//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseCommand, CaseEvent, CaseState, ClosingReason};
use disposal_domain::DisposalEvent;
use jurisdiction::CaseId;
use platform::{Reaction, ReactionError, execute, load_state};
use tip_domain::{Tip, TipEvent, TipState};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        let after = reaction.state::<Tip>().await?;
        if matches!(event, TipEvent::NotFixedSaid { .. }) {
            return on_not_fixed(&reaction, &after).await;
        }
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
            let state = load(&reaction, case).await?;
            if let Some((new_case, command)) = policy::on_relapse(case, &state, &event) {
                run(&reaction, policy::RELAPSE, 0, new_case, &command).await?;
            }
        }
    }
    Ok(())
}

async fn on_not_fixed(reaction: &Reaction<'_>, tip: &TipState) -> Result<(), ReactionError> {
    let tip_domain::Progress::Accepted { mut case } = tip.progress else {
        return Ok(());
    };
    let mut state = load(reaction, case).await?;
    while let Some(ClosingReason::Merged { into }) = state.closed {
        case = into;
        state = load(reaction, case).await?;
    }
    match policy::on_not_fixed(&state) {
        Some(command) => run(reaction, policy::NOT_FIXED, 0, case, &command).await,
        None => Ok(()),
    }
}

/// A case as it is now.
async fn load(reaction: &Reaction<'_>, case: CaseId) -> Result<CaseState, ReactionError> {
    let loaded = load_state::<Case>(reaction.context, &case.to_string()).await;
    let (state, _) = loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
    Ok(state)
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
