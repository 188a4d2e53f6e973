//! The board by itself: order, rest, recount.

use super::*;
use accountability_domain::ClockId;
use jurisdiction::{Actor, CaseId, Obligation, Subject, UnitCode, Urgency, YearCalendar, sample};
use platform::Metadata;
use uuid::Uuid;

const MONDAY: &str = "2020-06-01T01:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn stream(number: u128) -> String {
    format!("accountability-{}", CaseId::sample(number))
}
fn recorded(number: u128, revision: u64, event: &AccountabilityEvent) -> Recorded {
    let (name, data) = decider::encode(event);
    Recorded {
        id: Uuid::from_u128(number),
        stream: stream(number),
        revision,
        position: 1,
        name,
        data,
        metadata: Metadata {
            correlation: Uuid::nil(),
            causation: Uuid::nil(),
            command_id: Uuid::nil(),
            at: at(MONDAY),
            actor: Actor::system("test"),
            traceparent: None,
            previous: None,
        },
    }
}
fn started(number: u128, due: &str) -> Recorded {
    let obligation = Obligation::FirstInspection;
    let jurisdiction = sample::suqian();
    let event = AccountabilityEvent::ClockStarted {
        clock: ClockId::new(obligation, number),
        subject: Subject::Case(CaseId::sample(number)),
        obligation,
        unit: UnitCode::of(sample::TOWNSHIP),
        person: jurisdiction
            .first_responsible(&UnitCode::of(sample::TOWNSHIP))
            .map(|head| head.account.clone()),
        urgency: Urgency::Normal,
        started: at(MONDAY),
        // Any other date than this was agreed.
        limit: (due == THURSDAY).then(|| jurisdiction.limit(obligation, Urgency::Normal)),
        due: at(due),
        what: "首次核查".into(),
        ladder: None,
    };
    recorded(number, 0, &event)
}
const THURSDAY: &str = "2020-06-04T15:59:59Z";
const FRIDAY: &str = "2020-06-05T15:59:59Z";

#[test]
fn clocks_come_up_in_the_order_in_which_they_fall_due_and_not_before() {
    let suqian = sample::suqian();
    let mut board = Board::default();
    board.take(started(1, FRIDAY), &suqian, at(MONDAY));
    board.take(started(2, THURSDAY), &suqian, at(MONDAY));
    assert_eq!(board.next_due(), Some(at(THURSDAY)));
    assert_eq!(board.next_job(at("2020-06-04T15:59:58Z"), &suqian), None);
    let first = board.next_job(at(FRIDAY), &suqian).expect("a job");
    assert_eq!(
        (first.stream.as_str(), first.work),
        (stream(2).as_str(), Work::Fire { due: at(THURSDAY) })
    );
    let second = board.next_job(at(FRIDAY), &suqian).expect("a job");
    assert_eq!(second.stream, stream(1));
    assert_eq!(board.next_job(at(FRIDAY), &suqian), None);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_fails_rests_longer_each_time_and_holds_up_nobody() {
    let suqian = sample::suqian();
    let mut board = Board::default();
    board.take(started(1, THURSDAY), &suqian, at(MONDAY));
    for rest in [100, 200, 400] {
        let job = board.next_job(at(FRIDAY), &suqian).expect("a job");
        board.done(&job, None, &suqian);
        assert_eq!(board.next_job(at(FRIDAY), &suqian), None);
        tokio::time::advance(Duration::from_millis(rest - 1)).await;
        assert_eq!(board.next_job(at(FRIDAY), &suqian), None);
        tokio::time::advance(Duration::from_millis(1)).await;
    }
    board.take(started(2, THURSDAY), &suqian, at(MONDAY));
    let job = board
        .next_job(at(FRIDAY), &suqian)
        .expect("the failing one, or the other");
    board.done(&job, None, &suqian);
    assert!(
        board
            .next_job(at(FRIDAY), &suqian)
            .is_some_and(|other| other.stream != job.stream)
    );
}

#[test]
fn a_stream_waits_for_the_fact_that_it_recorded() {
    let suqian = sample::suqian();
    let mut board = Board::default();
    board.take(started(1, THURSDAY), &suqian, at(MONDAY));
    let job = board.next_job(at(FRIDAY), &suqian).expect("a job");
    board.done(&job, Some(1), &suqian);
    assert_eq!(board.next_job(at(FRIDAY), &suqian), None);
    let missed = AccountabilityEvent::DeadlineMissed {
        clock: ClockId::new(Obligation::FirstInspection, 1),
        due: at(THURSDAY),
        unit: UnitCode::of(sample::TOWNSHIP),
        person: None,
    };
    board.take(recorded(1, 1, &missed), &suqian, at(MONDAY));
    let job = board.next_job(at(FRIDAY), &suqian).expect("the reminder");
    assert_eq!(job.revision, 1);
}

#[test]
fn an_unreadable_fact_stops_no_clock() {
    let suqian = sample::suqian();
    let mut board = Board::default();
    let mut strange = started(1, THURSDAY);
    strange.name = "accountability.from_the_future.v9".into();
    board.take(strange, &suqian, at(MONDAY));
    board.take(started(2, THURSDAY), &suqian, at(MONDAY));
    assert!(board.next_job(at(FRIDAY), &suqian).is_some());
}

#[test]
fn a_new_head_of_a_unit_is_work_for_its_running_clocks_before_they_fire() {
    let mut suqian = sample::suqian();
    let mut board = Board::default();
    board.take(started(1, THURSDAY), &suqian, at(MONDAY));
    let old = jurisdiction::StaffId::of("leader-321322102");
    let mut successor = suqian.staff.remove(&old).expect("the leader");
    board.recount(&suqian, at(MONDAY));
    assert_eq!(board.next_job(at(MONDAY), &suqian), None, "a vacant post");
    successor.account = jurisdiction::StaffId::of("leader-new");
    suqian.staff.insert(successor.account.clone(), successor);
    board.recount(&suqian, at(FRIDAY));
    let job = board.next_job(at(FRIDAY), &suqian).expect("a handover");
    assert_eq!(job.work, Work::HandOver);
}

#[test]
fn a_corrected_calendar_is_work_for_exactly_the_clocks_that_it_moves() {
    let mut suqian = sample::suqian();
    let mut board = Board::default();
    board.take(started(1, THURSDAY), &suqian, at(MONDAY));
    board.recount(&suqian, at(MONDAY));
    assert_eq!(board.next_job(at(MONDAY), &suqian), None);
    let holiday = YearCalendar {
        holidays: ["2020-06-03".parse().expect("a date")].into(),
        ..Default::default()
    };
    suqian.calendar.set_year(2020, holiday);
    board.recount(&suqian, at(MONDAY));
    let job = board.next_job(at(MONDAY), &suqian).expect("a recount");
    assert_eq!(job.work, Work::Recount);
}
#[test]
fn what_a_calendar_would_do_is_foreseen_and_not_done() {
    let mut suqian = sample::suqian();
    let mut board = Board::default();
    board.take(started(1, THURSDAY), &suqian, at(MONDAY));
    // Agreed on, not counted: no calendar moves it.
    board.take(started(2, FRIDAY), &suqian, at(MONDAY));
    let unchanged = board.foresee(&suqian, at(MONDAY));
    assert_eq!((unchanged.running, unchanged.moved), (2, vec![]));
    let in_force = suqian.clone();
    let holiday = YearCalendar {
        holidays: ["2020-06-03".parse().expect("a date")].into(),
        ..Default::default()
    };
    suqian.calendar.set_year(2020, holiday);
    let moved = board.foresee(&suqian, at(MONDAY)).moved;
    let dates: Vec<_> = moved
        .iter()
        .map(|moved| (moved.stream.clone(), moved.from, moved.to))
        .collect();
    assert_eq!(dates, [(stream(1), at(THURSDAY), at(FRIDAY))]);
    board.recount(&in_force, at(MONDAY));
    assert_eq!(board.next_job(at(MONDAY), &in_force), None);
}
