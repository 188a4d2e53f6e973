//! Lists as files: the same rows as on the screen, all of them, for the same eyes.

use super::figures::everything;
use super::{History, TestLedger};
use crate::export::export;
use crate::query::{cases, tips};
use jurisdiction::sample::{CITY, COUNTY, DISCIPLINE, OFFICE, OTHER_TOWNSHIP, TOWNSHIP, VILLAGE, acting};
use jurisdiction::{Actor, CaseId, Obligation, Role, TipId};
use mingcha_proto::ledger::{ExportRequest, ExportResponse, ListCasesRequest, ListTipsRequest};
use serde_json::json;
use std::collections::BTreeSet;
use tonic::Status;

fn asked(list: &str) -> ExportRequest {
    ExportRequest {
        list: list.to_owned(),
        format: "xlsx".to_owned(),
        ..ExportRequest::default()
    }
}
fn file(ledger: &TestLedger, actor: &Actor, request: &ExportRequest) -> Result<ExportResponse, Status> {
    ledger.ask(actor, request, export)
}
/// Rows of texts, title and notes included.
fn rows(ledger: &TestLedger, actor: &Actor, request: &ExportRequest) -> Vec<Vec<String>> {
    let file = file(ledger, actor, request).expect("a file");
    let rows = sheets::read(&file.data).expect("a table");
    rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn the_cases_stand_in_the_layout_of_the_offices() {
    let mut history = History::new();
    history
        .case(1, Some(VILLAGE), Some(TOWNSHIP))
        .clock(1, Obligation::FirstInspection, TOWNSHIP, 24);
    for name in [
        "disposal.ordered.v1",
        "disposal.safety_plan_submitted.v1",
        "disposal.safety_plan_approved.v1",
        "disposal.measure_completed.v1",
        "disposal.review_passed.v1",
    ] {
        let data = super::goldens::golden_of(name);
        history.stored(&format!("disposal-{}", CaseId::sample(1)), name, data);
    }
    let ledger = history.later(48).ledger();
    let rows = rows(&ledger, &acting(Role::Leader, COUNTY), &asked("cases"));
    assert_eq!(rows[0][0], "案件清单台账");
    assert!(
        rows[1][0].contains("范围：本人可以查看的全部范围"),
        "{:?}",
        rows[1]
    );
    assert!(
        rows[2][0].contains("数据截至：2020-06-03 09:00（记录位置 "),
        "{:?}",
        rows[2]
    );
    assert!(
        rows[3][0].contains("导出人：") && rows[3][0].contains("沭阳县 负责人"),
        "{:?}",
        rows[3]
    );
    let (header, row) = (&rows[4], &rows[5]);
    let cell = |name: &str| {
        let column = header.iter().position(|title| title == name);
        row[column.unwrap_or_else(|| panic!("no column {name} in {header:?}"))].as_str()
    };
    assert_eq!(
        (cell("序号"), cell("编号")),
        ("1", CaseId::sample(1).to_string().as_str())
    );
    assert_eq!((cell("点位"), cell("来源")), ("老砖瓦厂 1 号", "拉网式排查"));
    assert_eq!((cell("属地（县区）"), cell("责任单位")), ("沭阳县", "胡集镇"));
    assert_eq!((cell("状态"), cell("是否超期")), ("待签收", "是"));
    assert_eq!(
        (cell("下一时限"), cell("时限事项")),
        ("2020-06-02 09:00", "首次现场核查")
    );
    assert!(!cell("责任人").is_empty());
    assert!(cell("处置措施完成").contains('/') && cell("处置措施完成") != "0/0");
    assert!(cell("复核/签字").contains("已签"), "{row:?}");
}

#[test]
fn every_list_becomes_a_file_in_both_formats_with_all_its_rows() {
    let mut history = everything();
    for number in 100..400 {
        history.case(number, Some(VILLAGE), None);
    }
    let ledger = history.ledger();
    let actor = acting(Role::Dispatcher, OFFICE);
    for list in [
        "cases",
        "tips",
        "work",
        "escalations",
        "obligations",
        "findings",
        "tasks",
        "special-supervision",
        "reports",
        "statistics",
        "trend",
        "failures",
    ] {
        let lines = rows(&ledger, &actor, &asked(list));
        assert!(lines.len() > 4, "{list} has no header");
        assert_eq!(lines[4][0], "序号", "{list}");
        let csv = ExportRequest {
            format: "csv".to_owned(),
            ..asked(list)
        };
        let data = file(&ledger, &actor, &csv).expect("a file").data;
        let again = sheets::read(&data).expect("a table");
        assert_eq!(again.len(), lines.len() - 4, "{list}");
        assert_eq!(again[0].cells, lines[4], "{list}");
    }
    let all = ledger
        .ask(&actor, &ListCasesRequest::default(), cases::list)
        .expect("cases");
    assert_eq!(
        rows(&ledger, &actor, &asked("cases")).len() as u32,
        all.total + 5,
        "no paging"
    );
    assert!(all.total > 300);
    // Only those who decide take inquiries away.
    let inspector = acting(Role::Inspector, DISCIPLINE);
    assert_eq!(rows(&ledger, &inspector, &asked("inquiries"))[4][0], "序号");
    assert!(file(&ledger, &actor, &asked("inquiries")).is_err());
    let leader = acting(Role::Leader, CITY);
    let bulletin = file(&ledger, &leader, &asked("bulletin")).expect("a file");
    assert!(
        bulletin.file_name.starts_with("周报_2020"),
        "{}",
        bulletin.file_name
    );
    assert_eq!(
        sheets::read(&bulletin.data).expect("the first sheet")[0].cells[0],
        "周报"
    );
}

#[test]
fn a_file_keeps_to_its_conditions_and_says_them() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), Some(TOWNSHIP)).close(1);
    history.case(2, Some(OTHER_TOWNSHIP), None);
    let ledger = history.ledger();
    let actor = acting(Role::Leader, COUNTY);
    let closed = ExportRequest {
        state: Some("closed".into()),
        unit: Some(TOWNSHIP.into()),
        relapsed: Some(false),
        ..asked("cases")
    };
    let lines = rows(&ledger, &actor, &closed);
    assert_eq!(lines.len(), 6);
    assert!(lines[1][0].contains("范围：胡集镇"), "{:?}", lines[1]);
    assert!(
        lines[1][0].contains("状态：已办结") && lines[1][0].contains("死灰复燃：否"),
        "{:?}",
        lines[1]
    );
    for (wrong, field) in [
        (asked("everything"), "list"),
        (
            ExportRequest {
                format: "pdf".into(),
                ..asked("cases")
            },
            "format",
        ),
        (
            ExportRequest {
                gravity: Some("grave".into()),
                ..asked("cases")
            },
            "gravity",
        ),
        (
            ExportRequest {
                class: Some("Z".into()),
                ..asked("cases")
            },
            "class",
        ),
        (
            ExportRequest {
                unit: Some("999".into()),
                ..asked("tips")
            },
            "unit",
        ),
        (
            ExportRequest {
                spot_check: Some("passed".into()),
                ..asked("work")
            },
            "spot_check",
        ),
        (
            ExportRequest {
                format: "csv".into(),
                ..asked("bulletin")
            },
            "format",
        ),
    ] {
        let refused = file(&ledger, &actor, &wrong).expect_err(field);
        assert_eq!(refused.code(), tonic::Code::InvalidArgument, "{field}");
        let details = tonic_types::StatusExt::get_details_error_info(&refused).expect("details");
        assert_eq!(details.metadata.get("field").map(String::as_str), Some(field));
    }
}

#[test]
fn a_file_holds_nothing_that_its_reader_may_not_see() {
    let mut history = History::new();
    history.case(1, Some(VILLAGE), Some(TOWNSHIP));
    let mut opened = super::goldens::golden_of("case.opened.v1");
    opened["place"] = json!({ "text": "与镇里有关的院子", "coordinates": null, "division": VILLAGE });
    opened["against"] = json!({ "units": [TOWNSHIP] });
    history.stored(&super::case_stream(2), "case.opened.v1", opened);
    let mut received = super::goldens::golden_of("tip.received.v1");
    received["place"] = json!({ "text": "悄悄说的地方", "coordinates": null, "division": VILLAGE });
    received["confidential"] = json!(true);
    let tip = format!("tip-{}", TipId::sample(9));
    history.stored(&tip, "tip.received.v1", received);
    let mut accepted = super::goldens::golden_of("tip.accepted.v1");
    accepted["case"] = json!(CaseId::sample(1));
    history.stored(&tip, "tip.accepted.v1", accepted);
    let ledger = history.ledger();
    let text = |actor: &Actor, list: &str| format!("{:?}", rows(&ledger, actor, &asked(list)));
    let county = acting(Role::Leader, COUNTY);
    assert!(text(&county, "cases").contains("与镇里有关的院子"));
    for actor in [acting(Role::Leader, TOWNSHIP), acting(Role::Handler, TOWNSHIP)] {
        assert!(!text(&actor, "cases").contains("与镇里有关的院子"), "{actor}");
    }
    let outside = acting(Role::Leader, OTHER_TOWNSHIP);
    assert_eq!(rows(&ledger, &outside, &asked("cases")).len(), 5);
    let handler = acting(Role::Handler, TOWNSHIP);
    let shown = ledger
        .ask(&handler, &ListTipsRequest::default(), tips::list)
        .expect("tips");
    for row in rows(&ledger, &handler, &asked("tips")).iter().skip(5) {
        assert_eq!(
            row[4],
            shown.tips[0]
                .place
                .as_ref()
                .map_or("", |place| place.text.as_str())
        );
    }
    for (role, list) in [
        (Role::Admin, "tips"),
        (Role::Operator, "cases"),
        (Role::Handler, "statistics"),
    ] {
        let refused = file(&ledger, &acting(role, TOWNSHIP), &asked(list)).expect_err(list);
        assert_eq!(refused.code(), tonic::Code::PermissionDenied, "{list}");
    }
}

#[test]
fn a_file_knows_every_condition_of_the_lists_it_is_made_of() {
    const LOCK: &str = include_str!("../../../../proto/lock.json");
    let lock: serde_json::Value = serde_json::from_str(LOCK).expect("JSON");
    let fields = |message: &str| -> BTreeSet<String> {
        let fields = lock["mingcha.ledger.v1"]["messages"][message]
            .as_object()
            .expect(message);
        let named = fields
            .values()
            .filter_map(|field| field.as_str()?.split(' ').next_back());
        named.map(str::to_owned).collect()
    };
    let known = fields("ExportRequest");
    let messages = lock["mingcha.ledger.v1"]["messages"]
        .as_object()
        .expect("messages");
    let lists = messages
        .keys()
        .filter(|name| name.starts_with("List") && name.ends_with("Request"));
    for list in lists.chain([&"WorkListRequest".to_owned()]) {
        let more: Vec<_> = fields(list).difference(&known).cloned().collect();
        assert_eq!(more, ["after", "limit"], "{list}");
    }
}

#[test]
fn what_was_asked_for_is_said_in_the_words_of_the_list() {
    let ledger = History::new().ledger();
    let inspector = acting(Role::Inspector, DISCIPLINE);
    let said = |list: &str, state: &str| {
        let asked = ExportRequest {
            state: Some(state.to_owned()),
            ..asked(list)
        };
        rows(&ledger, &inspector, &asked)[1][0].clone()
    };
    for (list, state, word) in [
        ("cases", "open", "状态：所有未办结"),
        ("cases", "returned", "状态：已退回"),
        ("findings", "open", "状态：待答复"),
        ("findings", "returned", "状态：未通过，须重新答复"),
        ("tasks", "accepted", "状态：已完成"),
        ("failures", "open", "状态：待说明"),
        ("reports", "accepted", "状态：已验收"),
    ] {
        let said = said(list, state);
        assert!(said.contains(word), "{list} {state}: {said}");
    }
    let kind = ExportRequest {
        kind: Some("concealment".to_owned()),
        ..asked("failures")
    };
    let said = rows(&ledger, &inspector, &kind)[1][0].clone();
    assert!(said.contains("类型：瞒报漏报"), "{said}");
}
