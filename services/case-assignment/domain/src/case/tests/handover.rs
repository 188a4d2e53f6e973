//! Cases that change hands late: with the county, under review, in disposal.

use super::*;

/// The township's leadership turns out to stand behind the works: from then on the case does not exist for it.
fn about_the_township(story: Story) -> Story {
    let against = Against::unit(UnitCode::of(sample::TOWNSHIP));
    story.by(policy()).given([CaseEvent::ConflictNoted { against }])
}

#[test]
fn what_the_county_ponders_goes_on_with_another_owner() {
    let story = about_the_township(with_the_county()).by(county());
    let story = story.when(&reassign(sample::COUNTY_ECOLOGY)).then_done();
    assert_eq!(story.state().progress, Progress::Assigned);
    let story = story.by(handler(sample::COUNTY_ECOLOGY)).when(&ACKNOWLEDGE);
    let story = story.then_done();
    // What was found stays found.
    assert_eq!(story.state().progress, Progress::Inspected);
    story.when(&classify(Classification::C)).then_done();
}

#[test]
fn who_takes_over_a_clean_finding_looks_for_himself() {
    let story = about_the_township(inspected(sample::TOWNSHIP, Finding::Clean)).by(county());
    let story = story.when(&reassign(sample::COUNTY_ECOLOGY)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&review(true));
    let story = story.then_refused(CaseRefusal::NothingToReview);
    let story = story.by(handler(sample::COUNTY_ECOLOGY)).when(&ACKNOWLEDGE);
    let story = story.then_done();
    assert_eq!(story.state().progress, Progress::Acknowledged);
    story.when(&inspect(Finding::Suspected)).then_done();
}

#[test]
fn a_confirmed_case_changes_hands_and_stays_confirmed() {
    let story = about_the_township(confirmed()).by(county());
    let story = story.when(&reassign(sample::COUNTY_ECOLOGY)).then_done();
    let state = story.state();
    assert_eq!(
        (state.progress, state.class),
        (Progress::Confirmed, Some(Class::C))
    );
    assert_eq!(owner(&story), sample::COUNTY_ECOLOGY);
    let closed = story.by(policy()).when(&CLOSE_DISPOSED).then_done();
    let story = closed.by(county()).when(&reassign(sample::OTHER_TOWNSHIP));
    story.then_refused(CaseRefusal::AlreadyClosed);
}

#[test]
fn a_designated_case_in_disposal_is_designated_anew() {
    let story = returned_twice().by(county());
    let story = story.when(&designate(sample::TOWNSHIP)).then_done();
    let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE).then_done();
    let story = story.when(&inspect(Finding::ConfirmedActivity)).then_done();
    let story = story.when(&classify(Classification::C)).then_done();
    let story = about_the_township(story).by(city());
    let story = story.when(&reassign(sample::COUNTY_ECOLOGY));
    let story = story.then_refused(CaseRefusal::DesignatedStays);
    let story = story.when(&designate(sample::COUNTY_ECOLOGY)).then_done();
    assert_eq!(story.state().progress, Progress::Confirmed);
}
