//! `/draws`: the lots by which closed sites are chosen for spot checks, announced, made and called off, the newest first.

use super::words::moment;
use super::{Frame, page};
use crate::edge::Edge;
use crate::problem::Problem;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Actor;
use mingcha_proto::disposal::{DrawSummary, ListDrawsRequest};

/// With frame and style, a page stays below what an old phone loads.
const MOST_BYTES: usize = 24 * 1024;

#[derive(Template)]
#[template(path = "draws.html")]
struct DrawsPage {
    frame: Frame,
    draws: Vec<DrawSummary>,
    /// There are more than one page holds.
    more: bool,
}

impl DrawsPage {
    fn when(&self, at: &str) -> String {
        moment(at)
    }
}

pub(crate) async fn list(State(edge): State<Edge>) -> Result<Response, Problem> {
    let request = edge.calls.request(&Actor::Citizen, None, ListDrawsRequest {});
    let answer = edge.services.disposal_tracking().list_draws(request).await?;
    let frame = Frame::of(&edge);
    Ok(page(StatusCode::OK, &shown(frame, answer.into_inner().draws)))
}

fn shown(frame: Frame, all: Vec<DrawSummary>) -> DrawsPage {
    let found = all.len();
    let mut room = MOST_BYTES;
    let fits = |draw: &DrawSummary| {
        let words = [&draw.seed, &draw.cancelled_because].into_iter().flatten();
        let size = draw.source.len() + words.map(String::len).sum::<usize>() + 600;
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    };
    let draws: Vec<_> = all.into_iter().take_while(fits).collect();
    DrawsPage {
        frame,
        more: draws.len() < found,
        draws,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::assets::assert_light;

    fn announced() -> DrawSummary {
        DrawSummary {
            draw_id: "5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11".to_owned(),
            round: 3,
            announced_at: "2020-08-02T01:00:00Z".to_owned(),
            source: "8月3日双色球<b>".to_owned(),
            seed_at: "2020-08-03T13:30:00Z".to_owned(),
            seed: None,
            listed: 23,
            chosen: 0,
            cancelled_because: None,
        }
    }
    fn rendered(draws: Vec<DrawSummary>) -> String {
        let frame = Frame::with(vec![]);
        shown(frame, draws).render().expect("page")
    }

    #[test]
    fn a_draw_says_where_its_seed_comes_from_and_how_to_do_it_again() {
        let waiting = rendered(vec![announced()]);
        assert!(waiting.contains("第 3 次") && waiting.contains("2020年8月3日 21:30"));
        assert!(waiting.contains("&#60;b&#62;") && waiting.contains("尚未抽签"));
        assert!(waiting.contains("/api/v1/draws/5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11"));
        let made = DrawSummary {
            seed: Some("03 07 12".to_owned()),
            chosen: 4,
            ..announced()
        };
        let made = rendered(vec![made]);
        assert!(made.contains("03 07 12") && made.contains("4 个") && !made.contains("尚未抽签"));
    }
    #[test]
    fn a_draw_that_was_called_off_says_why() {
        let cancelled = DrawSummary {
            cancelled_because: Some("该期停售".to_owned()),
            ..announced()
        };
        let cancelled = rendered(vec![cancelled]);
        assert!(cancelled.contains("已撤销") && cancelled.contains("该期停售"));
        assert!(!cancelled.contains("尚未抽签"));
    }
    #[test]
    fn the_page_is_light_however_many_there_are_and_says_that_there_are_more() {
        let many = rendered(vec![announced(); 500]);
        assert_light(&many);
        assert!(many.contains("完整名单"));
        assert!(rendered(vec![]).contains("还没有公告"));
    }
}
