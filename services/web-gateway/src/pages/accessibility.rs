//! `/accessibility`: how these pages are made for everybody, what is known not to work, and whom to tell.

use super::{Frame, page};
use crate::edge::Edge;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
}

pub(crate) async fn statement(State(edge): State<Edge>) -> Response {
    let frame = Frame::of(&edge);
    page(StatusCode::OK, &AccessibilityPage { frame })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::assets::assert_light;

    #[test]
    fn the_statement_is_light_and_says_whom_to_tell() {
        let frame = Frame::with(Vec::new());
        let text = AccessibilityPage { frame }.render().expect("page");
        assert_light(&text);
        assert!(text.contains("读屏") && text.contains("已知的不足") && text.contains("反馈"));
    }
}
