//! Settings that every service shares; unknown keys are refused.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[store] [nats] [identity] [clock] [telemetry]` of the configuration file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommonConfig {
    pub store: StoreConfig,
    pub nats: NatsConfig,
    pub identity: IdentityConfig,
    pub clock: ClockConfig,
    pub telemetry: TelemetryConfig,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    /// KurrentDB connection string: our embedded store or a KurrentDB cluster.
    pub url: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NatsConfig {
    pub url: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentityConfig {
    /// PEM of the Ed25519 key that signs identities. Only the edge has it.
    pub signing_key_file: PathBuf,
    /// PEM of its public half. Every service has it.
    pub verifying_key_file: PathBuf,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockConfig {
    /// Lets an administrator move time forward. For demonstrations and tests only.
    pub simulated: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelemetryConfig {
    /// OTLP/gRPC endpoint, e.g. `http://127.0.0.1:4317`; nothing is exported without one.
    pub otlp_endpoint: Option<String>,
    /// `tracing` filter, e.g. `info,kurrentdb=error`.
    pub filter: Option<String>,
    /// One JSON object a line instead of text.
    pub json: bool,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            url: "kurrentdb://127.0.0.1:2113?tls=false".to_owned(),
        }
    }
}
impl Default for NatsConfig {
    fn default() -> Self {
        Self {
            url: "nats://127.0.0.1:4222".to_owned(),
        }
    }
}
impl Default for IdentityConfig {
    fn default() -> Self {
        Self {
            signing_key_file: "data/keys/identity.pem".into(),
            verifying_key_file: "data/keys/identity.pub.pem".into(),
        }
    }
}
