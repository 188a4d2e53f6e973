//! A wrong class is put right by who reviews.

use super::*;
use crate::Reclassify;

fn reclassify(class: Class) -> DisposalCommand {
    DisposalCommand::Reclassify(Reclassify {
        class,
        basis: "现场查实没有营业执照".into(),
    })
}

#[test]
fn the_county_orders_the_measures_of_the_right_class() {
    let story = ordered(Class::A, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::Close)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&reclassify(Class::C));
    let story = story.then([DisposalEvent::DisposalReclassified {
        class: Class::C,
        measures: prescribed(Class::C).to_vec(),
        basis: "现场查实没有营业执照".into(),
    }]);
    assert_eq!(story.state().class, Some(Class::C));
    assert_eq!(story.state().progress, Progress::InProgress);
    assert_eq!(story.state().open_measures().count(), 4);
    let story = story.when(&reclassify(Class::C));
    let story = story.then_refused(DisposalRefusal::SameClass);
    let story = story
        .by(handler(sample::TOWNSHIP))
        .when(&complete(Measure::Close));
    story.then_refused(DisposalRefusal::MeasureNotPrescribed);
}

#[test]
fn what_the_right_class_prescribes_too_stays_done_and_is_signed_for_anew() {
    let story = worked_off(sample::VILLAGE).by(leader(sample::TOWNSHIP));
    let story = story.when(&PASS).then_done();
    let reclassified = DisposalEvent::DisposalReclassified {
        class: Class::B,
        measures: vec![Measure::StopProduction, Measure::CutWaterAndPower],
        basis: "超经营范围".into(),
    };
    let story = story.given([reclassified]);
    let open: Vec<_> = story.state().open_measures().collect();
    assert_eq!(open, [Measure::StopProduction]);
    assert!(story.state().signatures.is_empty());
    assert!(story.state().plan.is_none(), "it was written for other measures");
}

#[test]
fn nobody_below_the_county_changes_a_class_nor_whoever_did_the_work() {
    for by in [
        handler(sample::TOWNSHIP),
        leader(sample::TOWNSHIP),
        leader(sample::OTHER_COUNTY),
        handler(sample::COUNTY),
    ] {
        let story = worked_off(sample::VILLAGE).by(by).when(&reclassify(Class::B));
        story.then_refused(DisposalRefusal::NotReclassifier);
    }
    // The county does not judge its own department's class.
    let story = ordered(Class::A, sample::COUNTY_ECOLOGY).by(leader(sample::COUNTY));
    let story = story.when(&reclassify(Class::C));
    let story = story.then_refused(DisposalRefusal::NotReclassifier);
    story
        .by(leader(sample::CITY))
        .when(&reclassify(Class::C))
        .then_done();
    let moved_up = Actor::staff(
        jurisdiction::StaffId::of(&format!("handler-{}", sample::TOWNSHIP)),
        UnitCode::of(sample::COUNTY),
        Role::Leader,
    );
    let story = worked_off(sample::TOWNSHIP)
        .by(moved_up)
        .when(&reclassify(Class::B));
    story.then_refused(DisposalRefusal::OwnWork);
}

/// C has four measures, A has one: whoever drops what is undone has as good as done it.
#[test]
fn whoever_drops_open_measures_by_a_change_of_class_does_not_sign_for_the_rest() {
    let story = ordered(Class::C, sample::TOWNSHIP).by(leader(sample::COUNTY));
    let story = story.when(&reclassify(Class::A)).then_done();
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::Close)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&PASS);
    let story = story.then_refused(DisposalRefusal::OwnWork);
    let another = Actor::staff(
        StaffId::of("second-leader"),
        UnitCode::of(sample::COUNTY),
        Role::Leader,
    );
    let story = story.by(another).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

#[test]
fn whoever_takes_back_a_change_of_class_or_drops_only_what_is_done_signs_as_before() {
    let back = ordered(Class::C, sample::TOWNSHIP).by(leader(sample::COUNTY));
    let back = back.when(&reclassify(Class::A)).then_done();
    let back = back.when(&reclassify(Class::C)).then_done();
    assert!(back.state().spared.is_empty());
    // The level above makes the change instead.
    let above = back.by(leader(sample::CITY)).when(&reclassify(Class::A));
    let above = above.then_done().by(handler(sample::TOWNSHIP));
    let above = above.when(&complete(Measure::Close)).then_done();
    let above = above.by(leader(sample::COUNTY)).when(&PASS).then_done();
    assert_eq!(above.state().progress, Progress::Closed);

    let stricter = ordered(Class::A, sample::TOWNSHIP).by(leader(sample::COUNTY));
    let stricter = stricter.when(&reclassify(Class::B)).then_done();
    assert!(stricter.state().spared.is_empty());

    let done = worked_off(sample::TOWNSHIP).by(leader(sample::COUNTY));
    let done = done.when(&reclassify(Class::A)).then_done();
    let done = done.by(handler(sample::TOWNSHIP)).when(&complete(Measure::Close));
    let done = done.then_done().by(leader(sample::COUNTY));
    done.when(&PASS).then_done();
}

#[test]
fn a_class_is_changed_with_a_basis_and_before_the_closing() {
    let mute = DisposalCommand::Reclassify(Reclassify {
        class: Class::C,
        basis: " ".into(),
    });
    let story = ordered(Class::A, sample::TOWNSHIP).by(leader(sample::COUNTY));
    story.when(&mute).then_refused(DisposalRefusal::BasisMissing);
    let story = closed().by(leader(sample::COUNTY)).when(&reclassify(Class::A));
    story.then_refused(DisposalRefusal::AlreadyClosed);
}
