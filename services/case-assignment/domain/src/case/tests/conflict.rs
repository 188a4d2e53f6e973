//! Conflict of interest: whom a case is about neither learns of it nor handles it.

use super::*;

fn about(unit: &str) -> OpenCase {
    OpenCase {
        against: Against::unit(UnitCode::of(unit)),
        ..open_tip()
    }
}
fn opened_about(unit: &str) -> Story {
    let story = Story::new().by(policy());
    story.when(&CaseCommand::Open(about(unit))).then_done()
}

/// One command of every kind that a person can give.
fn everything() -> Vec<CaseCommand> {
    vec![
        CaseCommand::Open(open_tip()),
        assign(sample::VILLAGE),
        co_handler(sample::VILLAGE),
        ACKNOWLEDGE,
        give_back(),
        designate(sample::VILLAGE),
        reassign(sample::VILLAGE),
        inspect(Finding::Suspected),
        request(),
        identify(true, None),
        classify(Classification::C),
        review(true),
        reopen(),
        CaseCommand::RemoveCoHandler(RemoveCoHandler {
            unit: UnitCode::of(sample::VILLAGE),
            reason: "不再需要".into(),
        }),
        CaseCommand::Merge(MergeCase {
            into: CaseId::sample(9),
            reason: "同一点位".into(),
            survivor: None,
        }),
        CaseCommand::RefuseExtension(RefuseExtension {
            obligation: Obligation::FirstInspection,
            reason: "不同意".into(),
        }),
    ]
}

#[test]
fn everybody_it_hides_from_is_answered_as_if_it_did_not_exist() {
    let hidden = [
        handler(sample::TOWNSHIP),
        leader(sample::TOWNSHIP),
        sample::acting(Role::Dispatcher, sample::TOWNSHIP),
        leader(sample::VILLAGE),
    ];
    for actor in hidden {
        for command in everything() {
            let story = opened_about(sample::TOWNSHIP).by(actor.clone()).when(&command);
            story.then_refused(CaseRefusal::NotOpened);
        }
    }
    opened_about(sample::TOWNSHIP)
        .by(county())
        .when(&assign(sample::COUNTY_ECOLOGY))
        .then_done();
}

#[test]
fn no_unit_is_given_what_is_about_it_or_about_somebody_above_it() {
    for unit in [sample::TOWNSHIP, sample::VILLAGE] {
        let story = opened_about(sample::TOWNSHIP).by(city()).when(&assign(unit));
        let story = story.then_refused(CaseRefusal::ConflictOfInterest);
        let story = story.when(&assign(sample::COUNTY_ECOLOGY)).then_done();
        let story = story.when(&co_handler(unit));
        let story = story.then_refused(CaseRefusal::ConflictOfInterest);
        let story = story.when(&reassign(unit));
        story.then_refused(CaseRefusal::ConflictOfInterest);
    }
    let with = CaseCommand::Assign(AssignCase {
        to: UnitCode::of(sample::COUNTY_ECOLOGY),
        instructions: String::new(),
        co_handlers: vec![UnitCode::of(sample::VILLAGE)],
        urgent: false,
    });
    let story = opened_about(sample::TOWNSHIP).by(city()).when(&with);
    story.then_refused(CaseRefusal::ConflictOfInterest);
}

#[test]
fn a_dispute_is_not_settled_in_favour_of_whom_it_is_about() {
    let link = CaseCommand::LinkTip(LinkTip {
        tip: TipId::sample(2),
        against: Against::unit(UnitCode::of(sample::TOWNSHIP)),
        urgency: Urgency::Normal,
        confidential: false,
    });
    let story = returned_twice().by(policy()).when(&link).then_done();
    let story = story.by(county()).when(&designate(sample::TOWNSHIP));
    let story = story.then_refused(CaseRefusal::ConflictOfInterest);
    story.when(&designate(sample::COUNTY_ECOLOGY)).then_done();
}

#[test]
fn a_tip_that_joins_later_hides_the_case_from_then_on_even_from_its_owner() {
    let against = Against::unit(UnitCode::of(sample::TOWNSHIP));
    let link = CaseCommand::LinkTip(LinkTip {
        tip: TipId::sample(2),
        against: against.clone(),
        urgency: Urgency::Normal,
        confidential: false,
    });
    let story = acknowledged(sample::TOWNSHIP).by(policy()).when(&link).then([
        CaseEvent::TipLinked {
            tip: TipId::sample(2),
        },
        CaseEvent::ConflictNoted { against },
    ]);
    let story = story.when(&link).then_nothing();
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story
        .when(&inspect(Finding::Clean))
        .then_refused(CaseRefusal::NotOpened);
    story
        .by(county())
        .when(&reassign(sample::COUNTY_ECOLOGY))
        .then_done();
}

#[test]
fn what_is_about_the_desk_itself_the_inspectors_assign() {
    let inspector = || sample::acting(Role::Inspector, sample::DISCIPLINE);
    let story = opened_about(sample::OFFICE).by(sample::acting(Role::Dispatcher, sample::OFFICE));
    let story = story
        .when(&assign(sample::TOWNSHIP))
        .then_refused(CaseRefusal::NotOpened);
    let story = story
        .by(inspector())
        .when(&assign(sample::OFFICE))
        .then_refused(CaseRefusal::NotAHandlingUnit);
    let story = story.when(&assign(sample::TOWNSHIP)).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE).then_done();
    story
        .by(inspector())
        .when(&reassign(sample::OTHER_TOWNSHIP))
        .then_done();
    let others = opened_about(sample::TOWNSHIP).by(inspector());
    others
        .when(&assign(sample::VILLAGE))
        .then_refused(CaseRefusal::NotAssigner);
}
