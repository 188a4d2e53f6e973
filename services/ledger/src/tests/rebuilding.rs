//! The views are nothing but the facts: rebuilt in whatever portions, they are the same.

use super::goldens::{golden, stream};
use super::{History, followed};
use crate::book::{Book, BookError};
use platform::{Followed, Recorded};
use proptest::prelude::*;
use rusqlite::types::Value;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// All rows of all tables.
fn contents(book: &Book) -> Vec<(String, Vec<Vec<Value>>)> {
    let read = book.read(&Arc::default(), |transaction| {
        let mut tables = transaction.prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' ORDER BY name",
        )?;
        let names: Vec<String> = tables
            .query_map((), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut contents = Vec::new();
        for name in names {
            let mut select = transaction.prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2"))?;
            let width = select.column_count();
            let rows = select.query_map((), |row| (0..width).map(|column| row.get(column)).collect())?;
            contents.push((name, rows.collect::<Result<_, _>>()?));
        }
        Ok::<_, BookError>(contents)
    });
    read.expect("the tables")
}

/// Takes the facts in by portions, opening the database anew before each.
fn project(file: &Path, facts: &[Recorded], portion: usize) -> Book {
    for part in facts.chunks(portion.max(1)) {
        let batch: Vec<Followed> = part.iter().cloned().map(followed).collect();
        Book::open(file)
            .expect("a ledger")
            .apply(&batch)
            .expect("taken in");
    }
    Book::open(file).expect("a ledger")
}

fn histories() -> impl Strategy<Value = Vec<Recorded>> {
    let count = golden().len();
    let picks = prop::collection::vec((0..count, 1u128..3), 1..80);
    picks.prop_map(|picks| {
        let golden = golden();
        let mut history = History::new();
        for (index, which) in picks {
            let (name, data) = &golden[index];
            history.later(1).stored(&stream(name, which), name, data.clone());
        }
        history.facts
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_history_projected_twice_from_zero_gives_equal_tables(facts in histories(), portion in 1usize..20) {
        let folder = TempDir::new().expect("a folder");
        let whole = project(&folder.path().join("whole.sqlite"), &facts, facts.len());
        let parts = project(&folder.path().join("parts.sqlite"), &facts, portion);
        prop_assert_eq!(contents(&whole), contents(&parts));
        // A subscription taken up again repeats what came before.
        let again: Vec<Followed> = facts.into_iter().map(followed).collect();
        whole.apply(&again).expect("taken in");
        prop_assert_eq!(contents(&whole), contents(&parts));
    }
}

#[test]
fn a_database_of_another_version_or_a_damaged_one_begins_anew() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("ledger.sqlite");
    let mut history = History::new();
    history.case(1, None, None);
    let position = |book: &Book| book.reached().expect("a position").position;
    let book = project(&file, &history.facts, 10);
    assert_eq!(position(&book), Some(100));
    drop(book);
    let other = rusqlite::Connection::open(&file).expect("a database");
    other.pragma_update(None, "user_version", 999).expect("a version");
    drop(other);
    assert_eq!(position(&Book::open(&file).expect("a ledger")), None);
    project(&file, &history.facts, 10);
    std::fs::write(&file, b"not a database at all, but long enough to be looked at").expect("damage");
    assert_eq!(position(&Book::open(&file).expect("a ledger")), None);
}

#[test]
fn a_checkpoint_moves_the_position_but_not_the_last_fact() {
    let mut history = History::new();
    history.case(1, None, None);
    let ledger = history.ledger();
    let reached = ledger
        .book
        .apply(&[Followed::Checkpoint(5_000)])
        .expect("taken in");
    assert_eq!((reached.position, reached.fact), (Some(5_000), 100));
    let reached = ledger.book.apply(&[Followed::Checkpoint(200)]).expect("taken in");
    assert_eq!(reached.position, Some(5_000), "a position never goes back");
}
