//! The configuration of one city: every address its own, everything else as it comes.

use crate::ports::Ports;
use std::fmt::Write;

/// Services that the gateway calls, or asks how they are, with the name of its setting for their address.
const CALLED: [(&str, &str); 10] = [
    ("event-relay", "event_relay"),
    ("directory", "directory"),
    ("tip-intake", "tip_intake"),
    ("case-assignment", "case_assignment"),
    ("disposal-tracking", "disposal_tracking"),
    ("accountability-escalation", "accountability"),
    ("result-reporting", "result_reporting"),
    ("ledger", "ledger"),
    ("audit-replay", "audit_replay"),
    ("notification", "notification"),
];

/// The secret part of the SMS webhook's address.
pub(crate) const HOOK_SECRET: &str = "e2eHookSecretOfNoOtherCity01";

/// `mingcha.toml`. Relative paths in the defaults end up in the folder in which the services run.
pub(crate) fn configuration(ports: &Ports, password: &str, otlp_endpoint: Option<&str>) -> String {
    let mut text = String::new();
    let mut section = |name: &str, lines: &[String]| {
        let _ = writeln!(text, "[{name}]\n{}\n", lines.join("\n"));
    };
    let at = |name: &str| format!("127.0.0.1:{}", ports.of(name));
    section(
        "store",
        &[format!("url = \"kurrentdb://{}?tls=false\"", at("event-store"))],
    );
    section("nats", &[format!("url = \"nats://{}\"", at("nats"))]);
    if let Some(endpoint) = otlp_endpoint {
        section("telemetry", &[format!("otlp_endpoint = \"{endpoint}\"")]);
    }
    section("clock", &["simulated = true".to_owned()]);
    section("event-store", &[format!("listen = \"{}\"", at("event-store"))]);
    for (service, _) in CALLED {
        let mut lines = vec![format!("listen = \"{}\"", at(service))];
        if service == "result-reporting" {
            lines.push(format!("ledger = \"http://{}\"", at("ledger")));
        }
        section(service, &lines);
    }
    section("directory.bootstrap", &[format!("password = \"{password}\"")]);
    section(
        "notification.smtp",
        &[
            "host = \"127.0.0.1\"".to_owned(),
            format!("port = {}", ports.of("mail")),
        ],
    );
    section("web-gateway", &gateway(&at("web-gateway"), &at("redis")));
    let services: Vec<_> = CALLED
        .iter()
        .map(|(service, key)| format!("{key} = \"http://{}\"", at(service)))
        .collect();
    section("web-gateway.services", &services);
    // All of a story's people sit behind one address.
    let window = |key: &str| format!("{key} = {{ most = 100000, seconds = 600 }}");
    section(
        "web-gateway.limits",
        &["reports", "unproven", "lookups", "wrong_receipts"].map(window),
    );
    // Its browsers have no scripts: they wait, but nobody learns more from waiting longer.
    section("web-gateway.proof", &["wait_seconds = 1".to_owned()]);
    text
}

fn gateway(listen: &str, redis: &str) -> [String; 4] {
    [
        format!("listen = \"{listen}\""),
        format!("public_base_url = \"http://{listen}\""),
        format!("redis_url = \"redis://{redis}\""),
        format!("sms_hook_secret = \"{HOOK_SECRET}\""),
    ]
}
