//! Trend and stage board: every number opens its list.

use super::figures::{Screen, everything};
use super::{History, case_stream};
use crate::query::{board, cases, trend};
use accountability_domain::StopReason;
use case_domain::{CaseEvent, Origin, RelapseLink};
use jiff::SignedDuration;
use jurisdiction::sample::{CITY, COUNTY, OTHER_COUNTY, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{CaseId, Obligation, Role, UnitCode, Urgency};
use mingcha_proto::ledger::{BoardRequest, Figure, ListCasesRequest, TrendDay, TrendRequest};

const DUTY: Obligation = Obligation::FirstInspection;

pub(super) fn of<'f>(figures: &'f [Figure], code: &str) -> &'f Figure {
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
pub(super) fn week() -> History {
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
        "tips_web",
        "class_C",
        "measure_completed",
        "spot_check_failed",
        "reports_signed",
        "missed_first_inspection",
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

/// A tip that follows its case into another one was screened when it was: else a merger would make late work of it.
#[test]
fn a_tip_that_goes_along_keeps_the_day_on_which_it_was_screened() {
    let tip = jurisdiction::TipId::sample(70);
    let stream = format!("tip-{tip}");
    let mut history = History::new();
    for name in ["tip.received.v1", "tip.accepted.v1"] {
        history.stored(&stream, name, super::goldens::golden_of(name));
    }
    let screened = |history: &History| {
        let sql = format!("SELECT screened_at FROM tips WHERE tip = '{tip}'");
        history.ledger().count(&sql)
    };
    let at_first = screened(&history);
    history.later(48);
    history.add(
        &stream,
        &tip_domain::TipEvent::LinkedToCase {
            case: CaseId::sample(9),
        },
    );
    assert_eq!(screened(&history), at_first);
}
