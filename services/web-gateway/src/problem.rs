//! Every error as a problem (RFC 9457): a stable code for machines, a Chinese sentence that says what to do for people.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tonic::{Code, Status};
use tonic_types::StatusExt;
use utoipa::ToSchema;

/// A fault that passes by itself is worth another attempt after so long.
const RETRY_AFTER_SECONDS: u64 = 30;

/// What went wrong, boxed because results carry it everywhere.
#[derive(Clone, Debug)]
pub struct Problem(Box<ProblemDetails>);

/// `application/problem+json` 错误说明
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemDetails {
    /// `urn:mingcha:problem:<code>`
    #[serde(rename = "type")]
    pub kind: String,
    /// 简短标题
    pub title: String,
    /// HTTP 状态码
    pub status: u16,
    /// 发生了什么
    pub detail: String,
    /// 稳定的错误代码，供程序判断
    pub code: String,
    /// 出错的字段
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// 怎么办
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// 规则出处
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// 事项现在的版本号；只在提交时所见的版本已经过时的时候给出
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<u64>,
    /// 报修时请提供
    pub request_id: String,
    #[serde(skip)]
    #[schema(ignore)]
    pub retry_after: Option<u64>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        let passing = matches!(
            status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
        );
        Self(Box::new(ProblemDetails {
            kind: format!("urn:mingcha:problem:{code}"),
            title: title(status).to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            code: code.to_owned(),
            field: None,
            remedy: None,
            source: None,
            revision: None,
            request_id: String::new(),
            retry_after: passing.then_some(RETRY_AFTER_SECONDS),
        }))
    }
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into()).filter(|field| !field.is_empty());
        self
    }
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds.max(1));
        self
    }
    pub(crate) fn asked_as(mut self, request_id: &str) -> Self {
        request_id.clone_into(&mut self.0.request_id);
        self
    }
    pub fn details(&self) -> &ProblemDetails {
        &self.0
    }
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// A value that does not fit: names the field and the rule.
    pub fn invalid(field: &str, rule: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "gateway.invalid", rule)
            .field(field)
            .remedy("请按提示修改后重新提交。")
    }
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "gateway.malformed", detail)
            .remedy("请对照接口说明检查提交的内容。")
    }
    pub fn too_large(most: usize) -> Self {
        let most = most / (1024 * 1024);
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "gateway.too_large",
            format!("提交的内容太大，一次最多 {most} MB。"),
        )
        .remedy("有照片的，请减少照片或者换小一些的，分几次提交；录音请转成 MP3 或者分段；都没有的，请精简内容后重新提交。")
    }
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "gateway.not_found", "没有这个页面或接口。")
            .remedy("请核对网址，或者从首页重新进入。")
    }
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "gateway.method_not_allowed",
            "这个网址不支持这种操作，刚才的内容没有提交。",
        )
        .remedy("请从首页重新进入，再填一次。")
    }
    pub fn unsupported_media_type(expected: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "gateway.unsupported_media_type",
            format!("提交的内容类型不对，应为 {expected}。"),
        )
    }
    pub fn too_often(seconds: u64) -> Self {
        let wait = wait_in_words(seconds);
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "gateway.too_often",
            format!("提交得太频繁了，请{wait}再试。"),
        )
        .remedy("事情紧急请直接拨打举报电话；有起火、爆炸、泄漏或人员受伤，请立即拨打 119 或 110。")
        .retry_after(seconds)
    }
    pub fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "gateway.busy",
            "现在上传照片的人较多，您的内容还没有提交。",
        )
        .remedy("请稍等半分钟再提交；也可以先不带照片提交，之后凭查询码补充。")
    }
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "gateway.internal",
            "系统内部出错，您的操作没有完成。",
        )
        .remedy("请稍后再试；如仍不行，请把页面上的请求编号告诉系统管理员。")
    }
}

/// “20 秒后”, “3 分钟后”.
pub(crate) fn wait_in_words(seconds: u64) -> String {
    if seconds < 60 {
        format!("{} 秒后", seconds.max(1))
    } else {
        format!("{} 分钟后", seconds.div_ceil(60))
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "请求格式不对",
        StatusCode::UNAUTHORIZED => "需要登录",
        StatusCode::FORBIDDEN => "没有权限",
        StatusCode::NOT_FOUND => "没有找到",
        StatusCode::METHOD_NOT_ALLOWED => "不支持这种操作",
        StatusCode::CONFLICT => "与当前情况不符",
        StatusCode::PRECONDITION_FAILED => "内容已经更新",
        StatusCode::PAYLOAD_TOO_LARGE => "内容太大",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "内容类型不对",
        StatusCode::UNPROCESSABLE_ENTITY => "填写有误",
        StatusCode::TOO_MANY_REQUESTS => "太频繁",
        StatusCode::NOT_IMPLEMENTED => "功能未启用",
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => "暂时不可用",
        _ => "系统出错",
    }
}

/// What is said if a service gave no sentence of its own.
fn plain_sentence(code: Code) -> (StatusCode, &'static str, &'static str) {
    match code {
        Code::InvalidArgument | Code::OutOfRange => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "gateway.invalid",
            "提交的内容不符合要求。",
        ),
        Code::NotFound => (StatusCode::NOT_FOUND, "gateway.not_found", "没有找到。"),
        Code::PermissionDenied => (
            StatusCode::FORBIDDEN,
            "gateway.forbidden",
            "您没有权限进行这项操作。",
        ),
        Code::Aborted => (
            StatusCode::PRECONDITION_FAILED,
            "gateway.outdated",
            "刚才有别人处理了同一事项，您的操作没有生效。",
        ),
        Code::FailedPrecondition | Code::AlreadyExists => (
            StatusCode::CONFLICT,
            "gateway.conflict",
            "与事项目前的情况不符，操作没有生效。",
        ),
        Code::Unauthenticated => (
            StatusCode::UNAUTHORIZED,
            "gateway.not_signed_in",
            "没有登录，或者登录已过期。",
        ),
        Code::ResourceExhausted => (
            StatusCode::TOO_MANY_REQUESTS,
            "gateway.too_often",
            "系统现在很忙，请稍后再试。",
        ),
        Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled => (
            StatusCode::SERVICE_UNAVAILABLE,
            "gateway.service_away",
            "负责这项业务的服务暂时连不上，请稍等一分钟再试。",
        ),
        Code::Unimplemented => (
            StatusCode::NOT_IMPLEMENTED,
            "gateway.not_enabled",
            "这项功能还没有启用。",
        ),
        Code::Ok | Code::Unknown | Code::Internal | Code::DataLoss => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "gateway.internal",
            "系统内部出错，您的操作没有完成。",
        ),
    }
}

impl From<Status> for Problem {
    fn from(status: Status) -> Self {
        let code = if platform::is_away(&status) {
            Code::Unavailable
        } else {
            status.code()
        };
        let (http, code, sentence) = plain_sentence(code);
        let Some(info) = status.get_details_error_info() else {
            // Without our own details the text is a library's; it may name addresses and is not for people.
            match status.code() {
                // Who did not answer is in the text; what was said to whom is not.
                Code::Unavailable => tracing::warn!(reason = status.message(), "a service is away"),
                code if http.is_server_error() => tracing::warn!(?code, "a service call failed"),
                _ => {}
            }
            return Self::new(http, code, sentence);
        };
        let mut problem = Self::new(http, &info.reason, status.message());
        let told = |key: &str| info.metadata.get(key).cloned();
        problem.0.field = told("field");
        problem.0.remedy = told("remedy");
        problem.0.source = told("source").map(|source| refusals::source_in_chinese(&source));
        problem.0.revision = told("revision").and_then(|revision| revision.parse().ok());
        problem
    }
}

impl IntoResponse for Problem {
    /// A bare response that carries the problem; the outermost layer writes it as JSON or as a page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The problem as JSON.
pub(crate) fn as_json(problem: &Problem) -> Response {
    let body = serde_json::to_vec(problem.details()).unwrap_or_default();
    let headers = [(header::CONTENT_TYPE, "application/problem+json; charset=utf-8")];
    (problem.status(), headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_breaks_is_told_as_a_service_that_is_away() {
        let broken = Status::from_error(Box::new(std::io::Error::other("transport error")));
        assert_eq!(broken.code(), Code::Unknown);
        let problem = Problem::from(broken);
        assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(problem.details().code, "gateway.service_away");
    }
    use platform::{PlatformRefusal, invalid, refuse};

    fn problem(status: Status) -> ProblemDetails {
        Problem::from(status).details().clone()
    }

    #[test]
    fn grpc_codes_become_http_codes() {
        let cases = [
            (Code::InvalidArgument, 422),
            (Code::NotFound, 404),
            (Code::PermissionDenied, 403),
            (Code::FailedPrecondition, 409),
            (Code::Aborted, 412),
            (Code::Unauthenticated, 401),
            (Code::Unavailable, 503),
            (Code::DeadlineExceeded, 503),
            (Code::ResourceExhausted, 429),
            (Code::Unimplemented, 501),
            (Code::Internal, 500),
            (Code::Unknown, 500),
        ];
        for (code, http) in cases {
            assert_eq!(
                problem(Status::new(code, "tcp connect 10.0.0.1")).status,
                http,
                "{code:?}"
            );
        }
    }
    #[test]
    fn a_librarys_sentence_never_reaches_people() {
        let details = problem(Status::unknown("tcp connect 10.0.0.1: secret"));
        assert!(!details.detail.contains("10.0.0.1"));
        assert!(!details.detail.is_ascii());
    }
    #[test]
    fn a_refusal_keeps_code_field_remedy_and_source() {
        let details = problem(invalid("place.text", "太长。"));
        assert_eq!(details.code, "platform.bad_shape");
        assert_eq!(details.field.as_deref(), Some("place.text"));
        assert!(details.remedy.is_some() && details.source.is_some());
        assert_eq!(details.kind, "urn:mingcha:problem:platform.bad_shape");
    }
    #[test]
    fn a_fault_that_passes_says_when_to_come_back() {
        assert_eq!(
            problem(Status::unavailable("")).retry_after,
            Some(RETRY_AFTER_SECONDS)
        );
        assert_eq!(problem(refuse(PlatformRefusal::WrongRole)).retry_after, None);
    }
    #[test]
    fn json_has_the_members_of_rfc_9457() {
        let details = Problem::not_found().asked_as("r1").details().clone();
        let json = serde_json::to_value(details).expect("JSON");
        for member in ["type", "title", "status", "detail", "code", "request_id"] {
            assert!(json.get(member).is_some(), "{member}");
        }
        assert!(json.get("retry_after").is_none() && json.get("field").is_none());
    }
    #[test]
    fn waiting_is_told_in_words() {
        assert_eq!(wait_in_words(0), "1 秒后");
        assert_eq!(wait_in_words(61), "2 分钟后");
    }
}
