//! Reporter data as it may enter an event: ciphertext with a commitment, never clear text.

use serde::{Deserialize, Serialize};

/// Which of the two sealed compartments of a tip (domain.md §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compartment {
    /// Name, numbers, address. Opened by two persons only.
    Identity,
    /// Narrative, original photos, recording. Read by those who screen.
    Content,
}

impl Compartment {
    pub const ALL: [Self; 2] = [Self::Identity, Self::Content];

    pub fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Content => "content",
        }
    }
}

/// XChaCha20-Poly1305 ciphertext under the compartment's own key. The key lives in the keyring, outside the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub compartment: Compartment,
    /// What was sealed, part of the authenticated data: `narrative`, `contact`, `message`.
    pub field: String,
    /// Version of the sealing format.
    pub format: u8,
    /// base64 of nonce ‖ ciphertext ‖ tag.
    pub ciphertext: String,
    /// hex HMAC-SHA-256 under a key derived from the compartment's key: pins the key, as the cipher does not.
    pub commitment: String,
}

impl Sealed {
    /// An opaque value for tests.
    pub fn sample(compartment: Compartment, field: &str) -> Self {
        Self {
            compartment,
            field: field.to_owned(),
            format: 1,
            ciphertext: "c2VhbGVk".to_owned(),
            commitment: "00".repeat(32),
        }
    }
}
