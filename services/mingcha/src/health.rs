//! Asking the city, or one of its services, how it is.

use crate::settings::Settings;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Whoever starts has a moment to answer.
const TIME_LIMIT: Duration = Duration::from_secs(4);

/// Fails, naming what is away: of the whole city as its gateway sees it, or the one service.
pub(crate) async fn run(service: Option<&str>, settings: &Settings) -> Result<(), String> {
    match service {
        None => whole_city(settings.web_gateway.listen).await,
        // The edge serves although others are away.
        Some("web-gateway") => readiness(settings.web_gateway.listen).await.map(|_| ()),
        Some(name) => {
            let address = listen(name, settings)?;
            let serving = platform::is_serving(&address_of(address), TIME_LIMIT).await;
            serving
                .then_some(())
                .ok_or_else(|| format!("{name} is not serving at {address}"))
        }
    }
}

async fn whole_city(gateway: SocketAddr) -> Result<(), String> {
    let answer = readiness(gateway).await?;
    let away = answer["away"]
        .as_array()
        .ok_or("the gateway does not say who is away")?;
    let away: Vec<_> = away.iter().filter_map(Value::as_str).collect();
    if away.is_empty() {
        println!("every part answers");
        return Ok(());
    }
    Err(format!("away: {}", away.join(", ")))
}

/// What `/readyz` says; an error unless the gateway is ready.
async fn readiness(gateway: SocketAddr) -> Result<Value, String> {
    let url = format!("{}/readyz", address_of(gateway));
    let client = reqwest::Client::builder()
        .timeout(TIME_LIMIT)
        .build()
        .map_err(|e| e.to_string())?;
    let away = |_| format!("away: web-gateway; nothing answers at {gateway}");
    let answer = client.get(&url).send().await.map_err(away)?;
    let status = answer.status();
    let body: Value = answer
        .json()
        .await
        .map_err(|_| format!("{url} answers {status}"))?;
    if status.is_success() {
        return Ok(body);
    }
    Err(format!("the gateway is not ready: {body}"))
}

fn listen(name: &str, settings: &Settings) -> Result<SocketAddr, String> {
    Ok(match name {
        "event-store" => settings.event_store.listen,
        "event-relay" => settings.event_relay.listen,
        "directory" => settings.directory.listen,
        "tip-intake" => settings.tip_intake.listen,
        "case-assignment" => settings.case_assignment.listen,
        "disposal-tracking" => settings.disposal_tracking.listen,
        "accountability-escalation" => settings.accountability_escalation.listen,
        "result-reporting" => settings.result_reporting.listen,
        "ledger" => settings.ledger.listen,
        "audit-replay" => settings.audit_replay.listen,
        "notification" => settings.notification.listen,
        _ => return Err(format!("there is no service {name}")),
    })
}

/// Who listens everywhere is asked here.
fn address_of(mut listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        listen.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    format!("http://{listen}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::SERVICES;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Asks a city whose gateway gives this one answer.
    async fn asked(service: Option<&str>, status: &str, body: &str) -> Result<(), String> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut settings = Settings::default();
        settings.web_gateway.listen = listener.local_addr().expect("an address");
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let gateway = async {
            let (mut connection, _) = listener.accept().await.expect("a connection");
            let mut request = [0; 1024];
            let _ = connection.read(&mut request).await;
            connection.write_all(answer.as_bytes()).await.expect("sent");
        };
        tokio::join!(run(service, &settings), gateway).0
    }

    #[tokio::test]
    async fn whoever_is_away_is_named_and_makes_it_fail() {
        let body = r#"{"ready":true,"directory_view":true,"away":["ledger","nats"]}"#;
        assert_eq!(
            asked(None, "200 OK", body).await,
            Err("away: ledger, nats".to_owned())
        );
        assert_eq!(asked(Some("web-gateway"), "200 OK", body).await, Ok(()));
    }
    #[tokio::test]
    async fn a_whole_city_is_well() {
        let body = r#"{"ready":true,"directory_view":true,"away":[]}"#;
        assert_eq!(asked(None, "200 OK", body).await, Ok(()));
    }
    #[tokio::test]
    async fn a_gateway_that_is_not_ready_is_not_well() {
        let body = r#"{"ready":false,"directory_view":false,"away":["nats"]}"#;
        for service in [None, Some("web-gateway")] {
            let told = asked(service, "503 Service Unavailable", body)
                .await
                .expect_err("not ready");
            assert!(told.contains("not ready") && told.contains("nats"), "{told}");
        }
    }
    #[tokio::test]
    async fn nobody_at_all_is_told() {
        let mut settings = Settings::default();
        // Nothing listens on port 1.
        settings.web_gateway.listen.set_port(1);
        settings.ledger.listen.set_port(1);
        let told = run(None, &settings).await.expect_err("nobody");
        assert!(told.contains("web-gateway"), "{told}");
        let told = run(Some("ledger"), &settings).await.expect_err("nobody");
        assert!(told.contains("ledger"), "{told}");
    }
    #[test]
    fn every_service_can_be_asked() {
        let settings = Settings::default();
        let cannot: Vec<_> = SERVICES
            .into_iter()
            .filter(|name| listen(name, &settings).is_err())
            .collect();
        // That one is asked by HTTP.
        assert_eq!(cannot, ["web-gateway"]);
    }
    #[test]
    fn who_listens_everywhere_is_asked_here() {
        assert_eq!(address_of(([0, 0, 0, 0], 8080).into()), "http://127.0.0.1:8080");
        assert_eq!(address_of(([10, 0, 0, 1], 8080).into()), "http://10.0.0.1:8080");
    }
}
