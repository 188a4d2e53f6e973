//! Clocks of the draws: the supervision group has to announce one for the sites that wait, and to make what it announced.

use super::{Duty, Fact, Follows};
use accountability_domain::{AccountabilityCommand, StartClock, StopReason};
use disposal_domain::draw::DrawEvent;
use jurisdiction::{Obligation, Subject, UnitCode, UnitKind, Urgency};

/// What a fact of a draw means for the supervision group.
pub fn on_draw(event: &DrawEvent, fact: Fact<'_>) -> Follows {
    let Some(group) = group(fact) else {
        return vec![];
    };
    let subject = Subject::Unit(group.clone());
    match event {
        DrawEvent::DrawAnnounced { seed_at, round, .. } => {
            let due = fact
                .jurisdiction
                .due(Obligation::MakeDraw, Urgency::Normal, *seed_at);
            // Nobody can make it before the number is known: that is part of the date, not of the limit.
            let make = StartClock {
                clock: fact.clock(Obligation::MakeDraw),
                subject: subject.clone(),
                obligation: Obligation::MakeDraw,
                unit: Some(group),
                person: None,
                urgency: Urgency::Normal,
                started: fact.at,
                due: Some(due),
                what: format!("第 {round} 次抽签：{}", Obligation::MakeDraw.in_chinese()),
            };
            vec![
                fact.done(&subject, Obligation::AnnounceDraw),
                (subject, AccountabilityCommand::StartClock(make)),
            ]
        }
        DrawEvent::DrawMade { .. } => vec![fact.done(&subject, Obligation::MakeDraw)],
        // The sites wait for another one.
        DrawEvent::DrawCancelled { .. } => {
            let mut follows = vec![fact.stop(&subject, Obligation::MakeDraw, StopReason::Ended)];
            follows.extend(to_be_announced(fact));
            follows
        }
    }
}

/// Sites wait for a draw. One such clock runs at a time: whatever is closed later waits for the same draw.
pub fn to_be_announced(fact: Fact<'_>) -> Option<(Subject, AccountabilityCommand)> {
    let group = group(fact)?;
    let duty = Duty {
        obligation: Obligation::AnnounceDraw,
        unit: Some(group.clone()),
        urgency: Urgency::Normal,
        what: Obligation::AnnounceDraw.in_chinese().to_owned(),
    };
    Some(fact.start(&Subject::Unit(group), duty))
}

fn group(fact: Fact<'_>) -> Option<UnitCode> {
    let group = fact.jurisdiction.unit_of_kind(UnitKind::Supervision)?;
    Some(group.code.clone())
}
