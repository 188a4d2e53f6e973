//! Settings of the ledger.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// SQLite file of the views. May be deleted whenever the service is stopped: it is rebuilt from the store.
    pub database_file: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 7070).into(),
            database_file: "data/ledger/ledger.sqlite".into(),
        }
    }
}
