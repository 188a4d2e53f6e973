//! The map's background comes through the edge: pictures of the city's source for staff alone, and nothing of the source's key.

use crate::city::City;
use crate::visitor::Visitor;
use axum::Router;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::collections::BTreeMap;
use tokio::net::TcpListener;

const KEY: &str = "0123456789abcdef";

/// A source that knows its key: a picture, or what it says when the day's quota is used up.
async fn source() -> String {
    let tile = async |Query(asked): Query<BTreeMap<String, String>>| {
        assert_eq!(asked["tk"], KEY);
        match asked["TILEMATRIX"].as_str() {
            "5" => ([(header::CONTENT_TYPE, "image/png")], format!("{asked:?}")).into_response(),
            "6" => ([(header::CONTENT_TYPE, "text/html")], "<script>").into_response(),
            _ => (StatusCode::TOO_MANY_REQUESTS, "quota").into_response(),
        }
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().route("/wmts", get(tile));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/wmts?LAYER=vec&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={KEY}")
}

#[tokio::test]
async fn tiles_are_for_staff_and_come_from_the_source_that_the_city_has_set() {
    let layer = source().await;
    let city = City::start_with(|config| {
        config.map.layers = vec![layer];
        config.map.attribution = "天地图".to_owned();
    })
    .await;
    let stranger = Visitor::default();
    assert_eq!(stranger.get(&city, "/api/v1/map").await.status, 401);
    assert_eq!(stranger.get(&city, "/api/v1/map/tiles/0/5/1/2").await.status, 401);
    let staff = Visitor::signed_in(&city, "dispatcher-321300-AWB").await;
    let map = staff.get(&city, "/api/v1/map").await;
    assert_eq!(
        (map.json()["layers"].as_u64(), map.json()["attribution"].as_str()),
        (Some(1), Some("天地图"))
    );
    assert!(!map.text().contains(KEY));
    let tile = staff.get(&city, "/api/v1/map/tiles/0/5/1/2").await;
    assert_eq!(tile.status, 200);
    assert_eq!(tile.header("content-type"), "image/png");
    assert!(tile.header("cache-control").starts_with("private"));
    assert!(tile.text().contains(r#""TILECOL": "1""#) && tile.text().contains(r#""TILEROW": "2""#));
    for none in ["0/5/32/0", "0/5/0/32", "1/5/0/0", "0/99/0/0"] {
        let none = staff.get(&city, &format!("/api/v1/map/tiles/{none}")).await;
        assert_eq!(none.status, 404);
    }
    for away in ["0/6/0/0", "0/7/0/0"] {
        let away = staff.get(&city, &format!("/api/v1/map/tiles/{away}")).await;
        assert_eq!(away.problem(), (502, "gateway.map_source_away".to_owned()));
        assert!(!away.text().contains(KEY) && !away.text().contains("<script>"));
    }
}

#[tokio::test]
async fn without_a_source_there_is_no_background() {
    let city = City::start().await;
    let staff = Visitor::signed_in(&city, "dispatcher-321300-AWB").await;
    assert_eq!(staff.get(&city, "/api/v1/map").await.json()["layers"], 0);
    assert_eq!(staff.get(&city, "/api/v1/map/tiles/0/5/1/2").await.status, 404);
}
