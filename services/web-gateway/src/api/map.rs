//! Entries of the map: what its background is, and the tiles of it.

use crate::edge::Edge;
use crate::handling::{self, Asked, NoFields};
use crate::problem::Problem;
use crate::query::Shape;
use crate::routes::{AnswerDoc, Entry, Section};
use crate::tiles::Tile;
use axum::http::StatusCode;
use axum::response::Response;
use jurisdiction::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 地图的底图
#[derive(Serialize, ToSchema)]
struct MapView {
    /// 底图有几层，从下往上；没有设置底图的为 0
    layers: u32,
    /// 底图的来源，须在图上注明
    attribution: String,
    /// 最大的缩放级别
    most_zoom: u32,
}

/// 一张底图
#[derive(Deserialize, ToSchema)]
struct TileRequest {
    /// 第几层，从 0 起
    layer: u32,
    /// 缩放级别
    z: u32,
    /// 列
    x: u32,
    /// 行
    y: u32,
}

pub(crate) fn entries() -> Vec<Entry> {
    let map = Section::staff("地图", &Role::ALL);
    let view = AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<MapView>()));
    vec![
        map.get("/api/v1/map", "地图的底图：有几层、注明什么来源")
            .works(view, background),
        map.get("/api/v1/map/tiles/{layer}/{z}/{x}/{y}", "底图的一张图片")
            .works(AnswerDoc::Picture, tile),
    ]
}

async fn background(edge: Edge, _: Asked<NoFields>) -> Result<Response, Problem> {
    let config = &edge.tiles.config;
    let view = MapView {
        layers: config.layers.len() as u32,
        attribution: config.attribution.clone(),
        most_zoom: config.most_zoom,
    };
    Ok(handling::json(StatusCode::OK, &view))
}

async fn tile(edge: Edge, asked: Asked<TileRequest>) -> Result<Response, Problem> {
    let TileRequest { layer, z, x, y } = asked.message;
    edge.tiles.fetch(Tile { layer, z, x, y }).await
}
