//! The store as a program: its one line, its signals, backup and verify.

use std::path::Path;
use std::process::{Command, Output};

use kurrentdb::StreamState;
use rusqlite::Connection;
use tempfile::tempdir;

use crate::support::{Program, append, command, events};

fn run(arguments: &[&str], folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_event-store"))
        .args(arguments)
        .arg(folder)
        .args(more)
        .output()
        .expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn it_ends_well_when_asked_and_keeps_everything() {
    let folder = tempdir().expect("a folder");
    let program = Program::start(folder.path());
    append(&program.client(), "s", StreamState::Any, events(0..3))
        .await
        .expect("appended");
    assert!(program.terminate().await.success());
    let verified = run(&["verify", "--data-dir"], folder.path(), &[]);
    assert!(verified.status.success());
    let text = out(&verified);
    assert!(text.contains("records:       3"), "{text}");
    assert!(text.contains("sound"), "{text}");
}

#[test]
fn a_second_process_is_told_why_it_cannot_start() {
    let folder = tempdir().expect("a folder");
    let program = Program::start(folder.path());
    let second = command(folder.path()).output().expect("the program runs");
    assert!(!second.status.success());
    let text = String::from_utf8_lossy(&second.stderr);
    assert!(text.contains("in use by another process"), "{text}");
    program.kill();
}

#[tokio::test]
async fn a_backup_of_a_running_store_is_a_store() {
    let folder = tempdir().expect("a folder");
    let program = Program::start(folder.path());
    let client = program.client();
    append(&client, "s", StreamState::Any, events(0..200))
        .await
        .expect("appended");
    let copy = tempdir().expect("a folder");
    let file = copy.path().join("events.db");
    let file = file.to_str().expect("UTF-8");
    let arguments = ["backup", "--data-dir"];
    let saved = run(&arguments, folder.path(), &["--to", file]);
    assert!(saved.status.success(), "{saved:?}");
    let again = run(&arguments, folder.path(), &["--to", file]);
    assert!(!again.status.success(), "a backup must not be overwritten");
    append(&client, "s", StreamState::StreamRevision(199), events(200..201))
        .await
        .expect("the store goes on");
    // The copy serves as a data directory.
    let restored = Program::start(copy.path());
    append(
        &restored.client(),
        "s",
        StreamState::StreamRevision(199),
        events(0..1),
    )
    .await
    .expect("appended");
    assert!(restored.terminate().await.success());
    assert!(program.terminate().await.success());
}

#[tokio::test]
async fn verify_fails_on_any_fault() {
    let folder = tempdir().expect("a folder");
    let program = Program::start(folder.path());
    append(&program.client(), "s", StreamState::Any, events(0..5))
        .await
        .expect("appended");
    assert!(program.terminate().await.success());
    let path = event_store::database_file(folder.path());
    let conn = Connection::open(path).expect("opened");
    conn.execute("UPDATE events SET rev = 9 WHERE gpos = 5", [])
        .expect("damaged");
    drop(conn);
    let verified = run(&["verify", "--data-dir"], folder.path(), &[]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(out(&verified).contains("position 5"), "{}", out(&verified));
    let nowhere = folder.path().join("nowhere");
    assert!(!run(&["verify", "--data-dir"], &nowhere, &[]).status.success());
}
