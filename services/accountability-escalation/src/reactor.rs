//! Carries out what the policy says.

use crate::policy::{self, Fact, Follows};
use crate::sites::Sites;
use accountability_domain::Accountability;
use case_domain::{Case, CaseEvent};
use disposal_domain::{Disposal, DisposalEvent};
use platform::{Reaction, ReactionError, execute};
use report_domain::{ReportEvent, ReportId};
use tip_domain::{Tip, TipEvent};
use uuid::Uuid;

pub(crate) async fn handle(reaction: Reaction<'_>, sites: &Sites) -> Result<(), ReactionError> {
    let jurisdiction = reaction.context.directory.current();
    let metadata = &reaction.event.metadata;
    let fact = Fact {
        id: reaction.event.id,
        at: metadata.at,
        by: &metadata.actor,
        jurisdiction: &jurisdiction,
    };
    let follows = follows(&reaction, fact, sites).await?;
    for (index, (subject, command)) in follows.iter().enumerate() {
        let stream = format!("accountability-{}", subject.id());
        let envelope = reaction.envelope(policy::CLOCKS, index);
        let store = &reaction.context.store;
        execute::<Accountability>(store, &jurisdiction, &stream, &envelope, command).await?;
    }
    Ok(())
}

async fn follows(reaction: &Reaction<'_>, fact: Fact<'_>, sites: &Sites) -> Result<Follows, ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        let after = reaction.state::<Tip>().await?;
        return Ok(policy::on_tip(reaction.subject()?, &event, &after, fact));
    }
    if let Some(event) = reaction.decode::<CaseEvent>("case")? {
        let after = reaction.state::<Case>().await?;
        let case = reaction.subject()?;
        let mut follows = policy::on_case(case, &event, &after, fact);
        if matches!(event, CaseEvent::CaseConfirmed { .. }) {
            let cleared = sites.cleared(case, reaction.event.position).await;
            let late = || ReactionError::Unreachable("the cases have not been read so far".to_owned());
            follows.extend(policy::on_cleared(case, cleared.ok_or_else(late)?, &after, fact));
        }
        return Ok(follows);
    }
    if let Some(event) = reaction.decode::<DisposalEvent>("disposal")? {
        let after = reaction.state::<Disposal>().await?;
        return Ok(policy::on_disposal(reaction.subject()?, &event, &after, fact));
    }
    if reaction.decode::<ReportEvent>("report")?.is_some() {
        let report: ReportId = reaction.subject()?;
        return Ok(policy::on_report(&report, &report_history(reaction).await?, fact));
    }
    Ok(vec![])
}

/// A report's own history up to the event.
async fn report_history(reaction: &Reaction<'_>) -> Result<Vec<(Uuid, ReportEvent)>, ReactionError> {
    let stream = &reaction.event.stream;
    let recorded = reaction.context.store.read_stream(stream).await?;
    let until_then = recorded
        .into_iter()
        .filter(|event| event.revision <= reaction.event.revision);
    until_then
        .map(|event| {
            let fact = decider::decode(&event.name, event.data);
            let fact = fact.map_err(|error| ReactionError::Failed(error.to_string()))?;
            Ok((event.id, fact))
        })
        .collect()
}

#[cfg(test)]
mod tests;
