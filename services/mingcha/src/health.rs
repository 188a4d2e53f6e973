//! Asking services how they are.

use crate::settings::Settings;
use std::net::SocketAddr;
use std::time::Duration;

/// Prints a line per service that listens; fails if one that should be here does not answer.
pub(crate) async fn run(settings: &Settings) -> Result<(), String> {
    let gateway = settings.web_gateway.listen;
    let url = format!("http://{gateway}/readyz");
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .build()
        .map_err(|e| e.to_string())?;
    let answer = client.get(&url).send().await.map_err(|_| away(gateway))?;
    let status = answer.status();
    println!("{}", answer.text().await.map_err(|e| e.to_string())?);
    if status.is_success() {
        Ok(())
    } else {
        Err(format!("{url} answers {status}"))
    }
}

fn away(address: SocketAddr) -> String {
    format!("nothing answers at {address}")
}
