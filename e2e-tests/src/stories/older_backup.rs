//! The history is put back from an older backup, and whoever did it forgot NATS and the ledger: what happens from then on is
//! published and listed all the same, and what is gone is listed no more.

use super::cast::Cast;
use super::steps::{new_place, opened_case};
use crate::city::City;
use crate::people::{Staff, Tip};
use crate::wait::{PATIENCE, eventually};
use std::fs;

const MEANWHILE: usize = 3;

pub async fn an_older_backup_is_put_back(city: &City) {
    let cast = Cast::of(&city.town).await;
    let (kept, _) = opened_case(&city.town, &cast, &new_place("备份以前的点位")).await;
    // As `mingcha dev` keeps it; whoever restores must be able to sign in.
    let password = city.folder().join("data/keys/demonstration-password");
    fs::write(&password, &city.town.password).expect("kept");
    let arguments = ["backup", "--to", "backup/monday", "--keys-to", "keys-elsewhere"];
    city.run(&arguments, &[]).await;
    let lost = cases(city, "备份以后的点位").await;
    city.stop_all().await;
    // As the README says, but for what NATS and the ledger keep.
    let (data, aside) = (city.folder().join("data"), city.folder().join("aside"));
    fs::create_dir(&aside).expect("a folder");
    for part in ["event-store", "tip-intake", "directory", "keys"] {
        fs::rename(data.join(part), aside.join(part)).expect("moved away");
    }
    let arguments = [
        "restore",
        "--from",
        "backup/monday",
        "--keys-from",
        "keys-elsewhere",
    ];
    city.run(&arguments, &[]).await;
    let kept_password = fs::read_to_string(&password).expect("the password is back");
    assert_eq!(kept_password, city.town.password);
    city.start_all().await;

    // More than was lost: positions are given out again, and nobody may take the new facts for the old ones.
    let mut after = cases(city, "恢复以后的点位").await;
    after.extend(cases(city, "再往后的点位").await);
    let cast = Cast::of(&city.town).await;
    for tip in after.iter().chain([&kept]) {
        assert!(
            lists(&cast.dispatcher, tip).await,
            "a tip of the history is not listed"
        );
    }
    // Its key came back with it.
    let content = cast.dispatcher.reads_content(&kept.id).await;
    let narrative = content["narrative"].as_str();
    assert!(narrative.is_some_and(|text| text.contains("蓝色桶")), "{content}");
    eventually("what is gone is listed no more", PATIENCE, || async {
        for tip in &lost {
            if lists(&cast.dispatcher, tip).await {
                return None;
            }
        }
        Some(())
    })
    .await;
}

/// Tips that are accepted, and whose cases open by reaction.
async fn cases(city: &City, place: &str) -> Vec<Tip> {
    let cast = Cast::of(&city.town).await;
    let mut tips = Vec::new();
    for _ in 0..MEANWHILE {
        tips.push(opened_case(&city.town, &cast, &new_place(place)).await.0);
    }
    tips
}

async fn lists(reader: &Staff, tip: &Tip) -> bool {
    let answer = reader.get("/api/v1/tips?limit=200").await;
    let listed = answer["tips"].as_array().expect("a list of tips");
    listed.iter().any(|row| row["tip_id"] == tip.id.as_str())
}
