//! Clocks of a tip: it has to be screened, and its reporter has to be told.

use super::{Duty, Fact, Follows};
use jurisdiction::{Obligation, Subject, TipId, Urgency};
use tip_domain::TipEvent;

/// Nothing of what the reporter wrote goes into a clock: clocks are shown and mailed.
pub(crate) fn on_tip(tip: TipId, event: &TipEvent, fact: Fact<'_>) -> Follows {
    let subject = Subject::Tip(tip);
    match event {
        TipEvent::TipReceived { danger, .. } => vec![fact.start(
            &subject,
            Duty {
                obligation: Obligation::ScreenTip,
                unit: None,
                urgency: if *danger { Urgency::Urgent } else { Urgency::Normal },
                what: "举报线索甄审".to_owned(),
            },
        )],
        // Joining a case answers a tip as well as opening one does.
        TipEvent::TipAccepted { .. } | TipEvent::TipRejected { .. } | TipEvent::TipDiverted { .. } => {
            vec![fact.done(&subject, Obligation::ScreenTip)]
        }
        TipEvent::OutcomeTold { .. } => vec![fact.done(&subject, Obligation::TellOutcome)],
        TipEvent::DangerRaised {}
        | TipEvent::EvidenceAdded { .. }
        | TipEvent::ReporterWrote { .. }
        | TipEvent::ReplySent { .. }
        | TipEvent::TranscriptRecorded { .. }
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

/// Whoever reported is to be told what came of it, each by a clock of its own.
pub(super) fn tell_outcome(
    tip: TipId,
    fact: Fact<'_>,
) -> (Subject, accountability_domain::AccountabilityCommand) {
    let duty = Duty {
        obligation: Obligation::TellOutcome,
        unit: None,
        urgency: Urgency::Normal,
        what: "答复举报人处理结果".to_owned(),
    };
    fact.start(&Subject::Tip(tip), duty)
}
