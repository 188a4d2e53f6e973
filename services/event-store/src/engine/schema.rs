//! The database file: its tables, how connections to it are opened, and its version.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use crate::error::Error;

/// Marks the file as ours ("mcES").
const APPLICATION_ID: i32 = 0x6d63_4553;
/// Raised whenever an older version could misread the file.
const FORMAT: i32 = 1;

const TABLES: &str = "
CREATE TABLE streams (
  sid  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE events (
  gpos    INTEGER PRIMARY KEY,
  sid     INTEGER NOT NULL,
  rev     INTEGER NOT NULL,
  id      BLOB NOT NULL,
  type    TEXT NOT NULL,
  json    INTEGER NOT NULL,
  created INTEGER NOT NULL,
  meta    BLOB NOT NULL,
  data    BLOB NOT NULL,
  crc     INTEGER NOT NULL
);
CREATE UNIQUE INDEX events_by_revision ON events (sid, rev);
CREATE INDEX events_by_id ON events (id);
CREATE TABLE facts (key TEXT PRIMARY KEY, value BLOB NOT NULL);
-- Written and emptied to find out whether the disk takes writes again.
CREATE TABLE probe (id INTEGER PRIMARY KEY, pad BLOB NOT NULL);
";

/// The database inside a data directory.
pub(crate) fn database_path(data_dir: &Path) -> PathBuf {
    data_dir.join("events.db")
}

/// The write-ahead log beside a database.
pub(crate) fn wal_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Opens the one connection that writes, creating the tables in an empty file.
pub(crate) fn open_writer(path: &Path, max_pages: Option<u32>) -> Result<Connection, Error> {
    let conn = Connection::open(path).map_err(database(path))?;
    writer_settings(&conn, max_pages).map_err(database(path))?;
    match format_of(&conn).map_err(database(path))? {
        Found::Empty => create(&conn).map_err(database(path))?,
        Found::Ours => {}
        Found::Foreign(reason) => {
            let path = path.to_owned();
            return Err(Error::Format { path, reason });
        }
    }
    Ok(conn)
}

/// Opens a connection that can only read.
pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update(None, "cache_size", -16_384)?;
    conn.set_prepared_statement_cache_capacity(32);
    Ok(conn)
}

/// Bounds the size of the file; `0` lifts the bound.
pub(crate) fn limit_pages(conn: &Connection, pages: u32) -> rusqlite::Result<()> {
    let pages = if pages == 0 { u32::MAX - 1 } else { pages };
    conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
}

fn writer_settings(conn: &Connection, max_pages: Option<u32>) -> rusqlite::Result<()> {
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // FULL: a commit returns only after the log has reached the disk.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "cache_size", -65_536)?;
    conn.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    conn.pragma_update(None, "journal_size_limit", 67_108_864)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.set_prepared_statement_cache_capacity(32);
    limit_pages(conn, max_pages.unwrap_or(0))
}

enum Found {
    Empty,
    Ours,
    Foreign(String),
}

fn format_of(conn: &Connection) -> rusqlite::Result<Found> {
    let application: i32 = conn.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let format: i32 = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    Ok(match (application, format, tables) {
        (0, 0, 0) => Found::Empty,
        (APPLICATION_ID, FORMAT, _) => Found::Ours,
        (APPLICATION_ID, newer, _) => Found::Foreign(format!(
            "it has format {newer}, this version reads format {FORMAT}"
        )),
        (other, _, _) => Found::Foreign(format!("its application id is {other:#x}")),
    })
}

fn create(conn: &Connection) -> rusqlite::Result<()> {
    let tx = conn.unchecked_transaction()?;
    tx.execute_batch(TABLES)?;
    let instance = Uuid::new_v8(instance_seed());
    tx.execute(
        "INSERT INTO facts (key, value) VALUES ('instance', ?1)",
        [instance.as_bytes().as_slice()],
    )?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", FORMAT)?;
    tx.commit()
}

/// Tells one store from another; the process and the moment are random enough for a name.
fn instance_seed() -> [u8; 16] {
    let mut seed = [0; 16];
    seed[..8].copy_from_slice(&super::record::ticks_now().to_be_bytes());
    seed[8..12].copy_from_slice(&std::process::id().to_be_bytes());
    seed
}

/// The identity the file was given when it was created.
pub(crate) fn instance(conn: &Connection) -> rusqlite::Result<Uuid> {
    let sql = "SELECT value FROM facts WHERE key = 'instance'";
    let bytes: [u8; 16] = conn.query_row(sql, [], |row| row.get(0))?;
    Ok(Uuid::from_bytes(bytes))
}

/// Adds the file's name to an SQLite error.
pub(crate) fn database(path: &Path) -> impl Fn(rusqlite::Error) -> Error + '_ {
    move |source| Error::Database {
        path: path.to_owned(),
        source,
    }
}
