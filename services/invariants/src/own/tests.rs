//! Decisions by others, and by those whose own it is.

use crate::Invariant::NobodyDecidesOwn;
use crate::story::Story;
use accountability_domain::{AccountabilityEvent, ClockId, FindingSource, Gravity, SeenNumbers};
use case_domain::CaseEvent;
use disposal_domain::DisposalEvent;
use jurisdiction::sample::{CITY, COUNTY, OFFICE, SUPERVISION, TOWNSHIP};
use jurisdiction::{Obligation, Role, SupervisionNumbers, UnitCode};

const UNIT: &str = "accountability-321322102";

fn finding() -> Story {
    let recorded = AccountabilityEvent::FindingRecorded {
        finding: 1,
        unit: UnitCode::of(TOWNSHIP),
        source: FindingSource::City,
        gravity: Gravity::Ordinary,
        text: "台账不实".into(),
        evidence: vec![],
        clock: ClockId::new(Obligation::AnswerFinding, 1),
    };
    Story::new()
        .acting(Role::Supervisor, SUPERVISION)
        .record(UNIT, recorded)
        .acting(Role::Leader, TOWNSHIP)
}
fn answered() -> AccountabilityEvent {
    AccountabilityEvent::FindingAnswered {
        finding: 1,
        text: "已更正".into(),
        evidence: vec![],
    }
}
fn judged() -> AccountabilityEvent {
    AccountabilityEvent::FindingJudged {
        finding: 1,
        accepted: true,
        note: "已复查".into(),
    }
}

#[test]
fn an_answer_is_judged_by_others() {
    let waiting = || finding().record(UNIT, answered());
    waiting()
        .acting(Role::Supervisor, SUPERVISION)
        .record(UNIT, judged())
        .holds(NobodyDecidesOwn);
    waiting()
        .record(UNIT, judged())
        .breaks(NobodyDecidesOwn, "答复人自己");
    waiting()
        .acting(Role::Handler, TOWNSHIP)
        .record(UNIT, judged())
        .breaks(NobodyDecidesOwn, "本单位");
    waiting()
        .record(UNIT, answered())
        .breaks(NobodyDecidesOwn, "又答复了一次");
    finding()
        .acting(Role::Supervisor, SUPERVISION)
        .record(UNIT, judged())
        .breaks(NobodyDecidesOwn, "没有待认定");
}
#[test]
fn a_task_is_accepted_by_the_office() {
    let assigned = AccountabilityEvent::TaskAssigned {
        task: 1,
        unit: UnitCode::of(TOWNSHIP),
        meeting: "第一次会议".into(),
        text: "比对".into(),
        due: crate::story::instant(72),
        clock: ClockId::new(Obligation::ConferenceTask, 1),
    };
    let reported = AccountabilityEvent::TaskReported {
        task: 1,
        text: "已完成".into(),
        evidence: vec![],
    };
    let accepted = || AccountabilityEvent::TaskAccepted {
        task: 1,
        note: String::new(),
    };
    let waiting = Story::new()
        .acting(Role::Leader, OFFICE)
        .record(UNIT, assigned)
        .acting(Role::Leader, TOWNSHIP)
        .record(UNIT, reported);
    waiting
        .clone()
        .acting(Role::Leader, OFFICE)
        .record(UNIT, accepted())
        .holds(NobodyDecidesOwn);
    waiting
        .record(UNIT, accepted())
        .breaks(NobodyDecidesOwn, "答复人自己");
}
#[test]
fn special_supervision_begins_and_ends_by_the_numbers() {
    let numbers = |failures| SupervisionNumbers {
        failures,
        ..SupervisionNumbers::default()
    };
    let seen = |failures| SeenNumbers {
        numbers: numbers(failures),
        thresholds: numbers(3),
        since: crate::story::instant(0),
    };
    let opened = |failures| {
        let opened = AccountabilityEvent::SpecialSupervisionOpened {
            supervision: 1,
            unit: UnitCode::of(TOWNSHIP),
            seen: seen(failures),
        };
        Story::new().record(UNIT, opened)
    };
    let closed = |failures| AccountabilityEvent::SpecialSupervisionClosed {
        supervision: 1,
        seen: seen(failures),
        note: "已整改".into(),
    };
    opened(2).breaks(NobodyDecidesOwn, "没有达到标准");
    let group = || opened(3).acting(Role::Supervisor, SUPERVISION);
    group().record(UNIT, closed(2)).holds(NobodyDecidesOwn);
    group()
        .record(UNIT, closed(3))
        .breaks(NobodyDecidesOwn, "还没有降到");
    opened(3)
        .acting(Role::Leader, TOWNSHIP)
        .record(UNIT, closed(0))
        .breaks(NobodyDecidesOwn, "不是由督导组");
}
#[test]
fn more_time_is_granted_by_others_to_who_asked() {
    let (clock, obligation) = ("first_inspection#1".to_owned(), Obligation::FirstInspection);
    let requested = CaseEvent::ExtensionRequested {
        clock: clock.clone(),
        obligation,
        unit: UnitCode::of(TOWNSHIP),
        due: crate::story::instant(10),
        to: crate::story::instant(20),
        reason: "积水".into(),
    };
    let granted = || CaseEvent::ExtensionGranted {
        clock: clock.clone(),
        obligation,
        due: crate::story::instant(10),
        to: crate::story::instant(20),
        reason: "积水".into(),
    };
    let asked = Story::new()
        .acting(Role::Leader, TOWNSHIP)
        .record("case-7", requested);
    let above = asked.clone().acting(Role::Leader, COUNTY);
    above.clone().record("case-7", granted()).holds(NobodyDecidesOwn);
    above
        .record("case-7", granted())
        .record("case-7", granted())
        .breaks(NobodyDecidesOwn, "没有待答复");
    asked
        .record("case-7", granted())
        .breaks(NobodyDecidesOwn, "申请单位自己");
}
#[test]
fn the_public_is_told_what_one_proposed_and_another_published() {
    let proposed = DisposalEvent::ExposureProposed {
        enterprise: "某建材厂".into(),
        facts: "已取缔".into(),
    };
    let published = |facts: &str| DisposalEvent::ExposurePublished {
        enterprise: "某建材厂".into(),
        area: UnitCode::of(TOWNSHIP),
        facts: facts.into(),
    };
    let proposal = Story::new()
        .acting(Role::Leader, TOWNSHIP)
        .record("disposal-7", proposed);
    let city = proposal.clone().acting(Role::Leader, CITY);
    city.clone()
        .record("disposal-7", published("已取缔"))
        .holds(NobodyDecidesOwn);
    city.record("disposal-7", published("老板已判刑"))
        .breaks(NobodyDecidesOwn, "和提出的不同");
    proposal
        .record("disposal-7", published("已取缔"))
        .breaks(NobodyDecidesOwn, "提出人自己");
    Story::new()
        .record("disposal-7", published("已取缔"))
        .breaks(NobodyDecidesOwn, "没有人提出");
}
