//! The catalogue of refusals: what every code means and what to do about it, for programs and for whoever wants to know.

use crate::handling::{self, Asked, NoFields};
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{Access, AnswerDoc, Entry, Section};
use axum::http::StatusCode;
use axum::response::Response;
use decider::{Kind, Reason};
use serde::Serialize;
use utoipa::ToSchema;

/// 拒绝理由目录
#[derive(Serialize, ToSchema)]
struct RefusalCatalogue {
    refusals: Vec<RefusalView>,
}

/// 一条拒绝理由
#[derive(Serialize, ToSchema)]
struct RefusalView {
    /// 稳定的代码，供程序判断
    code: &'static str,
    /// 属于哪一部分
    part: &'static str,
    /// HTTP 状态码
    status: u16,
    /// 出错的字段
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// 发生了什么
    says: &'static str,
    /// 怎么办
    remedy: &'static str,
    /// 规则出处
    source: String,
}

pub(crate) fn entries() -> Vec<Entry> {
    let open = Section::of("拒绝理由", Access::Citizen(Bucket::Lookups));
    let answer = AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<RefusalCatalogue>()));
    vec![
        open.get("/api/v1/refusals", "全部拒绝理由：代码、含义、怎么办、出处")
            .works(answer, catalogue),
    ]
}

async fn catalogue(_: crate::edge::Edge, _: Asked<NoFields>) -> Result<Response, Problem> {
    let chapters = refusals::catalogue().into_iter();
    let refusals = chapters.flat_map(|chapter| {
        let view = move |reason: &'static Reason| view(chapter.title, reason);
        chapter.reasons.into_iter().map(view)
    });
    let catalogue = RefusalCatalogue {
        refusals: refusals.collect(),
    };
    Ok(handling::json(StatusCode::OK, &catalogue))
}

fn view(part: &'static str, reason: &'static Reason) -> RefusalView {
    RefusalView {
        code: reason.code,
        part,
        status: status(reason.kind).as_u16(),
        field: Some(reason.field).filter(|field| !field.is_empty()),
        says: reason.says,
        remedy: reason.remedy,
        source: refusals::source_in_chinese(reason.source),
    }
}

/// As [`Problem`] answers a status that a service refused with.
fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Conflict => StatusCode::CONFLICT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_told_is_the_one_that_is_answered() {
        for reason in refusals::catalogue().iter().flat_map(|chapter| &chapter.reasons) {
            let answered = Problem::from(platform::status_of(reason, None));
            assert_eq!(answered.status(), status(reason.kind), "{}", reason.code);
        }
    }
}
