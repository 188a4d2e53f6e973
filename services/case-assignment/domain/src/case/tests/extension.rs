//! More time: asked for in time by whose clock it is, granted once by the level above.

use super::*;

const DUE: &str = "2020-06-04T15:59:59Z";
const LATER: &str = "2020-06-09T15:59:59Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}
fn clock(unit: &str) -> Deadline {
    Deadline {
        clock: "first_inspection#1".into(),
        unit: UnitCode::of(unit),
        due: at(DUE),
    }
}
fn request_of(obligation: Obligation, to: &str, deadline: Option<Deadline>) -> CaseCommand {
    CaseCommand::RequestExtension(RequestExtension {
        obligation,
        to: at(to),
        reason: "连日暴雨，道路中断".into(),
        deadline,
    })
}
fn ask() -> CaseCommand {
    let deadline = Some(clock(sample::TOWNSHIP));
    request_of(Obligation::FirstInspection, LATER, deadline)
}
fn grant() -> CaseCommand {
    CaseCommand::GrantExtension(GrantExtension {
        obligation: Obligation::FirstInspection,
        deadline: Some(clock(sample::TOWNSHIP)),
    })
}
fn refusal(reason: &str) -> CaseCommand {
    CaseCommand::RefuseExtension(RefuseExtension {
        obligation: Obligation::FirstInspection,
        reason: reason.into(),
    })
}
fn asked() -> Story {
    acknowledged(sample::TOWNSHIP).when(&ask()).then_done()
}

#[test]
fn the_unit_asks_in_time_and_the_level_above_grants_that_clock() {
    let story = acknowledged(sample::TOWNSHIP);
    let story = story.when(&ask()).then([CaseEvent::ExtensionRequested {
        clock: "first_inspection#1".into(),
        obligation: Obligation::FirstInspection,
        unit: UnitCode::of(sample::TOWNSHIP),
        due: at(DUE),
        to: at(LATER),
        reason: "连日暴雨，道路中断".into(),
    }]);
    let story = story.by(leader(sample::COUNTY)).when(&grant());
    let story = story.then([CaseEvent::ExtensionGranted {
        clock: "first_inspection#1".into(),
        obligation: Obligation::FirstInspection,
        due: at(DUE),
        to: at(LATER),
        reason: "连日暴雨，道路中断".into(),
    }]);
    assert_eq!(story.state().extensions[0].answer, Some(ExtensionAnswer::Granted));
}

#[test]
fn after_expiry_nothing_is_asked_for_or_granted() {
    let story = acknowledged(sample::TOWNSHIP).at("2020-06-04T16:00:00Z");
    let story = story.when(&ask()).then_refused(CaseRefusal::DeadlineExpired);
    drop(story);
    let story = asked().by(leader(sample::COUNTY)).at("2020-06-04T16:00:00Z");
    let story = story.when(&grant()).then_refused(CaseRefusal::DeadlineExpired);
    story.when(&refusal("原期限已过")).then_done();
}

#[test]
fn only_the_unit_itself_asks_and_never_grants_its_own() {
    let story = acknowledged(sample::TOWNSHIP);
    for stranger in [handler(sample::OTHER_TOWNSHIP), leader(sample::COUNTY), city()] {
        let asking = acknowledged(sample::TOWNSHIP).by(stranger).when(&ask());
        asking.then_refused(CaseRefusal::NotDeadlineUnit);
    }
    let story = story.when(&ask()).then_done();
    let unfit = [
        leader(sample::TOWNSHIP),
        leader(sample::OTHER_COUNTY),
        handler(sample::COUNTY),
        leader(sample::CITY),
        leader(sample::COUNTY_ECOLOGY),
    ];
    let story = unfit.into_iter().fold(story, |story, stranger| {
        let story = story.by(stranger).when(&grant());
        story.then_refused(CaseRefusal::NotExtensionApprover)
    });
    story.by(leader(sample::COUNTY)).when(&grant()).then_done();
}

#[test]
fn at_most_once_even_if_the_work_goes_away_and_comes_back_under_a_new_clock() {
    let story = asked().when(&ask()).then_refused(CaseRefusal::ExtendedBefore);
    let story = story.by(leader(sample::COUNTY)).when(&grant()).then_done();
    let story = story
        .when(&grant())
        .then_refused(CaseRefusal::NoExtensionRequested);
    let story = story
        .by(county())
        .when(&reassign(sample::OTHER_TOWNSHIP))
        .then_done();
    let story = story.when(&reassign(sample::TOWNSHIP)).then_done();
    let another = Deadline {
        clock: "first_inspection#2".into(),
        ..clock(sample::TOWNSHIP)
    };
    let again = request_of(Obligation::FirstInspection, LATER, Some(another));
    let story = story.by(handler(sample::TOWNSHIP)).when(&again);
    story.then_refused(CaseRefusal::ExtendedBefore);
}

/// A disposal's clock goes along with the case, and with it the one extension it had.
#[test]
fn what_goes_along_to_another_unit_is_not_extended_again() {
    let asks_for = |unit: &str, clock: &str, due: &str, to: &str| {
        let deadline = Deadline {
            clock: clock.into(),
            unit: UnitCode::of(unit),
            due: at(due),
        };
        request_of(Obligation::RemainingMeasures, to, Some(deadline))
    };
    let (first, later) = ("2020-06-20T15:59:59Z", "2020-06-28T15:59:59Z");
    let asking = asks_for(sample::TOWNSHIP, "remaining_measures#1", first, later);
    let handed_over = || {
        let story = confirmed().when(&asking).then_done().by(county());
        let story = story.when(&reassign(sample::OTHER_TOWNSHIP)).then_done();
        story.by(handler(sample::OTHER_TOWNSHIP))
    };
    for clock in ["remaining_measures#1", "remaining_measures#2"] {
        let again = asks_for(sample::OTHER_TOWNSHIP, clock, later, "2020-07-06T15:59:59Z");
        handed_over()
            .when(&again)
            .then_refused(CaseRefusal::ExtendedBefore);
    }
}

#[test]
fn merged_and_taken_apart_again_it_is_still_the_same_deadline() {
    let merge = CaseCommand::Merge(MergeCase {
        into: CaseId::sample(9),
        reason: "同一砖瓦厂".into(),
        survivor: Some(Box::new(assigned(sample::OTHER_TOWNSHIP).state())),
    });
    let story = asked().by(county()).when(&merge).then_done();
    let story = story.when(&reopen()).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&ask());
    story.then_refused(CaseRefusal::ExtendedBefore);
}

#[test]
fn a_refused_request_may_be_made_better_in_time() {
    let story = asked().by(leader(sample::COUNTY)).when(&refusal(" "));
    let story = story.then_refused(CaseRefusal::ReasonMissing);
    let story = story.when(&refusal("道路已经恢复")).then_done();
    let answer = story.state().extensions[0].answer.clone();
    assert!(matches!(answer, Some(ExtensionAnswer::Refused { reason }) if reason == "道路已经恢复"));
    story.by(handler(sample::TOWNSHIP)).when(&ask()).then_done();
}

#[test]
fn the_new_date_is_later_but_not_by_more_than_was_allowed_at_first() {
    let ask_until = |to: &str, refused| {
        let deadline = Some(clock(sample::TOWNSHIP));
        let command = request_of(Obligation::FirstInspection, to, deadline);
        let story = acknowledged(sample::TOWNSHIP).when(&command);
        story.then_refused(refused);
    };
    ask_until(DUE, CaseRefusal::ExtensionNotLater);
    ask_until("2020-06-09T16:00:00Z", CaseRefusal::ExtensionTooLong);
    // Remaining measures end with the rectification stage, whatever is granted.
    let deadline = Deadline {
        clock: "remaining_measures#1".into(),
        unit: UnitCode::of(sample::TOWNSHIP),
        due: at("2020-07-30T15:59:59Z"),
    };
    let measures = |to| request_of(Obligation::RemainingMeasures, to, Some(deadline.clone()));
    let story = confirmed().when(&measures("2020-08-03T15:59:59Z"));
    let story = story.then_refused(CaseRefusal::ExtensionTooLong);
    story.when(&measures("2020-07-31T15:59:59Z")).then_done();
}

#[test]
fn what_is_to_be_done_at_once_or_does_not_run_is_not_extended() {
    let immediate = request_of(Obligation::ImmediateMeasure, LATER, Some(clock(sample::TOWNSHIP)));
    let story = acknowledged(sample::TOWNSHIP).when(&immediate);
    let story = story.then_refused(CaseRefusal::NotExtendable);
    let story = story.when(&request_of(Obligation::Classify, LATER, None));
    let story = story.then_refused(CaseRefusal::NoSuchDeadline);
    let mut mute = request_of(Obligation::FirstInspection, LATER, Some(clock(sample::TOWNSHIP)));
    if let CaseCommand::RequestExtension(command) = &mut mute {
        command.reason = " ".into();
    }
    let story = story.when(&mute).then_refused(CaseRefusal::ReasonMissing);
    let story = story
        .when(&refusal("没有申请"))
        .then_refused(CaseRefusal::NoExtensionRequested);
    drop(story);
    let done_meanwhile = CaseCommand::GrantExtension(GrantExtension {
        obligation: Obligation::FirstInspection,
        deadline: None,
    });
    let story = asked().by(leader(sample::COUNTY)).when(&done_meanwhile);
    story.then_refused(CaseRefusal::NoSuchDeadline);
    let closed = super::decision::found_clean_and_closed().by(handler(sample::TOWNSHIP));
    closed.when(&ask()).then_refused(CaseRefusal::AlreadyClosed);
}
