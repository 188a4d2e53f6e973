//! Conflict of interest: whom the case is about does not learn of its disposal either.

use super::*;

fn note(unit: &str) -> DisposalCommand {
    DisposalCommand::NoteConflict(NoteConflict {
        against: Against::unit(UnitCode::of(unit)),
    })
}

fn back() -> DisposalCommand {
    relapse(9, RelapseLink::Site)
}

#[test]
fn the_disposal_inherits_whom_the_case_is_about_and_is_unknown_to_them() {
    let mut order = order(Class::C, sample::COUNTY_ECOLOGY);
    if let DisposalCommand::Order(command) = &mut order {
        command.against = Against::unit(UnitCode::of(sample::TOWNSHIP));
    }
    let story = Story::new().by(policy()).when(&order).then_done();
    for hidden in [leader(sample::TOWNSHIP), handler(sample::VILLAGE)] {
        for command in [submit(), complete(Measure::CutWaterAndPower), PASS, back()] {
            let told = Story::new().by(policy()).when(&order).then_done();
            let told = told.by(hidden.clone()).when(&command);
            told.then_refused(DisposalRefusal::NotOrdered);
        }
    }
    story
        .by(handler(sample::COUNTY_ECOLOGY))
        .when(&submit())
        .then_done();
}

#[test]
fn what_is_noted_later_hides_it_from_then_on_even_from_who_carries_it_out() {
    let story = closed().by(leader(sample::COUNTY)).when(&note(sample::TOWNSHIP));
    let story = story.then_refused(DisposalRefusal::NotForPeople);
    let story = story.by(policy()).when(&note(sample::TOWNSHIP)).then_done();
    let story = story.when(&note(sample::TOWNSHIP)).then_nothing();
    let story = story.by(handler(sample::TOWNSHIP)).when(&back());
    story.then_refused(DisposalRefusal::NotOrdered);
}

#[test]
fn what_is_on_no_public_list_is_checked_without_a_draw_and_all_else_only_by_lot() {
    let story = closed().by(supervisor()).when(&draw(1));
    let story = story.then_refused(DisposalRefusal::DrawnByLot);
    assert!(story.state().awaits_draw());
    let story = story.by(policy()).when(&note(sample::TOWNSHIP)).then_done();
    assert!(!story.state().awaits_draw());
    story.by(supervisor()).when(&draw(1)).then_done();
}
