//! Measures a whole city: tips over HTTP until the receipt is shown, how long a reaction takes to follow its cause, and every
//! list and report of two thousand cases. `bench [tips] [lists] [--cases 2000]` measures a part.

mod crew;
mod lists;
mod oversight;
mod reactions;
mod sites;

use e2e_tests::City;
use serde_json::{Value, json};
use std::time::Duration;

struct Arguments {
    parts: Vec<String>,
    cases: usize,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::read(std::env::args().skip(1)).unwrap_or_else(|mistake| panic!("{mistake}"));
    let mut rows = Vec::new();
    if arguments.wants("tips") {
        let city = City::start().await;
        rows.extend(reactions::measured(&city).await);
    }
    if arguments.wants("lists") {
        let city = City::start_whole().await;
        rows.extend(lists::lists(&city, arguments.cases).await);
    }
    println!("{}", serde_json::to_string(&rows).expect("JSON"));
}

impl Arguments {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self {
            parts: Vec::new(),
            cases: 2_000,
        };
        while let Some(word) = given.next() {
            match word.as_str() {
                "tips" | "lists" => arguments.parts.push(word),
                "--cases" => {
                    let number = given.next().and_then(|number| number.parse().ok());
                    arguments.cases = number.ok_or("--cases takes a number")?;
                }
                other => return Err(format!("bench [tips] [lists] [--cases 2000]: what is {other}?")),
            }
        }
        Ok(arguments)
    }
    /// Everything, unless some parts are named.
    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }
}

/// One line of the table.
fn row(name: &str, callers: usize, whole: Duration, mut took: Vec<Duration>) -> Value {
    took.sort_unstable();
    let quantile =
        |share: f64| took[((took.len() as f64 * share) as usize).min(took.len() - 1)].as_secs_f64() * 1000.0;
    json!({
        "name": name,
        "callers": callers,
        "per_second": took.len() as f64 / whole.as_secs_f64(),
        "p50_ms": quantile(0.50),
        "p99_ms": quantile(0.99),
    })
}
