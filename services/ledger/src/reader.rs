//! Connections that only read: kept open, with the directory beside the views, so that areas are asked for in SQL.

use crate::book::BookError;
use jurisdiction::Jurisdiction;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const BUSY: Duration = Duration::from_secs(5);
/// Statements of lists and figures are many and differ only in what is bound.
const STATEMENTS: usize = 256;

/// A connection and the directory that its temporary tables hold.
pub(crate) struct Reader {
    pub(crate) connection: Connection,
    knows: Option<Arc<Jurisdiction>>,
}

impl Reader {
    pub(crate) fn open(file: &Path) -> Result<Self, BookError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.execute_batch(include_str!("reader.sql"))?;
        Ok(Self {
            connection,
            knows: None,
        })
    }

    /// Writes the tree of units into the temporary tables, if it is another one than before.
    pub(crate) fn learn(&mut self, jurisdiction: &Arc<Jurisdiction>) -> Result<(), BookError> {
        if self
            .knows
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, jurisdiction))
        {
            return Ok(());
        }
        self.knows = None;
        let transaction = self.connection.transaction()?;
        transaction
            .execute_batch("DELETE FROM temp.units; DELETE FROM temp.within; DELETE FROM temp.city;")?;
        {
            let mut units = transaction.prepare("INSERT INTO temp.units VALUES (?1, ?2)")?;
            let mut within = transaction.prepare("INSERT OR IGNORE INTO temp.within VALUES (?1, ?2)")?;
            for code in jurisdiction.units.keys() {
                units.execute((
                    code.as_str(),
                    jurisdiction.seat(code).map(|seat| seat.code.as_str()),
                ))?;
                for above in jurisdiction.lineage(code) {
                    within.execute((above.code.as_str(), code.as_str()))?;
                }
            }
        }
        // Before anything is in the directory there is nobody who could ask either.
        let city = jurisdiction.city().map_or("0", |city| city.code.as_str());
        transaction.execute("INSERT INTO temp.city VALUES (?1)", [city])?;
        transaction.commit()?;
        self.knows = Some(Arc::clone(jurisdiction));
        Ok(())
    }
}
