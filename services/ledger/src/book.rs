//! The database of the views: opened or begun anew, written by one, read by many.

use crate::compare::tables;
use crate::projection::Projector;
use crate::reader::Reader;
use jurisdiction::Jurisdiction;
use platform::Followed;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Rises with every change of schema or projection: a database of another version is thrown away and rebuilt.
pub(crate) const VERSION: i32 = 11;
pub(crate) const SCHEMA: &str = include_str!("schema.sql");
const BUSY: Duration = Duration::from_secs(5);
const MOST_IDLE: usize = 8;

/// Why a view could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("ledger database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("ledger database: {0}")]
    Io(#[from] std::io::Error),
    #[error("ledger database: a stored value is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the ledger's worker ended: {0}")]
    Worker(String),
    #[error("a ledger of version {version} cannot be compared; this program's is {VERSION}")]
    Version { version: i32 },
    #[error("the ledgers know different facts: one up to {0}, the other up to {1}")]
    Apart(u64, u64),
}

impl From<BookError> for tonic::Status {
    fn from(error: BookError) -> Self {
        tracing::error!(%error, "the ledger cannot be read");
        platform::broken("台账暂时读不出来。", "请把出错时间告诉系统管理员。")
    }
}

/// How far the views reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Everything in the store up to here has been looked at; `None` before the first event.
    pub(crate) position: Option<u64>,
    /// The last fact that was taken in.
    pub(crate) fact: u64,
}

/// The database.
pub(crate) struct Book {
    file: PathBuf,
    writer: Mutex<Writer>,
    /// Connections that nobody reads with just now.
    idle: Mutex<Vec<Reader>>,
}

struct Writer {
    connection: Connection,
    projector: Projector,
}

impl Book {
    /// Opens the database; without one, with a damaged one or with one of another version it begins anew.
    pub(crate) fn open(file: &Path) -> Result<Self, BookError> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let connection = match open_current(file) {
            Ok(Some(connection)) => connection,
            Ok(None) => begin(file)?,
            Err(error) => {
                tracing::warn!(%error, "the ledger's database is unusable and is rebuilt");
                begin(file)?
            }
        };
        Ok(Self::over(file, connection))
    }

    /// An empty database in place of whatever is there.
    pub(crate) fn begin_anew(file: &Path) -> Result<Self, BookError> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(Self::over(file, begin(file)?))
    }

    fn over(file: &Path, connection: Connection) -> Self {
        let writer = Writer {
            connection,
            projector: Projector::default(),
        };
        Self {
            file: file.to_owned(),
            writer: Mutex::new(writer),
            idle: Mutex::default(),
        }
    }

    /// A book that is of use only while this process runs: nothing of it has to survive.
    pub(crate) fn for_a_while(file: &Path) -> Result<Self, BookError> {
        let book = Self::open(file)?;
        let writer = book.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.connection.pragma_update(None, "synchronous", "OFF")?;
        drop(writer);
        Ok(book)
    }

    /// The last fact that was taken in, as stream, revision and name; `None` for an empty ledger.
    pub(crate) fn last_fact(&self) -> Result<Option<(u64, String, u64, String)>, BookError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let sql = "SELECT position, stream, revision, name FROM facts ORDER BY position DESC LIMIT 1";
        let row = writer.connection.query_row(sql, (), |row| {
            let (position, revision): (i64, i64) = (row.get(0)?, row.get(2)?);
            Ok((
                position.cast_unsigned(),
                row.get(1)?,
                revision.cast_unsigned(),
                row.get(3)?,
            ))
        });
        Ok(row.optional()?)
    }

    /// Throws away every row: they were made of another history.
    pub(crate) fn empty(&self) -> Result<(), BookError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer.connection.transaction()?;
        for table in tables(&transaction)? {
            transaction.execute(&format!("DROP TABLE \"{table}\""), ())?;
        }
        transaction.execute_batch(SCHEMA)?;
        transaction.commit()?;
        writer.projector = Projector::default();
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Lets go of the states in memory; they are folded again when the next facts come.
    pub(crate) fn forget_states(&self) {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.projector = Projector::default();
    }

    /// Takes in what was followed, all or nothing, together with how far that is.
    pub(crate) fn apply(&self, batch: &[Followed]) -> Result<Reached, BookError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let Writer {
            connection,
            projector,
        } = &mut *writer;
        let applied = apply(connection, projector, batch);
        if applied.is_err() {
            // The states in memory may be ahead of what was rolled back.
            *projector = Projector::default();
        }
        applied
    }

    /// Reads at one consistent moment, beside the directory as it is now.
    pub(crate) fn read<T, E: From<BookError>>(
        &self,
        jurisdiction: &Arc<Jurisdiction>,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.read_beside(jurisdiction, jurisdiction, query)
    }

    /// Likewise beside the directory as it was `then`; what somebody may see is a matter of `today`.
    pub(crate) fn read_beside<T, E: From<BookError>>(
        &self,
        then: &Arc<Jurisdiction>,
        today: &Arc<Jurisdiction>,
        query: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut reader = match known {
            Some(reader) => reader,
            None => Reader::open(&self.file)?,
        };
        reader.learn(then, today)?;
        let transaction = reader.connection.transaction().map_err(BookError::from)?;
        let answer = query(&transaction);
        drop(transaction);
        // Readers wait neither for each other nor for the writer.
        let mut idle = idle();
        if idle.len() < MOST_IDLE {
            idle.push(reader);
        }
        answer
    }

    pub(crate) fn reached(&self) -> Result<Reached, BookError> {
        self.read(&Arc::default(), reached)
    }
}

/// How far the views reach that this transaction sees.
pub(crate) fn reached(transaction: &Transaction<'_>) -> Result<Reached, BookError> {
    let row = transaction.query_row("SELECT position, fact_position FROM progress", (), |row| {
        Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, i64>(1)?))
    });
    let (position, fact) = row?;
    Ok(Reached {
        position: position.map(i64::cast_unsigned),
        fact: fact.cast_unsigned(),
    })
}

fn apply(
    connection: &mut Connection,
    projector: &mut Projector,
    batch: &[Followed],
) -> Result<Reached, BookError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut now = reached(&transaction)?;
    for item in batch {
        match item {
            // A subscription taken up again may repeat itself.
            Followed::Event(event) if now.position.is_some_and(|at| event.position <= at) => {}
            Followed::Event(event) => {
                projector.take(&transaction, event)?;
                now = Reached {
                    position: Some(event.position),
                    fact: event.position,
                };
            }
            Followed::Checkpoint(at) => now.position = now.position.max(Some(*at)),
            Followed::CaughtUp => {}
        }
    }
    transaction.execute(
        "UPDATE progress SET position = ?1, fact_position = ?2",
        (now.position.map(u64::cast_signed), now.fact.cast_signed()),
    )?;
    transaction.commit()?;
    Ok(now)
}

/// The database if it exists and is of this version.
fn open_current(file: &Path) -> Result<Option<Connection>, BookError> {
    if !file.exists() {
        return Ok(None);
    }
    let connection = Connection::open(file)?;
    prepare(&connection)?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((version == VERSION).then_some(connection))
}

/// A new, empty database in place of whatever is there.
fn begin(file: &Path) -> Result<Connection, BookError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let mut connection = Connection::open(file)?;
    prepare(&connection)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), BookError> {
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // The checkpoint and the rows are lost together or not at all, and both can be read from the store again.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    Ok(())
}
