//! Calling another service: lazily connected channel, identity, command id and trace attached to every call.

use crate::identity::{COMMAND_ID_HEADER, SEEN_HEADER};
use crate::{IdentityMint, current_traceparent};
use jurisdiction::{Actor, CommandId};
use std::time::Duration;
use tonic::metadata::{MetadataMap, MetadataValue};
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status};

const TIME_LIMIT: Duration = Duration::from_secs(30);

/// A channel that connects when first used and again whenever it is lost.
///
/// # Errors
/// If the address is malformed.
pub fn connect_lazily(address: &str) -> Result<Channel, tonic::transport::Error> {
    connect_within(address, TIME_LIMIT)
}

/// Likewise, with a time limit for each call until its answer begins: what an answer streams afterwards may take any time.
///
/// # Errors
/// If the address is malformed.
pub fn connect_within(address: &str, limit: Duration) -> Result<Channel, tonic::transport::Error> {
    let endpoint = Endpoint::from_shared(address.to_owned())?;
    let endpoint = endpoint
        .connect_timeout(Duration::from_secs(2))
        .timeout(limit)
        .tcp_nodelay(true);
    Ok(endpoint.connect_lazy())
}

/// Makes requests on behalf of an actor.
#[derive(Clone)]
pub struct Calls {
    pub mint: IdentityMint,
}

impl Calls {
    /// A request that carries who asks and, for a command, its id.
    pub fn request<T>(&self, actor: &Actor, command_id: Option<CommandId>, message: T) -> Request<T> {
        let mut request = Request::new(message);
        let metadata = request.metadata_mut();
        set(
            metadata,
            "authorization",
            &format!("Bearer {}", self.mint.token(actor)),
        );
        if let Some(id) = command_id {
            set(metadata, COMMAND_ID_HEADER, &id.to_string());
        }
        if let Some(traceparent) = current_traceparent() {
            set(metadata, "traceparent", &traceparent);
        }
        request
    }
}

/// Makes a command hold only while what it changes is still at the revision that the caller saw.
pub fn only_at<T>(request: &mut Request<T>, seen: Option<u64>) {
    if let Some(seen) = seen {
        set(request.metadata_mut(), SEEN_HEADER, &seen.to_string());
    }
}

fn set(metadata: &mut MetadataMap, name: &'static str, value: &str) {
    if let Ok(value) = MetadataValue::try_from(value) {
        metadata.insert(name, value);
    }
}

/// Whether a status says that the service itself is away, not that it refused.
///
/// One that dies in the middle of a call leaves an unknown status with the broken connection as its source. Whether the
/// call took effect is not known then; repeating it under the same key is right, so: away. Asked of a status as it came
/// from the call: once passed on, it has lost its source.
pub fn is_away(status: &Status) -> bool {
    let broken_off = std::error::Error::source(status).is_some();
    broken_off
        || matches!(
            status.code(),
            Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled
        )
}
