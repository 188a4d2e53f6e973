//! Given a confirmed site and reports as they stand, then these are asked.

use super::*;
use case_domain::{Class, Place, RelapseLink};
use decider::{Decider, Stamp};
use jurisdiction::{Actor, Against, StaffId, UnitCode, Urgency, sample};
use report_domain::{Digest, Report, ReportEvent, ReportLine};

fn confirmed(division: Option<&str>, owner: &str) -> CaseEvent {
    CaseEvent::CaseConfirmed {
        class: Class::C,
        owner: UnitCode::of(owner),
        place: Place {
            text: "老砖瓦厂".into(),
            division: division.map(UnitCode::of),
            ..Default::default()
        },
        summary: "无证生产".into(),
        urgency: Urgency::Normal,
    }
}
fn put_to(event: &CaseEvent, after: &CaseState) -> Vec<String> {
    asked(&heard(event, after, &[], &[]))
}
fn heard(
    event: &CaseEvent,
    after: &CaseState,
    merged: &[u128],
    reports: &[(&str, ReportState)],
) -> CaseHeard {
    let report = |(id, state): &(&str, ReportState)| (id.parse().expect("a report"), state.clone());
    CaseHeard {
        case: CaseId::sample(7),
        event: event.clone(),
        after: Box::new(after.clone()),
        merged: merged.iter().copied().map(CaseId::sample).collect(),
        reports: reports.iter().map(report).collect(),
    }
}
fn asked(heard: &CaseHeard) -> Vec<String> {
    let asked = on_case(heard, &sample::suqian()).into_iter();
    asked
        .filter_map(|(report, command)| command.map(|_| report.to_string()))
        .collect()
}

/// Facts of a report of the village, by policy and by its leader.
fn report(facts: &[(&str, ReportEvent)]) -> ReportState {
    let mut state = ReportState::default();
    for (at, fact) in facts {
        let stamp = Stamp {
            at: at.parse().expect("a timestamp"),
            by: Actor::system("test"),
        };
        Report::evolve(&mut state, fact, &stamp);
    }
    state
}
fn drafted(cases: &[u128]) -> ReportEvent {
    let line = |case: &u128| ReportLine {
        case: CaseId::sample(*case),
        state: "assigned".into(),
        class: None,
        place: "老砖瓦厂".into(),
    };
    ReportEvent::ReportDrafted {
        report: "321322102201-sweep".parse().expect("a report"),
        position: 4711,
        digest: Digest::sample(1),
        list: cases.iter().map(line).collect(),
        lower: vec![],
    }
}
fn signed(at: &str, cases: &[u128]) -> ReportState {
    report(&[(at, drafted(cases)), (at, signature())])
}
fn signature() -> ReportEvent {
    ReportEvent::ReportSigned {
        digest: Digest::sample(1),
        signed_by: StaffId::of("leader-321322102201"),
        level: Level::Village,
    }
}
/// A site of the village, and how the village's reports stand: which of them are asked.
fn asked_of_the_village(merged: &[u128], reports: &[(&str, ReportState)]) -> Vec<String> {
    let confirmed = confirmed(Some(sample::VILLAGE), sample::VILLAGE);
    let mut asked = asked(&heard(&confirmed, &CaseState::default(), merged, reports));
    asked.retain(|report| report.starts_with(sample::VILLAGE));
    asked
}

const SWEEP: &str = "321322102201-sweep";
const RECTIFICATION: &str = "321322102201-rectification";
const ACCEPTANCE: &str = "321322102201-acceptance";

#[test]
fn given_reports_of_all_stages_then_only_the_one_signed_last_is_contradicted() {
    let reports = [
        (SWEEP, signed("2020-06-30T08:00:00Z", &[])),
        (RECTIFICATION, signed("2020-07-31T08:00:00Z", &[])),
        (ACCEPTANCE, signed("2020-08-31T08:00:00Z", &[])),
    ];
    assert_eq!(asked_of_the_village(&[], &reports), [ACCEPTANCE]);
    assert_eq!(
        asked_of_the_village(&[], &reports[..2]),
        [RECTIFICATION, ACCEPTANCE],
        "what is yet to be signed has to hold it as well"
    );
}
#[test]
fn given_a_later_report_that_lists_the_site_then_the_one_before_answers_for_it() {
    let reports = [
        (SWEEP, signed("2020-06-30T08:00:00Z", &[])),
        (RECTIFICATION, signed("2020-07-31T08:00:00Z", &[7])),
        (ACCEPTANCE, report(&[("2020-08-30T08:00:00Z", drafted(&[]))])),
    ];
    assert_eq!(asked_of_the_village(&[], &reports), [SWEEP, ACCEPTANCE]);
}
#[test]
fn given_a_site_that_was_held_against_an_area_then_it_is_not_held_against_it_again() {
    let contradicted = ReportEvent::ReportContradicted {
        case: CaseId::sample(7),
        place: "老砖瓦厂".into(),
        signed_by: StaffId::of("leader-321322102201"),
    };
    let sweep = [
        ("2020-06-29T08:00:00Z", drafted(&[])),
        ("2020-06-30T08:00:00Z", signature()),
        ("2020-07-10T08:00:00Z", contradicted),
    ];
    let reports = [
        (SWEEP, report(&sweep)),
        (RECTIFICATION, signed("2020-07-31T08:00:00Z", &[])),
    ];
    assert_eq!(asked_of_the_village(&[], &reports), [ACCEPTANCE]);
    // Nor under the name of a case that goes on in this one.
    let merged = heard(
        &confirmed(Some(sample::VILLAGE), sample::VILLAGE),
        &CaseState::default(),
        &[7],
        &reports,
    );
    let merged = CaseHeard {
        case: CaseId::sample(8),
        ..merged
    };
    assert!(!asked(&merged).contains(&RECTIFICATION.to_owned()));
}
#[test]
fn given_a_report_that_lists_a_case_merged_since_then_its_signer_is_not_accused() {
    let reports = [
        (SWEEP, signed("2020-06-30T08:00:00Z", &[3])),
        (RECTIFICATION, signed("2020-07-31T08:00:00Z", &[3])),
    ];
    assert_eq!(asked_of_the_village(&[3], &reports), [ACCEPTANCE]);
    assert_eq!(asked_of_the_village(&[4], &reports), [RECTIFICATION, ACCEPTANCE]);
    let site = heard(
        &confirmed(Some(sample::VILLAGE), sample::VILLAGE),
        &CaseState::default(),
        &[3],
        &[],
    );
    let command = on_case(&site, &sample::suqian())
        .into_iter()
        .find_map(|(_, command)| command);
    let Some(ReportCommand::Contradict(command)) = command else {
        panic!("{command:?}");
    };
    assert_eq!(
        command.merged,
        [CaseId::sample(3)],
        "a draft is judged by the report itself"
    );
}
/// A crash in between, and the fact is heard once more: whatever was done keeps its number.
#[test]
fn given_fewer_reports_to_ask_then_the_others_keep_their_numbers() {
    let confirmed = confirmed(Some(sample::VILLAGE), sample::VILLAGE);
    let numbers = |reports: &[(&str, ReportState)]| {
        let heard = Heard::Case(heard(&confirmed, &CaseState::default(), &[], reports));
        let follows = reactions(&heard, &sample::suqian()).into_iter();
        follows
            .map(|follow| (follow.stream, follow.index))
            .collect::<BTreeMap<_, _>>()
    };
    let all = numbers(&[]);
    let fewer = numbers(&[
        (SWEEP, signed("2020-06-30T08:00:00Z", &[])),
        (RECTIFICATION, signed("2020-07-31T08:00:00Z", &[])),
    ]);
    assert_eq!(fewer.len() + 1, all.len());
    assert!(fewer.iter().all(|(stream, index)| all[stream] == *index));
}

#[test]
fn given_a_confirmed_site_then_every_area_it_lies_in_is_asked_for_every_stage() {
    let asked = put_to(
        &confirmed(Some(sample::VILLAGE), sample::COUNTY_ECOLOGY),
        &CaseState::default(),
    );
    let areas = [sample::VILLAGE, sample::TOWNSHIP, sample::COUNTY];
    let expected: Vec<_> = areas
        .iter()
        .flat_map(|area| ["sweep", "rectification", "acceptance"].map(|stage| format!("{area}-{stage}")))
        .collect();
    assert_eq!(asked, expected);
}
#[test]
fn given_no_division_then_the_seat_of_the_owner_counts() {
    let asked = put_to(&confirmed(None, sample::COUNTY_ECOLOGY), &CaseState::default());
    assert_eq!(asked.len(), 3);
    assert!(
        asked
            .iter()
            .all(|report| report.starts_with("321322-") && !report.contains("HJ"))
    );
}
#[test]
fn given_a_relapse_on_the_same_site_then_nobody_is_contradicted() {
    let relapse = |link| CaseState {
        origin: Some(Origin::Relapse {
            of: CaseId::sample(1),
            link,
            note: String::new(),
        }),
        ..Default::default()
    };
    let site = confirmed(Some(sample::VILLAGE), sample::VILLAGE);
    assert!(put_to(&site, &relapse(RelapseLink::Site)).is_empty());
    // The same product in another shed is a shed that the report left out.
    assert!(!put_to(&site, &relapse(RelapseLink::Product)).is_empty());
}
#[test]
fn given_a_site_about_a_township_then_neither_it_nor_its_villages_are_told_of_it() {
    let about_the_township = CaseState {
        against: Against::unit(UnitCode::of(sample::TOWNSHIP)),
        ..Default::default()
    };
    let asked = put_to(
        &confirmed(Some(sample::VILLAGE), sample::COUNTY),
        &about_the_township,
    );
    let county = ["sweep", "rectification", "acceptance"].map(|stage| format!("{}-{stage}", sample::COUNTY));
    assert_eq!(asked, county);
    let about_its_leader = CaseState {
        against: Against {
            persons: [StaffId::of("leader-321322102")].into(),
            ..Against::default()
        },
        ..Default::default()
    };
    let asked = put_to(
        &confirmed(Some(sample::VILLAGE), sample::COUNTY),
        &about_its_leader,
    );
    assert!(
        asked.iter().all(|report| !report.starts_with("321322102-")),
        "{asked:?}"
    );
}
#[test]
fn given_anything_but_a_confirmation_then_nothing_follows() {
    assert!(put_to(&CaseEvent::CaseAcknowledged {}, &CaseState::default()).is_empty());
}
