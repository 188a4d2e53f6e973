//! Clocks of an area report: signature, the county's seal, filing by the city; and the failure of a contradicted one.

use super::{Duty, Fact, Follows};
use accountability_domain::{ClockId, FailureKind, StopReason, Which};
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
    if let ReportEvent::ReportContradicted { place, signed_by, .. } = event {
        let note = format!("{}上报遗漏点位：{place}", stage_name(report, fact));
        let unit = report.unit.clone();
        let persons = vec![signed_by.clone()];
        return vec![fact.failure(&subject, FailureKind::ContradictedReport, unit, persons, note)];
    }
    let (was, is) = (step(before), step(history));
    if was.map(|step| step.since) == is.map(|step| step.since) {
        return vec![];
    }
    let mut follows = Vec::new();
    if let Some(was) = was {
        let clock = ClockId::new(Obligation::Review, was.since);
        let by = match event {
            ReportEvent::ReportReturned { .. } => StopReason::Ended,
            _ => StopReason::Fulfilled,
        };
        follows.push(fact.stop_which(&subject, Which::Clock(clock), by));
    }
    if let Some(is) = is {
        let duty = Duty {
            obligation: Obligation::Review,
            unit: is.desk.of(&report.unit),
            urgency: Urgency::Normal,
            what: format!("{}结果上报：{}", stage_name(report, fact), is.desk.in_chinese()),
        };
        follows.push(fact.start(&subject, duty));
    }
    follows
}

/// On whose desk a report lies, and which fact put it there.
#[derive(Clone, Copy)]
struct Step {
    since: Uuid,
    desk: Desk,
}

#[derive(Clone, Copy, PartialEq)]
enum Desk {
    Signature,
    Redraft,
    Seal,
    Filing,
}

impl Desk {
    fn of(self, unit: &UnitCode) -> Option<UnitCode> {
        match self {
            Self::Signature | Self::Redraft | Self::Seal => Some(unit.clone()),
            // The office of the joint conference files.
            Self::Filing => None,
        }
    }
    fn in_chinese(self) -> &'static str {
        match self {
            Self::Signature => "第一责任人审核签字",
            Self::Redraft => "重新起草并签字",
            Self::Seal => "加盖公章",
            Self::Filing => "备案",
        }
    }
}

fn step(history: &[(Uuid, ReportEvent)]) -> Option<Step> {
    let mut now: Option<Step> = None;
    for (id, event) in history {
        let desk = match event {
            // Drafting once more gives no more time to sign.
            ReportEvent::ReportDrafted { .. } if now.is_some() => continue,
            ReportEvent::ReportDrafted { .. } => Desk::Signature,
            ReportEvent::ReportReturned { .. } => Desk::Redraft,
            ReportEvent::ReportSigned { level, .. } if *level == Level::County => Desk::Seal,
            ReportEvent::ReportSealed { .. } => Desk::Filing,
            ReportEvent::ReportSigned { .. } | ReportEvent::ReportFiled { .. } => {
                now = None;
                continue;
            }
            ReportEvent::GuaranteeGiven { .. } | ReportEvent::ReportContradicted { .. } => continue,
        };
        now = Some(Step { since: *id, desk });
    }
    now
}

fn stage_name(report: &ReportId, fact: Fact<'_>) -> String {
    let stage = fact.jurisdiction.stage(&report.stage);
    stage.map_or_else(|| report.stage.clone(), |stage| stage.name.clone())
}
