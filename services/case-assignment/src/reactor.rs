//! Carries out what the policy says.

use crate::mergers::KnownMergers;
use crate::policy::{self, CaseHeard, Heard};
use case_domain::{Case, CaseEvent, CaseState, ClosingReason};
use decider::Decider;
use disposal_domain::{Disposal, DisposalEvent};
use jurisdiction::{Against, CaseId};
use platform::{Reaction, ReactionError, load_state};
use tip_domain::{Progress, Tip, TipEvent, TipState};

pub(crate) async fn handle(reaction: Reaction<'_>, mergers: &KnownMergers) -> Result<(), ReactionError> {
    let Some(heard) = heard(&reaction, mergers).await? else {
        return Ok(());
    };
    for follow in policy::reactions(heard) {
        reaction.carry_out::<Case>(&follow).await?;
    }
    Ok(())
}

async fn heard(reaction: &Reaction<'_>, mergers: &KnownMergers) -> Result<Option<Heard>, ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        if !policy::goes_to_cases(&event) {
            return Ok(None);
        }
        let after = reaction.state::<Tip>().await?;
        if matches!(event, TipEvent::NotFixedSaid { .. }) {
            return not_fixed(reaction, &after).await;
        }
        return Ok(Some(Heard::Tip(reaction.subject()?, event, Box::new(after))));
    }
    if let Some(event) = reaction.decode::<CaseEvent>("case")? {
        return of_case(reaction, event, mergers).await;
    }
    let Some(event) = reaction.decode::<DisposalEvent>("disposal")? else {
        return Ok(None);
    };
    let case: CaseId = reaction.subject()?;
    let now = state::<Disposal>(reaction, &case.to_string()).await?;
    if !policy::still_holds(&event, &now) {
        return Ok(None);
    }
    let mut state = None;
    if policy::asks_for_the_case(&event) {
        state = Some(Box::new(load(reaction, case).await?));
    }
    Ok(Some(Heard::Disposal(case, event, state)))
}

async fn of_case(
    reaction: &Reaction<'_>,
    event: CaseEvent,
    mergers: &KnownMergers,
) -> Result<Option<Heard>, ReactionError> {
    if !policy::goes_to_other_cases(&event) {
        return Ok(None);
    }
    let case: CaseId = reaction.subject()?;
    let after = Box::new(reaction.state::<Case>().await?);
    let circle = match &event {
        CaseEvent::CasesMerged { into, .. } => circle(reaction, case, *into).await?,
        _ => vec![],
    };
    let (mut left_goes_on_in, mut strangers) = (None, Vec::new());
    if let (CaseEvent::CaseReopened { .. }, Some(left)) = (&event, after.unmerged_from) {
        left_goes_on_in = policy::merged_into(&load(reaction, left).await?);
        for tip in &after.tips {
            let state = state::<Tip>(reaction, &tip.to_string()).await?;
            if policy::is_stranger(&state, case, left) {
                strangers.push(*tip);
            }
        }
    }
    let survivor_against = match &event {
        CaseEvent::CasesMerged { into, .. } => load(reaction, *into).await?.against,
        _ => Against::default(),
    };
    let absorbed = match &event {
        CaseEvent::ConflictNoted { .. } => {
            let led_to = mergers.ask(reaction.event.position, |mergers| mergers.led_to(case));
            let late = || ReactionError::Unreachable("the cases have not been read so far".to_owned());
            led_to.await.ok_or_else(late)?
        }
        _ => vec![],
    };
    Ok(Some(Heard::Case(CaseHeard {
        case,
        event,
        absorbed,
        survivor_against,
        after,
        circle,
        left_goes_on_in,
        strangers,
    })))
}

/// The cases that lead from `case` back to itself; none if it goes on somewhere.
async fn circle(reaction: &Reaction<'_>, case: CaseId, into: CaseId) -> Result<Vec<CaseId>, ReactionError> {
    // Heard once more, after it has been taken out of the circle.
    if policy::merged_into(&load(reaction, case).await?) != Some(into) {
        return Ok(vec![]);
    }
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

/// The case in which the tip's site is handled now.
async fn not_fixed(reaction: &Reaction<'_>, tip: &TipState) -> Result<Option<Heard>, ReactionError> {
    let Progress::Accepted { mut case } = tip.progress else {
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
    state::<Case>(reaction, &case.to_string()).await
}

async fn state<D: Decider>(reaction: &Reaction<'_>, id: &str) -> Result<D::State, ReactionError> {
    let loaded = load_state::<D>(reaction.context, id).await;
    let (state, _) = loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
    Ok(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::TipId;
    use platform::testkit::{Town, goldens};

    fn golden(name: &str) -> TipEvent {
        let mut facts = goldens::<TipEvent>("tip-intake").into_iter();
        let found = facts.find(|(known, _)| known == name);
        found.expect("a golden fact").1
    }

    /// Tips have many facts and few that go to a case; in order, each is waited for by all that come after it.
    #[tokio::test]
    async fn of_a_fact_that_goes_to_no_case_nothing_is_asked_of_the_store() {
        let town = Town::start().await;
        let stream = format!("tip-{}", TipId::sample(1));
        let facts = ["tip.received.v1", "tip.reporter_wrote.v1", "tip.accepted.v1"].map(golden);
        let recorded = town.record(&stream, &facts).await;
        let context = town.own.clone();
        town.stop().await;
        let mergers = crate::mergers::known();
        let hear = async |event| {
            let context = &context;
            handle(Reaction { event, context }, &mergers).await
        };
        assert!(hear(&recorded[0]).await.is_ok() && hear(&recorded[1]).await.is_ok());
        let accepted = hear(&recorded[2]).await;
        assert!(matches!(accepted, Err(ReactionError::Unreachable(_))));
    }
}
