//! The work list: everything owed and nothing else, what burns first.

use super::History;
use crate::query::{escalations, work};
use accountability_domain::{AccountabilityEvent, Addressee, ClockId, Escalation, MoveReason, StopReason};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::sample::{
    COUNTY, DISCIPLINE, OFFICE, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, VILLAGE, acting,
};
use jurisdiction::{CaseId, Obligation, Role, Rung, StaffId, Subject, UnitCode, Urgency};
use mingcha_proto::ledger::{ListEscalationsRequest, WorkItem, WorkListRequest, WorkListResponse};

fn list(history: &History, role: Role, unit: &str) -> WorkListResponse {
    let answer = history
        .ledger()
        .ask(&acting(role, unit), &WorkListRequest::default(), work::list);
    answer.expect("a work list")
}
fn kinds(list: &WorkListResponse) -> Vec<&str> {
    list.items.iter().map(|item| item.kind.as_str()).collect()
}

#[test]
fn handlers_see_what_their_unit_owes_overdue_first() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 96);
    history
        .case(2, Some(VILLAGE), Some(TOWNSHIP))
        .clock(2, Obligation::Acknowledge, TOWNSHIP, 24);
    history.case(3, Some(VILLAGE), Some(OTHER_TOWNSHIP)).clock(
        3,
        Obligation::Acknowledge,
        OTHER_TOWNSHIP,
        24,
    );
    history.later(48);
    let list = list(&history, Role::Handler, TOWNSHIP);
    let owed: Vec<_> = list
        .items
        .iter()
        .map(|item: &WorkItem| (item.title.as_str(), item.overdue, item.working_days_left))
        .collect();
    // From Wednesday 3 June: due on Tuesday, and on Friday.
    assert_eq!(owed, [("签收", true, Some(-1)), ("首次现场核查", false, Some(2))]);
    assert_eq!(list.overdue, 1);
    assert_eq!(list.items[0].place, "老砖瓦厂 2 号");
    assert_eq!(list.items[0].unit_name, "胡集镇");
}

#[test]
fn dispatchers_see_unassigned_cases_once_with_or_without_a_clock() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), None)
        .clock(1, Obligation::AssignCase, OFFICE, 24);
    history.case(2, Some(VILLAGE), None);
    history.case(3, Some(VILLAGE), Some(TOWNSHIP));
    let list = list(&history, Role::Dispatcher, OFFICE);
    assert_eq!(kinds(&list), ["case_to_assign", "case_to_assign"]);
    assert!(list.items.iter().all(|item| item.due.is_some()));
    let of_the_county = self::list(&history, Role::Dispatcher, COUNTY);
    assert_eq!(of_the_county.items.len(), 2, "the sites lie in the county");
}

fn explained(history: &mut History) {
    let clock = ClockId::new(Obligation::FirstInspection, 1);
    let deadline = history.now + SignedDuration::from_hours(1);
    let named = |unit: &str| Addressee {
        unit: UnitCode::of(unit),
        person: Some(StaffId::of(&format!("leader-{unit}"))),
        name: None,
    };
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 1);
    history.later(2);
    let escalation = Escalation {
        clock: clock.clone(),
        deadline,
        repetition: 0,
        reached: deadline,
        to: named(TOWNSHIP),
        about: named(TOWNSHIP),
        answer_due: deadline + SignedDuration::from_hours(72),
    };
    let order = AccountabilityEvent::escalation(Rung::SupervisionOrder, escalation);
    history.add(&super::clock_stream(1), &order);
}

#[test]
fn an_escalation_goes_from_the_addressed_leader_to_whoever_judges() {
    let mut history = History::new();
    explained(&mut history);
    assert_eq!(
        kinds(&list(&history, Role::Leader, TOWNSHIP)),
        ["escalation_to_answer"]
    );
    assert!(list(&history, Role::Leader, COUNTY).items.is_empty());
    let explanation = AccountabilityEvent::ExplanationSubmitted {
        clock: ClockId::new(Obligation::FirstInspection, 1),
        deadline: history.now - SignedDuration::from_hours(1),
        rung: Rung::SupervisionOrder,
        repetition: 0,
        text: "连日暴雨，道路不通".into(),
    };
    history.add(&super::clock_stream(1), &explanation);
    let answered = ClockId::new(Obligation::FirstInspection, 1);
    let deadline = history.now - SignedDuration::from_hours(1);
    let answer = ClockId::answering(&answered, deadline, Rung::SupervisionOrder, 0);
    let judged_by = history.now + SignedDuration::from_hours(24);
    let judgement = AccountabilityEvent::ClockStarted {
        clock: ClockId::judging(&answer, 0),
        subject: Subject::Case(CaseId::sample(1)),
        obligation: Obligation::JudgeAnswer,
        unit: UnitCode::of(COUNTY),
        person: None,
        urgency: Urgency::Normal,
        started: history.now,
        limit: None,
        due: judged_by,
        what: "审核".into(),
        ladder: None,
    };
    history.add(&super::clock_stream(1), &judgement);
    let due = list(&history, Role::Leader, COUNTY).items[0].due.clone();
    assert_eq!(
        due,
        Some(judged_by.to_string()),
        "it is as pressing as anything else"
    );
    assert!(list(&history, Role::Leader, TOWNSHIP).items.is_empty());
    for (role, unit) in [
        (Role::Leader, COUNTY),
        (Role::Leader, OFFICE),
        (Role::Supervisor, SUPERVISION),
        (Role::Inspector, DISCIPLINE),
    ] {
        assert_eq!(
            kinds(&list(&history, role, unit)),
            ["explanation_to_judge"],
            "{role:?} of {unit}"
        );
    }
}

/// A township's supervision order was raised at that instant: it owes an answer within three days.
fn asked_for(answer: &ClockId, raised: Timestamp) -> AccountabilityEvent {
    AccountabilityEvent::ClockStarted {
        clock: answer.clone(),
        subject: Subject::Case(CaseId::sample(1)),
        obligation: Obligation::AnswerEscalation,
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        urgency: Urgency::Normal,
        started: raised,
        limit: None,
        due: raised + SignedDuration::from_hours(72),
        what: "就督办作出说明".into(),
        ladder: None,
    }
}

#[test]
fn an_explanation_that_was_refused_is_owed_by_the_day_to_which_its_time_was_moved() {
    let mut history = History::new();
    explained(&mut history);
    let of = ClockId::new(Obligation::FirstInspection, 1);
    let deadline = history.now - SignedDuration::from_hours(1);
    let (rung, repetition) = (Rung::SupervisionOrder, 0);
    let answer = ClockId::answering(&of, deadline, rung, repetition);
    let first = deadline + SignedDuration::from_hours(72);
    let moved = first + SignedDuration::from_hours(30);
    let started = asked_for(&answer, deadline);
    let submitted = AccountabilityEvent::ExplanationSubmitted {
        clock: of.clone(),
        deadline,
        rung,
        repetition,
        text: "连日暴雨，道路不通".into(),
    };
    let rested = AccountabilityEvent::ClockStopped {
        clock: answer.clone(),
        by: StopReason::Withdrawn,
        at: history.now,
    };
    let refused = AccountabilityEvent::ExplanationJudged {
        clock: of,
        deadline,
        rung,
        repetition,
        accepted: false,
        note: "没有写明补救措施".into(),
    };
    let resumed = AccountabilityEvent::ClockMoved {
        clock: answer,
        from: first,
        to: moved,
        reason: MoveReason::Resumed {
            since: None,
            limit: None,
        },
    };
    for fact in [started, submitted, rested, refused, resumed] {
        history.add(&super::clock_stream(1), &fact);
    }
    let items = list(&history, Role::Leader, TOWNSHIP).items.into_iter();
    let asked: Vec<_> = items
        .filter(|item| item.kind == "escalation_to_answer")
        .map(|item| (item.due, item.judgement_note))
        .collect();
    let why = "没有写明补救措施".to_owned();
    assert_eq!(
        asked,
        [(Some(moved.to_string()), Some(why))],
        "and whoever owes it reads why it came back"
    );
}

#[test]
fn a_call_that_a_higher_one_has_overtaken_is_on_no_list_and_says_so() {
    let mut history = History::new();
    explained(&mut history);
    let of = ClockId::new(Obligation::FirstInspection, 1);
    let deadline = history.now - SignedDuration::from_hours(1);
    let answer = ClockId::answering(&of, deadline, Rung::SupervisionOrder, 0);
    let started = asked_for(&answer, deadline);
    history.add(&super::clock_stream(1), &started);
    let asked = |history: &History| {
        let items = list(history, Role::Leader, TOWNSHIP).items.into_iter();
        items.filter(|item| item.kind == "escalation_to_answer").count()
    };
    assert_eq!(asked(&history), 1);
    let overtaken = AccountabilityEvent::ClockStopped {
        clock: answer,
        by: StopReason::Ended,
        at: history.now,
    };
    history.add(&super::clock_stream(1), &overtaken);
    assert_eq!(asked(&history), 0, "one answer is owed at a time");
    let all = ListEscalationsRequest::default();
    let ledger = history.ledger();
    let listed = ledger.ask(&acting(Role::Leader, TOWNSHIP), &all, escalations::list);
    let states: Vec<_> = listed.expect("a list").escalations.into_iter().collect();
    assert_eq!(states[0].explanation, "overtaken");
    let open = ListEscalationsRequest {
        explanation: Some("open".into()),
        ..all
    };
    let listed = ledger.ask(&acting(Role::Leader, TOWNSHIP), &open, escalations::list);
    assert!(listed.expect("a list").escalations.is_empty(), "nor is it open");
}

#[test]
fn a_call_about_a_unit_says_which_of_its_matters_is_meant() {
    let mut history = History::new();
    let subject = Subject::Unit(UnitCode::of(TOWNSHIP));
    let stream = format!("accountability-{}", subject.id());
    history.clock_of(subject, Obligation::AnswerFinding, TOWNSHIP, 1);
    let deadline = history.now + SignedDuration::from_hours(1);
    history.later(2);
    let named = Addressee {
        unit: UnitCode::of(TOWNSHIP),
        person: None,
        name: None,
    };
    let order = Escalation {
        clock: ClockId::new(Obligation::AnswerFinding, 1),
        deadline,
        repetition: 0,
        reached: deadline,
        to: named.clone(),
        about: named,
        answer_due: deadline + SignedDuration::from_hours(72),
    };
    history.add(
        &stream,
        &AccountabilityEvent::escalation(Rung::SupervisionOrder, order),
    );
    let items = list(&history, Role::Leader, TOWNSHIP).items;
    let asked = items.iter().find(|item| item.kind == "escalation_to_answer");
    let what = asked.map(|item| item.what.as_str());
    assert_eq!(what, Some("督导问题整改答复：老砖瓦厂"));
}

#[test]
fn what_is_referred_waits_for_the_inspectors_until_they_inquire() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, -1)
        .clock(1, Obligation::Classify, TOWNSHIP, -1);
    let deadline = history.now - SignedDuration::from_hours(1);
    let named = |unit: &str| Addressee {
        unit: UnitCode::of(unit),
        person: None,
        name: None,
    };
    let refer = |history: &mut History, obligation, repetition| {
        let escalation = Escalation {
            clock: ClockId::new(obligation, 1),
            deadline,
            repetition,
            reached: deadline,
            to: named(DISCIPLINE),
            about: named(TOWNSHIP),
            answer_due: deadline + SignedDuration::from_hours(72),
        };
        let referral = AccountabilityEvent::escalation(Rung::Referral, escalation);
        history.add(&super::clock_stream(1), &referral);
    };
    let considered = |history: &History| -> Vec<String> {
        let items = list(history, Role::Inspector, DISCIPLINE).items.into_iter();
        let referred = items.filter(|item| item.kind == "referral_to_consider");
        referred.map(|item| item.what).collect()
    };
    for repetition in 0..2 {
        refer(&mut history, Obligation::FirstInspection, repetition);
    }
    let to_consider = |history: &History, role, unit| {
        let listed = history.ledger().ask(
            &acting(role, unit),
            &ListEscalationsRequest::default(),
            escalations::list,
        );
        let rows = listed.expect("a list").escalations.into_iter();
        rows.map(|row| row.to_consider).collect::<Vec<_>>()
    };
    let inspected = |history: &History| to_consider(history, Role::Inspector, DISCIPLINE);
    assert_eq!(inspected(&history), [Some(true); 2]);
    let watched = to_consider(&history, Role::Supervisor, SUPERVISION);
    assert_eq!(
        watched, [None; 2],
        "that nobody looks into it is told to nobody else"
    );
    let once = considered(&history);
    assert_eq!(once.len(), 1, "however often it was repeated");
    assert!(!once[0].contains("另有"), "{once:?}");
    refer(&mut history, Obligation::Classify, 0);
    let both = considered(&history);
    assert_eq!(both.len(), 1, "one subject is decided on once");
    assert!(both[0].ends_with("（另有 1 项移送）"), "{both:?}");
    history.clock(1, Obligation::Inquiry, DISCIPLINE, 24);
    assert!(considered(&history).is_empty());
    assert_eq!(inspected(&history), [Some(false); 3]);
}

#[test]
fn reviews_are_the_leaders() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(VILLAGE))
        .clock(1, Obligation::Review, TOWNSHIP, 24);
    assert_eq!(kinds(&list(&history, Role::Leader, TOWNSHIP)), ["obligation"]);
    assert!(list(&history, Role::Handler, TOWNSHIP).items.is_empty());
}
