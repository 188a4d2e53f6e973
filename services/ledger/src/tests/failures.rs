//! Failures and inquiries as lists: who sees which, what was said, until when, page by page.

use super::{History, TestLedger, case_stream};
use crate::query::failures::{inquiries, list};
use crate::query::{cases, escalations, report, work};
use accountability_domain::{AccountabilityEvent, Addressee, ClockId, Escalation, FailureKind, StopReason};
use jiff::SignedDuration;
use jurisdiction::sample::{
    COUNTY, DISCIPLINE, OFFICE, OTHER_COUNTY, SUPERVISION, TOWNSHIP, VILLAGE, acting,
};
use jurisdiction::{Against, CaseId, Obligation, Role, StaffId, Subject, UnitCode, Urgency};
use mingcha_proto::ledger::{
    FailureItem, GetCaseRequest, ListCasesRequest, ListEscalationsRequest, ListFailuresRequest,
    ListInquiriesRequest, ReportRequest, WorkListRequest,
};

fn stream(number: u128) -> String {
    format!("accountability-{}", CaseId::sample(number))
}
fn clock(history: &mut History, number: u128, obligation: Obligation, unit: &str) {
    let started = history.now;
    let event = AccountabilityEvent::ClockStarted {
        clock: ClockId::new(obligation, 1),
        subject: Subject::Case(CaseId::sample(number)),
        obligation,
        unit: UnitCode::of(unit),
        person: None,
        urgency: Urgency::Normal,
        started,
        limit: None,
        due: started + SignedDuration::from_hours(48),
        what: obligation.in_chinese().into(),
        ladder: None,
    };
    history.add(&stream(number), &event);
}
fn failed(history: &mut History, number: u128, kind: FailureKind, unit: &str) {
    let event = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(number)),
        kind,
        cause: number.to_string(),
        unit: UnitCode::of(unit),
        persons: vec![StaffId::of(&format!("leader-{unit}"))],
        note: format!("第 {number} 件"),
        clock: Some(ClockId::new(Obligation::ExplainFailure, 1)),
    };
    history.later(1).add(&stream(number), &event);
    clock(history, number, Obligation::ExplainFailure, unit);
}
fn explained(history: &mut History, number: u128) {
    let at = history.now;
    let stopped = AccountabilityEvent::ClockStopped {
        clock: ClockId::new(Obligation::ExplainFailure, 1),
        by: StopReason::Withdrawn,
        at,
    };
    let said = AccountabilityEvent::FailureExplained {
        failure: 1,
        text: "已恢复每周巡查".into(),
    };
    history.add(&stream(number), &stopped).add(&stream(number), &said);
}
fn three() -> History {
    let mut history = History::new();
    for number in 1..=3 {
        history.case(number, Some(VILLAGE), Some(TOWNSHIP));
    }
    failed(&mut history, 1, FailureKind::Relapse, TOWNSHIP);
    failed(&mut history, 2, FailureKind::Concealment, TOWNSHIP);
    failed(&mut history, 3, FailureKind::Relapse, OTHER_COUNTY);
    explained(&mut history, 2);
    history.later(72);
    history
}
fn asked(ledger: &TestLedger, role: Role, unit: &str, request: &ListFailuresRequest) -> Vec<FailureItem> {
    let answer = ledger.ask(&acting(role, unit), request, list);
    answer.expect("failures").failures
}
fn notes(rows: &[FailureItem]) -> Vec<&str> {
    rows.iter().map(|row| row.note.as_str()).collect()
}

#[test]
fn failures_are_listed_newest_first_to_those_concerned_and_everybody_above() {
    let ledger = three().ledger();
    let all = ListFailuresRequest::default();
    let rows = asked(&ledger, Role::Supervisor, SUPERVISION, &all);
    assert_eq!(notes(&rows), ["第 3 件", "第 2 件", "第 1 件"]);
    for unit in [TOWNSHIP, COUNTY] {
        let rows = asked(&ledger, Role::Leader, unit, &all);
        assert_eq!(notes(&rows), ["第 2 件", "第 1 件"], "{unit}");
    }
    assert!(asked(&ledger, Role::Leader, VILLAGE, &all).is_empty());
    let first = &asked(&ledger, Role::Leader, TOWNSHIP, &all)[1];
    assert_eq!(
        (first.failure, first.state.as_str(), first.overdue),
        (1, "open", true)
    );
    assert_eq!(first.title, "死灰复燃");
    assert_eq!(first.person_names, ["演示·胡集镇负责人"]);
    let second = &asked(&ledger, Role::Leader, TOWNSHIP, &all)[0];
    assert_eq!((second.state.as_str(), second.overdue), ("answered", false));
    assert_eq!(second.explanations[0].text, "已恢复每周巡查");
    for role in [Role::Operator, Role::Admin] {
        assert!(ledger.ask(&acting(role, OFFICE), &all, list).is_err());
    }
}

#[test]
fn failures_are_filtered_and_turned_page_by_page() {
    let ledger = three().ledger();
    let by = |kind: Option<&str>, unit: Option<&str>, state: Option<&str>| ListFailuresRequest {
        kind: kind.map(str::to_owned),
        unit: unit.map(str::to_owned),
        state: state.map(str::to_owned),
        ..Default::default()
    };
    let asked = |request| asked(&ledger, Role::Inspector, DISCIPLINE, &request);
    assert_eq!(
        notes(&asked(by(Some("relapse"), None, None))),
        ["第 3 件", "第 1 件"]
    );
    assert_eq!(
        notes(&asked(by(Some("relapse"), Some(COUNTY), None))),
        ["第 1 件"]
    );
    assert_eq!(notes(&asked(by(None, None, Some("answered")))), ["第 2 件"]);
    let inspector = acting(Role::Inspector, DISCIPLINE);
    for wrong in [
        by(Some("rain"), None, None),
        by(None, Some("999999"), None),
        by(None, None, Some("gone")),
    ] {
        assert!(ledger.ask(&inspector, &wrong, list).is_err());
    }
    let page = |after: String| ListFailuresRequest {
        limit: 2,
        after,
        ..Default::default()
    };
    let first = ledger
        .ask(&inspector, &page(String::new()), list)
        .expect("a page");
    assert_eq!((first.failures.len(), first.total), (2, 3));
    let next = first.next.expect("another page");
    let second = ledger.ask(&inspector, &page(next), list).expect("a page");
    assert_eq!(notes(&second.failures), ["第 1 件"]);
    assert!(second.next.is_none());
}

#[test]
fn a_failure_in_a_matter_about_a_unit_is_not_in_its_list() {
    let mut history = three();
    let about = case_domain::CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(TOWNSHIP)),
    };
    history.add(&case_stream(1), &about);
    let ledger = history.ledger();
    let all = ListFailuresRequest::default();
    assert_eq!(notes(&asked(&ledger, Role::Leader, TOWNSHIP, &all)), ["第 2 件"]);
    assert_eq!(asked(&ledger, Role::Leader, COUNTY, &all).len(), 2);
    let answer = ledger.ask(&acting(Role::Leader, TOWNSHIP), &all, list);
    assert_eq!(answer.expect("failures").total, 1);
}

#[test]
fn what_was_explained_waits_on_the_desk_of_whoever_may_judge_it() {
    let ledger = three().ledger();
    let waiting = |role, unit: &str| {
        let answer = ledger.ask(&acting(role, unit), &WorkListRequest::default(), work::list);
        let items = answer.expect("a work list").items.into_iter();
        let mine = items.filter(|item| item.kind == "failure_to_judge" || item.kind == "obligation");
        mine.map(|item| (item.kind, item.obligation.unwrap_or_default(), item.what))
            .collect::<Vec<_>>()
    };
    let judge = ("failure_to_judge".to_owned(), String::new(), "第 2 件".to_owned());
    assert_eq!(waiting(Role::Leader, COUNTY), std::slice::from_ref(&judge));
    assert_eq!(waiting(Role::Inspector, DISCIPLINE), [judge]);
    let explain = (
        "obligation".to_owned(),
        "explain_failure".to_owned(),
        String::new(),
    );
    assert_eq!(waiting(Role::Leader, TOWNSHIP), [explain]);
    assert!(waiting(Role::Handler, TOWNSHIP).is_empty());
}

#[test]
fn failures_are_found_by_words_by_what_is_late_and_by_day() {
    let ledger = three().ledger();
    let found = |request: ListFailuresRequest| {
        let rows = asked(&ledger, Role::Inspector, DISCIPLINE, &request);
        let mut notes: Vec<_> = rows.into_iter().map(|row| row.note).collect();
        notes.sort();
        notes
    };
    let any = ListFailuresRequest::default;
    assert_eq!(
        found(ListFailuresRequest {
            text: "第 2".into(),
            ..any()
        }),
        ["第 2 件"]
    );
    assert!(
        found(ListFailuresRequest {
            text: "砖瓦".into(),
            ..any()
        })
        .is_empty()
    );
    // The second was explained in time and waits for its judgement.
    let late = found(ListFailuresRequest {
        overdue: Some(true),
        ..any()
    });
    assert_eq!(late, ["第 1 件", "第 3 件"]);
    let first_day = ListFailuresRequest {
        until: Some("2020-06-01".into()),
        ..any()
    };
    assert_eq!(found(first_day).len(), 3);
    let later = ListFailuresRequest {
        from: Some("2020-06-02".into()),
        ..any()
    };
    assert!(found(later).is_empty());
}

#[test]
fn inquiries_are_listed_to_inspectors_and_to_nobody_else() {
    let mut history = History::new();
    for number in 1..=2 {
        history.case(number, Some(VILLAGE), Some(TOWNSHIP));
        let opened = AccountabilityEvent::InquiryOpened {
            failure: None,
            inquiry: 1,
            clock: None,
            reason: format!("查第 {number} 件"),
        };
        history.later(1);
        clock(&mut history, number, Obligation::Inquiry, DISCIPLINE);
        history.add(&stream(number), &opened);
    }
    let closed = AccountabilityEvent::InquiryClosed {
        inquiry: 1,
        note: "已送达".into(),
    };
    let ledger = history.add(&stream(1), &closed).later(72).ledger();
    let asked = |request: ListInquiriesRequest| {
        let answer = ledger.ask(&acting(Role::Inspector, DISCIPLINE), &request, inquiries);
        answer.expect("inquiries")
    };
    let all = asked(ListInquiriesRequest::default());
    let reasons: Vec<_> = all.inquiries.iter().map(|item| item.reason.as_str()).collect();
    assert_eq!((reasons, all.total), (vec!["查第 2 件", "查第 1 件"], 2));
    assert!(all.inquiries[0].overdue && all.inquiries[0].due.is_some());
    let open = asked(ListInquiriesRequest {
        open: true,
        ..Default::default()
    });
    assert_eq!(open.inquiries.len(), 1);
    let first = asked(ListInquiriesRequest {
        limit: 1,
        ..Default::default()
    });
    let second = asked(ListInquiriesRequest {
        limit: 1,
        after: first.next.expect("another page"),
        ..Default::default()
    });
    assert_eq!(
        (second.inquiries[0].reason.as_str(), second.next),
        ("查第 1 件", None)
    );
    let only = |unit: &str, text: &str, overdue, from: &str| {
        asked(ListInquiriesRequest {
            unit: Some(unit.to_owned()),
            text: text.to_owned(),
            overdue,
            from: (!from.is_empty()).then(|| from.to_owned()),
            ..Default::default()
        })
        .total
    };
    assert_eq!(all.inquiries[0].unit_name, "示范一村");
    assert_eq!(
        (only(COUNTY, "", None, ""), only(OTHER_COUNTY, "", None, "")),
        (2, 0)
    );
    assert_eq!(
        (
            only(COUNTY, "第 1 件", None, ""),
            only(COUNTY, "示范 第 3 件", None, "")
        ),
        (1, 0)
    );
    assert_eq!(
        (
            only(COUNTY, "", Some(false), ""),
            only(COUNTY, "", Some(true), "2020-06-01")
        ),
        (0, 2)
    );
    for (role, unit) in [
        (Role::Leader, OFFICE),
        (Role::Supervisor, SUPERVISION),
        (Role::Leader, TOWNSHIP),
    ] {
        let refused = ledger.ask(&acting(role, unit), &ListInquiriesRequest::default(), inquiries);
        assert!(refused.is_err(), "{role:?}");
    }
}

/// Not by a clock in a case, a column of a table, a list that a number opens, nor by a rung of the ladder.
#[test]
fn that_something_is_looked_into_is_told_to_nobody_who_may_be_looked_into() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), Some(TOWNSHIP));
    let opened = AccountabilityEvent::InquiryOpened {
        failure: None,
        inquiry: 1,
        clock: None,
        reason: "多次逾期".into(),
    };
    history.add(&stream(1), &opened);
    clock(&mut history, 1, Obligation::Inquiry, DISCIPLINE);
    let unit = || Addressee {
        unit: UnitCode::of(DISCIPLINE),
        person: None,
        name: None,
    };
    let deadline = history.now + SignedDuration::from_hours(48);
    let late = Escalation {
        clock: ClockId::new(Obligation::Inquiry, 1),
        deadline,
        repetition: 0,
        reached: deadline,
        to: unit(),
        about: unit(),
        answer_due: deadline,
    };
    history
        .later(72)
        .add(&stream(1), &AccountabilityEvent::ReminderIssued(late));
    let ledger = history.ledger();
    let case = GetCaseRequest {
        case_id: CaseId::sample(1).to_string(),
        ..GetCaseRequest::default()
    };
    let of_inquiries = ListCasesRequest {
        obligation: Some("inquiry".into()),
        ..ListCasesRequest::default()
    };
    let told = |role, unit| {
        let actor = acting(role, unit);
        let shown = ledger.ask(&actor, &case, cases::get).expect("the case");
        let listed = ledger.ask(&actor, &of_inquiries, cases::list).expect("cases");
        let climbed = ledger.ask(&actor, &ListEscalationsRequest::default(), escalations::list);
        let table = ledger
            .ask(&actor, &ReportRequest::default(), report::report)
            .expect("a table");
        let sum = |code: &str| {
            let figures = table.rows.iter().flat_map(|row| &row.figures);
            figures
                .filter(|figure| figure.code == code)
                .map(|figure| figure.value)
                .max()
        };
        let running = sum("running_inquiry");
        (
            shown.clocks.len(),
            listed.cases.len(),
            climbed.expect("escalations").escalations.len(),
            running,
        )
    };
    for (role, unit) in [
        (Role::Leader, TOWNSHIP),
        (Role::Leader, COUNTY),
        (Role::Dispatcher, OFFICE),
    ] {
        assert_eq!(told(role, unit), (0, 0, 0, Some(0)), "{role:?} of {unit}");
    }
    assert_eq!(told(Role::Inspector, DISCIPLINE), (1, 1, 1, Some(1)));
}
