//! The report form asks a browser for work, or for patience; never of whoever reports danger, and nothing typed is lost.

use crate::city::City;
use crate::visitor::{Answer, Visitor};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use web_gateway::Window;

/// Looks for an answer as the script of the form does, or for one that is wrong.
fn answer(challenge: &str, is_right: bool) -> String {
    let bits = challenge.split('.').nth(2).and_then(|bits| bits.parse().ok());
    let bits: u32 = bits.expect("bits");
    let mut message = vec![0; 16 * 1024];
    message[8..8 + challenge.len()].copy_from_slice(challenge.as_bytes());
    let fits = |number: &u64| {
        message[..8].copy_from_slice(&number.to_be_bytes());
        let hash = Sha256::digest(&message);
        let zeros = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros();
        (zeros >= bits) == is_right
    };
    (0..).find(fits).expect("an answer").to_string()
}
fn solved(challenge: &str) -> String {
    answer(challenge, true)
}

async fn sends(city: &City, challenge: &str, proof: &str, narrative: &str) -> Answer {
    let fields = [
        ("challenge", challenge),
        ("proof", proof),
        ("place", "桥北砖瓦厂"),
        ("narrative", narrative),
    ];
    Visitor::browser().post_form(city, "/report", &fields).await
}
fn received(city: &City) -> usize {
    city.intake.tips.lock().expect("lock").len()
}
/// Nobody without a proof gets through in such a city.
async fn strict() -> City {
    City::start_with(|config| {
        config.proof.wait_seconds = 60;
        config.limits.unproven = Window { most: 0, seconds: 60 };
    })
    .await
}
/// The form is there again with all that was typed, and with a challenge.
fn assert_kept(page: &Answer, narrative: &str) {
    assert!(page.text().contains(narrative) && page.text().contains("桥北砖瓦厂"));
    assert!(page.text().contains("内容都还在"));
    assert!(page.text().contains("name=\"challenge\" value=\""));
}

#[tokio::test]
async fn whoever_worked_is_let_in_at_once_and_counts_once() {
    let city = strict().await;
    let challenge = Visitor::browser().challenge(&city).await;
    let proof = solved(&challenge);
    for _ in 0..2 {
        let done = sends(&city, &challenge, &proof, "半夜开工").await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
    assert_eq!(received(&city), 1, "the same once more is the same");
    let replayed = sends(&city, &challenge, &proof, "另外一件事").await;
    assert_eq!(replayed.status, 409);
    assert_kept(&replayed, "另外一件事");
    assert!(!replayed.text().contains(&challenge), "a fresh one");
    assert!(replayed.text().contains("已经提交过一次"));
    assert_eq!(received(&city), 1);
}

#[tokio::test]
async fn a_wrong_or_absent_proof_does_not_count_as_work() {
    let city = strict().await;
    let challenge = Visitor::browser().challenge(&city).await;
    let other = Visitor::browser().challenge(&city).await;
    let wrong = answer(&challenge, false);
    for proof in ["", wrong.as_str(), "no number"] {
        let refused = sends(&city, &challenge, proof, "半夜开工").await;
        assert_eq!(refused.status, 429, "{proof}");
        assert_kept(&refused, "半夜开工");
        assert!(
            refused.text().contains(&challenge),
            "the same form, to be tried again"
        );
    }
    let easier = challenge.replacen(".4.", ".0.", 1);
    let forged = sends(&city, &easier, "1", "半夜开工").await;
    assert_eq!(forged.status, 409, "made easier by its owner");
    let nobodys = sends(&city, "", "", "半夜开工").await;
    assert_eq!(nobodys.status, 409);
    assert_kept(&nobodys, "半夜开工");
    assert_eq!(received(&city), 0);
    assert_eq!(
        sends(&city, &other, &solved(&other), "半夜开工").await.status,
        200
    );
}

#[tokio::test]
async fn an_old_form_is_sent_once_more_with_a_fresh_challenge() {
    let city = City::start_with(|config| config.proof.valid_seconds = 1).await;
    let challenge = Visitor::browser().challenge(&city).await;
    let proof = solved(&challenge);
    tokio::time::sleep(Duration::from_millis(2_200)).await;
    let expired = sends(&city, &challenge, &proof, "半夜开工").await;
    assert_eq!(expired.status, 409);
    assert_kept(&expired, "半夜开工");
    let fresh = expired.text();
    let fresh = fresh.split("name=\"challenge\" value=\"").nth(1);
    let fresh = fresh
        .and_then(|rest| rest.split('"').next())
        .expect("a challenge");
    assert_ne!(fresh, challenge);
    assert_eq!(sends(&city, fresh, "", "半夜开工").await.status, 200);
    assert_eq!(received(&city), 1);
}

#[tokio::test]
async fn without_scripts_the_answer_takes_a_little_longer_and_that_is_all() {
    let city = City::start_with(|config| {
        config.proof.wait_seconds = 3;
        config.limits.unproven = Window { most: 1, seconds: 60 };
    })
    .await;
    let challenge = Visitor::browser().challenge(&city).await;
    let begun = Instant::now();
    assert_eq!(sends(&city, &challenge, "", "半夜开工").await.status, 200);
    assert!(
        begun.elapsed() > Duration::from_millis(1_500),
        "{:?}",
        begun.elapsed()
    );
    let another = Visitor::browser().challenge(&city).await;
    let refused = sends(&city, &another, "", "还有一处").await;
    assert_eq!(refused.status, 429);
    assert_kept(&refused, "还有一处");
    // Those who share an address with them and work are let in.
    assert_eq!(
        sends(&city, &another, &solved(&another), "还有一处").await.status,
        200
    );
}

#[tokio::test]
async fn danger_is_never_held_up() {
    let city = City::start_with(|config| {
        config.proof.wait_seconds = 60;
        config.limits.unproven = Window { most: 0, seconds: 60 };
        config.limits.reports = Window { most: 2, seconds: 60 };
    })
    .await;
    let challenge = Visitor::browser().challenge(&city).await;
    let alarm = async |challenge: &str, narrative: &str| {
        let fields = [
            ("challenge", challenge),
            ("place", "桥北砖瓦厂"),
            ("narrative", narrative),
            ("danger", "yes"),
        ];
        let begun = Instant::now();
        let done = Visitor::browser().post_form(&city, "/report", &fields).await;
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!(done.status, 200, "{}", done.text());
    };
    alarm("", "正在冒黄烟").await;
    alarm("nonsense", "着火了").await;
    alarm(&challenge, "有人倒下").await;
    // Not taken for a repetition of what was said on the same form before, nor for one report too many.
    alarm(&challenge, "又有人倒下").await;
    assert_eq!(received(&city), 4);
}

#[tokio::test]
async fn a_script_gets_a_fresh_challenge_and_nobody_may_keep_it() {
    let city = strict().await;
    let answer = Visitor::browser().get(&city, "/report/challenge").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let challenge = answer.json()["challenge"]
        .as_str()
        .expect("a challenge")
        .to_owned();
    assert_eq!(
        sends(&city, &challenge, &solved(&challenge), "半夜开工")
            .await
            .status,
        200
    );
}
