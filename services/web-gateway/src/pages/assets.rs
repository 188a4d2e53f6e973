//! Style sheets and scripts of pages and papers, named after their content so that browsers may keep them for ever.

use crate::problem::Problem;
use crate::random;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// One file that pages refer to.
pub(crate) struct Asset {
    name: &'static str,
    ending: &'static str,
    /// As we read it: indented, with remarks.
    written: &'static str,
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

macro_rules! asset {
    ($name:literal, $ending:literal) => {
        Asset {
            name: $name,
            ending: $ending,
            written: include_str!(concat!("../../assets/", $name, ".", $ending)),
        }
    };
}

/// Of pages, of what is made to be printed, and what a page can do more where scripts run.
static ASSETS: [Asset; 5] = [
    asset!("site", "css"),
    asset!("paper", "css"),
    asset!("report", "js"),
    asset!("receipt", "js"),
    asset!("larger", "js"),
];

static PATHS: LazyLock<[String; 5]> =
    LazyLock::new(|| std::array::from_fn(|index| format!("/assets/{}", ASSETS[index].file_name())));

impl Asset {
    /// As it travels over a slow line: without indentation and without lines that only speak to us. No line of ours begins
    /// within a text.
    fn content(&self) -> String {
        let lines = self.written.lines().map(str::trim);
        let speaks = |line: &str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
        let lines = lines.filter(|line| !line.is_empty() && !speaks(line));
        lines.collect::<Vec<_>>().join("\n")
    }
    fn file_name(&self) -> String {
        let digest = random::sha256_hex(&self.content());
        format!("{}-{}.{}", self.name, &digest[..12], self.ending)
    }
    /// Of any version.
    fn is_named(&self, file: &str) -> bool {
        let rest = file
            .strip_prefix(self.name)
            .and_then(|rest| rest.strip_prefix('-'));
        rest.is_some_and(|rest| {
            rest.split_once('.')
                .is_some_and(|(_, ending)| ending == self.ending)
        })
    }
}

/// The style of pages.
pub(crate) fn style() -> &'static str {
    &PATHS[0]
}
/// Of what is made to be printed.
pub(crate) fn paper_style() -> &'static str {
    &PATHS[1]
}
/// What the report form can do more with scripts.
pub(crate) fn report_script() -> &'static str {
    &PATHS[2]
}
/// Likewise the receipt.
pub(crate) fn receipt_script() -> &'static str {
    &PATHS[3]
}

/// Keeps the text large from page to page.
pub(crate) fn larger_script() -> &'static str {
    &PATHS[4]
}

pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.is_named(&name));
    let asset = asset.ok_or_else(Problem::not_found)?;
    // A page of another version still gets a style, but not to keep.
    let caching = if asset.file_name() == name {
        FOR_EVER
    } else {
        "no-cache"
    };
    let kind = if asset.ending == "css" { CSS } else { SCRIPT };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, caching)];
    Ok((headers, asset.content()).into_response())
}

/// A page with everything that it refers to has to travel over a slow line, and nothing in it may run.
#[cfg(test)]
pub(crate) fn assert_light(page: &str) {
    let referred = ASSETS.iter().filter(|asset| page.contains(&asset.file_name()));
    let total = page.len() + referred.map(|asset| asset.content().len()).sum::<usize>();
    assert!(total <= 50 * 1024, "{total} bytes");
    for script in page.split("<script").skip(1) {
        assert!(script.starts_with(" src=\"/assets/"), "inline: {script:.40}");
    }
    for inline in [" style=\"", " onclick=", " onload=", " onsubmit=", "javascript:"] {
        assert!(!page.contains(inline), "{inline}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_is_all_that_does_something_and_no_more() {
        let asset = Asset {
            name: "some",
            ending: "js",
            written: "// Why.\nif (a) {\n  /* How. */\n  b('//c') // d\n\n}\n",
        };
        assert_eq!(asset.content(), "if (a) {\nb('//c') // d\n}");
    }

    #[tokio::test]
    async fn files_of_this_version_are_kept_those_of_others_are_not_and_no_others_are_there() {
        let get = async |name: &str| asset(Path(name.to_owned())).await;
        let name = report_script().rsplit('/').next().expect("a name");
        let kept = get(name).await.expect("a script");
        assert_eq!(kept.headers()[header::CACHE_CONTROL], FOR_EVER);
        assert_eq!(kept.headers()[header::CONTENT_TYPE], SCRIPT);
        let old = get("site-000000000000.css").await.expect("a style");
        assert_eq!(old.headers()[header::CACHE_CONTROL], "no-cache");
        for unknown in [
            "site.css",
            "site-1.js",
            "report-1.css",
            "other-1.js",
            "../site-1.css",
        ] {
            assert!(get(unknown).await.is_err(), "{unknown}");
        }
    }
}
