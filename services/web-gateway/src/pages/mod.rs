//! The public pages: rendered here, readable on an old phone; scripts may help, nothing needs them.

mod accessibility;
mod adding;
mod assets;
mod bulletin;
mod draws;
mod erase;
mod exposures;
mod home;
mod leaves;
mod photos;
mod progress;
mod report;
mod report_form;
mod results;
mod status;
mod words;

pub(crate) use bulletin::paper as bulletin;

use crate::api::grouped;
use crate::edge::Edge;
use crate::problem::{self, Problem};
use askama::Template;
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jurisdiction::Hotline;

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/", get(home::home))
        .route("/privacy", get(home::privacy))
        .route("/draws", get(draws::list))
        .route("/draws/redraw.py", get(draws::redraw))
        .route("/draws/{draw_id}", get(draws::one))
        .route("/exposures", get(exposures::list))
        .route("/results", get(results::show))
        .route("/accessibility", get(accessibility::statement))
        .route("/report", get(report::form).post(report::submit))
        .route("/report/challenge", get(report::challenge))
        .route("/status", get(status::form).post(status::show))
        .route("/status/add", post(status::add))
        .route("/status/erase", post(erase::erase))
        .route("/assets/{name}", get(assets::asset))
        .route(
            "/robots.txt",
            get(async || "User-agent: *\nDisallow: /status\nDisallow: /api/\n"),
        )
}

/// What every page has around its content.
pub(crate) struct Frame {
    pub style: &'static str,
    pub larger: &'static str,
    pub hotlines: Vec<Hotline>,
}

impl Frame {
    pub(crate) fn of(edge: &Edge) -> Self {
        let jurisdiction = edge.directory.current();
        Self::with(jurisdiction.hotlines.values().cloned().collect())
    }
    pub(crate) fn with(mut hotlines: Vec<Hotline>) -> Self {
        // Whoever calls at night finds first what is answered then.
        hotlines.sort_by_key(|line| !is_answered_day_and_night(line));
        Self {
            style: assets::style(),
            larger: assets::larger_script(),
            hotlines,
        }
    }
    /// A published number as a telephone dials it.
    fn dialled(&self, line: &Hotline) -> String {
        line.number.chars().filter(char::is_ascii_digit).collect()
    }
}

/// Hours are words that somebody wrote.
fn is_answered_day_and_night(line: &Hotline) -> bool {
    let hours: String = line.hours.split_whitespace().collect();
    hours.starts_with("全天") || hours.starts_with("24小时") || hours.starts_with("昼夜")
}

/// Something wrong with what was typed, shown at its field; an empty field is the whole form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mistakes(Vec<(&'static str, String)>);

impl Mistakes {
    pub(crate) fn add(&mut self, field: &'static str, says: impl Into<String>) {
        self.0.push((field, says.into()));
    }
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(at, _)| *at == field);
        found.map(|(_, says)| says.as_str())
    }
    pub(crate) fn any(&self) -> bool {
        !self.0.is_empty()
    }
    /// In the order of the form: where, and what.
    pub(crate) fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }
}

pub(crate) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "page cannot be rendered");
            problem::as_json(&Problem::internal())
        }
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    problem: &'a problem::ProblemDetails,
}

impl ProblemPage<'_> {
    /// The number of the request as it is read out over a telephone; logs have it without spaces.
    fn number(&self) -> String {
        grouped(&self.problem.request_id)
    }
}

/// A problem as a page that says what to do next.
pub(crate) fn problem(edge: &Edge, problem: &Problem) -> Response {
    let template = ProblemPage {
        frame: Frame::of(edge),
        problem: problem.details(),
    };
    page(problem.status(), &template)
}

/// A form that another site submits in somebody's browser is not that person's word.
pub(crate) fn refuse_other_sites(headers: &HeaderMap) -> Result<(), Problem> {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    if site == Some("cross-site") {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "gateway.other_site",
            "这个表单不是从本站提交的。",
        )
        .remedy("请从本站首页进入后重新填写。"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_text_not_markup() {
        let details = Problem::malformed("<script>alert(1)</script>")
            .asked_as("0123456789abcdef")
            .details()
            .clone();
        let template = ProblemPage {
            frame: Frame::with(Vec::new()),
            problem: &details,
        };
        let text = template.render().expect("page");
        assert!(!text.contains("<script>"), "{text}");
        assert!(text.contains(">0123 4567 89ab cdef<"), "to be read out: {text}");
        assets::assert_light(&text);
    }
    #[test]
    fn lines_answered_day_and_night_come_first_and_the_others_keep_their_order() {
        let line = |name: &str, hours: &str| Hotline {
            number: "0527-00012350".to_owned(),
            name: name.to_owned(),
            hours: hours.to_owned(),
            by_sms: false,
        };
        let frame = Frame::with(vec![
            line("一", "工作日 8:30–18:00"),
            line("二", "24 小时"),
            line("三", ""),
            line("四", "全天"),
        ]);
        let names: String = frame.hotlines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, "二四一三");
    }
    #[test]
    fn a_form_of_another_site_is_refused() {
        let mut headers = HeaderMap::new();
        assert!(refuse_other_sites(&headers).is_ok());
        headers.insert("sec-fetch-site", "cross-site".parse().expect("header"));
        assert!(refuse_other_sites(&headers).is_err());
    }
}
