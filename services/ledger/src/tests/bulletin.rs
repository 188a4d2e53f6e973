//! The weekly bulletin: every number opens its list, who is criticised is named, and a week that is over is told as it ended.

use super::History;
use super::figures::Screen;
use super::glance::{of, week};
use crate::query::bulletin;
use accountability_domain::{AccountabilityEvent, Addressee, ClockId, Escalation};
use jiff::SignedDuration;
use jurisdiction::sample::{CITY, COUNTY, OFFICE, OTHER_COUNTY, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, Obligation, Role, Subject, UnitCode, Urgency};
use mingcha_proto::ledger::{BulletinRequest, BulletinResponse};

fn task(history: &mut History, number: u32, unit: &str, hours: i64) {
    let due = history.now + SignedDuration::from_hours(hours);
    let event = AccountabilityEvent::TaskAssigned {
        task: number,
        unit: UnitCode::of(unit),
        meeting: "第二次会议".into(),
        text: format!("任务 {number}"),
        due,
        clock: ClockId::new(Obligation::ConferenceTask, number),
    };
    let stream = format!("accountability-{unit}");
    history.add(&stream, &event);
    let started = AccountabilityEvent::ClockStarted {
        clock: ClockId::new(Obligation::ConferenceTask, number),
        subject: Subject::Unit(UnitCode::of(unit)),
        obligation: Obligation::ConferenceTask,
        unit: UnitCode::of(unit),
        person: None,
        urgency: Urgency::Normal,
        started: history.now,
        limit: None,
        due,
        what: String::new(),
        ladder: None,
    };
    history.add(&stream, &started);
}

/// A criticism of whoever did not acknowledge.
fn criticised(history: &mut History, number: u128, unit: &str) {
    let of = |unit: &str| Addressee {
        unit: UnitCode::of(unit),
        person: None,
        name: None,
    };
    let late = Escalation {
        clock: ClockId::new(Obligation::Acknowledge, 1),
        deadline: history.now,
        repetition: 0,
        reached: history.now,
        to: of(OFFICE),
        about: of(unit),
        answer_due: history.now,
    };
    let stream = super::clock_stream(number);
    history.add(&stream, &AccountabilityEvent::CriticismCirculated(late));
}

#[test]
fn the_bulletin_names_who_was_criticised_in_its_week_and_no_other() {
    let mut history = week();
    history.clock(1, Obligation::Acknowledge, TOWNSHIP, 0);
    criticised(&mut history, 1, TOWNSHIP);
    history
        .later(24 * 7)
        .clock(2, Obligation::Acknowledge, OTHER_COUNTY, 0);
    criticised(&mut history, 2, OTHER_COUNTY);
    let ledger = history.ledger();
    let named = |actor: Actor, week: &str| {
        let screen = Screen {
            ledger: &ledger,
            actor: &actor,
            past: None,
        };
        let told = bulletin_of(&screen, week).criticised.into_iter();
        told.map(|row| row.about_unit).collect::<Vec<_>>()
    };
    assert_eq!(named(acting(Role::Leader, CITY), "2020-W23"), [TOWNSHIP]);
    assert_eq!(named(acting(Role::Leader, CITY), "2020-W24"), [OTHER_COUNTY]);
    assert!(named(acting(Role::Leader, COUNTY), "2020-W24").is_empty());
}

fn bulletin_of(screen: &Screen<'_>, week: &str) -> BulletinResponse {
    let asked = BulletinRequest {
        week: Some(week.to_owned()),
        ..BulletinRequest::default()
    };
    screen.ask(&asked, bulletin::bulletin)
}

#[test]
fn the_bulletin_has_its_parts_and_every_number_opens_its_list() {
    let mut history = week();
    task(&mut history, 1, TOWNSHIP, 48);
    task(&mut history, 1, OTHER_COUNTY, 24);
    let ledger = history.ledger();
    let actor = acting(Role::Leader, CITY);
    let screen = Screen {
        ledger: &ledger,
        actor: &actor,
        past: None,
    };
    let told = bulletin_of(&screen, "2020-06-03");
    assert_eq!(
        (told.week.as_str(), told.from.as_str(), told.until.as_str()),
        ("2020-W23", "2020-06-01", "2020-06-07")
    );
    for change in &told.changes {
        for figure in change.this_week.iter().chain(&change.week_before) {
            assert_eq!(figure.value, screen.opened(figure), "{}", figure.list);
        }
    }
    let opened = told
        .changes
        .iter()
        .find(|change| change.code == "cases_opened")
        .expect("a change");
    let values = [&opened.this_week, &opened.week_before].map(|figure| figure.as_ref().map(|f| f.value));
    assert_eq!(values, [Some(3), Some(0)]);
    for figure in told.rows.iter().flat_map(|row| &row.figures) {
        assert_eq!(figure.value, screen.opened(figure), "{}", figure.list);
    }
    let tasks: Vec<&str> = told.tasks.iter().map(|task| task.unit.as_str()).collect();
    assert_eq!(tasks, [OTHER_COUNTY, TOWNSHIP], "first what is due first");
    let ranked: Vec<_> = told
        .ranking
        .iter()
        .map(|row| (row.rank, row.unit.as_str()))
        .collect();
    assert_eq!(ranked[0], (Some(1), COUNTY), "one of two in time");
    assert_eq!(ranked[1], (None, OTHER_COUNTY), "nothing to be measured by");
    assert_eq!(told.ranking[0].on_time_rate, Some(0.5));
}

#[test]
fn a_week_that_is_over_is_told_as_it_stood_at_its_end() {
    let mut history = week();
    history.later(24 * 7).case(8, Some(VILLAGE), Some(TOWNSHIP));
    let ledger = history.ledger();
    let day = |week: &str| bulletin::day_of(Some(week), history.now);
    assert_eq!(day("2020-W23").as_deref(), Some("2020-06-07"));
    assert_eq!(day("2020-06-01").as_deref(), Some("2020-06-07"));
    assert_eq!(day("2020-W24"), None, "it is not over");
    assert_eq!(bulletin::day_of(None, history.now), None);
    let at = platform::instant_of("2020-06-07", history.now, None)
        .expect("a day")
        .expect("past");
    let past = ledger.past().book(&ledger.book, at, &ledger.jurisdiction);
    let actor = acting(Role::Leader, CITY);
    let screen = Screen {
        ledger: &ledger,
        actor: &actor,
        past: Some((past.expect("a past book"), at)),
    };
    let told = bulletin_of(&screen, "2020-W23");
    assert_eq!(of(&told.rows[0].figures, "cases").value, 3);
    for figure in told.rows[0]
        .figures
        .iter()
        .chain(told.changes.iter().flat_map(|change| &change.this_week))
    {
        assert_eq!(figure.value, screen.opened(figure), "{}", figure.list);
    }
}

#[test]
fn a_week_that_is_none_or_has_not_begun_is_refused() {
    let ledger = week().ledger();
    let ask = |actor: &Actor, week: &str| {
        let asked = BulletinRequest {
            week: Some(week.to_owned()),
            ..BulletinRequest::default()
        };
        ledger.ask(actor, &asked, bulletin::bulletin)
    };
    let leader = acting(Role::Leader, CITY);
    for (week, says) in [
        ("2020-W54", "请写成周次"),
        ("W23", "请写成周次"),
        ("", "请写成周次"),
        ("2020-W24", "还没有开始"),
    ] {
        let refused = ask(&leader, week).expect_err(week);
        assert!(refused.message().contains(says), "{week}: {}", refused.message());
    }
    let operator = acting(Role::Operator, CITY);
    assert!(ask(&operator, "2020-W23").is_err());
}
