//! A site comes to light that a report does not hold: after the signature, and before it.

use super::*;

#[test]
fn a_site_found_later_contradicts_the_signed_report_once_and_names_the_signer() {
    let story = signed(sample::TOWNSHIP).by(policy());
    let story = story.when(&contradict(7)).then_nothing();
    let story = story.when(&contradict(8)).then([ReportEvent::ReportContradicted {
        case: CaseId::sample(8),
        place: "废弃养殖场".into(),
        signed_by: StaffId::of("leader-321322102"),
    }]);
    story.when(&contradict(8)).then_nothing();
    let filed = filed().by(policy()).when(&contradict(8)).then_done();
    assert_eq!(filed.state().contradictions.len(), 1);
}

#[test]
fn a_list_that_says_there_was_nothing_at_the_site_does_not_hold_it() {
    let nothing_there = ReportLine {
        state: "closed".into(),
        class: None,
        ..line(8)
    };
    let listed = DraftReport {
        list: vec![line(7), nothing_there],
        ..a_draft(sample::TOWNSHIP)
    };
    let drafted = at_the_end()
        .by(handler(sample::TOWNSHIP))
        .when(&draft(listed))
        .then_done();
    let signed = drafted.by(leader(sample::TOWNSHIP)).when(&sign()).then_done();
    let story = signed
        .by(policy())
        .when(&contradict(8))
        .then([ReportEvent::ReportContradicted {
            case: CaseId::sample(8),
            place: "废弃养殖场".into(),
            signed_by: StaffId::of("leader-321322102"),
        }]);
    story.when(&contradict(7)).then_nothing();
}

#[test]
fn a_site_found_before_the_signature_holds_the_signature_up_until_it_is_listed() {
    let story = drafted(sample::TOWNSHIP).by(policy());
    let story = story.when(&contradict(7)).then_nothing();
    let story = story.when(&contradict(8)).then([ReportEvent::DraftOutdated {
        case: CaseId::sample(8),
        place: "废弃养殖场".into(),
    }]);
    let story = story.when(&contradict(8)).then_nothing();
    let story = story.by(leader(sample::TOWNSHIP));
    let story = story.when(&sign()).then_refused(ReportRefusal::DraftOutdated);
    // The same list once more is no new list.
    let story = story.when(&draft(a_draft(sample::TOWNSHIP))).then_nothing();
    let story = story.when(&sign()).then_refused(ReportRefusal::DraftOutdated);
    let anew = DraftReport {
        position: 4712,
        list: vec![line(7), line(8)],
        ..a_draft(sample::TOWNSHIP)
    };
    let story = story.when(&draft(anew)).then_done();
    let story = story.when(&sign()).then_done();
    let story = story.by(policy()).when(&contradict(8)).then_nothing();
    assert!(story.state().contradictions.is_empty());
}

#[test]
fn a_site_found_while_somebody_signs_is_lost_in_neither_order() {
    let before = drafted(sample::VILLAGE)
        .by(policy())
        .when(&contradict(8))
        .then_done();
    let story = before.by(leader(sample::VILLAGE)).when(&sign());
    story.then_refused(ReportRefusal::DraftOutdated);
    let after = signed(sample::VILLAGE)
        .by(policy())
        .when(&contradict(8))
        .then_done();
    assert_eq!(after.state().contradictions.len(), 1);
}

#[test]
fn nothing_contradicts_what_nobody_has_written_down() {
    let story = at_the_end().by(policy());
    story.when(&contradict(8)).then_nothing();
    let story = signed(sample::TOWNSHIP).by(leader(sample::COUNTY));
    let story = story.when(&send_back()).then_done();
    story.by(policy()).when(&contradict(8)).then_nothing();
    for story in [drafted(sample::TOWNSHIP), signed(sample::TOWNSHIP)] {
        let story = story.when(&contradict(8));
        story.then_refused(ReportRefusal::NotAPolicy);
    }
}

#[test]
fn a_site_that_is_listed_under_a_case_merged_since_is_listed() {
    let story = signed(sample::TOWNSHIP).by(policy());
    let story = story.when(&contradict_by(8, &[7])).then_nothing();
    let story = story.when(&contradict_by(8, &[6])).then_done();
    // And one that was held against them under the merged case is not held against them once more.
    let story = story.when(&contradict_by(9, &[8])).then_nothing();
    assert_eq!(story.state().contradictions.len(), 1);
    let story = drafted(sample::TOWNSHIP).by(policy());
    let story = story.when(&contradict_by(8, &[7])).then_nothing();
    story.by(leader(sample::TOWNSHIP)).when(&sign()).then_done();
}
