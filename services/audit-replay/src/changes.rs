//! What a fact changed: the difference of two states, field by field.

use crate::fields::field;
use crate::lanes::Lane;
use json_patch::{Patch, PatchOperation, diff, patch};
use mingcha_proto::audit::ReplayChange;
use serde_json::Value;

/// The fields of a lane's state that differ, as JSON pointers and by name, with the value before and after; `said` gives the
/// words for the value at a pointer.
pub(crate) fn changes(
    lane: Lane,
    before: &Value,
    after: &Value,
    said: impl Fn(&str, &Value) -> String,
) -> Vec<ReplayChange> {
    // Operations on lists shift what follows, so each is carried out before the next is looked at.
    let mut now = before.clone();
    let mut changes = Vec::new();
    for operation in diff(before, after).0 {
        let path = operation.path().to_string();
        let (old, new) = match &operation {
            // An addition to a list pushes the element at that place aside; it does not replace it.
            PatchOperation::Add(added) => (None, Some(&added.value)),
            PatchOperation::Replace(replaced) => (now.pointer(&path), Some(&replaced.value)),
            _ => (now.pointer(&path), None),
        };
        let change = ReplayChange {
            title: field(lane, &path),
            before: old.map(Value::to_string),
            after: new.map(Value::to_string),
            before_said: old.map(|value| said(&path, value)),
            after_said: new.map(|value| said(&path, value)),
            path,
        };
        if patch(&mut now, &Patch(vec![operation])).is_err() {
            break;
        }
        changes.push(change);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn changes(lane: Lane, before: &Value, after: &Value) -> Vec<ReplayChange> {
        super::changes(lane, before, after, |path, value| format!("{path} {value}"))
    }

    #[test]
    fn each_field_is_named_with_its_value_before_and_after() {
        let before = json!({"owner": null, "tips": ["a"], "place": {"text": "砖瓦厂"}});
        let after = json!({"owner": "321322", "tips": ["a", "b"], "place": {"text": "砖瓦厂"}});
        let told = changes(Lane::Case, &before, &after);
        let told: Vec<_> = told
            .iter()
            .map(|change| {
                (
                    change.path.as_str(),
                    change.before.as_deref(),
                    change.after.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("/owner", Some("null"), Some("\"321322\"")),
                ("/tips/1", None, Some("\"b\""))
            ]
        );
    }
    #[test]
    fn several_removals_from_a_list_name_what_was_removed() {
        let removed: Vec<_> = changes(Lane::Case, &json!({"l": [1, 2, 3, 4]}), &json!({"l": [1]}))
            .into_iter()
            .filter_map(|change| change.before)
            .collect();
        let mut sorted = removed.clone();
        sorted.sort();
        assert_eq!(sorted, ["2", "3", "4"], "{removed:?}");
    }
    #[test]
    fn a_change_is_named_in_chinese() {
        let named = changes(
            Lane::Case,
            &json!({"owner": null}),
            &json!({"owner": "321322", "novelty": 1}),
        );
        let titles: Vec<_> = named.iter().map(|change| change.title.as_str()).collect();
        assert_eq!(titles, ["/novelty", "承办单位"]);
    }
    #[test]
    fn nothing_changed_is_nothing() {
        assert!(changes(Lane::Case, &json!({"a": 1}), &json!({"a": 1})).is_empty());
    }
}
