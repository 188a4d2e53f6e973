//! 撤并: what was merged into a neighbour is reported by that, and by nobody else.

use super::*;
use jurisdiction::Jurisdiction;

fn village_merged(jurisdiction: &mut Jurisdiction) {
    jurisdiction.merge(
        &UnitCode::of(sample::VILLAGE),
        &UnitCode::of(sample::OTHER_VILLAGE),
    );
}
fn township_merged(jurisdiction: &mut Jurisdiction) {
    let into = UnitCode::of(sample::OTHER_TOWNSHIP);
    jurisdiction.merge(&UnitCode::of(sample::TOWNSHIP), &into);
}

/// The merged unit hangs below its successor, and has nobody left who could sign for it.
#[test]
fn the_successor_waits_for_no_report_of_what_was_merged_into_it() {
    for (unit, merged) in [
        (sample::OTHER_VILLAGE, village_merged as fn(&mut Jurisdiction)),
        (sample::OTHER_TOWNSHIP, township_merged),
    ] {
        let story = at_the_end().jurisdiction(merged).by(handler(unit));
        story.when(&draft(a_draft(unit))).then_done();
    }
}

#[test]
fn the_unit_above_attaches_the_successor_s_report_only() {
    let above = |below: &[&str]| {
        let mut command = a_draft(sample::TOWNSHIP);
        command.lower = below.iter().map(|unit| lower(unit)).collect();
        let story = at_the_end().jurisdiction(village_merged);
        story.by(handler(sample::TOWNSHIP)).when(&draft(command))
    };
    above(&[sample::OTHER_VILLAGE]).then_done();
    above(&[sample::VILLAGE, sample::OTHER_VILLAGE]).then_refused(ReportRefusal::ForeignLowerReport);
    above(&[]).then_refused(ReportRefusal::LowerReportMissing);
}
