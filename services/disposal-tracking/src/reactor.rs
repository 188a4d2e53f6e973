//! Carries out what the policy says.

use crate::policy::{self, Heard};
use case_domain::{Case, CaseEvent, CaseState, ClosingReason};
use disposal_domain::Disposal;
use disposal_domain::draw::DrawEvent;
use jurisdiction::CaseId;
use platform::{Reaction, ReactionError, load_state};
use tip_domain::{Tip, TipEvent};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(heard) = heard(&reaction).await? else {
        return Ok(());
    };
    let mut failed = Ok(());
    // One site that cannot be checked any more keeps no other from being checked.
    for follow in policy::reactions(heard) {
        if let Err(error) = reaction.carry_out::<Disposal>(&follow).await {
            failed = Err(error);
        }
    }
    failed
}

async fn heard(reaction: &Reaction<'_>) -> Result<Option<Heard>, ReactionError> {
    if let Some(event) = reaction.decode::<DrawEvent>("draw")? {
        return Ok(Some(Heard::Draw(event)));
    }
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        return not_fixed(reaction, &event).await;
    }
    let event = reaction.decode::<CaseEvent>("case")?;
    let Some(event) = event.filter(policy::concerns_disposals) else {
        return Ok(None);
    };
    let case: CaseId = reaction.subject()?;
    let after = reaction.state::<Case>().await?;
    let loaded = load_state::<Disposal>(reaction.context, &case.to_string()).await;
    let (disposal, _) = loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
    Ok(Some(Heard::Case(
        case,
        event,
        Box::new(after),
        Box::new(disposal),
    )))
}

/// The case in which the tip's site is handled now.
async fn not_fixed(reaction: &Reaction<'_>, event: &TipEvent) -> Result<Option<Heard>, ReactionError> {
    if !matches!(event, TipEvent::NotFixedSaid { .. }) {
        return Ok(None);
    }
    let tip_domain::Progress::Accepted { mut case } = reaction.state::<Tip>().await?.progress else {
        return Ok(None);
    };
    let mut state = load(reaction, case).await?;
    let mut passed = vec![case];
    while let Some(ClosingReason::Merged { into }) = state.closed {
        if passed.contains(&into) {
            let why = "cases were merged into each other and have not been taken apart yet";
            return Err(ReactionError::Unreachable(why.to_owned()));
        }
        passed.push(into);
        case = into;
        state = load(reaction, case).await?;
    }
    let said_at = reaction.event.metadata.at;
    Ok(Some(Heard::NotFixed(case, Box::new(state), said_at)))
}

/// A case as it is now.
async fn load(reaction: &Reaction<'_>, case: CaseId) -> Result<CaseState, ReactionError> {
    let loaded = load_state::<Case>(reaction.context, &case.to_string()).await;
    let (state, _) = loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
    Ok(state)
}
