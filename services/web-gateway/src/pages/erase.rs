//! `/status/erase`: the reporter destroys what was left, against the receipt, after reading what is lost by it.

use super::adding::AddForm;
use super::status::{SMALL_FORM, ask_again, find, sentence, state};
use super::{Mistakes, refuse_other_sites};
use crate::api::{digits, erase_own};
use crate::body;
use crate::edge::Edge;
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::random;
use crate::source::Source;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use mingcha_proto::intake::EraseByReceiptRequest;
use uuid::Uuid;

/// Where mistakes of this form are shown.
pub(super) const FIELD: &str = "erase";

pub(super) async fn erase(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let form = body::read(body, SMALL_FORM).await?;
    let receipt = digits(&body::form_value(&form, "receipt"));
    let outcome = submit(&edge, &source, &receipt, &form).await;
    let tip = match find(&edge, &source, &receipt).await {
        Ok(tip) => tip,
        Err(problem) => return Ok(ask_again(&edge, receipt, &problem)),
    };
    let (status, mistakes) = outcome.err().unwrap_or((StatusCode::OK, Mistakes::default()));
    Ok(state(&edge, status, tip, AddForm::to(&receipt), mistakes, false))
}

async fn submit(
    edge: &Edge,
    source: &Source,
    receipt: &str,
    form: &[u8],
) -> Result<(), (StatusCode, Mistakes)> {
    let wrong = |says: &str| {
        let mut mistakes = Mistakes::default();
        mistakes.add(FIELD, says);
        (StatusCode::UNPROCESSABLE_ENTITY, mistakes)
    };
    let what = body::form_value(form, "what");
    let compartments: &[&str] = match what.as_str() {
        "identity" => &["identity"],
        "all" => &["identity", "content"],
        _ => return Err(wrong("请选择销毁什么。")),
    };
    if body::form_value(form, "understood") != "yes" {
        return Err(wrong("销毁后不能恢复，请先勾选“我明白”。"));
    }
    let told = |problem: Problem| {
        let mut mistakes = Mistakes::default();
        mistakes.add(FIELD, sentence(&problem));
        (problem.status(), mistakes)
    };
    edge.limits.take(Bucket::Reports, source).await.map_err(told)?;
    let token = Uuid::parse_str(&body::form_value(form, "token")).ok();
    let command_id = token.map_or_else(random::command_id, |token| {
        platform::derived_command(token, "citizen POST /status/erase", 0)
    });
    let message = EraseByReceiptRequest {
        receipt: receipt.to_owned(),
        compartments: compartments.iter().map(|&code| code.to_owned()).collect(),
    };
    let done = erase_own(edge, source, Some(command_id), message).await;
    done.map(|_| ()).map_err(told)
}
