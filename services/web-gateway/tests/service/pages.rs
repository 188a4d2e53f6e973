//! Every public page: there, light, in order for everybody, and nothing in it that runs by itself.

use crate::city::{City, HOTLINE};
use crate::fakes::{ERASED, RECEIPT, REJECTED};
use crate::visitor::Visitor;
use mingcha_proto::ledger::{PublicArea, PublicFigure, PublicFiguresResponse};
use std::collections::BTreeSet;

const PAGES: [&str; 9] = [
    "/",
    "/report",
    "/status",
    "/privacy",
    "/accessibility",
    "/exposures",
    "/draws",
    "/draws/5f2b0c1e-6a55-4b4c-9b0f-0d7f0f3c2a11",
    "/results",
];

/// Where somebody who cannot go on with the page finds whom to call.
const PAGES_WITH_HOTLINES: [&str; 3] = ["/", "/report", "/status"];

/// The values of an attribute, in the order of the page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let pieces = page
        .split(&format!(" {attribute}=\""))
        .skip(1)
        .collect::<Vec<_>>();
    let values = pieces.into_iter().filter_map(|rest| rest.split('"').next());
    values.collect()
}

/// Style sheets and scripts that a browser loads with a page.
async fn weight_of_files(city: &City, page: &str) -> usize {
    let mut weight = 0;
    let named = [values(page, "href"), values(page, "src")].concat();
    for file in named.into_iter().filter(|name| name.starts_with("/assets/")) {
        let answer = Visitor::browser().get(city, file).await;
        assert_eq!(answer.status, 200, "{file}");
        assert!(answer.header("cache-control").contains("immutable"), "{file}");
        weight += answer.body.len();
    }
    assert!(weight > 0, "a page has a style");
    weight
}

/// The policy would stop it; but it must not be there in the first place.
fn assert_runs_nothing(path: &str, page: &str) {
    for script in page.split("<script").skip(1) {
        assert!(script.starts_with(" src=\"/assets/"), "{path}: {script:.60}");
    }
    assert!(
        !page.contains("<style") && values(page, "style").is_empty(),
        "{path}"
    );
    for event in ["onclick", "onload", "onsubmit", "onerror", "onchange"] {
        assert!(values(page, event).is_empty(), "{path}: {event}");
    }
}

/// What a screen reader needs: one first heading, none skipped, a name for every field, ids that are one thing each.
fn assert_is_said_to_everybody(path: &str, page: &str) {
    assert!(
        page.contains("<html lang=\"zh-CN\">") && page.contains("href=\"#main\""),
        "{path}"
    );
    let mut before = 0;
    for heading in page.split("<h").skip(1) {
        let Some(level) = heading.chars().next().and_then(|level| level.to_digit(10)) else {
            continue;
        };
        assert!(level <= before + 1, "{path}: h{level} after h{before}");
        assert!(level > 1 || before == 0, "{path}: two first headings");
        before = level;
    }
    assert!(before > 0, "{path}: no heading");
    let ids = values(page, "id");
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "{path}: an id twice");
    for target in values(page, "href")
        .into_iter()
        .filter_map(|link| link.strip_prefix('#'))
    {
        assert!(ids.contains(&target), "{path}: #{target} leads nowhere");
    }
    let named = values(page, "for");
    for name in &named {
        assert!(ids.contains(name), "{path}: a label for {name}");
    }
    for tag in ["<input", "<textarea", "<select"] {
        for piece in page.split(tag).skip(1) {
            let piece = piece.split('>').next().unwrap_or_default();
            let own = values(piece, "type")
                .first()
                .copied()
                .unwrap_or_default()
                .to_owned();
            let is_inside_its_label = piece.contains("type=\"checkbox\"") || piece.contains("type=\"radio\"");
            let is_named = values(piece, "id").first().is_some_and(|id| named.contains(id));
            assert!(
                own == "hidden" || is_inside_its_label || is_named,
                "{path}: {tag}{piece}"
            );
        }
    }
}

#[tokio::test]
async fn pages_are_light_and_guarded_and_errors_are_pages_for_browsers() {
    let city = City::start().await;
    let browser = Visitor::browser();
    for path in PAGES {
        let page = browser.get(&city, path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        let weight = page.body.len() + weight_of_files(&city, &page.text()).await;
        assert!(weight <= 50 * 1024, "{path}: {weight} bytes");
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert!(page.header("set-cookie").is_empty());
        assert_runs_nothing(path, &page.text());
        assert_is_said_to_everybody(path, &page.text());
        if PAGES_WITH_HOTLINES.contains(&path) {
            assert!(page.text().contains(HOTLINE), "{path}: {}", page.text());
        }
    }
    let lost = browser.get(&city, "/nowhere").await;
    assert_eq!(lost.status, 404);
    assert!(lost.text().contains("<html lang=\"zh-CN\">") && lost.text().contains("回到首页"));
    assert_eq!(
        Visitor::default().get(&city, "/api/nowhere").await.problem().0,
        404
    );
    let method = Visitor::default().delete(&city, "/api/v1/tips/status").await;
    assert_eq!((method.problem().0, method.header("allow")), (405, "POST"));
    let other_site = Visitor::browser().with("sec-fetch-site", "cross-site");
    assert_eq!(
        other_site
            .post_form(&city, "/report", &[("place", "x")])
            .await
            .status,
        403
    );
    let large = Visitor::browser().with("content-length", "99000000");
    let fields = [
        ("place", "桥北砖瓦厂"),
        ("narrative", "半夜开工"),
        ("photos", "JPEG"),
    ];
    let large = large.post_form(&city, "/report", &fields).await;
    assert!(
        large.status == 413 && large.text().contains("半夜开工"),
        "{}",
        large.text()
    );
    let document = Visitor::default().get(&city, "/api/openapi.json").await.json();
    assert!(document["paths"]["/api/v1/tips"]["post"].is_object());
}

#[tokio::test]
async fn pages_that_answer_a_form_are_for_everybody_too() {
    let city = City::start().await;
    let browser = Visitor::browser();
    for receipt in [RECEIPT, ERASED, REJECTED, "0000000000000000"] {
        let page = browser
            .post_query(&city, "/status", &format!("receipt={receipt}"))
            .await;
        assert_runs_nothing(receipt, &page.text());
        assert_is_said_to_everybody(receipt, &page.text());
    }
    let empty = browser.post_form(&city, "/report", &[("place", "")]).await;
    assert_eq!(empty.status, 422);
    assert_is_said_to_everybody("mistakes", &empty.text());
    assert!(empty.text().contains("href=\"#place\"") && empty.text().contains("href=\"#narrative\""));
    let challenge = browser.challenge(&city).await;
    let fields = [
        ("challenge", challenge.as_str()),
        ("place", "桥北"),
        ("narrative", "半夜开工"),
    ];
    let done = browser.post_form(&city, "/report", &fields).await;
    assert_eq!(done.status, 200);
    assert_runs_nothing("receipt", &done.text());
    assert_is_said_to_everybody("receipt", &done.text());
    assert!(done.text().contains(HOTLINE), "{}", done.text());
    let weight = done.body.len() + weight_of_files(&city, &done.text()).await;
    assert!(weight <= 50 * 1024, "{weight} bytes");
}

#[tokio::test]
async fn results_are_what_the_ledger_publishes_asked_once_for_many() {
    let city = City::start().await;
    let figure = |value| PublicFigure {
        code: "cases".to_owned(),
        title: "立案核查".to_owned(),
        value,
    };
    let area = |name: &str, level: &str, value| PublicArea {
        name: name.to_owned(),
        level: level.to_owned(),
        figures: vec![figure(value)],
    };
    let first = Visitor::browser().get(&city, "/results").await;
    assert!(first.text().contains("第一周"), "{}", first.text());
    *city.ledger.published.lock().expect("lock") = Some(PublicFiguresResponse {
        until: "2020-06-07".to_owned(),
        areas: vec![area("宿迁市", "city", Some(137)), area("沭阳县", "county", None)],
        position: 7,
    });
    for _ in 0..3 {
        let page = Visitor::browser().get(&city, "/results").await.text();
        assert!(page.contains("137") && page.contains("2020年6月7日") && page.contains(">—<"));
    }
    assert_eq!(*city.ledger.asked_for_figures.lock().expect("lock"), 2);
}
