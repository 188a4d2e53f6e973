//! Whether two ledgers say the same: every row of every table.

use crate::book::{BookError, VERSION};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Rows, Transaction};
use std::path::Path;

/// How far a ledger has come, which is compared apart: two that know the same facts may have looked past different others.
const PROGRESS: &str = "progress";

/// What came of comparing two ledgers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// All rows of all tables are equal.
    Equal {
        tables: usize,
        rows: u64,
    },
    Different(Difference),
}

/// The first row that is not in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub table: String,
    /// From 1, in the order of the columns' values.
    pub row: u64,
    /// As `column=value`; `None` if there is no such row.
    pub one: Option<Vec<String>>,
    pub other: Option<Vec<String>>,
}

/// Compares the ledgers in two files, each as it is at one moment.
///
/// # Errors
/// If one of them cannot be read, is of another version than this program, or they know different facts.
pub fn compare(one: &Path, other: &Path) -> Result<Comparison, BookError> {
    let (mut one, mut other) = (open(one)?, open(other)?);
    let (one, other) = (one.transaction()?, other.transaction()?);
    compare_moments(&one, &other)
}

/// Opens a ledger to be read, whoever else writes it.
pub(crate) fn open(file: &Path) -> Result<Connection, BookError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        VERSION => Ok(connection),
        version => Err(BookError::Version { version }),
    }
}

/// Compares what two transactions see.
pub(crate) fn compare_moments(
    one: &Transaction<'_>,
    other: &Transaction<'_>,
) -> Result<Comparison, BookError> {
    let (reached, other_reached) = (crate::book::reached(one)?.fact, crate::book::reached(other)?.fact);
    if reached != other_reached {
        return Err(BookError::Apart(reached, other_reached));
    }
    let (tables, other_tables) = (tables(one)?, tables(other)?);
    let mut all = 0;
    for table in tables.iter().chain(&other_tables) {
        if !(tables.contains(table) && other_tables.contains(table)) {
            return Ok(Comparison::Different(Difference {
                table: table.clone(),
                row: 0,
                one: None,
                other: None,
            }));
        }
    }
    for table in tables.iter().filter(|table| *table != PROGRESS) {
        match rows(one, other, table)? {
            Ok(equal) => all += equal,
            Err(difference) => return Ok(Comparison::Different(difference)),
        }
    }
    Ok(Comparison::Equal {
        tables: tables.len() - 1,
        rows: all,
    })
}

/// The tables that hold something by themselves. How the index of words keeps its pairs depends on the portions in which it
/// was told them, so its own shadow tables are left out; what it holds is not.
pub(crate) fn tables(transaction: &Transaction<'_>) -> Result<Vec<String>, BookError> {
    let mut select = transaction.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') \
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names = select.query_map((), |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// The number of equal rows, or the first that differs.
fn rows(
    one: &Transaction<'_>,
    other: &Transaction<'_>,
    table: &str,
) -> Result<Result<u64, Difference>, BookError> {
    let (columns, sql) = in_order(one, table)?;
    let (mut select, mut other_select) = (one.prepare(&sql)?, other.prepare(&sql)?);
    let (mut rows, mut other_rows) = (select.query(())?, other_select.query(())?);
    let mut row = 0;
    loop {
        let (values, other_values) = (
            next(&mut rows, columns.len())?,
            next(&mut other_rows, columns.len())?,
        );
        if values != other_values {
            let shown = |values: Option<Vec<Value>>| {
                values.map(|values| columns.iter().zip(values).map(written).collect())
            };
            return Ok(Err(Difference {
                table: table.to_owned(),
                row: row + 1,
                one: shown(values),
                other: shown(other_values),
            }));
        }
        if values.is_none() {
            return Ok(Ok(row));
        }
        row += 1;
    }
}

/// The columns of a table, and how its rows are read in an order that does not depend on how they came in.
pub(crate) fn in_order(
    transaction: &Transaction<'_>,
    table: &str,
) -> Result<(Vec<String>, String), BookError> {
    let select = transaction.prepare(&format!("SELECT * FROM main.{table}"))?;
    let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
    let order: Vec<String> = (1..=columns.len()).map(|column| column.to_string()).collect();
    let sql = format!("SELECT * FROM main.{table} ORDER BY {}", order.join(", "));
    Ok((columns, sql))
}

fn next(rows: &mut Rows<'_>, columns: usize) -> Result<Option<Vec<Value>>, BookError> {
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let values: Result<_, _> = (0..columns).map(|column| row.get(column)).collect();
    Ok(Some(values?))
}

fn written((column, value): (&String, Value)) -> String {
    match value {
        Value::Null => format!("{column}=NULL"),
        Value::Integer(number) => format!("{column}={number}"),
        Value::Real(number) => format!("{column}={number}"),
        Value::Text(text) => format!("{column}={text}"),
        Value::Blob(bytes) => format!("{column}={}", hex::encode(bytes)),
    }
}
