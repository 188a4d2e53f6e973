//! `/report`: the form, and the receipt as the answer to it, shown once.

use super::photos::{self, Photos, share_or_danger};
use super::report_form::{County, ReportForm, SEEN, counties, place_on_form};
use super::words::told;
use super::{Frame, Mistakes, assets, page, refuse_other_sites};
use crate::api::grouped;
use crate::edge::Edge;
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::proof::{Proofs, Verdict, Why};
use crate::random;
use crate::source::Source;
use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jurisdiction::{Actor, Obligation, Urgency};
use mingcha_proto::intake::ReceiveTipResponse;

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    form: ReportForm,
    mistakes: Mistakes,
    counties: Vec<County>,
    /// Code and name of the city.
    city: Option<(String, String)>,
    seen: [(&'static str, &'static str); 7],
    /// Photos were chosen and have to be chosen again.
    photos_lost: bool,
    valid_seconds: u64,
    wait_seconds: u64,
}

#[derive(Template)]
#[template(path = "done.html")]
struct DonePage {
    frame: Frame,
    /// When it was received, as people say it.
    at: String,
    receipt: String,
    /// By when the desk has screened it, as people say it.
    screened_by: String,
    danger: bool,
    /// Photos were sent and not kept.
    photos_left: bool,
}

pub(crate) async fn form(State(edge): State<Edge>) -> Response {
    let form = ReportForm::fresh(edge.proofs.issue().await);
    show(&edge, StatusCode::OK, form, Mistakes::default()).await
}

/// A fresh challenge for a form that has been open for long.
pub(crate) async fn challenge(State(edge): State<Edge>) -> Response {
    let challenge = edge.proofs.issue().await;
    Json(serde_json::json!({ "challenge": challenge })).into_response()
}

pub(crate) async fn submit(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let share = edge.limits.take(Bucket::Reports, &source).await;
    // Words are read even of somebody who writes too often, to give them back.
    let keeps = |length, danger| photos::admit(&edge, &share, length, danger);
    let mut form: ReportForm = photos::read(Request::from_parts(parts, body), keeps).await?;
    let mistakes = form.mistakes();
    if mistakes.any() {
        return Ok(show(&edge, StatusCode::UNPROCESSABLE_ENTITY, form, mistakes).await);
    }
    if let Err(problem) = share_or_danger(&edge, &source, share, form.danger).await {
        return Ok(show_again(&edge, form, &problem).await);
    }
    // Danger does not wait for photos.
    if let Some(problem) = form
        .photos
        .refused
        .clone()
        .filter(|_| !form.danger || form.narrative.is_empty())
    {
        return Ok(show_again(&edge, form, &problem.field("photos")).await);
    }
    let digest = form.digest();
    let verdict = edge.proofs.judge(&form.challenge, &form.proof, &digest).await;
    if let Err(problem) = admit(&edge, &mut form, verdict, &source).await {
        return Ok(show_again(&edge, form, &problem).await);
    }
    match receive(&edge, &form).await {
        Ok(reply) => {
            if let Some(id) = Proofs::form_of(&form.challenge) {
                edge.proofs.received(id, &digest).await;
            }
            Ok(done(&edge, &reply, &form))
        }
        // Whatever went wrong, nobody types everything again.
        Err(problem) => Ok(show_again(&edge, form, &problem).await),
    }
}

/// Lets a form pass whose browser worked for it, or that has waited; danger passes at once.
async fn admit(edge: &Edge, form: &mut ReportForm, verdict: Verdict, source: &Source) -> Result<(), Problem> {
    match verdict {
        Verdict::Worked => Ok(()),
        Verdict::Waits(_) if form.danger => Ok(()),
        Verdict::Again(_) if form.danger => {
            // Perhaps other words on a form that was received before: a report of its own, not a repetition.
            form.challenge.clear();
            Ok(())
        }
        Verdict::Again(why) => {
            form.challenge = edge.proofs.issue().await;
            form.proof.clear();
            Err(once_more(why))
        }
        Verdict::Waits(left) => {
            edge.limits.take(Bucket::Unproven, source).await?;
            tokio::time::sleep(left).await;
            Ok(())
        }
    }
}

fn once_more(why: Why) -> Problem {
    let (code, says) = match why {
        Why::Unknown => (
            "gateway.form_unknown",
            "这张表单不是刚从本站打开的，内容还没有提交。",
        ),
        Why::Expired => ("gateway.form_expired", "这张表单打开得太久了，内容还没有提交。"),
        Why::Spent => (
            "gateway.form_spent",
            "这张表单已经提交过一次，那次的查询码显示在提交后的页面上。现在改过的内容还没有提交。",
        ),
    };
    Problem::new(StatusCode::CONFLICT, code, says).remedy("请再点一次“提交举报”。")
}

async fn receive(edge: &Edge, form: &ReportForm) -> Result<ReceiveTipResponse, Problem> {
    let command_id = Proofs::form_of(&form.challenge).map_or_else(random::command_id, |id| {
        platform::derived_command(id, "citizen POST /report", 0)
    });
    let request = edge
        .calls
        .request(&Actor::Citizen, Some(command_id), form.message());
    let reply = edge.services.tip_intake().receive_tip(request).await?;
    Ok(reply.into_inner())
}

fn done(edge: &Edge, reply: &ReceiveTipResponse, form: &ReportForm) -> Response {
    let now = edge.clock.now();
    let urgency = if form.danger {
        Urgency::Urgent
    } else {
        Urgency::Normal
    };
    let due = edge.directory.current().due(Obligation::ScreenTip, urgency, now);
    let template = DonePage {
        frame: Frame::of(edge),
        at: told(&now),
        receipt: grouped(&reply.receipt),
        screened_by: told(&due),
        danger: form.danger,
        photos_left: form.photos.refused.is_some(),
    };
    page(StatusCode::OK, &template)
}

async fn show_again(edge: &Edge, form: ReportForm, problem: &Problem) -> Response {
    let details = problem.details();
    let mut mistakes = Mistakes::default();
    let remedy = details.remedy.as_deref().unwrap_or_default();
    let field = place_on_form(details.field.as_deref().unwrap_or_default());
    mistakes.add(field, format!("{}{remedy}", details.detail));
    show(edge, problem.status(), form, mistakes).await
}

async fn show(edge: &Edge, status: StatusCode, mut form: ReportForm, mistakes: Mistakes) -> Response {
    let photos_lost = form.photos.were_sent();
    form.photos = Photos::default();
    // The same challenge: if the first attempt was saved after all, the second is recognised.
    if form.challenge.is_empty() {
        form.challenge = edge.proofs.issue().await;
    }
    let jurisdiction = edge.directory.current();
    let city = jurisdiction
        .city()
        .map(|city| (city.code.to_string(), city.name.clone()));
    let template = ReportPage {
        frame: Frame::of(edge),
        form,
        mistakes,
        counties: counties(&jurisdiction),
        city,
        seen: SEEN,
        photos_lost,
        valid_seconds: edge.config.proof.valid_seconds,
        wait_seconds: edge.config.proof.wait_seconds,
    };
    page(status, &template)
}

impl DonePage {
    /// Two groups of four each, so that a narrow screen breaks between them.
    fn halves(&self) -> [&str; 2] {
        self.receipt
            .split_at_checked(9)
            .map_or([&self.receipt, ""], |(one, two)| [one, two.trim()])
    }
}

impl DonePage {
    /// As a machine copies them.
    fn digits(&self) -> String {
        self.receipt.replace(' ', "")
    }
    fn script(&self) -> &'static str {
        assets::receipt_script()
    }
}

impl ReportPage {
    fn script(&self) -> &'static str {
        assets::report_script()
    }
    /// Scripts fetch a fresh challenge a little before the old one ends.
    fn fresh_for(&self) -> u64 {
        self.valid_seconds.saturating_sub(60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::assets::assert_light;

    fn frame() -> Frame {
        Frame::with(Vec::new())
    }
    fn of_a_whole_city() -> Vec<County> {
        let township = |number| (format!("321322{number:03}"), "某某某街道".to_owned());
        let county = |number: u32| County {
            code: number.to_string(),
            name: "宿迁经济技术开发区".to_owned(),
            townships: (0..16).map(township).collect(),
        };
        (0..9).map(county).collect()
    }

    #[test]
    fn the_form_is_light_keeps_what_was_typed_and_shows_mistakes_at_their_field() {
        let form = ReportForm {
            place: "\"><script>alert(1)</script>".to_owned(),
            narrative: "半夜有刺鼻气味".to_owned(),
            latitude: "34.1".to_owned(),
            longitude: "118.2".to_owned(),
            ..ReportForm::fresh("a.1.12.b".to_owned())
        };
        let mut mistakes = Mistakes::default();
        mistakes.add("photos", "图片太大。");
        let template = ReportPage {
            frame: frame(),
            form,
            mistakes,
            counties: of_a_whole_city(),
            city: Some(("321300".to_owned(), "宿迁市".to_owned())),
            seen: SEEN,
            photos_lost: true,
            valid_seconds: 43_200,
            wait_seconds: 15,
        };
        let text = template.render().expect("page");
        assert_light(&text);
        assert!(text.contains("半夜有刺鼻气味") && text.contains("图片太大。"));
        assert!(text.contains("name=\"challenge\" value=\"a.1.12.b\"") && text.contains("value=\"118.2\""));
        assert!(text.contains("重新选择"), "photos have to be chosen again");
        assert!(
            text.contains("id=\"photos-mistake\"")
                && text.contains("aria-describedby=\"photos-hint photos-mistake")
        );
    }
    #[test]
    fn the_receipt_is_shown_in_groups_and_danger_repeats_119() {
        let render = |danger| {
            let template = DonePage {
                frame: frame(),
                at: "2020年6月1日 10:05".to_owned(),
                receipt: grouped("1234567890123456"),
                screened_by: "2020年6月2日 10:05".to_owned(),
                danger,
                photos_left: danger,
            };
            template.render().expect("page")
        };
        let text = render(true);
        assert_light(&text);
        assert!(text.contains("<b>1234 5678</b> <b>9012 3456</b>") && text.contains("119"));
        assert!(text.contains("照片没有收下") && text.contains("会在 2020年6月2日 10:05 前"));
        assert!(!render(false).contains("tel:119") && !render(false).contains("没有收下"));
    }
}
