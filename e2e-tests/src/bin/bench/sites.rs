//! Two thousand sites in every state that a case can be in, from the tip to the spot check.

use crate::crew::{Crew, Step, TOWNSHIPS, each, photo, posts, settled, text, total};
use e2e_tests::{City, Inspection};
use serde_json::{Value, json};
use std::sync::Mutex;

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
const ENTERPRISES: [&str; 4] = ["城北砖瓦厂", "城东面粉厂", "桥北轮胎厂", "河西窑厂"];
const FIRST: &str = "cut_water_and_power";
const AFTER_THE_PLAN: [&str; 3] = ["dismantle_equipment", "clear_premises", "clear_materials"];

/// How far a case gets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    AtTheDesk,
    Unacknowledged,
    /// By two units.
    Returned,
    Acknowledged,
    Doubtful,
    Clean,
    Confirmed,
    /// The plan waits to be approved.
    Planned,
    UnderWay,
    Closed,
}

/// Of twenty sites.
const FATES: [Fate; 20] = [
    Fate::AtTheDesk,
    Fate::AtTheDesk,
    Fate::Unacknowledged,
    Fate::Unacknowledged,
    Fate::Returned,
    Fate::Acknowledged,
    Fate::Acknowledged,
    Fate::Doubtful,
    Fate::Clean,
    Fate::Clean,
    Fate::Confirmed,
    Fate::Confirmed,
    Fate::Planned,
    Fate::Planned,
    Fate::UnderWay,
    Fate::UnderWay,
    Fate::Closed,
    Fate::Closed,
    Fate::Closed,
    Fate::Closed,
];

struct Site {
    number: usize,
    case: String,
    township: &'static str,
    fate: Fate,
}

impl Site {
    fn of_case(&self, verb: &str) -> String {
        format!("/api/v1/cases/{}/{verb}", self.case)
    }
    fn of_disposal(&self, verb: &str) -> String {
        format!("/api/v1/disposals/{}/{verb}", self.case)
    }
    /// Another township of the same county.
    fn elsewhere(&self) -> &'static str {
        match TOWNSHIPS.iter().position(|township| *township == self.township) {
            Some(place @ (0 | 1)) => TOWNSHIPS[1 - place],
            Some(place) => TOWNSHIPS[2 + (place - 1) % 4],
            None => self.township,
        }
    }
}

/// Sites, and everything that is done about them.
pub async fn handled(city: &City, crew: &Crew, cases: usize) {
    let sites = opened(city, crew, cases).await;
    let of = |least: Fate| sites.iter().filter(move |site| site.fate >= least);
    let just = |fate: Fate| sites.iter().filter(move |site| site.fate == fate);
    assigned(crew, of(Fate::Unacknowledged)).await;
    returned(crew, just(Fate::Returned)).await;
    inspected(crew, of(Fate::Acknowledged)).await;
    found_clean(crew, just(Fate::Clean)).await;
    confirmed(crew, of(Fate::Confirmed)).await;
    planned(crew, of(Fate::Planned)).await;
    under_way(crew, of(Fate::UnderWay)).await;
    closed(crew, just(Fate::Closed)).await;
    referred(crew, just(Fate::Planned)).await;
    exposed(crew, just(Fate::Closed)).await;
}

/// Tips over the public form, each of which opens a case.
async fn opened(city: &City, crew: &Crew, cases: usize) -> Vec<Site> {
    let _step = Step::begin("tips and cases");
    let citizen = city.town.citizen();
    let opened = Mutex::new(Vec::with_capacity(cases));
    each(0..cases, async |number: usize| {
        let township = TOWNSHIPS[number % TOWNSHIPS.len()];
        let tip = json!({
            "narrative": "夜里有刺鼻气味，有货车运蓝色桶进出。",
            "place": { "text": format!("{}{number}号院内", WORKS[number % WORKS.len()]), "division": township },
            "seen": ["smell"],
        });
        let tip = citizen.client.post("/api/v1/tips", &tip).await.expect_ok();
        let id = text(&tip, "tip_id");
        crew.dispatcher.accepts(&id, "停产厂房疑似夜间生产化工产品").await;
        let seen = crew.dispatcher.get(&format!("/api/v1/tips/{id}")).await;
        let site = Site {
            number,
            case: text(&seen["tip"], "case_id"),
            township,
            // Apart from the townships: each has sites of every fate.
            fate: FATES[number / TOWNSHIPS.len() % FATES.len()],
        };
        opened.lock().expect("a list").push(site);
    })
    .await;
    opened.into_inner().expect("a list")
}

async fn assigned(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("assignments");
    each(sites, async |site: &Site| {
        let assignment = json!({ "to": site.township, "instructions": "请核查。" });
        posts(&crew.dispatcher, &site.of_case("assign"), &assignment).await;
    })
    .await;
}

/// By the first unit, and by the one that it was then given to: that is for somebody to explain.
async fn returned(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("returns");
    each(sites, async |site: &Site| {
        let back = json!({ "reason": "点位不在本辖区。" });
        posts(crew.leader(site.township), &site.of_case("return"), &back).await;
        let assignment = json!({ "to": site.elsewhere(), "instructions": "请核查。" });
        posts(&crew.dispatcher, &site.of_case("assign"), &assignment).await;
        posts(crew.leader(site.elsewhere()), &site.of_case("return"), &back).await;
    })
    .await;
}

async fn inspected(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("inspections");
    each(sites, async |site: &Site| {
        let leader = crew.leader(site.township);
        posts(leader, &site.of_case("acknowledge"), &json!({})).await;
        let (finding, note) = match site.fate {
            Fate::Acknowledged => return,
            Fate::Doubtful => ("suspected", "厂内有反应釜和原料桶，现场无人，性质难以判断。"),
            Fate::Clean => ("clean", "院内空置，未见生产痕迹。"),
            _ => ("confirmed_activity", "停产厂房内两台反应釜正在生产，无任何证照。"),
        };
        let premises = "idle_plant";
        leader
            .inspects(
                &site.case,
                &Inspection {
                    finding,
                    premises,
                    note,
                },
            )
            .await;
        if site.fate == Fate::Doubtful {
            let doubt = "有反应釜和原料桶，是否属于小化工难以判断。";
            leader.asks_for_identification(&site.case, doubt).await;
        }
    })
    .await;
}

async fn found_clean(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("clean findings");
    each(sites, async |site: &Site| {
        let leader = crew.county_leader(site.township);
        leader
            .reviews_clean_finding(&site.case, true, "照片与现场一致。")
            .await;
    })
    .await;
}

async fn confirmed(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("classifications");
    each(sites, async |site: &Site| {
        let leader = crew.leader(site.township);
        leader
            .classifies(&site.case, "c", "无证无照，利用停产厂房生产化工产品。")
            .await;
    })
    .await;
}

/// The first measure needs no plan.
async fn planned(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("safety plans");
    each(sites, async |site: &Site| {
        measure(crew, site, FIRST).await;
        crew.leader(site.township).submits_safety_plan(&site.case).await;
    })
    .await;
}

async fn under_way(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("measures under approved plans");
    each(sites, async |site: &Site| {
        crew.county_leader(site.township)
            .approves_safety_plan(&site.case)
            .await;
        measure(crew, site, AFTER_THE_PLAN[0]).await;
    })
    .await;
}

async fn closed(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("remaining measures and reviews");
    each(sites, async |site: &Site| {
        for name in &AFTER_THE_PLAN[1..] {
            measure(crew, site, name).await;
        }
        crew.county_leader(site.township).passes_review(&site.case).await;
    })
    .await;
}

async fn measure(crew: &Crew, site: &Site, name: &str) {
    let leader = crew.leader(site.township);
    let proof = json!({
        "measure": name,
        "before": [photo(leader).await],
        "after": [photo(leader).await],
        "note": "已完成，前后照片附后。",
    });
    posts(leader, &site.of_disposal("measures"), &proof).await;
}

/// Every second one is answered.
async fn referred(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("referrals");
    each(sites, async |site: &Site| {
        let referral = json!({
            "party": { "role": "operator", "name": "演示·经营者" },
            "to": "market_supervision",
            "grounds": "无证无照从事生产经营。",
        });
        posts(
            crew.leader(site.township),
            &site.of_disposal("referrals"),
            &referral,
        )
        .await;
        if site.number.is_multiple_of(2) {
            let answer = json!({ "referral": 1, "result": "已立案查处。" });
            let receiver = crew.leader(&format!("{}-SJ", &site.township[..6]));
            posts(receiver, &site.of_disposal("referral-answers"), &answer).await;
        }
    })
    .await;
}

async fn exposed(crew: &Crew, sites: impl Iterator<Item = &Site>) {
    let _step = Step::begin("exposures");
    each(sites, async |site: &Site| {
        let exposure = json!({
            "enterprise": ENTERPRISES[site.number % ENTERPRISES.len()],
            "facts": "利用停产厂房非法生产化工产品，设备已拆除，场地已清空。",
        });
        posts(
            crew.leader(site.township),
            &site.of_disposal("exposure"),
            &exposure,
        )
        .await;
        posts(
            &crew.city_leader,
            &site.of_disposal("exposure/publish"),
            &json!({}),
        )
        .await;
    })
    .await;
}

/// Lots are drawn twice among all that is closed; most of what was drawn is looked at.
pub async fn drawn(crew: &Crew) {
    let _step = Step::begin("draws and spot checks");
    for _ in 0..2 {
        let now: jiff::Timestamp = crew.supervisor.now().await.parse().expect("a timestamp");
        let seed_at = now + jiff::SignedDuration::from_hours(1);
        let draw = uuid::Uuid::new_v4().to_string();
        let path = format!("/api/v1/draws/{draw}");
        let announcement = json!({
            "percent": 40,
            "at_least": 1,
            "source": "次日双色球开奖号码",
            "digits": 14,
            "seed_at": seed_at.to_string(),
            "from_position": crew.city_leader.latest_position(),
        });
        posts(&crew.supervisor, &format!("{path}/announce"), &announcement).await;
        crew.admin.advances_seconds(3600).await;
        posts(
            &crew.supervisor,
            &format!("{path}/make"),
            &json!({ "seed": "03071219223005" }),
        )
        .await;
        let pending = async || {
            crew.supervisor
                .get("/api/v1/cases?spot_check=pending&limit=200")
                .await
        };
        settled("sites drawn", async || total(&pending().await)).await;
        let listed = pending().await["cases"].as_array().cloned().unwrap_or_default();
        each(
            listed.iter().enumerate(),
            async |(place, case): (usize, &Value)| {
                checked(crew, place, &text(case, "case_id")).await;
            },
        )
        .await;
    }
}

async fn checked(crew: &Crew, place: usize, case: &str) {
    let path = |end: &str| format!("/api/v1/disposals/{case}/spot-check/{end}");
    match place % 4 {
        0 | 1 => {
            let passed =
                json!({ "note": "设备、原料均已清空。", "evidence": [photo(&crew.supervisor).await] });
            posts(&crew.supervisor, &path("pass"), &passed).await;
        }
        2 => {
            let failed =
                json!({ "measures": ["clear_materials"], "finding": "院内仍有未清运的原料桶十余只。" });
            posts(&crew.supervisor, &path("fail"), &failed).await;
        }
        _ => {}
    }
}
