//! `/report`: the form, and the receipt as the answer to it, shown once.

use super::report_form::{County, LARGEST_FORM, ReportForm, SEEN, counties, place_on_form};
use super::{Frame, Mistakes, page, refuse_other_sites};
use crate::api::grouped;
use crate::body;
use crate::edge::Edge;
use crate::handling::{is_large, upload_permit};
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::random;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Actor;
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
}

#[derive(Template)]
#[template(path = "done.html")]
struct DonePage {
    frame: Frame,
    receipt: String,
    danger: bool,
}

pub(crate) async fn form(State(edge): State<Edge>) -> Response {
    let form = ReportForm::fresh(random::uuid());
    show(&edge, StatusCode::OK, form, Mistakes::default())
}

pub(crate) async fn submit(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    refuse_other_sites(request.headers())?;
    let (parts, body) = request.into_parts();
    let source = edge.sources.of(&parts).await;
    let share = edge.limits.take(Bucket::Reports, &source).await;
    // Words are read even of somebody who writes too often, to give them back; heaps of photos are not.
    let share = if is_large(&parts.headers) {
        Ok(share?)
    } else {
        share
    };
    let _permit = upload_permit(&edge, &parts.headers)?;
    let request = body::refuse_large(Request::from_parts(parts, body), LARGEST_FORM).await?;
    let form = ReportForm::read(request).await?;
    let mistakes = form.mistakes();
    if mistakes.any() {
        return Ok(show(&edge, StatusCode::UNPROCESSABLE_ENTITY, form, mistakes));
    }
    if let Err(problem) = share {
        return Ok(show_again(&edge, form, &problem));
    }
    match receive(&edge, &form).await {
        Ok(reply) => Ok(done(&edge, &reply, form.danger)),
        // Whatever went wrong, nobody types everything again.
        Err(problem) => Ok(show_again(&edge, form, &problem)),
    }
}

async fn receive(edge: &Edge, form: &ReportForm) -> Result<ReceiveTipResponse, Problem> {
    let command_id = form.token.map_or_else(random::command_id, |token| {
        platform::derived_command(token, "citizen POST /report", 0)
    });
    let request = edge
        .calls
        .request(&Actor::Citizen, Some(command_id), form.message());
    let reply = edge.services.tip_intake().receive_tip(request).await?;
    Ok(reply.into_inner())
}

fn done(edge: &Edge, reply: &ReceiveTipResponse, danger: bool) -> Response {
    let template = DonePage {
        frame: Frame::of(edge),
        receipt: grouped(&reply.receipt),
        danger,
    };
    page(StatusCode::OK, &template)
}

fn show_again(edge: &Edge, form: ReportForm, problem: &Problem) -> Response {
    let details = problem.details();
    let mut mistakes = Mistakes::default();
    let remedy = details.remedy.as_deref().unwrap_or_default();
    let field = place_on_form(details.field.as_deref().unwrap_or_default());
    mistakes.add(field, format!("{}{remedy}", details.detail));
    show(edge, problem.status(), form, mistakes)
}

fn show(edge: &Edge, status: StatusCode, mut form: ReportForm, mistakes: Mistakes) -> Response {
    let photos_lost = !form.photos.is_empty();
    form.photos.clear();
    // The same token: if the first attempt was saved after all, the second is recognised.
    form.token.get_or_insert_with(random::uuid);
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

impl ReportPage {
    fn token(&self) -> String {
        self.form.token.map(|token| token.to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::style::{self, assert_light};

    fn frame() -> Frame {
        Frame {
            style: style::path(),
            hotlines: Vec::new(),
        }
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
            ..ReportForm::fresh(random::uuid())
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
        };
        let text = template.render().expect("page");
        assert_light(&text);
        assert!(text.contains("半夜有刺鼻气味") && text.contains("图片太大。"));
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
                receipt: grouped("1234567890123456"),
                danger,
            };
            template.render().expect("page")
        };
        let text = render(true);
        assert_light(&text);
        assert!(text.contains("<b>1234 5678</b> <b>9012 3456</b>") && text.contains("119"));
        assert!(!render(false).contains("tel:119"));
    }
}
