//! Screens that keep themselves up to date: while ledger and gateway are killed under them nothing is lost, and a ledger that
//! is built anew beside the one in use says the same.

use super::cast::{Cast, TOWNSHIP};
use super::steps;
use crate::city::City;
use crate::people::{Screen, Staff};
use serde_json::{Value, json};

/// The dispatcher's and the township's screens stay open from the first tip to the last restart.
pub async fn live_screens(city: &City) {
    let cast = Cast::of(&city.town).await;
    let (mut desk, mut township) = (cast.dispatcher.opens_work(), cast.handler.opens_work());
    let (before, at_township) = (total(&desk.is_told().await), total(&township.is_told().await));
    let place = steps::new_place("实时点位");
    let tip = city
        .town
        .citizen()
        .reports(&steps::plain_tip("夜里有气味", &place))
        .await;
    let told = desk
        .shows("the tip is on the desk's screen", |told| total(told) > before)
        .await;
    lists(&cast.dispatcher, &told, &place).await;
    cast.dispatcher.accepts(&tip.id, "砖瓦厂疑似夜间生产").await;
    let case = steps::case_of(&cast.dispatcher, &city.town.citizen(), &tip).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请今晚核查。").await;
    let told = township
        .shows("the case is on the township's screen", |told| {
            total(told) > at_township
        })
        .await;
    lists(&cast.handler, &told, &place).await;
    city.kill("ledger");
    survives(city, &cast, (&mut desk, &mut township), "ledger").await;
    city.kill("web-gateway");
    survives(city, &cast, (&mut desk, &mut township), "web-gateway").await;
    city.stop("web-gateway").await;
    survives(city, &cast, (&mut desk, &mut township), "web-gateway").await;
    // The gateway was gone. That the lists are equal may be because as much came as went: the stream itself must be back.
    desk.comes_back().await;
    a_rebuilt_ledger_is_equal(city, &cast).await;
}

/// Whatever happens while a service is away is on the screens once it is back.
async fn survives(city: &City, cast: &Cast, (desk, township): (&mut Screen, &mut Screen), service: &str) {
    let place = steps::new_place("重启点位");
    let gateway_is_there = service != "web-gateway";
    let mut tip = None;
    if gateway_is_there {
        tip = Some(
            city.town
                .citizen()
                .reports(&steps::plain_tip("停机时举报", &place))
                .await,
        );
    }
    city.start_service(service).await;
    let tip = match tip {
        Some(tip) => tip,
        None => {
            city.town
                .citizen()
                .reports(&steps::plain_tip("重启后举报", &place))
                .await
        }
    };
    cast.dispatcher.sees_tip_to_screen(&tip.id).await;
    desk.is_up_to_date(&format!("the desk's screen after {service} has come back"))
        .await;
    cast.dispatcher.accepts(&tip.id, "重启后受理").await;
    let case = steps::case_of(&cast.dispatcher, &city.town.citizen(), &tip).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请核查。").await;
    cast.handler.sees_work(&case, "acknowledge").await;
    township
        .is_up_to_date(&format!("the township's screen after {service} has come back"))
        .await;
}

/// The list holds what the event announced, no older than the event.
async fn lists(reader: &Staff, told: &Value, place: &str) {
    let position = told["position"].as_u64().unwrap_or_default();
    let path = format!("/api/v1/work?limit=200&wait_for_position={position}");
    let work = reader.client.get(&path).await.expect_ok();
    let mut items = work["items"].as_array().into_iter().flatten();
    assert!(
        items.any(|item| item["place"] == json!(place)),
        "{place} is missing in {work}"
    );
}

async fn a_rebuilt_ledger_is_equal(city: &City, cast: &Cast) {
    let said = city.run(&["ledger", "rebuild", "--compare"], &[]).await;
    assert!(said.contains("逐行相同"), "{said}");
    // It was rebuilt beside the one in use, which goes on.
    cast.dispatcher.get("/api/v1/work").await;
}

fn total(told: &Value) -> u64 {
    told["total"].as_u64().unwrap_or_default()
}
