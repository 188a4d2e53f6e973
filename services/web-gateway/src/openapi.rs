//! The OpenAPI document, made from the table of routes: what is not in it does not exist.

use crate::problem::ProblemDetails;
use crate::query::Shape;
use crate::routes::{Access, AnswerDoc, Doc, Entry};
use crate::{api, sessions};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Object, Schema};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, Response,
    ResponseBuilder,
};

const COOKIE_SCHEME: &str = "session";

/// The document, e.g. for generating clients without running the server.
pub fn document() -> OpenApi {
    build(&api::entries())
}

pub(crate) fn build(entries: &[Entry]) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut components = ComponentsBuilder::new();
    let problem = Shape::of::<ProblemDetails>();
    for entry in entries {
        let doc = &entry.doc;
        paths = paths.path(
            doc.path,
            PathItem::new(http_method(&doc.method), operation(doc, &problem)),
        );
        components = components.schemas_from_iter(doc.request.components.clone());
        if let AnswerDoc::Json(_, shape) | AnswerDoc::Events(shape) = &doc.answer {
            components = components.schemas_from_iter(shape.components.clone());
        }
    }
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(sessions::COOKIE)));
    let components = components
        .schemas_from_iter(problem.components)
        .security_scheme(COOKIE_SCHEME, cookie)
        .build();
    let info = InfoBuilder::new()
        .title("明察接口")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "宿迁市“小化工”专项整治行动系统。出错时一律返回 application/problem+json（RFC 9457）。\
             改变数据的请求须带请求头 X-CSRF-Token；可带 Idempotency-Key（UUID），重复提交只生效一次；\
             可带 If-Match（查询所得的 revision），看过之后如有别人改动，答复 412 而不生效。",
        ))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components))
        .build()
}

fn operation(doc: &Doc, problem: &Shape) -> Operation {
    let in_path: Vec<&str> = path_parameters(doc.path).collect();
    let mut operation = OperationBuilder::new()
        .summary(Some(doc.summary))
        .tag(doc.tag)
        .operation_id(Some(operation_id(doc)))
        .response(success(doc).0, success(doc).1)
        .response("default", described(problem, "application/problem+json", "出错"));
    for (name, schema) in doc.request.properties() {
        let is_in_path = in_path.contains(&name.as_str());
        if is_in_path || doc.method == Method::GET {
            operation = operation.parameter(parameter(&name, schema, is_in_path));
        }
    }
    if doc.method != Method::GET && has_body(doc, &in_path) {
        operation = operation.request_body(Some(request_body(doc)));
    }
    if let Access::Staff(roles) = doc.access {
        let names: Vec<_> = roles.iter().map(|role| role.in_chinese()).collect();
        operation = operation
            .description(Some(format!("角色：{}", names.join("、"))))
            .security(SecurityRequirement::new(COOKIE_SCHEME, [] as [&str; 0]))
            .parameter(header(
                "X-Mingcha-Role",
                "以哪个角色办理；不填则用可用的第一个角色",
                Required::False,
            ));
        if doc.method != Method::GET {
            operation = operation.parameter(header("X-CSRF-Token", "登录时取得的凭证", Required::True));
        }
    }
    if doc.method != Method::GET {
        operation = operation.parameter(header(
            "Idempotency-Key",
            "UUID；同一个值重复提交只生效一次",
            Required::False,
        ));
        if matches!(doc.access, Access::Staff(_)) {
            operation = operation.parameter(header(
                "If-Match",
                "查询时看到的 revision；之后如有别人改动，本次操作不生效并答复 412",
                Required::False,
            ));
        }
    }
    operation.build()
}

fn has_body(doc: &Doc, in_path: &[&str]) -> bool {
    let properties = doc.request.properties();
    properties.keys().any(|name| !in_path.contains(&name.as_str()))
}

fn request_body(doc: &Doc) -> utoipa::openapi::request_body::RequestBody {
    let mut body = RequestBodyBuilder::new()
        .required(Some(Required::True))
        .content("application/json", content(&doc.request));
    if let Some(file) = doc.file {
        let form = json!({"type": "object", "properties": {file: {"type": "string", "format": "binary"}}});
        let form: Option<Schema> = serde_json::from_value(form).ok();
        body = body.content("multipart/form-data", ContentBuilder::new().schema(form).build());
    }
    body.build()
}

fn success(doc: &Doc) -> (String, Response) {
    match &doc.answer {
        AnswerDoc::Json(status, shape) => (
            status.as_u16().to_string(),
            described(shape, "application/json", "成功"),
        ),
        AnswerDoc::Picture => {
            let picture = ContentBuilder::new().schema(Some(Object::new())).build();
            let response = ResponseBuilder::new()
                .description("图片")
                .content("image/*", picture);
            ("200".to_owned(), response.build())
        }
        AnswerDoc::Recording => {
            let recording = ContentBuilder::new().schema(Some(Object::new())).build();
            let response = ResponseBuilder::new()
                .description("录音")
                .content("audio/*", recording);
            ("200".to_owned(), response.build())
        }
        AnswerDoc::File => {
            let file = ContentBuilder::new().schema(Some(Object::new())).build();
            let response = ResponseBuilder::new()
                .description("文件")
                .content("application/octet-stream", file);
            ("200".to_owned(), response.build())
        }
        AnswerDoc::Events(shape) => (
            "200".to_owned(),
            described(
                shape,
                "text/event-stream",
                "事件流：event: work，data 为下列内容，id 为 position",
            ),
        ),
        AnswerDoc::Page => {
            let page = ContentBuilder::new().schema(Some(Object::new())).build();
            let response = ResponseBuilder::new()
                .description("网页")
                .content("text/html", page);
            ("200".to_owned(), response.build())
        }
        AnswerDoc::Nothing => (
            StatusCode::NO_CONTENT.as_u16().to_string(),
            ResponseBuilder::new().description("成功，没有内容").build(),
        ),
    }
}

fn described(shape: &Shape, content_type: &str, text: &str) -> Response {
    ResponseBuilder::new()
        .description(text)
        .content(content_type, content(shape))
        .build()
}

fn content(shape: &Shape) -> utoipa::openapi::Content {
    let reference = Ref::from_schema_name(&shape.name);
    ContentBuilder::new().schema(Some(reference)).build()
}

fn parameter(name: &str, schema: Value, is_in_path: bool) -> Parameter {
    let schema: Option<RefOr<Schema>> = serde_json::from_value(schema).ok();
    let place = if is_in_path {
        ParameterIn::Path
    } else {
        ParameterIn::Query
    };
    let required = if is_in_path {
        Required::True
    } else {
        Required::False
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .schema(schema)
        .build()
}

fn header(name: &str, text: &str, required: Required) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(text))
        .schema(Some(Object::with_type(utoipa::openapi::Type::String)))
        .build()
}

/// The names between braces.
pub(crate) fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// `POST /api/v1/tips/{tip_id}/accept` is `post_tips_tip_id_accept`.
fn operation_id(doc: &Doc) -> String {
    let path = doc.path.trim_start_matches("/api/v1/");
    let path = path.replace(['{', '}'], "").replace(['/', '-'], "_");
    format!("{}_{path}", doc.method.as_str().to_lowercase())
}

fn http_method(method: &Method) -> HttpMethod {
    match *method {
        Method::GET => HttpMethod::Get,
        Method::PUT => HttpMethod::Put,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Post,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_in_the_document() {
        let document = serde_json::to_value(document()).expect("JSON");
        assert!(
            document["openapi"]
                .as_str()
                .is_some_and(|version| version.starts_with("3.1"))
        );
        for entry in api::entries() {
            let method = entry.doc.method.as_str().to_lowercase();
            let operation = &document["paths"][entry.doc.path][&method];
            assert_eq!(operation["summary"], entry.doc.summary, "{}", entry.doc.path);
        }
    }
    #[test]
    fn every_reference_leads_somewhere() {
        let document = serde_json::to_value(document()).expect("JSON");
        let text = document.to_string();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap_or_default();
            assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
        }
    }
    #[test]
    fn staff_entries_say_what_they_need() {
        let document = serde_json::to_value(document()).expect("JSON");
        let accept = &document["paths"]["/api/v1/tips/{tip_id}/accept"]["post"];
        let names: Vec<_> = accept["parameters"]
            .as_array()
            .expect("parameters")
            .iter()
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        for name in [
            "tip_id",
            "X-CSRF-Token",
            "Idempotency-Key",
            "X-Mingcha-Role",
            "If-Match",
        ] {
            assert!(names.contains(&name), "{name} in {names:?}");
        }
        assert!(
            accept["description"]
                .as_str()
                .is_some_and(|text| text.contains("派单员"))
        );
    }
}
