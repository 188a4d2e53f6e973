//! 结果上报: everybody below drafts and signs in person, then the county signs and seals, and the city files.

use super::cast::Cast;
use crate::http::Answer;
use crate::people::Staff;
use crate::programs::repository;
use crate::town::Town;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Governments and their first responsible persons, as the campaign lists them.
struct Tree {
    below: BTreeMap<String, Vec<String>>,
    leaders: BTreeMap<String, String>,
}

/// Plays it for a county and everything below; what an earlier run has signed stays signed.
pub(super) async fn signed_sealed_and_filed(town: &Town, cast: &Cast, county: &str, stage: &str) {
    let tree = Tree::read(&known_units(cast).await);
    for township in tree.below(county) {
        for village in tree.below(&township) {
            signed(town, &tree, &village, stage).await;
        }
        signed(town, &tree, &township, stage).await;
    }
    let Some(digest) = signed(town, &tree, county, stage).await else {
        town.narrator
            .sees("本阶段的上报此前已签字，不能改动；新的案件会作为“底数不清”对照出来");
        return;
    };
    cast.county_leader.seals_report(county, stage, &digest).await;
    town.narrator.does(&cast.county_leader.name, "盖章");
    let drawn = u32::from_str_radix(&digest[..6], 16).unwrap_or_default();
    let number = format!("宿安备第{}号", drawn % 900 + 100);
    cast.city_leader.files_report(county, stage, &number).await;
    town.narrator
        .does(&cast.city_leader.name, &format!("备案：{number}"));
}

/// Everybody below a unit has signed, and the unit itself has not.
pub(super) async fn signed_below(town: &Town, cast: &Cast, unit: &str, stage: &str) {
    let tree = Tree::read(&known_units(cast).await);
    for below in tree.below(unit) {
        signed(town, &tree, &below, stage).await;
    }
}

/// Drafts and signs the report of one unit; `None` if it was signed before.
async fn signed(town: &Town, tree: &Tree, unit: &str, stage: &str) -> Option<String> {
    let account = tree
        .leaders
        .get(unit)
        .unwrap_or_else(|| panic!("{unit} has no leader"));
    let leader = town.staff(account).await;
    let drafted = leader.tries_draft(unit, stage).await;
    if !drafted.is_success() {
        let problem = drafted.problem();
        assert_eq!(problem.code, "report.signed_already", "{}", drafted.text);
        return None;
    }
    let digest = digest_of(&leader, unit, stage, &drafted).await;
    leader.signs_report(unit, stage, &digest).await;
    town.narrator.does(
        &leader.name,
        &format!("阅读清单，亲笔签字（摘要 {}…）", &digest[..12]),
    );
    Some(digest)
}

/// What was drafted is what is read, and what is read is what is signed: the digest shown with the list.
async fn digest_of(leader: &Staff, unit: &str, stage: &str, drafted: &Answer) -> String {
    let position = drafted.json()["reply"]["position"].as_u64();
    let position = position.expect("a position to wait for");
    let path = format!("/api/v1/reports/{unit}/{stage}?wait_for_position={position}");
    let report = leader.client.get(&path).await.expect_ok();
    let draft = &report["draft"];
    let digest = draft["digest"].as_str().unwrap_or_default().to_owned();
    assert_eq!(digest.len(), 64, "a digest to sign: {report}");
    if let Some(told) = drafted.json()["digest"].as_str() {
        assert_eq!(digest, told, "the list that was drafted is the list that is read");
    }
    let listed = draft["lines"].as_array().map_or(0, Vec::len);
    let spelled: Value =
        serde_json::from_str(draft["canonical"].as_str().unwrap_or_default()).unwrap_or_default();
    assert_eq!(spelled["list"].as_array().map(Vec::len), Some(listed), "{report}");
    digest
}

/// The city may know fewer units than the campaign's files: those in the county × township table.
async fn known_units(cast: &Cast) -> BTreeSet<String> {
    let table = cast.supervisor.get("/api/v1/statistics").await;
    let rows = table["rows"].as_array().cloned().unwrap_or_default();
    rows.iter()
        .filter_map(|row| row["unit"].as_str().map(str::to_owned))
        .collect()
}

impl Tree {
    fn read(known: &BTreeSet<String>) -> Self {
        let folder = repository().join("deploy/campaign");
        let rows = |name: &str| -> Vec<Value> {
            let text = fs::read_to_string(folder.join(name)).expect("the campaign's files");
            serde_json::from_str(&text).expect("JSON")
        };
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let mut tree = Self {
            below: BTreeMap::new(),
            leaders: BTreeMap::new(),
        };
        for unit in rows("units.json") {
            // Villages are not in the table; they are known if their township is.
            let listed = known.contains(&text(&unit, "code")) || unit["level"] == "village";
            if unit["kind"] == "government" && listed {
                let parent = tree.below.entry(text(&unit, "parent")).or_default();
                parent.push(text(&unit, "code"));
            }
        }
        for member in rows("staff.json") {
            if member["first_responsible"] == true {
                tree.leaders
                    .insert(text(&member, "unit"), text(&member, "account"));
            }
        }
        tree
    }
    fn below(&self, unit: &str) -> Vec<String> {
        self.below.get(unit).cloned().unwrap_or_default()
    }
}
