//! Results are those of a whole stage: nothing is drafted or signed before its last day.

use super::*;
use jiff::civil::Date;

/// A second before the last day begins in Suqian, and its first.
const BEFORE: &str = "2020-06-29T15:59:59Z";
const BEGUN: &str = "2020-06-29T16:00:00Z";

#[test]
fn an_empty_report_of_the_first_day_is_no_report() {
    let empty = DraftReport {
        list: vec![],
        ..a_draft(sample::VILLAGE)
    };
    for early in ["2020-05-20T01:00:00Z", BEFORE] {
        for actor in [handler(sample::VILLAGE), policy()] {
            let story = Scenario::<Report>::new().at(early).by(actor);
            let story = story.when(&draft(empty.clone()));
            story.then_refused(ReportRefusal::StageNotOver);
        }
    }
    let story = Scenario::<Report>::new().at(BEGUN).by(handler(sample::VILLAGE));
    let story = story.when(&draft(empty)).then_done();
    story.by(leader(sample::VILLAGE)).when(&sign()).then_done();
}

#[test]
fn acceptance_is_not_reported_in_may() {
    let story = Scenario::<Report>::new().at("2020-05-25T01:00:00Z");
    let story = story.by(handler(sample::COUNTY));
    let story = story.when(&draft(a_draft_of(sample::COUNTY, "acceptance")));
    story.then_refused(ReportRefusal::StageNotOver);
}

#[test]
fn a_stage_without_end_has_no_results() {
    let endless = |known: &mut jurisdiction::Jurisdiction| known.stages[0].to = None;
    let story = at_the_end().jurisdiction(endless).by(handler(sample::VILLAGE));
    let story = story.when(&draft(a_draft(sample::VILLAGE)));
    story.then_refused(ReportRefusal::StageNotOver);
}

#[test]
fn a_guarantee_is_given_when_the_stage_begins() {
    let story = Scenario::<Report>::new().at("2020-05-20T01:00:00Z");
    let story = story.by(leader(sample::VILLAGE));
    story
        .when(&guarantee(sample::VILLAGE, "保证不漏一户"))
        .then_done();
}

/// Drafted on what was the last day, or before anybody was asked to wait for it.
#[test]
fn a_draft_from_before_the_last_day_is_drafted_anew_before_it_is_signed() {
    let prolonged = |known: &mut jurisdiction::Jurisdiction| {
        known.stages[0].to = Some(Date::constant(2020, 7, 5));
    };
    let story = drafted(sample::VILLAGE)
        .jurisdiction(prolonged)
        .by(leader(sample::VILLAGE));
    let story = story.when(&sign()).then_refused(ReportRefusal::StageNotOver);
    let story = story.at("2020-07-05T01:00:00Z");
    let story = story.when(&sign()).then_refused(ReportRefusal::StageNotOver);
    let story = story.when(&draft(a_draft(sample::VILLAGE))).then_done();
    assert!(story.when(&sign()).then_done().state().progress.is_signed());
}
