//! Identification, classification, review of clean findings, closing and reopening.

use super::*;
use crate::CorrectClass;

/// A township found nothing, and its county agreed.
pub(super) fn found_clean_and_closed() -> Story {
    inspected(sample::TOWNSHIP, Finding::Clean)
        .by(leader(sample::COUNTY))
        .when(&review(true))
        .then_done()
}

#[test]
fn a_township_classifies_what_is_beyond_doubt_and_the_case_is_confirmed() {
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity)
        .when(&classify(Classification::C))
        .then([
            CaseEvent::SiteClassified {
                class: Classification::C,
                basis: "无证无照".into(),
                refer_to: None,
            },
            CaseEvent::CaseConfirmed {
                class: Class::C,
                owner: UnitCode::of(sample::TOWNSHIP),
                place: open_tip().place,
                summary: open_tip().summary,
                urgency: Urgency::Normal,
            },
        ]);
    let state = story.state();
    assert_eq!(
        (state.progress, state.class),
        (Progress::Confirmed, Some(Class::C))
    );
}

#[test]
fn classification_requires_an_inspection() {
    let story = acknowledged(sample::TOWNSHIP).when(&classify(Classification::C));
    story.then_refused(CaseRefusal::NotInspected);
}

#[test]
fn a_doubtful_site_is_not_for_townships_or_villages() {
    let command = classify(Classification::C);
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).when(&command);
    let story = story.then_refused(CaseRefusal::DoubtfulGoesToCounty);
    let story = story.by(handler(sample::COUNTY)).when(&command);
    story.then_done();
    let story = inspected(sample::VILLAGE, Finding::ConfirmedActivity).when(&command);
    let story = story.then_refused(CaseRefusal::VillagesNeverClassify);
    let story = story.by(leader(sample::TOWNSHIP)).when(&command).then_done();
    assert_eq!(owner(&story), sample::VILLAGE);
}

#[test]
fn only_handlers_and_leaders_of_the_subtree_classify() {
    for stranger in [
        handler(sample::OTHER_TOWNSHIP),
        handler(sample::OTHER_COUNTY),
        county(),
        policy(),
    ] {
        let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity).by(stranger);
        let story = story.when(&classify(Classification::C));
        story.then_refused(CaseRefusal::NotClassifier);
    }
}

#[test]
fn a_classification_states_its_basis() {
    let mute = CaseCommand::Classify(ClassifySite {
        class: Classification::C,
        basis: " ".into(),
        refer_to: None,
    });
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity).when(&mute);
    story.then_refused(CaseRefusal::BasisMissing);
}

#[test]
fn a_doubtful_site_goes_to_the_county_with_the_doubt_named() {
    let mute = CaseCommand::RequestIdentification(RequestIdentification { doubt: String::new() });
    let story = acknowledged(sample::TOWNSHIP).when(&request());
    let story = story.then_refused(CaseRefusal::NotInspected);
    let story = story.when(&inspect(Finding::Suspected)).then_done();
    let story = story.when(&mute).then_refused(CaseRefusal::DoubtMissing);
    let story = story.by(county()).when(&request());
    let story = story.then_refused(CaseRefusal::NotOwner);
    let story = story.by(handler(sample::TOWNSHIP)).when(&request()).then_done();
    assert_eq!(story.state().progress, Progress::Identification);
    let story = story.when(&classify(Classification::C));
    story.then_refused(CaseRefusal::WithCounty);
}

#[test]
fn a_county_department_asks_nobody() {
    let story = inspected(sample::COUNTY_ECOLOGY, Finding::Suspected).when(&request());
    let story = story.then_refused(CaseRefusal::CountyDecidesItself);
    story.when(&classify(Classification::C)).then_done();
}

/// Class A asks for one measure where class C asks for four.
#[test]
fn a_class_rests_on_what_was_found_or_on_the_county_s_word() {
    let showing = |class: Class| {
        let mut visit = an_inspection(Finding::ConfirmedActivity);
        let check = match class {
            Class::A => &mut visit.five.missed_enterprise,
            Class::B => &mut visit.five.changed_scope,
            Class::C => &mut visit.five.hidden_workshop,
        };
        check.answer = Answer::Yes;
        CaseCommand::RecordInspection(visit)
    };
    for (class, other) in [(Classification::A, Class::B), (Classification::B, Class::A)] {
        let story = acknowledged(sample::TOWNSHIP).when(&showing(other)).then_done();
        let story = story
            .when(&classify(class))
            .then_refused(CaseRefusal::ClassNotFound);
        let shown = class.class().expect("a class");
        let story = story.when(&showing(shown)).then_done();
        story.when(&classify(class)).then_done();
        let story = with_the_county().by(handler(sample::COUNTY));
        let story = story.when(&identify(true, None)).then_done();
        let story = story.by(handler(sample::TOWNSHIP));
        story.when(&classify(class)).then_done();
    }
}

#[test]
fn only_the_county_identifies() {
    let command = identify(true, Some(Class::C));
    for stranger in [
        handler(sample::TOWNSHIP),
        leader(sample::VILLAGE),
        leader(sample::CITY),
        handler(sample::OTHER_COUNTY),
        county(),
    ] {
        let story = with_the_county().by(stranger).when(&command);
        story.then_refused(CaseRefusal::NotCounty);
    }
    let story = with_the_county()
        .by(handler(sample::COUNTY_ECOLOGY))
        .when(&command);
    let story = story.then_done();
    assert_eq!(story.state().progress, Progress::Confirmed);
    let story = story.when(&command);
    story.then_refused(CaseRefusal::NoIdentificationRequested);
}

#[test]
fn identified_without_a_class_the_township_may_classify() {
    let story = with_the_county().by(handler(sample::COUNTY));
    let story = story.when(&identify(true, None)).then_done();
    assert!(!story.state().is_doubtful());
    let story = story.by(handler(sample::TOWNSHIP)).when(&request());
    let story = story.then_refused(CaseRefusal::AlreadyIdentified);
    let story = story.when(&classify(Classification::NotSmallChemical));
    let story = story.then_refused(CaseRefusal::ClassContradicts);
    story.when(&classify(Classification::C)).then_done();
}

#[test]
fn identified_as_none_the_case_closes() {
    let story = with_the_county().by(leader(sample::COUNTY));
    let story = story.when(&identify(false, Some(Class::A)));
    let story = story.then_refused(CaseRefusal::ClassContradicts);
    let mute = CaseCommand::Identify(IdentifySite {
        small_chemical: true,
        class: None,
        basis: " ".into(),
        refer_to: None,
    });
    let story = story.when(&mute).then_refused(CaseRefusal::BasisMissing);
    let story = story.when(&identify(false, None)).then_done();
    let closed = story.state().closed;
    assert_eq!(closed, Some(ClosingReason::NotSmallChemical { refer_to: None }));
}

#[test]
fn a_clean_finding_is_reviewed_by_a_leader_of_the_level_above() {
    let clean = |by| inspected(by, Finding::Clean);
    for stranger in [
        leader(sample::TOWNSHIP),
        leader(sample::CITY),
        leader(sample::COUNTY_ECOLOGY),
        leader(sample::OTHER_COUNTY),
        handler(sample::COUNTY),
        policy(),
    ] {
        let story = clean(sample::TOWNSHIP).by(stranger).when(&review(true));
        story.then_refused(CaseRefusal::NotReviewer);
    }
    let reviewers = [
        (sample::VILLAGE, sample::TOWNSHIP),
        (sample::TOWNSHIP, sample::COUNTY),
        (sample::COUNTY_ECOLOGY, sample::OFFICE),
    ];
    for (owner, above) in reviewers {
        let story = clean(owner).by(leader(above)).when(&review(true)).then_done();
        assert_eq!(story.state().closed, Some(ClosingReason::FoundClean));
    }
}

#[test]
fn nobody_reviews_an_inspection_they_took_part_in() {
    let story = acknowledged(sample::TOWNSHIP).by(county());
    let story = story.when(&co_handler(sample::COUNTY)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&inspect(Finding::Clean));
    let story = story.then_done().by(handler(sample::TOWNSHIP));
    let mut own = an_inspection(Finding::Clean);
    own.evidence = vec![EvidenceId::sample(3)];
    let story = story.when(&CaseCommand::RecordInspection(own)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&review(true));
    story.then_refused(CaseRefusal::OwnWork);
}

#[test]
fn a_review_that_does_not_agree_says_why_and_sends_them_out_again() {
    let mute = CaseCommand::ReviewCleanFinding(ReviewCleanFinding {
        agreed: false,
        note: String::new(),
    });
    let story = inspected(sample::TOWNSHIP, Finding::Clean).by(leader(sample::COUNTY));
    let story = story.when(&mute).then_refused(CaseRefusal::NoteMissing);
    let story = story.when(&review(false)).then_done();
    assert_eq!(story.state().progress, Progress::Acknowledged);
    let story = story.when(&review(true));
    let story = story.then_refused(CaseRefusal::NothingToReview);
    let story = story
        .by(handler(sample::TOWNSHIP))
        .when(&classify(Classification::C));
    let story = story.then_refused(CaseRefusal::NotInspected);
    story.when(&inspect(Finding::ConfirmedActivity)).then_done();
}

#[test]
fn a_closed_disposal_closes_the_case_and_names_whom_to_tell() {
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity)
        .by(policy())
        .when(&CLOSE_DISPOSED)
        .then_refused(CaseRefusal::NotConfirmed);
    drop(story);
    let story = confirmed().when(&CLOSE_DISPOSED);
    let story = story.then_refused(CaseRefusal::NotForPeople);
    let story = story
        .by(policy())
        .when(&CLOSE_DISPOSED)
        .then([CaseEvent::CaseClosed {
            reason: ClosingReason::Disposed,
            tips: vec![TipId::sample(1)],
            summary:
                "查实存在违法违规“小化工”，已彻底断水断电、拆除生产设备、清理厂房、清理生产原材料和产品。"
                    .into(),
        }]);
    story.when(&CLOSE_DISPOSED).then_nothing();
}

#[test]
fn a_case_closed_as_clean_is_reopened_and_inspected_afresh() {
    let story = found_clean_and_closed().by(handler(sample::TOWNSHIP));
    let story = story.when(&reopen()).then_refused(CaseRefusal::NotReopener);
    let mute = CaseCommand::Reopen(ReopenCase {
        reason: String::new(),
    });
    let story = story.by(county()).when(&mute);
    let story = story.then_refused(CaseRefusal::ReasonMissing);
    let story = story.when(&reopen()).then_done();
    assert_eq!(
        (story.state().progress, owner(&story)),
        (Progress::Assigned, sample::TOWNSHIP.into())
    );
    let story = story.when(&reopen()).then_refused(CaseRefusal::NotClosed);
    let story = story.by(handler(sample::TOWNSHIP)).when(&ACKNOWLEDGE).then_done();
    let story = story.when(&classify(Classification::C));
    story.then_refused(CaseRefusal::NotInspected);
}

#[test]
fn what_was_disposed_of_only_a_failed_spot_check_takes_up_again() {
    let story = confirmed().by(policy()).when(&CLOSE_DISPOSED).then_done();
    let story = story.by(county()).when(&reopen());
    let story = story.then_refused(CaseRefusal::RelapseIsANewCase);
    let story = story.when(&assign(sample::VILLAGE));
    let story = story.then_refused(CaseRefusal::AlreadyClosed);
    let story = story.by(policy()).when(&reopen()).then_done();
    assert_eq!(story.state().progress, Progress::Confirmed);
    story.when(&CLOSE_DISPOSED).then_done();
}

#[test]
fn an_inspected_case_has_been_inspected() {
    assert_eq!(not_now(Progress::Inspected), CaseRefusal::AlreadyInspected);
}

#[test]
fn a_case_has_the_class_that_its_disposal_was_given() {
    let correct = |class| {
        CaseCommand::CorrectClass(CorrectClass {
            class,
            basis: "超经营范围生产".into(),
        })
    };
    let story = confirmed().by(leader(sample::COUNTY)).when(&correct(Class::B));
    let story = story.then_refused(CaseRefusal::NotForPeople).by(policy());
    let story = story.when(&correct(Class::B)).then([CaseEvent::ClassCorrected {
        class: Class::B,
        basis: "超经营范围生产".into(),
    }]);
    assert_eq!(story.state().class, Some(Class::B));
    assert_eq!(story.state().progress, Progress::Confirmed);
    story.when(&correct(Class::B)).then_nothing();
}
