//! As of an instant: the same as if nothing had happened since.

use super::goldens::{golden, golden_of, stream};
use super::rebuilding::project;
use super::{History, TestLedger, case_stream};
use crate::asking::{Asked, Query};
use crate::compare::{Comparison, compare};
use crate::past::{Past, PastBook};
use crate::query::{
    board, cases, escalations, failures, obligations, report, reports, signing, supervision, tips, trend,
    work,
};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::sample::{
    CITY, COUNTY, DISCIPLINE, OFFICE, OTHER_COUNTY, TOWNSHIP, VILLAGE, acting, suqian,
};
use jurisdiction::{Actor, CaseId, Jurisdiction, Obligation, Role, TipId, UnitCode};
use mingcha_proto::ledger::{
    BoardRequest, GetCaseRequest, GetReportRequest, ListCasesRequest, ListEscalationsRequest,
    ListFailuresRequest, ListFindingsRequest, ListInquiriesRequest, ListObligationsRequest,
    ListReportsRequest, ListSpecialSupervisionRequest, ListTasksRequest, ListTipsRequest, ReportRequest,
    TrendRequest, WorkListRequest,
};
use platform::Recorded;
use proptest::prelude::*;
use serde_json::json;
use std::fmt::Debug;
use std::sync::Arc;
use tempfile::TempDir;

impl TestLedger {
    pub(super) fn past(&self) -> Past {
        Past::beside(&self._folder.path().join("ledger.sqlite")).expect("a folder")
    }
    /// Asks of an instant, beside the directory of then.
    fn ask_as_of<Q: Asked, R>(
        &self,
        actor: &Actor,
        (at, then): (Timestamp, &Arc<Jurisdiction>),
        request: &Q,
        query: Query<Q, R>,
    ) -> Result<R, tonic::Status> {
        let past = self.past().book(&self.book, at, &self.jurisdiction)?;
        self.asker(actor)
            .ask_as_of((&self.book, &past), (at, then), request, query)
    }
}

fn histories() -> impl Strategy<Value = (Vec<Recorded>, i64)> {
    let count = golden().len();
    let picks = prop::collection::vec((0..count, 1u128..3, -1i64..3), 1..80);
    (picks, 0i64..80).prop_map(|(picks, hours)| {
        let golden = golden();
        let mut history = History::new();
        for (index, which, later) in picks {
            let (name, data) = &golden[index];
            // Clocks of several services are not one clock: a fact may come after a younger one.
            history
                .later(later)
                .stored(&stream(name, which), name, data.clone());
        }
        (history.facts, hours)
    })
}

/// All rows of all tables, the index of words included.
fn equals(past: &PastBook, facts: &[Recorded], portion: usize) -> bool {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("then.sqlite");
    let _of_then = project(&file, facts, portion);
    matches!(compare(past.book.file(), &file), Ok(Comparison::Equal { .. }))
}

/// All that the two books answer to one person.
fn same<Q: Asked, R: Debug>(
    (ledger, of_then): (&TestLedger, &TestLedger),
    actor: &Actor,
    request: &Q,
    query: Query<Q, R>,
) {
    let then = (of_then.now, &of_then.jurisdiction);
    let told = ledger.ask_as_of(actor, then, request, query).expect("an answer");
    let expected = of_then.ask(actor, request, query).expect("an answer");
    // The lists behind the figures are those of then as well.
    let told = format!("{told:#?}").replace(&format!("as_of={}&", then.0), "");
    assert_eq!(told, format!("{expected:#?}"), "{actor}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn as_of_equals_a_ledger_that_was_fed_no_more_than_that((facts, hours) in histories(), portion in 1usize..20) {
        let start = History::new().now;
        let at = start + SignedDuration::from_hours(hours);
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("whole.sqlite");
        let whole = project(&file, &facts, facts.len());
        let past = Past::beside(&file).expect("a folder");
        let known: Vec<Recorded> = facts.iter().filter(|fact| fact.metadata.at <= at).cloned().collect();
        let told = past.book(&whole, at, &Arc::new(suqian())).expect("a past book");
        prop_assert!(equals(&told, &known, portion));
    }

    #[test]
    fn what_comes_late_is_taken_into_a_past_that_was_already_asked_for((facts, hours) in histories(), half in 0usize..80) {
        let at = History::new().now + SignedDuration::from_hours(hours);
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("whole.sqlite");
        let half = half.min(facts.len());
        let today = Arc::new(suqian());
        let past = Past::beside(&file).expect("a folder");
        let whole = project(&file, &facts[..half], half);
        past.book(&whole, at, &today).expect("a past book");
        let whole = project(&file, &facts, facts.len());
        let told = past.book(&whole, at, &today).expect("a past book");
        let known: Vec<Recorded> = facts.into_iter().filter(|fact| fact.metadata.at <= at).collect();
        prop_assert!(equals(&told, &known, known.len()));
    }
}

#[test]
fn every_list_and_the_table_say_of_then_what_they_said_then() {
    let mut history = History::new();
    for (name, data) in golden() {
        history.stored(&stream(&name, 7), &name, data);
    }
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 24);
    let of_then = history.ledger();
    history.later(48).close(1).case(2, Some(TOWNSHIP), Some(TOWNSHIP));
    for (name, data) in golden() {
        history.stored(&stream(&name, 8), &name, data);
    }
    let ledger = history.later(48).ledger();
    let both = (&ledger, &of_then);
    for actor in [acting(Role::Leader, COUNTY), acting(Role::Dispatcher, OFFICE)] {
        same(both, &actor, &ListCasesRequest::default(), cases::list);
        same(both, &actor, &ListTipsRequest::default(), tips::list);
        same(both, &actor, &WorkListRequest::default(), work::list);
        same(
            both,
            &actor,
            &ListEscalationsRequest::default(),
            escalations::list,
        );
        same(both, &actor, &ListReportsRequest::default(), reports::list);
        same(
            both,
            &actor,
            &ListObligationsRequest::default(),
            obligations::list,
        );
        same(
            both,
            &actor,
            &ListFindingsRequest::default(),
            supervision::findings,
        );
        same(both, &actor, &ListTasksRequest::default(), supervision::tasks);
        same(
            both,
            &actor,
            &ListSpecialSupervisionRequest::default(),
            supervision::special,
        );
        same(both, &actor, &ReportRequest::default(), report::report);
        same(both, &actor, &ListFailuresRequest::default(), failures::list);
        same(both, &actor, &BoardRequest::default(), board::board);
        let days = TrendRequest {
            from: Some("2020-05-25".to_owned()),
            until: Some("2020-06-05".to_owned()),
            ..TrendRequest::default()
        };
        same(both, &actor, &days, trend::trend);
        let get = GetCaseRequest {
            case_id: CaseId::sample(1).to_string(),
            ..GetCaseRequest::default()
        };
        same(both, &actor, &get, cases::get);
        let report = GetReportRequest {
            unit: VILLAGE.to_owned(),
            stage: "sweep".to_owned(),
            ..GetReportRequest::default()
        };
        same(both, &actor, &report, signing::report);
    }
    let inspector = acting(Role::Inspector, DISCIPLINE);
    same(
        both,
        &inspector,
        &ListInquiriesRequest::default(),
        failures::inquiries,
    );
}

#[test]
fn names_and_areas_are_those_of_then_and_what_one_may_see_is_that_of_today() {
    let mut history = History::new();
    history.case(1, Some(TOWNSHIP), Some(TOWNSHIP));
    let at = history.now;
    let mut ledger = history.later(48).ledger();
    let then = Arc::new(suqian());
    let mut moved = suqian();
    if let Some(unit) = moved.units.get_mut(&UnitCode::of(TOWNSHIP)) {
        unit.parent = Some(UnitCode::of(OTHER_COUNTY));
        unit.name = "新胡集镇".to_owned();
    }
    ledger.jurisdiction = Arc::new(moved);
    let list = |actor: &Actor| {
        let answer = ledger.ask_as_of(actor, (at, &then), &ListCasesRequest::default(), cases::list);
        answer.expect("cases").cases
    };
    let row = list(&acting(Role::Leader, CITY)).remove(0);
    assert_eq!(row.owner_name.as_deref(), Some("胡集镇"));
    assert_eq!(row.county.as_deref(), Some(COUNTY), "it lay there then");
    assert!(
        list(&acting(Role::Leader, COUNTY)).is_empty(),
        "it is theirs no more"
    );
    assert_eq!(
        list(&acting(Role::Leader, OTHER_COUNTY)).len(),
        1,
        "it is theirs now"
    );
    // Numbers count what their list shows.
    let leader = acting(Role::Leader, COUNTY);
    let table = ledger.ask_as_of(&leader, (at, &then), &ReportRequest::default(), report::report);
    let rows = table.expect("a table").rows;
    let cases = rows[0].figures.iter().find(|figure| figure.code == "cases");
    assert_eq!(cases.map(|figure| figure.value), Some(0));
}

#[test]
fn what_is_hidden_today_is_hidden_in_the_past_as_well() {
    let mut history = History::new();
    // A tip about nobody leads to a case; later the tip moves on, and the case turns out to be about the township.
    let tip = format!("tip-{}", TipId::sample(9));
    let mut received = golden_of("tip.received.v1");
    received["place"]["division"] = json!(VILLAGE);
    history.stored(&tip, "tip.received.v1", received);
    let mut accepted = golden_of("tip.accepted.v1");
    accepted["place"]["division"] = json!(VILLAGE);
    accepted["case"] = json!(CaseId::sample(1));
    history.stored(&tip, "tip.accepted.v1", accepted.clone());
    history.case(1, Some(VILLAGE), Some(TOWNSHIP));
    let at = history.now;
    history.later(24);
    accepted["case"] = json!(CaseId::sample(2));
    history.stored(&tip, "tip.accepted.v1", accepted);
    let mut opened = golden_of("case.opened.v1");
    opened["place"]["division"] = json!(VILLAGE);
    opened["against"] = json!({ "units": [TOWNSHIP] });
    history.stored(&case_stream(1), "case.opened.v1", opened);
    let ledger = history.ledger();
    let then = Arc::new(suqian());
    let seen = |unit: &str| {
        let actor = acting(Role::Leader, unit);
        let cases = ledger.ask_as_of(&actor, (at, &then), &ListCasesRequest::default(), cases::list);
        let tips = ledger.ask_as_of(&actor, (at, &then), &ListTipsRequest::default(), tips::list);
        (cases.expect("cases").total, tips.expect("tips").total)
    };
    assert_eq!(seen(COUNTY), (1, 1));
    assert_eq!(seen(TOWNSHIP), (0, 0), "the tip would name the case");
}

#[test]
fn only_so_many_instants_are_kept_and_their_files_go_with_them() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), None);
    let ledger = history.ledger();
    let past = ledger.past();
    for hour in 0..12 {
        let at = history.now + SignedDuration::from_hours(hour);
        past.book(&ledger.book, at, &ledger.jurisdiction)
            .expect("a past book");
    }
    let folder = ledger._folder.path().join("ledger.sqlite-past");
    let left = std::fs::read_dir(&folder).expect("the folder").count();
    assert_eq!(left, 4);
    ledger.past();
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 0);
}
