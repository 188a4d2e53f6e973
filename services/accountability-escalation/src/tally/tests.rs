//! What counts against whom: below, above, in the window, and no longer.

use super::*;
use accountability_domain::{
    Accountability, AccountabilityEvent, ClockId, FailureKind, FindingSource, StopReason,
};
use decider::{Decider, Stamp};
use jurisdiction::{Actor, CaseId, Obligation, Subject, Urgency, sample};

const NOW: &str = "2020-06-30T01:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn unit(code: &str) -> UnitCode {
    UnitCode::of(code)
}
fn take(tally: &mut Tally, stream: &str, facts: &[(&str, AccountabilityEvent)]) -> bool {
    let mut state = AccountabilityState::default();
    for (instant, event) in facts {
        let stamp = Stamp {
            at: at(instant),
            by: Actor::system("test"),
        };
        Accountability::evolve(&mut state, event, &stamp);
    }
    tally.take(stream, &state)
}
fn failure(of: &str) -> AccountabilityEvent {
    AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(1)),
        kind: FailureKind::Relapse,
        cause: "1".into(),
        unit: unit(of),
        persons: vec![],
        note: String::new(),
        clock: None,
    }
}
/// 底数不清 of an area because of a site.
fn left_out(of: &str, site: u128) -> AccountabilityEvent {
    AccountabilityEvent::FailureRecorded {
        subject: Subject::Unit(unit(of)),
        kind: FailureKind::ContradictedReport,
        cause: format!("case-{}", CaseId::sample(site)),
        unit: unit(of),
        persons: vec![],
        note: String::new(),
        clock: None,
    }
}
fn found(number: u32, gravity: Gravity) -> AccountabilityEvent {
    AccountabilityEvent::FindingRecorded {
        finding: number,
        unit: unit(sample::TOWNSHIP),
        source: FindingSource::City,
        gravity,
        text: "未翻墙三查".into(),
        evidence: vec![],
        clock: ClockId::new(Obligation::AnswerFinding, number),
    }
}
fn overdue() -> [AccountabilityEvent; 2] {
    let clock = ClockId::new(Obligation::FirstInspection, 1);
    let due = at("2020-06-04T15:59:59Z");
    [
        AccountabilityEvent::ClockStarted {
            clock: clock.clone(),
            subject: Subject::Case(CaseId::sample(2)),
            obligation: Obligation::FirstInspection,
            unit: unit(sample::VILLAGE),
            person: None,
            urgency: Urgency::Normal,
            started: at("2020-06-01T01:00:00Z"),
            limit: None,
            due,
            what: "首次现场核查".into(),
            ladder: None,
        },
        AccountabilityEvent::DeadlineMissed {
            clock,
            due,
            unit: unit(sample::VILLAGE),
            person: None,
        },
    ]
}
fn numbers(tally: &Tally, of: &str) -> Option<SupervisionNumbers> {
    let areas = tally.areas(&sample::suqian(), at(NOW));
    areas.get(&unit(of)).map(|seen| seen.numbers)
}

#[test]
fn what_a_village_misses_counts_against_its_township_and_county_and_nobody_else() {
    let mut tally = Tally::default();
    let [started, missed] = overdue();
    assert!(
        !take(&mut tally, "a", &[("2020-06-01T01:00:00Z", started.clone())]),
        "in time"
    );
    let late = [
        ("2020-06-01T01:00:00Z", started),
        ("2020-06-05T01:00:00Z", missed),
    ];
    assert!(take(&mut tally, "a", &late));
    assert!(!take(&mut tally, "a", &late), "nothing new");
    let one = SupervisionNumbers {
        overdue: 1,
        ..Default::default()
    };
    assert_eq!(numbers(&tally, sample::TOWNSHIP), Some(one));
    assert_eq!(numbers(&tally, sample::COUNTY), Some(one));
    for other in [
        sample::VILLAGE,
        sample::OTHER_TOWNSHIP,
        sample::OTHER_COUNTY,
        sample::CITY,
    ] {
        assert_eq!(numbers(&tally, other), None, "{other}");
    }
    // Done, late though it was, it no longer stands open.
    let mut done = late.to_vec();
    done.push((
        "2020-06-08T01:00:00Z",
        AccountabilityEvent::ClockStopped {
            clock: ClockId::new(Obligation::FirstInspection, 1),
            by: StopReason::Fulfilled,
            at: at("2020-06-08T01:00:00Z"),
        },
    ));
    assert!(take(&mut tally, "a", &done));
    assert_eq!(numbers(&tally, sample::TOWNSHIP), None);
}

#[test]
fn failures_and_grave_findings_count_within_the_window_open_findings_always() {
    let mut tally = Tally::default();
    take(
        &mut tally,
        "a",
        &[("2020-05-20T01:00:00Z", failure(sample::TOWNSHIP))],
    );
    take(
        &mut tally,
        "b",
        &[("2020-06-20T01:00:00Z", failure(sample::TOWNSHIP))],
    );
    let findings = [
        ("2020-05-20T01:00:00Z", found(1, Gravity::Grave)),
        ("2020-06-20T01:00:00Z", found(2, Gravity::Grave)),
        ("2020-06-21T01:00:00Z", found(3, Gravity::Ordinary)),
    ];
    take(&mut tally, "c", &findings);
    let expected = SupervisionNumbers {
        open_findings: 3,
        grave_findings: 1,
        failures: 1,
        overdue: 0,
    };
    assert_eq!(numbers(&tally, sample::TOWNSHIP), Some(expected));
    let mut answered = findings.to_vec();
    answered.push((
        "2020-06-22T01:00:00Z",
        AccountabilityEvent::FindingAnswered {
            finding: 2,
            text: "已补查".into(),
            evidence: vec![],
        },
    ));
    take(&mut tally, "c", &answered);
    assert_eq!(
        numbers(&tally, sample::TOWNSHIP),
        Some(expected),
        "answered is not accepted"
    );
    answered.push((
        "2020-06-23T01:00:00Z",
        AccountabilityEvent::FindingJudged {
            finding: 2,
            accepted: true,
            note: "属实".into(),
        },
    ));
    take(&mut tally, "c", &answered);
    let numbers = numbers(&tally, sample::TOWNSHIP).expect("numbers");
    assert_eq!((numbers.open_findings, numbers.grave_findings), (2, 1));
}

#[test]
fn nobody_is_told_numbers_before_they_are_whole() {
    let shared = SharedTally::default();
    let suqian = sample::suqian();
    let seen = || shared.seen(&unit(sample::TOWNSHIP), &suqian, at(NOW));
    assert_eq!(seen(), None);
    shared.complete();
    let nothing = seen().expect("whole");
    assert_eq!(nothing.numbers, SupervisionNumbers::default());
    assert_eq!(nothing.thresholds, suqian.supervision.township);
}

/// Its numbers are mailed to the unit: by them it would learn of a case that does not exist for it.
#[test]
fn what_must_be_hidden_from_a_unit_is_not_in_its_numbers() {
    let jurisdiction = sample::suqian();
    let mut tally = Tally::default();
    take(
        &mut tally,
        "accountability-1",
        &[(NOW, failure(sample::TOWNSHIP))],
    );
    let failures = |tally: &Tally, of: &str| {
        let areas = tally.areas(&jurisdiction, at(NOW));
        areas.get(&unit(of)).map_or(0, |seen| seen.numbers.failures)
    };
    assert_eq!(failures(&tally, sample::TOWNSHIP), 1);
    tally.about("1", Against::unit(unit(sample::TOWNSHIP)));
    assert_eq!(failures(&tally, sample::TOWNSHIP), 0);
    assert_eq!(failures(&tally, sample::COUNTY), 1);
}

#[test]
fn before_it_is_known_whom_everything_is_about_there_are_no_numbers() {
    let jurisdiction = sample::suqian();
    let shared = SharedTally::default();
    shared.write(|tally| {
        tally.wait_for_conflicts();
        take(tally, "accountability-1", &[(NOW, failure(sample::TOWNSHIP))]);
    });
    shared.complete();
    let seen = || shared.seen(&unit(sample::TOWNSHIP), &jurisdiction, at(NOW));
    assert!(seen().is_none());
    assert!(shared.read(|tally| tally.areas(&jurisdiction, at(NOW)).is_empty()));
    shared.write(Tally::conflicts_known);
    assert_eq!(seen().map(|seen| seen.numbers.failures), Some(1));
}

#[test]
fn one_site_that_an_area_and_those_below_it_left_out_is_one_failure_of_the_area() {
    let mut tally = Tally::default();
    for area in [sample::VILLAGE, sample::TOWNSHIP, sample::COUNTY] {
        let facts = [
            ("2020-06-20T01:00:00Z", left_out(area, 7)),
            ("2020-05-02T01:00:00Z", left_out(area, 9)),
        ];
        take(&mut tally, &format!("accountability-{area}"), &facts);
    }
    let failures = |tally: &Tally, of| numbers(tally, of).map(|numbers| numbers.failures);
    assert_eq!(failures(&tally, sample::TOWNSHIP), Some(1));
    assert_eq!(failures(&tally, sample::COUNTY), Some(1));
    let other = [("2020-06-20T01:00:00Z", left_out(sample::OTHER_VILLAGE, 8))];
    take(&mut tally, "other", &other);
    assert_eq!(failures(&tally, sample::TOWNSHIP), Some(2));
    assert_eq!(failures(&tally, sample::COUNTY), Some(2));
}
