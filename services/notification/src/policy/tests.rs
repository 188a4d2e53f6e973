//! Given facts, then letters: to whom, what about, and what must never be in them.

use super::*;
use accountability_domain::{Accountability, ClockId, FailureKind};
use case_domain::{Case, CaseEvent, Origin, Place};
use decider::{Decider, Stamp};
use jurisdiction::{Actor, CaseId, Role, TipId, Urgency, sample};
use tip_domain::{TipEvent, TipState};

mod accounts;
mod asking;
mod cases;
mod discretion;
mod pressing;
mod rungs;
mod supervision;
mod tips;

const CONSOLE: &str = "https://mingcha.example";
const DUE: &str = "2020-06-04T15:59:59Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn after<D: Decider>(facts: &[(Actor, D::Event)]) -> D::State {
    let mut state = D::State::default();
    for (by, event) in facts {
        let stamp = Stamp {
            at: at(DUE),
            by: by.clone(),
        };
        D::evolve(&mut state, event, &stamp);
    }
    state
}
fn desk(jurisdiction: &Jurisdiction) -> Desk<'_> {
    Desk {
        jurisdiction,
        console_url: CONSOLE,
    }
}
fn to(letters: &[Letter]) -> Vec<String> {
    letters
        .iter()
        .map(|letter| match &letter.to {
            Addressee::Staff { staff } => staff.to_string(),
            Addressee::Unit { unit } => format!("unit {unit}"),
            Addressee::Receipt { .. } => "reporter".to_owned(),
        })
        .collect()
}

fn clock() -> ClockId {
    ClockId::new(Obligation::FirstInspection, 1)
}
fn township() -> UnitCode {
    UnitCode::of(sample::TOWNSHIP)
}
fn named(unit: &str, person: Option<&str>) -> Addressed {
    Addressed {
        unit: UnitCode::of(unit),
        person: person.map(StaffId::of),
        name: person.map(|_| "张三".to_owned()),
    }
}
fn started() -> AccountabilityEvent {
    AccountabilityEvent::ClockStarted {
        clock: clock(),
        subject: Subject::Case(CaseId::sample(7)),
        obligation: Obligation::FirstInspection,
        unit: township(),
        person: None,
        urgency: Urgency::Normal,
        started: at("2020-06-01T01:00:00Z"),
        limit: None,
        due: at(DUE),
        what: "老砖瓦厂：首次现场核查".into(),
        ladder: None,
    }
}
fn escalation(to: Addressed, repetition: u32) -> Escalation {
    Escalation {
        clock: clock(),
        deadline: at(DUE),
        repetition,
        reached: at(DUE),
        to,
        about: named(sample::TOWNSHIP, Some("leader-321322102")),
        answer_due: at("2020-06-09T15:59:59Z"),
    }
}
/// The last fact is the one that is written about.
fn letters(facts: &[(Actor, AccountabilityEvent)]) -> Vec<Letter> {
    discreet(facts, &Discretion::default())
}
fn discreet(facts: &[(Actor, AccountabilityEvent)], discretion: &Discretion) -> Vec<Letter> {
    let suqian = sample::suqian();
    let (_, event) = facts.last().expect("a fact");
    on_accountability(event, &after::<Accountability>(facts), discretion, desk(&suqian))
}
fn rung(rung: Rung, to: Addressed, repetition: u32) -> Vec<Letter> {
    let rule = || Actor::system("test");
    let event = AccountabilityEvent::escalation(rung, escalation(to, repetition));
    letters(&[(rule(), started()), (rule(), event)])
}

#[test]
fn given_a_reminder_then_the_unit_reads_what_was_due_when_and_what_to_do() {
    let letters = rung(Rung::Reminder, named(sample::TOWNSHIP, None), 0);
    assert_eq!(to(&letters), ["unit 321322102"]);
    let person = named(sample::TOWNSHIP, Some("leader-321322102"));
    assert_eq!(
        to(&rung(Rung::Reminder, person, 0)),
        ["leader-321322102", "unit 321322102"]
    );
    assert_eq!(letters[0].subject, "【催办】胡集镇：首次现场核查超期");
    let body = &letters[0].body;
    for part in [
        "胡集镇：\n",
        "现予催办。",
        "事项：老砖瓦厂：首次现场核查",
        "原定期限：2020年6月4日 23:59（北京时间）",
        "最迟答复：2020年6月9日 23:59（北京时间）",
        "https://mingcha.example",
    ] {
        assert!(body.contains(part), "{part} is not in\n{body}");
    }
}

#[test]
fn given_a_judged_explanation_then_whoever_explained_is_told() {
    let rule = || Actor::system("test");
    let leader = sample::acting(Role::Leader, sample::TOWNSHIP);
    let county = sample::acting(Role::Leader, sample::COUNTY);
    let step = (Rung::SupervisionOrder, at(DUE), 0);
    let to_leader = named(sample::TOWNSHIP, Some("leader-321322102"));
    let explained = AccountabilityEvent::ExplanationSubmitted {
        clock: clock(),
        deadline: step.1,
        rung: step.0,
        repetition: step.2,
        text: "连续暴雨".into(),
    };
    let judged = AccountabilityEvent::ExplanationJudged {
        clock: clock(),
        deadline: step.1,
        rung: step.0,
        repetition: step.2,
        accepted: false,
        note: "请电话 199 0000 0000 说明".into(),
    };
    let letters = letters(&[
        (rule(), started()),
        (
            rule(),
            AccountabilityEvent::SupervisionOrdered(escalation(to_leader, 0)),
        ),
        (leader, explained),
        (county, judged),
    ]);
    assert_eq!(to(&letters), ["leader-321322102"]);
    assert!(letters[0].body.contains("没有被采纳") && !letters[0].body.contains("0000"));
}

#[test]
fn given_a_failure_then_inspectors_and_those_who_answer_for_it_are_written_to_once_each() {
    let failed = |persons: &[&str]| {
        let event = AccountabilityEvent::FailureRecorded {
            subject: Subject::Case(CaseId::sample(7)),
            kind: FailureKind::Relapse,
            cause: "1".into(),
            unit: township(),
            persons: persons.iter().map(|person| StaffId::of(person)).collect(),
            note: "恢复生产".into(),
            clock: None,
        };
        to(&letters(&[(Actor::system("test"), event)]))
    };
    assert_eq!(
        failed(&["leader-321322102"]),
        ["inspector-321300-JW", "leader-321322102"]
    );
    assert_eq!(failed(&["inspector-321300-JW"]), ["inspector-321300-JW"]);
    assert_eq!(failed(&[]), ["inspector-321300-JW", "unit 321322102"]);
}

#[test]
fn given_a_failure_that_has_to_be_explained_then_the_head_of_the_unit_hears_of_it_and_of_the_judgement() {
    let recorded = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(7)),
        kind: FailureKind::Relapse,
        cause: "1".into(),
        unit: township(),
        persons: vec![StaffId::of("handler-321322102")],
        note: "恢复生产".into(),
        clock: Some(ClockId::new(Obligation::ExplainFailure, 1)),
    };
    let system = || Actor::system("test");
    let told = letters(&[(system(), recorded.clone())]);
    assert_eq!(
        to(&told),
        ["inspector-321300-JW", "handler-321322102", "leader-321322102"]
    );
    assert!(told[2].body.contains("作出说明") && !told[1].body.contains("作出说明"));
    assert!(told.iter().all(|letter| letter.body.contains("问责事项")));
    let leader = sample::acting(Role::Leader, sample::TOWNSHIP);
    let explained = AccountabilityEvent::FailureExplained {
        failure: 1,
        text: "已恢复巡查".into(),
    };
    let judged = AccountabilityEvent::FailureJudged {
        failure: 1,
        accepted: false,
        note: "没有说明责任人".into(),
    };
    let told = letters(&[(system(), recorded), (leader, explained), (system(), judged)]);
    let last = told.last().expect("a letter");
    assert_eq!(to(std::slice::from_ref(last)), ["leader-321322102"]);
    assert!(last.body.contains("没有说明责任人"));
}

#[test]
fn given_a_stage_that_asks_for_a_report_or_a_guarantee_then_the_head_of_the_unit_hears_until_when() {
    for obligation in [Obligation::AreaReport, Obligation::Guarantee] {
        let asked = AccountabilityEvent::ClockStarted {
            clock: ClockId::new(obligation, 1),
            subject: Subject::Unit(township()),
            obligation,
            unit: township(),
            person: None,
            urgency: Urgency::Normal,
            started: at(DUE),
            limit: None,
            due: at(DUE),
            what: "排查摸底结果上报：依台账起草".into(),
            ladder: None,
        };
        let letters = letters(&[(Actor::system("test"), asked)]);
        assert_eq!(to(&letters), ["leader-321322102"]);
        for part in ["排查摸底结果上报", "2020年6月4日 23:59"] {
            assert!(letters[0].body.contains(part), "{}", letters[0].body);
        }
    }
}

#[test]
fn given_a_clock_that_starts_or_stops_then_nobody_is_written_to() {
    assert!(letters(&[(Actor::system("test"), started())]).is_empty());
}

#[test]
fn given_a_party_that_was_referred_then_the_receiver_is_told_until_when_to_answer() {
    let mut event = started();
    if let AccountabilityEvent::ClockStarted { obligation, unit, .. } = &mut event {
        *obligation = Obligation::AnswerReferral;
        *unit = UnitCode::of(sample::COUNTY_ECOLOGY);
    }
    let letters = letters(&[(Actor::system("test"), event)]);
    assert_eq!(to(&letters), ["unit 321322-HJ"]);
    let body = &letters[0].body;
    assert!(body.contains("请最迟答复：2020年6月4日 23:59"), "{body}");
    // Who and what for is read where it is known who reads.
    assert!(!body.contains("老砖瓦厂"));
}

fn opened(confidential: bool) -> CaseEvent {
    CaseEvent::CaseOpened {
        origin: Origin::Tip {
            tip: TipId::sample(1),
        },
        summary: "砖瓦厂内疑似生产化工产品".into(),
        enterprise: None,
        place: Place {
            text: "胡集镇老砖瓦厂".into(),
            ..Default::default()
        },
        urgency: Urgency::Normal,
        confidential,
        against: jurisdiction::Against::default(),
    }
}
fn handed_over(confidential: bool, event: CaseEvent) -> Vec<Letter> {
    let suqian = sample::suqian();
    let by = sample::acting(Role::Dispatcher, sample::COUNTY);
    let facts = [(by.clone(), opened(confidential)), (by, event)];
    let (_, event) = &facts[1];
    let state = after::<Case>(&facts);
    on_case(
        CaseId::sample(7),
        event,
        &state,
        at("2020-06-01T01:00:00Z"),
        desk(&suqian),
    )
}
fn assigned() -> CaseEvent {
    CaseEvent::CaseAssigned {
        to: township(),
        instructions: "请今日到场".into(),
        co_handlers: vec![],
    }
}

#[test]
fn every_letter_passes_the_domain_s_own_check() {
    use decider::Given;
    use notification_domain::{Notification, NotificationCommand, NotificationState};
    let suqian = sample::suqian();
    let mut all = rung(Rung::Referral, named(sample::DISCIPLINE, None), 0);
    all.extend(handed_over(false, assigned()));
    all.extend(on_tip(
        TipId::sample(1),
        &TipEvent::DangerRaised {},
        &TipState::default(),
        desk(&suqian),
    ));
    for letter in all {
        let by = Actor::system("test");
        let given = Given {
            at: at(DUE),
            by: &by,
            jurisdiction: &suqian,
        };
        let request = NotificationCommand::Request(letter.into());
        let decided = Notification::decide(&NotificationState::default(), &request, given);
        assert_eq!(decided.map(|events| events.len()), Ok(1));
    }
}
