//! The table is honest: numbers are their lists, and no hiding of overdue work makes a rate better.

use super::History;
use super::rates::half;
use crate::asking::{Asked, Query};
use crate::past::PastBook;
use crate::query::{cases, escalations, obligations, report, reports, tips};
use accountability_domain::{AccountabilityEvent, ClockId};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::sample::{CITY, COUNTY, OFFICE, OTHER_COUNTY, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, CaseId, Obligation, Role, Subject, TipId, UnitCode, Urgency};
use mingcha_proto::ledger::{
    Figure, ListCasesRequest, ListEscalationsRequest, ListObligationsRequest, ListReportsRequest,
    ListTipsRequest, ReportRequest, ReportRow,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn table(history: &History) -> Vec<ReportRow> {
    let leader = acting(Role::Leader, CITY);
    let answer = history
        .ledger()
        .ask(&leader, &ReportRequest::default(), report::report);
    answer.expect("a table").rows
}
pub(super) fn city(history: &History) -> ReportRow {
    table(history).remove(0)
}
pub(super) fn value(row: &ReportRow, code: &str) -> u32 {
    let figure = row.figures.iter().find(|figure| figure.code == code);
    figure.unwrap_or_else(|| panic!("no figure {code}")).value
}
#[test]
fn a_county_holds_its_townships_and_the_city_everything() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(VILLAGE))
        .case(2, Some(COUNTY), None);
    history.case(3, Some(OTHER_COUNTY), None).case(4, None, None);
    // A code that the directory does not know is the city's to sort out, not nobody's.
    history.case(5, Some("999999"), None);
    let rows = table(&history);
    let cases: Vec<(&str, u32)> = rows
        .iter()
        .map(|row| (row.unit.as_str(), value(row, "cases")))
        .collect();
    let expected = [
        (CITY, 5),
        (OTHER_COUNTY, 1),
        (COUNTY, 2),
        (TOWNSHIP, 1),
        (OTHER_TOWNSHIP, 0),
    ];
    assert_eq!(cases, expected);
}

/// The request that the query string of a figure says.
fn request<R: DeserializeOwned>(figure: &Figure) -> R {
    let (_, query) = figure.list.split_once('?').expect("a query string");
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let fields: Map<String, Value> = pairs
        .map(|(name, value)| {
            let value = match value {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => Value::String(text.to_owned()),
            };
            (name.to_owned(), value)
        })
        .collect();
    serde_json::from_value(Value::Object(fields)).expect("a request")
}

/// Somebody at a screen: the ledger as it is, or as it stood.
pub(super) struct Screen<'a> {
    pub(super) ledger: &'a super::TestLedger,
    pub(super) actor: &'a Actor,
    pub(super) past: Option<(Arc<PastBook>, Timestamp)>,
}

impl Screen<'_> {
    pub(super) fn ask<Q: Asked, R>(&self, request: &Q, query: Query<Q, R>) -> R {
        let (ledger, asker) = (self.ledger, self.ledger.asker(self.actor));
        let told = match &self.past {
            None => asker.ask(&ledger.book, request, query),
            Some((past, at)) => {
                let then = (*at, &ledger.jurisdiction);
                asker.ask_as_of((&ledger.book, past), then, request, query)
            }
        };
        told.unwrap_or_else(|refused| panic!("{}: {refused}", self.actor))
    }

    /// How many there are in the list that a figure opens.
    pub(super) fn opened(&self, figure: &Figure) -> u32 {
        let (list, query) = figure.list.split_once('?').expect("a list");
        assert_eq!(query.contains("as_of="), self.past.is_some(), "{query}");
        match list {
            "cases" if figure.code.starts_with("measures_") => self.summed(figure),
            "cases" => self.ask(&request::<ListCasesRequest>(figure), cases::list).total,
            "tips" => self.ask(&request::<ListTipsRequest>(figure), tips::list).total,
            "escalations" => {
                let asked = request::<ListEscalationsRequest>(figure);
                self.ask(&asked, escalations::list).total
            }
            "reports" => {
                self.ask(&request::<ListReportsRequest>(figure), reports::list)
                    .total
            }
            "obligations" => {
                let asked = request::<ListObligationsRequest>(figure);
                self.ask(&asked, obligations::list).total
            }
            other => panic!("{} opens the unknown list {other}", figure.code),
        }
    }

    /// Measures are counted within the cases of their list, page by page.
    fn summed(&self, figure: &Figure) -> u32 {
        let mut asked: ListCasesRequest = request(figure);
        let mut sum = 0;
        loop {
            asked.limit = 2;
            let page = self.ask(&asked, cases::list);
            let measures = page.cases.iter().map(|case| match figure.code.as_str() {
                "measures_done" => case.measures_done,
                _ => case.measures,
            });
            sum += measures.sum::<u32>();
            match page.next {
                Some(next) => asked.after = next,
                None => return sum,
            }
        }
    }
}

/// Something of everything, so that every figure has something to count.
pub(super) fn everything() -> History {
    let mut history = half();
    history.case(3, Some(OTHER_COUNTY), None).case(4, None, None);
    for (name, data) in super::goldens::golden() {
        history.stored(&super::goldens::stream(&name, 7), &name, data);
    }
    // In the order in which things are done; the golden files stand in that of their names.
    for name in [
        "disposal.ordered.v1",
        "disposal.safety_plan_submitted.v1",
        "disposal.safety_plan_approved.v1",
        "disposal.measure_completed.v1",
    ] {
        let data = super::goldens::golden_of(name);
        history.stored(&format!("disposal-{}", CaseId::sample(2)), name, data);
    }
    owing(&mut history);
    history
}

#[test]
fn every_number_opens_a_list_of_just_so_many() {
    let ledger = everything().ledger();
    let mut something: BTreeSet<String> = BTreeSet::new();
    for actor in [acting(Role::Leader, COUNTY), acting(Role::Dispatcher, OFFICE)] {
        let screen = Screen {
            ledger: &ledger,
            actor: &actor,
            past: None,
        };
        let rows = screen.ask(&ReportRequest::default(), report::report).rows;
        for figure in rows.iter().flat_map(|row| &row.figures) {
            let total = screen.opened(figure);
            assert_eq!(figure.value, total, "{} {}", figure.code, figure.list);
            if total > 0 {
                something.insert(figure.code.clone());
            }
        }
    }
    for code in [
        "overdue_screen_tip",
        "running_tell_outcome",
        "overdue_conference_task",
        "running_answer_finding",
        "measures_prescribed",
        "measures_done",
        "reports_signed",
        "reports_sealed",
        "reports_filed",
    ] {
        assert!(something.contains(code), "{code} counts nothing: {something:?}");
    }
    assert!(something.len() > 30, "only {something:?}");
}

#[test]
fn every_number_of_a_past_table_opens_the_list_of_then() {
    let mut history = everything();
    let at = history.now;
    history.later(48).close(3).case(9, Some(VILLAGE), Some(TOWNSHIP));
    let ledger = history.ledger();
    let past = ledger.past().book(&ledger.book, at, &ledger.jurisdiction);
    let actor = acting(Role::Leader, CITY);
    let screen = Screen {
        ledger: &ledger,
        actor: &actor,
        past: Some((past.expect("a past book"), at)),
    };
    let rows = screen.ask(&ReportRequest::default(), report::report).rows;
    assert_eq!(value(&rows[0], "cases") + 1, value(&city(&history), "cases"));
    for figure in &rows[0].figures {
        assert_eq!(figure.value, screen.opened(figure), "{}", figure.list);
    }
}

/// Clocks on what is no case: tips, and units as such; and a report that came all the way.
fn owing(history: &mut History) {
    let mut clock = |subject: Subject, obligation: Obligation, hours: i64| {
        let stream = format!("accountability-{}", subject.id());
        let started = AccountabilityEvent::ClockStarted {
            clock: ClockId::new(obligation, 9),
            subject,
            obligation,
            unit: UnitCode::of(COUNTY),
            person: None,
            urgency: Urgency::Normal,
            started: history.now,
            limit: None,
            due: history.now + SignedDuration::from_hours(hours),
            what: String::new(),
            ladder: None,
        };
        history.add(&stream, &started);
    };
    for number in [7, 8] {
        let tip = TipId::sample(number);
        clock(Subject::Tip(tip), Obligation::ScreenTip, -2);
        clock(Subject::Tip(tip), Obligation::TellOutcome, 48);
    }
    let unit = Subject::Unit(UnitCode::of(COUNTY));
    clock(unit.clone(), Obligation::ConferenceTask, -2);
    clock(unit, Obligation::AnswerFinding, 48);
    for number in [7, 8] {
        let mut received = super::goldens::golden_of("tip.received.v1");
        received["place"]["division"] = serde_json::json!(VILLAGE);
        history.stored(
            &format!("tip-{}", TipId::sample(number)),
            "tip.received.v1",
            received,
        );
    }
    for name in [
        "report.drafted.v1",
        "report.signed.v1",
        "report.sealed.v1",
        "report.filed.v1",
    ] {
        let mut data = super::goldens::golden_of(name);
        if name == "report.drafted.v1" {
            data["report"] = serde_json::json!({ "unit": COUNTY, "stage": "sweep" });
        }
        history.stored(&format!("report-{COUNTY}-sweep"), name, data);
    }
}

/// They hang on tips, and were looked for among the cases: always none.
#[test]
fn tips_that_wait_are_counted_where_they_are() {
    let mut history = History::new();
    owing(&mut history);
    history.later(1);
    let row = city(&history);
    assert_eq!(value(&row, "running_screen_tip"), 2);
    assert_eq!(value(&row, "overdue_screen_tip"), 2);
    assert_eq!(value(&row, "running_tell_outcome"), 2);
    assert_eq!(value(&row, "overdue_tell_outcome"), 0);
    assert_eq!(value(&row, "overdue_conference_task"), 1);
}

#[test]
fn a_filed_report_has_been_signed_and_sealed_and_is_listed_with_its_signer() {
    let mut history = History::new();
    owing(&mut history);
    let ledger = history.ledger();
    let leader = acting(Role::Leader, CITY);
    let all = ListReportsRequest::default();
    let list = ledger.ask(&leader, &all, reports::list).expect("reports");
    let report = &list.reports[0];
    assert_eq!(
        (report.unit.as_str(), report.state_title.as_str(), list.total),
        (COUNTY, "已备案", 1)
    );
    assert!(report.signed_at.is_some() && report.sealed_at.is_some() && report.filed_at.is_some());
    let of = |state: Option<&str>, reached: Option<&str>| {
        let asked = ListReportsRequest {
            state: state.map(str::to_owned),
            reached: reached.map(str::to_owned),
            ..ListReportsRequest::default()
        };
        ledger.ask(&leader, &asked, reports::list).map(|list| list.total)
    };
    assert_eq!(of(None, Some("sealed")).expect("reports"), 1);
    assert_eq!(of(Some("sealed"), None).expect("reports"), 0);
    assert!(of(Some("lost"), None).is_err() && of(None, Some("drafted")).is_err());
    let said = |words: &str| {
        let asked = ListReportsRequest {
            text: words.to_owned(),
            ..ListReportsRequest::default()
        };
        ledger.ask(&leader, &asked, reports::list).expect("reports").total
    };
    for words in ["沭阳", "排查", "沭阳 负责人", "宿安备〔2020〕3号", "  "] {
        assert_eq!(said(words), 1, "{words}");
    }
    assert_eq!(said("沭阳 泗洪"), 0, "every word has to be there");
    let unknown = ListReportsRequest {
        stage: Some("never".into()),
        ..ListReportsRequest::default()
    };
    assert!(ledger.ask(&leader, &unknown, reports::list).is_err());
    let other = acting(Role::Leader, OTHER_COUNTY);
    assert_eq!(ledger.ask(&other, &all, reports::list).expect("reports").total, 0);
}
