//! Whoever does not come is called: the turn to report and to guarantee.

use super::*;

const LAST_DAY: &str = "2020-06-29T16:00:00Z";

fn turn(turn: Turn) -> ReportCommand {
    ReportCommand::RaiseTurn(RaiseTurn {
        report: a_draft(sample::VILLAGE).report,
        turn,
        since: since(),
    })
}
fn since() -> Timestamp {
    LAST_DAY.parse().expect("a timestamp")
}

#[test]
fn a_report_that_nobody_drafted_is_asked_for_once() {
    let report = a_draft(sample::VILLAGE).report;
    let story = at_the_end().by(policy());
    let story = story.when(&turn(Turn::Report)).then([ReportEvent::ReportDue {
        report,
        since: since(),
    }]);
    assert_eq!(
        (story.state().due, story.state().progress),
        (Some(since()), Progress::Absent)
    );
    let story = story.when(&turn(Turn::Report)).then_nothing();
    let story = story.by(handler(sample::VILLAGE));
    story.when(&draft(a_draft(sample::VILLAGE))).then_done();
}

#[test]
fn whoever_was_quicker_is_asked_for_nothing() {
    for story in [drafted(sample::VILLAGE), signed(sample::VILLAGE)] {
        let story = story.by(policy()).when(&turn(Turn::Report)).then_nothing();
        story.when(&turn(Turn::Guarantee)).then_done();
    }
    let guaranteed = at_the_end().by(leader(sample::VILLAGE));
    let guaranteed = guaranteed
        .when(&guarantee(sample::VILLAGE, "保证不漏一户"))
        .then_done();
    let story = guaranteed
        .by(policy())
        .when(&turn(Turn::Guarantee))
        .then_nothing();
    story.when(&turn(Turn::Report)).then_done();
}

#[test]
fn a_guarantee_that_nobody_gave_is_asked_for_once() {
    let report = a_draft(sample::VILLAGE).report;
    let story = at_the_end().by(policy());
    let story = story
        .when(&turn(Turn::Guarantee))
        .then([ReportEvent::GuaranteeDue {
            report,
            since: since(),
        }]);
    let story = story.when(&turn(Turn::Guarantee)).then_nothing();
    let story = story.by(leader(sample::VILLAGE));
    let story = story
        .when(&guarantee(sample::VILLAGE, "保证不漏一户"))
        .then_done();
    assert_eq!(story.state().guarantee_due, Some(since()));
}

#[test]
fn nobody_raises_a_turn_by_hand_nor_for_what_does_not_report() {
    for asked in [Turn::Report, Turn::Guarantee] {
        let story = at_the_end().by(leader(sample::TOWNSHIP)).when(&turn(asked));
        story.then_refused(ReportRefusal::NotAPolicy);
        let office = RaiseTurn {
            report: a_draft(sample::OFFICE).report,
            turn: asked,
            since: since(),
        };
        let story = at_the_end().by(policy());
        story
            .when(&ReportCommand::RaiseTurn(office))
            .then_refused(ReportRefusal::NotAnArea);
    }
}
