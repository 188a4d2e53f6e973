//! What of area reports waits on whose desk: from the guarantee to the verdict.

use super::History;
use crate::query::{drafts, work};
use jurisdiction::sample::{COUNTY, OFFICE, OTHER_VILLAGE, SUPERVISION, VILLAGE, acting};
use jurisdiction::{CaseId, Level, Role, StaffId};
use mingcha_proto::ledger::{LowerReportsRequest, WorkListRequest};
use report_domain::{Digest, ReportEvent, ReportId};

fn report(unit: &str, stage: &str) -> ReportId {
    format!("{unit}-{stage}").parse().expect("a report")
}
fn add(history: &mut History, report: &ReportId, event: &ReportEvent) {
    history.later(1).add(&format!("report-{report}"), event);
}
fn waiting(history: &History, role: Role, unit: &str) -> Vec<String> {
    let answer = history
        .ledger()
        .ask(&acting(role, unit), &WorkListRequest::default(), work::list);
    let items = answer.expect("a work list").items.into_iter();
    let reports = items.filter_map(|item| Some(format!("{} {}", item.kind, item.report?)));
    reports.collect()
}
fn drafted(report: &ReportId) -> ReportEvent {
    ReportEvent::ReportDrafted {
        report: report.clone(),
        position: 1,
        digest: Digest::sample(1),
        list: vec![],
        lower: vec![],
    }
}
fn since() -> jiff::Timestamp {
    "2020-06-29T16:00:00Z".parse().expect("a timestamp")
}

#[test]
fn what_nobody_drafts_waits_on_the_desk_of_leader_and_handlers_until_it_is_drafted_whole() {
    let mut history = History::new();
    let sweep = report(VILLAGE, "sweep");
    assert!(waiting(&history, Role::Leader, VILLAGE).is_empty());
    let due = ReportEvent::ReportDue {
        report: sweep.clone(),
        since: since(),
    };
    add(&mut history, &sweep, &due);
    let to_draft = [format!("report_to_draft {sweep}")];
    assert_eq!(waiting(&history, Role::Leader, VILLAGE), to_draft);
    assert_eq!(waiting(&history, Role::Handler, VILLAGE), to_draft);
    assert!(waiting(&history, Role::Leader, OTHER_VILLAGE).is_empty());
    add(&mut history, &sweep, &drafted(&sweep));
    assert_eq!(
        waiting(&history, Role::Leader, VILLAGE),
        [format!("report_to_sign {sweep}")]
    );
    assert!(waiting(&history, Role::Handler, VILLAGE).is_empty());
    let outdated = ReportEvent::DraftOutdated {
        case: CaseId::sample(9),
        place: "闲置厂房".into(),
    };
    add(&mut history, &sweep, &outdated);
    assert_eq!(waiting(&history, Role::Leader, VILLAGE), to_draft);
    let asked = LowerReportsRequest {
        unit: VILLAGE.into(),
        stage: "sweep".into(),
        ..Default::default()
    };
    let answer = history
        .ledger()
        .ask(&acting(Role::Leader, VILLAGE), &asked, drafts::lower);
    let own = answer.expect("reports").own.expect("its own");
    assert_eq!((own.outdated, own.due_at), (1, Some(since().to_string())));
}

#[test]
fn a_guarantee_waits_on_the_desk_of_the_leader_until_it_is_given() {
    let mut history = History::new();
    let sweep = report(VILLAGE, "sweep");
    let due = ReportEvent::GuaranteeDue {
        report: sweep.clone(),
        since: since(),
    };
    add(&mut history, &sweep, &due);
    assert_eq!(
        waiting(&history, Role::Leader, VILLAGE),
        [format!("guarantee_to_give {sweep}")]
    );
    assert!(waiting(&history, Role::Handler, VILLAGE).is_empty());
    let given = ReportEvent::GuaranteeGiven {
        report: sweep.clone(),
        text: "保证不漏一户".into(),
    };
    add(&mut history, &sweep, &given);
    assert!(waiting(&history, Role::Leader, VILLAGE).is_empty());
}

#[test]
fn what_is_on_file_in_the_stage_of_acceptance_waits_for_the_verdict_of_the_supervision_group() {
    let mut history = History::new();
    for stage in ["sweep", "acceptance"] {
        let report = report(COUNTY, stage);
        let signed = ReportEvent::ReportSigned {
            digest: Digest::sample(1),
            signed_by: StaffId::of("leader-321322"),
            level: Level::County,
        };
        let sealed = ReportEvent::ReportSealed {
            digest: Digest::sample(1),
        };
        let filed = ReportEvent::ReportFiled { number: "1".into() };
        for event in [drafted(&report), signed, sealed, filed] {
            add(&mut history, &report, &event);
        }
    }
    let acceptance = report(COUNTY, "acceptance");
    let to_accept = [format!("report_to_accept {acceptance}")];
    assert_eq!(waiting(&history, Role::Supervisor, SUPERVISION), to_accept);
    assert!(waiting(&history, Role::Leader, OFFICE).is_empty());
    let refused = ReportEvent::AcceptanceRefused {
        reason: "三处没有清理".into(),
    };
    add(&mut history, &acceptance, &refused);
    assert!(waiting(&history, Role::Supervisor, SUPERVISION).is_empty());
    assert_eq!(
        waiting(&history, Role::Leader, COUNTY),
        [format!("report_to_draft {acceptance}")]
    );
    let asked = LowerReportsRequest {
        unit: COUNTY.into(),
        stage: "acceptance".into(),
        ..Default::default()
    };
    let answer = history
        .ledger()
        .ask(&acting(Role::Leader, COUNTY), &asked, drafts::lower);
    let own = answer.expect("reports").own.expect("its own");
    assert_eq!(own.returned_because.as_deref(), Some("三处没有清理"));
}
