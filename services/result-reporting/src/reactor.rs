//! Carries out what the policy says.

use crate::mergers::KnownMergers;
use crate::policy::{self, CaseHeard, Heard};
use case_domain::{Case, CaseEvent, CaseState};
use platform::{Followed, Reaction, ReactionError, Recorded, load_state};
use report_domain::{Report, ReportEvent, ReportId, ReportState};
use std::collections::BTreeMap;

pub(crate) async fn handle(reaction: Reaction<'_>, mergers: &KnownMergers) -> Result<(), ReactionError> {
    let Some(heard) = heard(&reaction, mergers).await? else {
        return Ok(());
    };
    let jurisdiction = reaction.context.directory.current();
    for follow in policy::reactions(&heard, &jurisdiction) {
        reaction.carry_out::<Report>(&follow).await?;
    }
    Ok(())
}

async fn heard(reaction: &Reaction<'_>, mergers: &KnownMergers) -> Result<Option<Heard>, ReactionError> {
    if let Some(heard) = of_case(reaction, mergers).await? {
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
        overtaking.extend(of_case(&earlier, mergers).await?);
    }
    Ok(Some(Heard::Drafted(report, overtaking)))
}

async fn of_case(
    reaction: &Reaction<'_>,
    mergers: &KnownMergers,
) -> Result<Option<CaseHeard>, ReactionError> {
    let event = reaction.decode::<CaseEvent>("case")?;
    let Some(event) = event.filter(policy::concerns_reports) else {
        return Ok(None);
    };
    let (case, after) = (reaction.subject()?, Box::new(reaction.state::<Case>().await?));
    let merged = mergers
        .ask(reaction.event.position, |mergers| mergers.led_to(case))
        .await;
    let late = || ReactionError::Unreachable("the cases have not been read so far".to_owned());
    let reports = reports(reaction, &event, &after).await?;
    Ok(Some(CaseHeard {
        case,
        event,
        after,
        merged: merged.ok_or_else(late)?,
        reports,
    }))
}

/// The reports that may be asked, as they stand now: of an area's signed ones only one is.
async fn reports(
    reaction: &Reaction<'_>,
    event: &CaseEvent,
    after: &CaseState,
) -> Result<BTreeMap<ReportId, ReportState>, ReactionError> {
    let jurisdiction = reaction.context.directory.current();
    let mut reports = BTreeMap::new();
    for report in policy::reports_of(event, after, &jurisdiction) {
        let loaded = load_state::<Report>(reaction.context, &report.to_string()).await;
        let loaded = loaded.map_err(|status| ReactionError::Unreachable(status.message().to_owned()))?;
        reports.insert(report, loaded.0);
    }
    Ok(reports)
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
