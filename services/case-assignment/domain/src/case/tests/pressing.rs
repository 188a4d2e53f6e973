//! Urgency: given by whoever assigns, taken back by nobody.

use super::*;

/// 3 a.m.: it cannot wait for tomorrow's limits, and nobody who has it later makes it wait.
#[test]
fn whoever_assigns_makes_it_urgent_and_nobody_takes_that_back() {
    let to = |unit: &str, urgent| {
        CaseCommand::Assign(AssignCase {
            to: UnitCode::of(unit),
            instructions: String::new(),
            co_handlers: vec![],
            urgent,
        })
    };
    let given = |unit: &str| CaseEvent::CaseAssigned {
        to: UnitCode::of(unit),
        instructions: String::new(),
        co_handlers: vec![],
    };
    let story = opened().by(city());
    assert_eq!(story.state().urgency, Urgency::Normal);
    let story = story
        .when(&to(sample::TOWNSHIP, true))
        .then([CaseEvent::MadeUrgent {}, given(sample::TOWNSHIP)]);
    assert_eq!(story.state().urgency, Urgency::Urgent);
    let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE).then_done();
    let story = story
        .when(&to(sample::VILLAGE, false))
        .then([given(sample::VILLAGE)]);
    assert_eq!(story.state().urgency, Urgency::Urgent);
}
