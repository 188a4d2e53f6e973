//! Refusals in the protocol's form: a status whose `exception` trailer names the kind.

use tonic::metadata::MetadataValue;
use tonic::{Code, Status};

use crate::engine::Expected;
use crate::error::StoreError;

/// What a delete or tombstone, or an append without a typed answer, tells about a refusal.
pub(crate) fn status(error: &StoreError, action: &str) -> Status {
    match error {
        StoreError::WrongExpectedVersion {
            stream,
            expected,
            current,
        } => wrong_expected_version(action, stream, *expected, *current),
        StoreError::StreamDeleted { stream } => stream_deleted(stream),
        StoreError::DataLoss { .. } => Status::data_loss(error.to_string()),
        StoreError::Unavailable { .. } => Status::unavailable(error.to_string()),
        StoreError::Overloaded { .. } => Status::resource_exhausted(error.to_string()),
    }
}

/// The text is part of the protocol: clients take the numbers out of it.
pub(crate) fn wrong_expected_text(
    action: &str,
    stream: &str,
    expected: Expected,
    current: Option<u64>,
) -> String {
    let expected = expected.number();
    let actual = actual_number(current);
    format!(
        "{action} failed due to WrongExpectedVersion. Stream: {stream}, Expected version: \
         {expected}, Actual version: {actual}"
    )
}

fn actual_number(current: Option<u64>) -> i64 {
    current.map_or(-1, |revision| i64::try_from(revision).unwrap_or(i64::MAX))
}

fn wrong_expected_version(action: &str, stream: &str, expected: Expected, current: Option<u64>) -> Status {
    let text = wrong_expected_text(action, stream, expected, current);
    let mut status = exception(Code::FailedPrecondition, "wrong-expected-version", text);
    trailer(&mut status, "stream-name", stream);
    trailer(&mut status, "expected-version", &expected.number().to_string());
    // Left out, clients read it as "no stream".
    if current.is_some() {
        let actual = actual_number(current).to_string();
        trailer(&mut status, "actual-version", &actual);
    }
    status
}

pub(crate) fn stream_deleted(stream: &str) -> Status {
    let text = format!("Event stream '{stream}' is deleted.");
    let mut status = exception(Code::FailedPrecondition, "stream-deleted", text);
    trailer(&mut status, "stream-name", stream);
    status
}

pub(crate) fn deletion_refused() -> Status {
    let text = "Access Denied: this store keeps its history, deletion is not enabled.";
    exception(Code::PermissionDenied, "access-denied", text)
}

pub(crate) fn unauthenticated(text: &str) -> Status {
    exception(Code::Unauthenticated, "access-denied", text)
}

pub(crate) fn append_too_large(limit: usize) -> Status {
    let text = append_too_large_text(limit);
    let mut status = exception(Code::InvalidArgument, "maximum-append-size-exceeded", text);
    trailer(&mut status, "maximum-append-size", &limit.to_string());
    status
}

pub(crate) fn append_too_large_text(limit: usize) -> String {
    format!("Maximum Append Size of {limit} bytes Exceeded.")
}

pub(crate) fn missing_metadata(property: &str) -> Status {
    let text = format!("Required Metadata Property '{property}' is missing.");
    let mut status = exception(Code::InvalidArgument, "missing-required-metadata-property", text);
    trailer(&mut status, "required-metadata-properties", property);
    status
}

/// A subscriber that is ahead of the history would silently miss what comes next.
pub(crate) fn never_given(position: u64, head: u64) -> Status {
    Status::out_of_range(format!(
        "position {position} was never given out, the newest is {head}: was an older backup \
         restored?"
    ))
}

/// How a subscription ends when the store stops. Never without an error: clients that see a clean
/// end ask again without pause.
pub(crate) fn stopping() -> Status {
    Status::unavailable("the event store is shutting down")
}

fn exception(code: Code, kind: &'static str, text: impl Into<String>) -> Status {
    let mut status = Status::new(code, text);
    trailer(&mut status, "exception", kind);
    status
}

/// Trailers carry visible ASCII only; anything else travels percent-encoded.
fn trailer(status: &mut Status, key: &'static str, value: &str) {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'%' => encoded.push_str("%25"),
            b' '..=b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    if let Ok(value) = MetadataValue::try_from(encoded) {
        status.metadata_mut().insert(key, value);
    }
}
