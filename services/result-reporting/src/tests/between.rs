//! What comes between: a find between list and draft, a return between draft and signature, the end of a stage.

use super::*;
use directory_domain::DirectoryEvent;
use platform::Recorded;
use report_domain::{Digest, ReportEvent, ReportId};

impl Desk {
    async fn drafts(&self, unit: &str) -> Vec<Recorded> {
        let facts = self.town.stream(&format!("report-{unit}-sweep")).await;
        let drafts = facts.into_iter().filter(|fact| fact.name == "report.drafted.v1");
        drafts.collect()
    }
    /// Makes somebody the head of another unit, and waits until that is known.
    async fn rises(&self, person: &StaffId, to: &str) -> Actor {
        let known = || self.context.directory.current();
        let mut member = known().staff.get(person).expect("somebody of the staff").clone();
        let (unit, from) = (
            UnitCode::of(to),
            sample::acting(Role::Leader, to).person().cloned(),
        );
        member.unit = unit.clone();
        member.first_responsible = false;
        let registered = [DirectoryEvent::StaffRegistered { member }];
        self.town.record(&format!("staff-{person}"), &registered).await;
        let handed_over = DirectoryEvent::HandedOver {
            unit: unit.clone(),
            from,
            to: person.clone(),
            reason: "调任".into(),
        };
        self.town.record(&format!("unit-{to}"), &[handed_over]).await;
        let heads = async || {
            let known = known();
            let head = known.first_responsible(&unit);
            head.is_some_and(|head| head.account == *person)
        };
        until("the directory knows the new head", heads).await;
        Actor::staff(person.clone(), unit, Role::Leader)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_confirmed_between_list_and_draft_is_lost_in_no_order_of_hearing() {
    let desk = without_ledger().await;
    let report: ReportId = format!("{}-sweep", sample::VILLAGE).parse().expect("a report");
    let case = format!("case-{}", CaseId::sample(7));
    // The list is drawn, the site is confirmed and put to a report that is not there yet, and only then it is written down.
    let before = desk
        .town
        .record("clock-simulated", &[DirectoryEvent::ClockAdvanced { seconds: 1 }])
        .await;
    let drawn_at = before.last().expect("a fact").position;
    let facts = [opened(sample::VILLAGE), confirmed(sample::VILLAGE)];
    let heard = desk.town.record(&case, &facts).await;
    desk.hear(&heard).await;
    assert!(desk.names(sample::VILLAGE).await.is_empty());
    let drafted = ReportEvent::ReportDrafted {
        report: report.clone(),
        position: drawn_at,
        digest: Digest::sample(1),
        list: vec![],
        lower: vec![],
    };
    desk.town.record(&format!("report-{report}"), &[drafted]).await;
    let drafts = desk.drafts(sample::VILLAGE).await;
    desk.hear(&drafts).await;
    desk.hear(&drafts).await;
    let expected = ["report.drafted.v1", "report.draft_outdated.v1"];
    assert_eq!(desk.names(sample::VILLAGE).await, expected);
    let refused = desk.sign(sample::VILLAGE, Digest::sample(1).as_str()).await;
    let refused = refused.expect_err("an outdated draft is not signed");
    assert_eq!(refused.code(), Code::FailedPrecondition, "{refused}");
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rests_on_a_returned_report_is_not_signed_and_what_is_signed_on_is_not_returned() {
    let desk = desk().await;
    for unit in [sample::VILLAGE, sample::OTHER_VILLAGE] {
        desk.drafted_and_signed(unit).await;
    }
    let draft = desk.draft(sample::TOWNSHIP).await.expect("a draft");
    desk.send_back(sample::VILLAGE, sample::TOWNSHIP)
        .await
        .expect("returned");
    let refused = desk.sign(sample::TOWNSHIP, &draft.digest).await;
    let refused = refused.expect_err("it rests on what nobody stands for");
    assert!(refused.message().contains("退回"), "{refused}");
    desk.drafted_and_signed(sample::VILLAGE).await;
    desk.drafted_and_signed(sample::TOWNSHIP).await;
    let refused = desk.send_back(sample::VILLAGE, sample::TOWNSHIP).await;
    let refused = refused.expect_err("the township has signed on it");
    assert_eq!(refused.code(), Code::FailedPrecondition, "{refused}");
    desk.stop().await;
}

/// Whoever signed as a village's head and has become the county's stands for the county by somebody else's hand.
#[tokio::test(flavor = "multi_thread")]
async fn who_signed_for_a_village_does_not_sign_for_its_county() {
    let desk = desk().await;
    desk.all_below_the_county_sign().await;
    let draft = desk.draft(sample::COUNTY).await.expect("a draft");
    let villager = sample::acting(Role::Leader, sample::VILLAGE);
    let villager = villager.person().expect("a person").clone();
    let risen = desk.rises(&villager, sample::COUNTY).await;
    let refused = desk.sign_as(&risen, sample::COUNTY, &draft.digest).await;
    let refused = refused.expect_err("it would be the second signature");
    assert!(refused.message().contains("下级的上报"), "{refused}");
    desk.stop().await;
}

/// Listed as one case, confirmed as another in which that one goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_was_listed_under_a_case_merged_since_contradicts_nobody() {
    let desk = desk().await;
    let (listed, other) = (CaseId::sample(7), CaseId::sample(8));
    let opened = [opened(sample::VILLAGE)];
    desk.town.record(&format!("case-{listed}"), &opened).await;
    let holds_it = async || {
        let draft = desk.draft(sample::VILLAGE).await;
        draft.is_ok_and(|draft| draft.sites == 1)
    };
    until("the village's list holds its site", holds_it).await;
    desk.drafted_and_signed(sample::VILLAGE).await;
    desk.town.record(&format!("case-{other}"), &opened).await;
    let merged = CaseEvent::CasesMerged {
        into: other,
        reason: "同一处院子".into(),
    };
    desk.town.record(&format!("case-{listed}"), &[merged]).await;
    let confirmed = [confirmed(sample::VILLAGE)];
    let heard = desk.town.record(&format!("case-{other}"), &confirmed).await;
    desk.hear(&heard).await;
    let names = desk.names(sample::VILLAGE).await;
    assert_eq!(names.last().map(String::as_str), Some("report.signed.v1"));
    desk.stop().await;
}

/// An answer may be lost on its way; meanwhile the list goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_asked_for_again_is_answered_with_what_was_written_down() {
    let desk = desk().await;
    let command = a_command();
    let first = desk.draft_as(command, sample::VILLAGE).await.expect("a draft");
    let found = format!("case-{}", CaseId::sample(7));
    desk.town.record(&found, &[opened(sample::VILLAGE)]).await;
    // A draft of its own would hold the find by now.
    let elsewhere = async || {
        let draft = desk.draft(sample::OTHER_VILLAGE).await;
        draft.is_ok_and(|draft| draft.list_position > first.list_position)
    };
    until("the ledger has gone on", elsewhere).await;
    let again = desk
        .draft_as(command, sample::VILLAGE)
        .await
        .expect("the same draft");
    assert_eq!(desk.drafts(sample::VILLAGE).await.len(), 1);
    let told = |draft: &DraftReportResponse| (draft.list_position, draft.digest.clone(), draft.sites);
    assert_eq!(told(&again), told(&first));
    desk.sign(sample::VILLAGE, &again.digest)
        .await
        .expect("what was told is what is signed");
    desk.stop().await;
}

/// Whoever never drafts is asked for it, once, by whichever replica, after a restart as well.
#[tokio::test(flavor = "multi_thread")]
async fn at_the_end_of_a_stage_every_area_is_asked_for_its_report() {
    let desk = without_ledger().await;
    let today = jurisdiction::campaign_time(desk.town.now()).date();
    let stage = jurisdiction::Stage {
        code: "watch".into(),
        name: "长效监管".into(),
        from: today,
        to: Some(today),
        owes: None,
        caps_measures: None,
    };
    let stages = DirectoryEvent::StagesSet { stages: vec![stage] };
    desk.town.record("campaign-2020", &[stages]).await;
    let of = |unit: &str| format!("report-{unit}-watch");
    let asked = async || !desk.town.names(&of(sample::OTHER_VILLAGE)).await.is_empty();
    until("the villages are asked", asked).await;
    let weeks = desk.town.now() + jiff::SignedDuration::from_hours(24 * 30);
    desk.town.advance_to(weeks).await;
    let asked = async || !desk.town.names(&of(sample::COUNTY)).await.is_empty();
    until("the counties are asked", asked).await;
    let replica = desk.town.context().await;
    let running = tokio::spawn(crate::stages::run(replica.clone()));
    let last = async || !desk.town.names(&of(sample::OTHER_COUNTY)).await.is_empty();
    until("all are asked", last).await;
    replica.shutdown.cancel();
    running.await.expect("no panic");
    for unit in [sample::VILLAGE, sample::TOWNSHIP, sample::COUNTY] {
        assert_eq!(desk.town.names(&of(unit)).await, ["report.due.v1"], "{unit}");
    }
    desk.stop().await;
}
