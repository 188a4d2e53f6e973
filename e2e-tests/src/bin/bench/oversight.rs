//! What is held against units beside the cases: findings, tasks, reports, missed deadlines, failures, inquiries, and what they say.

use crate::crew::{Crew, Step, TOWNSHIPS, each, photo, posts, settled, text, there, total};
use e2e_tests::Staff;
use serde_json::{Value, json};

/// So many of each at every unit that has some.
const FINDINGS: usize = 5;
const TASKS: usize = 3;
/// Working days, so that every rung but the last is reached.
const DAYS: i64 = 9;
const STAGES: [&str; 2] = ["sweep", "rectification"];
const INQUIRIES: usize = 300;

/// All of it; how fast letters went out.
pub async fn exercised(crew: &Crew) -> Value {
    findings(crew).await;
    tasks(crew).await;
    for stage in STAGES {
        reports(crew, stage).await;
    }
    inquiries(crew).await;
    let letters = time_passes(crew).await;
    explanations(crew).await;
    letters
}

/// The townships of the whole city; of one unit one after the other, for all of them are facts of one stream.
async fn findings(crew: &Crew) {
    let _step = Step::begin("findings");
    each(crew.codes(is_a_township), async |unit: String| {
        let path = |end: &str| format!("/api/v1/supervision/{unit}/{end}");
        for number in 1..=FINDINGS {
            let grave = number == 1;
            let evidence = match grave {
                true => vec![photo(&crew.supervisor).await],
                false => vec![],
            };
            let finding = json!({
                "source": if number == 2 { "province" } else { "city" },
                "gravity": if grave { "grave" } else { "ordinary" },
                "text": format!("第 {number} 项：停产企业翻墙检查不到位，台账与现场不符。"),
                "evidence": evidence,
            });
            posts(&crew.supervisor, &path("findings"), &finding).await;
        }
        // Those whose leaders are here answer some, and are judged.
        if !crew.led().any(|led| led == unit) {
            return;
        }
        for number in 2..=4 {
            let answer = json!({ "finding": number, "text": "已逐户复查，台账已更正。", "evidence": [] });
            posts(crew.leader(&unit), &path("finding-answers"), &answer).await;
        }
        for number in 2..=3 {
            let accepted = number == 2;
            let judgement = json!({ "finding": number, "accepted": accepted, "note": "已核实。" });
            posts(&crew.supervisor, &path("finding-judgements"), &judgement).await;
        }
    })
    .await;
}

async fn tasks(crew: &Crew) {
    let _step = Step::begin("conference tasks");
    let now: jiff::Timestamp = crew.supervisor.now().await.parse().expect("a timestamp");
    let due = now + jiff::SignedDuration::from_hours(3 * 24);
    each(crew.codes(is_a_township), async |unit: String| {
        let path = |end: &str| format!("/api/v1/conference/{unit}/{end}");
        for number in 1..=TASKS {
            let task = json!({
                "meeting": format!("第 {number} 次联席会议"),
                "text": "排查辖区内停产厂房、废弃养殖场、出租院落。",
                "due": due.to_string()[..10],
            });
            posts(&crew.dispatcher, &path("tasks"), &task).await;
        }
        if !crew.led().any(|led| led == unit) {
            return;
        }
        for number in 1..=2 {
            let report = json!({ "task": number, "text": "排查完毕，名单已上报。", "evidence": [] });
            posts(crew.leader(&unit), &path("task-reports"), &report).await;
        }
        let accepted = json!({ "task": 1, "note": "" });
        posts(&crew.dispatcher, &path("task-acceptances"), &accepted).await;
    })
    .await;
}

/// Village by village, township by township, then the county: nobody signs before those below have.
async fn reports(crew: &Crew, stage: &str) {
    let _step = Step::begin("guarantees and reports");
    for length in [12, 9, 6] {
        let level = crew
            .led()
            .filter(|unit| unit.len() == length && !unit.contains('-'));
        each(level, async |unit: &str| {
            signed(crew.leader(unit), unit, stage).await
        })
        .await;
    }
    let county = "321322";
    let report = read(crew.leader(county), county, stage).await;
    let digest = json!({ "digest": report["draft"]["digest"] });
    let path = |end: &str| format!("/api/v1/reports/{county}-{stage}/{end}");
    posts(crew.leader(county), &path("seal"), &digest).await;
    let number = json!({ "number": format!("宿安备〔2020〕{}号", stage.len()) });
    posts(&crew.city_leader, &path("file"), &number).await;
}

async fn signed(leader: &Staff, unit: &str, stage: &str) {
    let guarantee = json!({ "unit": unit, "stage": stage, "text": "对排查结果负责。" });
    posts(leader, "/api/v1/reports/guarantee", &guarantee).await;
    posts(
        leader,
        "/api/v1/reports/draft",
        &json!({ "unit": unit, "stage": stage }),
    )
    .await;
    let report = read(leader, unit, stage).await;
    let digest = json!({ "digest": report["draft"]["digest"] });
    posts(leader, &format!("/api/v1/reports/{unit}-{stage}/sign"), &digest).await;
}

/// The report, once its draft can be read.
async fn read(leader: &Staff, unit: &str, stage: &str) -> Value {
    let path = format!("/api/v1/reports/{unit}/{stage}");
    let drafted = async || leader.get(&path).await["draft"]["digest"].is_string();
    there(&path, drafted).await;
    leader.get(&path).await
}

/// Some of them are decided, and some of those closed.
async fn inquiries(crew: &Crew) {
    let _step = Step::begin("inquiries");
    let listed = listed(&crew.inspector, "/api/v1/cases?", "cases", INQUIRIES).await;
    each(
        listed.iter().enumerate(),
        async |(place, case): (usize, &Value)| {
            let path = |end: &str| format!("/api/v1/accountability/{}/{end}", text(case, "case_id"));
            let reason = json!({ "reason": "群众多次反映，查处不力。" });
            posts(&crew.inspector, &path("inquiries"), &reason).await;
            if place % 3 > 0 {
                let decision = json!({
                    "inquiry": 1,
                    "against": "official",
                    "name": "演示·负责人",
                    "person": "leader-huji",
                    "basis": "《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》",
                    "decision": "诫勉谈话",
                });
                posts(&crew.inspector, &path("inquiry-decisions"), &decision).await;
            }
            if place % 3 > 1 {
                let closing = json!({ "inquiry": 1, "note": "已送达本人。" });
                posts(&crew.inspector, &path("inquiry-closings"), &closing).await;
            }
        },
    )
    .await;
}

/// Whatever was to be done until then and is not has been missed, rung after rung, and everybody has been written to: how
/// many letters a second.
async fn time_passes(crew: &Crew) -> Value {
    let _step = Step::begin("deadlines missed");
    let sent = async || {
        let path = "/api/v1/notifications?state=sent&limit=1";
        total(&crew.inspector.get(path).await)
    };
    let before = sent().await;
    crew.admin.advances_days(DAYS).await;
    let (letters, took) = settled("letters", sent).await;
    let escalations = total(&crew.inspector.get("/api/v1/escalations?limit=1").await);
    let letters = letters - before;
    json!({
        "name": format!("{DAYS} days at once: {escalations} escalations, {letters} letters"),
        "callers": 1,
        "per_second": letters as f64 / took.as_secs_f64(),
    })
}

/// The townships say why, and some are believed.
async fn explanations(crew: &Crew) {
    let _step = Step::begin("explanations");
    each(TOWNSHIPS, async |unit: &str| {
        let (leader, county) = (crew.leader(unit), crew.county_leader(unit));
        let path = format!("/api/v1/escalations?unit={unit}&explanation=awaited&");
        let awaited = listed(&crew.inspector, &path, "escalations", 60).await;
        let own = awaited.iter().filter(|step| step["to_unit"] == unit);
        for (place, step) in own.enumerate() {
            let subject = text(step, "subject");
            let subject = subject.split_once('-').map_or(subject.as_str(), |(_, id)| id);
            let path = |end: &str| format!("/api/v1/accountability/{subject}/{end}");
            let explained =
                json!({ "clock": step["clock"], "rung": step["rung"], "text": "人员变动，交接遗漏。" });
            if !leader
                .try_post(&path("explanations"), &explained)
                .await
                .is_success()
            {
                continue;
            }
            if place % 2 == 0 {
                let judged = json!({
                    "clock": step["clock"],
                    "rung": step["rung"],
                    "accepted": place % 4 == 0,
                    "note": "已核实。",
                });
                posts(county, &path("judgements"), &judged).await;
            }
        }
        let path = format!("/api/v1/accountability/failures?unit={unit}&state=open&");
        for failure in listed(&crew.inspector, &path, "failures", 20).await {
            let subject = text(&failure, "subject");
            let subject = subject.split_once('-').map_or(subject.as_str(), |(_, id)| id);
            let path = format!("/api/v1/accountability/{subject}/failure-explanations");
            let said = json!({ "failure": failure["failure"], "text": "已组织重新排查。" });
            // Of what two units share, the other one may have spoken.
            leader.try_post(&path, &said).await;
        }
    })
    .await;
}

/// So many rows of a list, page after page.
async fn listed(reader: &Staff, path: &str, rows: &str, most: usize) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), String::new());
    while all.len() < most {
        let page = reader.get(&format!("{path}limit=200&after={after}")).await;
        all.extend(page[rows].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => break,
        }
    }
    all.truncate(most);
    all
}

fn is_a_township(unit: &Value) -> bool {
    unit["level"] == "township" && unit["kind"] == "government"
}
