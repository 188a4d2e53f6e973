//! Carries out what the policy says.

use crate::policy::{self, Fact, Heard};
use crate::sites::{Earlier, Sites};
use accountability_domain::Accountability;
use case_domain::{Case, CaseEvent};
use disposal_domain::draw::DrawEvent;
use disposal_domain::{Disposal, DisposalEvent};
use platform::{Reaction, ReactionError};
use report_domain::{ReportEvent, ReportId};
use tip_domain::{Tip, TipEvent};
use uuid::Uuid;

pub(crate) async fn handle(reaction: Reaction<'_>, sites: &Sites) -> Result<(), ReactionError> {
    let Some(heard) = heard(&reaction, sites).await? else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    let metadata = &reaction.event.metadata;
    let fact = Fact {
        id: reaction.event.id,
        at: metadata.at,
        by: &metadata.actor,
        jurisdiction: &jurisdiction,
    };
    for follow in policy::reactions(&heard, fact) {
        reaction.carry_out::<Accountability>(&follow).await?;
    }
    Ok(())
}

async fn heard(reaction: &Reaction<'_>, sites: &Sites) -> Result<Option<Heard>, ReactionError> {
    if let Some(event) = reaction.decode::<TipEvent>("tip")? {
        let after = Box::new(reaction.state::<Tip>().await?);
        return Ok(Some(Heard::Tip(reaction.subject()?, event, after)));
    }
    if let Some(event) = reaction.decode::<CaseEvent>("case")? {
        let after = Box::new(reaction.state::<Case>().await?);
        let case = reaction.subject()?;
        let mut earlier = Earlier::default();
        if matches!(event, CaseEvent::CaseConfirmed { .. }) {
            let known = sites.earlier(case, reaction.event.position).await;
            let late = || ReactionError::Unreachable("the cases have not been read so far".to_owned());
            earlier = known.ok_or_else(late)?;
        }
        return Ok(Some(Heard::Case(case, event, after, earlier)));
    }
    if let Some(event) = reaction.decode::<DisposalEvent>("disposal")? {
        let after = Box::new(reaction.state::<Disposal>().await?);
        return Ok(Some(Heard::Disposal(reaction.subject()?, event, after)));
    }
    if let Some(event) = reaction.decode::<DrawEvent>("draw")? {
        return Ok(Some(Heard::Draw(event)));
    }
    if reaction.decode::<ReportEvent>("report")?.is_some() {
        let report: ReportId = reaction.subject()?;
        return Ok(Some(Heard::Report(report, report_history(reaction).await?)));
    }
    Ok(None)
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
