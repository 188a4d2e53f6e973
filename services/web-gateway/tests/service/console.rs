//! The staff's console is served: its page for every address, its files for ever, and a sentence where it is not built.

use crate::city::City;
use crate::visitor::Visitor;
use std::fs;

#[tokio::test]
async fn the_console_is_one_page_with_files_that_never_change() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("assets")).expect("a folder");
    fs::write(
        folder.path().join("index.html"),
        "<!doctype html><title>工作台</title>",
    )
    .expect("a page");
    fs::write(folder.path().join("assets/index-a1.js"), "export {}").expect("a script");
    fs::write(folder.path().join("secret"), "x").expect("a file");
    let built = folder.path().to_path_buf();
    let city = City::start_with(|config| config.console_folder = built).await;
    let visitor = Visitor::default();
    for address in ["/console/", "/console/cases/7", "/console/sign-in"] {
        let page = visitor.get(&city, address).await;
        assert_eq!(page.status, 200, "{address}");
        assert!(page.header("content-type").starts_with("text/html"), "{address}");
        assert_eq!(page.header("cache-control"), "no-cache");
        assert!(
            page.header("content-security-policy")
                .contains("script-src 'self'")
        );
    }
    let script = visitor.get(&city, "/console/assets/index-a1.js").await;
    assert_eq!(script.status, 200);
    assert!(script.header("content-type").contains("javascript"));
    assert!(script.header("cache-control").contains("immutable"));
    for address in [
        "/console/assets/none.js",
        "/console/assets/..%2Fsecret",
        "/console/assets/.hidden",
    ] {
        assert_eq!(visitor.get(&city, address).await.status, 404, "{address}");
    }
}

#[tokio::test]
async fn where_it_is_not_built_its_address_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = folder.path().join("dist");
    let city = City::start_with(|config| config.console_folder = nothing).await;
    let page = Visitor::default().get(&city, "/console/").await;
    assert_eq!(page.problem(), (503, "gateway.console_not_built".to_owned()));
}
