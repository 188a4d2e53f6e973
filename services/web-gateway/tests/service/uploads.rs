//! Photos in parts: gone on with where the line broke off, whole only when all is there, and nobody else's.

use crate::city::City;
use crate::visitor::Visitor;
use serde_json::json;
use uuid::Uuid;

const HANDLER: &str = "handler-321322102";

fn path(upload: Uuid, rest: &str) -> String {
    format!("/api/v1/evidence/uploads/{upload}{rest}")
}

async fn put(city: &City, visitor: &Visitor, upload: Uuid, from: u64, data: &str) -> u64 {
    let at = path(upload, &format!("/parts/{from}"));
    let answer = visitor.post_form(city, &at, &[("part", data)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["received"].as_u64().expect("a number")
}

async fn received(city: &City, visitor: &Visitor, upload: Uuid) -> u64 {
    let answer = visitor.get(city, &path(upload, "")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["received"].as_u64().expect("a number")
}

#[tokio::test]
async fn a_photo_goes_on_where_the_line_broke_off() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, HANDLER).await;
    let upload = Uuid::new_v4();
    assert_eq!(received(&city, &visitor, upload).await, 0);
    assert_eq!(put(&city, &visitor, upload, 0, "12345").await, 5);
    assert_eq!(
        put(&city, &visitor, upload, 0, "12345").await,
        5,
        "its answer was lost, it comes again"
    );
    assert_eq!(put(&city, &visitor, upload, 9, "x").await, 5, "a gap is not kept");
    assert_eq!(received(&city, &visitor, upload).await, 5);
    let early = visitor
        .post(&city, &path(upload, "/finish"), json!({"bytes": 8}))
        .await;
    assert_eq!(early.problem(), (409, "gateway.upload_incomplete".to_owned()));
    assert_eq!(put(&city, &visitor, upload, 5, "678").await, 8);
    for _ in 0..2 {
        let kept = visitor
            .post(&city, &path(upload, "/finish"), json!({"bytes": 8}))
            .await;
        assert_eq!(
            kept.json()["evidence_id"],
            format!("{:064x}", 8),
            "{}",
            kept.text()
        );
    }
}

#[tokio::test]
async fn what_somebody_began_nobody_else_ends() {
    let city = City::start().await;
    let (one, other) = (
        Visitor::signed_in(&city, HANDLER).await,
        Visitor::signed_in(&city, HANDLER).await,
    );
    let upload = Uuid::new_v4();
    put(&city, &one, upload, 0, "12345").await;
    assert_eq!(received(&city, &other, upload).await, 0);
    let answer = other
        .post(&city, &path(upload, "/finish"), json!({"bytes": 5}))
        .await;
    assert_eq!(answer.problem(), (409, "gateway.upload_incomplete".to_owned()));
    assert_eq!(Visitor::default().get(&city, &path(upload, "")).await.status, 401);
}

#[tokio::test]
async fn what_cannot_be_a_photo_is_named() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, HANDLER).await;
    let at = |rest: &str| path(Uuid::nil(), rest);
    let empty = visitor.post_form(&city, &at("/parts/0"), &[("part", "")]).await;
    assert_eq!(
        (empty.status.as_u16(), empty.json()["field"].clone()),
        (422, json!("part"))
    );
    let far = format!("/parts/{}", 10 * 1024 * 1024);
    let beyond = visitor.post_form(&city, &at(&far), &[("part", "1")]).await;
    assert_eq!(beyond.problem(), (413, "gateway.too_large".to_owned()));
    let huge = visitor
        .post_form(&city, &at(&format!("/parts/{}", u64::MAX)), &[("part", "1")])
        .await;
    assert_eq!(huge.problem(), (413, "gateway.too_large".to_owned()));
    let nameless = visitor.get(&city, "/api/v1/evidence/uploads/photo").await;
    assert_eq!(
        (nameless.status.as_u16(), nameless.json()["field"].clone()),
        (422, json!("upload_id"))
    );
}

#[tokio::test]
async fn redis_holds_nothing_that_shows_the_photo() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, HANDLER).await;
    let upload = Uuid::new_v4();
    put(&city, &visitor, upload, 0, "a picture of a yard").await;
    let url = &city.redis.as_ref().expect("redis").url;
    let client = redis::Client::open(url.as_str()).expect("address");
    let mut connection = client.get_multiplexed_async_connection().await.expect("redis");
    let names: Vec<String> = redis::cmd("KEYS")
        .arg("mingcha:upload:*")
        .query_async(&mut connection)
        .await
        .expect("names");
    assert_eq!(names.len(), 1);
    assert!(!names[0].contains(&upload.to_string()));
    let kept: Vec<Vec<u8>> = redis::cmd("HVALS")
        .arg(&names[0])
        .query_async(&mut connection)
        .await
        .expect("parts");
    assert!(!kept[0].windows(7).any(|window| window == b"picture"));
    let left: i64 = redis::cmd("TTL")
        .arg(&names[0])
        .query_async(&mut connection)
        .await
        .expect("time");
    assert!((1..=1800).contains(&left), "gone by itself: {left}");
}
