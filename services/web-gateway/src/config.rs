//! Settings of the web gateway.

use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// Other addresses than loopback are refused unless this is set: TLS is the business of a proxy in front.
    pub allow_public_listen: bool,
    /// How people reach us, for links in texts, e.g. `https://mingcha.example`.
    pub public_base_url: String,
    /// Sessions and limits; may be lost at any time.
    pub redis_url: String,
    pub services: Addresses,
    pub session: SessionConfig,
    /// The secret part of `/hooks/sms/<secret>`; without one there is no such address.
    pub sms_hook_secret: Option<String>,
    pub limits: LimitsConfig,
    pub proof: ProofConfig,
    pub map: MapConfig,
    /// Proxies whose `X-Forwarded-For` is believed. Nobody's by default.
    pub trusted_proxies: Vec<IpAddr>,
    /// The built console of the staff; where there is none, its address says how to build it.
    pub console_folder: PathBuf,
}

/// Where the services listen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Addresses {
    /// Never called; only asked how it is.
    pub event_relay: String,
    pub directory: String,
    pub tip_intake: String,
    pub case_assignment: String,
    pub disposal_tracking: String,
    pub accountability: String,
    pub result_reporting: String,
    pub ledger: String,
    pub audit_replay: String,
    pub notification: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionConfig {
    /// A session ends after so long without a request.
    pub idle_seconds: u64,
    /// A session ends after so long in any case.
    pub longest_seconds: u64,
    /// Who listens to a stream of events is looked at again after so long, and before each event.
    pub recheck_seconds: u64,
    /// Cookies over HTTPS only; if absent, exactly when `public_base_url` is HTTPS.
    pub secure_cookies: Option<bool>,
}

/// How often one source may ask; mobile carriers put many people behind one address, so not too seldom.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// New tips and additions.
    pub reports: Window,
    /// Reports by a form without a proof of work, beside the share of `reports`.
    pub unproven: Window,
    /// Questions about the state of a tip.
    pub lookups: Window,
    /// Receipts that do not exist: somebody guesses.
    pub wrong_receipts: Window,
    /// Sources remembered in memory while Redis is away.
    pub remembered_sources: usize,
    /// Memory for large bodies, all together; whoever finds none left is told to wait.
    pub upload_mebibytes: u32,
    /// After so long a request is given up; longer than any call to a service, for a photo over a slow line may take it.
    pub request_seconds: u64,
    /// Streams of events that one person may have open, in as many windows.
    pub streams_per_person: usize,
}

/// What the report form asks of a browser, so that nobody floods the desks; never of whoever reports danger.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProofConfig {
    /// So many leading bits of a hash must be zero: each more doubles the work. Twelve take an old phone about a second.
    pub bits: u8,
    /// A form that was given out is good for so long.
    pub valid_seconds: u64,
    /// A form without proof is answered so long after it was given out at the soonest.
    pub wait_seconds: u64,
}

/// Where the background of the map of sites comes from; without a layer, points and areas stand on plain ground.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapConfig {
    /// Addresses of tiles in the Web Mercator scheme, from the ground up, each with `{z}`, `{x}` and `{y}`; keys stand in them.
    pub layers: Vec<String>,
    /// Whose map it is, as the source wants it said.
    pub attribution: String,
    /// The closest view that the source has.
    pub most_zoom: u32,
}

/// At most so many in so many seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub most: u32,
    pub seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 8080).into(),
            allow_public_listen: false,
            public_base_url: "http://127.0.0.1:8080".to_owned(),
            redis_url: "redis://127.0.0.1:6379".to_owned(),
            services: Addresses::default(),
            session: SessionConfig::default(),
            sms_hook_secret: None,
            limits: LimitsConfig::default(),
            proof: ProofConfig::default(),
            map: MapConfig::default(),
            trusted_proxies: Vec::new(),
            console_folder: "services/web-gateway/spa/dist".into(),
        }
    }
}

impl Default for Addresses {
    fn default() -> Self {
        let at = |port: u16| format!("http://127.0.0.1:{port}");
        Self {
            event_relay: at(7005),
            directory: at(7010),
            tip_intake: at(7020),
            case_assignment: at(7030),
            disposal_tracking: at(7040),
            accountability: at(7050),
            result_reporting: at(7060),
            ledger: at(7070),
            audit_replay: at(7080),
            notification: at(7090),
        }
    }
}

impl Addresses {
    /// Every address with the name under which the service is started, and under which `/readyz` tells of it.
    pub(crate) fn named(&self) -> [(&'static str, &str); 10] {
        [
            ("event-relay", &self.event_relay),
            ("directory", &self.directory),
            ("tip-intake", &self.tip_intake),
            ("case-assignment", &self.case_assignment),
            ("disposal-tracking", &self.disposal_tracking),
            ("accountability-escalation", &self.accountability),
            ("result-reporting", &self.result_reporting),
            ("ledger", &self.ledger),
            ("audit-replay", &self.audit_replay),
            ("notification", &self.notification),
        ]
    }
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            idle_seconds: 30 * 60,
            longest_seconds: 12 * 60 * 60,
            recheck_seconds: 15,
            secure_cookies: None,
        }
    }
}

impl Default for LimitsConfig {
    fn default() -> Self {
        let window = |most, seconds| Window { most, seconds };
        Self {
            reports: window(30, 600),
            unproven: window(10, 600),
            lookups: window(60, 600),
            wrong_receipts: window(10, 3600),
            remembered_sources: 20_000,
            upload_mebibytes: 512,
            request_seconds: 180,
            streams_per_person: 5,
        }
    }
}

impl Default for ProofConfig {
    fn default() -> Self {
        Self {
            bits: 12,
            valid_seconds: 12 * 60 * 60,
            wait_seconds: 15,
        }
    }
}

impl Default for MapConfig {
    fn default() -> Self {
        Self {
            layers: Vec::new(),
            attribution: String::new(),
            most_zoom: 18,
        }
    }
}

impl MapConfig {
    fn check(&self) -> Result<(), String> {
        for (number, layer) in self.layers.iter().enumerate() {
            let fetched = layer.starts_with("https://") || layer.starts_with("http://");
            let placed = ["{z}", "{x}", "{y}"].iter().all(|part| layer.contains(part));
            if !fetched || !placed {
                return Err(format!(
                    "map.layers[{number}]: an address that begins with https:// or http:// and has {{z}}, {{x}} and {{y}} in it"
                ));
            }
        }
        if self.most_zoom > CLOSEST {
            return Err(format!("map.most_zoom: at most {CLOSEST}"));
        }
        Ok(())
    }
}

/// No source has tiles of single bricks.
const CLOSEST: u32 = 24;
/// A harder riddle would keep old phones busy for minutes.
const HARDEST: u8 = 20;
/// Who waits longer believes that nothing happens.
const LONGEST_WAIT_SECONDS: u64 = 60;

/// A shorter secret could be guessed by trying addresses.
const SHORTEST_HOOK_SECRET: usize = 24;

impl Config {
    /// Whether cookies carry `Secure`.
    pub(crate) fn secure_cookies(&self) -> bool {
        self.session.secure_cookies.unwrap_or_else(|| self.is_https())
    }
    pub(crate) fn is_https(&self) -> bool {
        self.public_base_url.starts_with("https://")
    }
    /// Refuses what would be unsafe.
    pub(crate) fn check(&self) -> Result<(), String> {
        if !self.listen.ip().is_loopback() && !self.allow_public_listen {
            return Err(format!(
                "listen: {} is not loopback; put a TLS proxy in front, or set allow_public_listen",
                self.listen
            ));
        }
        if self.proof.bits > HARDEST {
            return Err(format!("proof.bits: at most {HARDEST}"));
        }
        if self.proof.wait_seconds > LONGEST_WAIT_SECONDS {
            return Err(format!("proof.wait_seconds: at most {LONGEST_WAIT_SECONDS}"));
        }
        self.map.check()?;
        let secret = self.sms_hook_secret.as_deref();
        if secret.is_some_and(|secret| {
            secret.len() < SHORTEST_HOOK_SECRET || !secret.bytes().all(|b| b.is_ascii_alphanumeric())
        }) {
            return Err(format!(
                "sms_hook_secret: at least {SHORTEST_HOOK_SECRET} letters and digits"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_listened_on_unless_said_otherwise() {
        let mut config = Config {
            listen: ([192, 0, 2, 1], 8080).into(),
            ..Config::default()
        };
        assert!(config.check().is_err());
        config.allow_public_listen = true;
        assert!(config.check().is_ok());
    }
    #[test]
    fn a_short_hook_secret_is_refused() {
        let config = Config {
            sms_hook_secret: Some("short".to_owned()),
            ..Config::default()
        };
        assert!(config.check().is_err());
    }
    #[test]
    fn nobody_is_kept_busy_or_waiting_for_long() {
        let mut config = Config::default();
        config.proof.bits = 21;
        assert!(config.check().is_err());
        config.proof.bits = 20;
        assert!(config.check().is_ok());
        config.proof.wait_seconds = 61;
        assert!(config.check().is_err());
    }
    #[test]
    fn a_layer_of_the_map_is_an_address_with_places_for_the_tile() {
        let with = |layer: &str| {
            let mut config = Config::default();
            config.map.layers = vec![layer.to_owned()];
            config.check()
        };
        assert!(with("https://map.example/{z}/{x}/{y}?tk=key").is_ok());
        assert!(with("https://map.example/{z}/{x}").is_err());
        assert!(with("map.example/{z}/{x}/{y}").is_err());
    }
    #[test]
    fn cookies_are_secure_behind_https() {
        let config = Config {
            public_base_url: "https://mingcha.example".to_owned(),
            ..Config::default()
        };
        assert!(config.secure_cookies());
        assert!(!Config::default().secure_cookies());
    }
    #[test]
    fn unknown_keys_are_refused() {
        let config = serde_json::json!({"listn": "127.0.0.1:1"});
        assert!(serde_json::from_value::<Config>(config).is_err());
    }
}
