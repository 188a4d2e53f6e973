//! The right to hold a large body in memory: all of them together only so much, the others are told to wait.

use crate::edge::Edge;
use crate::problem::Problem;
use axum::http::{HeaderMap, header};
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

const MEBIBYTE: u64 = 1024 * 1024;
/// From here on a body counts. Whoever sends little needs no right: reports without photos must get through however many
/// people upload.
const LARGE: u64 = 2 * MEBIBYTE;
/// As much as is granted for a body that does not say how long it is.
const UNKNOWN: u64 = 56 * MEBIBYTE;

/// Gives its share back when dropped.
pub(crate) type Permit = OwnedSemaphorePermit;

/// The right to hold the body of a request, as its headers tell its length.
pub(crate) fn upload_permit(edge: &Edge, headers: &HeaderMap) -> Result<Option<Permit>, Problem> {
    permit_for(edge, length(headers))
}

/// The right to hold so many bytes, if they are many.
pub(crate) fn permit_for(edge: &Edge, bytes: u64) -> Result<Option<Permit>, Problem> {
    if bytes <= LARGE {
        return Ok(None);
    }
    let all = edge.config.limits.upload_mebibytes;
    let share = bytes.div_ceil(MEBIBYTE).min(u64::from(all)).max(1);
    let permit = Arc::clone(&edge.uploads_in_memory).try_acquire_many_owned(share as u32);
    permit.map(Some).map_err(|_| Problem::busy())
}

/// How long a body is, or how long it may become.
pub(crate) fn length(headers: &HeaderMap) -> u64 {
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return UNKNOWN;
    }
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_body_is_as_long_as_it_says_or_may_become_long() {
        let with = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            length(&headers)
        };
        assert_eq!(length(&HeaderMap::new()), 0);
        assert_eq!(with("content-length", "3000000"), 3_000_000);
        assert!(with("transfer-encoding", "chunked") > LARGE);
    }
}
