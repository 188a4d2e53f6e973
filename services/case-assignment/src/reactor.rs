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
        on_case(&reaction, &event).await?;
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

/// What is merged goes on in the other case.
async fn on_case(reaction: &Reaction<'_>, event: &CaseEvent) -> Result<(), ReactionError> {
    // Only these carry something from case to case; nothing else is worth a look at the stream.
    if !matches!(
        event,
        CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
            | CaseEvent::TipLinked { .. }
            | CaseEvent::ConflictNoted { .. }
            | CaseEvent::MadeConfidential {}
            | CaseEvent::MadeUrgent {}
    ) {
        return Ok(());
    }
    let case: CaseId = reaction.subject()?;
    let after = reaction.state::<Case>().await?;
    let mut follows = policy::on_case(event, &after);
    if let (CaseEvent::CaseReopened { .. }, Some(from)) = (event, after.unmerged_from) {
        // Out of a circle: the other one still goes on in this one, and so do the tips of both.
        if policy::merged_into(&load(reaction, from).await?) == Some(case) {
            follows.clear();
        }
    }
    for (index, (case, command)) in follows.iter().enumerate() {
        run(reaction, policy::MERGED, index, *case, command).await?;
    }
    if let CaseEvent::CasesMerged { into, .. } = event
        && let Some((case, command)) = policy::untangled(&circle(reaction, case, *into).await?)
    {
        run(reaction, policy::CIRCLE, 0, case, &command).await?;
    }
    Ok(())
}

/// The cases that lead from `case` back to itself; none if it goes on somewhere.
async fn circle(reaction: &Reaction<'_>, case: CaseId, into: CaseId) -> Result<Vec<CaseId>, ReactionError> {
    let (mut passed, mut next) = (vec![case], into);
    while next != case {
        // A circle that this case does not belong to is broken by those in it.
        if passed.contains(&next) {
            return Ok(vec![]);
        }
        passed.push(next);
        match policy::merged_into(&load(reaction, next).await?) {
            Some(further) => next = further,
            None => return Ok(vec![]),
        }
    }
    Ok(passed)
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
