//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseEvent, CaseState, ClosingReason};
use disposal_domain::draw::DrawEvent;
use disposal_domain::{Disposal, DisposalCommand, Progress};
use jurisdiction::CaseId;
use platform::{Reaction, ReactionError, execute, load_state};
use tip_domain::{Tip, TipEvent};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    if let Some(event) = reaction.decode::<DrawEvent>("draw")? {
        return on_draw(&reaction, &event).await;
    }
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        return on_tip(&reaction, &event).await;
    }
    let Some(event) = reaction.decode::<CaseEvent>("case")? else {
        return Ok(());
    };
    let case: CaseId = reaction.subject()?;
    if let Some(command) = policy::on_conflict(&event) {
        let loaded = load_state::<Disposal>(reaction.context, &case.to_string()).await;
        let (disposal, _) =
            loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
        // Not ordered yet: the order will say it.
        if disposal.progress != Progress::Absent {
            run(&reaction, policy::CONFLICT, 0, case, &command).await?;
        }
        return Ok(());
    }
    // Nothing else is worth a look at the stream.
    if !matches!(
        event,
        CaseEvent::CaseConfirmed { .. }
            | CaseEvent::CaseReassigned { .. }
            | CaseEvent::CaseDesignated { .. }
            | CaseEvent::CasesMerged { .. }
            | CaseEvent::CaseReopened { .. }
    ) {
        return Ok(());
    }
    let after = reaction.state::<Case>().await?;
    if let Some(command) = policy::follows_case(&event, &after) {
        return run(&reaction, policy::FOLLOWS_CASE, 0, case, &command).await;
    }
    if let Some(command) = policy::react(event, &after) {
        run(&reaction, policy::CONFIRMED_CASE, 0, case, &command).await?;
    }
    Ok(())
}

async fn on_tip(reaction: &Reaction<'_>, event: &TipEvent) -> Result<(), ReactionError> {
    if !matches!(event, TipEvent::NotFixedSaid { .. }) {
        return Ok(());
    }
    let tip_domain::Progress::Accepted { mut case } = reaction.state::<Tip>().await?.progress else {
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

/// One site that cannot be checked any more keeps no other from being checked.
async fn on_draw(reaction: &Reaction<'_>, event: &DrawEvent) -> Result<(), ReactionError> {
    let mut failed = Ok(());
    for (index, (case, command)) in policy::on_draw(event).iter().enumerate() {
        if let Err(error) = run(reaction, policy::DRAWN, index, *case, command).await {
            failed = Err(error);
        }
    }
    failed
}

async fn run(
    reaction: &Reaction<'_>,
    policy: &str,
    index: usize,
    case: CaseId,
    command: &DisposalCommand,
) -> Result<(), ReactionError> {
    let jurisdiction = reaction.context.directory.current();
    let envelope = reaction.envelope(policy, index);
    let stream = format!("disposal-{case}");
    let store = &reaction.context.store;
    execute::<Disposal>(store, &jurisdiction, &stream, &envelope, command).await?;
    Ok(())
}
