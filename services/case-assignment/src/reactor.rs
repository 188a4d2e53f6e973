//! Carries out what the policy says.

use crate::policy::{self, Heard};
use case_domain::{Case, CaseEvent, CaseState, ClosingReason};
use disposal_domain::DisposalEvent;
use jurisdiction::CaseId;
use platform::{Reaction, ReactionError, load_state};
use tip_domain::{Progress, Tip, TipEvent, TipState};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(heard) = heard(&reaction).await? else {
        return Ok(());
    };
    for follow in policy::reactions(heard) {
        reaction.carry_out::<Case>(&follow).await?;
    }
    Ok(())
}

async fn heard(reaction: &Reaction<'_>) -> Result<Option<Heard>, ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        let after = reaction.state::<Tip>().await?;
        if matches!(event, TipEvent::NotFixedSaid { .. }) {
            return not_fixed(reaction, &after).await;
        }
        return Ok(Some(Heard::Tip(reaction.subject()?, event, Box::new(after))));
    }
    if let Some(event) = reaction.decode::<CaseEvent>("case")? {
        if !policy::carries_tips(&event) {
            return Ok(None);
        }
        let after = Box::new(reaction.state::<Case>().await?);
        return Ok(Some(Heard::Case(event, after)));
    }
    let Some(event) = reaction.decode::<DisposalEvent>("disposal")? else {
        return Ok(None);
    };
    let case: CaseId = reaction.subject()?;
    let mut state = None;
    if policy::asks_for_the_case(&event) {
        state = Some(Box::new(load(reaction, case).await?));
    }
    Ok(Some(Heard::Disposal(case, event, state)))
}

/// The case in which the tip's site is handled now.
async fn not_fixed(reaction: &Reaction<'_>, tip: &TipState) -> Result<Option<Heard>, ReactionError> {
    let Progress::Accepted { mut case } = tip.progress else {
        return Ok(None);
    };
    let mut state = load(reaction, case).await?;
    while let Some(ClosingReason::Merged { into }) = state.closed {
        case = into;
        state = load(reaction, case).await?;
    }
    Ok(Some(Heard::NotFixed(case, Box::new(state))))
}

/// A case as it is now.
async fn load(reaction: &Reaction<'_>, case: CaseId) -> Result<CaseState, ReactionError> {
    let loaded = load_state::<Case>(reaction.context, &case.to_string()).await;
    let (state, _) = loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
    Ok(state)
}
