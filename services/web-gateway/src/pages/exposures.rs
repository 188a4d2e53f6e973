//! `/exposures`: the enterprises that the city exposes 警示曝光, the newest first.

use super::leaves::{self, Asked, Leaf};
use super::words::moment;
use super::{Frame, page};
use crate::edge::Edge;
use crate::problem::Problem;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Actor;
use mingcha_proto::disposal::{ListExposuresRequest, PublishedExposure};

#[derive(Template)]
#[template(path = "exposures.html")]
struct ExposuresPage {
    frame: Frame,
    leaf: Leaf<PublishedExposure>,
}

impl ExposuresPage {
    fn when(&self, exposure: &PublishedExposure) -> String {
        moment(&exposure.published_at)
    }
}

pub(crate) async fn list(State(edge): State<Edge>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let request = edge
        .calls
        .request(&Actor::Citizen, None, ListExposuresRequest::default());
    let answer = edge.services.disposal_tracking().list_exposures(request).await?;
    let frame = Frame::of(&edge);
    let shown = shown(frame, answer.into_inner().exposures, &asked)?;
    Ok(page(StatusCode::OK, &shown))
}

fn shown(frame: Frame, all: Vec<PublishedExposure>, asked: &Asked) -> Result<ExposuresPage, Problem> {
    let leaf = leaves::cut(all, asked, |exposure| {
        exposure.enterprise.len() + exposure.area_name.len() + exposure.facts.len() + 200
    })?;
    Ok(ExposuresPage { frame, leaf })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::assets::assert_light;

    fn rendered(count: usize) -> String {
        let exposure = PublishedExposure {
            enterprise: "某建材厂<b>".to_owned(),
            area: "321322102".to_owned(),
            area_name: "胡集镇".to_owned(),
            facts: "非法生产化工产品，已依法取缔。".repeat(20),
            published_at: "2020-08-10T02:00:00Z".to_owned(),
        };
        let frame = Frame::with(vec![]);
        let page = shown(frame, vec![exposure; count], &Asked::default()).expect("a page");
        page.render().expect("page")
    }

    #[test]
    fn the_page_is_light_however_many_there_are_and_says_that_there_are_more() {
        let few = rendered(2);
        assert!(few.contains("2020年8月10日") && few.contains("胡集镇"));
        assert!(few.contains("&#60;b&#62;") && !few.contains("更早的曝光"));
        let many = rendered(500);
        assert_light(&many);
        assert!(many.contains("href=\"/exposures?page=2\""));
        assert!(rendered(0).contains("目前没有"));
    }
}
