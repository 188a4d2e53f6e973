//! Connections that only read: kept open, with the directory beside the views, so that areas are asked for in SQL.

use crate::book::BookError;
use jurisdiction::Jurisdiction;
use rusqlite::{Connection, OpenFlags, Transaction};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const BUSY: Duration = Duration::from_secs(5);
/// Statements of lists and figures are many and differ only in what is bound.
const STATEMENTS: usize = 256;

/// A connection and the directory that its temporary tables hold.
pub(crate) struct Reader {
    pub(crate) connection: Connection,
    /// The areas of, and what is seen by.
    knows: Option<(Arc<Jurisdiction>, Arc<Jurisdiction>)>,
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

    /// Writes the trees of units into the temporary tables, if they are others than before: the areas of `then`, and what
    /// is seen by the tree of `today`.
    pub(crate) fn learn(
        &mut self,
        then: &Arc<Jurisdiction>,
        today: &Arc<Jurisdiction>,
    ) -> Result<(), BookError> {
        let same = |(areas, sight): &(Arc<Jurisdiction>, Arc<Jurisdiction>)| {
            Arc::ptr_eq(areas, then) && Arc::ptr_eq(sight, today)
        };
        if self.knows.as_ref().is_some_and(same) {
            return Ok(());
        }
        self.knows = None;
        let transaction = self.connection.transaction()?;
        transaction.execute_batch(
            "DELETE FROM temp.units; DELETE FROM temp.within; DELETE FROM temp.sight; DELETE FROM temp.city;",
        )?;
        {
            let mut units = transaction.prepare("INSERT INTO temp.units VALUES (?1, ?2)")?;
            for code in then.units.keys() {
                let seat = then.seat(code).map(|seat| seat.code.as_str());
                units.execute((code.as_str(), seat))?;
            }
        }
        tree(&transaction, "within", then)?;
        tree(&transaction, "sight", today)?;
        // Before anything is in the directory there is nobody who could ask either.
        let city = then.city().map_or("0", |city| city.code.as_str());
        transaction.execute("INSERT INTO temp.city VALUES (?1)", [city])?;
        transaction.commit()?;
        self.knows = Some((Arc::clone(then), Arc::clone(today)));
        Ok(())
    }
}

/// Every unit with itself and all above it.
fn tree(transaction: &Transaction<'_>, table: &str, jurisdiction: &Jurisdiction) -> Result<(), BookError> {
    let mut insert = transaction.prepare(&format!("INSERT OR IGNORE INTO temp.{table} VALUES (?1, ?2)"))?;
    for code in jurisdiction.units.keys() {
        for above in jurisdiction.lineage(code) {
            insert.execute((above.code.as_str(), code.as_str()))?;
        }
    }
    Ok(())
}
