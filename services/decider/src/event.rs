//! How an event is spelled in the store: a versioned name and a JSON body.

use crate::Json;
use serde_json::{Value, json};
use std::fmt;

/// An event enum, adjacently tagged (`tag = "type", content = "data"`) with names such as `tip.received.v1`.
///
/// Only the newest version of an event is a variant; [`StoredEvent::upcast`] lifts older ones.
pub trait StoredEvent: Json {
    /// Turns a stored older version into the newest one; the identity where there is none.
    fn upcast(name: String, data: Value) -> (String, Value) {
        (name, data)
    }
}

/// The stored name and body of an event.
pub fn encode<E: StoredEvent>(event: &E) -> (String, Value) {
    let tagged = serde_json::to_value(event).unwrap_or_default();
    let Value::Object(mut tagged) = tagged else {
        return (String::new(), Value::Null);
    };
    let name = tagged
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let data = tagged.remove("data").unwrap_or_else(|| json!({}));
    (name, data)
}

/// Reads a stored event of any version.
///
/// # Errors
/// If the name is unknown or the body does not fit: the program is older than the history.
pub fn decode<E: StoredEvent>(name: &str, data: Value) -> Result<E, DecodeError> {
    let (name, data) = E::upcast(name.to_owned(), data);
    E::deserialize(json!({ "type": name, "data": data })).map_err(|error| DecodeError {
        name,
        reason: error.to_string(),
    })
}

/// A stored event that this program cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    pub name: String,
    pub reason: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read stored event {}: {}", self.name, self.reason)
    }
}
impl std::error::Error for DecodeError {}
