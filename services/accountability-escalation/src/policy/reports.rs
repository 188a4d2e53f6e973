//! Clocks of an area report: guarantee, draft, signature, the county's seal, filing by the city; and what counts as a failure.

use super::{Duty, Fact, Follows};
use accountability_domain::{AccountabilityCommand, ClockId, FailureKind, RecordFailure, StopReason, Which};
use jiff::Timestamp;
use jurisdiction::{Level, Obligation, Subject, UnitCode, Urgency};
use report_domain::{ReportEvent, ReportId};
use uuid::Uuid;

/// `history` is the report's own up to the event, which is its last. The unit's stream holds the clocks of all its
/// reports, so each is stopped by its own name.
pub fn on_report(report: &ReportId, history: &[(Uuid, ReportEvent)], fact: Fact<'_>) -> Follows {
    let Some(((_, event), before)) = history.split_last() else {
        return vec![];
    };
    let subject = Subject::Unit(report.unit.clone());
    let stage = stage_name(report, fact);
    let mut follows = match event {
        // Caused by the site, whichever of the area's reports left it out: it is one failure of the area.
        ReportEvent::ReportContradicted {
            case,
            place,
            signed_by,
        } => {
            let command = RecordFailure {
                subject: subject.clone(),
                kind: FailureKind::ContradictedReport,
                cause: format!("case-{case}"),
                unit: report.unit.clone(),
                persons: vec![signed_by.clone()],
                note: format!("{stage}上报遗漏点位：{place}"),
            };
            return vec![(subject, AccountabilityCommand::RecordFailure(command))];
        }
        ReportEvent::AcceptanceRefused { reason } => {
            let note = format!("{stage}结果验收不通过：{reason}");
            let (unit, persons) = (report.unit.clone(), signers(before));
            vec![fact.failure(&subject, FailureKind::AcceptanceRefused, unit, persons, note)]
        }
        ReportEvent::GuaranteeDue { since, .. } => {
            let duty = Duty {
                obligation: Obligation::Guarantee,
                unit: Some(report.unit.clone()),
                urgency: Urgency::Normal,
                what: format!("{stage}：第一责任人向上一级作出责任保证"),
            };
            return vec![fact.start_since(&subject, duty, *since)];
        }
        ReportEvent::GuaranteeGiven { .. } => {
            let asked = before
                .iter()
                .find(|(_, earlier)| matches!(earlier, ReportEvent::GuaranteeDue { .. }));
            let stop = asked.map(|(id, _)| {
                let which = Which::Clock(ClockId::new(Obligation::Guarantee, id));
                fact.stop_which(&subject, which, StopReason::Fulfilled)
            });
            return stop.into_iter().collect();
        }
        _ => vec![],
    };
    let (was, is) = (step(before), step(history));
    if was.map(|step| step.since) == is.map(|step| step.since) {
        return follows;
    }
    if let Some(was) = was {
        let clock = ClockId::new(was.desk.obligation(), was.since);
        let by = match event {
            ReportEvent::ReportReturned { .. } => StopReason::Ended,
            _ => StopReason::Fulfilled,
        };
        follows.push(fact.stop_which(&subject, Which::Clock(clock), by));
    }
    if let Some(is) = is {
        let duty = Duty {
            obligation: is.desk.obligation(),
            unit: is.desk.of(&report.unit),
            urgency: Urgency::Normal,
            what: format!("{stage}结果上报：{}", is.desk.in_chinese()),
        };
        follows.push(match (event, is.handed_in) {
            // Whoever signs just anything gains nothing by it, however often it is sent back.
            (ReportEvent::ReportReturned { .. }, Some(handed_in)) => {
                let of = ClockId::new(duty.obligation, handed_in);
                fact.resume_one(&subject, duty, Some(of))
            }
            _ => fact.start_since(&subject, duty, is.asked.unwrap_or(fact.at)),
        });
    }
    follows
}

/// Whoever signed what was not accepted.
fn signers(history: &[(Uuid, ReportEvent)]) -> Vec<jurisdiction::StaffId> {
    let signer = history.iter().rev().find_map(|(_, event)| match event {
        ReportEvent::ReportSigned { signed_by, .. } => Some(signed_by.clone()),
        _ => None,
    });
    signer.into_iter().collect()
}

/// On whose desk a report lies, which fact put it there, since when it was asked for if that fact is not the asking, and which
/// fact had begun the step that its last signature ended.
#[derive(Clone, Copy)]
struct Step {
    since: Uuid,
    desk: Desk,
    asked: Option<Timestamp>,
    handed_in: Option<Uuid>,
}

#[derive(Clone, Copy, PartialEq)]
enum Desk {
    Draft,
    Signature,
    Redraft,
    Seal,
    Filing,
}

impl Desk {
    fn obligation(self) -> Obligation {
        match self {
            Self::Draft => Obligation::AreaReport,
            Self::Signature | Self::Redraft | Self::Seal | Self::Filing => Obligation::Review,
        }
    }
    fn of(self, unit: &UnitCode) -> Option<UnitCode> {
        match self {
            Self::Draft | Self::Signature | Self::Redraft | Self::Seal => Some(unit.clone()),
            // The office of the joint conference files.
            Self::Filing => None,
        }
    }
    fn in_chinese(self) -> &'static str {
        match self {
            Self::Draft => "依台账起草",
            Self::Signature => "第一责任人审核签字",
            Self::Redraft => "重新起草并签字",
            Self::Seal => "加盖公章",
            Self::Filing => "备案",
        }
    }
}

fn step(history: &[(Uuid, ReportEvent)]) -> Option<Step> {
    let mut now: Option<Step> = None;
    let mut handed_in = None;
    for (id, event) in history {
        if matches!(event, ReportEvent::ReportSigned { .. }) {
            handed_in = now.map(|step| step.since);
        }
        let (desk, asked) = match event {
            ReportEvent::ReportDue { since, .. } => (Desk::Draft, Some(*since)),
            // Drafting once more gives no more time to sign.
            ReportEvent::ReportDrafted { .. } if now.is_some_and(|now| now.desk != Desk::Draft) => continue,
            ReportEvent::ReportDrafted { .. } => (Desk::Signature, None),
            ReportEvent::ReportReturned { .. } | ReportEvent::AcceptanceRefused { .. } => {
                (Desk::Redraft, None)
            }
            ReportEvent::ReportSigned { level, .. } if *level == Level::County => (Desk::Seal, None),
            ReportEvent::ReportSealed { .. } => (Desk::Filing, None),
            ReportEvent::ReportSigned { .. } | ReportEvent::ReportFiled { .. } => {
                now = None;
                continue;
            }
            ReportEvent::GuaranteeGiven { .. }
            | ReportEvent::GuaranteeDue { .. }
            | ReportEvent::DraftOutdated { .. }
            | ReportEvent::ReportContradicted { .. }
            | ReportEvent::ReportAccepted { .. } => continue,
        };
        now = Some(Step {
            since: *id,
            desk,
            asked,
            handed_in,
        });
    }
    now
}

fn stage_name(report: &ReportId, fact: Fact<'_>) -> String {
    let stage = fact.jurisdiction.stage(&report.stage);
    stage.map_or_else(|| report.stage.clone(), |stage| stage.name.clone())
}
