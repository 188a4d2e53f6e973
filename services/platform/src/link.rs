//! Each event holds the hash of the one before it in its stream: whoever rewrites one has to rewrite all that follow.

use crate::{Metadata, NewEvent, Recorded};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// SHA-256 of an event: its id, name, body and metadata, with the link to the one before it among them. 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Link([u8; 32]);

impl Link {
    fn over(id: Uuid, name: &str, data: &Value, metadata: &Metadata) -> Self {
        let (data, metadata) = (
            data.to_string(),
            serde_json::to_string(metadata).unwrap_or_default(),
        );
        let mut hash = Sha256::new_with_prefix(id);
        // Lengths first: no two events spell the same.
        for part in [name, &data, &metadata] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
    /// Of an event that is to be appended.
    pub fn to_new(event: &NewEvent) -> Self {
        Self::over(event.id, &event.name, &event.data, &event.metadata)
    }
    /// Of an event as the store has it.
    pub fn to(event: &Recorded) -> Self {
        Self::over(event.id, &event.name, &event.data, &event.metadata)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({self})")
    }
}
impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut bytes = [0u8; 32];
        hex::decode_to_slice(&text, &mut bytes).map_err(D::Error::custom)?;
        Ok(Self(bytes))
    }
}
