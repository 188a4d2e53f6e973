//! Two thousand cases of the whole demonstration city, and how long every list and report then takes over HTTP.

use e2e_tests::{City, Staff};
use futures::StreamExt;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What anybody may be made to wait for a list.
const LONGEST: Duration = Duration::from_secs(1);
const CALLERS: usize = 16;
const ASKED: usize = 3;
/// Townships that the sites are spread over.
const TOWNSHIPS: [&str; 6] = [
    "321302101",
    "321302102",
    "321322102",
    "321322103",
    "321322104",
    "321322105",
];
const WORKS: [&str; 8] = [
    "老砖瓦厂",
    "废弃面粉厂",
    "水泥预制场",
    "养殖场后院",
    "粮站旧仓库",
    "桥北轮胎厂",
    "停产木业",
    "河西窑厂",
];

/// Tables of numbers, as leaders ask for them.
const FIGURES: [&str; 4] = [
    "/api/v1/statistics",
    "/api/v1/statistics/trend",
    "/api/v1/bulletin",
    "/api/v1/exports/statistics?format=xlsx",
];

/// A list, a page or a file.
async fn read(reader: &Staff, path: &str) {
    let answer = reader.try_get(path).await;
    assert!(answer.is_success(), "{path} → {}", answer.status);
}

/// Seeds, asks and answers with a row for each list; the slowest of three askings counts.
///
/// # Panics
/// If a list takes longer than a second.
pub async fn lists(city: &City, cases: usize) -> Vec<Value> {
    let dispatcher = city.town.staff("dispatcher-city").await;
    seeded(city, &dispatcher, cases).await;
    let mut rows = Vec::new();
    for (account, path) in asked(&dispatcher).await {
        let reader = city.town.staff(account).await;
        if path.contains("as_of=") {
            // The first who asks of an instant waits until it has been worked out; everybody after that does not.
            read(&reader, &path).await;
        }
        let mut took = Vec::new();
        for _ in 0..ASKED {
            let begun = Instant::now();
            read(&reader, &path).await;
            took.push(begun.elapsed());
        }
        took.sort_unstable();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let longest = took[ASKED - 1];
        let shown = path
            .split('?')
            .next()
            .unwrap_or_default()
            .trim_start_matches("/api/v1/");
        rows.push(json!({
            "name": format!("GET {shown} ({account})"),
            "callers": 1,
            "per_second": ASKED as f64 / took.iter().sum::<Duration>().as_secs_f64(),
            "p50_ms": milliseconds(took[ASKED / 2]),
            "p99_ms": milliseconds(longest),
        }));
        assert!(longest < LONGEST, "{account}: {path} took {longest:?}");
    }
    rows
}

/// Tips over the public form; each is accepted, and most are given to a township.
async fn seeded(city: &City, dispatcher: &Staff, cases: usize) {
    let begun = Instant::now();
    let citizen = city.town.citizen();
    let one = async |number: usize| {
        let township = TOWNSHIPS[number % TOWNSHIPS.len()];
        let tip = json!({
            "narrative": "夜里有刺鼻气味，有货车运蓝色桶进出。",
            "place": { "text": format!("{}{number}号院内", WORKS[number % WORKS.len()]), "division": township },
            "seen": ["smell"],
        });
        let tip = citizen.client.post("/api/v1/tips", &tip).await.expect_ok();
        let id = tip["tip_id"].as_str().unwrap_or_default().to_owned();
        dispatcher.accepts(&id, "停产厂房疑似夜间生产化工产品").await;
        let seen = dispatcher.get(&format!("/api/v1/tips/{id}")).await;
        let case = seen["tip"]["case_id"].as_str().unwrap_or_default().to_owned();
        let path = format!("/api/v1/cases/{case}/assign");
        let assignment = json!({ "to": township, "instructions": "请核查。" });
        // Every tenth waits at the desk; the others as soon as the case that follows is open.
        while !number.is_multiple_of(10) && !dispatcher.try_post(&path, &assignment).await.is_success() {}
    };
    futures::stream::iter(0..cases)
        .for_each_concurrent(CALLERS, one)
        .await;
    eprintln!("{cases} cases in {:.0} s", begun.elapsed().as_secs_f64());
}

/// Every list and report, as those ask who ask for it.
async fn asked(dispatcher: &Staff) -> Vec<(&'static str, String)> {
    let tips = dispatcher.get("/api/v1/tips?limit=1").await;
    let tip = tips["tips"][0]["tip_id"].as_str().unwrap_or_default().to_owned();
    let cases = dispatcher.get("/api/v1/cases?limit=1").await;
    let case = cases["cases"][0]["case_id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    // The instant at which all of them were there.
    let board = dispatcher.get("/api/v1/statistics").await;
    let now = board["at"].as_str().unwrap_or_default().to_owned();
    let everywhere = [
        "/api/v1/work?limit=200",
        "/api/v1/tips?limit=200",
        "/api/v1/tips?text=%E7%A0%96%E7%93%A6&limit=200",
        "/api/v1/cases?limit=200",
        "/api/v1/cases?state=open&overdue=true&limit=200",
        "/api/v1/cases?text=%E7%A0%96%E7%93%A6&limit=200",
        "/api/v1/escalations?limit=200",
        "/api/v1/findings",
        "/api/v1/conference-tasks",
        "/api/v1/special-supervision",
        "/api/v1/obligations?limit=200",
        "/api/v1/reports",
        "/api/v1/accountability/failures?limit=200",
        "/api/v1/board",
    ];
    let mut asked = Vec::new();
    for account in [
        "dispatcher-city",
        "leader-shuyang",
        "handler-huji",
        "supervisor",
        "inspector",
    ] {
        asked.extend(everywhere.map(|path| (account, path.to_owned())));
    }
    asked.extend(
        ["leader-city", "leader-shuyang", "supervisor"]
            .into_iter()
            .flat_map(|account| FIGURES.map(|path| (account, path.to_owned()))),
    );
    asked.extend([
        ("dispatcher-city", format!("/api/v1/tips/{tip}")),
        ("dispatcher-city", format!("/api/v1/cases/{case}")),
        ("inspector", format!("/api/v1/audit/cases/{case}")),
        ("inspector", "/api/v1/accountability/inquiries".to_owned()),
        ("inspector", "/api/v1/exports/cases?format=xlsx".to_owned()),
        ("inspector", format!("/api/v1/cases?limit=200&as_of={now}")),
        ("inspector", format!("/api/v1/statistics?as_of={now}")),
        ("leader-shuyang", "/api/v1/reports/321322/sweep".to_owned()),
        (
            "leader-shuyang",
            "/api/v1/reports/321322/sweep/preview".to_owned(),
        ),
        ("leader-shuyang", "/api/v1/reports/321322/sweep/lower".to_owned()),
    ]);
    asked
}
