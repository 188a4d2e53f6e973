//! Only the first valid tip of a confirmed site is rewarded, by the rules of its day, and not by who proposes it.

use super::*;
use crate::{ApproveReward, EraseReporter, ProposeReward, RefuseReward, RewardProgress, SiteStanding};
use jiff::civil::Date;
use jurisdiction::{RewardRules, StaffId};

const FIRST: SiteStanding = SiteStanding {
    confirmed: true,
    first: true,
    rewarded: false,
};
/// A leader agrees, the site being as it was.
const APPROVE: TipCommand = TipCommand::ApproveReward(ApproveReward { site: Some(FIRST) });

fn accepted() -> Scenario<Tip> {
    received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then_done()
}
fn leader() -> Actor {
    sample::acting(Role::Leader, sample::OFFICE)
}
fn a_proposal() -> ProposeReward {
    ProposeReward {
        fine_fen: 10_000_000,
        insider: false,
        standing: Some(Sealed::sample(Compartment::Identity, "standing")),
        site: Some(FIRST),
    }
}
fn propose(change: impl FnOnce(&mut ProposeReward)) -> TipCommand {
    let mut proposal = a_proposal();
    change(&mut proposal);
    TipCommand::ProposeReward(proposal)
}
fn decline(reason: &str) -> TipCommand {
    TipCommand::RefuseReward(RefuseReward {
        reason: reason.into(),
    })
}
fn proposed() -> Scenario<Tip> {
    accepted().when(&propose(|_| ())).then_done()
}

#[test]
fn a_reward_is_proposed_approved_and_paid() {
    let story = accepted().when(&propose(|_| ())).then([TipEvent::RewardProposed {
        rules: "2018".into(),
        fine_fen: 10_000_000,
        amount_fen: 1_500_000,
        standing: Sealed::sample(Compartment::Identity, "standing"),
    }]);
    let story = story
        .when(&TipCommand::RecordRewardPaid)
        .then_refused(TipRefusal::RewardNotApproved);
    let story = story.by(leader()).when(&APPROVE).then([TipEvent::RewardApproved {
        amount_fen: 1_500_000,
    }]);
    let story = story
        .by(dispatcher())
        .when(&TipCommand::RecordRewardPaid)
        .then([TipEvent::RewardPaid {
            amount_fen: 1_500_000,
        }]);
    assert_eq!(story.state().rewards[0].progress, RewardProgress::Paid);
    let story = story.when(&TipCommand::RecordRewardPaid).then_nothing();
    story
        .when(&propose(|_| ()))
        .then_refused(TipRefusal::RewardPending);
}

#[test]
fn an_insider_gets_more_and_no_clear_word_says_so() {
    let story = accepted()
        .when(&propose(|proposal| proposal.insider = true))
        .then_done();
    let reward = &story.state().rewards[0];
    assert_eq!(reward.amount_fen, 1_800_000);
    assert!(
        !serde_json::to_string(&story.state())
            .expect("JSON")
            .contains("insider")
    );
}

#[test]
fn only_the_first_valid_tip_of_a_confirmed_site_has_the_standing() {
    let early = received()
        .by(dispatcher())
        .when(&propose(|proposal| proposal.site = None))
        .then_refused(TipRefusal::RewardNotAccepted);
    early
        .when(&propose(|_| ()))
        .then_refused(TipRefusal::RewardNotAccepted);
    let unproven = SiteStanding {
        confirmed: false,
        ..FIRST
    };
    let second = SiteStanding {
        first: false,
        ..FIRST
    };
    let story = accepted()
        .when(&propose(|proposal| proposal.site = Some(unproven)))
        .then_refused(TipRefusal::RewardNotConfirmed);
    story
        .when(&propose(|proposal| proposal.site = Some(second)))
        .then_refused(TipRefusal::RewardNotFirst);
}

#[test]
fn whoever_turns_out_to_have_been_earlier_keeps_the_standing() {
    let since = |changed: SiteStanding| TipCommand::ApproveReward(ApproveReward { site: Some(changed) });
    let second = SiteStanding {
        first: false,
        ..FIRST
    };
    let unproven = SiteStanding {
        confirmed: false,
        ..FIRST
    };
    let story = proposed()
        .by(leader())
        .when(&since(second))
        .then_refused(TipRefusal::RewardNotFirst);
    let story = story
        .when(&since(unproven))
        .then_refused(TipRefusal::RewardNotConfirmed);
    story.when(&APPROVE).then_done();
}

#[test]
fn dispatchers_of_the_area_propose_and_leaders_of_the_city_answer() {
    let story = accepted()
        .by(sample::acting(Role::Dispatcher, sample::OTHER_COUNTY))
        .when(&propose(|_| ()))
        .then_refused(TipRefusal::OutsideSubtree);
    let story = story
        .by(leader())
        .when(&propose(|_| ()))
        .then_refused(TipRefusal::NotDispatcher);
    let story = story.when(&APPROVE).then_refused(TipRefusal::NoRewardProposed);
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let story = story.by(county).when(&propose(|_| ())).then_done();
    let story = story
        .by(sample::acting(Role::Leader, sample::COUNTY))
        .when(&APPROVE)
        .then_refused(TipRefusal::NotRewardApprover);
    let story = story
        .when(&decline("罚款决定尚未生效"))
        .then_refused(TipRefusal::NotRewardApprover);
    let story = story
        .by(leader())
        .when(&decline(" "))
        .then_refused(TipRefusal::RewardReasonMissing);
    let story = story.when(&decline("罚款决定尚未生效")).then_done();
    let story = story.when(&APPROVE).then_refused(TipRefusal::NoRewardProposed);
    story.by(dispatcher()).when(&propose(|_| ())).then_done();
}

#[test]
fn nobody_answers_what_he_proposed() {
    let same_person = Actor::staff(
        StaffId::of(&format!("dispatcher-{}", sample::OFFICE)),
        UnitCode::of(sample::OFFICE),
        Role::Leader,
    );
    let story = proposed()
        .by(same_person)
        .when(&APPROVE)
        .then_refused(TipRefusal::OwnReward);
    story
        .when(&decline("罚款决定尚未生效"))
        .then_refused(TipRefusal::OwnReward);
}

#[test]
fn a_reward_needs_rules_of_the_day_a_sensible_fine_and_a_reporter() {
    let later = RewardRules::new(
        RewardRules::default()
            .iter()
            .cloned()
            .map(|mut rule| {
                rule.from = Date::constant(2021, 1, 1);
                rule
            })
            .collect(),
    );
    accepted()
        .jurisdiction(|city| city.rewards = later)
        .when(&propose(|_| ()))
        .then_refused(TipRefusal::NoRewardRules);
    let story = accepted()
        .when(&propose(|proposal| proposal.fine_fen = 100_000_000_001))
        .then_refused(TipRefusal::FineOutOfRange);
    let story = story
        .when(&propose(|proposal| proposal.standing = None))
        .then_refused(TipRefusal::Erased);
    let erase = TipCommand::EraseReporter(EraseReporter {
        compartments: vec![Compartment::Identity],
        reason: "举报人要求".into(),
    });
    let story = story.by(Actor::Citizen).when(&erase).then_done();
    story
        .by(dispatcher())
        .when(&propose(|_| ()))
        .then_refused(TipRefusal::Erased);
}

#[test]
fn one_site_is_rewarded_once_whichever_tip_is_of_it_now() {
    let rewarded = SiteStanding {
        rewarded: true,
        ..FIRST
    };
    accepted()
        .when(&propose(|proposal| proposal.site = Some(rewarded)))
        .then_refused(TipRefusal::RewardGivenForSite);
    // Two were proposed for two cases, which then became one.
    let approve = |site| TipCommand::ApproveReward(ApproveReward { site });
    let story = proposed().by(leader());
    let story = story
        .when(&approve(Some(rewarded)))
        .then_refused(TipRefusal::RewardGivenForSite);
    story
        .when(&approve(None))
        .then_refused(TipRefusal::RewardNotAccepted);
}

#[test]
fn a_rewarded_tip_stays_with_its_case_and_one_that_left_is_not_rewarded() {
    let unlink = TipCommand::Unlink(UnlinkTip {
        reason: "是河对岸的另一处厂房".into(),
    });
    let left = proposed().when(&unlink).then_done();
    left.by(leader())
        .when(&APPROVE)
        .then_refused(TipRefusal::RewardNotAccepted);
    let approved = proposed().by(leader()).when(&APPROVE).then_done();
    let approved = approved
        .by(dispatcher())
        .when(&unlink)
        .then_refused(TipRefusal::RewardedStays);
    let paid = approved.when(&TipCommand::RecordRewardPaid).then_done();
    paid.when(&unlink).then_refused(TipRefusal::RewardedStays);
}
