//! Forms with photos: their words come through whatever becomes of the photos, and danger does not wait for them.

use crate::city::City;
use crate::fakes::RECEIPT;
use crate::visitor::Visitor;
use web_gateway::Window;

#[tokio::test]
async fn not_fixed_goes_with_words_and_photos_of_one_form() {
    let city = City::start().await;
    let fields = [
        ("receipt", RECEIPT),
        ("message", "后院还在生产"),
        ("photos", "JPEG"),
        ("not_fixed", "yes"),
    ];
    let page = Visitor::browser().post_form(&city, "/status/add", &fields).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("补充的内容已收到"));
    let said = city.intake.not_fixed.lock().expect("lock");
    assert_eq!((said.len(), said[0].message.as_str()), (1, "后院还在生产"));
    let added = city.intake.additions.lock().expect("lock");
    assert_eq!((added.len(), added[0].photos.len()), (1, 1));
}

#[tokio::test]
async fn words_come_through_whatever_becomes_of_their_photos() {
    let used_up = Window {
        most: 1,
        seconds: 600,
    };
    let city = City::start_with(|config| config.limits.reports = used_up).await;
    let browser = Visitor::browser();
    let photo = "x".repeat(3 * 1024 * 1024);
    let challenge = browser.challenge(&city).await;
    let report = [
        ("challenge", challenge.as_str()),
        ("place", "桥北砖瓦厂"),
        ("narrative", "半夜开工"),
        ("photos", photo.as_str()),
    ];
    assert_eq!(browser.post_form(&city, "/report", &report).await.status, 200);
    let again = browser.post_form(&city, "/report", &report).await;
    assert_eq!(again.status, 429);
    assert!(again.text().contains("半夜开工") && again.text().contains("重新选择照片"));
    let fire = [&[("danger", "yes")], &report[..]].concat();
    assert_eq!(browser.post_form(&city, "/report", &fire).await.status, 200);
    let tips = city.intake.tips.lock().expect("lock");
    assert_eq!(
        (tips.len(), tips[1].2.photos.len()),
        (2, 1),
        "the photo of a fire as well"
    );
}

#[tokio::test]
async fn danger_does_not_wait_for_room_for_its_photos() {
    let city = City::start_with(|config| config.limits.upload_mebibytes = 0).await;
    let browser = Visitor::browser().with("content-length", "3200000");
    let photo = "x".repeat(3 * 1024 * 1024);
    let challenge = browser.challenge(&city).await;
    let report = [
        ("challenge", challenge.as_str()),
        ("place", "桥北砖瓦厂"),
        ("narrative", "起火了"),
        ("photos", photo.as_str()),
    ];
    let waits = browser.post_form(&city, "/report", &report).await;
    assert_eq!(waits.status, 503);
    assert!(waits.text().contains("起火了") && waits.text().contains("photos-mistake"));
    let fire = [&[("danger", "yes")], &report[..]].concat();
    let done = browser.post_form(&city, "/report", &fire).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.text().contains("照片没有收下"));
    let added = [
        ("receipt", RECEIPT),
        ("danger", "yes"),
        ("photos", photo.as_str()),
    ];
    let added = browser.post_form(&city, "/status/add", &added).await;
    assert!(
        added.status == 200 && added.text().contains("照片没有收下"),
        "{}",
        added.text()
    );
    let tips = city.intake.tips.lock().expect("lock");
    assert_eq!((tips.len(), tips[0].2.photos.len()), (1, 0));
}
