//! What stands on whose work list besides clocks: judgements, checks, draws, messages, reports.

use super::{History, case_stream};
use crate::query::{signing, work};
use case_domain::CaseEvent;
use jurisdiction::sample::{
    COUNTY, COUNTY_ECOLOGY, DISCIPLINE, OFFICE, OTHER_COUNTY, OTHER_TOWNSHIP, OTHER_VILLAGE, SUPERVISION,
    TOWNSHIP, VILLAGE, acting,
};
use jurisdiction::{Obligation, Role, TipId, UnitCode};
use mingcha_proto::ledger::{GetReportRequest, WorkItem, WorkListRequest, WorkListResponse};
use serde_json::json;
use tonic::{Code, Status};

pub(super) fn asked(
    history: &History,
    role: Role,
    unit: &str,
    request: &WorkListRequest,
) -> Result<WorkListResponse, Status> {
    history.ledger().ask(&acting(role, unit), request, work::list)
}
pub(super) fn list(history: &History, role: Role, unit: &str) -> Vec<WorkItem> {
    let answer = asked(history, role, unit, &WorkListRequest::default());
    answer.expect("a work list").items
}
fn of_kind(history: &History, role: Role, unit: &str, kind: &str) -> Vec<WorkItem> {
    let mut items = list(history, role, unit);
    items.retain(|item| item.kind == kind);
    items
}
fn extension(history: &mut History) {
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 48);
    let due = history.now + jiff::SignedDuration::from_hours(48);
    let asked = CaseEvent::ExtensionRequested {
        clock: accountability_domain::ClockId::new(Obligation::FirstInspection, 1)
            .as_str()
            .to_owned(),
        obligation: Obligation::FirstInspection,
        unit: UnitCode::of(TOWNSHIP),
        due,
        to: due + jiff::SignedDuration::from_hours(24),
        reason: "连日暴雨，道路不通".into(),
    };
    history.later(1).add(&case_stream(1), &asked);
}

#[test]
fn an_extension_is_on_the_list_of_the_level_above_until_it_is_answered_or_moot() {
    let mut history = History::new();
    extension(&mut history);
    let items = of_kind(&history, Role::Leader, COUNTY, "extension_to_judge");
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].what, "连日暴雨，道路不通");
    assert_eq!(items[0].obligation.as_deref(), Some("first_inspection"));
    assert_eq!(
        items[0].seconds_left,
        Some(47 * 3600),
        "afterwards there is nothing to extend"
    );
    for (role, unit) in [
        (Role::Leader, TOWNSHIP),
        (Role::Leader, OFFICE),
        (Role::Leader, OTHER_TOWNSHIP),
        (Role::Leader, COUNTY_ECOLOGY),
        (Role::Dispatcher, COUNTY),
    ] {
        assert!(
            of_kind(&history, role, unit, "extension_to_judge").is_empty(),
            "{role:?} of {unit}"
        );
    }
    let mut done = History::new();
    extension(&mut done);
    done.stop(
        1,
        Obligation::FirstInspection,
        accountability_domain::StopReason::Fulfilled,
    );
    assert!(of_kind(&done, Role::Leader, COUNTY, "extension_to_judge").is_empty());
    history.add(
        &case_stream(1),
        &CaseEvent::ExtensionRefused {
            clock: accountability_domain::ClockId::new(Obligation::FirstInspection, 1)
                .as_str()
                .to_owned(),
            obligation: Obligation::FirstInspection,
            reason: "不能再拖".into(),
        },
    );
    assert!(of_kind(&history, Role::Leader, COUNTY, "extension_to_judge").is_empty());
}

/// The golden fact of a unit's accountability, for the township.
fn of_township(history: &mut History, name: &str) {
    let mut fact = super::goldens::golden_of(name);
    if fact.get("unit").is_some() {
        fact["unit"] = json!(TOWNSHIP);
    }
    let number = if name.contains("task") { "task" } else { "finding" };
    fact[number] = json!(1);
    history
        .later(1)
        .stored(&format!("accountability-{TOWNSHIP}"), name, fact);
}

#[test]
fn answers_to_findings_go_to_the_supervision_group_and_task_reports_to_the_office() {
    let mut history = History::new();
    of_township(&mut history, "accountability.finding_recorded.v1");
    of_township(&mut history, "accountability.task_assigned.v1");
    for (role, unit) in [(Role::Supervisor, SUPERVISION), (Role::Dispatcher, OFFICE)] {
        let judged = |item: &WorkItem| item.kind.ends_with("_to_judge");
        assert!(
            !list(&history, role, unit).iter().any(judged),
            "nothing was answered yet"
        );
    }
    of_township(&mut history, "accountability.finding_answered.v1");
    of_township(&mut history, "accountability.task_reported.v1");
    let answers = of_kind(&history, Role::Supervisor, SUPERVISION, "finding_answer_to_judge");
    assert_eq!(
        (answers.len(), answers[0].number, answers[0].unit.as_str()),
        (1, Some(1), TOWNSHIP)
    );
    for role in [Role::Leader, Role::Dispatcher] {
        assert_eq!(
            of_kind(&history, role, OFFICE, "task_report_to_judge").len(),
            1,
            "{role:?}"
        );
        assert!(
            of_kind(&history, role, COUNTY, "task_report_to_judge").is_empty(),
            "{role:?}"
        );
    }
    assert!(of_kind(&history, Role::Inspector, DISCIPLINE, "finding_answer_to_judge").is_empty());
    of_township(&mut history, "accountability.finding_judged.v1");
    of_township(&mut history, "accountability.task_accepted.v1");
    assert!(of_kind(&history, Role::Supervisor, SUPERVISION, "finding_answer_to_judge").is_empty());
    assert!(of_kind(&history, Role::Leader, OFFICE, "task_report_to_judge").is_empty());
}

#[test]
fn spot_checks_and_draws_are_the_supervision_groups() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), Some(TOWNSHIP));
    let disposal = case_stream(1).replace("case-", "disposal-");
    history.stored(
        &disposal,
        "disposal.ordered.v1",
        super::goldens::golden_of("disposal.ordered.v1"),
    );
    history.stored(
        &disposal,
        "disposal.closed.v1",
        super::goldens::golden_of("disposal.closed.v1"),
    );
    history.close(1);
    let to_announce = of_kind(&history, Role::Supervisor, SUPERVISION, "draw_to_announce");
    assert_eq!(to_announce.len(), 1);
    assert_eq!(to_announce[0].what, "可以列入下一次抽签的点位 1 处");
    assert_eq!(to_announce[0].sites, Some(1));
    let mut announced = super::goldens::golden_of("draw.announced.v1");
    announced["seed_at"] = json!((history.now + jiff::SignedDuration::from_hours(24)).to_string());
    let draw = format!("draw-{}", TipId::sample(1));
    history.stored(&draw, "draw.announced.v1", announced);
    let kinds = |history: &History| -> Vec<String> {
        let items = list(history, Role::Supervisor, SUPERVISION).into_iter();
        items.map(|item| item.kind).collect()
    };
    assert!(kinds(&history).is_empty(), "the seed is not public yet");
    history.later(25);
    assert_eq!(kinds(&history), ["draw_to_make"]);
    assert!(list(&history, Role::Inspector, DISCIPLINE).is_empty());
    history.stored(&draw, "draw.made.v1", super::goldens::golden_of("draw.made.v1"));
    let drawn = super::goldens::golden_of("disposal.spot_check_drawn.v1");
    history.stored(&disposal, "disposal.spot_check_drawn.v1", drawn);
    let check = list(&history, Role::Supervisor, SUPERVISION);
    assert_eq!(kinds(&history), ["spot_check_to_make"]);
    assert_eq!(check[0].place, "老砖瓦厂 1 号");
    let passed = super::goldens::golden_of("disposal.spot_check_passed.v1");
    history.stored(&disposal, "disposal.spot_check_passed.v1", passed);
    assert!(kinds(&history).is_empty());
}

fn told(history: &mut History, name: &str) {
    let mut fact = super::goldens::golden_of(name);
    if name == "tip.received.v1" {
        fact["place"]["division"] = json!(VILLAGE);
        fact["channel"] = json!("phone");
    }
    history
        .later(1)
        .stored(&format!("tip-{}", TipId::sample(1)), name, fact);
}

#[test]
fn a_message_after_the_screening_waits_for_an_answer_and_a_question_for_the_next_call() {
    let mut history = History::new();
    told(&mut history, "tip.received.v1");
    told(&mut history, "tip.reporter_wrote.v1");
    let messages = |history: &History| of_kind(history, Role::Dispatcher, COUNTY, "message_to_answer").len();
    let questions = |history: &History| list(history, Role::Operator, OFFICE);
    assert_eq!(messages(&history), 0, "whoever screens it reads it");
    assert!(questions(&history).is_empty());
    told(&mut history, "tip.rejected.v1");
    assert_eq!(messages(&history), 0);
    told(&mut history, "tip.reporter_wrote.v1");
    assert_eq!(messages(&history), 1);
    told(&mut history, "tip.reply_sent.v1");
    assert_eq!(messages(&history), 0);
    let asked = questions(&history);
    assert_eq!(asked.len(), 1, "by telephone nobody reads a screen");
    assert_eq!(
        (asked[0].kind.as_str(), asked[0].what.as_str()),
        ("question_to_pass_on", "请问厂门朝哪个方向？")
    );
    told(&mut history, "tip.evidence_added.v1");
    assert!(questions(&history).is_empty());
    assert_eq!(messages(&history), 1, "pictures are news as well");
}

#[test]
fn a_report_is_to_be_drafted_from_the_last_day_of_its_stage() {
    let mut history = History::new();
    assert!(of_kind(&history, Role::Leader, VILLAGE, "report_to_draft").is_empty());
    history.now = "2020-06-30T01:00:00Z".parse().expect("a timestamp");
    for (role, unit) in [
        (Role::Leader, VILLAGE),
        (Role::Handler, TOWNSHIP),
        (Role::Leader, COUNTY),
    ] {
        let items = of_kind(&history, role, unit, "report_to_draft");
        assert_eq!(items.len(), 1, "{role:?} of {unit}");
        assert_eq!(items[0].report, Some(format!("{unit}-sweep")));
    }
    assert!(of_kind(&history, Role::Leader, OFFICE, "report_to_draft").is_empty());
    assert!(of_kind(&history, Role::Handler, COUNTY_ECOLOGY, "report_to_draft").is_empty());
    let report = format!("report-{TOWNSHIP}-sweep");
    drafted(&mut history, &report);
    assert!(of_kind(&history, Role::Leader, TOWNSHIP, "report_to_draft").is_empty());
    assert_eq!(
        of_kind(&history, Role::Leader, TOWNSHIP, "report_to_sign").len(),
        1
    );
}

fn drafted(history: &mut History, report: &str) {
    let mut draft = super::goldens::golden_of("report.drafted.v1");
    draft["report"] = json!({ "unit": TOWNSHIP, "stage": "sweep" });
    history.stored(report, "report.drafted.v1", draft);
}

#[test]
fn whoever_signs_reads_the_very_list_that_was_drafted() {
    let mut history = History::new();
    let report = format!("report-{TOWNSHIP}-sweep");
    let request = GetReportRequest {
        unit: TOWNSHIP.to_owned(),
        stage: "sweep".to_owned(),
        ..GetReportRequest::default()
    };
    let ask = |history: &History, role, unit| {
        history
            .ledger()
            .ask(&acting(role, unit), &request, signing::report)
    };
    let before = ask(&history, Role::Leader, TOWNSHIP).expect("no report yet");
    assert_eq!((before.draft, before.revision), (None, None));
    drafted(&mut history, &report);
    let golden = super::goldens::golden_of("report.drafted.v1");
    for (role, unit) in [
        (Role::Leader, TOWNSHIP),
        (Role::Leader, COUNTY),
        (Role::Inspector, DISCIPLINE),
    ] {
        let read = ask(&history, role, unit).expect("the report");
        let draft = read.draft.expect("a draft");
        assert_eq!(draft.digest, golden["digest"], "{role:?}");
        assert_eq!(draft.list_position, golden["position"], "{role:?}");
        let lines = golden["list"].as_array().map_or(0, Vec::len);
        assert!(
            draft.lines.len() == lines && !draft.canonical.is_empty(),
            "{role:?}"
        );
        assert_eq!(read.revision, Some(0));
        assert!(read.outdated, "the ledger lists none of these sites");
    }
    for (role, unit) in [(Role::Leader, OTHER_TOWNSHIP), (Role::Leader, VILLAGE)] {
        let refused = ask(&history, role, unit).expect_err("refused");
        assert_eq!(refused.code(), Code::PermissionDenied, "{unit}");
    }
}

#[test]
fn what_a_merged_unit_had_in_hand_waits_on_the_desk_of_the_level_above() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(VILLAGE))
        .case(2, Some(VILLAGE), Some(VILLAGE))
        .close(2);
    let mut ledger = history.ledger();
    let waiting = |ledger: &super::TestLedger, unit: &str| {
        let asked = WorkListRequest::default();
        let answer = ledger.ask(&acting(Role::Dispatcher, unit), &asked, work::list);
        let items = answer.expect("a work list").items.into_iter();
        let items = items.filter(|item| item.kind == "case_to_reassign");
        items.map(|item| item.what).collect::<Vec<_>>()
    };
    assert!(waiting(&ledger, COUNTY).is_empty());
    let mut known = jurisdiction::sample::suqian();
    known.merge(&UnitCode::of(VILLAGE), &UnitCode::of(OTHER_VILLAGE));
    ledger.jurisdiction = std::sync::Arc::new(known);
    assert_eq!(waiting(&ledger, COUNTY), ["示范一村已并入示范二村，请改派"]);
    assert!(waiting(&ledger, OTHER_COUNTY).is_empty());
    // Its numbers count for the one that took it over, and nobody reports for it any more.
    let table = mingcha_proto::ledger::ReportRequest {
        unit: Some(TOWNSHIP.into()),
        ..Default::default()
    };
    let leader = acting(Role::Leader, COUNTY);
    let rows = ledger
        .ask(&leader, &table, crate::query::report::report)
        .expect("a table")
        .rows;
    let cases = |unit: &str| {
        let row = rows.iter().find(|row| row.unit == unit)?;
        row.figures
            .iter()
            .find(|figure| figure.code == "cases")
            .map(|figure| figure.value)
    };
    assert_eq!((cases(OTHER_VILLAGE), cases(VILLAGE)), (Some(2), None));
}
