//! Proves a whole store record by record, and copies one while it is in use.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, Row};

use super::record::{COLUMNS, Record, TOMBSTONE_REVISION, from_row, position_of};
use super::schema::{self, database};
use super::start::integrity;
use crate::error::Error;

/// More faults than these say nothing new.
const MAX_FAULTS: usize = 1_000;

/// The outcome of a whole check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many records were read.
    pub records: u64,
    /// How many streams they belong to.
    pub streams: u64,
    /// The position of the last record.
    pub last_position: u64,
    /// Everything that is wrong.
    pub faults: Vec<String>,
}

impl VerifyReport {
    /// Nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, text: String) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(text);
        }
    }
}

impl std::fmt::Display for VerifyReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "records:       {}", self.records)?;
        writeln!(f, "streams:       {}", self.streams)?;
        writeln!(f, "last position: {}", self.last_position)?;
        for fault in &self.faults {
            writeln!(f, "FAULT: {fault}")?;
        }
        let verdict = if self.is_sound() { "sound" } else { "DAMAGED" };
        write!(f, "verdict:       {verdict}")
    }
}

/// Reads every record of a data directory: checksums, positions and revisions without gaps,
/// moments that never go back, and the file itself. The store may be running meanwhile.
pub fn verify(data_dir: &Path) -> Result<VerifyReport, Error> {
    verify_file(&schema::database_path(data_dir))
}

fn verify_file(path: &Path) -> Result<VerifyReport, Error> {
    if !path.is_file() {
        let source = std::io::ErrorKind::NotFound.into();
        let path = path.to_owned();
        return Err(Error::Directory { path, source });
    }
    let conn = schema::open_reader(path).map_err(database(path))?;
    let mut report = VerifyReport::default();
    // One snapshot for everything, however much is appended meanwhile.
    let snapshot = conn.unchecked_transaction().map_err(database(path))?;
    for fault in integrity(&snapshot, "integrity_check").map_err(database(path))? {
        report.fault(format!("file: {fault}"));
    }
    if let Err(error) = scan(&snapshot, &mut report) {
        report.fault(format!("the scan stopped: {error}"));
    }
    Ok(report)
}

/// What the scan has seen so far.
#[derive(Default)]
struct Seen {
    /// The revision that is due in each stream.
    revisions: HashMap<Arc<str>, u64>,
    position: u64,
    created: i64,
}

fn scan(conn: &Connection, report: &mut VerifyReport) -> rusqlite::Result<()> {
    let sql = format!("SELECT {COLUMNS} FROM events e LEFT JOIN streams s ON s.sid = e.sid ORDER BY e.gpos");
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut seen = Seen::default();
    while let Some(row) = rows.next()? {
        report.records += 1;
        if let Ok(position) = position_of(row) {
            let due = seen.position + 1;
            if position != due {
                report.fault(format!("positions {due} to {} are missing", position - 1));
            }
            seen.position = position;
        }
        match from_row(row) {
            Ok(record) => seen.check(&record, report),
            Err(error) => {
                report.fault(error.to_string());
                seen.skip(row);
            }
        }
    }
    report.streams = seen.revisions.len() as u64;
    report.last_position = seen.position;
    Ok(())
}

impl Seen {
    fn check(&mut self, record: &Record, report: &mut VerifyReport) {
        let position = record.position;
        if record.created < self.created {
            report.fault(format!("position {position}: its moment is before the last"));
        }
        self.created = record.created;
        if record.revision == TOMBSTONE_REVISION {
            return;
        }
        let due = self.revisions.entry(record.stream.clone()).or_default();
        if record.revision != *due {
            let (found, stream) = (record.revision, &record.stream);
            report.fault(format!(
                "position {position}: revision {found} of {stream} stands where {due} is due"
            ));
        }
        *due = record.revision + 1;
    }

    /// A damaged record takes its place nevertheless, if that can still be read: the next one
    /// is not to blame.
    fn skip(&mut self, row: &Row<'_>) {
        if let (Ok(stream), Ok(revision)) = (row.get::<_, Arc<str>>(1), row.get::<_, i64>(2)) {
            self.revisions.insert(stream, revision as u64 + 1);
        }
    }
}

/// Copies a store that may be running into a new file, and proves the copy.
pub fn backup(data_dir: &Path, to: &Path) -> Result<VerifyReport, Error> {
    let failed = |reason: String| Error::Backup {
        path: to.to_owned(),
        reason,
    };
    if to.exists() {
        return Err(failed("the file exists".into()));
    }
    let source = schema::database_path(data_dir);
    if !source.is_file() {
        let found = std::io::ErrorKind::NotFound.into();
        return Err(Error::Directory {
            path: source,
            source: found,
        });
    }
    let partial = partial_path(to);
    let _ = std::fs::remove_file(&partial);
    let conn = schema::open_reader(&source).map_err(database(&source))?;
    // One read transaction: a consistent moment, and writers are not held up.
    conn.execute("VACUUM INTO ?1", [partial.to_string_lossy()])
        .map_err(database(&source))?;
    let io = |error: std::io::Error| failed(error.to_string());
    std::fs::File::open(&partial)
        .and_then(|file| file.sync_all())
        .map_err(io)?;
    let report = verify_file(&partial)?;
    if !report.is_sound() {
        return Err(failed(format!("the copy is damaged: {report}")));
    }
    std::fs::rename(&partial, to).map_err(io)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))
        .and_then(|folder| folder.sync_all())
        .map_err(io)?;
    Ok(report)
}

/// The copy gets its name only once it is complete.
fn partial_path(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}
