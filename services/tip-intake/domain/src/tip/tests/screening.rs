//! Accepting, rejecting, diverting.

use super::*;

#[test]
fn the_dispatcher_accepts_and_a_case_is_named() {
    received()
        .by(dispatcher())
        .when(&TipCommand::Accept(an_acceptance()))
        .then([TipEvent::TipAccepted {
            case: CaseId::sample(7),
            opens_case: true,
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: None,
            place: a_report().place,
            urgency: Urgency::Normal,
            confidential: false,
            against: Against::default(),
        }]);
}

#[test]
fn screening_ends_exactly_once() {
    let accept = TipCommand::Accept(an_acceptance());
    let reject = TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "为食品加工".into(),
    });
    let story = received().by(dispatcher()).when(&accept).then_done();
    let story = story.when(&reject).then_refused(TipRefusal::AlreadyScreened);
    story.when(&accept).then_refused(TipRefusal::AlreadyScreened);
}

#[test]
fn only_a_dispatcher_of_the_subtree_screens() {
    let accept = TipCommand::Accept(an_acceptance());
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let story = received()
        .by(elsewhere)
        .when(&accept)
        .then_refused(TipRefusal::OutsideSubtree);
    let story = story
        .by(leader)
        .when(&accept)
        .then_refused(TipRefusal::NotDispatcher);
    story.by(county).when(&accept).then_done();
}

#[test]
fn a_rejection_needs_words_for_the_reporter() {
    let mute = TipCommand::Reject(RejectTip {
        reason: RejectionReason::PlaceUnknown,
        explanation: "  ".into(),
    });
    received()
        .by(dispatcher())
        .when(&mute)
        .then_refused(TipRefusal::ExplanationMissing);
}

#[test]
fn nothing_can_be_done_to_a_tip_that_does_not_exist() {
    let story = Scenario::<Tip>::new().by(dispatcher());
    story
        .when(&TipCommand::Accept(an_acceptance()))
        .then_refused(TipRefusal::NotReceived);
}

#[test]
fn a_tip_joins_only_a_case_that_is_there_and_open() {
    let joining = |found| {
        TipCommand::Accept(AcceptTip {
            opens_case: false,
            found,
            ..an_acceptance()
        })
    };
    let story = received().by(dispatcher());
    let story = story
        .when(&joining(FoundCase::Nothing))
        .then_refused(TipRefusal::NoSuchCase);
    let story = story
        .when(&joining(FoundCase::Closed))
        .then_refused(TipRefusal::CaseClosed);
    let story = story.when(&joining(FoundCase::Open)).then_done();
    let case = CaseId::sample(7);
    assert_eq!(story.state().progress, Progress::Accepted { case });
}

fn placed(division: Option<&str>) -> TipCommand {
    TipCommand::Accept(AcceptTip {
        place: Some(Place {
            division: division.map(UnitCode::of),
            ..a_report().place
        }),
        ..an_acceptance()
    })
}

/// Whoever signed for the township would have nothing to answer for.
#[test]
fn a_place_is_corrected_but_not_to_less_than_the_reporter_said() {
    for coarser in [None, Some(sample::COUNTY), Some(sample::CITY)] {
        let story = received().by(dispatcher()).when(&placed(coarser));
        story.then_refused(TipRefusal::PlaceCoarser);
    }
    for right in [sample::TOWNSHIP, sample::VILLAGE, sample::OTHER_TOWNSHIP] {
        let story = received().by(dispatcher()).when(&placed(Some(right)));
        story.then_done();
    }
    let nowhere = ReceiveTip {
        place: Place {
            division: None,
            ..a_report().place
        },
        ..a_report()
    };
    for known in [None, Some(sample::COUNTY)] {
        let story = Scenario::<Tip>::new().by(Actor::Citizen);
        let story = story.when(&TipCommand::Receive(nowhere.clone())).then_done();
        story.by(dispatcher()).when(&placed(known)).then_done();
    }
}

#[test]
fn a_place_is_corrected_within_what_the_dispatcher_answers_for() {
    let county = || sample::acting(Role::Dispatcher, sample::COUNTY);
    let story = received().by(county());
    let story = story.when(&placed(Some(sample::OTHER_COUNTY)));
    let story = story.then_refused(TipRefusal::PlaceElsewhere);
    let story = story.when(&placed(Some(sample::OTHER_VILLAGE))).then_done();
    let case = CaseId::sample(7);
    assert_eq!(story.state().progress, Progress::Accepted { case });
    let story = received().by(dispatcher());
    story.when(&placed(Some(sample::OTHER_COUNTY))).then_done();
}

#[test]
fn a_village_that_was_merged_is_no_less_said_by_the_one_that_took_it_over() {
    let of_a_village = ReceiveTip {
        place: Place {
            division: Some(UnitCode::of(sample::VILLAGE)),
            ..a_report().place
        },
        ..a_report()
    };
    let story = Scenario::<Tip>::new().by(Actor::Citizen);
    let story = story.when(&TipCommand::Receive(of_a_village)).then_done();
    let story = story.jurisdiction(|known| {
        known.merge(
            &UnitCode::of(sample::VILLAGE),
            &UnitCode::of(sample::OTHER_VILLAGE),
        );
    });
    let story = story.by(dispatcher()).when(&placed(Some(sample::TOWNSHIP)));
    let story = story.then_refused(TipRefusal::PlaceCoarser);
    story.when(&placed(Some(sample::OTHER_VILLAGE))).then_done();
}
