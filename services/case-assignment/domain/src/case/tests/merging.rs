//! Merging cases of one site, and taking them apart again.

use super::*;
use proptest::prelude::*;

fn survivor() -> CaseState {
    assigned(sample::OTHER_TOWNSHIP).state()
}
fn merge_into(survivor: Option<CaseState>) -> CaseCommand {
    CaseCommand::Merge(MergeCase {
        into: CaseId::sample(9),
        reason: "同一砖瓦厂".into(),
        survivor: survivor.map(Box::new),
    })
}
fn link(number: u128) -> CaseCommand {
    CaseCommand::LinkTip(LinkTip {
        tip: TipId::sample(number),
        against: Against::default(),
        urgency: Urgency::Normal,
        confidential: false,
    })
}
fn unlink(number: u128) -> CaseCommand {
    CaseCommand::UnlinkTip(UnlinkTip {
        tip: TipId::sample(number),
    })
}

#[test]
fn the_absorbed_case_closes_keeps_its_history_and_tells_nobody_yet() {
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story.when(&merge_into(Some(survivor()))).then([
        CaseEvent::CasesMerged {
            into: CaseId::sample(9),
            reason: "同一砖瓦厂".into(),
        },
        CaseEvent::CaseClosed {
            reason: ClosingReason::Merged {
                into: CaseId::sample(9),
            },
            tips: vec![],
            summary: "与同一点位的另一案件并案办理。".into(),
        },
    ]);
    let state = story.state();
    assert_eq!(state.progress, Progress::Closed);
    assert_eq!(state.tips, [TipId::sample(1)]);
    assert_eq!(state.merged, Some((CaseId::sample(9), Progress::Acknowledged)));
    let story = story.when(&merge_into(Some(survivor())));
    story.then_refused(CaseRefusal::AlreadyClosed);
}

#[test]
fn merging_is_for_the_dispatcher_of_both_and_into_a_case_that_goes_on() {
    let merge = merge_into(Some(survivor()));
    for stranger in [
        handler(sample::TOWNSHIP),
        leader(sample::COUNTY),
        sample::acting(Role::Dispatcher, sample::TOWNSHIP),
    ] {
        let story = assigned(sample::TOWNSHIP).by(stranger).when(&merge);
        story.then_refused(CaseRefusal::NotMerger);
    }
    let story = assigned(sample::TOWNSHIP).by(county());
    let story = story
        .when(&merge_into(None))
        .then_refused(CaseRefusal::NoSuchSurvivor);
    let story = story.when(&merge_into(Some(CaseState::default())));
    let story = story.then_refused(CaseRefusal::NoSuchSurvivor);
    let over = super::decision::found_clean_and_closed().state();
    let story = story.when(&merge_into(Some(over)));
    let story = story.then_refused(CaseRefusal::SurvivorClosed);
    let mut about_the_county = survivor();
    about_the_county.against = Against::unit(UnitCode::of(sample::COUNTY));
    let story = story.when(&merge_into(Some(about_the_county)));
    story.then_refused(CaseRefusal::NoSuchSurvivor);
    let story = confirmed().by(county()).when(&merge);
    let story = story.then_refused(CaseRefusal::ConfirmedIsNotMerged);
    let mut other_class = confirmed().state();
    other_class.class = Some(Class::A);
    let story = story.when(&merge_into(Some(other_class)));
    story.then_refused(CaseRefusal::ConfirmedIsNotMerged);
    let mut mute = merge;
    if let CaseCommand::Merge(command) = &mut mute {
        command.reason = " ".into();
    }
    let story = assigned(sample::TOWNSHIP).by(county()).when(&mute);
    story.then_refused(CaseRefusal::ReasonMissing);
}

#[test]
fn reopening_takes_it_apart_again_and_it_stands_where_it_stood() {
    for before in [
        opened(),
        assigned(sample::TOWNSHIP),
        inspected(sample::TOWNSHIP, Finding::Suspected),
        returned_twice(),
        confirmed(),
    ] {
        let was = before.state();
        let merge = merge_into(Some(confirmed().state()));
        let story = before.by(city()).when(&merge).then_done();
        let story = story.when(&reopen()).then_done();
        let mut now = story.state();
        assert_eq!(now.unmerged_from.take(), Some(CaseId::sample(9)));
        assert_eq!(
            serde_json::to_value(&now).expect("JSON"),
            serde_json::to_value(&was).expect("JSON")
        );
    }
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    let story = opened()
        .by(city())
        .when(&merge_into(Some(survivor())))
        .then_done();
    let story = story.by(elsewhere).when(&reopen());
    story.then_refused(CaseRefusal::NotReopener);
}

/// A case opened today would be a place to leave what is late behind.
#[test]
fn of_two_that_know_as_much_the_older_case_goes_on() {
    let younger = || {
        let mut younger = survivor();
        younger.opened_at = Some("2020-06-03T00:00:00Z".parse().expect("a timestamp"));
        younger
    };
    for late in [assigned(sample::TOWNSHIP), returned_twice()] {
        let state = late.state();
        let story = late.by(city()).when(&merge_into(Some(younger())));
        story.then_refused(CaseRefusal::OlderCaseGoesOn);
        assert_eq!(
            younger().goes_on_rather_than(&state),
            None,
            "the other way it goes"
        );
    }
    // What has been found out meanwhile goes on all the same.
    let mut found = confirmed().state();
    found.opened_at = younger().opened_at;
    let story = assigned(sample::TOWNSHIP)
        .by(county())
        .when(&merge_into(Some(found)));
    story.then_done();
}

/// What is known of a site would be buried with the case that knows it.
#[test]
fn the_case_that_knows_more_of_the_site_goes_on() {
    let identified = || {
        let story = with_the_county().by(handler(sample::COUNTY));
        story.when(&identify(true, None)).then_done()
    };
    let at_work = || inspected(sample::TOWNSHIP, Finding::ConfirmedActivity);
    let suspect = || inspected(sample::TOWNSHIP, Finding::Suspected);
    let less_and_more = [
        (survivor(), suspect()),
        (suspect().state(), at_work()),
        (survivor(), at_work()),
        (at_work().state(), identified()),
        (survivor(), identified()),
    ];
    for (less, more) in less_and_more {
        let known = more.state();
        let story = more.by(county()).when(&merge_into(Some(less)));
        story.then_refused(CaseRefusal::MergeTheOtherWay);
        let other_way = acknowledged(sample::TOWNSHIP).by(county());
        other_way.when(&merge_into(Some(known))).then_done();
    }
    // What was found before somebody had to look again counts no more.
    let story = super::decision::found_clean_and_closed().by(county());
    let story = story.when(&reopen()).then_done();
    story.when(&merge_into(Some(survivor()))).then_done();
}

/// It names the survivor, so it hides from whoever must not know of that one.
#[test]
fn a_case_that_goes_on_in_one_about_somebody_hides_from_them_as_well() {
    let against = Against::unit(UnitCode::of(sample::TOWNSHIP));
    let mut about_the_township = survivor();
    about_the_township.against = against.clone();
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story
        .when(&merge_into(Some(about_the_township.clone())))
        .then_done();
    assert_eq!(story.state().against, against);
    let story = story.by(handler(sample::TOWNSHIP)).when(&give_back());
    story.then_refused(CaseRefusal::NotOpened);
    // Taken out again, it stands where it stood, and still hides.
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story.when(&merge_into(Some(about_the_township))).then_done();
    let story = story.when(&reopen()).then_done();
    assert_eq!(story.state().progress, Progress::Acknowledged);
    assert_eq!(story.state().against, against);
}

/// Merged long ago; today somebody says whom the survivor is about.
#[test]
fn a_merged_case_learns_later_whom_its_survivor_is_about_and_stays_merged() {
    let story = assigned(sample::TOWNSHIP).by(city());
    let story = story.when(&merge_into(Some(survivor()))).then_done();
    let against = Against::unit(UnitCode::of(sample::TOWNSHIP));
    let learns = absorb(|c| {
        c.tips.clear();
        c.against = against.clone();
    });
    let story = story.by(Actor::system("test")).when(&learns);
    let story = story.then([CaseEvent::ConflictNoted {
        against: against.clone(),
    }]);
    assert_eq!(story.state().against, against);
    assert!(story.state().closed.is_some());
}

fn absorb(change: impl FnOnce(&mut AbsorbCase)) -> CaseCommand {
    let mut command = AbsorbCase {
        tips: vec![TipId::sample(1), TipId::sample(2)],
        against: Against::default(),
        urgency: Urgency::Normal,
        confidential: false,
        co_handlers: vec![],
    };
    change(&mut command);
    CaseCommand::Absorb(command)
}

#[test]
fn the_survivor_learns_all_that_the_absorbed_case_knew() {
    let command = absorb(|c| {
        c.against = Against::unit(UnitCode::of(sample::OTHER_TOWNSHIP));
        c.urgency = Urgency::Urgent;
        c.confidential = true;
        c.co_handlers = [
            sample::TOWNSHIP,
            sample::COUNTY_ECOLOGY,
            sample::OTHER_TOWNSHIP,
            sample::OFFICE,
        ]
        .map(UnitCode::of)
        .to_vec();
    });
    let story = acknowledged(sample::TOWNSHIP).by(county()).when(&command);
    let story = story.then_refused(CaseRefusal::NotForPeople);
    // Not the owner again, not whom it is about, not who handles no cases.
    let story = story.by(policy()).when(&command).then([
        CaseEvent::TipLinked {
            tip: TipId::sample(2),
        },
        CaseEvent::ConflictNoted {
            against: Against::unit(UnitCode::of(sample::OTHER_TOWNSHIP)),
        },
        CaseEvent::MadeConfidential {},
        CaseEvent::MadeUrgent {},
        CaseEvent::CoHandlerAdded {
            unit: UnitCode::of(sample::COUNTY_ECOLOGY),
        },
    ]);
    let state = story.state();
    assert_eq!((state.urgency, state.confidential), (Urgency::Urgent, true));
    story.when(&command).then_nothing();
}

#[test]
fn a_tip_that_joins_makes_its_case_urgent_and_confidential() {
    let joins = CaseCommand::LinkTip(LinkTip {
        tip: TipId::sample(2),
        against: Against::default(),
        urgency: Urgency::Urgent,
        confidential: true,
    });
    let story = opened().when(&joins).then([
        CaseEvent::TipLinked {
            tip: TipId::sample(2),
        },
        CaseEvent::MadeConfidential {},
        CaseEvent::MadeUrgent {},
    ]);
    let calmer = link(3);
    let story = story.when(&calmer).then([CaseEvent::TipLinked {
        tip: TipId::sample(3),
    }]);
    assert_eq!(story.state().urgency, Urgency::Urgent);
}

#[test]
fn what_the_survivor_disposes_of_in_the_same_way_need_not_be_disposed_of_twice() {
    let merge = merge_into(Some(confirmed().state()));
    let story = confirmed().by(county()).when(&merge).then_done();
    let state = story.state();
    assert_eq!(state.merged, Some((CaseId::sample(9), Progress::Confirmed)));
    assert_eq!(state.progress, Progress::Closed);
}

#[test]
fn a_case_that_goes_on_already_is_not_taken_apart_twice() {
    let story = opened().by(policy()).when(&reopen());
    let story = story.then_nothing().by(city()).when(&reopen());
    story.then_refused(CaseRefusal::NotReopener);
}

#[test]
fn tips_leave_only_by_policy() {
    let story = opened().by(city()).when(&unlink(1));
    let story = story.then_refused(CaseRefusal::NotForPeople);
    let story = story.by(policy()).when(&unlink(1)).then([CaseEvent::TipUnlinked {
        tip: TipId::sample(1),
    }]);
    story.when(&unlink(1)).then_nothing();
}

proptest! {
    /// Invariant: linking a tip and unlinking it again leaves the case as it was, whatever it was.
    #[test]
    fn unlinking_undoes_linking(number in 2_u128..100, linked in proptest::collection::vec(100_u128..200, 0..5)) {
        let story = acknowledged(sample::TOWNSHIP).by(policy());
        let story = linked.iter().fold(story, |story, tip| story.when(&link(*tip)).then_done());
        let was = serde_json::to_value(story.state()).expect("JSON");
        let story = story.when(&link(number)).then_done();
        prop_assert!(story.state().tips.contains(&TipId::sample(number)));
        let story = story.when(&unlink(number)).then_done();
        prop_assert_eq!(serde_json::to_value(story.state()).expect("JSON"), was);
    }
}
