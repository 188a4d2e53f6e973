//! Carries out what the policy says.

use crate::policy::{self, CaseHeard, Heard};
use case_domain::{Case, CaseEvent};
use platform::{Followed, Reaction, ReactionError, Recorded};
use report_domain::{Report, ReportEvent};

pub(crate) async fn handle(reaction: Reaction<'_>) -> Result<(), ReactionError> {
    let Some(heard) = heard(&reaction).await? else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    for follow in policy::reactions(&heard, &jurisdiction) {
        reaction.carry_out::<Report>(&follow).await?;
    }
    Ok(())
}

async fn heard(reaction: &Reaction<'_>) -> Result<Option<Heard>, ReactionError> {
    if let Some(heard) = of_case(reaction).await? {
        return Ok(Some(Heard::Case(heard)));
    }
    let Some(ReportEvent::ReportDrafted { report, position, .. }) =
        reaction.decode::<ReportEvent>("report")?
    else {
        return Ok(None);
    };
    let mut overtaking = Vec::new();
    for event in between(reaction, position).await? {
        let context = reaction.context;
        let earlier = Reaction {
            event: &event,
            context,
        };
        overtaking.extend(of_case(&earlier).await?);
    }
    Ok(Some(Heard::Drafted(report, overtaking)))
}

async fn of_case(reaction: &Reaction<'_>) -> Result<Option<CaseHeard>, ReactionError> {
    let event = reaction.decode::<CaseEvent>("case")?;
    let Some(event) = event.filter(policy::concerns_reports) else {
        return Ok(None);
    };
    let (case, after) = (reaction.subject()?, Box::new(reaction.state::<Case>().await?));
    Ok(Some(CaseHeard { case, event, after }))
}

/// The facts of cases between the list and the draft. Whatever is confirmed after the draft finds it there.
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
