//! A township lets every deadline pass, botches the disposal, and the equipment turns up elsewhere.

use super::cast::{Cast, TOWNSHIP};
use super::{replay, steps};
use crate::people::Clock;
use crate::town::Town;
use crate::wait::{PATIENCE, eventually, soon};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

const RUNGS: [(&str, &str); 5] = [
    ("reminder", "催办"),
    ("supervision_order", "督办"),
    ("interview", "约谈"),
    ("criticism", "通报批评"),
    ("referral", "移送"),
];
/// Even a long holiday is over by then.
const MOST_DAYS: usize = 25;
const A_MOMENT: Duration = Duration::from_secs(2);

/// Plays it; answers with the case and the one that came back from it.
pub async fn misses_deadlines_and_relapses(town: &Town) -> (String, String) {
    let cast = Cast::of(town).await;
    let place = steps::new_place("废弃养殖场");
    town.narrator.chapter("一、超期不签收，逐级督促");
    let (_, case) = steps::opened_case(town, &cast, &place).await;
    cast.dispatcher.assigns(&case, TOWNSHIP, "请立即签收核查。").await;
    town.narrator
        .does(&cast.dispatcher.name, "交办胡集镇；镇里一直没有签收");
    let clock = the_ladder_is_climbed(town, &cast, &case, &place).await;
    town.narrator.chapter("二、说明、认定、立案");
    they_explain_and_are_judged(town, &cast, &case, &clock).await;
    town.narrator.chapter("三、处置走过场，抽查不合格");
    the_spot_check_fails(town, &cast, &case).await;
    town.narrator.chapter("四、死灰复燃");
    let back = it_comes_back(town, &cast, &case).await;
    town.narrator.chapter("五、纪委监委回放");
    the_inspector_replays(town, &cast, &case, &back).await;
    (case, back)
}

/// Time passes a day at a time; every rung is reached in turn and mailed to the person it names.
async fn the_ladder_is_climbed(town: &Town, cast: &Cast, case: &str, place: &str) -> Clock {
    let mut clock = Clock(String::new());
    for (rung, title) in RUNGS {
        let escalation = days_pass_until(cast, case, rung).await;
        clock = Clock(escalation["clock"].as_str().unwrap_or_default().to_owned());
        let address = address_of(&escalation);
        let mail = steps::mail_arrives(town, &address, place, title).await;
        assert!(mail.text.contains("答复：20"), "until when: {}", mail.text);
        let to = escalation["to_name"]
            .as_str()
            .or(escalation["to_unit_name"].as_str());
        town.narrator
            .does("系统", &format!("{title} → {}", to.unwrap_or_default()));
        town.narrator.sees(&format!("{}\n{}", mail.subject, mail.text));
    }
    clock
}

async fn days_pass_until(cast: &Cast, case: &str, rung: &str) -> Value {
    let path = format!("/api/v1/cases/{case}");
    let reached = async || {
        let seen = cast.inspector.get(&path).await;
        let mut steps = seen["escalations"].as_array().cloned().unwrap_or_default();
        steps.retain(|step| step["rung"] == rung && step["obligation"] == "acknowledge");
        steps.into_iter().next()
    };
    for _ in 0..MOST_DAYS {
        // Whether a day brings the next rung depends on the calendar; a moment after midnight it is known.
        if let Some(escalation) = soon(A_MOMENT, &reached).await {
            return escalation;
        }
        cast.admin.advances_days(1).await;
    }
    panic!("{rung} was not reached within {MOST_DAYS} days");
}

fn address_of(escalation: &Value) -> String {
    let person = escalation["to_person"].as_str();
    let unit = escalation["to_unit"].as_str().unwrap_or_default();
    format!("{}@mingcha.example", person.unwrap_or(unit).to_lowercase())
}

async fn they_explain_and_are_judged(town: &Town, cast: &Cast, case: &str, clock: &Clock) {
    let excuse = "近期人员变动，交接时遗漏，已安排专人负责。";
    cast.leader
        .explains(case, clock, "supervision_order", excuse)
        .await;
    town.narrator.does(&cast.leader.name, &format!("说明：{excuse}"));
    let own = json!({ "clock": clock.0, "rung": "supervision_order", "accepted": true, "note": "同意" });
    let refused = cast
        .leader
        .try_post(&format!("/api/v1/accountability/{case}/judgements"), &own)
        .await;
    assert_eq!(refused.status, 403, "nobody judges own work: {}", refused.text);
    let note = "交接遗漏不是理由，没有提供任何佐证。";
    cast.county_leader
        .judges(case, clock, "supervision_order", false, note)
        .await;
    town.narrator
        .does(&cast.county_leader.name, &format!("不予采纳：{note}"));
    cast.inspector
        .opens_inquiry(case, clock, "超期十个工作日以上未签收")
        .await;
    let decision = json!({
        "inquiry": 1,
        "against": "official",
        "name": cast.leader.name,
        "person": cast.leader.account,
        "basis": "《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》",
        "decision": "诫勉谈话",
    });
    cast.inspector.decides_inquiry(case, &decision).await;
    cast.inspector.closes_inquiry(case, 1, "已送达本人").await;
    town.narrator
        .does(&cast.inspector.name, "立案、决定诫勉谈话、结案");
}

/// The list is published while nobody can know the number; then the number is known, and a stranger does the draw again
/// from the public list alone.
async fn it_is_drawn(town: &Town, cast: &Cast, case: &str) {
    let position = cast.county_leader.latest_position();
    let now: Timestamp = cast.supervisor.now().await.parse().expect("a timestamp");
    let seed_at = now + SignedDuration::from_hours(1);
    let draw = Uuid::new_v4().to_string();
    let path = format!("/api/v1/disposals/{case}/spot-check/draw");
    let chosen = json!({ "seed": "就查这一家", "round": 1 });
    let by_hand = cast.supervisor.try_post(&path, &chosen).await;
    assert!(by_hand.text.contains("disposal.drawn_by_lot"), "{}", by_hand.text);
    cast.supervisor
        .announces_draw(&draw, &seed_at.to_string(), position)
        .await;
    cast.admin.advances_seconds(3600).await;
    eventually("the draw is made once the number is public", PATIENCE, || async {
        let made = cast.supervisor.tries_draw(&draw, "03071219223005").await;
        assert!(
            made.is_success() || made.text.contains("draw.too_early"),
            "{}",
            made.text
        );
        made.is_success().then_some(())
    })
    .await;
    let address = format!("{}/api/v1/draws/{draw}", town.base);
    town.narrator
        .does(&cast.supervisor.name, &format!("公告名单，开奖后抽签：{address}"));
    let output = tokio::process::Command::new(crate::programs::mingcha())
        .args(["redraw", &address])
        .output()
        .await
        .expect("mingcha redraw runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("一致"), "{said}");
    assert!(said.contains(case), "every closed site was to be chosen: {said}");
    town.narrator.sees(&said);
    cast.inspector
        .sees_case(case, "the chosen site is to be checked", |seen| {
            seen["disposal"]["spot_check"] == "pending" || seen["case"]["spot_check"] == "pending"
        })
        .await;
}

async fn the_spot_check_fails(town: &Town, cast: &Cast, case: &str) {
    cast.handler.acknowledges(case).await;
    steps::confirmed(cast, case).await;
    steps::disposed(cast, case).await;
    town.narrator
        .does(&cast.handler.name, "终于签收、核查、处置，逐级复核销号");
    it_is_drawn(town, cast, case).await;
    let finding = "院内仍有未清运的原料桶十余只。";
    cast.supervisor
        .fails_spot_check(case, &["clear_materials"], finding)
        .await;
    town.narrator
        .does(&cast.supervisor.name, &format!("随机抽查：{finding}"));
    cast.inspector
        .sees_case(
            case,
            "the failed spot check reopens the case and is recorded as a failure",
            |seen| seen["case"]["state"] != "closed" && steps::has_failure(seen, "spot_check_failed"),
        )
        .await;
    cast.handler
        .completes(case, "clear_materials", "残余原料桶已全部清运至有资质单位。")
        .await;
    steps::closed(cast, case).await;
    town.narrator.does(&cast.county_leader.name, "重新复核，再次销号");
}

async fn it_comes_back(town: &Town, cast: &Cast, case: &str) -> String {
    cast.admin.advances_days(35).await;
    let note = "原反应釜两台被转移至邻村两家木材加工厂内继续生产。";
    cast.handler.reports_relapse(case, "equipment", note).await;
    town.narrator
        .does(&cast.handler.name, &format!("回头看发现：{note}"));
    let seen = cast
        .inspector
        .sees_case(case, "the relapse is known and is a failure", |seen| {
            seen["relapses"].as_array().is_some_and(|cases| !cases.is_empty())
                && steps::has_failure(seen, "relapse")
        })
        .await;
    let back = seen["relapses"][0].as_str().unwrap_or_default().to_owned();
    let seen = cast
        .dispatcher
        .sees_case(&back, "the relapse opens a case", |_| true)
        .await;
    assert_eq!(seen["case"]["urgency"], "urgent", "{seen}");
    assert_eq!(seen["case"]["origin"], "relapse", "{seen}");
    assert_eq!(seen["relapse_of"], case, "{seen}");
    town.narrator
        .does("系统", "另立紧急案件，注明原案件与关联原因“设备”");
    back
}

async fn the_inspector_replays(town: &Town, cast: &Cast, case: &str, back: &str) {
    let history = cast.inspector.replays(case).await;
    replay::is_whole(&history);
    let expected = [
        "case.assigned.v1",
        "accountability.clock_started.v1",
        "accountability.deadline_missed.v1",
        "accountability.reminder_issued.v1",
        "accountability.supervision_ordered.v1",
        "accountability.interview_ordered.v1",
        "accountability.criticism_circulated.v1",
        "accountability.referred_to_discipline.v1",
        "accountability.explanation_submitted.v1",
        "accountability.explanation_judged.v1",
        "accountability.inquiry_opened.v1",
        "accountability.inquiry_decided.v1",
        "accountability.inquiry_closed.v1",
        "case.acknowledged.v1",
        "disposal.closed.v1",
        "disposal.spot_check_failed.v1",
        "case.reopened.v1",
        "disposal.closed.v1",
        "case.closed.v1",
        "disposal.relapse_found.v1",
    ];
    replay::happened_in_order(&history, &expected);
    town.narrator.does(&cast.inspector.name, "回放原案件");
    replay::told(&history, &town.narrator);
    let again = cast.inspector.replays(back).await;
    replay::is_whole(&again);
    let opened = replay::first(&again, "case.opened.v1");
    assert!(
        opened["data_json"]
            .as_str()
            .is_some_and(|data| data.contains(case)),
        "{opened}"
    );
    town.narrator.does(&cast.inspector.name, "回放新案件");
    replay::told(&again, &town.narrator);
}
