//! Names of fields: of every state, and of everything inside of every state.

use super::*;
use crate::samples::recorded;
use platform::Recorded;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn pointers_are_said_in_chinese() {
    assert_eq!(field(Lane::Case, "/holders/0/unit"), "承办经过·第 1 项·承办单位");
    assert_eq!(field(Lane::Case, "/extensions/1/to"), "延期·第 2 项·新期限");
    assert_eq!(
        field(Lane::Accountability, "/clocks/0/steps/0/to"),
        "时限·第 1 项·督办·第 1 项·发给"
    );
    assert_eq!(field(Lane::Disposal, "/unit"), "处置单位", "the whole is meant");
    assert_eq!(field(Lane::Tip, "/place/text"), "地点·内容");
    assert_eq!(field(Lane::Mail, "/message/subject"), "通知内容·标题");
}
#[test]
fn an_unknown_field_keeps_its_pointer() {
    assert_eq!(field(Lane::Case, "/novelty/0"), "/novelty/0");
    assert_eq!(field(Lane::Directory, ""), "");
    assert_eq!(
        field(Lane::Case, "/place/novel~1ty"),
        "地点·novel/ty",
        "only the first has to be known"
    );
}
#[test]
fn every_field_of_every_state_has_a_name() {
    for lane in Lane::WITH_STATES {
        let state = lane.fold().state();
        let fields = state.as_object().expect("an object");
        assert!(!fields.is_empty(), "{lane:?}");
        for name in fields.keys() {
            let known = of_lane(lane, name).or_else(|| common(name));
            assert!(known.is_some(), "{lane:?} {name}");
        }
    }
}

/// Everything that ever happened in one category, three times over: what needs an opening before it has one by then.
fn happened(category: &str) -> Vec<Recorded> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for service in std::fs::read_dir(services).expect("services").flatten() {
        for golden in ["golden", "golden-draw"] {
            let golden = std::fs::read_dir(service.path().join("domain/tests").join(golden));
            files.extend(golden.into_iter().flatten().flatten().map(|file| file.path()));
        }
    }
    files.sort();
    let stream = format!("{category}-00000000-0000-8000-9000-000000000001");
    let facts = files.iter().filter_map(|file| {
        let name = file.file_stem()?.to_str()?;
        let of_it = name.split('.').next() == Some(category);
        let text = of_it.then(|| std::fs::read_to_string(file).expect("a file"))?;
        let data = serde_json::from_str(&text).expect("JSON");
        Some(recorded(&stream, 0, name, data))
    });
    let once: Vec<_> = facts.collect();
    [once.clone(), once.clone(), once].concat()
}

/// The names of fields anywhere inside, as paths without the numbers.
fn inside(value: &Value, path: &str, found: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                found.insert((name.clone(), path.to_owned()));
                inside(value, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| inside(item, path, found)),
        _ => {}
    }
}

#[test]
fn everything_inside_of_every_state_has_a_name() {
    let categories = ["tip", "case", "disposal", "accountability", "report", "draw"];
    let mut unnamed = Vec::new();
    for category in categories {
        let lane = Lane::of(&format!("{category}-1"));
        let mut fold = lane.fold();
        let mut found = BTreeSet::new();
        for fact in happened(category) {
            fold.take(&fact);
            inside(&fold.state(), "", &mut found);
        }
        assert!(found.len() > 10, "{category}: {found:?}");
        let unknown = found
            .into_iter()
            // What is kept by unit is called by its code.
            .filter(|(name, _)| !name.starts_with(|first: char| first.is_ascii_digit()))
            .filter(|(name, _)| of_lane(lane, name).or_else(|| common(name)).is_none());
        unnamed.extend(unknown.map(|(name, path)| format!("{category}: {path}/{name}")));
    }
    assert!(unnamed.is_empty(), "{}", unnamed.join("\n"));
}
