//! What is checked before the store serves: the log, the file, and the newest records.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use super::record::{COLUMNS, from_row};
use super::schema::{database, wal_path};
use super::torn::incomplete_bytes;
use crate::error::Error;

/// How many of the newest records are proved at every start.
const TAIL: u64 = 2_000;
/// Up to this size the whole file is checked with its indexes; takes well under a second.
const FULL_CHECK_BYTES: u64 = 32 * 1024 * 1024;
/// Up to this size the pages are checked; beyond it `event-store verify` has to be asked for.
const QUICK_CHECK_BYTES: u64 = 512 * 1024 * 1024;

/// What was found, and done, when the store was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartReport {
    /// The position of the last record.
    pub last_position: u64,
    /// Bytes in the write-ahead log that a previous process left behind; `0` after a clean stop.
    pub log_bytes_found: u64,
    /// Pages recovered from that log. What follows the last complete commit in it is dropped.
    pub log_pages_recovered: u64,
    /// How many of the newest records were proved.
    pub records_checked: u64,
    /// Which check of the file was made: `full`, `quick` or `skipped` (too large for a start).
    pub file_check: &'static str,
    /// What was repaired without losing anything.
    pub repaired: Vec<String>,
    /// What is wrong and cannot be repaired. Not empty: the store refuses to start.
    pub faults: Vec<String>,
    /// How long it took.
    pub took: Duration,
}

impl std::fmt::Display for StartReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "last position {}, {} records proved, file check {}, log {} bytes found and {} pages \
             recovered",
            self.last_position,
            self.records_checked,
            self.file_check,
            self.log_bytes_found,
            self.log_pages_recovered
        )?;
        for repair in &self.repaired {
            write!(f, "; repaired: {repair}")?;
        }
        for fault in &self.faults {
            write!(f, "; FAULT: {fault}")?;
        }
        Ok(())
    }
}

/// The log before anything opens it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogFound {
    bytes: u64,
    /// What follows the last complete commit and belongs to the next one.
    incomplete: u64,
}

/// To be asked before the database is opened, for SQLite clears away what it finds incomplete.
pub(crate) fn look_at_log(path: &Path) -> LogFound {
    let log = wal_path(path);
    LogFound {
        bytes: std::fs::metadata(&log).map_or(0, |file| file.len()),
        incomplete: incomplete_bytes(&log),
    }
}

/// Checks what was opened, repairs indexes, and refuses what is damaged.
pub(crate) fn check(path: &Path, conn: &Connection, log: LogFound) -> Result<StartReport, Error> {
    let begun = Instant::now();
    let mut report = StartReport {
        log_bytes_found: log.bytes,
        ..StartReport::default()
    };
    if log.bytes > 0 {
        report.log_pages_recovered = recover_log(conn).map_err(database(path))?;
    }
    if log.incomplete > 0 {
        // Never acknowledged, so nobody counts on it.
        let dropped = log.incomplete;
        tracing::warn!(bytes = dropped, "the end of the log was an incomplete commit");
        report.repaired.push(format!(
            "dropped {dropped} bytes of an incomplete commit at the end of the log"
        ));
    }
    check_file(path, conn, &mut report).map_err(database(path))?;
    if report.faults.is_empty() {
        check_tail(conn, &mut report).map_err(database(path))?;
    }
    report.took = begun.elapsed();
    if report.faults.is_empty() {
        tracing::info!(%report, took = ?report.took, "the event store was checked");
        Ok(report)
    } else {
        tracing::error!(%report, "the event store is damaged: restore a backup");
        Err(Error::Corrupt(Box::new(report)))
    }
}

/// Moves the log into the file, so that what was recovered is also checked there.
fn recover_log(conn: &Connection) -> rusqlite::Result<u64> {
    let pages: i64 = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(1))?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(pages.max(0) as u64)
}

fn check_file(path: &Path, conn: &Connection, report: &mut StartReport) -> rusqlite::Result<()> {
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    let pragma = if bytes <= FULL_CHECK_BYTES {
        report.file_check = "full";
        "integrity_check"
    } else if bytes <= QUICK_CHECK_BYTES {
        report.file_check = "quick";
        "quick_check"
    } else {
        report.file_check = "skipped";
        return Ok(());
    };
    let faults = integrity(conn, pragma)?;
    if faults.is_empty() {
        return Ok(());
    }
    // Indexes hold nothing of their own: they can be built again from the table.
    if conn.execute_batch("REINDEX").is_ok() && integrity(conn, pragma)?.is_empty() {
        tracing::warn!(?faults, "the indexes were damaged and have been rebuilt");
        report.repaired.push(format!("rebuilt indexes: {faults:?}"));
    } else {
        report.faults = faults;
    }
    Ok(())
}

/// What SQLite itself finds wrong with the file.
pub(crate) fn integrity(conn: &Connection, pragma: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare(&format!("PRAGMA {pragma}(20)"))?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut faults = Vec::new();
    for row in rows {
        match row {
            Ok(line) if line == "ok" => {}
            Ok(line) => faults.push(line),
            Err(error) => faults.push(error.to_string()),
        }
    }
    Ok(faults)
}

fn check_tail(conn: &Connection, report: &mut StartReport) -> rusqlite::Result<()> {
    let last: Option<i64> = conn.query_row("SELECT max(gpos) FROM events", [], |r| r.get(0))?;
    report.last_position = last.unwrap_or(0) as u64;
    let first = report.last_position.saturating_sub(TAIL) + 1;
    let sql = format!(
        "SELECT {COLUMNS} FROM events e LEFT JOIN streams s ON s.sid = e.sid
         WHERE e.gpos >= ?1 ORDER BY e.gpos"
    );
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query(params![first as i64])?;
    let mut due = first;
    while let Some(row) = rows.next()? {
        match from_row(row) {
            Ok(record) if record.position == due => {}
            Ok(record) => {
                let fault = format!("position {due} is missing before {}", record.position);
                report.faults.push(fault);
                due = record.position;
            }
            Err(error) => report.faults.push(error.to_string()),
        }
        due += 1;
        report.records_checked += 1;
    }
    Ok(())
}
