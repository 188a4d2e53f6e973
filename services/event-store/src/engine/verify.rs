//! Proves a whole store record by record, and copies one while it is in use.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::record::{COLUMNS, TOMBSTONE_REVISION, from_row, position_of};
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

fn scan(conn: &Connection, report: &mut VerifyReport) -> rusqlite::Result<()> {
    let sql = format!("SELECT {COLUMNS} FROM events e LEFT JOIN streams s ON s.sid = e.sid ORDER BY e.gpos");
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut revisions: HashMap<_, u64> = HashMap::new();
    let (mut due, mut created) = (1, i64::MIN);
    while let Some(row) = rows.next()? {
        report.records += 1;
        if let Ok(position) = position_of(row) {
            if position != due {
                report.fault(format!("positions {due} to {} are missing", position - 1));
            }
            due = position + 1;
            report.last_position = position;
        }
        let record = match from_row(row) {
            Ok(record) => record,
            Err(error) => {
                report.fault(error.to_string());
                continue;
            }
        };
        if record.created < created {
            let position = record.position;
            report.fault(format!("position {position}: its moment is before the last"));
        }
        created = record.created;
        if record.revision == TOMBSTONE_REVISION {
            continue;
        }
        let next = revisions.entry(record.stream.clone()).or_default();
        if record.revision != *next {
            let (position, stream) = (record.position, &record.stream);
            let (found, due) = (record.revision, *next);
            report.fault(format!(
                "position {position}: revision {found} of {stream} stands where {due} is due"
            ));
        }
        *next = record.revision + 1;
    }
    report.streams = revisions.len() as u64;
    Ok(())
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
