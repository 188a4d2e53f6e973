//! Given facts, then what the board says is due, waits for a draw or is exposed.

use super::*;
use disposal_domain::draw::DrawEvent;
use disposal_domain::{Class, DisposalEvent, RelapseLink, prescribed};
use jurisdiction::{Against, RecheckDays, Urgency, sample};
use platform::Metadata;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn recorded<E: StoredEvent>(stream: &str, position: u64, event: &E) -> Recorded {
    let (name, data) = decider::encode(event);
    Recorded {
        id: Uuid::from_u128(position.into()),
        stream: stream.to_owned(),
        revision: 0,
        position,
        name,
        data,
        metadata: Metadata {
            correlation: Uuid::nil(),
            causation: Uuid::nil(),
            command_id: Uuid::nil(),
            at: at("2020-07-01T00:00:00Z"),
            actor: jurisdiction::Actor::system("test"),
            traceparent: None,
            previous: None,
        },
    }
}
fn ordered(unit: &str, against: Against) -> DisposalEvent {
    DisposalEvent::DisposalOrdered {
        class: Class::A,
        unit: UnitCode::of(unit),
        measures: prescribed(Class::A).to_vec(),
        reviews: vec![],
        place: "老砖瓦厂".into(),
        summary: "无证生产".into(),
        urgency: Urgency::Normal,
        against,
    }
}
fn closed(number: u128, unit: &str, against: Against) -> [Recorded; 2] {
    let stream = format!("disposal-{}", CaseId::sample(number));
    [
        recorded(&stream, 1, &ordered(unit, against)),
        recorded(&stream, 2, &DisposalEvent::DisposalClosed {}),
    ]
}

#[test]
fn rechecks_come_due_one_after_the_other_and_end_with_a_confirmed_relapse() {
    let mut board = Board::default();
    for event in closed(1, sample::TOWNSHIP, Against::default()) {
        board.take(&event);
    }
    assert_eq!(board.next_due(), Some(at("2020-07-31T00:00:00Z")));
    assert!(board.due(at("2020-07-30T23:59:59Z")).is_empty());
    let due = board.due(at("2020-09-29T00:00:00Z"));
    assert_eq!(
        due.iter().map(|recheck| recheck.after_days).collect::<Vec<_>>(),
        [30, 90]
    );
    board.settled(&due[0]);
    let stream = format!("disposal-{}", CaseId::sample(1));
    board.take(&recorded(
        &stream,
        3,
        &DisposalEvent::RecheckDue { after_days: 30 },
    ));
    assert_eq!(board.next_due(), Some(at("2020-09-29T00:00:00Z")));
    let relapse = DisposalEvent::RelapseFound {
        new_case: CaseId::sample(2),
        link: RelapseLink::Site,
        note: "又在生产".into(),
        place: None,
        enterprise: None,
    };
    board.take(&recorded(&stream, 4, &relapse));
    assert_eq!(
        board.next_due(),
        Some(at("2020-09-29T00:00:00Z")),
        "said is not proved"
    );
    let new_case = CaseId::sample(2);
    board.take(&recorded(
        &stream,
        5,
        &DisposalEvent::RelapseConfirmed { new_case },
    ));
    assert_eq!(board.next_due(), None);
}

/// Ten years would switch off every re-check that is still to come.
#[test]
fn other_days_hold_for_what_is_closed_from_then_on_and_take_nothing_from_what_was_before() {
    let mut board = Board::default();
    for event in closed(1, sample::TOWNSHIP, Against::default()) {
        board.take(&event);
    }
    let mut days = RecheckHistory::default();
    days.hold_from(at("2020-07-02T00:00:00Z"), RecheckDays::new([3650]));
    board.look_again_after(days.clone());
    let due = |board: &Board| {
        let due = board.due(at("2021-01-01T00:00:00Z"));
        due.iter().map(|recheck| recheck.after_days).collect::<Vec<_>>()
    };
    assert_eq!(due(&board), [30, 90, 180]);
    // What held on the very day holds.
    days.hold_from(at("2020-07-01T00:00:00Z"), RecheckDays::new([10, 30]));
    board.look_again_after(days);
    assert_eq!(board.next_due(), Some(at("2020-07-11T00:00:00Z")));
    assert_eq!(due(&board), [10, 30]);
}

#[test]
fn what_is_exposed_is_listed_until_it_is_withdrawn() {
    let mut board = Board::default();
    closed(1, sample::TOWNSHIP, Against::default())
        .iter()
        .for_each(|event| board.take(event));
    let stream = format!("disposal-{}", CaseId::sample(1));
    let (enterprise, facts) = ("某建材厂".to_owned(), "非法生产化工产品".to_owned());
    let proposed = DisposalEvent::ExposureProposed {
        enterprise: enterprise.clone(),
        facts: facts.clone(),
    };
    board.take(&recorded(&stream, 3, &proposed));
    assert!(board.exposures().is_empty());
    let area = UnitCode::of(sample::TOWNSHIP);
    let published = DisposalEvent::ExposurePublished {
        enterprise,
        area,
        facts,
    };
    board.take(&recorded(&stream, 4, &published));
    assert_eq!(board.exposures().len(), 1);
    let reason = "复议撤销".to_owned();
    board.take(&recorded(
        &stream,
        5,
        &DisposalEvent::ExposureWithdrawn { reason },
    ));
    assert!(board.exposures().is_empty());
}

#[test]
fn a_draw_is_made_of_closed_sites_by_county_and_of_none_that_must_stay_hidden() {
    let mut board = Board::default();
    let all = [
        closed(1, sample::TOWNSHIP, Against::default()),
        closed(2, sample::COUNTY_ECOLOGY, Against::default()),
        closed(3, sample::OTHER_COUNTY, Against::default()),
        closed(
            4,
            sample::COUNTY_ECOLOGY,
            Against::unit(UnitCode::of(sample::TOWNSHIP)),
        ),
    ];
    all.iter().flatten().for_each(|event| board.take(event));
    let open = format!("disposal-{}", CaseId::sample(5));
    board.take(&recorded(
        &open,
        9,
        &ordered(sample::TOWNSHIP, Against::default()),
    ));
    let frozen = board.frozen(&sample::suqian());
    let expected: Strata = [
        (UnitCode::of(sample::COUNTY), [1, 2].map(CaseId::sample).into()),
        (UnitCode::of(sample::OTHER_COUNTY), [3].map(CaseId::sample).into()),
    ]
    .into();
    assert_eq!((frozen.list, frozen.position, frozen.round), (expected, 9, 1));
    assert!(!frozen.another_is_open);
    let announced = DrawEvent::DrawAnnounced {
        round: 1,
        list: Strata::new(),
        position: 9,
        digest: String::new(),
        percent: 10,
        at_least: 1,
        source: "双色球".into(),
        digits: None,
        seed_at: at("2020-08-03T13:30:00Z"),
    };
    board.take(&recorded("draw-7", 10, &announced));
    let frozen = board.frozen(&sample::suqian());
    assert!(frozen.another_is_open);
    assert_eq!((frozen.round, board.draws().len()), (2, 1));
}

#[test]
fn a_picture_that_another_disposal_rests_on_is_known() {
    let mut board = Board::default();
    let (own, other) = (CaseId::sample(1), CaseId::sample(2));
    let completed = DisposalEvent::MeasureCompleted {
        measure: disposal_domain::Measure::Close,
        before: vec![EvidenceId::sample(1)],
        after: vec![EvidenceId::sample(2)],
        note: String::new(),
    };
    board.take(&recorded(&format!("disposal-{own}"), 1, &completed));
    let pictures = [EvidenceId::sample(2), EvidenceId::sample(3)];
    let known = board.shown_elsewhere(&other.to_string(), &pictures);
    assert_eq!(known, [EvidenceId::sample(2)]);
    assert!(board.shown_elsewhere(&own.to_string(), &pictures).is_empty());
}

#[test]
fn a_picture_of_an_inspection_shows_nothing_of_what_is_done_there_or_elsewhere() {
    let mut board = Board::default();
    let case = CaseId::sample(1);
    let mut samples = case_domain::samples().into_iter();
    let inspection = samples.find(|event| !pictures_of(event).is_empty());
    let inspection = inspection.expect("an inspection with pictures");
    board.take(&recorded(&format!("case-{case}"), 1, &inspection));
    let seen: Vec<_> = pictures_of(&inspection).into_iter().cloned().collect();
    for of in [case, CaseId::sample(2)] {
        assert_eq!(board.shown_elsewhere(&of.to_string(), &seen), seen);
    }
    let fresh = [EvidenceId::sample(99)];
    assert!(board.shown_elsewhere(&case.to_string(), &fresh).is_empty());
}
