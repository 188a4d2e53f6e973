//! The background of the map of sites: the gateway fetches its tiles, so that no browser tells a stranger which sites somebody looks
//! at, and the source's key stays here.

use crate::config::MapConfig;
use crate::problem::Problem;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// A tile of one layer: `z` doublings of the world, column `x` from the west, row `y` from the north.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile {
    pub layer: u32,
    pub z: u32,
    pub x: u32,
    pub y: u32,
}

/// Many times what a tile of 256 pixels weighs.
const LARGEST: usize = 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
/// Streets change slowly; whoever comes back to a place loads nothing.
const KEPT: &str = "private, max-age=604800";
/// What browsers show as a picture and as nothing else.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/// The source that the city has set, if any.
pub(crate) struct Tiles {
    pub config: MapConfig,
    client: reqwest::Client,
}

impl Tiles {
    pub(crate) fn new(config: MapConfig) -> Result<Self, String> {
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .build()
            .map_err(|error| format!("map: {error}"))?;
        Ok(Self { config, client })
    }

    /// The picture, as the source gives it.
    ///
    /// # Errors
    /// If there is no such tile, or the source cannot be reached or gives no picture.
    pub(crate) async fn fetch(&self, tile: Tile) -> Result<Response, Problem> {
        let layer = usize::try_from(tile.layer)
            .ok()
            .and_then(|at| self.config.layers.get(at));
        let side = 1u32.checked_shl(tile.z).unwrap_or_default();
        let Some(layer) = layer.filter(|_| tile.z <= self.config.most_zoom && tile.x < side && tile.y < side)
        else {
            return Err(Problem::not_found());
        };
        let address = layer
            .replace("{z}", &tile.z.to_string())
            .replace("{x}", &tile.x.to_string())
            .replace("{y}", &tile.y.to_string());
        match self.ask(&address).await {
            Ok((kind, picture)) => {
                let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)];
                Ok((headers, picture).into_response())
            }
            Err(reason) => {
                // The address holds the key: only what went wrong is told.
                tracing::warn!(layer = tile.layer, reason, "no tile from the source of the map");
                Err(away())
            }
        }
    }

    async fn ask(&self, address: &str) -> Result<(&'static str, Vec<u8>), String> {
        let told = |error: reqwest::Error| error.without_url().to_string();
        let mut answer = self.client.get(address).send().await.map_err(told)?;
        let status = answer.status();
        if !status.is_success() {
            return Err(format!("the source says {status}"));
        }
        let said = answer.headers().get(header::CONTENT_TYPE);
        let said = said.and_then(|said| said.to_str().ok()).unwrap_or_default();
        let kind = PICTURES.into_iter().find(|kind| said.starts_with(kind));
        let kind = kind.ok_or("the source gives no picture")?;
        let mut picture = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(told)? {
            picture.extend_from_slice(&part);
            if picture.len() > LARGEST {
                return Err("a tile that is too large".to_owned());
            }
        }
        Ok((kind, picture))
    }
}

fn away() -> Problem {
    let status = StatusCode::BAD_GATEWAY;
    Problem::new(
        status,
        "gateway.map_source_away",
        "底图暂时取不到，点位照样可以查看。",
    )
    .remedy("稍后刷新；一直取不到的，请系统管理员检查配置里的底图地址、密钥和当日用量。")
}
