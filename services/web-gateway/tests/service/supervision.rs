//! Findings, tasks, special supervision, failures and inquiries over HTTP: who may, what reaches the service, what may not be sent.

use crate::city::City;
use crate::visitor::Visitor;
use serde_json::{Value, json};

const SUPERVISOR: &str = "supervisor-321300-DDZ";
const OFFICE: &str = "leader-321300-AWB";
const TOWNSHIP: &str = "leader-321322102";
const INSPECTOR: &str = "inspector-321300-JW";
const CASE: &str = "5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11";

/// A command: who may give it, who may not, where, what with, and what the service must be told beside the body.
struct Entry {
    who: &'static str,
    not: &'static str,
    path: String,
    body: Value,
    call: &'static str,
    named: (&'static str, &'static str),
}

fn entry(
    (who, not): (&'static str, &'static str),
    path: impl Into<String>,
    body: Value,
    call: &'static str,
    named: (&'static str, &'static str),
) -> Entry {
    Entry {
        who,
        not,
        path: path.into(),
        body,
        call,
        named,
    }
}

fn commands() -> Vec<Entry> {
    let supervision = |what: &str| format!("/api/v1/supervision/321322102/{what}");
    let conference = |what: &str| format!("/api/v1/conference/321322102/{what}");
    let accountability = |what: &str| format!("/api/v1/accountability/{CASE}/{what}");
    let unit = ("unit", "321322102");
    let subject = ("subject_id", CASE);
    let finding =
        json!({"source": "city", "gravity": "grave", "text": "三处停产企业未翻墙三查", "evidence": []});
    let answer = json!({"finding": 1, "text": "已补查", "evidence": []});
    let judgement = json!({"finding": 1, "accepted": false, "note": "缺照片"});
    let task = json!({"meeting": "第二次会议", "text": "张贴举报电话", "due": "2020-06-10"});
    vec![
        entry(
            (SUPERVISOR, TOWNSHIP),
            supervision("findings"),
            finding,
            "record_finding",
            unit,
        ),
        entry(
            (TOWNSHIP, SUPERVISOR),
            supervision("finding-answers"),
            answer,
            "answer_finding",
            unit,
        ),
        entry(
            (SUPERVISOR, TOWNSHIP),
            supervision("finding-judgements"),
            judgement,
            "judge_finding",
            unit,
        ),
        entry(
            (SUPERVISOR, OFFICE),
            supervision("special-supervision-closing"),
            json!({"note": "整改到位"}),
            "close_special_supervision",
            unit,
        ),
        entry(
            (OFFICE, SUPERVISOR),
            conference("tasks"),
            task,
            "assign_task",
            unit,
        ),
        entry(
            (TOWNSHIP, SUPERVISOR),
            conference("task-reports"),
            json!({"task": 1, "text": "已张贴"}),
            "report_task",
            unit,
        ),
        entry(
            (OFFICE, INSPECTOR),
            conference("task-acceptances"),
            json!({"task": 1}),
            "accept_task",
            unit,
        ),
        entry(
            (OFFICE, INSPECTOR),
            conference("task-returns"),
            json!({"task": 1, "reason": "缺三个村"}),
            "return_task",
            unit,
        ),
        entry(
            (TOWNSHIP, SUPERVISOR),
            accountability("failure-explanations"),
            json!({"failure": 1, "text": "已恢复巡查"}),
            "explain_failure",
            subject,
        ),
        entry(
            (SUPERVISOR, "handler-321322102"),
            accountability("failure-judgements"),
            json!({"failure": 1, "accepted": true, "note": "属实"}),
            "judge_failure",
            subject,
        ),
        entry(
            (INSPECTOR, SUPERVISOR),
            accountability("inquiries"),
            json!({"reason": "逾期不办"}),
            "open_inquiry",
            subject,
        ),
    ]
}

#[tokio::test]
async fn every_command_reaches_its_service_with_what_the_path_names_and_only_from_its_roles() {
    let city = City::start().await;
    for entry in commands() {
        let visitor = Visitor::signed_in(&city, entry.who).await;
        let answer = visitor.post(&city, &entry.path, entry.body.clone()).await;
        assert_eq!(answer.status, 200, "{}: {}", entry.path, answer.text());
        let asked = city.accountability.take();
        assert_eq!(asked.len(), 1, "{}", entry.path);
        let (call, actor, message) = &asked[0];
        assert_eq!(*call, entry.call);
        assert_eq!(actor.person().map(|person| person.as_str()), Some(entry.who));
        let (field, named) = entry.named;
        assert_eq!(message[field], named, "{}", entry.path);
        for (field, value) in entry.body.as_object().expect("fields") {
            assert_eq!(&message[field], value, "{}: {field}", entry.path);
        }

        let other = Visitor::signed_in(&city, entry.not).await;
        let refused = other.post(&city, &entry.path, entry.body.clone()).await;
        assert_eq!(
            refused.problem(),
            (403, "gateway.wrong_role".to_owned()),
            "{}",
            entry.path
        );
        let nobody = Visitor::default().post(&city, &entry.path, entry.body).await;
        assert_eq!(nobody.problem().0, 401, "{}", entry.path);
        assert!(city.accountability.take().is_empty(), "{}", entry.path);
    }
}

#[tokio::test]
async fn what_the_path_names_cannot_be_named_otherwise_and_unknown_fields_are_refused() {
    let city = City::start().await;
    for entry in commands() {
        let visitor = Visitor::signed_in(&city, entry.who).await;
        let (named, _) = entry.named;
        for (field, wrong) in [(named, json!("321302")), ("numbers", json!({"overdue": 0}))] {
            let mut body = entry.body.clone();
            body[field] = wrong;
            let answer = visitor.post(&city, &entry.path, body).await;
            assert_eq!(answer.status, 422, "{}: {}", entry.path, answer.text());
            assert_eq!(answer.json()["field"], field, "{}", entry.path);
        }
        assert!(city.accountability.take().is_empty(), "{}", entry.path);
    }
}

#[tokio::test]
async fn lists_reach_the_ledger_with_their_filters_and_inquiries_are_for_inspectors() {
    let city = City::start().await;
    let lists = [
        (
            "/api/v1/findings?unit=321322&state=open&gravity=grave",
            "list_findings",
            "gravity",
            "grave",
        ),
        (
            "/api/v1/conference-tasks?state=returned",
            "list_tasks",
            "state",
            "returned",
        ),
        (
            "/api/v1/special-supervision?unit=321322",
            "list_special_supervision",
            "unit",
            "321322",
        ),
        (
            "/api/v1/accountability/failures?kind=relapse&limit=10",
            "list_failures",
            "kind",
            "relapse",
        ),
    ];
    for (path, call, field, value) in lists {
        for account in [SUPERVISOR, TOWNSHIP, INSPECTOR] {
            let visitor = Visitor::signed_in(&city, account).await;
            let answer = visitor.get(&city, path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            let asked = city.accountability.take();
            assert_eq!((asked[0].0, &asked[0].2[field]), (call, &json!(value)), "{path}");
        }
        let admin = Visitor::signed_in(&city, "admin-321300-AWB").await;
        assert_eq!(
            admin.get(&city, path).await.problem(),
            (403, "gateway.wrong_role".to_owned())
        );
    }
    let inquiries = "/api/v1/accountability/inquiries?open=true";
    let inspector = Visitor::signed_in(&city, INSPECTOR).await;
    assert_eq!(inspector.get(&city, inquiries).await.status, 200);
    assert_eq!(city.accountability.take()[0].2["open"], true);
    for account in [SUPERVISOR, OFFICE, TOWNSHIP] {
        let visitor = Visitor::signed_in(&city, account).await;
        let refused = visitor.get(&city, inquiries).await;
        assert_eq!(
            refused.problem(),
            (403, "gateway.wrong_role".to_owned()),
            "{account}"
        );
    }
    assert!(city.accountability.take().is_empty());
}

#[tokio::test]
async fn thresholds_are_set_by_the_administrator() {
    let city = City::start().await;
    let numbers = json!({"open_findings": 5, "grave_findings": 2, "failures": 3, "overdue": 10});
    let body = || json!({"window_days": 30, "county": numbers, "township": numbers});
    let path = "/api/v1/admin/supervision";
    let admin = Visitor::signed_in(&city, "admin-321300-AWB").await;
    assert_eq!(
        admin.post(&city, path, body()).await.json()["id"],
        "campaign-2020"
    );
    let supervisor = Visitor::signed_in(&city, SUPERVISOR).await;
    let refused = supervisor.post(&city, path, body()).await;
    assert_eq!(refused.problem(), (403, "gateway.wrong_role".to_owned()));
}
