//! A small campaign: the city with two counties, two townships each, the villages of one of each; and their people.

use crate::programs::repository;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const UNITS: [&str; 26] = [
    "321300",
    "321300-AWB",
    "321300-DDZ",
    "321300-JW",
    "321300-ZFW",
    "321300-GA",
    "321300-SJ",
    "321302",
    "321302-YJ",
    "321302-GA",
    "321302-SJ",
    "321302101",
    "321302102",
    "321302101291",
    "321302101292",
    "321302101293",
    "321322",
    "321322-YJ",
    "321322-GA",
    "321322-SJ",
    "321322-HJ",
    "321322102",
    "321322103",
    "321322102291",
    "321322102292",
    "321322102293",
];

/// Copies the demonstration campaign into `folder`, without the rest of the city: every password takes time to hash.
pub(crate) fn write_small(folder: &Path) {
    write_whole(folder);
    let wanted = BTreeSet::from(UNITS);
    keep(&folder.join("units.json"), "code", &wanted);
    keep(&folder.join("staff.json"), "unit", &wanted);
}

/// Copies all of it.
pub(crate) fn write_whole(folder: &Path) {
    let source = repository().join("deploy/campaign");
    fs::create_dir_all(folder).expect("a folder for the campaign");
    for entry in fs::read_dir(&source).expect("the demonstration campaign") {
        let path = entry.expect("a file of the campaign").path();
        if path.extension().is_some_and(|kind| kind == "json") {
            let name = path.file_name().unwrap_or_default();
            fs::copy(&path, folder.join(name)).expect("a copy");
        }
    }
}

fn keep(file: &Path, key: &str, wanted: &BTreeSet<&str>) {
    let text = fs::read_to_string(file).expect("a list of the campaign");
    let mut rows: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    rows.retain(|row| row[key].as_str().is_some_and(|code| wanted.contains(code)));
    let text = serde_json::to_string(&rows).expect("JSON");
    fs::write(file, text).expect("the shortened list");
}
