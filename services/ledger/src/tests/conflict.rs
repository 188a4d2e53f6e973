//! Conflict of interest: what is about somebody is, for them, nowhere and never was.

use super::{History, TestLedger, case_stream};
use crate::export::export;
use crate::query::{
    board, bulletin, cases, drafts, escalations, failures, obligations, report, reports, signing,
    supervision, tips, trend, work,
};
use accountability_domain::{AccountabilityEvent, Addressee, ClockId, Escalation, FailureKind};
use jurisdiction::sample::{CITY, COUNTY, DISCIPLINE, OFFICE, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, CaseId, Obligation, Role, Subject, TipId, UnitCode};
use mingcha_proto::ledger::{
    BoardRequest, BulletinRequest, DraftListRequest, ExportRequest, GetCaseRequest, GetReportRequest,
    GetTipRequest, ListCasesRequest, ListEscalationsRequest, ListFailuresRequest, ListFindingsRequest,
    ListObligationsRequest, ListReportsRequest, ListSpecialSupervisionRequest, ListTipsRequest,
    ReportRequest, TrendRequest, WorkListRequest,
};
use serde_json::json;

/// The same town twice: without, and with a case (and its tip) about the township in which it lies. Case 2 stays open to
/// all. (No such tip can be linked to it: the case would be about the township from that moment on.)
fn histories() -> (History, History) {
    let (mut without, mut with) = (History::new(), History::new());
    for history in [&mut without, &mut with] {
        history
            .case(2, Some(VILLAGE), Some(COUNTY))
            .clock(2, Obligation::FirstInspection, COUNTY, 24);
    }
    tip_about_the_township(&mut with);
    let mut opened = super::goldens::golden_of("case.opened.v1");
    opened["place"]["division"] = json!(VILLAGE);
    opened["against"] = json!({ "units": [TOWNSHIP] });
    with.stored(&case_stream(1), "case.opened.v1", opened);
    with.clock(1, Obligation::FirstInspection, COUNTY, 24);
    late_and_failed(&mut with);
    for history in [&mut without, &mut with] {
        history.later(48);
    }
    (without, with)
}

/// What a hidden case brings about counts for nobody whom it is hidden from.
fn late_and_failed(history: &mut History) {
    let unit = |unit: &str| Addressee {
        unit: UnitCode::of(unit),
        person: None,
        name: None,
    };
    let deadline = history.now;
    let late = Escalation {
        clock: ClockId::new(Obligation::FirstInspection, 1),
        deadline,
        repetition: 0,
        reached: deadline,
        to: unit(COUNTY),
        about: unit(TOWNSHIP),
        answer_due: deadline,
    };
    let failed = AccountabilityEvent::FailureRecorded {
        subject: Subject::Case(CaseId::sample(1)),
        kind: FailureKind::Concealment,
        cause: "1".into(),
        unit: UnitCode::of(TOWNSHIP),
        persons: vec![],
        note: "曾被认定未发现".into(),
        clock: None,
    };
    let stream = format!("accountability-{}", CaseId::sample(1));
    history
        .add(&stream, &AccountabilityEvent::ReminderIssued(late))
        .add(&stream, &failed);
}

fn tip_about_the_township(history: &mut History) {
    let tip = format!("tip-{}", TipId::sample(9));
    let mut received = super::goldens::golden_of("tip.received.v1");
    received["place"]["division"] = json!(VILLAGE);
    received["against"] = json!({ "units": [TOWNSHIP] });
    history.stored(&tip, "tip.received.v1", received);
    let mut accepted = super::goldens::golden_of("tip.accepted.v1");
    accepted["place"]["division"] = json!(VILLAGE);
    accepted["case"] = json!(CaseId::sample(1));
    history.stored(&tip, "tip.accepted.v1", accepted);
}

macro_rules! told {
    ($ledger:expr, $actor:expr; $($request:expr => $query:path),+ $(,)?) => {
        [$(format!("{:#?}", $ledger.ask($actor, &$request, $query).map_err(said))),+]
    };
}

/// All that somebody can ask for, without the positions.
fn everything(history: &History, actor: &Actor) -> String {
    let ledger = history.ledger();
    let get = GetCaseRequest {
        case_id: CaseId::sample(1).to_string(),
        ..GetCaseRequest::default()
    };
    let tip = GetTipRequest {
        tip_id: TipId::sample(9).to_string(),
        ..GetTipRequest::default()
    };
    let open = GetCaseRequest {
        case_id: CaseId::sample(2).to_string(),
        ..GetCaseRequest::default()
    };
    let report = GetReportRequest {
        unit: TOWNSHIP.to_owned(),
        stage: "sweep".to_owned(),
        ..GetReportRequest::default()
    };
    let lists = told!(ledger, actor;
        ListCasesRequest::default() => cases::list,
        ListTipsRequest::default() => tips::list,
        WorkListRequest::default() => work::list,
        ListEscalationsRequest::default() => escalations::list,
        ListObligationsRequest::default() => obligations::list,
        ListFailuresRequest::default() => failures::list,
        ListFindingsRequest::default() => supervision::findings,
        ListSpecialSupervisionRequest::default() => supervision::special,
        ListReportsRequest::default() => reports::list,
    );
    let figures = told!(ledger, actor;
        ReportRequest::default() => report::report,
        TrendRequest::default() => trend::trend,
        BoardRequest::default() => board::board,
        BulletinRequest::default() => bulletin::bulletin,
        get => cases::get,
        tip => tips::get,
        open => cases::get,
        report => signing::report,
    );
    let files =
        ["cases", "obligations", "failures", "statistics"].map(|list| taken_away(&ledger, actor, list));
    let told = [lists.join("\n"), figures.join("\n"), files.join("\n")].concat();
    let position = history.facts.len() * 100;
    told.replace(&format!("position: {position}"), "position: _")
}

/// The rows of a file, without its notes.
fn taken_away(ledger: &TestLedger, actor: &Actor, list: &str) -> String {
    let request = ExportRequest {
        list: list.to_owned(),
        format: "csv".to_owned(),
        ..ExportRequest::default()
    };
    let file = ledger.ask(actor, &request, export).map_err(said);
    format!(
        "{:?}",
        file.map(|file| sheets::read(&file.data).expect("a table"))
    )
}

/// All that a refusal shows.
fn said(status: tonic::Status) -> String {
    // The details carry the same words in no fixed order.
    format!(
        "{:?} {} {}",
        status.code(),
        status.message(),
        status.details().len()
    )
}

#[test]
fn those_it_is_about_are_answered_as_if_it_did_not_exist() {
    let (without, with) = histories();
    for actor in [
        acting(Role::Leader, TOWNSHIP),
        acting(Role::Dispatcher, TOWNSHIP),
        acting(Role::Handler, TOWNSHIP),
        acting(Role::Leader, VILLAGE),
        acting(Role::Handler, VILLAGE),
    ] {
        let (expected, told) = (everything(&without, &actor), everything(&with, &actor));
        for (expected, told) in expected.lines().zip(told.lines()) {
            assert_eq!(expected, told, "{actor}");
        }
        assert_eq!(expected.len(), told.len(), "{actor}");
    }
}

#[test]
fn everybody_else_sees_it_as_always() {
    let (_, with) = histories();
    let ledger = with.ledger();
    for actor in [
        acting(Role::Leader, COUNTY),
        acting(Role::Dispatcher, OFFICE),
        acting(Role::Inspector, DISCIPLINE),
        acting(Role::Leader, CITY),
    ] {
        let list = ledger.ask(&actor, &ListCasesRequest::default(), cases::list);
        assert_eq!(list.expect("a list").total, 2, "{actor}");
        let list = ledger.ask(&actor, &ListTipsRequest::default(), tips::list);
        assert_eq!(list.expect("a list").total, 1, "{actor}");
        let whole = everything(&with, &actor);
        assert!(whole.contains(&CaseId::sample(1).to_string()), "{actor}");
    }
    let other = acting(Role::Leader, OTHER_TOWNSHIP);
    let get = GetCaseRequest {
        case_id: CaseId::sample(1).to_string(),
        ..GetCaseRequest::default()
    };
    let refused = ledger.ask(&other, &get, cases::get).expect_err("refused");
    assert_eq!(
        refused.code(),
        tonic::Code::PermissionDenied,
        "not theirs, but not about them"
    );
}

#[test]
fn the_report_of_a_unit_does_not_list_what_is_about_it_and_that_of_the_level_above_does() {
    let (_, with) = histories();
    let ledger = with.ledger();
    let lines = |unit: &str| {
        let request = DraftListRequest {
            unit: unit.to_owned(),
            stage: "sweep".to_owned(),
            ..DraftListRequest::default()
        };
        let service = Actor::system("result-reporting/draft");
        let draft = ledger.ask(&service, &request, drafts::draft).expect("a draft");
        assert_eq!(
            draft.canonical.contains(&CaseId::sample(1).to_string()),
            draft.lines.len() == 2
        );
        draft.lines.len()
    };
    assert_eq!((lines(VILLAGE), lines(TOWNSHIP), lines(COUNTY)), (1, 1, 2));
}

/// It was in the list, and told as a contradiction, before anybody knew whom it is about.
#[test]
fn what_is_hidden_of_a_report_is_in_none_of_its_numbers() {
    let (_, mut with) = histories();
    let stream = format!("report-{TOWNSHIP}-sweep");
    let mut drafted = super::goldens::golden_of("report.drafted.v1");
    let lines: Vec<_> = [1, 2]
        .map(|number| json!({ "case": CaseId::sample(number), "state": "opened", "class": null, "place": "老砖瓦厂" }))
        .into();
    drafted["list"] = json!(lines);
    let mut found = super::goldens::golden_of("report.contradicted.v1");
    found["case"] = json!(CaseId::sample(1));
    with.stored(&stream, "report.drafted.v1", drafted);
    with.stored(&stream, "report.contradicted.v1", found);
    let ledger = with.ledger();
    let counted = |role: Role, unit: &str| {
        let list = ledger.ask(&acting(role, unit), &ListReportsRequest::default(), reports::list);
        let list = list.expect("a list").reports;
        let row = list.iter().find(|row| row.unit == TOWNSHIP).expect("the report");
        let request = GetReportRequest {
            unit: TOWNSHIP.to_owned(),
            stage: "sweep".to_owned(),
            ..GetReportRequest::default()
        };
        let one = ledger
            .ask(&acting(role, unit), &request, signing::report)
            .expect("a report");
        let one = one.report.expect("its row");
        assert_eq!((one.lines, one.contradictions), (row.lines, row.contradictions));
        (row.lines, row.contradictions)
    };
    assert_eq!(counted(Role::Leader, COUNTY), (2, 1));
    assert_eq!(counted(Role::Leader, TOWNSHIP), (1, 0));
}

#[test]
fn who_is_once_in_conflict_stays_so() {
    let mut history = History::new();
    let tip = format!("tip-{}", TipId::sample(9));
    for unit in [TOWNSHIP, OTHER_TOWNSHIP] {
        let mut received = super::goldens::golden_of("tip.received.v1");
        received["against"] = json!({ "units": [unit] });
        history.stored(&tip, "tip.received.v1", received);
    }
    let ledger = history.ledger();
    let said = "SELECT count(*) FROM against WHERE against LIKE '%321322102%' AND against LIKE '%321322103%'";
    assert_eq!(ledger.count(said), 1);
}

/// Its own fact still names the case that was merged away.
#[test]
fn tips_that_came_with_a_merged_case_are_hidden_with_the_case_that_goes_on() {
    let (_, mut with) = histories();
    let tip = TipId::sample(8);
    let mut received = super::goldens::golden_of("tip.received.v1");
    received["place"]["division"] = json!(VILLAGE);
    with.stored(&format!("tip-{tip}"), "tip.received.v1", received);
    let mut accepted = super::goldens::golden_of("tip.accepted.v1");
    accepted["place"]["division"] = json!(VILLAGE);
    accepted["case"] = json!(CaseId::sample(2));
    with.stored(&format!("tip-{tip}"), "tip.accepted.v1", accepted);
    let sees = |history: &History| {
        let ledger = history.ledger();
        let township = acting(Role::Leader, TOWNSHIP);
        let list = ledger.ask(&township, &ListTipsRequest::default(), tips::list);
        list.expect("a list").total
    };
    assert_eq!(sees(&with), 1);
    with.add(&case_stream(1), &case_domain::CaseEvent::TipLinked { tip });
    assert_eq!(sees(&with), 0);
}

/// The site of a tip about a unit may lie elsewhere; whoever has to screen it sees it.
#[test]
fn what_a_unit_has_to_screen_it_sees_wherever_the_site_is() {
    let mut history = History::new();
    let tip = TipId::sample(9);
    let mut received = super::goldens::golden_of("tip.received.v1");
    received["place"]["division"] = serde_json::Value::Null;
    received["against"] = json!({ "units": [TOWNSHIP] });
    history.stored(&format!("tip-{tip}"), "tip.received.v1", received);
    let sees = |history: &History| {
        let ledger = history.ledger();
        let county = acting(Role::Dispatcher, COUNTY);
        let list = ledger.ask(&county, &ListTipsRequest::default(), tips::list);
        list.expect("a list").total
    };
    assert_eq!(sees(&history), 0, "nobody has been given it yet");
    history.clock_of(Subject::Tip(tip), Obligation::ScreenTip, COUNTY, 24);
    assert_eq!(sees(&history), 1);
}
