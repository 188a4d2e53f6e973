//! The stream of a work list: it tells, outlives every time limit, ends for whoever is out, and comes back by itself.

use crate::city::City;
use crate::visitor::{Visitor, Watching};
use jurisdiction::{Role, StaffId, UnitCode};
use std::time::Duration;
use tonic::Status;

const DISPATCHER: &str = "dispatcher-321300-AWB";
const STREAM: &str = "/api/v1/work/stream";

async fn watching(city: &City, visitor: &Visitor) -> Watching {
    let stream = visitor.watch(city, STREAM).await;
    assert_eq!(stream.status, 200);
    stream
}

#[tokio::test]
async fn it_tells_how_things_stand_and_every_change_with_its_position() {
    let city = City::start().await;
    city.ledger.tells(41, 3);
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    assert_eq!(stream.header("content-type"), "text/event-stream");
    assert_eq!(stream.header("cache-control"), "no-store");
    let first = stream.event().await;
    assert_eq!((first.name.as_str(), first.id.as_str()), ("work", "41"));
    assert_eq!(first.json()["total"], 3);
    city.ledger.tells(42, 4);
    let next = stream.event().await;
    assert_eq!((next.id.as_str(), &next.json()["total"]), ("42", &4.into()));
    let watchers = city.ledger.watchers.lock().expect("lock").clone();
    assert!(watchers.len() == 1 && watchers[0].is(Role::Dispatcher));
}

#[tokio::test]
async fn a_new_notice_is_told_though_the_work_is_the_same() {
    let city = City::start_with(|config| config.session.recheck_seconds = 1).await;
    city.notices.sends("old");
    city.ledger.tells(1, 1);
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    assert_eq!(stream.event().await.name, "work");
    city.notices.sends("new");
    assert_eq!(stream.event().await.name, "notices");
    // Once: the same is no news.
    city.ledger.tells(2, 1);
    assert_eq!(stream.event().await.name, "work");
}

#[tokio::test]
async fn the_time_limit_of_requests_does_not_cut_it() {
    let city = City::start_with(|config| config.limits.request_seconds = 1).await;
    city.ledger.tells(1, 1);
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    assert_eq!(stream.event().await.id, "1");
    // Longer than a request may take here; it is the passing of time that is tried.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    city.ledger.tells(2, 2);
    assert_eq!(stream.event().await.id, "2");
    assert_eq!(city.ledger.watched(), 1, "by the same stream");
}

#[tokio::test]
async fn a_ledger_that_goes_and_comes_is_asked_again_and_nothing_is_lost() {
    let city = City::start().await;
    city.ledger.tells(1, 1);
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    assert_eq!(stream.event().await.id, "1");
    let _ = city
        .ledger
        .told
        .send_replace(Err(Status::unavailable("stopping")));
    let asked_again = async {
        while city.ledger.watched() < 3 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let asked_again = tokio::time::timeout(Duration::from_secs(60), asked_again).await;
    asked_again.expect("asked again and again");
    city.ledger.tells(2, 5);
    let next = stream.event().await;
    assert_eq!((next.id.as_str(), &next.json()["total"]), ("2", &5.into()));
    // Whoever was away, and says what was seen last, is told how things stand now.
    drop(stream);
    let back = visitor.clone().with("last-event-id", "1");
    let mut again = watching(&city, &back).await;
    assert_eq!(again.event().await.id, "2");
}

#[tokio::test]
async fn a_refusal_of_the_ledger_ends_it() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    stream.event().await;
    let refused = platform::refuse(platform::PlatformRefusal::WrongRole);
    let _ = city.ledger.told.send_replace(Err(refused));
    let end = stream.event().await;
    assert_eq!((end.name.as_str(), &end.json()["status"]), ("ended", &403.into()));
    assert!(stream.is_over().await);
}

#[tokio::test]
async fn whoever_has_signed_out_is_told_nothing_more() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    stream.event().await;
    assert_eq!(visitor.delete(&city, "/api/v1/session").await.status, 204);
    city.ledger.tells(7, 7);
    let end = stream.event().await;
    assert_eq!(
        (end.name.as_str(), &end.json()["code"]),
        ("ended", &"gateway.session_ended".into())
    );
    assert!(stream.is_over().await);
    assert_eq!(visitor.watch(&city, STREAM).await.status, 401);
}

#[tokio::test]
async fn whoever_is_retired_or_moved_is_cut_off_without_anything_happening() {
    let city = City::start_with(|config| config.session.recheck_seconds = 1).await;
    for (change, code) in [
        ("moved", "gateway.serves_elsewhere"),
        ("retired", "gateway.account_retired"),
    ] {
        let visitor = Visitor::signed_in(&city, DISPATCHER).await;
        let mut stream = watching(&city, &visitor).await;
        stream.event().await;
        let account = StaffId::of(DISPATCHER);
        city.directory.change(|jurisdiction| match change {
            "moved" => {
                let member = jurisdiction.staff.get_mut(&account).expect("somebody");
                member.unit = UnitCode::of(jurisdiction::sample::COUNTY);
            }
            _ => {
                jurisdiction.staff.remove(&account);
            }
        });
        let end = stream.event().await;
        assert_eq!((end.name.as_str(), &end.json()["code"]), ("ended", &code.into()));
    }
}

#[tokio::test]
async fn a_screen_that_is_merely_open_keeps_no_session_alive() {
    let city = City::start_with(|config| {
        config.session.recheck_seconds = 1;
        config.session.idle_seconds = 3;
    })
    .await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    stream.event().await;
    let end = stream.event().await;
    assert_eq!(
        (end.name.as_str(), &end.json()["code"]),
        ("ended", &"gateway.session_ended".into())
    );
}

#[tokio::test]
async fn so_many_windows_and_no_more() {
    let city = City::start_with(|config| config.limits.streams_per_person = 2).await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let first = watching(&city, &visitor).await;
    let mut second = watching(&city, &visitor).await;
    let third = visitor.get(&city, STREAM).await;
    assert_eq!(third.problem(), (429, "gateway.too_many_streams".to_owned()));
    assert!(!third.header("retry-after").is_empty() && third.text().contains("2 个窗口"));
    let other = Visitor::signed_in(&city, "handler-321322102").await;
    watching(&city, &other).await;
    // A window that is closed makes room for another.
    drop(first);
    second.event().await;
    let freed = async {
        loop {
            let again = visitor.watch(&city, STREAM).await;
            if again.status == 200 {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), freed)
        .await
        .expect("room");
}

#[tokio::test]
async fn a_role_may_stand_in_the_address_for_browsers_cannot_send_it_otherwise() {
    let city = City::start().await;
    let account = StaffId::of(DISPATCHER);
    city.directory.change(|jurisdiction| {
        let member = jurisdiction.staff.get_mut(&account).expect("somebody");
        member.roles.insert(Role::Leader);
    });
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = visitor.watch(&city, "/api/v1/work/stream?role=leader").await;
    stream.event().await;
    let watchers = city.ledger.watchers.lock().expect("lock").clone();
    assert!(watchers[0].is(Role::Leader));
    let refused = visitor.get(&city, "/api/v1/work/stream?role=inspector").await;
    assert_eq!(refused.problem(), (403, "gateway.wrong_role".to_owned()));
    let admin = Visitor::signed_in(&city, "admin-321300-AWB").await;
    assert_eq!(admin.get(&city, STREAM).await.problem().0, 403);
    assert_eq!(Visitor::default().get(&city, STREAM).await.problem().0, 401);
}

#[tokio::test]
async fn it_ends_when_the_edge_stops_and_says_when_to_come_back() {
    let city = City::start().await;
    let visitor = Visitor::signed_in(&city, DISPATCHER).await;
    let mut stream = watching(&city, &visitor).await;
    stream.event().await;
    city.shutdown.cancel();
    let last = stream.event().await;
    assert_eq!((last.name.as_str(), last.retry.as_str()), ("closing", "2000"));
    assert!(stream.is_over().await);
}
