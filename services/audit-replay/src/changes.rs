//! What changed between two states, field by field.

use mingcha_proto::audit::ReplayChange;
use serde_json::Value;

/// JSON pointers with the value before and after.
pub(crate) fn between(before: &Value, after: &Value) -> Vec<ReplayChange> {
    json_patch::diff(before, after)
        .0
        .iter()
        .map(|operation| {
            let path = operation.path().to_string();
            let at = |state: &Value| {
                state
                    .pointer(&path)
                    .filter(|value| !value.is_null())
                    .map(Value::to_string)
            };
            // “-” appends to a list: the new element is the last one.
            let added = || match operation {
                json_patch::PatchOperation::Add(add) => Some(add.value.to_string()),
                _ => None,
            };
            ReplayChange {
                before: at(before),
                after: at(after).or_else(added),
                path,
            }
        })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_changed_field_shows_both_values_and_the_rest_stays_out() {
        let changes = between(
            &json!({"owner": null, "urgency": "normal"}),
            &json!({"owner": "321322", "urgency": "normal"}),
        );
        assert_eq!(changes.len(), 1);
        assert_eq!(
            (changes[0].path.as_str(), changes[0].before.as_deref()),
            ("/owner", None)
        );
        assert_eq!(changes[0].after.as_deref(), Some("\"321322\""));
    }
    #[test]
    fn a_longer_list_shows_what_came_to_it() {
        let changes = between(&json!({"tips": ["a"]}), &json!({"tips": ["a", "b"]}));
        assert_eq!(
            (changes[0].path.as_str(), changes[0].after.as_deref()),
            ("/tips/1", Some("\"b\""))
        );
    }
}
