//! What anybody may ask for in JSON: report, look up by receipt, add, erase. A receipt never stands in an address.

use crate::edge::Edge;
use crate::handling::{self, Asked};
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{Access, AnswerDoc, Entry, Section};
use crate::source::Source;
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::{Actor, CommandId};
use mingcha_proto::common::CommandReply;
use mingcha_proto::intake::{
    AddToTipRequest, EraseByReceiptRequest, GetTipByReceiptRequest, GetTipByReceiptResponse,
    ObjectToScreeningRequest, ReceiveTipRequest, ReceiveTipResponse, SayNotFixedRequest,
};
use mingcha_proto::ledger::{PublicProgressRequest, PublicProgressResponse};
use serde::Serialize;
use tonic::{Code, Status};
use utoipa::ToSchema;

use super::intake::TIP_WITH_PHOTOS;
use crate::rpc;

/// 举报回执；查询码只显示这一次
#[derive(Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// 线索编号
    pub tip_id: String,
    /// 查询码，16 位数字
    pub receipt: String,
    /// 查询码，四位一组
    pub receipt_grouped: String,
    /// 提交位置，查询时带上即可读到自己的写入
    pub position: u64,
}

/// 举报进展
#[derive(Serialize, ToSchema)]
pub(crate) struct TipStatus {
    #[serde(flatten)]
    pub tip: GetTipByReceiptResponse,
    /// 受理后案件走到哪一步；台账暂时不可用时为空
    pub case_progress: Option<PublicProgressResponse>,
}

impl From<ReceiveTipResponse> for Receipt {
    fn from(reply: ReceiveTipResponse) -> Self {
        Self {
            receipt_grouped: grouped(&reply.receipt),
            tip_id: reply.tip_id,
            receipt: reply.receipt,
            position: reply.position,
        }
    }
}

pub(crate) fn entries() -> Vec<Entry> {
    let report = Section::of("群众举报", Access::Citizen(Bucket::Reports));
    let look = Section::of("群众举报", Access::Citizen(Bucket::Lookups));
    let json = |shape| AnswerDoc::Json(StatusCode::OK, Box::new(shape));
    vec![
        report
            .post("/api/v1/tips", "举报（无需登录，可以匿名）")
            .forcing("channel", "web")
            .largest_body(TIP_WITH_PHOTOS)
            .creates::<Receipt, _, _, _, _>(rpc!(tip_intake.receive_tip(ReceiveTipRequest))),
        look.post("/api/v1/tips/status", "凭查询码查看进展")
            .works(json(Shape::of::<TipStatus>()), status),
        report
            .post("/api/v1/tips/add", "凭查询码补充内容或照片")
            .largest_body(TIP_WITH_PHOTOS)
            .works(json(Shape::of::<CommandReply>()), add),
        report
            .post("/api/v1/tips/not-fixed", "凭查询码反映没有解决，案件重新办理")
            .works(json(Shape::of::<CommandReply>()), not_fixed),
        report
            .post(
                "/api/v1/tips/object",
                "凭查询码对不予受理或者转交提出异议，由上一级重新甄审，限一次",
            )
            .works(json(Shape::of::<CommandReply>()), object),
        report
            .post(
                "/api/v1/tips/erase",
                "凭查询码销毁自己留下的身份（identity）或内容（content），不能恢复",
            )
            .works(json(Shape::of::<CommandReply>()), erase),
    ]
}

async fn status(edge: Edge, asked: Asked<GetTipByReceiptRequest>) -> Result<Response, Problem> {
    let reply = look_up(&edge, &asked.source, &asked.message.receipt).await?;
    Ok(handling::json(StatusCode::OK, &reply))
}

async fn add(edge: Edge, asked: Asked<AddToTipRequest>) -> Result<Response, Problem> {
    let reply = add_to(&edge, &asked.source, asked.command_id, asked.message).await?;
    Ok(handling::json(StatusCode::OK, &reply))
}

async fn not_fixed(edge: Edge, asked: Asked<SayNotFixedRequest>) -> Result<Response, Problem> {
    let reply = say_not_fixed(&edge, &asked.source, asked.command_id, asked.message).await?;
    Ok(handling::json(StatusCode::OK, &reply))
}

async fn object(edge: Edge, asked: Asked<ObjectToScreeningRequest>) -> Result<Response, Problem> {
    let reply = object_to(&edge, &asked.source, asked.command_id, asked.message).await?;
    Ok(handling::json(StatusCode::OK, &reply))
}

async fn erase(edge: Edge, asked: Asked<EraseByReceiptRequest>) -> Result<Response, Problem> {
    let reply = erase_own(&edge, &asked.source, asked.command_id, asked.message).await?;
    Ok(handling::json(StatusCode::OK, &reply))
}

/// The state of the tip of a receipt; wrong receipts are counted, so that nobody tries them out.
pub(crate) async fn look_up(edge: &Edge, source: &Source, receipt: &str) -> Result<TipStatus, Problem> {
    edge.limits.check(Bucket::WrongReceipts, source).await?;
    let message = GetTipByReceiptRequest {
        receipt: digits(receipt),
    };
    let request = edge.calls.request(&Actor::Citizen, None, message);
    let answer = edge.services.tip_intake().get_tip_by_receipt(request).await;
    match answer {
        Ok(reply) => Ok(with_progress(edge, reply.into_inner()).await),
        Err(status) => Err(wrong_or_other(edge, source, status).await),
    }
}

/// The ledger may be away: what is known of the tip itself is then still told.
async fn with_progress(edge: &Edge, tip: GetTipByReceiptResponse) -> TipStatus {
    let mut case_progress = None;
    if let Some(case_id) = tip.case_id.clone() {
        let message = PublicProgressRequest {
            case_id,
            wait_for_position: None,
        };
        let request = edge.calls.request(&Actor::Citizen, None, message);
        let answer = edge.services.ledger().public_progress(request).await;
        case_progress = answer.ok().map(tonic::Response::into_inner);
    }
    TipStatus { tip, case_progress }
}

/// Adds words or photos to the tip of a receipt.
pub(crate) async fn add_to(
    edge: &Edge,
    source: &Source,
    command_id: Option<CommandId>,
    message: AddToTipRequest,
) -> Result<CommandReply, Problem> {
    edge.limits.check(Bucket::WrongReceipts, source).await?;
    let message = AddToTipRequest {
        receipt: digits(&message.receipt),
        // Only the carrier knows where an SMS came from; nobody else has any number rung up.
        answer_to: None,
        ..message
    };
    let request = edge.calls.request(&Actor::Citizen, command_id, message);
    match edge.services.tip_intake().add_to_tip(request).await {
        Ok(reply) => Ok(reply.into_inner()),
        Err(status) => Err(wrong_or_other(edge, source, status).await),
    }
}

/// Says, against the receipt, that it is not fixed.
pub(crate) async fn say_not_fixed(
    edge: &Edge,
    source: &Source,
    command_id: Option<CommandId>,
    message: SayNotFixedRequest,
) -> Result<CommandReply, Problem> {
    edge.limits.check(Bucket::WrongReceipts, source).await?;
    let message = SayNotFixedRequest {
        receipt: digits(&message.receipt),
        ..message
    };
    let request = edge.calls.request(&Actor::Citizen, command_id, message);
    match edge.services.tip_intake().say_not_fixed(request).await {
        Ok(reply) => Ok(reply.into_inner()),
        Err(status) => Err(wrong_or_other(edge, source, status).await),
    }
}

/// Says, against the receipt, that the tip should have been taken up.
pub(crate) async fn object_to(
    edge: &Edge,
    source: &Source,
    command_id: Option<CommandId>,
    message: ObjectToScreeningRequest,
) -> Result<CommandReply, Problem> {
    edge.limits.check(Bucket::WrongReceipts, source).await?;
    let message = ObjectToScreeningRequest {
        receipt: digits(&message.receipt),
        ..message
    };
    let request = edge.calls.request(&Actor::Citizen, command_id, message);
    match edge.services.tip_intake().object_to_screening(request).await {
        Ok(reply) => Ok(reply.into_inner()),
        Err(status) => Err(wrong_or_other(edge, source, status).await),
    }
}

/// Destroys what the reporter left.
pub(crate) async fn erase_own(
    edge: &Edge,
    source: &Source,
    command_id: Option<CommandId>,
    message: EraseByReceiptRequest,
) -> Result<CommandReply, Problem> {
    edge.limits.check(Bucket::WrongReceipts, source).await?;
    let message = EraseByReceiptRequest {
        receipt: digits(&message.receipt),
        ..message
    };
    let request = edge.calls.request(&Actor::Citizen, command_id, message);
    match edge.services.tip_intake().erase_by_receipt(request).await {
        Ok(reply) => Ok(reply.into_inner()),
        Err(status) => Err(wrong_or_other(edge, source, status).await),
    }
}

async fn wrong_or_other(edge: &Edge, source: &Source, status: Status) -> Problem {
    if status.code() != Code::NotFound {
        return status.into();
    }
    match edge.limits.take(Bucket::WrongReceipts, source).await {
        Ok(()) => Problem::from(status).field("receipt"),
        Err(too_often) => too_often,
    }
}

/// Old phones type full-width digits, people type spaces and hyphens.
pub(crate) fn digits(receipt: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        other => other,
    };
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '－' | '—' | '–');
    receipt.chars().filter(kept).map(narrow).collect()
}

/// Sixteen digits in groups of four, as people read them out.
pub(crate) fn grouped(receipt: &str) -> String {
    let digits: Vec<char> = receipt.chars().collect();
    let groups = digits.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_shown_in_groups_of_four() {
        assert_eq!(grouped("1234567890123456"), "1234 5678 9012 3456");
        assert_eq!(grouped("12345"), "1234 5");
        assert_eq!(grouped(""), "");
    }
    #[test]
    fn a_receipt_may_be_typed_as_people_type() {
        assert_eq!(digits(" 1234-5678　９０12 3456 "), "1234567890123456");
    }
}
