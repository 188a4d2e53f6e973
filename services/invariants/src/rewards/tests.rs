//! Rewards as they should be, and each way in which they should not.

use crate::Invariant::OneRewardForASite;
use crate::story::{Story, case_opened, tip_accepted, tip_received};
use case_domain::{CaseEvent, Class};
use jurisdiction::sample::{OFFICE, TOWNSHIP};
use jurisdiction::{CaseId, Role, TipId, UnitCode};
use tip_domain::{Compartment, Sealed, TipEvent};

fn confirmed() -> CaseEvent {
    CaseEvent::CaseConfirmed {
        class: Class::C,
        owner: UnitCode::of(TOWNSHIP),
        place: case_domain::Place::default(),
        summary: String::new(),
        urgency: jurisdiction::Urgency::Normal,
    }
}
fn proposed() -> TipEvent {
    TipEvent::RewardProposed {
        rules: "2018".into(),
        fine_fen: 0,
        amount_fen: 300_000,
        standing: Sealed::sample(Compartment::Identity, "standing"),
    }
}
fn approved(amount_fen: u64) -> TipEvent {
    TipEvent::RewardApproved { amount_fen }
}
fn paid() -> TipEvent {
    TipEvent::RewardPaid { amount_fen: 300_000 }
}

/// Two tips of one confirmed site, an hour apart.
fn site() -> Story {
    Story::new()
        .record("tip-1", tip_received())
        .hours_later(1)
        .record("tip-2", tip_received())
        .record("tip-1", tip_accepted(CaseId::sample(7)))
        .record("case-7", case_opened(TipId::sample(1)))
        .record("tip-2", tip_accepted(CaseId::sample(7)))
        .record(
            "case-7",
            CaseEvent::TipLinked {
                tip: TipId::sample(2),
            },
        )
        .record("case-7", confirmed())
        .acting(Role::Dispatcher, OFFICE)
}
fn agreed() -> Story {
    let story = site().record("tip-1", proposed()).acting(Role::Leader, OFFICE);
    story.record("tip-1", approved(300_000))
}

#[test]
fn the_first_tip_of_a_confirmed_site_is_rewarded_once() {
    agreed().record("tip-1", paid()).holds(OneRewardForASite);
    agreed()
        .record("tip-1", paid())
        .record("tip-1", paid())
        .breaks(OneRewardForASite, "发放了两次");
    agreed()
        .record("tip-1", proposed())
        .breaks(OneRewardForASite, "又提出了一笔");
    site()
        .record("tip-2", proposed())
        .breaks(OneRewardForASite, "不是这个点位的首条");
}
#[test]
fn nothing_is_proposed_for_what_nobody_has_confirmed() {
    Story::new()
        .record("tip-1", tip_received())
        .record("tip-1", proposed())
        .breaks(OneRewardForASite, "没有受理");
    let accepted = Story::new()
        .record("tip-1", tip_received())
        .record("tip-1", tip_accepted(CaseId::sample(7)));
    accepted
        .clone()
        .record("tip-1", proposed())
        .breaks(OneRewardForASite, "没有立案");
    accepted
        .record("case-7", case_opened(TipId::sample(1)))
        .record("tip-1", proposed())
        .breaks(OneRewardForASite, "没有确认");
}
#[test]
fn a_second_person_agrees_to_what_was_proposed_before_it_is_paid() {
    let proposal = || site().record("tip-1", proposed());
    proposal()
        .record("tip-1", paid())
        .breaks(OneRewardForASite, "没有批准");
    proposal()
        .record("tip-1", approved(300_000))
        .breaks(OneRewardForASite, "自己批准");
    proposal()
        .acting(Role::Leader, OFFICE)
        .record("tip-1", approved(900_000))
        .breaks(OneRewardForASite, "金额");
    site()
        .acting(Role::Leader, OFFICE)
        .record("tip-1", approved(300_000))
        .breaks(OneRewardForASite, "没有人提出");
}
#[test]
fn two_cases_of_one_site_have_one_reward() {
    let both = || {
        Story::new()
            .record("tip-1", tip_received())
            .record("tip-2", tip_received())
            .record("tip-1", tip_accepted(CaseId::sample(7)))
            .record("case-7", case_opened(TipId::sample(1)))
            .record("case-7", confirmed())
            .record("tip-2", tip_accepted(CaseId::sample(8)))
            .record("case-8", case_opened(TipId::sample(2)))
            .record("case-8", confirmed())
            .acting(Role::Dispatcher, OFFICE)
            .record("tip-1", proposed())
            .record("tip-2", proposed())
            .acting(Role::Leader, OFFICE)
            .record("tip-1", approved(300_000))
    };
    let merged = CaseEvent::CasesMerged {
        into: CaseId::sample(7),
        reason: "同一点位".into(),
    };
    both().record("tip-2", approved(300_000)).holds(OneRewardForASite);
    both()
        .record("case-8", merged)
        .record("tip-2", approved(300_000))
        .breaks(OneRewardForASite, "另一笔奖励");
}
