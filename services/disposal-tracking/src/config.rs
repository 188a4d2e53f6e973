//! Settings of disposal tracking.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// How many days after closing a site is looked at again 回头看.
    pub recheck_after_days: Vec<u16>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 7040).into(),
            recheck_after_days: vec![30, 90, 180],
        }
    }
}
