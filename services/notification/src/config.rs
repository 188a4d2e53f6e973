//! Settings of notification.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::SocketAddr;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    /// How staff reach the program, for the texts.
    pub console_url: String,
    pub smtp: SmtpConfig,
}

/// The mail server that takes our mail.
#[derive(Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub tls: TlsMode,
    /// No sign-in without one.
    pub user: Option<String>,
    pub password: Option<String>,
    /// Sender, e.g. `明察 <mingcha@suqian.example>`.
    pub from: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    /// For a server on this machine only.
    None,
    /// Begins in plain text; nothing is sent unless the server then encrypts.
    StartTls,
    Tls,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 7090).into(),
            console_url: "http://127.0.0.1:8080".to_owned(),
            smtp: SmtpConfig::default(),
        }
    }
}

impl Default for SmtpConfig {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 2525,
            tls: TlsMode::None,
            user: None,
            password: None,
            from: "明察 <mingcha@mingcha.example>".to_owned(),
        }
    }
}

impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpConfig")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("user", &self.user)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}
