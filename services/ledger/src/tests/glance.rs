//! Trend, stage board and bulletin: every number opens its list, and a week that is over is told as it ended.

use super::figures::{Screen, everything};
use super::{History, case_stream};
use crate::query::{board, bulletin, cases, trend};
use accountability_domain::{AccountabilityEvent, ClockId, StopReason};
use case_domain::{CaseEvent, Origin, RelapseLink};
use jiff::SignedDuration;
use jurisdiction::sample::{CITY, COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, CaseId, Obligation, Role, Subject, UnitCode, Urgency};
use mingcha_proto::ledger::{
    BoardRequest, BulletinRequest, BulletinResponse, Figure, ListCasesRequest, TrendDay, TrendRequest,
};

const DUTY: Obligation = Obligation::FirstInspection;

fn of<'f>(figures: &'f [Figure], code: &str) -> &'f Figure {
    let figure = figures.iter().find(|figure| figure.code == code);
    figure.unwrap_or_else(|| panic!("no figure {code}"))
}
fn days(screen: &Screen<'_>, from: &str, until: &str) -> Vec<TrendDay> {
    let asked = TrendRequest {
        from: Some(from.to_owned()),
        until: Some(until.to_owned()),
        ..TrendRequest::default()
    };
    screen.ask(&asked, trend::trend).days
}

/// Monday nine o'clock to Thursday: one case closed in time, one late.
fn week() -> History {
    let mut history = History::new();
    history
        .case(1, Some(TOWNSHIP), Some(TOWNSHIP))
        .clock(1, DUTY, TOWNSHIP, 48);
    // Tuesday, two minutes before and after midnight in Suqian.
    history.later(14);
    history.now += SignedDuration::from_mins(58);
    history
        .case(2, Some(VILLAGE), Some(TOWNSHIP))
        .clock(2, DUTY, TOWNSHIP, 24);
    history.now += SignedDuration::from_mins(4);
    history.case(3, Some(OTHER_COUNTY), None);
    history.later(24).stop(1, DUTY, StopReason::Fulfilled).close(1);
    history.later(24).stop(2, DUTY, StopReason::Fulfilled).close(2);
    history
}

#[test]
fn a_day_is_a_day_in_suqian() {
    let ledger = week().ledger();
    let actor = acting(Role::Leader, CITY);
    let screen = Screen {
        ledger: &ledger,
        actor: &actor,
        past: None,
    };
    let told = days(&screen, "2020-06-01", "2020-06-04");
    let row = |code: &str| -> Vec<u32> { told.iter().map(|day| of(&day.figures, code).value).collect() };
    assert_eq!(row("cases_opened"), [2, 1, 0, 0]);
    assert_eq!(row("cases_closed"), [0, 0, 1, 1]);
    assert_eq!(row("cases_closed_late"), [0, 0, 0, 1]);
    assert_eq!(row("deadlines_missed"), [0, 1, 0, 0]);
    assert_eq!(told[1].day, "2020-06-02");
    let opened = of(&told[0].figures, "cases_opened");
    for part in [
        "cases?",
        "from=2020-06-01",
        "until=2020-06-01",
        &format!("unit={CITY}"),
    ] {
        assert!(opened.list.contains(part), "{}", opened.list);
    }
}

#[test]
fn every_number_of_every_day_opens_its_list() {
    let mut history = everything();
    let relapse = CaseEvent::CaseOpened {
        origin: Origin::Relapse {
            of: CaseId::sample(1),
            link: RelapseLink::Site,
            note: String::new(),
        },
        summary: "又冒烟了".into(),
        enterprise: None,
        place: case_domain::Place {
            text: "老砖瓦厂".into(),
            coordinates: None,
            division: Some(UnitCode::of(VILLAGE)),
        },
        urgency: Urgency::Normal,
        confidential: false,
        against: jurisdiction::Against::default(),
    };
    history.later(24).add(&case_stream(50), &relapse);
    for name in ["tip.received.v1", "tip.accepted.v1"] {
        let mut data = super::goldens::golden_of(name);
        data["place"]["division"] = serde_json::json!(VILLAGE);
        history.stored(&format!("tip-{}", jurisdiction::TipId::sample(60)), name, data);
    }
    let ledger = history.ledger();
    let mut counted = std::collections::BTreeSet::new();
    for actor in [
        acting(Role::Leader, CITY),
        acting(Role::Supervisor, CITY),
        acting(Role::Leader, COUNTY),
    ] {
        let screen = Screen {
            ledger: &ledger,
            actor: &actor,
            past: None,
        };
        for day in days(&screen, "2020-05-25", "2020-06-14") {
            for figure in &day.figures {
                assert_eq!(figure.value, screen.opened(figure), "{} {}", day.day, figure.list);
                if figure.value > 0 {
                    counted.insert(figure.code.clone());
                }
            }
        }
    }
    for code in [
        "tips",
        "tips_screened",
        "cases_opened",
        "cases_closed",
        "relapses",
        "deadlines_missed",
        "rung_reminder",
    ] {
        assert!(counted.contains(code), "{code} counts nothing: {counted:?}");
    }
}

#[test]
fn days_that_are_none_too_many_or_upside_down_are_refused() {
    let ledger = History::new().ledger();
    let leader = acting(Role::Leader, CITY);
    let ask = |from: Option<&str>, until: Option<&str>| {
        let asked = TrendRequest {
            from: from.map(str::to_owned),
            until: until.map(str::to_owned),
            ..TrendRequest::default()
        };
        ledger.ask(&leader, &asked, trend::trend)
    };
    let usual = ask(None, None).expect("a trend").days;
    assert_eq!((usual.len(), usual[29].day.as_str()), (30, "2020-06-01"));
    for (from, until, says) in [
        ("上周", "2020-06-01", "请写成日期"),
        ("2020-06-02", "2020-06-01", "不能早于"),
        ("2018-01-01", "2020-06-01", "最多查 366 天"),
    ] {
        let refused = ask(Some(from), Some(until)).expect_err(says);
        assert!(refused.message().contains(says), "{}", refused.message());
    }
    let handler = acting(Role::Handler, TOWNSHIP);
    let refused = ledger.ask(&handler, &TrendRequest::default(), trend::trend);
    assert_eq!(
        refused.expect_err("refused").code(),
        tonic::Code::PermissionDenied
    );
}

#[test]
fn the_board_shows_every_case_once_and_the_most_pressing_first() {
    let mut history = everything();
    for number in 20..28 {
        history.case(number, Some(VILLAGE), Some(TOWNSHIP)).clock(
            number,
            DUTY,
            TOWNSHIP,
            200 - i64::try_from(number).expect("small"),
        );
    }
    let ledger = history.later(1).ledger();
    let actor = acting(Role::Leader, CITY);
    let screen = Screen {
        ledger: &ledger,
        actor: &actor,
        past: None,
    };
    let told = screen.ask(&BoardRequest::default(), board::board);
    let mut all = 0;
    for column in &told.columns {
        let (count, overdue) = (column.count.as_ref(), column.overdue.as_ref());
        for figure in count.into_iter().chain(overdue) {
            assert_eq!(figure.value, screen.opened(figure), "{}", figure.list);
        }
        let count = count.map_or(0, |figure| figure.value);
        all += count;
        assert_eq!(column.cards.len() as u32, count.min(5), "{}", column.state);
        let due: Vec<_> = column.cards.iter().map(|card| card.next_due.clone()).collect();
        let mut sorted = due.clone();
        sorted.sort_by_key(|due| (due.is_none(), due.clone()));
        assert_eq!(due, sorted, "{}", column.state);
    }
    assert_eq!(all, screen.ask(&ListCasesRequest::default(), cases::list).total);
    let assigned = told.columns.iter().find(|column| column.state == "assigned");
    let first = &assigned.expect("a column").cards[0];
    assert!(first.overdue, "what is late is the most pressing");
}

#[test]
fn the_board_says_what_each_stage_still_waits_for() {
    let mut history = everything();
    history
        .case(20, Some(VILLAGE), Some(TOWNSHIP))
        .clock(20, DUTY, TOWNSHIP, 24 * 40);
    let ledger = history.ledger();
    let actor = acting(Role::Leader, COUNTY);
    let screen = Screen {
        ledger: &ledger,
        actor: &actor,
        past: None,
    };
    let told = screen.ask(&BoardRequest::default(), board::board);
    assert_eq!(told.stages.len(), ledger.jurisdiction.stages.len());
    for figure in told.stages.iter().flat_map(|stage| &stage.figures) {
        assert_eq!(figure.value, screen.opened(figure), "{}", figure.list);
    }
    let current: Vec<_> = told
        .stages
        .iter()
        .filter(|stage| stage.current)
        .map(|stage| &stage.code)
        .collect();
    assert_eq!(current, ["sweep"]);
    let of_stage = |code: &str| {
        told.stages
            .iter()
            .find(|stage| stage.code == code)
            .expect("a stage")
    };
    assert!(of(&of_stage("sweep").figures, "reports_filed").value > 0);
    assert!(of(&of_stage("rectification").figures, "due").value > 0);
}

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
    let at = crate::past::instant_of("2020-06-07", history.now, None)
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
