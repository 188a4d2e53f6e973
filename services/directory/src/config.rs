//! Settings of the directory.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// SQLite file of password hashes; outside the history, so that they can be destroyed.
    pub credentials_file: PathBuf,
    pub bootstrap: BootstrapConfig,
    /// Id of the campaign whose stages, limits, ladder and thresholds are set here: their stream is `campaign-<id>`.
    pub campaign: String,
}

/// The very first administrator, recorded only while there are no staff at all.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BootstrapConfig {
    pub unit: String,
    pub unit_name: String,
    pub account: String,
    /// No administrator is made without one.
    pub password: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 7010).into(),
            credentials_file: "data/directory/credentials.sqlite".into(),
            bootstrap: BootstrapConfig::default(),
            campaign: "2020".to_owned(),
        }
    }
}

impl Default for BootstrapConfig {
    fn default() -> Self {
        Self {
            unit: "321300".to_owned(),
            unit_name: "宿迁市".to_owned(),
            account: "admin".to_owned(),
            password: None,
        }
    }
}
