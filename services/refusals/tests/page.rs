//! The committed page is the catalogue of this program.

use std::path::Path;

#[test]
fn the_committed_page_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../REFUSALS.md");
    let page = refusals::markdown();
    if std::env::var_os("UPDATE_REFUSALS").is_some() {
        std::fs::write(&file, &page).expect("the page is written");
    }
    let committed = std::fs::read_to_string(&file).expect("the page");
    assert!(
        committed == page,
        "services/REFUSALS.md is out of date: run UPDATE_REFUSALS=1 cargo test -p refusals"
    );
}
