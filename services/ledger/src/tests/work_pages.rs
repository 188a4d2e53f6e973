//! How a work list is filtered and cut into pages.

use super::History;
use super::work_desks::{asked, list};
use accountability_domain::AccountabilityEvent;
use jurisdiction::sample::{OTHER_TOWNSHIP, TOWNSHIP, VILLAGE};
use jurisdiction::{Obligation, Role, StaffId, UnitCode};
use mingcha_proto::ledger::WorkListRequest;
use tonic::Code;

#[test]
fn the_list_is_filtered_by_obligation_words_lateness_and_name() {
    let mut history = History::new();
    for number in 1..=3 {
        history.case(number, Some(VILLAGE), Some(TOWNSHIP));
    }
    history.clock(1, Obligation::Acknowledge, TOWNSHIP, 24);
    history.clock(2, Obligation::FirstInspection, TOWNSHIP, 96);
    named(&mut history);
    history.later(48);
    let of = |request: WorkListRequest| {
        let answer = asked(&history, Role::Handler, TOWNSHIP, &request).expect("a list");
        let places: Vec<String> = answer.items.into_iter().map(|item| item.place).collect();
        (answer.total, answer.overdue, places.join(" "))
    };
    let any = WorkListRequest::default;
    let (one, two, three) = ("老砖瓦厂 1 号", "老砖瓦厂 2 号", "老砖瓦厂 3 号");
    assert_eq!(of(any()), (3, 1, format!("{one} {two} {three}")));
    let obligation = Some("first_inspection".to_owned());
    assert_eq!(
        of(WorkListRequest { obligation, ..any() }),
        (1, 0, two.to_owned())
    );
    assert_eq!(
        of(WorkListRequest {
            overdue: Some(true),
            ..any()
        }),
        (1, 1, one.to_owned())
    );
    assert_eq!(
        of(WorkListRequest {
            mine: Some(true),
            ..any()
        }),
        (1, 0, three.to_owned())
    );
    assert_eq!(
        of(WorkListRequest {
            text: "砖瓦 2 号".into(),
            ..any()
        }),
        (1, 0, two.to_owned())
    );
    let case = jurisdiction::CaseId::sample(3).to_string();
    assert_eq!(
        of(WorkListRequest { text: case, ..any() }),
        (1, 0, three.to_owned())
    );
    assert_eq!(
        of(WorkListRequest {
            text: "面粉".into(),
            ..any()
        })
        .0,
        0
    );
    let in_the = |unit: &str| {
        let unit = Some(unit.to_owned());
        of(WorkListRequest { unit, ..any() }).0
    };
    assert_eq!((in_the(VILLAGE), in_the(OTHER_TOWNSHIP)), (3, 0));
    let of_state = |state: &str| {
        let state = Some(state.to_owned());
        of(WorkListRequest { state, ..any() }).0
    };
    assert_eq!((of_state("assigned"), of_state("confirmed")), (3, 0));
    let class = Some("C".to_owned());
    assert_eq!(of(WorkListRequest { class, ..any() }).0, 0);
    let from = |origin: &str| {
        let origin = Some(origin.to_owned());
        of(WorkListRequest { origin, ..any() }).0
    };
    assert_eq!((from("sweep"), from("tip")), (3, 0));
    for wrong in [
        WorkListRequest {
            origin: Some("sleep".into()),
            ..any()
        },
        WorkListRequest {
            unit: Some("329999".into()),
            ..any()
        },
        WorkListRequest {
            obligation: Some("sleep".into()),
            ..any()
        },
        WorkListRequest {
            kind: Some("sleep".into()),
            ..any()
        },
        WorkListRequest {
            after: "x".into(),
            ..any()
        },
    ] {
        let refused = asked(&history, Role::Handler, TOWNSHIP, &wrong).expect_err("refused");
        assert_eq!(refused.code(), Code::InvalidArgument, "{wrong:?}");
    }
}

/// A clock of case 3 that names the township's handler.
fn named(history: &mut History) {
    let event = AccountabilityEvent::ClockStarted {
        clock: accountability_domain::ClockId::new(Obligation::Classify, 1),
        subject: jurisdiction::Subject::Case(jurisdiction::CaseId::sample(3)),
        obligation: Obligation::Classify,
        unit: UnitCode::of(TOWNSHIP),
        person: Some(StaffId::of(&format!("handler-{TOWNSHIP}"))),
        urgency: jurisdiction::Urgency::Normal,
        started: history.now,
        limit: None,
        due: history.now + jiff::SignedDuration::from_hours(120),
        what: "老砖瓦厂".into(),
        ladder: None,
    };
    history.add(&super::clock_stream(3), &event);
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition_while_time_passes() {
    let mut history = History::new();
    for number in 1..=7 {
        history.case(number, Some(VILLAGE), Some(TOWNSHIP));
        // Two are due at the same instant.
        let hours = 24 * i64::try_from(number / 2 + 1).expect("small");
        history.clock(number, Obligation::FirstInspection, TOWNSHIP, hours);
    }
    let whole: Vec<String> = list(&history, Role::Handler, TOWNSHIP)
        .into_iter()
        .map(|item| item.id)
        .collect();
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let request = WorkListRequest {
            limit: 2,
            after,
            ..WorkListRequest::default()
        };
        let page = asked(&history, Role::Handler, TOWNSHIP, &request).expect("a page");
        assert_eq!(page.total, 7);
        seen.extend(page.items.into_iter().map(|item| item.id));
        history.later(1);
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(seen, whole);
}
