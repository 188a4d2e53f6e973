//! `POST /hooks/sms/<secret>`: messages that people sent to our number, pushed by the carrier until we confirm them.

mod aliyun;
mod message;

use crate::api::digits;
use crate::body;
use crate::edge::Edge;
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::random;
use aliyun::Pushed;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use jurisdiction::{Actor, CommandId};
use message::{Meaning, meaning, tells_of_danger, tip};
use mingcha_proto::intake::{
    AddToTipRequest, AnswerEnquiryRequest, ObjectToScreeningRequest, SayNotFixedRequest,
};
use serde_json::{Value, json};
use tonic::{Code, Status};
use tonic_types::StatusExt;
use uuid::Uuid;

/// The carrier pushes some dozen messages at a time.
const LARGEST_PUSH: usize = 1024 * 1024;

/// The reason for which a tip takes no more words: they would be sealed under a key that is gone.
const DESTROYED: &str = "tip.erased";

pub(crate) fn routes() -> Router<Edge> {
    Router::new().route("/hooks/sms/{secret}", post(receive))
}

/// Answers “received” only when everything is committed; otherwise the carrier comes again, and what was committed the
/// first time is recognised by its command id.
async fn receive(
    State(edge): State<Edge>,
    Path(secret): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let known = edge.config.sms_hook_secret.as_deref();
    // Without the right secret there is nothing here at all.
    let known = known
        .filter(|known| random::same(known, &secret))
        .ok_or_else(Problem::not_found)?;
    let pushed = body::read(request.into_body(), LARGEST_PUSH).await?;
    let messages = aliyun::read(&pushed)?;
    let count = messages.len();
    let mut failed = 0;
    for message in messages {
        if let Err(status) = commit(&edge, known, &message).await {
            // The status may quote what was sent; its code does not.
            tracing::warn!(code = ?status.code(), "an SMS could not be committed");
            failed += 1;
        }
    }
    tracing::info!(count, failed, "SMS pushed by the carrier");
    if failed > 0 {
        return Ok(answer(
            StatusCode::SERVICE_UNAVAILABLE,
            json!({"code": 1, "msg": "请稍后重试"}),
        ));
    }
    Ok(answer(StatusCode::OK, json!({"code": 0, "msg": "接收成功"})))
}

fn answer(status: StatusCode, value: Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(value)).into_response()
}

async fn commit(edge: &Edge, secret: &str, pushed: &Pushed) -> Result<(), Status> {
    match meaning(&pushed.content) {
        // Nothing was said; there is nothing to lose.
        Meaning::Nothing => Ok(()),
        Meaning::Enquiry { receipt } => answer_enquiry(edge, pushed, receipt).await,
        Meaning::NotFixed { receipt, text } => not_fixed(edge, secret, pushed, receipt, text).await,
        Meaning::Addition { receipt, text } => add(edge, secret, pushed, receipt, text).await,
        Meaning::Tip => receive_tip(edge, secret, pushed).await,
    }
}

/// Whoever sends a receipt alone asks how things stand. Who asks too often is not answered: a number is a claim, and nobody's
/// phone is to ring all night.
async fn answer_enquiry(edge: &Edge, pushed: &Pushed, receipt: &str) -> Result<(), Status> {
    let source = edge.sources.of_number(&pushed.phone_number).await;
    let too_often = edge.limits.check(Bucket::WrongReceipts, &source).await.is_err()
        || edge.limits.take(Bucket::Lookups, &source).await.is_err();
    if too_often {
        tracing::warn!("a number asks too often by SMS and is not answered");
        return Ok(());
    }
    let request = AnswerEnquiryRequest {
        receipt: digits(receipt),
        number: pushed.phone_number.clone(),
    };
    let request = edge.calls.request(&Actor::Citizen, None, request);
    let answered = edge.services.tip_intake().answer_enquiry(request).await?;
    if !answered.into_inner().found {
        // Counted, and answered all the same.
        let _ = edge.limits.take(Bucket::WrongReceipts, &source).await;
    }
    Ok(())
}

async fn add(edge: &Edge, secret: &str, pushed: &Pushed, receipt: &str, text: &str) -> Result<(), Status> {
    let request = AddToTipRequest {
        receipt: digits(receipt),
        message: text.to_owned(),
        photos: Vec::new(),
        danger: tells_of_danger(text),
        answer_to: Some(pushed.phone_number.clone()),
    };
    let id = command_id(secret, pushed, "add");
    let request = edge.calls.request(&Actor::Citizen, Some(id), request);
    match edge.services.tip_intake().add_to_tip(request).await {
        Ok(_) => Ok(()),
        // Sixteen digits that are no receipt, a mistyped one, or a tip whose content is destroyed: the words must not be
        // lost, and the carrier must not come again for ever.
        Err(status) if takes_no_more(&status) => receive_tip(edge, secret, pushed).await,
        Err(status) => Err(status),
    }
}

/// Before there is an outcome it may be meant of a tip that was not taken up; said a second time, they are words like others.
async fn not_fixed(
    edge: &Edge,
    secret: &str,
    pushed: &Pushed,
    receipt: &str,
    text: &str,
) -> Result<(), Status> {
    let request = SayNotFixedRequest {
        receipt: digits(receipt),
        message: text.to_owned(),
    };
    let id = command_id(secret, pushed, "not-fixed");
    let request = edge.calls.request(&Actor::Citizen, Some(id), request);
    match edge.services.tip_intake().say_not_fixed(request).await {
        Ok(_) => Ok(()),
        Err(status) if is_refused(&status) => object(edge, secret, pushed, receipt, text).await,
        Err(status) => Err(status),
    }
}

/// Of what was not taken up, once.
async fn object(edge: &Edge, secret: &str, pushed: &Pushed, receipt: &str, text: &str) -> Result<(), Status> {
    let request = ObjectToScreeningRequest {
        receipt: digits(receipt),
        message: text.to_owned(),
    };
    let id = command_id(secret, pushed, "object");
    let request = edge.calls.request(&Actor::Citizen, Some(id), request);
    match edge.services.tip_intake().object_to_screening(request).await {
        Ok(_) => Ok(()),
        Err(status) if is_refused(&status) => add(edge, secret, pushed, receipt, text).await,
        Err(status) => Err(status),
    }
}

fn is_refused(status: &Status) -> bool {
    matches!(
        status.code(),
        Code::FailedPrecondition
            | Code::Aborted
            | Code::AlreadyExists
            | Code::NotFound
            | Code::InvalidArgument
    )
}

fn takes_no_more(status: &Status) -> bool {
    let destroyed = || {
        let told = status.get_details_error_info();
        told.is_some_and(|info| info.reason == DESTROYED)
    };
    status.code() == Code::NotFound || destroyed()
}

async fn receive_tip(edge: &Edge, secret: &str, pushed: &Pushed) -> Result<(), Status> {
    let id = command_id(secret, pushed, "tip");
    let request = edge.calls.request(&Actor::Citizen, Some(id), tip(pushed));
    edge.services.tip_intake().receive_tip(request).await.map(|_| ())
}

/// The same message is the same command. Keyed, because the id is stored with the event and the number must not be
/// found from it by trying all numbers.
fn command_id(secret: &str, pushed: &Pushed, purpose: &str) -> CommandId {
    let parts = [
        purpose.as_bytes(),
        pushed.sequence_id.as_bytes(),
        pushed.phone_number.as_bytes(),
        pushed.content.as_bytes(),
    ];
    let hash = random::keyed_hash(secret.as_bytes(), &parts);
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    CommandId(Uuid::new_v8(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_push_is_the_same_command_and_another_number_is_not() {
        let pushed = |phone: &str| Pushed {
            phone_number: phone.to_owned(),
            content: "桥北有人半夜生产".to_owned(),
            sequence_id: "7".to_owned(),
            dest_code: "12350".to_owned(),
            sent_at: None,
        };
        let id = |secret, phone| command_id(secret, &pushed(phone), "tip");
        assert_eq!(id("s", "19900000000"), id("s", "19900000000"));
        assert_ne!(id("s", "19900000000"), id("s", "19900000001"));
        assert_ne!(id("s", "19900000000"), id("t", "19900000000"));
    }
}
