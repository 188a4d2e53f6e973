//! What the store can be told from outside.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Settings of one event store; unknown keys are refused.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Listening on anything but a loopback address must be asked for: the protocol is plain text.
    pub allow_public_listen: bool,
    /// The folder that holds the database and its lock.
    pub data_dir: PathBuf,
    /// Whether streams may be deleted or tombstoned. Off: history is kept.
    pub allow_deletion: bool,
    /// The most bytes (data and metadata) one append may carry.
    pub max_append_bytes: usize,
    /// How many appends may wait for the disk before new ones are refused.
    pub queue_depth: usize,
    /// How many bytes may wait for the disk before new appends are refused.
    pub max_queued_bytes: usize,
    /// How many read connections the pool holds.
    pub readers: usize,
    /// How long open calls may take to end after a shutdown was asked for.
    pub drain_seconds: u64,
    /// If set, calls to streams must carry these as Basic authentication.
    pub credentials: Option<Credentials>,
    /// An upper bound of the database in pages of 4 KiB, to rehearse a full disk.
    pub max_pages: Option<u32>,
}

/// A user name and a password that callers must present.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .field("password", &"***")
            .finish()
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 2113)),
            allow_public_listen: false,
            data_dir: PathBuf::from("data/event-store"),
            allow_deletion: false,
            // The default of a KurrentDB server, so that what fits here fits there.
            max_append_bytes: 1024 * 1024,
            queue_depth: 4096,
            max_queued_bytes: 64 * 1024 * 1024,
            readers: 4,
            drain_seconds: 5,
            credentials: None,
            max_pages: None,
        }
    }
}
