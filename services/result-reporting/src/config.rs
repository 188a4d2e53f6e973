//! Settings of result reporting.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// Where the ledger listens: it gives the lists that reports are drafted from.
    pub ledger: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 7060).into(),
            ledger: "http://127.0.0.1:7070".to_owned(),
        }
    }
}
