//! Findings, tasks and special supervision as lists: who sees which, in what state, until when.

use super::{History, TestLedger};
use crate::query::obligations;
use crate::query::supervision::{findings, special, tasks};
use accountability_domain::{AccountabilityEvent, ClockId, FindingSource, Gravity, SeenNumbers, StopReason};
use jiff::SignedDuration;
use jurisdiction::sample::{COUNTY, OTHER_COUNTY, OTHER_TOWNSHIP, SUPERVISION, TOWNSHIP, acting, suqian};
use jurisdiction::{Obligation, Role, Subject, SupervisionNumbers, UnitCode, Urgency, campaign_time};
use mingcha_proto::ledger::{
    ListFindingsRequest, ListObligationsRequest, ListSpecialSupervisionRequest, ListTasksRequest,
};

fn stream(unit: &str) -> String {
    format!("accountability-{unit}")
}
fn clock(history: &mut History, unit: &str, obligation: Obligation, number: u32) {
    let started = history.now;
    let event = AccountabilityEvent::ClockStarted {
        clock: ClockId::new(obligation, number),
        subject: Subject::Unit(UnitCode::of(unit)),
        obligation,
        unit: UnitCode::of(unit),
        person: None,
        urgency: Urgency::Normal,
        started,
        limit: None,
        due: started + SignedDuration::from_hours(48),
        what: "督导".into(),
        ladder: None,
    };
    history.add(&stream(unit), &event);
}
fn found(history: &mut History, unit: &str, number: u32, gravity: Gravity) {
    let event = AccountabilityEvent::FindingRecorded {
        finding: number,
        unit: UnitCode::of(unit),
        source: FindingSource::City,
        gravity,
        text: format!("第 {number} 个问题"),
        evidence: vec![],
        clock: ClockId::new(Obligation::AnswerFinding, number),
    };
    history.later(1).add(&stream(unit), &event);
    clock(history, unit, Obligation::AnswerFinding, number);
}
fn answered(history: &mut History, unit: &str, number: u32, accepted: Option<bool>) {
    let at = history.now;
    let stopped = AccountabilityEvent::ClockStopped {
        clock: ClockId::new(Obligation::AnswerFinding, number),
        by: StopReason::Withdrawn,
        at,
    };
    let answer = AccountabilityEvent::FindingAnswered {
        finding: number,
        text: "已补查".into(),
        evidence: vec![],
    };
    history.add(&stream(unit), &stopped).add(&stream(unit), &answer);
    if let Some(accepted) = accepted {
        let judged = AccountabilityEvent::FindingJudged {
            finding: number,
            accepted,
            note: "到现场看过".into(),
        };
        history.add(&stream(unit), &judged);
    }
}
fn listed(ledger: &TestLedger, role: Role, unit: &str, request: &ListFindingsRequest) -> Vec<(String, u32)> {
    let answer = ledger.ask(&acting(role, unit), request, findings);
    let rows = answer.expect("findings").findings;
    rows.into_iter().map(|row| (row.unit, row.finding)).collect()
}

#[test]
fn findings_are_listed_newest_first_with_their_answers_to_whoever_sees_the_unit() {
    let mut history = History::new();
    found(&mut history, TOWNSHIP, 1, Gravity::Grave);
    found(&mut history, TOWNSHIP, 2, Gravity::Ordinary);
    found(&mut history, OTHER_COUNTY, 1, Gravity::Ordinary);
    answered(&mut history, TOWNSHIP, 1, Some(false));
    answered(&mut history, TOWNSHIP, 2, None);
    let ledger = history.later(72).ledger();
    let all = ListFindingsRequest::default();
    let of = |unit: &str, number| (unit.to_owned(), number);
    assert_eq!(
        listed(&ledger, Role::Supervisor, SUPERVISION, &all),
        [of(OTHER_COUNTY, 1), of(TOWNSHIP, 2), of(TOWNSHIP, 1)]
    );
    let own = [of(TOWNSHIP, 2), of(TOWNSHIP, 1)];
    assert_eq!(listed(&ledger, Role::Leader, TOWNSHIP, &all), own);
    assert_eq!(listed(&ledger, Role::Leader, COUNTY, &all), own);
    assert!(listed(&ledger, Role::Leader, OTHER_TOWNSHIP, &all).is_empty());
    let only = |state: Option<&str>, gravity: Option<&str>| ListFindingsRequest {
        state: state.map(str::to_owned),
        gravity: gravity.map(str::to_owned),
        ..Default::default()
    };
    let returned = only(Some("returned"), None);
    assert_eq!(
        listed(&ledger, Role::Leader, COUNTY, &returned),
        [of(TOWNSHIP, 1)]
    );
    let grave = only(None, Some("grave"));
    assert_eq!(listed(&ledger, Role::Leader, COUNTY, &grave), [of(TOWNSHIP, 1)]);
    let within = ListFindingsRequest {
        unit: Some(OTHER_COUNTY.into()),
        ..Default::default()
    };
    let in_area = listed(&ledger, Role::Supervisor, SUPERVISION, &within);
    assert_eq!(in_area, [of(OTHER_COUNTY, 1)]);
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let rows = ledger
        .ask(&supervisor, &within, findings)
        .expect("findings")
        .findings;
    assert!(rows[0].overdue, "nobody has answered for three days");
    assert!(
        rows[0].working_days_left.is_some_and(|days| days < 0),
        "{:?}",
        rows[0]
    );
    let overdue = |overdue| ListFindingsRequest {
        overdue: Some(overdue),
        ..Default::default()
    };
    assert_eq!(
        listed(&ledger, Role::Supervisor, SUPERVISION, &overdue(true)),
        in_area
    );
    assert_eq!(
        listed(&ledger, Role::Supervisor, SUPERVISION, &overdue(false)),
        own
    );
    let strange = only(Some("gone"), None);
    assert!(ledger.ask(&supervisor, &strange, findings).is_err());
}

#[test]
fn what_was_recorded_in_a_stage_or_between_two_days_is_found() {
    let mut history = History::new();
    found(&mut history, TOWNSHIP, 1, Gravity::Ordinary);
    let (first, day) = (history.now, |at: jiff::Timestamp| {
        campaign_time(at).date().to_string()
    });
    history.later(24 * 60);
    found(&mut history, TOWNSHIP, 2, Gravity::Ordinary);
    let ledger = history.ledger();
    let narrowed = |request: ListFindingsRequest| -> Vec<u32> {
        let rows = listed(&ledger, Role::Supervisor, SUPERVISION, &request).into_iter();
        rows.map(|(_, number)| number).collect()
    };
    let of_day = narrowed(ListFindingsRequest {
        from: Some(day(first)),
        until: Some(day(first)),
        ..Default::default()
    });
    assert_eq!(of_day, [1]);
    let of_stage = narrowed(ListFindingsRequest {
        stage: Some("sweep".into()),
        ..Default::default()
    });
    assert_eq!(of_stage, [1], "the second was found in another stage");
    let unknown = ListFindingsRequest {
        stage: Some("spring".into()),
        ..Default::default()
    };
    let refused = ledger.ask(&acting(Role::Supervisor, SUPERVISION), &unknown, findings);
    assert!(refused.expect_err("refused").message().contains("没有这个阶段"));
}

#[test]
fn tasks_are_listed_with_date_state_and_reports() {
    let mut history = History::new();
    let due = history.now + SignedDuration::from_hours(48);
    let task = AccountabilityEvent::TaskAssigned {
        task: 1,
        unit: UnitCode::of(TOWNSHIP),
        meeting: "第二次会议".into(),
        text: "张贴举报电话".into(),
        due,
        clock: ClockId::new(Obligation::ConferenceTask, 1),
    };
    history.add(&stream(TOWNSHIP), &task);
    clock(&mut history, TOWNSHIP, Obligation::ConferenceTask, 1);
    let reported = AccountabilityEvent::TaskReported {
        task: 1,
        text: "已张贴".into(),
        evidence: vec![],
    };
    history.add(&stream(TOWNSHIP), &reported);
    let ledger = history.ledger();
    let all = ListTasksRequest::default();
    let ask = |role, unit: &str| ledger.ask(&acting(role, unit), &all, tasks).expect("tasks").tasks;
    let row = ask(Role::Leader, TOWNSHIP).remove(0);
    assert_eq!(
        (row.state.as_str(), row.reports.len(), row.overdue),
        ("answered", 1, false)
    );
    assert_eq!(row.due, due.to_string());
    assert_eq!(row.working_days_left, Some(2));
    assert!(ask(Role::Leader, OTHER_COUNTY).is_empty());
}

#[test]
fn special_supervision_shows_the_numbers_that_the_decision_saw() {
    let mut history = History::new();
    let seen = |overdue| SeenNumbers {
        numbers: SupervisionNumbers {
            overdue,
            ..Default::default()
        },
        thresholds: suqian().supervision.township,
        since: "2020-05-01T01:00:00Z".parse().expect("a timestamp"),
    };
    let opened = AccountabilityEvent::SpecialSupervisionOpened {
        supervision: 1,
        unit: UnitCode::of(TOWNSHIP),
        seen: seen(12),
    };
    history.add(&stream(TOWNSHIP), &opened);
    let supervisor = acting(Role::Supervisor, SUPERVISION);
    let open = ListSpecialSupervisionRequest {
        open: true,
        ..Default::default()
    };
    let ask = |history: &History| {
        let answer = history.ledger().ask(&supervisor, &open, special);
        answer.expect("a list").special_supervision
    };
    let row = ask(&history).remove(0);
    assert_eq!(row.opened_with.map(|figures| figures.overdue), Some(12));
    assert_eq!(row.thresholds.map(|figures| figures.overdue), Some(10));
    let closed = AccountabilityEvent::SpecialSupervisionClosed {
        supervision: 1,
        seen: seen(2),
        note: "整改到位".into(),
    };
    history.add(&stream(TOWNSHIP), &closed);
    assert!(ask(&history).is_empty());
    let all = ListSpecialSupervisionRequest::default();
    let rows = history.ledger().ask(&supervisor, &all, special).expect("a list");
    let row = &rows.special_supervision[0];
    assert_eq!(row.closed_with.as_ref().map(|figures| figures.overdue), Some(2));
    assert_eq!(row.note, "整改到位");
}

#[test]
fn overdue_matters_are_listed_as_special_supervision_counts_them() {
    let mut history = History::new();
    history
        .case(1, Some(TOWNSHIP), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 1)
        .clock(1, Obligation::AnswerEscalation, TOWNSHIP, 1)
        .later(2);
    let ledger = history.ledger();
    let listed = |without_answers: Option<bool>| {
        let asked = ListObligationsRequest {
            overdue: Some(true),
            without_answers,
            ..Default::default()
        };
        let answer = ledger.ask(&acting(Role::Supervisor, SUPERVISION), &asked, obligations::list);
        let rows = answer.expect("a list").obligations.into_iter();
        rows.map(|row| row.obligation).collect::<Vec<_>>()
    };
    assert_eq!(listed(None).len(), 2);
    assert_eq!(listed(Some(true)), [Obligation::FirstInspection.code()]);
    assert_eq!(listed(Some(false)), [Obligation::AnswerEscalation.code()]);
}
