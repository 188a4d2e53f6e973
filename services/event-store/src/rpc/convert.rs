//! Between the protocol's messages and the engine's types.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use prost_types::Timestamp;
use tonic::Status;
use uuid::Uuid;

use super::errors;
use super::proto::event_store::client as shared;
use super::proto::event_store::client::streams::read_resp::read_event::{Position, RecordedEvent};
use super::proto::event_store::client::streams::read_resp::{Content, ReadEvent};
use super::proto::event_store::client::streams::{ReadResp, append_req};
use crate::engine::{Proposed, Record};

const JSON: &str = "application/json";
const OCTETS: &str = "application/octet-stream";

/// How a reader wants ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdForm {
    Structured,
    Text,
}

pub(crate) fn uuid_in(value: Option<shared::Uuid>) -> Result<Uuid, Status> {
    use shared::uuid::Value;
    match value.and_then(|uuid| uuid.value) {
        Some(Value::Structured(bits)) => Ok(Uuid::from_u64_pair(
            bits.most_significant_bits as u64,
            bits.least_significant_bits as u64,
        )),
        Some(Value::String(text)) => {
            Uuid::parse_str(&text).map_err(|_| Status::invalid_argument(format!("'{text}' is not a UUID")))
        }
        None => Err(Status::invalid_argument("a UUID is missing")),
    }
}

pub(crate) fn uuid_out(uuid: Uuid, form: IdForm) -> shared::Uuid {
    use shared::uuid::{Structured, Value};
    let value = match form {
        IdForm::Text => Value::String(uuid.to_string()),
        IdForm::Structured => {
            let (most, least) = uuid.as_u64_pair();
            Value::Structured(Structured {
                most_significant_bits: most as i64,
                least_significant_bits: least as i64,
            })
        }
    };
    shared::Uuid { value: Some(value) }
}

pub(crate) fn stream_in(identifier: Option<shared::StreamIdentifier>) -> Result<Arc<str>, Status> {
    let name = identifier.map(|identifier| identifier.stream_name);
    match name.as_deref().map(std::str::from_utf8) {
        Some(Ok("")) | None => Err(Status::invalid_argument("the stream name is missing")),
        Some(Ok("$all")) => Err(Status::invalid_argument(
            "$all is not a stream of its own: read it with the $all options",
        )),
        Some(Ok(name)) => Ok(name.into()),
        Some(Err(_)) => Err(Status::invalid_argument("the stream name is not UTF-8")),
    }
}

pub(crate) fn stream_out(stream: &str) -> shared::StreamIdentifier {
    shared::StreamIdentifier {
        stream_name: Bytes::copy_from_slice(stream.as_bytes()),
    }
}

/// A proposed event, once it has what every event must have.
pub(crate) fn proposed_in(message: append_req::ProposedMessage) -> Result<Proposed, Status> {
    let mut metadata = message.metadata;
    let mut property = |name: &str| {
        metadata
            .remove(name)
            .ok_or_else(|| errors::missing_metadata(name))
    };
    let kind = property("type")?;
    let content_type = property("content-type")?;
    Ok(Proposed {
        id: uuid_in(message.id)?,
        kind,
        json: content_type == JSON,
        metadata: message.custom_metadata,
        data: message.data,
    })
}

/// A stored event as readers and subscribers receive it.
pub(crate) fn event_out(record: &Record, form: IdForm) -> ReadResp {
    let content_type = if record.json { JSON } else { OCTETS };
    let metadata = HashMap::from([
        ("type".to_owned(), record.kind.clone()),
        ("content-type".to_owned(), content_type.to_owned()),
        ("created".to_owned(), record.created.to_string()),
    ]);
    let event = RecordedEvent {
        id: Some(uuid_out(record.id, form)),
        stream_identifier: Some(stream_out(&record.stream)),
        stream_revision: record.revision,
        prepare_position: record.position,
        commit_position: record.position,
        metadata,
        custom_metadata: record.metadata.clone(),
        data: record.data.clone(),
    };
    reply(Content::Event(ReadEvent {
        event: Some(event),
        link: None,
        position: Some(Position::CommitPosition(record.position)),
    }))
}

pub(crate) fn reply(content: Content) -> ReadResp {
    ReadResp {
        content: Some(content),
    }
}

pub(crate) fn timestamp_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp {
        seconds: since.as_secs() as i64,
        nanos: since.subsec_nanos() as i32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(properties: &[(&str, &str)]) -> append_req::ProposedMessage {
        append_req::ProposedMessage {
            id: Some(uuid_out(Uuid::from_u128(5), IdForm::Structured)),
            metadata: properties
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            custom_metadata: Bytes::new(),
            data: Bytes::new(),
        }
    }

    #[test]
    fn an_event_without_its_type_or_content_type_is_refused_by_name() {
        let cases = [
            (vec![("content-type", JSON)], "type"),
            (vec![("type", "t")], "content-type"),
        ];
        for (properties, missing) in cases {
            let status = proposed_in(message(&properties)).expect_err("incomplete");
            let trailer = |key| status.metadata().get(key).and_then(|v| v.to_str().ok());
            assert_eq!(status.code(), tonic::Code::InvalidArgument);
            assert_eq!(trailer("exception"), Some("missing-required-metadata-property"));
            assert_eq!(trailer("required-metadata-properties"), Some(missing));
        }
    }

    #[test]
    fn ids_survive_both_forms() {
        let id = Uuid::from_u128(0x8000_0000_0000_0000_ffff_0000_0000_0001);
        for form in [IdForm::Structured, IdForm::Text] {
            assert_eq!(uuid_in(Some(uuid_out(id, form))).expect("valid"), id);
        }
        assert!(uuid_in(None).is_err());
    }

    #[test]
    fn stream_names_must_be_names() {
        let named = |name: &'static [u8]| {
            stream_in(Some(shared::StreamIdentifier {
                stream_name: Bytes::from_static(name),
            }))
        };
        assert_eq!(&*named("举报-1".as_bytes()).expect("valid"), "举报-1");
        for invalid in [b"".as_slice(), b"$all", b"\xff"] {
            assert!(named(invalid).is_err());
        }
    }
}
