//! A campaign of real size: that numbers stay right, and, where asked for, how long each answer takes.

use super::{History, TestLedger, clock_stream};
use crate::export;
use crate::query::{Moment, board, bulletin, cases, drafts, escalations, report, tips, trend, work};
use accountability_domain::{AccountabilityEvent, Addressee, ClockId, Escalation, StopReason};
use jiff::SignedDuration;
use jurisdiction::sample::{CITY, COUNTY, OFFICE, SUPERVISION, TOWNSHIP, acting, suqian};
use jurisdiction::{
    Actor, CaseId, Jurisdiction, Level, Obligation, Role, Rung, TipId, Unit, UnitCode, UnitKind,
};
use mingcha_proto::ledger::{
    BoardRequest, BulletinRequest, DraftListRequest, ExportRequest, GetCaseRequest, ListCasesRequest,
    ListEscalationsRequest, ListTipsRequest, ReportRequest, TrendRequest, WorkListRequest,
};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use tonic::Status;

/// Six counties of twenty townships of twelve villages, beside the units of the sample.
fn district() -> (Jurisdiction, Vec<String>) {
    let mut whole = suqian();
    let mut villages = Vec::new();
    let mut add = |code: String, level, parent: &str| {
        let unit = Unit {
            code: UnitCode::of(&code),
            name: format!("单位{code}"),
            level,
            kind: UnitKind::Government,
            parent: Some(UnitCode::of(parent)),
            department: None,
            email: None,
        };
        whole.units.insert(unit.code.clone(), unit);
        code
    };
    for county in 30..36 {
        let county = add(format!("3213{county}"), Level::County, CITY);
        for township in 100..120 {
            let township = add(format!("{county}{township}"), Level::Township, &county);
            for village in 200..212 {
                villages.push(add(format!("{township}{village}"), Level::Village, &township));
            }
        }
    }
    (whole, villages)
}

/// A campaign under way: most is done, some waits, some is late and has climbed the ladder.
pub(super) fn campaign(cases: u128, tips: u128) -> (History, Jurisdiction) {
    let (whole, villages) = district();
    let mut history = History::new();
    let village = |number: u128| villages[(number * 7919) as usize % villages.len()].as_str();
    for number in 0..tips {
        if number.is_multiple_of(25) {
            history.later(1);
        }
        tip(&mut history, number, village(number), cases);
    }
    for number in 1..=cases {
        if number.is_multiple_of(3) {
            history.later(1);
        }
        case(&mut history, number, village(number));
    }
    (history, whole)
}

fn tip(history: &mut History, number: u128, village: &str, cases: u128) {
    let stream = format!("tip-{}", TipId::sample(number));
    let mut received = super::goldens::golden_of("tip.received.v1");
    received["place"] =
        json!({ "text": format!("{number} 号院内"), "coordinates": null, "division": village });
    history.stored(&stream, "tip.received.v1", received);
    match number % 10 {
        0 => {}
        1 => {
            let rejected = super::goldens::golden_of("tip.rejected.v1");
            history.stored(&stream, "tip.rejected.v1", rejected);
        }
        _ => {
            let mut accepted = super::goldens::golden_of("tip.accepted.v1");
            accepted["case"] = json!(CaseId::sample(number % cases.max(1) + 1));
            accepted["place"] =
                json!({ "text": format!("{number} 号院内"), "coordinates": null, "division": village });
            history.stored(&stream, "tip.accepted.v1", accepted);
        }
    }
}

fn case(history: &mut History, number: u128, village: &str) {
    let township = &village[..9];
    history.case(number, Some(village), Some(township));
    history.clock(number, Obligation::Acknowledge, township, 24);
    if number.is_multiple_of(10) {
        return;
    }
    history.stop(number, Obligation::Acknowledge, StopReason::Fulfilled);
    history.clock(number, Obligation::FirstInspection, township, 72);
    let fact = |history: &mut History, category: &str, name: &str| {
        let data = super::goldens::golden_of(name);
        history.stored(&format!("{category}-{}", CaseId::sample(number)), name, data);
    };
    fact(history, "case", "case.acknowledged.v1");
    if number % 10 == 1 {
        late(history, number, township);
        return;
    }
    fact(history, "case", "case.inspection_recorded.v1");
    fact(history, "case", "case.site_classified.v1");
    fact(history, "case", "case.confirmed.v1");
    history.stop(number, Obligation::FirstInspection, StopReason::Fulfilled);
    fact(history, "disposal", "disposal.ordered.v1");
    history.clock(number, Obligation::RemainingMeasures, township, 360);
    fact(history, "disposal", "disposal.safety_plan_submitted.v1");
    fact(history, "disposal", "disposal.safety_plan_approved.v1");
    if number % 10 < 5 {
        return;
    }
    fact(history, "disposal", "disposal.measure_completed.v1");
    fact(history, "disposal", "disposal.review_passed.v1");
    history.stop(number, Obligation::RemainingMeasures, StopReason::Fulfilled);
    fact(history, "disposal", "disposal.closed.v1");
    history.close(number);
    if number % 10 == 9 {
        fact(history, "disposal", "disposal.spot_check_drawn.v1");
        fact(history, "disposal", "disposal.spot_check_passed.v1");
    }
}

/// Missed, reminded, ordered to explain.
fn late(history: &mut History, number: u128, township: &str) {
    let clock = ClockId::new(Obligation::FirstInspection, 1);
    let deadline = history.now + SignedDuration::from_hours(72);
    let named = || Addressee {
        unit: UnitCode::of(township),
        person: None,
        name: None,
    };
    for (rung, hours) in [(Rung::Reminder, 0), (Rung::SupervisionOrder, 24)] {
        let escalation = Escalation {
            clock: clock.clone(),
            deadline,
            repetition: 0,
            reached: deadline + SignedDuration::from_hours(hours),
            to: named(),
            about: named(),
            answer_due: deadline + SignedDuration::from_hours(96),
        };
        history.add(
            &clock_stream(number),
            &AccountabilityEvent::escalation(rung, escalation),
        );
    }
}

#[test]
fn two_hundred_cases_add_up() {
    let (history, whole) = campaign(200, 400);
    let mut ledger = history.ledger();
    ledger.jurisdiction = Arc::new(whole);
    assert_eq!(ledger.count("SELECT count(*) FROM unread"), 0);
    let leader = acting(Role::Leader, CITY);
    let table = ledger
        .ask(&leader, &ReportRequest::default(), report::report)
        .expect("a table");
    let of = |level: &str, code: &str| -> u32 {
        let rows = table.rows.iter().filter(|row| row.level == level);
        let figures = rows.flat_map(|row| row.figures.iter().filter(|figure| figure.code == code));
        figures.map(|figure| figure.value).sum()
    };
    for code in [
        "tips",
        "cases",
        "cases_open",
        "cases_missed",
        "measures_done",
        "rung_reminder",
    ] {
        let whole = of("city", code);
        assert!(whole > 0, "{code}");
        assert_eq!(
            (of("county", code), of("township", code)),
            (whole, whole),
            "{code}"
        );
    }
    assert_eq!((of("city", "cases"), of("city", "tips")), (200, 400));
}

fn took<Q: crate::asking::Asked, R>(
    ledger: &TestLedger,
    name: &str,
    (actor, request): (&Actor, &Q),
    query: fn(&Moment<'_>, &Q) -> Result<R, Status>,
) {
    let mut longest = 0.0f64;
    for _ in 0..3 {
        let start = Instant::now();
        ledger.ask(actor, request, query).expect(name);
        longest = longest.max(start.elapsed().as_secs_f64() * 1000.0);
    }
    println!("{}", json!({ "name": format!("ledger: {name}"), "ms": longest }));
}

/// Everything that can be asked is answered for a whole campaign; how large it is, and with it how long the answers take,
/// is up to whoever runs it: `make bench` asks for 2,000 cases and 20,000 tips.
#[test]
fn a_whole_campaign_is_answered_for() {
    let number = |name: &str, otherwise: u128| {
        let said = std::env::var(name).ok();
        said.map_or(otherwise, |said| said.parse().expect("a number"))
    };
    let (history, whole) = campaign(number("MINGCHA_CASES", 40), number("MINGCHA_TIPS", 80));
    let start = Instant::now();
    let mut ledger = history.ledger();
    let seconds = start.elapsed().as_secs_f64();
    let facts = history.facts.len();
    println!(
        "{}",
        json!({ "name": "ledger: projection, facts", "facts": facts, "per_second": facts as f64 / seconds })
    );
    ledger.jurisdiction = Arc::new(whole);
    let city = acting(Role::Leader, CITY);
    let office = acting(Role::Dispatcher, OFFICE);
    let (county, handler) = (acting(Role::Leader, COUNTY), acting(Role::Handler, TOWNSHIP));
    let any = ListCasesRequest::default;
    let words = ListCasesRequest {
        text: "砖瓦".into(),
        ..any()
    };
    let overdue = ListCasesRequest {
        overdue: Some(true),
        state: Some("open".into()),
        ..any()
    };
    took(&ledger, "cases, first page", (&city, &any()), cases::list);
    took(&ledger, "cases of a county", (&county, &any()), cases::list);
    took(&ledger, "cases of a handler", (&handler, &any()), cases::list);
    took(&ledger, "cases, overdue", (&city, &overdue), cases::list);
    took(&ledger, "cases, two characters", (&city, &words), cases::list);
    let words = ListTipsRequest {
        text: "院内".into(),
        ..ListTipsRequest::default()
    };
    took(
        &ledger,
        "tips, first page",
        (&city, &ListTipsRequest::default()),
        tips::list,
    );
    took(
        &ledger,
        "tips of a county",
        (&county, &ListTipsRequest::default()),
        tips::list,
    );
    took(
        &ledger,
        "tips of a handler",
        (&handler, &ListTipsRequest::default()),
        tips::list,
    );
    took(&ledger, "tips, two characters", (&city, &words), tips::list);
    let work = WorkListRequest::default();
    took(
        &ledger,
        "work list of the city's dispatcher",
        (&office, &work),
        work::list,
    );
    took(&ledger, "work list of a leader", (&city, &work), work::list);
    took(
        &ledger,
        "work list of a supervisor",
        (&acting(Role::Supervisor, SUPERVISION), &work),
        work::list,
    );
    let rungs = ListEscalationsRequest::default();
    took(&ledger, "escalations", (&city, &rungs), escalations::list);
    took(
        &ledger,
        "table of the city",
        (&city, &ReportRequest::default()),
        report::report,
    );
    let get = GetCaseRequest {
        case_id: CaseId::sample(11).to_string(),
        ..GetCaseRequest::default()
    };
    took(&ledger, "one case", (&city, &get), cases::get);
    took(
        &ledger,
        "trend of thirty days",
        (&city, &TrendRequest::default()),
        trend::trend,
    );
    took(
        &ledger,
        "stage board",
        (&city, &BoardRequest::default()),
        board::board,
    );
    took(
        &ledger,
        "weekly bulletin",
        (&city, &BulletinRequest::default()),
        bulletin::bulletin,
    );
    let file = ExportRequest {
        list: "cases".into(),
        format: "xlsx".into(),
        ..ExportRequest::default()
    };
    took(&ledger, "all cases as a file", (&city, &file), export::export);
    let start = Instant::now();
    let past = ledger.past().book(&ledger.book, ledger.now, &ledger.jurisdiction);
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({ "name": "ledger: a past instant, facts", "facts": facts, "per_second": facts as f64 / seconds })
    );
    assert!(past.is_ok());
    let draft = DraftListRequest {
        unit: CITY.into(),
        stage: "sweep".into(),
        ..DraftListRequest::default()
    };
    took(
        &ledger,
        "draft of the city's report",
        (&Actor::system("result-reporting/draft"), &draft),
        drafts::draft,
    );
}
