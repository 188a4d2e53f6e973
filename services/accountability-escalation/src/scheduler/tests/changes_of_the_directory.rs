//! A corrected calendar and a new head of a unit reach clocks that run: by facts, once, over restarts.

use super::*;
use jurisdiction::StaffId;

#[tokio::test]
async fn a_corrected_calendar_moves_running_clocks_once_by_a_fact() {
    let town = Town::start().await;
    let replica = Replica::start(&town).await;
    let due = start(&town, 1).await;
    let holiday = campaign_time(due).date();
    let calendar = YearCalendar {
        holidays: [holiday].into(),
        ..Default::default()
    };
    let year = holiday.year();
    let year_set = DirectoryEvent::YearSet {
        year,
        calendar,
        basis: String::new(),
    };
    town.record(&format!("calendar-{year}"), &[year_set]).await;
    reaches(&town, 1, 2).await;
    let moved = state(&town, 1).await.clocks[0].due;
    assert!(moved > due);
    town.advance_to(moved).await;
    reaches(&town, 1, 4).await;
    let names = town.names(&stream(1)).await;
    assert_eq!(
        names[1..3],
        [
            "accountability.clock_moved.v1",
            "accountability.deadline_missed.v1"
        ]
    );
    replica.stop().await;
    town.stop().await;
}

/// So many that no page of them would do.
const CLOCKS: u128 = 150;

async fn is_moved(town: &Town, number: u128) {
    let stream = stream(number);
    let moved = async || {
        let names = town.names(&stream).await;
        names
            .last()
            .is_some_and(|name| name == "accountability.clock_moved.v1")
    };
    until(&format!("{stream} is moved"), moved).await;
}

/// The day on which something falls due becomes a holiday.
async fn becomes_a_holiday(town: &Town, due: Timestamp) {
    let holiday = campaign_time(due).date();
    let calendar = YearCalendar {
        holidays: [holiday].into(),
        ..Default::default()
    };
    let year = holiday.year();
    let year_set = DirectoryEvent::YearSet {
        year,
        calendar,
        basis: String::new(),
    };
    town.record(&format!("calendar-{year}"), &[year_set]).await;
}

#[tokio::test]
async fn a_calendar_corrected_while_nobody_was_there_moves_every_running_clock_once() {
    let town = Town::start().await;
    let mut due = town.now();
    for number in 1..=CLOCKS {
        due = start(&town, number).await;
    }
    let stop = StopClock {
        which: Which::All,
        by: StopReason::Fulfilled,
        at: town.now(),
        fact: Uuid::nil(),
    };
    command(&town, CLOCKS, AccountabilityCommand::StopClock(stop)).await;
    becomes_a_holiday(&town, due).await;
    for _ in 0..2 {
        // Twice: the second start must find nothing to do.
        let replica = Replica::start(&town).await;
        for number in 1..CLOCKS {
            is_moved(&town, number).await;
        }
        replica.stop().await;
    }
    for number in 1..CLOCKS {
        assert_eq!(town.names(&stream(number)).await.len(), 2, "case {number}");
        assert!(state(&town, number).await.clocks[0].due > due);
    }
    let stopped = town.names(&stream(CLOCKS)).await;
    assert_eq!(stopped[1..], ["accountability.clock_stopped.v1"]);
    town.stop().await;
}

#[tokio::test]
async fn a_clock_counted_on_the_calendar_of_a_moment_ago_is_moved_as_well() {
    let town = Town::start().await;
    let replica = Replica::start(&town).await;
    let due = start(&town, 1).await;
    becomes_a_holiday(&town, due).await;
    is_moved(&town, 1).await;
    // Another replica had not heard of it yet when it recorded a start.
    let facts = town.stream(&stream(1)).await;
    let started: AccountabilityEvent =
        decider::decode(&facts[0].name, facts[0].data.clone()).expect("the start");
    town.record(&stream(2), &[started]).await;
    is_moved(&town, 2).await;
    replica.stop().await;
    town.stop().await;
}

#[tokio::test]
async fn the_successor_of_an_official_is_named_by_a_fact_also_after_a_restart() {
    let town = Town::start().await;
    let due = start(&town, 1).await;
    let old = StaffId::of("leader-321322102");
    let retired = DirectoryEvent::StaffRetired {
        account: old.clone(),
        reason: "轮岗".into(),
    };
    town.record(&format!("staff-{old}"), &[retired]).await;
    let mut member = sample::suqian().staff.remove(&old).expect("the leader");
    member.account = StaffId::of("leader-new");
    let successor = member.account.clone();
    let registered = DirectoryEvent::StaffRegistered { member };
    town.record(&format!("staff-{successor}"), &[registered]).await;
    let replica = Replica::start(&town).await;
    is_moved(&town, 1).await;
    replica.stop().await;
    let replica = Replica::start(&town).await;
    town.advance_to(due).await;
    reaches(&town, 1, 4).await;
    let clock = state(&town, 1).await.clocks.remove(0);
    assert_eq!((clock.due, clock.person), (due, Some(successor.clone())));
    assert_eq!(clock.misses[0].person, Some(successor));
    assert_eq!(of_the_clock(&town, 1).await.len(), 4, "handed over once");
    replica.stop().await;
    town.stop().await;
}

/// 2020: 1–8 October off; Sunday 27 September and Saturday 10 October worked.
#[tokio::test]
async fn a_deadline_missed_over_the_october_holiday_climbs_by_the_working_days_of_2020() {
    let town = Town::start().await;
    let day = |day| jiff::civil::Date::constant(2020, 10, day);
    let calendar = YearCalendar {
        holidays: (1..=8).map(day).collect(),
        make_up_workdays: [jiff::civil::Date::constant(2020, 9, 27), day(10)].into(),
    };
    // Assigned on Wednesday 30 September at 10:00, before anybody had entered the holiday.
    let clock = StartClock {
        clock: ClockId::new(Obligation::FirstInspection, 1),
        subject: Subject::Case(CaseId::sample(1)),
        obligation: Obligation::FirstInspection,
        unit: Some(UnitCode::of(sample::TOWNSHIP)),
        person: None,
        urgency: Urgency::Normal,
        started: "2020-09-30T02:00:00Z".parse().expect("a timestamp"),
        due: None,
        what: "老砖瓦厂：首次现场核查".into(),
    };
    command(&town, 1, AccountabilityCommand::StartClock(clock)).await;
    assert_eq!(
        state(&town, 1).await.clocks[0].due.to_string(),
        "2020-10-05T15:59:59Z"
    );
    let year_set = DirectoryEvent::YearSet {
        year: 2020,
        calendar,
        basis: String::new(),
    };
    town.record("calendar-2020", &[year_set]).await;
    let replica = Replica::start(&town).await;
    reaches(&town, 1, ALL_RUNGS.len() + 1).await;
    replica.stop().await;
    assert_eq!(town.names(&stream(1)).await[1], "accountability.clock_moved.v1");
    let clock = state(&town, 1).await.clocks.remove(0);
    // 9, 10 and 12 October are worked.
    assert_eq!(clock.due.to_string(), "2020-10-12T15:59:59Z");
    let steps = clock.steps.iter().take(5);
    let reached: Vec<_> = steps.map(|step| step.escalation.reached.to_string()).collect();
    let expected = [
        "2020-10-12T15:59:59Z",
        "2020-10-13T15:59:59Z",
        "2020-10-15T15:59:59Z",
        "2020-10-19T15:59:59Z",
        "2020-10-26T15:59:59Z",
    ];
    assert_eq!(reached, expected);
    town.stop().await;
}
