//! From an HTTP request to the fields of a message: JSON, multipart or query string, with the path's parameters.

use crate::problem::Problem;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Query, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) type Fields = Map<String, Value>;

/// The whole body, if it is not larger than `most` bytes.
pub(crate) async fn read(body: Body, most: usize) -> Result<Bytes, Problem> {
    to_bytes(body, most).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            if error.is::<http_body_util::LengthLimitError>() {
                return Problem::too_large(most);
            }
            cause = error.source();
        }
        Problem::malformed("内容没有完整到达，请重新提交。")
    })
}

/// The fields of a JSON body. No body at all is no fields: some commands are said by their path alone.
pub(crate) async fn json_fields(headers: &HeaderMap, body: Body, most: usize) -> Result<Fields, Problem> {
    let bytes = read(body, most).await?;
    if bytes.is_empty() {
        return Ok(Fields::new());
    }
    if !is_content_type(headers, "application/json") {
        return Err(Problem::unsupported_media_type("application/json"));
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Problem::malformed("提交的内容应是一个 JSON 对象。")),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            Err(Problem::malformed(format!(
                "提交的内容不是正确的 JSON（第 {line} 行第 {column} 个字符处）。"
            )))
        }
    }
}

/// The fields of a multipart body: texts as texts, a file as an attachment under the name of its field.
pub(crate) async fn multipart_fields(request: Request, most: usize) -> Result<Fields, Problem> {
    let mut form = multipart(request, most).await?;
    let mut fields = Fields::new();
    while let Some(part) = form.next_field().await.map_err(|error| bad_part(&error, most))? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|error| bad_part(&error, most))?;
        let value = if is_file {
            serde_json::json!({ "data": STANDARD.encode(&bytes) })
        } else {
            Value::String(text(&bytes, &name)?)
        };
        fields.insert(name, value);
    }
    Ok(fields)
}

/// Opens a multipart body of at most `most` bytes.
pub(crate) async fn multipart(request: Request, most: usize) -> Result<Multipart, Problem> {
    let (parts, body) = request.into_parts();
    let body = Body::new(http_body_util::Limited::new(body, most));
    let request = Request::from_parts(parts, body);
    Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::malformed("提交的表单不完整，请重新提交。"))
}

pub(crate) fn bad_part(error: &axum::extract::multipart::MultipartError, most: usize) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::too_large(most);
    }
    Problem::malformed("提交的表单没有完整到达，请重新提交。")
}

pub(crate) fn text(bytes: &[u8], field: &str) -> Result<String, Problem> {
    String::from_utf8(bytes.to_vec()).map_err(|_| Problem::invalid(field, "文字编码不对，应为 UTF-8。"))
}

/// The name-value pairs of the query string.
pub(crate) fn query_pairs(parts: &Parts) -> Result<Vec<(String, String)>, Problem> {
    Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map(|Query(pairs)| pairs)
        .map_err(|_| Problem::malformed("网址里的查询条件格式不对。"))
}

/// One value of a form sent as `application/x-www-form-urlencoded`; empty if it is not there.
pub(crate) fn form_value(body: &[u8], name: &str) -> String {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let found = pairs.into_iter().find(|(field, _)| field == name);
    found.map(|(_, value)| value).unwrap_or_default()
}

/// The parameters of the path, decoded.
pub(crate) async fn path_pairs(parts: &mut Parts) -> Result<Vec<(String, String)>, Problem> {
    let pairs = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| Problem::malformed("网址格式不对。"))?;
    Ok(pairs
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect())
}

/// The message that the fields say.
///
/// # Errors
/// 422 naming the field and, in Chinese, the rule.
pub(crate) fn message<M: DeserializeOwned>(fields: Fields) -> Result<M, Problem> {
    serde_path_to_error::deserialize(Value::Object(fields)).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        let field = if reason.starts_with("unknown field") {
            unknown_field(&path, &reason)
        } else {
            path.trim_matches('.').to_owned()
        };
        Problem::invalid(&field, platform::in_chinese(&reason))
    })
}

/// The path may end before the unknown name or at it.
fn unknown_field(path: &str, reason: &str) -> String {
    let name = reason.split('`').nth(1).unwrap_or_default();
    let path = path.trim_matches('.');
    if path == name || path.ends_with(&format!(".{name}")) {
        path.to_owned()
    } else if path.is_empty() || path == "?" {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

pub(crate) fn is_content_type(headers: &HeaderMap, wanted: &str) -> bool {
    let sent = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|sent| sent.split(';').next());
    sent.is_some_and(|sent| sent.trim().eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::directory::AdvanceClockRequest;
    use mingcha_proto::intake::ReceiveTipRequest;
    use serde_json::json;

    fn refused<M: DeserializeOwned + std::fmt::Debug>(fields: Value) -> (u16, Option<String>, String) {
        let Value::Object(fields) = fields else {
            panic!("an object")
        };
        let problem = message::<M>(fields).expect_err("refused");
        let details = problem.details().clone();
        (details.status, details.field, details.detail)
    }

    #[test]
    fn an_unknown_field_is_named() {
        let (status, field, detail) = refused::<ReceiveTipRequest>(json!({"narative": "x"}));
        assert_eq!((status, field.as_deref()), (422, Some("narative")));
        assert!(detail.contains("没有“narative”这个字段"), "{detail}");
    }
    #[test]
    fn an_unknown_field_deep_inside_is_named() {
        let (_, field, _) = refused::<ReceiveTipRequest>(json!({"place": {"txt": "x"}}));
        assert_eq!(field.as_deref(), Some("place.txt"));
    }
    #[test]
    fn a_wrong_type_is_named() {
        let (status, field, detail) = refused::<AdvanceClockRequest>(json!({"seconds": "soon"}));
        assert_eq!((status, field.as_deref()), (422, Some("seconds")));
        assert!(!detail.is_ascii());
    }
    #[test]
    fn a_picture_that_is_not_base64_is_named() {
        let (_, field, detail) = refused::<ReceiveTipRequest>(json!({"photos": [{"data": "%%"}]}));
        assert_eq!(field.as_deref(), Some("photos[0].data"));
        assert!(detail.contains("base64"), "{detail}");
    }
    #[test]
    fn a_value_of_a_form_is_found() {
        assert_eq!(form_value(b"a=1&receipt=12+34%2D5", "receipt"), "12 34-5");
        assert_eq!(form_value(b"%ff", "receipt"), "");
    }
    #[tokio::test]
    async fn json_must_be_said_to_be_json_and_fit() {
        let mut headers = HeaderMap::new();
        let body = || Body::from("{\"a\": 1}");
        let status = |result: Result<Fields, Problem>| result.map_err(|problem| problem.details().status);
        assert_eq!(status(json_fields(&headers, body(), 100).await), Err(415));
        headers.insert(
            header::CONTENT_TYPE,
            "application/json; charset=utf-8".parse().expect("header"),
        );
        assert!(json_fields(&headers, body(), 100).await.is_ok());
        assert_eq!(status(json_fields(&headers, body(), 3).await), Err(413));
        assert_eq!(status(json_fields(&headers, Body::from("{"), 9).await), Err(400));
        assert_eq!(
            status(json_fields(&headers, Body::from("[1]"), 9).await),
            Err(400)
        );
        assert_eq!(
            status(json_fields(&headers, Body::empty(), 9).await),
            Ok(Fields::new())
        );
    }
}
