//! Settings of tip intake.

use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// SQLite file of wrapped keys. Back it up apart from the history: erasing a wrap must stay possible.
    pub keyring_file: PathBuf,
    /// 32 bytes that wrap all keys; made at first start. Whoever has it and the keyring can read every tip.
    pub master_key_file: PathBuf,
    pub evidence_dir: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 7020).into(),
            keyring_file: "data/tip-intake/keyring.sqlite".into(),
            master_key_file: "data/keys/keyring.key".into(),
            evidence_dir: "data/tip-intake/evidence".into(),
        }
    }
}
