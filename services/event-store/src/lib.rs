//! An embedded event store: one node, one SQLite file, the public KurrentDB gRPC protocol.

#![warn(missing_docs)]

mod config;
mod engine;
mod error;
mod net;
mod rpc;
mod server;

pub use config::{Config, Credentials};
pub use engine::{
    Direction, Engine, Expected, Proposed, Record, StartReport, VerifyReport, Written, backup, database_file,
    verify,
};
pub use error::{Error, StoreError};
pub use server::{EventStore, serve};
