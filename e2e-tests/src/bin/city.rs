//! A whole city for the browser tests: prints where it is as one line of JSON, and stops when its standard input ends.
//!
//! `city --played` plays the demonstration's two stories first, so that no page is empty.

use e2e_tests::{City, stories};
use serde_json::json;
use std::io::Read;

#[tokio::main]
async fn main() {
    let city = City::start().await;
    if std::env::args().any(|argument| argument == "--played") {
        stories::all_goes_well(&city.town).await;
        stories::misses_deadlines_and_relapses(&city.town).await;
    }
    let town = &city.town;
    println!("{}", json!({ "base": town.base, "password": town.password }));
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    let _ = ended.await;
    city.stop_all().await;
}
