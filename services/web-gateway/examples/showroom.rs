//! The public pages with services that only remember, to look at in a browser: `cargo run --example showroom`.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/service/city.rs"]
mod city;
#[allow(dead_code)]
#[path = "../tests/service/fake_ledger.rs"]
mod fake_ledger;
#[path = "../tests/service/fakes.rs"]
mod fakes;
#[path = "../tests/service/redis_server.rs"]
mod redis_server;

use std::net::SocketAddr;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let city = city::City::start().await;
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
