//! No command rests on evidence that nobody ever brought, and no proof of work on a reporter's: the ids are looked up first.

use crate::body::Fields;
use crate::edge::Edge;
use crate::problem::Problem;
use axum::http::StatusCode;
use jurisdiction::Actor;
use mingcha_proto::intake::KnownEvidenceRequest;
use serde_json::Value;
use std::collections::BTreeSet;

/// What lists of evidence ids are called in every message.
const LISTS: [&str; 3] = ["evidence", "before", "after"];

/// Where evidence proves the work of whoever names it: measures, spot checks, re-checks.
const PROOFS: &str = "/api/v1/disposals/";

/// An id, and the field that names it, e.g. `five.borrowed_name.evidence`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    field: String,
    id: String,
}

/// Every id that a message names, wherever it stands.
pub(crate) fn named(fields: &Fields) -> Vec<Named> {
    let mut found = Vec::new();
    collect(fields, "", &mut found);
    found
}

fn collect(fields: &Fields, within: &str, found: &mut Vec<Named>) {
    for (name, value) in fields {
        let field = match within {
            "" => name.clone(),
            _ => format!("{within}.{name}"),
        };
        match value {
            Value::Object(inner) => collect(inner, &field, found),
            Value::Array(items) => {
                let ids = items.iter().filter_map(Value::as_str);
                if LISTS.contains(&name.as_str()) {
                    found.extend(ids.map(|id| Named {
                        field: field.clone(),
                        id: id.to_owned(),
                    }));
                }
                for inner in items.iter().filter_map(Value::as_object) {
                    collect(inner, &field, found);
                }
            }
            _ => {}
        }
    }
}

/// Lets a command pass whose evidence is all there. What is to prove somebody's own work on a site, `path` says so, is not
/// what a reporter saw there.
///
/// # Errors
/// Names the first field with an id that will not do, or says that evidence cannot be looked up now.
pub(crate) async fn check(edge: &Edge, actor: &Actor, path: &str, named: &[Named]) -> Result<(), Problem> {
    if named.is_empty() {
        return Ok(());
    }
    let ids: BTreeSet<&String> = named.iter().map(|named| &named.id).collect();
    let asking = KnownEvidenceRequest {
        evidence_ids: ids.into_iter().cloned().collect(),
    };
    let request = edge.calls.request(actor, None, asking);
    let answer = edge.services.tip_intake().known_evidence(request).await?;
    let answer = answer.into_inner();
    let first_of = |ids: &[String]| named.iter().find(|named| ids.contains(&named.id));
    if let Some(Named { field, id }) = first_of(&answer.unknown) {
        return Err(unknown_evidence(field, id));
    }
    match first_of(&answer.only_reporters).filter(|_| path.starts_with(PROOFS)) {
        Some(Named { field, .. }) => Err(reporters_evidence(field)),
        None => Ok(()),
    }
}

fn reporters_evidence(field: &str) -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "gateway.reporters_evidence",
        "举报人的照片不能证明处置和检查的情况。",
    )
    .field(field)
    .remedy("请到现场拍摄，用本人账号上传后再填写证据编号。")
}

fn unknown_evidence(field: &str, id: &str) -> Problem {
    let shown: String = id.chars().take(12).collect();
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "gateway.unknown_evidence",
        format!("没有编号为“{shown}…”的证据。"),
    )
    .field(field)
    .remedy("请先上传现场照片，再填写上传后得到的证据编号。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn listed(message: Value) -> Vec<(String, String)> {
        let Value::Object(fields) = message else {
            panic!("an object")
        };
        let named = named(&fields).into_iter();
        named.map(|named| (named.field, named.id)).collect()
    }
    fn pair(field: &str, id: &str) -> (String, String) {
        (field.to_owned(), id.to_owned())
    }

    #[test]
    fn ids_are_found_wherever_a_message_names_them() {
        let inspection = json!({
            "went": ["张三"],
            "evidence": ["a"],
            "five": {"borrowed_name": {"answer": "no", "evidence": ["b", "c"]}},
            "rows": [{"evidence": ["d"]}],
        });
        let expected = [
            pair("evidence", "a"),
            pair("five.borrowed_name.evidence", "b"),
            pair("five.borrowed_name.evidence", "c"),
            pair("rows.evidence", "d"),
        ];
        assert_eq!(listed(inspection), expected);
        let measure = json!({"measure": "close", "before": ["a"], "after": ["b"]});
        assert_eq!(listed(measure), [pair("after", "b"), pair("before", "a")]);
        assert!(listed(json!({"before": "2020-06-01", "note": "evidence"})).is_empty());
    }
}
