//! Whose case it is: assignment, acknowledgement, return, designation.

use super::*;

#[test]
fn the_city_assigns_a_township_directly() {
    let story = opened()
        .by(city())
        .when(&assign(sample::TOWNSHIP))
        .then([CaseEvent::CaseAssigned {
            to: UnitCode::of(sample::TOWNSHIP),
            instructions: "请于今夜突击检查".into(),
            co_handlers: vec![],
        }]);
    let state = story.state();
    assert_eq!(state.progress, Progress::Assigned);
    assert_eq!(owner(&story), sample::TOWNSHIP);
    assert_eq!(state.holders[0].given_by, Some(UnitCode::of(sample::OFFICE)));
}

#[test]
fn only_a_dispatcher_of_the_subtree_assigns() {
    let command = assign(sample::TOWNSHIP);
    let story = opened().by(leader(sample::COUNTY)).when(&command);
    let story = story.then_refused(CaseRefusal::NotAssigner);
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    let story = story.by(elsewhere).when(&command);
    let story = story.then_refused(CaseRefusal::OutsideSubtree);
    let story = story.by(policy()).when(&command);
    let story = story.then_refused(CaseRefusal::NotAssigner);
    story.by(county()).when(&command).then_done();
}

#[test]
fn it_goes_down_or_sideways_to_a_department() {
    let story = opened().by(county());
    let story = story
        .when(&assign("nowhere"))
        .then_refused(CaseRefusal::UnknownUnit);
    let story = story
        .when(&assign(sample::OTHER_COUNTY))
        .then_refused(CaseRefusal::TargetOutsideSubtree);
    let story = story
        .when(&assign(sample::COUNTY))
        .then_refused(CaseRefusal::NotDownward);
    let story = story.by(city()).when(&assign(sample::SUPERVISION));
    let story = story.then_refused(CaseRefusal::NotAHandlingUnit);
    let story = story
        .when(&assign(sample::CITY))
        .then_refused(CaseRefusal::NotDownward);
    let story = story.by(county()).when(&assign(sample::COUNTY_ECOLOGY));
    story.then_done();
}

#[test]
fn a_township_passes_it_to_its_village() {
    let story = acknowledged(sample::TOWNSHIP);
    let story = story
        .when(&assign(sample::OTHER_TOWNSHIP))
        .then_refused(CaseRefusal::TargetOutsideSubtree);
    let story = story.when(&assign(sample::VILLAGE)).then_done();
    assert_eq!(owner(&story), sample::VILLAGE);
    assert_eq!(story.state().progress, Progress::Assigned);
    let story = story.when(&ACKNOWLEDGE).then_refused(CaseRefusal::NotOwner);
    let story = story.by(handler(sample::VILLAGE)).when(&assign(sample::VILLAGE));
    story.then_refused(CaseRefusal::NotDownward);
}

#[test]
fn a_department_passes_nothing_on() {
    let story = acknowledged(sample::COUNTY_ECOLOGY);
    story
        .when(&assign(sample::TOWNSHIP))
        .then_refused(CaseRefusal::DepartmentsDoNotAssign);
}

#[test]
fn an_assigned_case_is_not_assigned_past_its_owner() {
    let story = assigned(sample::TOWNSHIP);
    let story = story
        .when(&assign(sample::OTHER_TOWNSHIP))
        .then_refused(CaseRefusal::AlreadyAssigned);
    let done = confirmed().when(&assign(sample::VILLAGE));
    done.then_refused(CaseRefusal::AlreadyConfirmed);
    drop(story);
}

#[test]
fn co_handlers_are_fit_units_of_the_subtree() {
    let with = |co_handlers: &[&str]| {
        CaseCommand::Assign(AssignCase {
            to: UnitCode::of(sample::TOWNSHIP),
            instructions: String::new(),
            co_handlers: co_handlers.iter().map(|unit| UnitCode::of(unit)).collect(),
            urgent: false,
        })
    };
    let unfit = [
        sample::OTHER_COUNTY,
        sample::TOWNSHIP,
        "nowhere",
        sample::SUPERVISION,
    ];
    for unit in unfit {
        let story = opened().by(county()).when(&with(&[unit]));
        story.then_refused(CaseRefusal::CoHandlerUnfit);
    }
    let story = opened().by(county());
    let story = story
        .when(&with(&[sample::COUNTY_ECOLOGY, sample::COUNTY_ECOLOGY]))
        .then_done();
    assert_eq!(story.state().co_handlers, [UnitCode::of(sample::COUNTY_ECOLOGY)]);
}

#[test]
fn co_handlers_are_added_by_owner_or_dispatcher() {
    let ecology = co_handler(sample::COUNTY_ECOLOGY);
    let story = opened()
        .by(county())
        .when(&ecology)
        .then_refused(CaseRefusal::NotAssignedYet);
    let story = story.when(&assign(sample::TOWNSHIP)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&ecology);
    let story = story.then_refused(CaseRefusal::NotAssigner);
    let story = story.by(handler(sample::TOWNSHIP)).when(&ecology);
    let story = story.then_refused(CaseRefusal::CoHandlerUnfit);
    let story = story
        .when(&co_handler(sample::TOWNSHIP))
        .then_refused(CaseRefusal::CoHandlerUnfit);
    let story = story.when(&co_handler(sample::VILLAGE)).then_done();
    let story = story.by(county()).when(&ecology).then_done();
    let story = story.when(&ecology).then_nothing();
    assert_eq!(story.state().co_handlers.len(), 2);
    let closed = super::decision::found_clean_and_closed()
        .by(county())
        .when(&ecology);
    closed.then_refused(CaseRefusal::AlreadyClosed);
}

#[test]
fn a_co_handler_is_released_with_a_reason() {
    let release = |unit: &str, reason: &str| {
        CaseCommand::RemoveCoHandler(RemoveCoHandler {
            unit: UnitCode::of(unit),
            reason: reason.into(),
        })
    };
    let ecology = release(sample::COUNTY_ECOLOGY, "检测已经完成");
    let story = assigned(sample::TOWNSHIP).by(county());
    let story = story.when(&ecology).then_refused(CaseRefusal::NotACoHandler);
    let story = story.when(&co_handler(sample::COUNTY_ECOLOGY)).then_done();
    let story = story.when(&release(sample::COUNTY_ECOLOGY, " "));
    let story = story.then_refused(CaseRefusal::ReasonMissing);
    let story = story.by(handler(sample::COUNTY_ECOLOGY)).when(&ecology);
    let story = story.then_refused(CaseRefusal::NotAssigner);
    let story = story.by(handler(sample::TOWNSHIP)).when(&ecology).then_done();
    assert!(story.state().co_handlers.is_empty());
    let closed = super::decision::found_clean_and_closed().by(county());
    closed.when(&ecology).then_refused(CaseRefusal::AlreadyClosed);
}

#[test]
fn who_held_it_when_is_kept_through_return_and_reassignment() {
    let story = assigned(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&give_back()).then_done().by(city());
    let story = story.when(&assign(sample::OTHER_TOWNSHIP)).then_done();
    let story = story.when(&reassign(sample::COUNTY_ECOLOGY)).then_done();
    let held: Vec<String> = story
        .state()
        .holders
        .iter()
        .map(|held| held.unit.to_string())
        .collect();
    let expected = [
        sample::TOWNSHIP,
        sample::OFFICE,
        sample::OTHER_TOWNSHIP,
        sample::COUNTY_ECOLOGY,
    ];
    assert_eq!(held, expected);
}

#[test]
fn a_co_handler_that_becomes_owner_is_no_longer_co_handler() {
    let story = assigned(sample::TOWNSHIP).by(county());
    let story = story.when(&co_handler(sample::COUNTY_ECOLOGY)).then_done();
    let story = story.when(&reassign(sample::COUNTY_ECOLOGY)).then_done();
    assert!(story.state().co_handlers.is_empty());
}

#[test]
fn only_the_owner_acknowledges_and_once() {
    let story = opened().by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE);
    story.then_refused(CaseRefusal::NotAssignedYet);
    for stranger in [
        handler(sample::VILLAGE),
        handler(sample::OTHER_TOWNSHIP),
        county(),
    ] {
        let story = assigned(sample::TOWNSHIP).by(stranger).when(&ACKNOWLEDGE);
        story.then_refused(CaseRefusal::NotOwner);
    }
    let story = assigned(sample::TOWNSHIP).by(leader(sample::TOWNSHIP));
    let story = story.when(&ACKNOWLEDGE).then([CaseEvent::CaseAcknowledged {}]);
    assert!(story.state().acknowledged_at.is_some());
    let story = story.when(&ACKNOWLEDGE);
    story.then_refused(CaseRefusal::AlreadyAcknowledged);
    let story = confirmed().when(&ACKNOWLEDGE);
    story.then_refused(CaseRefusal::AlreadyConfirmed);
}

#[test]
fn a_unit_returns_once_with_a_reason_and_the_assigner_owns_it_again() {
    let mute = CaseCommand::Return(ReturnCase { reason: " ".into() });
    let story = assigned(sample::TOWNSHIP)
        .when(&give_back())
        .then_refused(CaseRefusal::NotOwner);
    let story = story.by(handler(sample::TOWNSHIP)).when(&mute);
    let story = story.then_refused(CaseRefusal::ReasonMissing);
    let story = story.when(&give_back()).then([CaseEvent::CaseReturned {
        to: UnitCode::of(sample::OFFICE),
        reason: "位于邻镇地界".into(),
    }]);
    assert_eq!(owner(&story), sample::OFFICE);
    assert_eq!(story.state().progress, Progress::Returned);
    let story = story.by(city()).when(&assign(sample::TOWNSHIP)).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&give_back());
    story.then_refused(CaseRefusal::ReturnedBefore);
}

#[test]
fn the_desk_that_assigned_can_neither_return_nor_acknowledge() {
    let story = assigned(sample::TOWNSHIP)
        .by(handler(sample::TOWNSHIP))
        .when(&give_back())
        .then_done();
    let story = story.by(city()).when(&give_back());
    let story = story.then_refused(CaseRefusal::NobodyToReturnTo);
    let story = story.when(&ACKNOWLEDGE);
    story.then_refused(CaseRefusal::NotAssignedYet);
}

#[test]
fn a_township_may_do_itself_what_its_village_returned() {
    let story = assigned(sample::TOWNSHIP)
        .by(handler(sample::TOWNSHIP))
        .when(&assign(sample::VILLAGE))
        .then_done();
    let story = story.by(handler(sample::VILLAGE)).when(&give_back()).then_done();
    assert_eq!(owner(&story), sample::TOWNSHIP);
    let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE).then_done();
    let story = story.when(&give_back()).then_done();
    assert_eq!(owner(&story), sample::OFFICE);
    assert_eq!(story.state().progress, Progress::AwaitingDesignation);
}

#[test]
fn nobody_returns_what_is_not_assigned_or_already_inspected() {
    let story = opened().by(handler(sample::TOWNSHIP)).when(&give_back());
    story.then_refused(CaseRefusal::NotAssignedYet);
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).when(&give_back());
    story.then_refused(CaseRefusal::InspectedCannotReturn);
    let story = with_the_county().when(&give_back());
    story.then_refused(CaseRefusal::WithCounty);
}

#[test]
fn the_second_return_forces_designation() {
    let story = returned_twice();
    assert_eq!(story.state().progress, Progress::AwaitingDesignation);
    assert_eq!(
        (story.state().returns(), owner(&story)),
        (2, sample::OFFICE.into())
    );
    let story = story.by(city()).when(&assign(sample::VILLAGE));
    let story = story.then_refused(CaseRefusal::DesignationNeeded);
    let story = story.when(&reassign(sample::VILLAGE));
    story.then_refused(CaseRefusal::DesignationNeeded);
}

#[test]
fn the_level_above_all_who_returned_designates() {
    let to = designate(sample::TOWNSHIP);
    for stranger in [
        sample::acting(Role::Dispatcher, sample::TOWNSHIP),
        sample::acting(Role::Dispatcher, sample::OTHER_COUNTY),
        handler(sample::COUNTY),
    ] {
        let story = returned_twice().by(stranger).when(&to);
        story.then_refused(CaseRefusal::NotDesignator);
    }
    let story = returned_twice()
        .by(county())
        .when(&designate(sample::OTHER_COUNTY));
    let story = story.then_refused(CaseRefusal::TargetOutsideSubtree);
    let story = story.when(&to).then([CaseEvent::CaseDesignated {
        to: UnitCode::of(sample::TOWNSHIP),
        reason: "经勘界确定".into(),
    }]);
    assert!(story.state().designated);
    assert_eq!(owner(&story), sample::TOWNSHIP);
}

#[test]
fn a_designated_case_stays() {
    let story = returned_twice().by(county());
    let story = story.when(&designate(sample::TOWNSHIP)).then_done();
    let story = story.when(&reassign(sample::OTHER_TOWNSHIP));
    let story = story.then_refused(CaseRefusal::DesignatedStays);
    let story = story
        .when(&designate(sample::TOWNSHIP))
        .then_refused(CaseRefusal::AlreadyOwner);
    let story = story.by(handler(sample::TOWNSHIP)).when(&give_back());
    let story = story.then_refused(CaseRefusal::DesignatedCannotReturn);
    let story = story.when(&assign(sample::VILLAGE)).then_done();
    let story = story.by(handler(sample::VILLAGE)).when(&give_back());
    story.then_refused(CaseRefusal::DesignatedCannotReturn);
}

#[test]
fn nothing_is_given_to_a_unit_that_was_merged() {
    let story = assigned(sample::VILLAGE).jurisdiction(|known| {
        known.merge(
            &UnitCode::of(sample::VILLAGE),
            &UnitCode::of(sample::OTHER_VILLAGE),
        );
    });
    let story = story.by(county()).when(&reassign(sample::VILLAGE));
    let story = story.then_refused(CaseRefusal::UnitMerged);
    let story = story.when(&reassign(sample::OTHER_VILLAGE)).then_done();
    assert_eq!(owner(&story), sample::OTHER_VILLAGE);
}

#[test]
fn a_designation_is_corrected_only_by_another_one() {
    let story = returned_twice().by(county());
    let story = story.when(&designate(sample::TOWNSHIP)).then_done();
    let story = story.when(&designate(sample::OTHER_TOWNSHIP)).then_done();
    assert_eq!(owner(&story), sample::OTHER_TOWNSHIP);
}

#[test]
fn without_two_returns_there_is_nothing_to_designate() {
    let story = assigned(sample::TOWNSHIP).when(&designate(sample::VILLAGE));
    story.then_refused(CaseRefusal::NotDisputed);
}

#[test]
fn a_level_above_reassigns_with_a_reason() {
    let story = opened().by(county()).when(&reassign(sample::TOWNSHIP));
    let story = story.then_refused(CaseRefusal::NotAssignedYet);
    let story = story.when(&assign(sample::TOWNSHIP)).then_done();
    let own = sample::acting(Role::Dispatcher, sample::TOWNSHIP);
    let story = story.by(own).when(&reassign(sample::VILLAGE));
    let story = story.then_refused(CaseRefusal::NotReassigner);
    let story = story.by(leader(sample::COUNTY)).when(&reassign(sample::VILLAGE));
    let story = story.then_refused(CaseRefusal::NotReassigner);
    let story = story.by(county()).when(&reassign(sample::TOWNSHIP));
    let story = story.then_refused(CaseRefusal::AlreadyOwner);
    let story = story.when(&reassign(sample::OTHER_TOWNSHIP)).then_done();
    assert_eq!(owner(&story), sample::OTHER_TOWNSHIP);
}

#[test]
fn who_takes_over_an_inspected_site_acknowledges_and_goes_on() {
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity);
    let story = story
        .by(county())
        .when(&reassign(sample::COUNTY_ECOLOGY))
        .then_done();
    let ecology = handler(sample::COUNTY_ECOLOGY);
    let story = story.by(ecology).when(&classify(Classification::C));
    let story = story.then_refused(CaseRefusal::NotAcknowledged);
    let story = story.when(&ACKNOWLEDGE).then_done();
    story.when(&classify(Classification::C)).then_done();
}
