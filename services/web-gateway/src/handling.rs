//! The one handler behind the table: admit, read the message, call the service, answer.

use crate::body::{self, Fields};
use crate::edge::{Edge, Services};
use crate::evidence;
use crate::guard::{self, SignedIn};
use crate::large::upload_permit;
use crate::problem::Problem;
use crate::random;
use crate::routes::{Access, Doc};
use crate::source::Source;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use futures::future::BoxFuture;
use jurisdiction::{Actor, CommandId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::ToSchema;
use uuid::Uuid;

/// What stands behind a route.
pub(crate) type Handler =
    Arc<dyn Fn(Edge, Request) -> BoxFuture<'static, Result<Response, Problem>> + Send + Sync>;

const IDEMPOTENCY_HEADER: &str = "idempotency-key";

/// 没有字段
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoFields {}

/// A request that was admitted and read.
pub(crate) struct Asked<Q> {
    pub actor: Actor,
    /// The person, if staff are asked for.
    pub signed_in: Option<SignedIn>,
    pub source: Source,
    pub headers: HeaderMap,
    pub command_id: Option<CommandId>,
    /// The revision that the person has seen of what is to be changed.
    pub seen: Option<u64>,
    pub message: Q,
    _permit: Option<OwnedSemaphorePermit>,
}

/// A handler that passes the message on to a service.
pub(crate) fn calling<Q, A, F, W>(doc: Arc<Doc>, call: F, render: fn(A) -> Response) -> Handler
where
    Q: DeserializeOwned + Send + 'static,
    A: Send + 'static,
    F: Fn(Services, tonic::Request<Q>) -> W + Send + Sync + 'static,
    W: Future<Output = Result<tonic::Response<A>, tonic::Status>> + Send + 'static,
{
    let call = Arc::new(call);
    Arc::new(move |edge: Edge, request: Request| {
        let (doc, call) = (Arc::clone(&doc), Arc::clone(&call));
        async move {
            let asked: Asked<Q> = prepare(&edge, &doc, request).await?;
            let mut request = edge.calls.request(&asked.actor, asked.command_id, asked.message);
            platform::only_at(&mut request, asked.seen);
            let reply = call(edge.services.clone(), request).await?;
            Ok(render(reply.into_inner()))
        }
        .boxed()
    })
}

/// A handler that does something at the edge.
pub(crate) fn working<Q, F, W>(doc: Arc<Doc>, work: F) -> Handler
where
    Q: DeserializeOwned + Send + 'static,
    F: Fn(Edge, Asked<Q>) -> W + Send + Sync + 'static,
    W: Future<Output = Result<Response, Problem>> + Send + 'static,
{
    let work = Arc::new(work);
    Arc::new(move |edge: Edge, request: Request| {
        let (doc, work) = (Arc::clone(&doc), Arc::clone(&work));
        async move {
            let asked: Asked<Q> = prepare(&edge, &doc, request).await?;
            work(edge, asked).await
        }
        .boxed()
    })
}

async fn prepare<Q: DeserializeOwned>(edge: &Edge, doc: &Doc, request: Request) -> Result<Asked<Q>, Problem> {
    let (mut parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let (actor, signed_in) = admit(edge, doc, &parts, &source).await?;
    let permit = upload_permit(edge, &parts.headers)?;
    let asked_path = parts.uri.path().to_owned();
    let path = body::path_pairs(&mut parts).await?;
    let headers = parts.headers.clone();
    let mut fields = if doc.method == Method::GET {
        query_fields(doc, &parts)?
    } else if doc.file.is_some() && body::is_content_type(&headers, "multipart/form-data") {
        body::multipart_fields(Request::from_parts(parts, body), doc.largest_body).await?
    } else {
        body::json_fields(&headers, body, doc.largest_body).await?
    };
    for (name, text) in &path {
        insert_from_path(doc, &mut fields, name, text)?;
    }
    restrict(doc, &mut fields)?;
    let command_id = match doc.method {
        Method::GET => None,
        _ => Some(command_id(
            &headers,
            &purpose(&actor, &doc.method, &asked_path, &fields),
        )?),
    };
    let seen = match doc.method {
        Method::GET => None,
        _ => seen_revision(&headers)?,
    };
    // Citizens send their pictures along; they name none.
    let named = match signed_in {
        Some(_) if doc.method != Method::GET => evidence::named(&fields),
        _ => vec![],
    };
    let message = body::message(fields)?;
    evidence::check(edge, &actor, &asked_path, &named).await?;
    Ok(Asked {
        actor,
        signed_in,
        source,
        headers,
        command_id,
        seen,
        message,
        _permit: permit,
    })
}

async fn admit(
    edge: &Edge,
    doc: &Doc,
    parts: &Parts,
    source: &Source,
) -> Result<(Actor, Option<SignedIn>), Problem> {
    match doc.access {
        Access::Open => Ok((Actor::Citizen, None)),
        Access::Citizen(bucket) => {
            edge.limits.take(bucket, source).await?;
            Ok((Actor::Citizen, None))
        }
        Access::Staff(roles) => {
            let person = guard::signed_in(edge, &parts.method, &parts.headers).await?;
            let actor = guard::acting(&person.member, roles, &parts.headers)?;
            Ok((actor, Some(person)))
        }
    }
}

fn query_fields(doc: &Doc, parts: &Parts) -> Result<Fields, Problem> {
    let mut fields = Fields::new();
    for (name, text) in body::query_pairs(parts)? {
        doc.request.insert(&mut fields, &name, &text)?;
    }
    Ok(fields)
}

/// What the path says must not be contradicted by the body.
fn insert_from_path(doc: &Doc, fields: &mut Fields, name: &str, text: &str) -> Result<(), Problem> {
    let sent = fields.remove(name);
    doc.request.insert(fields, name, text)?;
    if sent.is_some_and(|sent| fields.get(name) != Some(&sent)) {
        return Err(Problem::invalid(name, "与网址里的编号不一致。"));
    }
    Ok(())
}

fn restrict(doc: &Doc, fields: &mut Fields) -> Result<(), Problem> {
    if let Some((name, value)) = doc.forced {
        fields.insert(name.to_owned(), Value::from(value));
    }
    let Some((name, allowed)) = doc.limited else {
        return Ok(());
    };
    let sent = fields.get(name).and_then(Value::as_str).unwrap_or_default();
    if allowed.contains(&sent) {
        return Ok(());
    }
    Err(Problem::invalid(name, format!("可选：{}。", allowed.join("、"))))
}

/// Who asks for what. Citizens have no name, and two who choose the same careless key must not be shown each other's
/// receipt: for them the content belongs to it.
fn purpose(actor: &Actor, method: &Method, path: &str, fields: &Fields) -> String {
    match actor.person() {
        Some(person) => format!("{person} {method} {path}"),
        None => {
            let content = serde_json::to_string(fields).unwrap_or_default();
            format!("citizen {method} {path} {}", random::sha256_hex(&content))
        }
    }
}

/// The id under which a command is recognised when it is repeated. Part of it is who asks and for what, so that nobody
/// can meet another person's command by choosing the same key.
fn command_id(headers: &HeaderMap, purpose: &str) -> Result<CommandId, Problem> {
    let Some(key) = headers.get(IDEMPOTENCY_HEADER) else {
        return Ok(random::command_id());
    };
    let key = key.to_str().ok().and_then(|key| Uuid::parse_str(key.trim()).ok());
    let key =
        key.ok_or_else(|| Problem::malformed("请求头 Idempotency-Key 应是 UUID。").field("Idempotency-Key"))?;
    Ok(platform::derived_command(key, purpose, 0))
}

/// `If-Match: "7"`: the command is meant for revision 7 and no other, as a reader's answer named it.
fn seen_revision(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let revision = value.to_str().ok().and_then(|text| {
        let text = text.trim();
        let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        quoted.unwrap_or(text).parse().ok()
    });
    let rule = "请求头 If-Match 应是查询时得到的 revision，例如 If-Match: \"3\"。";
    revision
        .map(Some)
        .ok_or_else(|| Problem::malformed(rule).field("If-Match"))
}

/// An answer in JSON that no cache keeps.
pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json; charset=utf-8"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (status, headers, body).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "answer cannot be written as JSON");
            Problem::internal().into_response()
        }
    }
}

/// A document by itself, to be printed: nothing runs in it and nothing is loaded, and of styles only its own applies.
pub(crate) fn document(html: String) -> Response {
    let style = html
        .split_once("<style>")
        .and_then(|(_, rest)| rest.split_once("</style>"))
        .map_or("", |(style, _)| style);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        random::sha256_base64(style)
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, &policy),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, html).into_response()
}

/// A file to be saved under a name that may be Chinese (RFC 6266, RFC 5987).
pub(crate) fn file(content_type: &str, name: &str, data: Vec<u8>) -> Response {
    let encoded: String = name.bytes().fold(String::new(), |text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text + &char::from(byte).to_string()
        } else {
            text + &format!("%{byte:02X}")
        }
    });
    let extension = name.rsplit_once('.').map_or("bin", |(_, extension)| extension);
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"mingcha.{extension}\"; filename*=UTF-8''{encoded}"),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, data).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use jurisdiction::{Role, sample};

    const KEY: &str = "6f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11";

    fn with_key(key: &str, actor: &Actor, path: &str, content: &str) -> Result<CommandId, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(IDEMPOTENCY_HEADER, HeaderValue::from_str(key).expect("header"));
        let fields = Fields::from_iter([("narrative".to_owned(), Value::from(content))]);
        command_id(&headers, &purpose(actor, &Method::POST, path, &fields))
    }

    #[test]
    fn a_repeated_key_is_the_same_command() {
        let actor = sample::acting(Role::Dispatcher, sample::CITY);
        let once = with_key(KEY, &actor, "/a", "x").expect("id");
        assert_eq!(once, with_key(KEY, &actor, "/a", "x").expect("id"));
        assert_ne!(once, with_key(KEY, &actor, "/b", "x").expect("id"));
    }
    #[test]
    fn nobody_meets_anothers_command() {
        let one = with_key(KEY, &sample::acting(Role::Dispatcher, sample::CITY), "/a", "x");
        let other = with_key(KEY, &sample::acting(Role::Handler, sample::CITY), "/a", "x");
        assert_ne!(one.expect("id"), other.expect("id"));
    }
    #[test]
    fn citizens_with_one_careless_key_get_each_their_own_receipt() {
        let id = |content| with_key(KEY, &Actor::Citizen, "/a", content).expect("id");
        assert_eq!(id("x"), id("x"));
        assert_ne!(id("x"), id("y"));
    }
    #[test]
    fn a_key_is_a_uuid() {
        let problem = with_key("again", &Actor::Citizen, "/a", "x").expect_err("refused");
        assert_eq!(problem.details().status, 400);
    }
    #[test]
    fn without_a_key_every_command_is_new() {
        let id = || command_id(&HeaderMap::new(), "citizen").expect("id");
        assert_ne!(id(), id());
    }
    #[test]
    fn a_seen_revision_is_a_number_with_or_without_quotes() {
        let seen = |text| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::from_static(text));
            seen_revision(&headers)
        };
        assert_eq!(seen_revision(&HeaderMap::new()).expect("absent"), None);
        assert_eq!(seen("\"7\"").expect("quoted"), Some(7));
        assert_eq!(seen("7").expect("bare"), Some(7));
        for wrong in ["*", "\"a\"", "-1", "W/\"7\""] {
            let problem = seen(wrong).expect_err("refused");
            assert_eq!(problem.details().field.as_deref(), Some("If-Match"), "{wrong}");
        }
    }
    #[test]
    fn a_document_runs_nothing_and_has_its_own_style_only() {
        let answer = document("<html><style>p{margin:0}</style></html>".to_owned());
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("text");
        let hash = random::sha256_base64("p{margin:0}");
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    }
}
