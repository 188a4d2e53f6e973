//! The ledger through the edge: a list with its conditions, a past instant, a file, and the bulletin in three forms.

use crate::city::City;
use crate::visitor::Visitor;
use jurisdiction::Role;
use serde_json::json;

const DISPATCHER: &str = "dispatcher-321300-AWB";

#[tokio::test]
async fn a_list_is_asked_with_its_conditions_and_for_its_instant() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let path = "/api/v1/cases?unit=321322&overdue=true&as_of=2020-06-01T12:00:00Z&limit=20";
    let answer = visitor.get(&city, path).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["total"]),
        (200, &json!(7))
    );
    {
        let asked = city.ledger.cases.lock().expect("lock");
        let (actor, request) = &asked[0];
        assert!(actor.is(Role::Dispatcher));
        assert_eq!(request.unit.as_deref(), Some("321322"));
        assert_eq!((request.overdue, request.limit), (Some(true), 20));
        assert_eq!(request.as_of.as_deref(), Some("2020-06-01T12:00:00Z"));
    }
    let future = visitor.get(&city, "/api/v1/cases?as_of=2999-01-01").await;
    assert_eq!(
        (future.status.as_u16(), &future.json()["field"]),
        (422, &json!("as_of"))
    );
    assert!(future.text().contains("还没有到"), "{}", future.text());
    let unknown = visitor.get(&city, "/api/v1/cases?as_off=2020-06-01").await;
    assert_eq!(
        (unknown.status.as_u16(), &unknown.json()["field"]),
        (422, &json!("as_off"))
    );
    let admin = Visitor::signed_in(&city, "admin-321300-AWB").await;
    let refused = admin.get(&city, path).await.problem();
    assert_eq!(refused, (403, "gateway.wrong_role".to_owned()));
}

#[tokio::test]
async fn a_file_comes_down_under_its_chinese_name() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let answer = visitor
        .get(&city, "/api/v1/exports/cases?format=xlsx&class=C&missed=true")
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.body.as_slice()),
        (200, &b"PK"[..])
    );
    assert_eq!(answer.header("content-type"), "application/vnd.ms-excel");
    let name = answer.header("content-disposition");
    assert!(name.contains("filename*=UTF-8''%E6%A1%88"), "{name}");
    let asked = city.ledger.files.lock().expect("lock");
    assert_eq!(
        (asked[0].list.as_str(), asked[0].format.as_str()),
        ("cases", "xlsx")
    );
    assert_eq!(
        (asked[0].class.as_deref(), asked[0].missed),
        (Some("C"), Some(true))
    );
}

#[tokio::test]
async fn the_bulletin_is_read_printed_or_taken_away() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let path = "/api/v1/bulletin?week=2020-W23";
    let answer = visitor.get(&city, path).await;
    assert_eq!(answer.json()["week"], "2020-W23");
    let page = visitor.get(&city, &format!("{path}&format=html")).await;
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("周报") && page.text().contains("2020-W23"));
    let style = page.text();
    let style = style
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let style = visitor.get(&city, style.expect("a style sheet")).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.text().contains("@page"));
    let file = visitor.get(&city, &format!("{path}&format=xlsx")).await;
    assert_eq!(file.body, b"PK");
    {
        let asked = city.ledger.files.lock().expect("lock");
        assert_eq!(asked[0].list, "bulletin");
        assert_eq!(asked[0].week.as_deref(), Some("2020-W23"));
    }
    let other = visitor.get(&city, &format!("{path}&format=pdf")).await;
    assert_eq!(
        (other.status.as_u16(), &other.json()["field"]),
        (422, &json!("format"))
    );
}
