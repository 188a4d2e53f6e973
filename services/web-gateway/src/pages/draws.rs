//! `/draws`: the lots by which closed sites are chosen for spot checks, announced, made and called off, the newest first; and each
//! of them with all that anybody needs to do it again.

use super::leaves::{self, Asked, Leaf};
use super::words::moment;
use super::{Frame, page};
use crate::edge::Edge;
use crate::problem::Problem;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jurisdiction::{Actor, Jurisdiction};
use mingcha_proto::disposal::{DrawStratum, DrawSummary, GetDrawRequest, GetDrawResponse, ListDrawsRequest};

/// So many numbers of chosen cases are on the page; all of them are in the published list.
const MOST_SHOWN: usize = 200;
/// No line of it is ours: what it finds, it finds from the published list alone.
const REDRAW: &str = include_str!("../../../../deploy/redraw/redraw.py");

#[derive(Template)]
#[template(path = "draws.html")]
struct DrawsPage {
    frame: Frame,
    leaf: Leaf<DrawSummary>,
}

impl DrawsPage {
    fn when(&self, at: &str) -> String {
        moment(at)
    }
    fn digits(&self, seed: &str) -> String {
        in_pairs(seed)
    }
}

/// The number as it is read out, two digits each: `03 07 12`. One of an odd length as it was typed.
fn in_pairs(seed: &str) -> String {
    let plain = seed.bytes().all(|byte| byte.is_ascii_digit()) && seed.len().is_multiple_of(2);
    let pairs = seed
        .as_bytes()
        .chunks(2)
        .filter_map(|pair| str::from_utf8(pair).ok());
    match plain {
        true => pairs.collect::<Vec<_>>().join(" "),
        false => seed.to_owned(),
    }
}

pub(crate) async fn list(State(edge): State<Edge>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let request = edge
        .calls
        .request(&Actor::Citizen, None, ListDrawsRequest::default());
    let answer = edge.services.disposal_tracking().list_draws(request).await?;
    let frame = Frame::of(&edge);
    Ok(page(
        StatusCode::OK,
        &shown(frame, answer.into_inner().draws, &asked)?,
    ))
}

fn shown(frame: Frame, all: Vec<DrawSummary>, asked: &Asked) -> Result<DrawsPage, Problem> {
    let leaf = leaves::cut(all, asked, |draw| {
        let words = [&draw.seed, &draw.cancelled_because].into_iter().flatten();
        draw.source.len() + words.map(String::len).sum::<usize>() + 600
    })?;
    Ok(DrawsPage { frame, leaf })
}

#[derive(Template)]
#[template(path = "draw.html")]
struct DrawPage {
    frame: Frame,
    draw: GetDrawResponse,
    areas: Vec<Area>,
    more: bool,
    most: usize,
}

/// What a county has in the list, and what was chosen of it.
struct Area {
    name: String,
    listed: usize,
    chosen: usize,
    /// Numbers of chosen cases, as far as the page holds them.
    shown: Vec<String>,
}

impl DrawPage {
    fn when(&self, at: &str) -> String {
        moment(at)
    }
    fn listed(&self) -> usize {
        self.draw.list.iter().map(|stratum| stratum.case_ids.len()).sum()
    }
    fn chosen(&self) -> usize {
        self.areas.iter().map(|area| area.chosen).sum()
    }
    /// The number is shown with spaces, which are no part of it; before it is known that is to be expected of its digits.
    fn is_spaced(&self) -> bool {
        match &self.draw.seed {
            Some(seed) => in_pairs(seed) != *seed,
            None => self.draw.digits.is_some(),
        }
    }
    fn digits(&self, seed: &str) -> String {
        in_pairs(seed)
    }
}

pub(crate) async fn one(State(edge): State<Edge>, Path(draw_id): Path<String>) -> Result<Response, Problem> {
    let asked = GetDrawRequest { draw_id };
    let request = edge.calls.request(&Actor::Citizen, None, asked);
    let answer = edge.services.disposal_tracking().get_draw(request).await?;
    let frame = Frame::of(&edge);
    let shown = detailed(frame, answer.into_inner(), &edge.directory.current());
    Ok(page(StatusCode::OK, &shown))
}

/// The program by which anybody does a draw again.
pub(crate) async fn redraw() -> Response {
    ([(header::CONTENT_TYPE, "text/x-python; charset=utf-8")], REDRAW).into_response()
}

fn detailed(frame: Frame, draw: GetDrawResponse, jurisdiction: &Jurisdiction) -> DrawPage {
    let mut room = MOST_SHOWN;
    let mut area = |stratum: &DrawStratum| {
        let chosen = draw.chosen.iter().find(|other| other.county == stratum.county);
        let chosen = chosen.map_or(&[][..], |chosen| &chosen.case_ids);
        let shown: Vec<_> = chosen.iter().take(room).cloned().collect();
        room -= shown.len();
        let code = stratum.county.parse().ok();
        Area {
            name: code.map_or_else(|| stratum.county.clone(), |code| jurisdiction.unit_name(&code)),
            listed: stratum.case_ids.len(),
            chosen: chosen.len(),
            shown,
        }
    };
    let areas: Vec<_> = draw.list.iter().map(&mut area).collect();
    DrawPage {
        frame,
        more: areas.iter().any(|area| area.shown.len() < area.chosen),
        most: MOST_SHOWN,
        areas,
        draw,
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
        let page = shown(frame, draws, &Asked::default()).expect("a page");
        page.render().expect("page")
    }

    #[test]
    fn a_draw_says_where_its_seed_comes_from_and_how_to_do_it_again() {
        let waiting = rendered(vec![announced()]);
        assert!(waiting.contains("第 3 次") && waiting.contains("2020年8月3日 21:30"));
        assert!(waiting.contains("&#60;b&#62;") && waiting.contains("尚未抽签"));
        assert!(waiting.contains("\"/draws/5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11\""));
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
        assert!(many.contains("href=\"/draws?page=2\""));
        assert!(rendered(vec![]).contains("还没有公告"));
    }

    /// Of two counties, so many of each in the list and the first of them chosen.
    fn published(listed: usize, chosen: usize) -> GetDrawResponse {
        let strata = |many: usize| {
            let stratum = |county: &str| DrawStratum {
                county: county.to_owned(),
                case_ids: (0..many)
                    .map(|n| format!("{n:08}-0000-0000-0000-000000000000"))
                    .collect(),
            };
            ["321322", "321302"].map(stratum).to_vec()
        };
        GetDrawResponse {
            draw_id: "5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11".to_owned(),
            round: 3,
            announced_at: "2020-08-02T01:00:00Z".to_owned(),
            list: strata(listed),
            digest: "ab".repeat(32),
            percent: 40,
            at_least: 1,
            source: "8月3日双色球<b>".to_owned(),
            seed_at: "2020-08-03T13:30:00Z".to_owned(),
            seed: (chosen > 0).then(|| "030712".to_owned()),
            chosen: strata(chosen),
            digits: Some(6),
            ..GetDrawResponse::default()
        }
    }
    fn page_of(draw: GetDrawResponse) -> String {
        let suqian = jurisdiction::sample::suqian();
        let page = detailed(Frame::with(vec![]), draw, &suqian);
        page.render().expect("a page")
    }

    #[test]
    fn one_draw_says_all_that_it_takes_to_do_it_again() {
        let made = page_of(published(10, 4));
        for said in [
            "20 个点位",
            "各抽 40%",
            "沭阳县",
            "03 07 12",
            "连写，不含空格",
            "抽中 8 个",
            "python3 redraw.py draw.json",
        ] {
            assert!(made.contains(said), "{said}");
        }
        assert!(
            made.contains(&"ab".repeat(32))
                && made.contains("/api/v1/draws/5f2b0c1e")
                && !made.contains("<b>")
        );
        assert!(made.contains("00000003-0000-0000-0000-000000000000") && !made.contains("00000004-0000"));
        let waiting = page_of(published(10, 0));
        assert!(waiting.contains("尚未抽签") && !waiting.contains("抽中点位的案件编号"));
        let cancelled = page_of(GetDrawResponse {
            cancelled_because: Some("该期停售".to_owned()),
            ..published(10, 0)
        });
        assert!(cancelled.contains("已撤销：该期停售"));
    }
    #[test]
    fn one_draw_of_thousands_of_sites_is_light_and_says_that_there_are_more() {
        let many = page_of(published(5_000, 2_000));
        assert_light(&many);
        assert!(many.contains("只列出前 200 个"));
    }
    #[test]
    fn the_program_is_the_one_that_the_story_runs() {
        assert!(REDRAW.starts_with("#!/usr/bin/env python3") && !REDRAW.contains("import mingcha"));
    }
}
