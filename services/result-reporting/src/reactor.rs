//! Carries out what the policy says.

use crate::policy;
use case_domain::{Case, CaseEvent};
use jurisdiction::Jurisdiction;
use platform::{Followed, Reaction, ReactionError, Recorded, execute};
use report_domain::{Report, ReportCommand, ReportEvent, ReportId};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let jurisdiction = reaction.context.directory.current();
    if let Some(event @ CaseEvent::CaseConfirmed { .. }) = reaction.decode::<CaseEvent>("case")? {
        let follows = confirmed(&reaction, &event, &jurisdiction).await?;
        return carry_out(&reaction, policy::CONTRADICTION, &follows, &jurisdiction).await;
    }
    if let Some(ReportEvent::ReportDrafted { report, position, .. }) =
        reaction.decode::<ReportEvent>("report")?
    {
        let follows = overtaken(&reaction, &report, position, &jurisdiction).await?;
        return carry_out(&reaction, policy::OVERTAKEN, &follows, &jurisdiction).await;
    }
    Ok(())
}

async fn carry_out(
    reaction: &Reaction<'_>,
    policy: &str,
    follows: &[(ReportId, ReportCommand)],
    jurisdiction: &Jurisdiction,
) -> Result<(), ReactionError> {
    for (index, (report, command)) in follows.iter().enumerate() {
        let envelope = reaction.envelope(policy, index);
        let stream = format!("report-{report}");
        let store = &reaction.context.store;
        execute::<Report>(store, jurisdiction, &stream, &envelope, command).await?;
    }
    Ok(())
}

async fn confirmed(
    reaction: &Reaction<'_>,
    event: &CaseEvent,
    jurisdiction: &Jurisdiction,
) -> Result<Vec<(ReportId, ReportCommand)>, ReactionError> {
    let after = reaction.state::<Case>().await?;
    Ok(policy::on_case(reaction.subject()?, event, &after, jurisdiction))
}

/// What was confirmed after the list was drawn and before the draft was written down: those sites were put to the report
/// while there was no draft yet that could have been wrong. Whatever is confirmed after the draft finds it there.
async fn overtaken(
    reaction: &Reaction<'_>,
    report: &ReportId,
    drawn_at: u64,
    jurisdiction: &Jurisdiction,
) -> Result<Vec<(ReportId, ReportCommand)>, ReactionError> {
    let mut follows = Vec::new();
    for event in between(reaction, drawn_at).await? {
        let context = reaction.context;
        let earlier = Reaction {
            event: &event,
            context,
        };
        if let Some(event @ CaseEvent::CaseConfirmed { .. }) = earlier.decode::<CaseEvent>("case")? {
            let puts = confirmed(&earlier, &event, jurisdiction).await?;
            follows.extend(puts.into_iter().filter(|(put_to, _)| put_to == report));
        }
    }
    Ok(follows)
}

/// The facts of cases between the list and the draft.
async fn between(reaction: &Reaction<'_>, drawn_at: u64) -> Result<Vec<Recorded>, ReactionError> {
    let written_at = reaction.event.position;
    let mut found = Vec::new();
    let mut followed = reaction.context.store.follow(Some(drawn_at), &["case-"]);
    while let Some(item) = followed.recv().await {
        match item {
            Followed::Event(event) if event.position < written_at => found.push(*event),
            Followed::Checkpoint(position) if position < written_at => {}
            Followed::Event(_) | Followed::Checkpoint(_) | Followed::CaughtUp => return Ok(found),
        }
    }
    Err(ReactionError::Unreachable(
        "the store has stopped telling".to_owned(),
    ))
}
