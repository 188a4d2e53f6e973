//! A disposal follows its case: to another unit, into another case, and out of it again.

use super::*;
use crate::{AbsorbDisposal, MakeUrgent};
use proptest::prelude::*;
use proptest::sample::subsequence;

fn hand_over(to: &str) -> DisposalCommand {
    DisposalCommand::HandOver(HandOver {
        to: UnitCode::of(to),
        reason: "原承办单位须回避".into(),
    })
}
fn merge() -> DisposalCommand {
    DisposalCommand::Merge(MergeDisposal {
        into: CaseId::sample(9),
    })
}
const TAKE_APART: DisposalCommand = DisposalCommand::TakeApart(TakeApart {});

#[test]
fn the_new_unit_carries_on_where_the_old_one_stood() {
    let story = planned(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::CutWaterAndPower)).then_done();
    let story = story.by(policy()).when(&hand_over(sample::OTHER_TOWNSHIP));
    let story = story.then([DisposalEvent::DisposalHandedOver {
        to: UnitCode::of(sample::OTHER_TOWNSHIP),
        reviews: vec![Level::County],
        reason: "原承办单位须回避".into(),
    }]);
    let story = story.when(&hand_over(sample::OTHER_TOWNSHIP)).then_nothing();
    let story = story
        .by(handler(sample::TOWNSHIP))
        .when(&complete(Measure::ClearPremises));
    let story = story.then_refused(DisposalRefusal::NotOwner);
    // The old unit's plan names somebody of the old unit.
    let story = story.by(handler(sample::OTHER_TOWNSHIP));
    let story = story.when(&complete(Measure::ClearPremises));
    let story = story.then_refused(DisposalRefusal::PlanNotApproved);
    let story = story.when(&submit()).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&APPROVE).then_done();
    let story = story.by(handler(sample::OTHER_TOWNSHIP));
    story.when(&complete(Measure::ClearPremises)).then_done();
}

#[test]
fn a_conflict_in_disposal_leaves_somebody_who_may_act() {
    // About the township and the county above it: neither may learn of it any more.
    let against = Against::unit(UnitCode::of(sample::COUNTY));
    let story = planned(sample::TOWNSHIP)
        .by(policy())
        .given([DisposalEvent::ConflictNoted { against }]);
    let story = story
        .by(handler(sample::TOWNSHIP))
        .when(&complete(Measure::ClearPremises));
    let story = story.then_refused(DisposalRefusal::NotOrdered);
    let story = with_departments(story).by(policy()).when(&hand_over(SAFETY));
    let story = story.then_done().by(handler(SAFETY)).when(&submit()).then_done();
    let story = story.by(leader(sample::CITY)).when(&APPROVE).then_done();
    let story = story.by(handler(SAFETY));
    let story = prescribed(Class::C).iter().fold(story, |story, measure| {
        story.when(&complete(*measure)).then_done()
    });
    let story = story.by(leader(sample::CITY)).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

#[test]
fn every_level_signs_anew_and_nobody_for_what_was_done_before_the_handover() {
    let story = worked_off(sample::VILLAGE).by(leader(sample::TOWNSHIP));
    let story = story.when(&PASS).then_done();
    let story = story
        .by(policy())
        .when(&hand_over(sample::OTHER_TOWNSHIP))
        .then_done();
    // The other township cannot sign for itself; the county above both signs for all of it.
    assert_eq!(story.state().next_review(), Some(Level::County));
    let worker = Actor::staff(
        jurisdiction::StaffId::of(&format!("handler-{}", sample::VILLAGE)),
        UnitCode::of(sample::COUNTY),
        Role::Leader,
    );
    let story = story.by(worker).when(&PASS);
    let story = story.then_refused(DisposalRefusal::OwnWork);
    let story = story.by(leader(sample::COUNTY)).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

#[test]
fn what_a_township_began_and_its_village_ends_the_county_reviews_alone() {
    let story = planned(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::CutWaterAndPower)).then_done();
    let story = story.by(policy()).when(&hand_over(sample::VILLAGE)).then_done();
    assert_eq!(story.state().reviews_required, [Level::County]);
}

#[test]
fn what_a_county_s_department_began_the_city_reviews_too() {
    let story = planned(sample::COUNTY_ECOLOGY).by(handler(sample::COUNTY_ECOLOGY));
    let story = story.when(&complete(Measure::CutWaterAndPower)).then_done();
    let story = story.by(policy()).when(&hand_over(sample::TOWNSHIP)).then_done();
    assert_eq!(story.state().reviews_required, [Level::County, Level::City]);
}

#[test]
fn it_follows_its_case_and_nobody_s_word() {
    for command in [hand_over(sample::VILLAGE), merge(), TAKE_APART] {
        let story = planned(sample::TOWNSHIP)
            .by(leader(sample::COUNTY))
            .when(&command);
        story.then_refused(DisposalRefusal::NotForPeople);
    }
    let story = planned(sample::TOWNSHIP).by(policy()).when(&hand_over("321399"));
    story.then_refused(DisposalRefusal::UnknownUnit);
}

#[test]
fn what_is_merged_rests_and_goes_on_where_it_stood() {
    let story = planned(sample::TOWNSHIP).by(policy());
    let story = story.when(&TAKE_APART).then_nothing();
    let story = story.when(&merge()).then_done();
    assert_eq!(story.state().progress, Progress::Merged);
    let story = story.when(&merge()).then_nothing();
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::ClearPremises));
    let story = story.then_refused(DisposalRefusal::MergedElsewhere);
    let story = story.by(leader(sample::COUNTY)).when(&PASS);
    let story = story.then_refused(DisposalRefusal::MergedElsewhere);
    let story = story.by(policy()).when(&TAKE_APART).then_done();
    let story = story.by(handler(sample::TOWNSHIP));
    story.when(&complete(Measure::ClearPremises)).then_done();
}

#[test]
fn what_was_closed_before_is_not_merged_away() {
    closed().by(policy()).when(&merge()).then_nothing();
}

fn absorb(measures: &[Measure]) -> DisposalCommand {
    DisposalCommand::Absorb(AbsorbDisposal {
        from: CaseId::sample(9),
        measures: measures.to_vec(),
    })
}

#[test]
fn what_is_undone_in_a_case_that_is_merged_into_it_is_undone_in_it() {
    let story = worked_off(sample::TOWNSHIP).by(leader(sample::COUNTY));
    let story = story.when(&absorb(&[Measure::ClearPremises]));
    let story = story.then_refused(DisposalRefusal::NotForPeople);
    let story = story
        .by(policy())
        .when(&absorb(&[Measure::ClearPremises, Measure::Close]));
    let story = story.then([
        DisposalEvent::DisposalAbsorbed {
            from: CaseId::sample(9),
            measures: vec![Measure::ClearPremises],
        },
        DisposalEvent::MeasureReopened {
            measure: Measure::ClearPremises,
            reason: "并入本案的案件里这项措施还没有完成".into(),
        },
    ]);
    assert_eq!(story.state().progress, Progress::InProgress);
    // Open here as well, or done there.
    let story = story.when(&absorb(&[Measure::ClearPremises])).then_nothing();
    let story = story.when(&absorb(&[])).then_nothing();
    let story = story.by(leader(sample::COUNTY)).when(&PASS);
    story.then_refused(DisposalRefusal::MeasuresOpen);
}

#[test]
fn what_was_closed_just_before_a_case_was_merged_into_it_is_taken_up_again() {
    let story = closed().by(policy()).when(&absorb(&[Measure::ClearPremises]));
    let story = story.then_done();
    assert_eq!(story.state().progress, Progress::InProgress);
    let open: Vec<_> = story.state().open_measures().collect();
    assert_eq!(open, [Measure::ClearPremises]);
}

#[test]
fn it_becomes_urgent_with_its_case() {
    let urgent = DisposalCommand::MakeUrgent(MakeUrgent {});
    let story = planned(sample::TOWNSHIP).by(leader(sample::COUNTY)).when(&urgent);
    let story = story.then_refused(DisposalRefusal::NotForPeople).by(policy());
    let story = story.when(&merge()).then_done();
    let story = story.when(&urgent).then([DisposalEvent::MadeUrgent {}]);
    assert_eq!(story.state().urgency, Urgency::Urgent);
    story.when(&urgent).then_nothing();
}

proptest! {
    /// Invariant: however a disposal was handed about, somebody reviews it, lowest level first, and never a level whose
    /// own government has worked on it, unless there is nobody above.
    #[test]
    fn somebody_else_always_reviews(
        worked in subsequence(vec![
            sample::COUNTY, sample::COUNTY_ECOLOGY, sample::TOWNSHIP, sample::OTHER_TOWNSHIP, sample::VILLAGE,
        ], 0..=5),
        to in proptest::sample::select(vec![sample::COUNTY, sample::COUNTY_ECOLOGY, sample::TOWNSHIP, sample::VILLAGE]),
    ) {
        let city = sample::suqian();
        let worked: BTreeSet<UnitCode> = worked.into_iter().map(UnitCode::of).collect();
        let reviews = reviews_of_a_handover(&worked, &UnitCode::of(to), &city);
        prop_assert!(!reviews.is_empty());
        // At each of them there is somebody who can.
        for level in &reviews {
            prop_assert!(city.government_at(&UnitCode::of(to), *level).is_some(), "{level:?}");
        }
        prop_assert!(reviews.is_sorted_by(|lower, higher| lower > higher));
        for unit in worked.iter().chain([&UnitCode::of(to)]).filter_map(|unit| city.unit(unit)) {
            let own = unit.kind == UnitKind::Government && reviews.contains(&unit.level);
            prop_assert!(!own);
            prop_assert!(reviews.iter().any(|level| *level < unit.level));
        }
    }
}
