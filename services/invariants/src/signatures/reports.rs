//! Signatures under area reports: in person, for one level, under the list that was drafted; then seal, file and acceptance.

use crate::{Circumstances, Fact, Found};
use jurisdiction::{Role, StaffId};
use report_domain::{Digest, ReportEvent};
use std::collections::BTreeSet;

#[derive(Default)]
pub(super) struct Drafted {
    /// Digest of the list, and who signed below.
    draft: Option<(Digest, BTreeSet<StaffId>)>,
    signed: Option<Digest>,
    sealed: bool,
    filed: bool,
}

impl Drafted {
    pub(super) fn look(
        &mut self,
        event: &ReportEvent,
        fact: &Fact<'_>,
        circumstances: &Circumstances<'_>,
        found: &mut Found<'_>,
    ) {
        match event {
            ReportEvent::ReportDrafted { digest, lower, .. } => {
                if self.signed.is_some() {
                    found.wrong(fact, "已签字的上报结果被改写。");
                }
                if lower.iter().any(|lower| lower.signed_by.is_none()) {
                    found.wrong(fact, "下级还没有签字，就汇总上报。");
                }
                let below = lower.iter().filter_map(|lower| lower.signed_by.clone());
                self.draft = Some((digest.clone(), below.collect()));
            }
            ReportEvent::ReportSigned {
                digest,
                signed_by,
                level,
                ..
            } => {
                if fact.actor.person() != Some(signed_by) {
                    found.wrong(fact, "签字的不是本人。");
                }
                let unit = fact.actor.unit();
                let stands_for = unit.and_then(|unit| circumstances.jurisdiction.level(unit));
                if stands_for.is_some_and(|stands_for| stands_for != *level) {
                    found.wrong(fact, format!("不是{}的人，却代其签字。", level.in_chinese()));
                }
                match &self.draft {
                    Some((drafted, below)) if drafted == digest => {
                        if below.contains(signed_by) {
                            found.wrong(fact, "同一个人签了两级。");
                        }
                    }
                    _ => found.wrong(fact, "签字的不是起草的那份清单。"),
                }
                self.signed = Some(digest.clone());
            }
            ReportEvent::ReportReturned { .. } | ReportEvent::AcceptanceRefused { .. } => {
                *self = Self::default();
            }
            ReportEvent::ReportSealed { digest, .. } => {
                if self.signed.as_ref() != Some(digest) {
                    found.wrong(fact, "盖章的不是签过字的那份清单。");
                }
                self.sealed = true;
            }
            ReportEvent::ReportFiled { .. } => {
                if !self.sealed {
                    found.wrong(fact, "没有盖章，就已备案。");
                }
                self.filed = true;
            }
            ReportEvent::ReportAccepted { .. } => {
                if !self.filed {
                    found.wrong(fact, "没有备案，就已验收。");
                }
                if !fact.actor.is(Role::Supervisor) {
                    found.wrong(fact, "验收的不是督导组。");
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Invariant::NoSkippedSignature;
    use crate::story::Story;
    use jurisdiction::sample::{COUNTY, SUPERVISION, TOWNSHIP, VILLAGE};
    use jurisdiction::{Actor, Level, Role, StaffId, UnitCode};
    use report_domain::{Digest, LowerReport, ReportEvent};

    const REPORT: &str = "report-321322102-sweep";

    fn drafted(lower_signed_by: Option<&str>) -> ReportEvent {
        ReportEvent::ReportDrafted {
            report: "321322102-sweep".parse().expect("a report"),
            position: 1,
            digest: Digest::sample(1),
            list: vec![],
            lower: vec![LowerReport {
                unit: UnitCode::of(VILLAGE),
                digest: Digest::sample(2),
                signed_by: lower_signed_by.map(StaffId::of),
            }],
        }
    }
    fn signed(digest: u8, by: &str) -> ReportEvent {
        ReportEvent::ReportSigned {
            digest: Digest::sample(digest),
            signed_by: StaffId::of(by),
            level: Level::Township,
        }
    }
    fn draft() -> Story {
        Story::new()
            .acting(Role::Leader, TOWNSHIP)
            .record(REPORT, drafted(Some("leader-321322102201")))
    }

    #[test]
    fn a_report_is_signed_sealed_and_filed_in_turn() {
        let sealed = |digest| ReportEvent::ReportSealed {
            digest: Digest::sample(digest),
        };
        let filed = ReportEvent::ReportFiled { number: "3".into() };
        let signed = || draft().record(REPORT, signed(1, "leader-321322102"));
        signed()
            .record(REPORT, sealed(1))
            .record(REPORT, filed.clone())
            .holds(NoSkippedSignature);
        signed()
            .record(REPORT, filed)
            .breaks(NoSkippedSignature, "没有盖章");
        signed()
            .record(REPORT, sealed(2))
            .breaks(NoSkippedSignature, "盖章的不是");
        draft()
            .record(REPORT, sealed(1))
            .breaks(NoSkippedSignature, "盖章的不是");
        signed()
            .record(REPORT, drafted(Some("leader-321322102201")))
            .breaks(NoSkippedSignature, "被改写");
    }
    #[test]
    fn a_report_is_signed_in_person_and_for_one_level() {
        draft()
            .record(REPORT, signed(2, "leader-321322102"))
            .breaks(NoSkippedSignature, "起草的那份");
        draft()
            .record(REPORT, signed(1, "leader-321322"))
            .breaks(NoSkippedSignature, "不是本人");
        Story::new()
            .acting(Role::Leader, TOWNSHIP)
            .record(REPORT, drafted(Some("leader-321322102")))
            .record(REPORT, signed(1, "leader-321322102"))
            .breaks(NoSkippedSignature, "签了两级");
        draft()
            .by(Actor::staff(
                StaffId::of("leader-321322102"),
                UnitCode::of(COUNTY),
                Role::Leader,
            ))
            .record(REPORT, signed(1, "leader-321322102"))
            .breaks(NoSkippedSignature, "代其签字");
    }
    #[test]
    fn a_report_is_accepted_by_the_group_once_it_is_filed_and_drafted_anew_if_it_is_not() {
        let sealed = ReportEvent::ReportSealed {
            digest: Digest::sample(1),
        };
        let filed = ReportEvent::ReportFiled { number: "3".into() };
        let signed = || draft().record(REPORT, signed(1, "leader-321322102"));
        let on_file = || {
            signed()
                .record(REPORT, sealed.clone())
                .record(REPORT, filed.clone())
        };
        let group = |story: Story| story.acting(Role::Supervisor, SUPERVISION);
        let accepted = || ReportEvent::ReportAccepted { note: String::new() };
        group(on_file())
            .record(REPORT, accepted())
            .holds(NoSkippedSignature);
        on_file()
            .record(REPORT, accepted())
            .breaks(NoSkippedSignature, "不是督导组");
        group(signed())
            .record(REPORT, accepted())
            .breaks(NoSkippedSignature, "没有备案");
        let refused = ReportEvent::AcceptanceRefused {
            reason: "仍有设备".into(),
        };
        let anew = group(on_file()).record(REPORT, refused);
        anew.clone()
            .record(REPORT, drafted(Some("leader-321322102201")))
            .holds(NoSkippedSignature);
        anew.record(REPORT, accepted())
            .breaks(NoSkippedSignature, "没有备案");
    }
    #[test]
    fn nothing_is_summed_up_that_is_not_signed_below() {
        Story::new()
            .record(REPORT, drafted(None))
            .breaks(NoSkippedSignature, "下级还没有签字");
    }
}
