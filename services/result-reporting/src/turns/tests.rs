//! Given stages, units and reports, these turns come.

use super::*;
use decider::{StoredEvent, encode};
use jurisdiction::{Actor, Unit, sample};
use platform::Metadata;
use uuid::Uuid;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn recorded<E: StoredEvent>(stream: &str, when: &str, event: &E) -> Recorded {
    let (name, data) = encode(event);
    Recorded {
        id: Uuid::nil(),
        stream: stream.to_owned(),
        revision: 0,
        position: 0,
        name,
        data,
        metadata: Metadata {
            correlation: Uuid::nil(),
            causation: Uuid::nil(),
            command_id: Uuid::nil(),
            at: at(when),
            actor: Actor::system("test"),
            traceparent: None,
            previous: None,
        },
    }
}
fn stages(board: &mut Board, when: &str, stages: &[Stage]) {
    let event = DirectoryEvent::StagesSet {
        stages: stages.to_vec(),
    };
    board.take(&recorded("campaign-2020", when, &event));
}
fn registered(board: &mut Board, when: &str, unit: &Unit) {
    let event = DirectoryEvent::UnitRegistered { unit: unit.clone() };
    board.take(&recorded(&format!("unit-{}", unit.code), when, &event));
}
/// The sample, with a mobilisation, known since the tenth of May.
fn suqian() -> Jurisdiction {
    let mut suqian = sample::suqian();
    let mut mobilisation = suqian.stages[0].clone();
    mobilisation.code = "mobilisation".into();
    mobilisation.from = Date::constant(2020, 5, 15);
    mobilisation.to = Some(Date::constant(2020, 5, 20));
    suqian.stages.insert(0, mobilisation);
    suqian
}
fn board(known_since: &str) -> Board {
    let mut board = Board::default();
    let suqian = suqian();
    stages(&mut board, known_since, &suqian.stages);
    for unit in suqian.units.values() {
        registered(&mut board, known_since, unit);
    }
    board
}
fn come(board: &Board, now: &str) -> Vec<(String, Turn, String)> {
    let due = board.due(&suqian(), at(now)).into_iter();
    due.map(|due| (due.report.to_string(), due.turn, due.since.to_string()))
        .collect()
}
fn reports(board: &Board, stage: &str, now: &str) -> Vec<String> {
    let all = come(board, now).into_iter().map(|(report, ..)| report);
    all.filter(|report| report.ends_with(stage)).collect()
}

const BEFORE: &str = "2020-05-10T02:00:00Z";
const AREAS: usize = 6;

#[test]
fn given_the_first_day_of_mobilisation_then_every_area_is_asked_for_its_guarantee() {
    let board = board(BEFORE);
    assert!(come(&board, "2020-05-14T15:59:59Z").is_empty());
    let due = come(&board, "2020-05-14T16:00:00Z");
    assert_eq!(due.len(), AREAS);
    assert!(due.iter().all(|(report, turn, since)| {
        report.ends_with("-mobilisation") && *turn == Turn::Guarantee && since == "2020-05-14T16:00:00Z"
    }));
}

#[test]
fn given_the_last_day_of_a_stage_then_the_villages_come_first_and_each_level_after_the_one_below() {
    let board = board(BEFORE);
    assert!(reports(&board, "-sweep", "2020-06-29T15:59:59Z").is_empty());
    let villages = reports(&board, "-sweep", "2020-06-29T16:00:00Z");
    assert_eq!(
        villages,
        [sample::VILLAGE, sample::OTHER_VILLAGE].map(|unit| format!("{unit}-sweep"))
    );
    // Three working days for each level: until Friday, then until Wednesday.
    assert_eq!(reports(&board, "-sweep", "2020-07-03T15:59:58Z").len(), 2);
    assert_eq!(reports(&board, "-sweep", "2020-07-03T15:59:59Z").len(), 4);
    assert_eq!(reports(&board, "-sweep", "2020-07-08T15:59:59Z").len(), AREAS);
}

#[test]
fn given_a_report_or_a_guarantee_then_nobody_is_asked_for_it_again() {
    let mut board = board(BEFORE);
    let now = "2020-07-20T00:00:00Z";
    assert_eq!(reports(&board, "-sweep", now).len(), AREAS);
    let report: ReportId = format!("{}-sweep", sample::VILLAGE).parse().expect("a report");
    let since = at("2020-06-29T16:00:00Z");
    let raised = ReportEvent::ReportDue {
        report: report.clone(),
        since,
    };
    board.take(&recorded(&format!("report-{report}"), now, &raised));
    assert_eq!(reports(&board, "-sweep", now).len(), AREAS - 1);
    let given = ReportEvent::GuaranteeGiven {
        report: report.clone(),
        text: "保证".into(),
    };
    board.take(&recorded(
        &format!("report-{}-mobilisation", sample::COUNTY),
        now,
        &given,
    ));
    assert_eq!(reports(&board, "-mobilisation", now).len(), AREAS - 1);
    let due = board.due(&suqian(), at(now));
    board.settled(&due[0]);
    assert_eq!(board.due(&suqian(), at(now)).len(), due.len() - 1);
}

#[test]
fn given_a_stage_that_was_over_when_it_was_announced_then_nobody_is_asked_for_it() {
    let board = board("2020-08-10T02:00:00Z");
    let asked = come(&board, "2020-09-30T02:00:00Z");
    assert!(asked.iter().all(|(report, ..)| report.ends_with("-acceptance")));
    assert_eq!(asked.len(), AREAS);
}

#[test]
fn given_a_stage_that_was_announced_late_then_its_time_counts_from_the_announcement() {
    let board = board("2020-05-18T02:00:00Z");
    let due = come(&board, "2020-05-18T02:00:00Z");
    assert_eq!(due.len(), AREAS);
    assert!(due.iter().all(|(_, _, since)| since == "2020-05-18T02:00:00Z"));
}

#[test]
fn given_a_unit_that_was_registered_after_the_stage_then_it_is_not_asked() {
    let mut late = Board::default();
    let suqian = suqian();
    stages(&mut late, BEFORE, &suqian.stages);
    registered(
        &mut late,
        "2020-07-15T02:00:00Z",
        &suqian.units[&UnitCode::of(sample::VILLAGE)],
    );
    let asked = come(&late, "2020-08-01T02:00:00Z");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].0, format!("{}-rectification", sample::VILLAGE));
}

#[test]
fn given_a_stage_set_again_then_only_another_end_is_a_new_announcement() {
    let mut board = board(BEFORE);
    let mut prolonged = suqian().stages;
    stages(&mut board, "2020-07-10T02:00:00Z", &prolonged);
    assert_eq!(reports(&board, "-sweep", "2020-07-20T00:00:00Z").len(), AREAS);
    prolonged[1].to = Some(Date::constant(2020, 7, 5));
    stages(&mut board, "2020-07-10T02:00:00Z", &prolonged);
    assert!(reports(&board, "-sweep", "2020-07-20T00:00:00Z").is_empty());
}
