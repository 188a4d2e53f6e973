//! Closed sites of two counties are drawn by lot, each county its share; a stranger does the draw again with a program that is
//! none of ours, and a list that was touched afterwards is found out.

use super::cast::Cast;
use super::steps;
use crate::people::Staff;
use crate::programs::repository;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

const HUJI: &str = "321322102";
const GENGCHE: &str = "321302101";
const SHUYANG: &str = "321322";
const SUCHENG: &str = "321302";

/// Plays it.
pub async fn drawn_in_two_counties(town: &Town) {
    let shuyang = Cast::of(town).await;
    let sucheng = Cast {
        handler: town.staff("handler-gengche").await,
        leader: town.staff("leader-gengche").await,
        county_handler: town.staff("handler-sucheng").await,
        county_leader: town.staff("leader-sucheng").await,
        ..shuyang.clone()
    };
    let sites = [
        (&shuyang, HUJI),
        (&shuyang, HUJI),
        (&shuyang, HUJI),
        (&sucheng, GENGCHE),
        (&sucheng, GENGCHE),
    ];
    let closed = join_all(sites.map(|(cast, township)| found_and_closed(cast, township))).await;
    let draw = drawn(&shuyang, &closed).await;
    let path = format!("/api/v1/draws/{draw}");
    let told = town.citizen().client.get(&path).await.json();
    // 40 % of three and of two, rounded up.
    assert_eq!(
        (of(&told, "list", SHUYANG).len(), of(&told, "list", SUCHENG).len()),
        (3, 2)
    );
    assert_eq!(
        (
            of(&told, "chosen", SHUYANG).len(),
            of(&told, "chosen", SUCHENG).len()
        ),
        (2, 1)
    );

    let (agrees, said) = redrawn(&format!("{}{path}", town.base)).await;
    assert!(agrees && said.contains("321302：2 个点位中抽中 1 个"), "{said}");
    town.narrator.sees(&said);

    let folder = tempfile::tempdir().expect("a folder");
    for touched in [swapped(&told), left_out(&told)] {
        let copy = folder.path().join(format!("{}.json", Uuid::new_v4()));
        std::fs::write(&copy, touched.to_string()).expect("a copy of the list");
        let (agrees, said) = redrawn(&copy.to_string_lossy()).await;
        assert!(!agrees && said.contains("不一致"), "{said}");
    }
}

/// A night raid finds a works; it is disposed of and closed.
async fn found_and_closed(cast: &Cast, township: &str) -> String {
    let case = Uuid::new_v4().to_string();
    let body = json!({
        "case_id": case,
        "origin": { "kind": "sweep", "method": "night_raid" },
        "summary": "突击夜查发现",
        "place": { "text": steps::new_place("老窑厂"), "division": township },
    });
    cast.dispatcher.post("/api/v1/cases", &body).await;
    cast.dispatcher.assigns(&case, township, "请核查。").await;
    cast.handler.acknowledges(&case).await;
    steps::confirmed(cast, &case).await;
    steps::disposed(cast, &case).await;
    case
}

/// Announced, and made as soon as the number is public.
async fn drawn(cast: &Cast, closed: &[String]) -> String {
    let draw = Uuid::new_v4().to_string();
    let now: Timestamp = cast.supervisor.now().await.parse().expect("a timestamp");
    let body = json!({
        "percent": 40,
        "at_least": 1,
        "source": "双色球下一期开奖号码（演示）",
        "digits": 14,
        "seed_at": (now + SignedDuration::from_hours(1)).to_string(),
        "from_position": cast.county_leader.latest_position(),
    });
    let announced = format!("/api/v1/draws/{draw}/announce");
    eventually("all closed sites are on the list", PATIENCE, || async {
        let answer = cast.supervisor.try_post(&announced, &body).await;
        answer.is_success().then_some(())
    })
    .await;
    let listed = cast.supervisor.get(&format!("/api/v1/draws/{draw}")).await;
    for case in closed {
        assert!(listed["list"].to_string().contains(case), "{case}: {listed}");
    }
    cast.admin.advances_seconds(3600).await;
    made(&cast.supervisor, &draw).await;
    draw
}

async fn made(supervisor: &Staff, draw: &str) {
    eventually("the draw is made once the number is public", PATIENCE, || async {
        let made = supervisor.tries_draw(draw, "03071219223005").await;
        assert!(
            made.is_success() || made.text.contains("draw.too_early"),
            "{}",
            made.text
        );
        made.is_success().then_some(())
    })
    .await;
}

/// What the program of a stranger says, and whether it agrees.
async fn redrawn(source: &str) -> (bool, String) {
    let output = tokio::process::Command::new("python3")
        .arg(repository().join("deploy/redraw/redraw.py"))
        .arg(source)
        .output()
        .await
        .expect("the stranger's program runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), said)
}

fn of(draw: &Value, part: &str, county: &str) -> Vec<String> {
    let strata = draw[part].as_array().cloned().unwrap_or_default();
    let mut of_county = strata.iter().filter(|stratum| stratum["county"] == county);
    let cases = of_county
        .next()
        .and_then(|stratum| stratum["case_ids"].as_array().cloned());
    let cases = cases.unwrap_or_default().into_iter();
    cases
        .filter_map(|case| case.as_str().map(str::to_owned))
        .collect()
}

/// Somebody's site in place of one that was drawn.
fn swapped(draw: &Value) -> Value {
    let mut touched = draw.clone();
    let chosen = of(draw, "chosen", SHUYANG);
    let spared = of(draw, "list", SHUYANG)
        .into_iter()
        .find(|case| !chosen.contains(case));
    for stratum in touched["chosen"].as_array_mut().expect("what was chosen") {
        if stratum["county"] == SHUYANG {
            stratum["case_ids"][0] = json!(spared.clone().expect("one that was not drawn"));
        }
    }
    touched
}

/// A list from which a site that nobody was to look at has gone.
fn left_out(draw: &Value) -> Value {
    let mut touched = draw.clone();
    for stratum in touched["list"].as_array_mut().expect("the list") {
        if stratum["county"] == SUCHENG {
            stratum["case_ids"].as_array_mut().expect("its sites").pop();
        }
    }
    touched
}
