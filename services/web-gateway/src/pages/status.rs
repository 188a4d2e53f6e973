//! `/status`: what has become of a tip, against its receipt, and writing again. The receipt travels in forms only.

use super::adding::AddForm;
use super::photos::{self, Photos};
use super::progress::{Step, steps};
use super::words::moment;
use super::{Frame, Mistakes, page, refuse_other_sites};
use crate::api::{TipStatus, digits, grouped, look_up};
use crate::body;
use crate::edge::Edge;
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::random;
use crate::source::Source;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use mingcha_proto::intake::GetTipByReceiptResponse;

/// A form with nothing but a receipt.
pub(super) const SMALL_FORM: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "status.html")]
struct AskPage {
    frame: Frame,
    receipt: String,
    mistakes: Mistakes,
}

#[derive(Template)]
#[template(path = "state.html")]
struct StatePage {
    frame: Frame,
    receipt: String,
    tip: GetTipByReceiptResponse,
    steps: Vec<Step>,
    form: AddForm,
    mistakes: Mistakes,
    /// Something was added just now.
    added: bool,
    photos_lost: bool,
}

pub(crate) async fn form(State(edge): State<Edge>) -> Response {
    ask(&edge, StatusCode::OK, String::new(), Mistakes::default())
}

pub(crate) async fn show(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let body = body::read(body, SMALL_FORM).await?;
    let receipt = body::form_value(&body, "receipt");
    match find(&edge, &source, &receipt).await {
        Ok(tip) => Ok(state(
            &edge,
            StatusCode::OK,
            tip,
            AddForm::to(&receipt),
            Mistakes::default(),
            false,
        )),
        Err(problem) => Ok(ask_again(&edge, receipt, &problem)),
    }
}

pub(crate) async fn add(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let share = edge.limits.take(Bucket::Reports, &source).await;
    let keeps = |length, danger| photos::admit(&edge, &share, length, danger);
    let mut form: AddForm = photos::read(Request::from_parts(parts, body), keeps).await?;
    let outcome = form.submit(&edge, &source, share).await;
    let tip = match find(&edge, &source, &form.receipt).await {
        Ok(tip) => tip,
        Err(problem) => return Ok(ask_again(&edge, form.receipt, &problem)),
    };
    Ok(match outcome {
        Ok(()) => {
            let mut fresh = AddForm::to(&form.receipt);
            fresh.photos.refused = form.photos.refused.take();
            state(&edge, StatusCode::OK, tip, fresh, Mistakes::default(), true)
        }
        Err((status, mistakes)) => {
            form.token.get_or_insert_with(random::uuid);
            state(&edge, status, tip, form, mistakes, false)
        }
    })
}

pub(super) async fn find(edge: &Edge, source: &Source, receipt: &str) -> Result<TipStatus, Problem> {
    let typed = digits(receipt);
    if typed.len() != 16 || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return Err(
            Problem::invalid("receipt", "查询码是 16 位数字。").remedy("请对照收到的查询码重新填写。")
        );
    }
    edge.limits.take(Bucket::Lookups, source).await?;
    look_up(edge, source, &typed).await
}

pub(super) fn sentence(problem: &Problem) -> String {
    let details = problem.details();
    format!(
        "{}{}",
        details.detail,
        details.remedy.as_deref().unwrap_or_default()
    )
}

pub(super) fn ask_again(edge: &Edge, receipt: String, problem: &Problem) -> Response {
    let mut mistakes = Mistakes::default();
    let says = if problem.status() == StatusCode::NOT_FOUND {
        "没有查到这个查询码。请逐位核对 16 位数字，注意不要漏掉或看错数字。".to_owned()
    } else {
        sentence(problem)
    };
    mistakes.add("receipt", says);
    ask(edge, problem.status(), receipt, mistakes)
}

fn ask(edge: &Edge, status: StatusCode, receipt: String, mistakes: Mistakes) -> Response {
    let template = AskPage {
        frame: Frame::of(edge),
        receipt,
        mistakes,
    };
    page(status, &template)
}

pub(super) fn state(
    edge: &Edge,
    status: StatusCode,
    shown: TipStatus,
    mut form: AddForm,
    mistakes: Mistakes,
    added: bool,
) -> Response {
    let photos_lost = form.photos.were_sent();
    form.photos = Photos::default();
    let template = StatePage {
        frame: Frame::of(edge),
        receipt: grouped(&form.receipt),
        steps: steps(&shown),
        tip: shown.tip,
        form,
        mistakes,
        added,
        photos_lost,
    };
    page(status, &template)
}

/// What was said by either side. A reporter's own words are sealed: that they were written is said, not what.
struct Said<'a> {
    at: &'a str,
    text: Option<&'a str>,
}

impl StatePage {
    /// Oldest first.
    fn said(&self) -> Vec<Said<'_>> {
        let replies = self.tip.replies.iter().map(|reply| Said {
            at: &reply.at,
            text: Some(&reply.text),
        });
        let own = self.tip.wrote_at.iter().map(|at| Said { at, text: None });
        let mut said: Vec<_> = replies.chain(own).collect();
        said.sort_by_key(|said| said.at.parse::<Timestamp>().ok());
        said
    }
    /// How it stands: the step that is under way, or else the last one.
    fn now(&self) -> Option<&Step> {
        let under_way = self.steps.iter().find(|step| step.state == "now");
        under_way.or_else(|| self.steps.last())
    }
    /// That it is not fixed was said just now, and not taken.
    fn refuses_not_fixed(&self) -> bool {
        self.form.not_fixed && self.tip.may_say_not_fixed && self.mistakes.any()
    }
    fn token(&self) -> String {
        self.form.token.map(|token| token.to_string()).unwrap_or_default()
    }
    /// Each form has its own: what is sent by both is not taken for one thing sent twice. The one that was refused keeps it.
    fn not_fixed_token(&self) -> String {
        match self.refuses_not_fixed() {
            true => self.token(),
            false => random::uuid().to_string(),
        }
    }
    fn adding_token(&self) -> String {
        match self.refuses_not_fixed() {
            true => random::uuid().to_string(),
            false => self.token(),
        }
    }
    fn at(&self, rfc_3339: &str) -> String {
        moment(rfc_3339)
    }
    fn is_erased(&self, compartment: &str) -> bool {
        self.tip.erased.iter().any(|erased| erased == compartment)
    }
    /// How the reward stands, if one was proposed.
    fn reward(&self) -> Option<String> {
        let reward = self.tip.reward.as_ref()?;
        let at = moment(&reward.at);
        let yuan = yuan(reward.amount_fen.unwrap_or_default());
        Some(match reward.state.as_str() {
            "proposed" => format!("{at} 已提出奖励，正在审批。"),
            "approved" => format!("{at} 已批准奖励 {yuan} 元。请凭查询码向举报电话询问领取办法。"),
            "paid" => format!("{at} 已发放奖励 {yuan} 元。"),
            _ => format!(
                "{at} 没有批准奖励。{}",
                reward.reason.as_deref().unwrap_or_default()
            ),
        })
    }
}

/// `12345.60`
fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

#[cfg(test)]
mod tests;
