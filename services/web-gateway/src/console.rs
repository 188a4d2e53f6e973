//! The staff's console: the files that Vite has built, and its one page for every address of its own.

use crate::edge::Edge;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// Names of built files hold their content's hash: they never change.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The page names the newest of them.
const ASK_EVERY_TIME: HeaderValue = HeaderValue::from_static("no-cache");

pub(crate) fn routes() -> Router<Edge> {
    Router::new()
        .route("/console", get(async || Redirect::permanent("/console/")))
        .route("/console/", get(page))
        .route("/console/assets/{name}", get(asset))
        .route("/console/{*address}", get(page))
}

/// The page itself, whatever the address: its own router reads that.
async fn page(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    let index = edge.config.console_folder.join("index.html");
    if !index.is_file() {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "gateway.console_not_built",
            "工作台还没有构建。",
        )
        .remedy("请系统管理员在项目目录运行 make web-build，然后刷新本页；接口和群众页面不受影响。"));
    }
    Ok(file(index, request, ASK_EVERY_TIME).await)
}

/// One built file. Its name is one segment of the address, so it lies in the folder.
async fn asset(State(edge): State<Edge>, request: Request) -> Result<Response, Problem> {
    let name = request.uri().path().rsplit('/').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let asset = edge.config.console_folder.join("assets").join(name);
    if name.starts_with('.') || !name.chars().all(plain) || !asset.is_file() {
        return Err(Problem::not_found());
    }
    Ok(file(asset, request, FOR_EVER).await)
}

async fn file(path: std::path::PathBuf, request: Request, caching: HeaderValue) -> Response {
    let Ok(answer) = ServeFile::new(path).oneshot(request).await;
    let mut answer = answer.into_response();
    answer.headers_mut().insert(header::CACHE_CONTROL, caching);
    answer
}
