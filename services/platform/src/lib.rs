//! The IO kit of every service: store, reactions, directory view, identity, clock, configuration, telemetry, shutdown.

mod calls;
mod clock;
mod config;
mod context;
mod dead_letters;
mod desk;
mod directory;
mod directory_history;
mod execute;
mod follow;
mod identity;
mod kept;
mod link;
mod metrics;
mod nats;
mod react;
mod refusals;
mod serve;
mod shape;
mod status;
mod store;
mod telemetry;
#[cfg(feature = "testkit")]
pub mod testkit;
mod work_out;

pub use calls::{Calls, connect_lazily, connect_within, is_away, only_at};
pub use clock::Clock;
pub use config::{ClockConfig, CommonConfig, IdentityConfig, NatsConfig, StoreConfig, TelemetryConfig};
pub use context::{Context, ServeError};
pub use dead_letters::DeadLetter;
pub use desk::{Desk, load_state, reply};
pub use directory::DirectoryHandle;
pub use execute::{Envelope, ExecuteError, Executed, execute};
pub use follow::Follow;
pub use identity::{Caller, Identity, IdentityMint, IdentityVerifier, generate_keys};
pub use kept::Kept;
pub use link::Link;
pub use nats::{EVENTS, HEADER_METADATA, HEADER_POSITION, HEADER_REVISION, HEADER_STREAM, Nats, subject_of};
pub use react::{Reaction, ReactionError, derived_command, react};
pub use refusals::PlatformRefusal;
pub use serve::{LARGEST_MESSAGE, serve_grpc, wait_for_port};
pub use shape::{DomainCommand, in_chinese, read_shape, read_value};
pub use status::{invalid, refuse, refuse_with, status_of};
pub use store::{Expected, Followed, Metadata, NewEvent, Recorded, Store, StoreError};
pub use telemetry::{Telemetry, current_traceparent, with_parent};
pub use work_out::{Mark, Past, WorkedOut, event_id, work_out};
