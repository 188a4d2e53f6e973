//! Drafts of area reports: the list, its digest, and the reports below.

use super::History;
use crate::query::drafts;
use jurisdiction::sample::{COUNTY, OTHER_VILLAGE, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, Level, Role, StaffId};
use mingcha_proto::ledger::{DraftListRequest, DraftListResponse, LowerReportsRequest};
use platform::Followed;
use report_domain::{Digest, ReportEvent, ReportId};
use sha2::{Digest as _, Sha256};
use tonic::Code;

fn request(unit: &str) -> DraftListRequest {
    DraftListRequest {
        unit: unit.to_owned(),
        stage: "sweep".to_owned(),
        ..DraftListRequest::default()
    }
}
fn draft(history: &History, unit: &str) -> DraftListResponse {
    let service = Actor::system("result-reporting/draft");
    let answer = history.ledger().ask(&service, &request(unit), drafts::draft);
    answer.expect("a draft")
}

#[test]
fn the_list_is_the_areas_cases_and_the_digest_that_of_the_canonical_bytes() {
    let mut history = History::new();
    history
        .case(2, Some(VILLAGE), Some(TOWNSHIP))
        .case(1, Some(TOWNSHIP), None);
    history.case(3, Some(COUNTY), None);
    let draft = draft(&history, TOWNSHIP);
    let cases: Vec<_> = draft.lines.iter().map(|line| line.state.as_str()).collect();
    assert_eq!(cases, ["opened", "assigned"], "ordered by case");
    assert_eq!(draft.digest, hex::encode(Sha256::digest(&draft.canonical)));
    assert!(
        draft
            .canonical
            .starts_with(r#"{"report":{"unit":"321322102","stage":"sweep"},"position":400,"#),
        "{}",
        draft.canonical
    );
}

#[test]
fn the_digest_changes_when_something_happened_and_only_then() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), None);
    let ledger = history.ledger();
    let service = Actor::system("result-reporting/draft");
    let digest = || {
        ledger
            .ask(&service, &request(VILLAGE), drafts::draft)
            .expect("a draft")
            .digest
    };
    let before = digest();
    ledger
        .book
        .apply(&[Followed::Checkpoint(9_999)])
        .expect("taken in");
    assert_eq!(digest(), before);
    history.close(1);
    assert_ne!(draft(&history, VILLAGE).digest, before);
}

#[test]
fn the_reports_below_are_listed_with_digest_and_signer() {
    let mut history = History::new();
    let report: ReportId = format!("{VILLAGE}-sweep").parse().expect("a report");
    let stream = format!("report-{report}");
    let (digest, signed_by) = (Digest::sample(1), StaffId::of(&format!("leader-{VILLAGE}")));
    let drafted = ReportEvent::ReportDrafted {
        report,
        position: 7,
        digest: digest.clone(),
        list: vec![],
        lower: vec![],
    };
    let signed = ReportEvent::ReportSigned {
        digest: digest.clone(),
        signed_by: signed_by.clone(),
        level: Level::Village,
    };
    history.add(&stream, &drafted).add(&stream, &signed);
    let request = LowerReportsRequest {
        unit: TOWNSHIP.to_owned(),
        stage: "sweep".to_owned(),
        ..LowerReportsRequest::default()
    };
    let answer = history
        .ledger()
        .ask(&acting(Role::Leader, TOWNSHIP), &request, drafts::lower);
    let answer = answer.expect("reports");
    assert_eq!(answer.own.expect("own").state, "absent");
    let below: Vec<_> = answer
        .lower
        .iter()
        .map(|lower| {
            (
                lower.unit.as_str(),
                lower.state.as_str(),
                lower.signed_by.as_deref(),
            )
        })
        .collect();
    let signer = Some(signed_by.as_str());
    assert_eq!(
        below,
        [(VILLAGE, "signed", signer), (OTHER_VILLAGE, "absent", None)]
    );
    // The draft of the township attaches what there is; its digest covers it.
    let with = draft(&history, TOWNSHIP);
    assert_eq!(with.lower.len(), 1);
    assert!(with.canonical.contains(digest.as_str()));
}

#[test]
fn nobody_drafts_for_another_unit() {
    let history = History::new();
    let ask = |actor| history.ledger().ask(&actor, &request(TOWNSHIP), drafts::draft);
    assert!(ask(acting(Role::Handler, TOWNSHIP)).is_ok());
    assert!(ask(acting(Role::Leader, TOWNSHIP)).is_ok());
    for actor in [
        acting(Role::Leader, COUNTY),
        acting(Role::Dispatcher, TOWNSHIP),
        Actor::Citizen,
    ] {
        assert_eq!(ask(actor).expect_err("refused").code(), Code::PermissionDenied);
    }
    let unknown = DraftListRequest {
        stage: "winter".to_owned(),
        ..request(TOWNSHIP)
    };
    let service = Actor::system("result-reporting/draft");
    let refused = history.ledger().ask(&service, &unknown, drafts::draft);
    assert_eq!(refused.expect_err("refused").code(), Code::InvalidArgument);
}
