//! `/`: what this is and how to report. `/privacy`: what becomes of what people tell.

use super::{Frame, page};
use crate::edge::Edge;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    frame: Frame,
}

pub(crate) async fn home(State(edge): State<Edge>) -> Response {
    let frame = Frame::of(&edge);
    page(StatusCode::OK, &HomePage { frame })
}

pub(crate) async fn privacy(State(edge): State<Edge>) -> Response {
    let frame = Frame::of(&edge);
    page(StatusCode::OK, &PrivacyPage { frame })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::assets::assert_light;
    use jurisdiction::Hotline;

    fn frame() -> Frame {
        let hotline = Hotline {
            number: "0527-00012350".to_owned(),
            name: "市安委办举报电话".to_owned(),
            hours: "24 小时".to_owned(),
            by_sms: false,
        };
        let messages = Hotline {
            number: "199-0000-0001".to_owned(),
            name: "短信举报".to_owned(),
            by_sms: true,
            ..hotline.clone()
        };
        let mut lines = vec![hotline; 7];
        lines.push(messages);
        Frame::with(lines)
    }

    #[test]
    fn the_home_page_is_light_and_names_every_way() {
        let text = HomePage { frame: frame() }.render().expect("page");
        assert_light(&text);
        for needed in [
            "119",
            "110",
            "href=\"/report\"",
            "href=\"/status\"",
            "tel:052700012350",
            // Nobody answers a call there.
            "sms:19900000001",
            "发短信",
            "lang=\"zh-CN\"",
        ] {
            assert!(text.contains(needed), "{needed}");
        }
    }
    #[test]
    fn the_privacy_page_is_light() {
        let text = PrivacyPage { frame: frame() }.render().expect("page");
        assert_light(&text);
        assert!(text.contains("IP"));
    }
}
