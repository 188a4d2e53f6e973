//! `/results`: what the campaign has come to, in numbers of the city and its counties, week by week.

use super::words::date;
use super::{Frame, page};
use crate::edge::Edge;
use crate::problem::Problem;
use crate::results::published;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use mingcha_proto::ledger::{PublicArea, PublicFigure, PublicFiguresResponse};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage {
    frame: Frame,
    told: Option<Arc<PublicFiguresResponse>>,
}

impl ResultsPage {
    fn city(&self) -> Option<&PublicArea> {
        self.told.as_ref()?.areas.iter().find(|area| area.level == "city")
    }
    fn counties(&self) -> Vec<&PublicArea> {
        let areas = self.told.iter().flat_map(|told| &told.areas);
        areas.filter(|area| area.level == "county").collect()
    }
    /// Whether there is no number yet that may be published.
    fn nothing_yet(&self) -> bool {
        let areas = self.told.iter().flat_map(|told| &told.areas);
        let mut figures = areas.flat_map(|area| &area.figures);
        figures.all(|figure| figure.value.is_none())
    }
    fn until(&self) -> String {
        let until = self
            .told
            .as_ref()
            .map(|told| told.until.as_str())
            .unwrap_or_default();
        until.parse().map_or_else(|_| until.to_owned(), date)
    }
    fn value(&self, figure: &PublicFigure) -> String {
        figure
            .value
            .map_or_else(|| "—".to_owned(), |value| value.to_string())
    }
}

pub(crate) async fn show(State(edge): State<Edge>) -> Result<Response, Problem> {
    let told = match published(&edge).await {
        Ok(told) => Some(told),
        // The first week is not over yet.
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => None,
        Err(problem) => return Err(problem),
    };
    let frame = Frame::of(&edge);
    Ok(page(StatusCode::OK, &ResultsPage { frame, told }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::assets::assert_light;

    fn area(name: &str, level: &str, value: Option<u32>) -> PublicArea {
        let figure = PublicFigure {
            code: "cases".to_owned(),
            title: "立案核查".to_owned(),
            value,
        };
        PublicArea {
            name: name.to_owned(),
            level: level.to_owned(),
            figures: vec![figure],
        }
    }
    fn rendered(told: Option<PublicFiguresResponse>) -> String {
        let frame = Frame::with(Vec::new());
        let told = told.map(Arc::new);
        ResultsPage { frame, told }.render().expect("page")
    }

    #[test]
    fn numbers_are_told_with_their_day_and_small_ones_are_not() {
        let mut areas = vec![area("宿迁市", "city", Some(137))];
        areas.push(area("沭阳县<b>", "county", Some(42)));
        areas.extend(vec![area("某某区", "county", None); 12]);
        let text = rendered(Some(PublicFiguresResponse {
            until: "2020-06-07".to_owned(),
            areas,
            position: 7,
        }));
        assert_light(&text);
        assert!(text.contains("2020年6月7日") && text.contains("137") && text.contains(">42<"));
        assert!(text.contains("&#60;b&#62;") && text.contains(">—<"));
        assert!(text.contains("<caption>") && text.contains("scope=\"row\""));
    }
    #[test]
    fn while_every_number_is_too_small_a_sentence_says_so_instead_of_a_table() {
        let text = rendered(Some(PublicFiguresResponse {
            until: "2020-06-07".to_owned(),
            areas: vec![area("宿迁市", "city", None), area("沭阳县", "county", None)],
            position: 7,
        }));
        assert_light(&text);
        assert!(text.contains("暂不公布") && text.contains("将来的数字") && !text.contains("<table"));
    }
    #[test]
    fn before_the_first_week_is_over_the_page_says_when_to_come_back() {
        let text = rendered(None);
        assert_light(&text);
        assert!(text.contains("第一周") && !text.contains("<table"));
    }
}
