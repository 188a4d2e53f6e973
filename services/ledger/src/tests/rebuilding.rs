//! The views are nothing but the facts: rebuilt in whatever portions, they are the same.

use super::goldens::{golden, stream};
use super::{History, followed};
use crate::book::{Book, BookError};
use crate::compare::{Comparison, compare};
use platform::{Followed, Recorded};
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

/// All rows of all tables are the same in two files.
fn are_equal(one: &Path, other: &Path) -> bool {
    matches!(compare(one, other), Ok(Comparison::Equal { rows, .. }) if rows > 0)
}

/// Takes the facts in by portions, opening the database anew before each.
pub(super) fn project(file: &Path, facts: &[Recorded], portion: usize) -> Book {
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
        let (whole_file, parts_file) = (folder.path().join("whole.sqlite"), folder.path().join("parts.sqlite"));
        let whole = project(&whole_file, &facts, facts.len());
        let _parts = project(&parts_file, &facts, portion);
        prop_assert!(are_equal(&whole_file, &parts_file));
        // A subscription taken up again repeats what came before.
        let again: Vec<Followed> = facts.into_iter().map(followed).collect();
        whole.apply(&again).expect("taken in");
        prop_assert!(are_equal(&whole_file, &parts_file));
    }
}

/// Two ledgers of one small history, and what is done to the second behind its back.
fn compared_after(change: &str) -> Result<Comparison, BookError> {
    let folder = TempDir::new().expect("a folder");
    let (one, other) = (
        folder.path().join("one.sqlite"),
        folder.path().join("other.sqlite"),
    );
    let mut history = History::new();
    history.case(1, None, None).case(2, None, None);
    project(&one, &history.facts, 1);
    project(&other, &history.facts, 2);
    let tampered = rusqlite::Connection::open(&other).expect("a database");
    tampered.execute_batch(change).expect("changed");
    drop(tampered);
    compare(&one, &other)
}

#[test]
fn every_table_is_compared_and_the_first_row_that_differs_is_shown() {
    let Ok(Comparison::Equal { tables, rows }) = compared_after("") else {
        panic!("two ledgers of one history differ");
    };
    assert!(tables > 10 && rows > 6, "{tables} tables, {rows} rows");
    let differs = |change: &str| match compared_after(change) {
        Ok(Comparison::Different(difference)) => difference,
        other => panic!("{change}: {other:?}"),
    };
    let changed = differs("UPDATE cases SET state = 'closed' WHERE summary = '第 2 处'");
    assert_eq!((changed.table.as_str(), changed.row), ("cases", 2));
    let shows = |row: &Option<Vec<String>>, value: &str| row.iter().flatten().any(|column| column == value);
    assert!(shows(&changed.one, "state=opened") && shows(&changed.other, "state=closed"));
    // The name begins like those of the index's own tables, and is none of them.
    let words = differs("UPDATE searched SET words = 'x' WHERE number = 1");
    assert_eq!(words.table, "searched");
    assert_eq!(
        differs("UPDATE search SET words = 'x' WHERE rowid = 1").table,
        "search"
    );
    let missing = differs("DELETE FROM steps WHERE position = 200");
    assert_eq!((missing.table.as_str(), missing.other), ("steps", None));
    let more = differs("INSERT INTO unread VALUES (1, 'case-1', 0, 'x', 'y')");
    assert_eq!((more.table.as_str(), more.row, more.one), ("unread", 1, None));
    assert_eq!(differs("DROP TABLE told").table, "told");
}

#[test]
fn ledgers_that_know_different_facts_or_are_of_another_version_are_not_compared() {
    let apart = compared_after("UPDATE progress SET fact_position = 100");
    assert!(matches!(apart, Err(BookError::Apart(200, 100))), "{apart:?}");
    let old = compared_after("PRAGMA user_version = 1");
    assert!(matches!(old, Err(BookError::Version { version: 1 })), "{old:?}");
    // How far each has looked past what does not concern it is no difference.
    let farther = compared_after("UPDATE progress SET position = 5000");
    assert!(matches!(farther, Ok(Comparison::Equal { .. })), "{farther:?}");
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
