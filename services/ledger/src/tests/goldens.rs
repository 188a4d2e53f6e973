//! Every fact ever written, as its golden file spells it.

use super::History;
use crate::follower::PREFIXES;
use jurisdiction::CaseId;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Name and body of one fact of each kind and version that the ledger follows.
pub(super) fn golden() -> Vec<(String, Value)> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files: Vec<PathBuf> = std::fs::read_dir(services)
        .expect("services")
        .flatten()
        .map(|service| service.path().join("domain/tests"))
        .flat_map(|tests| [tests.join("golden"), tests.join("golden-draw")])
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|files| files.flatten().map(|file| file.path()))
        .collect();
    files.sort();
    let facts = files.into_iter().map(|file| {
        let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        let data = std::fs::read_to_string(&file).expect("a golden file");
        (name.to_owned(), serde_json::from_str(&data).expect("JSON"))
    });
    facts
        .filter(|(name, _)| PREFIXES.contains(&prefix(name)))
        .collect()
}

/// One of them.
pub(super) fn golden_of(name: &str) -> Value {
    static ALL: OnceLock<HashMap<String, Value>> = OnceLock::new();
    let all = ALL.get_or_init(|| golden().into_iter().collect());
    all.get(name)
        .unwrap_or_else(|| panic!("no golden file of {name}"))
        .clone()
}

fn prefix(name: &str) -> &str {
    match name.split('.').next() {
        Some("tip") => "tip-",
        Some("case") => "case-",
        Some("disposal") => "disposal-",
        Some("draw") => "draw-",
        Some("accountability") => "accountability-",
        Some("report") => "report-",
        _ => "",
    }
}

/// The stream that a fact of this name stands in, one of two.
pub(super) fn stream(name: &str, which: u128) -> String {
    match prefix(name) {
        "report-" => format!("report-32132210{which}-sweep"),
        prefix => format!("{prefix}{}", CaseId::sample(which)),
    }
}

#[test]
fn every_fact_of_every_domain_is_taken_in_even_as_the_first_of_its_stream() {
    let golden = golden();
    assert!(golden.len() > 60, "only {} golden files found", golden.len());
    for (name, data) in golden {
        let ledger = History::new().stored(&stream(&name, 1), &name, data).ledger();
        assert_eq!(ledger.count("SELECT count(*) FROM unread"), 0, "{name}");
    }
}

#[test]
fn all_facts_after_each_other_are_taken_in_twice_over() {
    let mut history = History::new();
    for (name, data) in golden().into_iter().chain(golden()) {
        history.later(1).stored(&stream(&name, 1), &name, data);
    }
    let ledger = history.ledger();
    assert_eq!(ledger.count("SELECT count(*) FROM unread"), 0);
    for table in [
        "tips",
        "told",
        "cases",
        "steps",
        "disposals",
        "clocks",
        "failures",
        "reports",
    ] {
        assert!(
            ledger.count(&format!("SELECT count(*) FROM {table}")) > 0,
            "{table} is empty"
        );
    }
}

#[test]
fn a_fact_of_a_later_program_is_noted_and_the_rest_goes_on() {
    let mut history = History::new();
    history.case(1, None, None);
    history.stored(&super::case_stream(1), "case.forgotten.v9", serde_json::json!({}));
    history.case(2, None, None);
    let ledger = history.ledger();
    assert_eq!(ledger.count("SELECT count(*) FROM unread"), 1);
    assert_eq!(ledger.count("SELECT count(*) FROM cases"), 2);
}

#[test]
fn nothing_sealed_and_no_receipt_gets_into_the_database() {
    let mut history = History::new();
    for (name, data) in golden() {
        history.stored(&stream(&name, 1), &name, data);
    }
    let ledger = history.ledger();
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(ledger._folder.path())
        .expect("the folder")
        .flatten()
    {
        bytes.extend(std::fs::read(file.path()).expect("a file"));
    }
    let blank = "SELECT count(*) FROM facts, json_tree(data) WHERE key IN ('ciphertext', 'commitment', 'receipt_hash')";
    assert!(ledger.count(blank) > 2, "sealed values keep their shape");
    assert_eq!(ledger.count(&format!("{blank} AND atom <> ''")), 0);
    for secret in ["c2VhbGVk", &"00".repeat(32), &"ab".repeat(32)] {
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} stands in the database");
    }
}
