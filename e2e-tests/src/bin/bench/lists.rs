//! Two thousand cases of the whole demonstration city, and how long every list, report, history and file then takes over HTTP.

use crate::crew::{Crew, Step, text, total};
use crate::{oversight, sites};
use e2e_tests::{City, Staff};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// What anybody may be made to wait for.
const LONGEST: Duration = Duration::from_secs(1);
const ASKED: usize = 3;
/// From all levels.
const READERS: [&str; 5] = [
    "dispatcher-city",
    "leader-shuyang",
    "handler-huji",
    "supervisor",
    "inspector",
];
/// A list, its name as a file, and words that some of its rows have.
const LISTS: [(&str, &str, &str); 10] = [
    ("work", "work", "砖瓦"),
    ("tips", "tips", "砖瓦"),
    ("cases", "cases", "砖瓦"),
    ("escalations", "escalations", "镇"),
    ("obligations", "obligations", "砖瓦"),
    ("findings", "findings", "翻墙"),
    ("conference-tasks", "tasks", "停产厂房"),
    ("special-supervision", "special-supervision", "镇"),
    ("reports", "reports", "镇"),
    ("accountability/failures", "failures", "停产"),
];
/// Lists without days: what is to be done is to be done now, and a report belongs to a stage.
const WITHOUT_DAYS: [&str; 2] = ["work", "reports"];
/// Filters of their own.
const FILTERS: [&str; 21] = [
    "work?mine=true",
    "work?overdue=true",
    "tips?progress=accepted",
    "tips?overdue=true",
    "cases?state=open&overdue=true",
    "cases?state=closed",
    "cases?missed=true",
    "cases?class=C&measures=ordered",
    "cases?spot_check=failed",
    "cases?obligation=acknowledge",
    "escalations?rung=criticism",
    "escalations?explanation=awaited",
    "obligations?running=true",
    "obligations?missed=true",
    "findings?state=open",
    "findings?gravity=grave",
    "conference-tasks?overdue=true",
    "special-supervision?open=true",
    "reports?stage=sweep&reached=signed",
    "accountability/failures?kind=second_return",
    "accountability/failures?overdue=true",
];
/// Tables of numbers, as leaders ask for them.
const FIGURES: [&str; 6] = [
    "statistics",
    "statistics/trend",
    "bulletin",
    "board",
    "board?unit=321322",
    "exports/statistics?format=xlsx",
];
/// Of which everybody sees the whole.
const PUBLIC: [&str; 5] = [
    "draws",
    "exposures",
    "units?limit=1000",
    "staff?limit=1000",
    "campaign",
];

/// Seeds, asks and answers with a row for each list; the slowest of three askings counts.
pub async fn lists(city: &City, cases: usize) -> Vec<Value> {
    let mut rows = {
        let _step = Step::begin("the whole campaign");
        let crew = Crew::of(city).await;
        sites::handled(city, &crew, cases).await;
        sites::drawn(&crew).await;
        vec![oversight::exercised(&crew).await]
    };
    let inspector = city.town.staff("inspector").await;
    thick(&inspector, cases).await;
    for (account, path) in asked(&inspector).await {
        let reader = city.town.staff(account).await;
        rows.push(measured(&reader, &path).await);
    }
    let slow = rows
        .iter()
        .filter(|row| row["most_ms"].is_f64() && row["p99_ms"].as_f64() > row["most_ms"].as_f64());
    slow.for_each(|row| eprintln!("SLOW: {row}"));
    rows
}

/// What is measured is worth it.
async fn thick(inspector: &Staff, cases: usize) {
    let lists = LISTS
        .iter()
        .map(|(list, ..)| *list)
        .filter(|list| *list != "work");
    for list in lists.chain(["accountability/inquiries", "notifications"]) {
        let total = total(&inspector.get(&format!("/api/v1/{list}?limit=1")).await);
        eprintln!("{total:>8}  {list}");
        // There are fewer units to supervise than cases.
        assert!(total >= cases as u64 / 40, "{list} is thin: {total}");
    }
}

/// A whole campaign is projected anew for an instant of its past.
const LONGEST_WORK: Duration = Duration::from_secs(600);

async fn measured(reader: &Staff, path: &str) -> Value {
    if path.contains("as_of=") {
        // The first who asks of an instant waits until it has been worked out; everybody after that does not.
        worked_out(reader, path).await;
    }
    let mut took = Vec::new();
    for _ in 0..ASKED {
        let begun = Instant::now();
        read(reader, path).await;
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    json!({
        "name": format!("GET {} ({})", shown(path), reader.account),
        "callers": 1,
        "per_second": ASKED as f64 / took.iter().sum::<Duration>().as_secs_f64(),
        "p50_ms": milliseconds(took[ASKED / 2]),
        "p99_ms": milliseconds(took[ASKED - 1]),
        "most_ms": milliseconds(LONGEST),
    })
}

async fn worked_out(reader: &Staff, path: &str) {
    let begun = Instant::now();
    loop {
        let answer = reader.try_get(path).await;
        if answer.is_success() {
            return;
        }
        let still = answer.text.contains("platform.not_ready") && begun.elapsed() < LONGEST_WORK;
        assert!(still, "{path} → {} {}", answer.status, answer.text);
    }
}

/// A list, a page or a file.
async fn read(reader: &Staff, path: &str) {
    let answer = reader.try_get(path).await;
    assert!(answer.is_success(), "{path} → {} {}", answer.status, answer.text);
}

/// The path without ids, and by what it was filtered.
fn shown(path: &str) -> String {
    let path = path.trim_start_matches("/api/v1/");
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let steps = path.split('/').map(|step| match step.len() {
        36 | 64 => "…",
        _ => step,
    });
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    let names: Vec<_> = names
        .filter(|name| !matches!(*name, "" | "limit" | "format"))
        .collect();
    let path = steps.collect::<Vec<_>>().join("/");
    match names.is_empty() {
        true => path,
        false => format!("{path} by {}", names.join("+")),
    }
}

/// Everything, as those ask who ask for it.
async fn asked(inspector: &Staff) -> Vec<(&'static str, String)> {
    let now: Timestamp = inspector.now().await.parse().expect("a timestamp");
    let day = |days: i64| (now - SignedDuration::from_hours(24 * days)).to_string()[..10].to_owned();
    let days = format!("from={}&until={}", day(30), day(1));
    let mut asked = Vec::new();
    for account in READERS {
        for (list, _, words) in LISTS {
            let words = format!("text={}", encoded(words));
            asked.push((account, format!("{list}?limit=200")));
            asked.push((account, format!("{list}?limit=200&{words}")));
            if !WITHOUT_DAYS.contains(&list) {
                asked.push((account, format!("{list}?limit=200&{days}")));
                asked.push((account, format!("{list}?limit=200&{words}&{days}")));
            }
        }
    }
    for account in ["inspector", "handler-huji"] {
        asked.extend(FILTERS.map(|path| (account, format!("{path}&limit=200"))));
        asked.extend(PUBLIC.map(|path| (account, path.to_owned())));
    }
    for account in ["leader-city", "leader-shuyang", "supervisor"] {
        asked.extend(FIGURES.map(|path| (account, path.to_owned())));
    }
    for account in ["inspector", "leader-shuyang"] {
        let files = LISTS.map(|(_, file, _)| (account, format!("exports/{file}?format=xlsx")));
        asked.extend(files);
    }
    asked.extend(of_one(inspector).await);
    asked.extend(of_the_inspector(inspector, &day, &days).await);
    asked.extend(["preview", "lower"].map(|end| ("leader-shuyang", format!("reports/321322/sweep/{end}"))));
    asked.push(("leader-shuyang", "reports/321322/sweep".to_owned()));
    asked
        .into_iter()
        .map(|(account, path)| (account, format!("/api/v1/{path}")))
        .collect()
}

/// One tip, one case with everything, its pictures, its draw.
async fn of_one(inspector: &Staff) -> Vec<(&'static str, String)> {
    let closed = inspector.get("/api/v1/cases?spot_check=failed&limit=1").await;
    let case = text(&closed["cases"][0], "case_id");
    let seen = inspector.get(&format!("/api/v1/cases/{case}")).await;
    let tip = text(&seen["tips"][0], "tip_id");
    let state: Value =
        serde_json::from_str(seen["state_json"].as_str().unwrap_or_default()).unwrap_or_default();
    let picture = first_picture(&state).expect("a picture of the inspection");
    let draws = inspector.get("/api/v1/draws").await;
    let draw = text(&draws["draws"][0], "draw_id");
    vec![
        ("dispatcher-city", format!("tips/{tip}")),
        ("dispatcher-city", format!("tips/{tip}/content")),
        ("dispatcher-city", format!("cases/{case}")),
        ("inspector", format!("evidence/{picture}")),
        ("supervisor", format!("draws/{draw}")),
        ("inspector", format!("audit/cases/{case}")),
        ("inspector", format!("audit/cases/{case}/sight")),
        ("inspector", format!("audit/tips/{tip}/sight")),
        ("inspector", format!("audit/cases/{case}/dossier")),
        ("inspector", format!("audit/threads/tip-{tip}")),
        ("inspector", format!("audit/threads/draw-{draw}")),
        ("inspector", format!("audit/verification?case_id={case}")),
        ("inspector", format!("audit/streams/case-{case}")),
        ("inspector", format!("audit/readings?subject=case-{case}")),
    ]
}

/// What only the inspectors ask: everything, and everything as it was.
async fn of_the_inspector(
    inspector: &Staff,
    day: &impl Fn(i64) -> String,
    days: &str,
) -> Vec<(&'static str, String)> {
    let now = inspector.now().await;
    let facts = format!(
        "audit/facts?limit=200&from={}T00:00:00Z&until={}T00:00:00Z",
        day(30),
        day(1)
    );
    let paths = [
        format!("accountability/inquiries?limit=200&{days}"),
        format!("accountability/inquiries?limit=200&text={}", encoded("查处")),
        "accountability/inquiries?open=true&overdue=true&limit=200".to_owned(),
        "exports/inquiries?format=xlsx".to_owned(),
        "exports/trend?format=xlsx".to_owned(),
        "exports/bulletin?format=xlsx".to_owned(),
        "notifications?limit=200".to_owned(),
        "notifications?state=sent&unit=321322102&limit=200".to_owned(),
        "audit/readings?limit=200".to_owned(),
        "audit/facts?limit=200".to_owned(),
        "audit/facts?limit=200&person=leader-huji&named=true".to_owned(),
        "audit/facts?limit=200&unit=321322&named=true".to_owned(),
        "audit/facts?limit=200&kind=case.inspection_recorded".to_owned(),
        facts,
        "audit/threads/unit-321322102".to_owned(),
        "admin/history/unit-321322102".to_owned(),
        format!("cases?limit=200&as_of={now}"),
        format!("escalations?limit=200&as_of={now}"),
        format!("statistics?as_of={now}"),
    ];
    paths.into_iter().map(|path| ("inspector", path)).collect()
}

/// Somewhere in the state of a case.
fn first_picture(state: &Value) -> Option<String> {
    match state {
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            let pictures = (name == "evidence").then(|| value[0].as_str()).flatten();
            pictures.map(str::to_owned).or_else(|| first_picture(value))
        }),
        Value::Array(items) => items.iter().find_map(first_picture),
        _ => None,
    }
}

/// As a browser writes it into an address.
fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
