//! From an RPC message to a domain command, naming the field that does not fit.

use crate::{PlatformRefusal, invalid, refuse};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use tonic::Status;

/// A domain command that can be read from a request: the types check themselves.
pub trait DomainCommand: DeserializeOwned {}
impl<T: DeserializeOwned> DomainCommand for T {}

/// Reads `request` without its `target` field (the id of the aggregate, returned beside the command).
///
/// # Errors
/// `InvalidArgument` naming the field and the rule.
pub fn read_shape<R: Serialize, C: DomainCommand>(request: &R, target: &str) -> Result<(String, C), Status> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(request) else {
        return Err(refuse(PlatformRefusal::BadShape));
    };
    let id = match fields.remove(target) {
        Some(Value::String(id)) if !id.is_empty() => id,
        _ => return Err(invalid(target, "缺少编号。")),
    };
    Ok((id, read_fields(fields)?))
}

/// Reads `request` as a domain value, naming the field that does not fit.
///
/// # Errors
/// `InvalidArgument` naming the field and the rule.
pub fn read_value<R: Serialize, C: DomainCommand>(request: &R) -> Result<C, Status> {
    match serde_json::to_value(request) {
        Ok(Value::Object(fields)) => read_fields(fields),
        _ => Err(refuse(PlatformRefusal::BadShape)),
    }
}

/// Characters of one text. What a domain takes of it is less; this is so that no fact outgrows the store and NATS.
const LONGEST_TEXT: usize = 5_000;
/// Entries of one list; a year of days fits.
const LONGEST_LIST: usize = 400;

fn read_fields<C: DomainCommand>(fields: Map<String, Value>) -> Result<C, Status> {
    let mut fields = Value::Object(fields);
    leave_out_what_was_not_sent(&mut fields);
    within_bounds("", &fields)?;
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let field = error.path().to_string();
        invalid(&field, &in_chinese(&error.into_inner().to_string()))
    })
}

fn within_bounds(path: &str, value: &Value) -> Result<(), Status> {
    match value {
        Value::String(text) if text.chars().count() > LONGEST_TEXT => {
            Err(invalid(path, &format!("最多 {LONGEST_TEXT} 个字。")))
        }
        Value::Array(items) if items.len() > LONGEST_LIST => {
            Err(invalid(path, &format!("最多 {LONGEST_LIST} 项。")))
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(number, item)| within_bounds(&format!("{path}[{number}]"), item)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, item)| {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            within_bounds(&path, item)
        }),
        _ => Ok(()),
    }
}

/// Optional messages and fields that were not sent are null here, at any depth; the command's own defaults apply.
fn leave_out_what_was_not_sent(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(leave_out_what_was_not_sent);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_what_was_not_sent),
        _ => {}
    }
}

/// serde's own sentences, in Chinese; the domain's newtypes already speak it.
pub fn in_chinese(error: &str) -> String {
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = error.strip_prefix("unknown variant ") {
        let allowed = rest
            .split_once("expected")
            .map_or("", |(_, allowed)| allowed.trim());
        let allowed = allowed
            .trim_start_matches("one of ")
            .replace(['`'], "")
            .replace(" or ", ", ");
        return format!("“{}”不是可选的值，可选：{allowed}。", quoted(error));
    }
    if error.starts_with("unknown field") {
        return format!("没有“{}”这个字段。", quoted(error));
    }
    if error.starts_with("missing field") {
        return format!("缺少“{}”。", quoted(error));
    }
    if error.starts_with("invalid type") || error.starts_with("invalid value") {
        return "类型不对，请对照接口说明填写。".to_owned();
    }
    if error.contains("UUID") || error.contains("invalid length") || error.contains("invalid character") {
        return "不是正确的编号。".to_owned();
    }
    if error.is_ascii() {
        "不符合要求，请对照接口说明填写。".to_owned()
    } else {
        format!("{error}。")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use tonic_types::StatusExt;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Assign {
        #[serde(rename = "to")]
        _to: jurisdiction::UnitCode,
        #[serde(rename = "urgency", default)]
        _urgency: jurisdiction::Urgency,
    }
    fn field_and_message(request: Value) -> (String, String) {
        let status = read_shape::<_, Assign>(&request, "case_id").expect_err("refused");
        let info = status.get_details_error_info().expect("error info");
        (
            info.metadata.get("field").cloned().unwrap_or_default(),
            status.message().to_owned(),
        )
    }

    #[test]
    fn a_text_or_list_without_end_is_refused_at_its_field() {
        let long = "长".repeat(LONGEST_TEXT + 1);
        let (field, message) =
            field_and_message(serde_json::json!({"case_id": "c", "to": "321322", "went": [{"name": long}]}));
        assert_eq!(
            (field.as_str(), message.contains("5000 个字")),
            ("went[0].name", true),
            "{message}"
        );
        let many = vec!["甲"; LONGEST_LIST + 1];
        let (field, message) =
            field_and_message(serde_json::json!({"case_id": "c", "to": "321322", "went": many}));
        assert_eq!(
            (field.as_str(), message.contains("400 项")),
            ("went", true),
            "{message}"
        );
    }
    #[test]
    fn a_bad_field_is_named() {
        let (field, message) =
            field_and_message(serde_json::json!({"case_id": "c", "to": "321322", "urgency": "soon"}));
        assert_eq!(field, "urgency");
        assert!(message.contains("可选：normal, urgent"), "{message}");
    }
    #[derive(Deserialize, Debug)]
    #[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
    enum Origin {
        Sweep { method: String },
    }

    #[test]
    fn a_field_of_a_nested_message_that_was_not_sent_is_as_if_unknown_to_the_sender() {
        #[derive(Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        struct Open {
            origin: Origin,
        }
        let request = serde_json::json!({
            "case_id": "c",
            "origin": {"kind": "sweep", "method": "night_raid", "note": null},
        });
        let (_, command) = read_shape::<_, Open>(&request, "case_id").expect("a command");
        let Origin::Sweep { method } = command.origin;
        assert_eq!(method, "night_raid");
    }
    #[test]
    fn a_missing_target_is_named() {
        assert_eq!(field_and_message(serde_json::json!({"case_id": ""})).0, "case_id");
    }
    #[test]
    fn a_code_with_spaces_is_refused_in_chinese() {
        let (field, message) = field_and_message(serde_json::json!({"case_id": "c", "to": "32 13"}));
        assert_eq!(field, "to");
        assert!(message.contains("单位代码"), "{message}");
    }
}
