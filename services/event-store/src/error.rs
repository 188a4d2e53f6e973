//! The two kinds of failure: the store cannot run at all, or one request is refused.

use std::path::PathBuf;

use crate::engine::{Expected, StartReport};

/// Why the store did not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process has the data directory open.
    #[error("the data directory {0} is in use by another process")]
    Locked(PathBuf),
    /// The data directory cannot be created, opened or locked.
    #[error("cannot use {path}: {source}")]
    Directory {
        /// What was being touched.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database cannot be opened or queried.
    #[error("database {path}: {source}")]
    Database {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file belongs to another program or to a newer version of this one.
    #[error("{path} is not an event store this version can open: {reason}")]
    Format {
        /// The database file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// The stored history is damaged, and serving it would hide that.
    #[error("the stored history is damaged, refusing to start: {0}")]
    Corrupt(Box<StartReport>),
    /// A public address needs `allow_public_listen`.
    #[error("refusing to listen on {0}: not a loopback address and allow_public_listen is off")]
    PublicListen(std::net::SocketAddr),
    /// The address cannot be bound or accepted from.
    #[error("listening on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The gRPC server failed.
    #[error("gRPC server: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// A backup would overwrite a file, or the copy does not verify.
    #[error("backup to {path}: {reason}")]
    Backup {
        /// The file asked for.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A thread of the store ended unexpectedly.
    #[error("a store thread stopped: {0}")]
    Thread(String),
}

/// Why one request was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The stream is not at the revision the writer expected.
    #[error("stream {stream}: expected {expected}, but it is at {}", current_text(*.current))]
    WrongExpectedVersion {
        /// The stream.
        stream: String,
        /// What the writer expected.
        expected: Expected,
        /// Its last revision; `None` if it holds no event.
        current: Option<u64>,
    },
    /// The stream was tombstoned and can never be used again.
    #[error("stream {stream} is deleted")]
    StreamDeleted {
        /// The stream.
        stream: String,
    },
    /// A record does not have the bytes that were acknowledged.
    #[error("data loss at position {position}: {reason}")]
    DataLoss {
        /// The global position of the broken record.
        position: u64,
        /// What does not fit.
        reason: String,
    },
    /// Nothing can be written, or read, right now.
    #[error("the event store is unavailable: {reason}")]
    Unavailable {
        /// Why, in the words of the component that failed.
        reason: String,
    },
    /// More is waiting to be written than the store is willing to hold.
    #[error("the event store is overloaded: {reason}")]
    Overloaded {
        /// Which limit was reached.
        reason: String,
    },
}

fn current_text(current: Option<u64>) -> String {
    current.map_or_else(|| "no stream".to_owned(), |revision| revision.to_string())
}

impl StoreError {
    /// Wraps what SQLite said while reading or writing.
    pub(crate) fn from_sqlite(error: &rusqlite::Error) -> Self {
        let reason = match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => format!("the disk is full ({error})"),
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                format!("the database file is damaged ({error})")
            }
            _ => error.to_string(),
        };
        Self::Unavailable { reason }
    }
}
