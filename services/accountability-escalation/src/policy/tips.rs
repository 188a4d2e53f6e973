//! Clocks of a tip: it has to be screened, and its reporter has to be told.

use super::{Duty, Fact, Follows};
use accountability_domain::{AccountabilityCommand, StopReason};
use jurisdiction::{Against, Obligation, Subject, TipId, Urgency};
use tip_domain::{Progress, TipEvent, TipState};

/// Nothing of what the reporter wrote goes into a clock: clocks are shown and mailed. `after` is the tip right after the
/// event.
pub fn on_tip(tip: TipId, event: &TipEvent, after: &TipState, fact: Fact<'_>) -> Follows {
    let subject = Subject::Tip(tip);
    match event {
        // Turned down and to be screened again: whoever has to has a new clock, as for a new tip.
        TipEvent::TipReceived { .. }
        | TipEvent::ScreeningObjected { .. }
        | TipEvent::ScreeningReconsidered { .. } => vec![screen(&subject, after, fact)],
        // Whoever had it on the desk has it no longer, and must not be reminded of it.
        TipEvent::ConflictNoted { .. } if after.progress == Progress::Received => vec![
            fact.withdrawn(&subject, Obligation::ScreenTip),
            screen(&subject, after, fact),
        ],
        // Joining a case answers a tip as well as opening one does.
        TipEvent::TipAccepted { .. } | TipEvent::TipRejected { .. } | TipEvent::TipDiverted { .. } => {
            vec![fact.done(&subject, Obligation::ScreenTip)]
        }
        TipEvent::OutcomeTold { .. } => vec![fact.done(&subject, Obligation::TellOutcome)],
        TipEvent::LinkedToCase { .. } => vec![fact.done(&subject, Obligation::ScreenTip)],
        // Of no case, it is on a desk again with the time that was left: a wrong case gains none. There is nothing to tell
        // before it is screened.
        TipEvent::Unlinked { .. } => vec![
            fact.stop(&subject, Obligation::TellOutcome, StopReason::Ended),
            fact.resume(&subject, to_screen(after, fact)),
        ],
        // What burns is not screened tomorrow. Of a danger that came with the tip the clock knows already.
        TipEvent::DangerRaised {} if after.danger_came_later && after.progress == Progress::Received => vec![
            fact.withdrawn(&subject, Obligation::ScreenTip),
            screen(&subject, after, fact),
        ],
        // What is taken up again has clocks of its own.
        TipEvent::ConflictNoted { .. }
        | TipEvent::NotFixedSaid { .. }
        | TipEvent::DangerRaised {}
        | TipEvent::EvidenceAdded { .. }
        | TipEvent::ReporterWrote { .. }
        | TipEvent::ReplySent { .. }
        | TipEvent::RecordingAdded { .. }
        | TipEvent::TranscriptRecorded { .. }
        | TipEvent::TipPlaced { .. }
        | TipEvent::IdentityRevealRequested { .. }
        | TipEvent::IdentityRevealApproved { .. }
        | TipEvent::IdentityRevealRefused { .. }
        | TipEvent::IdentityRevealed { .. }
        | TipEvent::ReporterErased { .. }
        | TipEvent::RewardProposed { .. }
        | TipEvent::RewardApproved { .. }
        | TipEvent::RewardRefused { .. }
        | TipEvent::RewardPaid { .. } => vec![],
    }
}

/// What is about a unit or an official has to be screened above them, and what was turned down above who did.
fn screen(subject: &Subject, after: &TipState, fact: Fact<'_>) -> (Subject, AccountabilityCommand) {
    fact.start(subject, to_screen(after, fact))
}

fn to_screen(after: &TipState, fact: Fact<'_>) -> Duty {
    let urgency = match after.urgent {
        true => Urgency::Urgent,
        false => Urgency::Normal,
    };
    let at = after.screened_at(fact.jurisdiction);
    Duty {
        obligation: Obligation::ScreenTip,
        unit: at.map(|unit| unit.code.clone()),
        urgency,
        what: Obligation::ScreenTip.in_chinese().to_owned(),
    }
}

/// Whoever reported is to be told what came of it, each by a clock of its own.
pub(super) fn tell_outcome(
    tip: TipId,
    against: &Against,
    fact: Fact<'_>,
) -> (Subject, AccountabilityCommand) {
    let duty = Duty {
        obligation: Obligation::TellOutcome,
        unit: fact.authority(against),
        urgency: Urgency::Normal,
        what: "答复举报人处理结果".to_owned(),
    };
    fact.start(&Subject::Tip(tip), duty)
}
