//! The public pages with services that only remember, to look at in a browser: `cargo run --example showroom`.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/service/city.rs"]
mod city;
#[path = "../tests/service/fake_directory.rs"]
mod fake_directory;
#[path = "../tests/service/fake_disposal.rs"]
mod fake_disposal;
#[allow(dead_code)]
#[path = "../tests/service/fake_ledger.rs"]
mod fake_ledger;
#[allow(dead_code)]
#[path = "../tests/service/fake_notification.rs"]
mod fake_notification;
#[path = "../tests/service/fakes.rs"]
mod fakes;
#[path = "../tests/service/redis_server.rs"]
mod redis_server;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/service/remembering.rs"]
mod remembering;

use mingcha_proto::ledger::{PublicArea, PublicFigure, PublicFiguresResponse};
use std::net::SocketAddr;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let city = city::City::start().await;
    *city.ledger.published.lock().expect("lock") = Some(published());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8088").await?;
    println!("http://{}  receipt {}", listener.local_addr()?, fakes::RECEIPT);
    let service = city
        .router
        .clone()
        .into_make_service_with_connect_info::<SocketAddr>();
    let mut terminated = signal(SignalKind::terminate())?;
    // Redis is stopped when `city` goes, so the process must end by itself.
    let told_to_stop = async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    axum::serve(listener, service)
        .with_graceful_shutdown(told_to_stop)
        .await
}

fn published() -> PublicFiguresResponse {
    const TITLES: [&str; 5] = [
        "收到群众举报",
        "立案核查",
        "认定并下达处置",
        "处置完毕",
        "死灰复燃再查处",
    ];
    let area = |name: &str, level: &str, values: [Option<u32>; 5]| PublicArea {
        name: name.to_owned(),
        level: level.to_owned(),
        figures: (TITLES.iter().zip(values))
            .map(|(title, value)| PublicFigure {
                code: String::new(),
                title: (*title).to_owned(),
                value,
            })
            .collect(),
    };
    let county = |name, first| {
        area(
            name,
            "county",
            [Some(first), Some(first / 2), Some(9), None, None],
        )
    };
    PublicFiguresResponse {
        until: "2020-07-12".to_owned(),
        areas: vec![
            area("宿迁市", "city", [Some(327), Some(164), Some(58), Some(41), None]),
            county("沭阳县", 92),
            county("泗阳县", 61),
            county("宿迁经济技术开发区", 33),
        ],
        position: 0,
    }
}
