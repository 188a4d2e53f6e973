//! “Not a small chemical works”: who may say so, on what, and who looks at it.

use super::*;

fn denial() -> CaseCommand {
    CaseCommand::Classify(ClassifySite {
        class: Classification::NotSmallChemical,
        basis: "食品加工作坊".into(),
        refer_to: Some("县市场监督管理局".into()),
    })
}
fn beyond() -> Competent {
    Competent::Beyond("县市场监督管理局".into())
}
fn reason() -> ClosingReason {
    ClosingReason::NotSmallChemical {
        refer_to: Some(beyond()),
    }
}
fn unphotographed(finding: Finding) -> CaseCommand {
    CaseCommand::RecordInspection(RecordInspection {
        evidence: vec![],
        ..an_inspection(finding)
    })
}
/// The county's word over that of whoever found it at work.
fn denied() -> Story {
    inspected(sample::TOWNSHIP, Finding::ConfirmedActivity)
        .by(leader(sample::COUNTY))
        .when(&denial())
        .then_done()
}

#[test]
fn the_county_says_that_it_is_none_and_the_case_closes_with_all_tips() {
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).by(leader(sample::COUNTY));
    let story = story.when(&denial()).then([
        CaseEvent::SiteClassified {
            class: Classification::NotSmallChemical,
            basis: "食品加工作坊".into(),
            refer_to: Some(beyond()),
        },
        CaseEvent::CaseClosed {
            reason: reason(),
            tips: vec![TipId::sample(1)],
            summary: "经核查不属于“小化工”，已转县市场监督管理局处理。".into(),
        },
    ]);
    assert!(!story.state().is_open());
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity).when(&denial());
    story.then_refused(CaseRefusal::NotSmallChemicalIsForCounty);
}

#[test]
fn a_department_of_the_directory_is_kept_by_its_code_and_named_as_it_is_called() {
    let to_ecology = CaseCommand::Classify(ClassifySite {
        class: Classification::NotSmallChemical,
        basis: "喷漆房，废气直排".into(),
        refer_to: Some(format!(" {} ", sample::COUNTY_ECOLOGY)),
    });
    let name = sample::suqian().unit_name(&UnitCode::of(sample::COUNTY_ECOLOGY));
    let ecology = Competent::Unit {
        unit: UnitCode::of(sample::COUNTY_ECOLOGY),
        name: name.clone(),
    };
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).by(leader(sample::COUNTY));
    story.when(&to_ecology).then([
        CaseEvent::SiteClassified {
            class: Classification::NotSmallChemical,
            basis: "喷漆房，废气直排".into(),
            refer_to: Some(ecology.clone()),
        },
        CaseEvent::CaseClosed {
            reason: ClosingReason::NotSmallChemical {
                refer_to: Some(ecology),
            },
            tips: vec![TipId::sample(1)],
            summary: format!("经核查不属于“小化工”，已转{name}处理。"),
        },
    ]);
}

fn referring(to: &str) -> CaseCommand {
    CaseCommand::Classify(ClassifySite {
        class: Classification::NotSmallChemical,
        basis: "喷漆房，废气直排".into(),
        refer_to: Some(to.into()),
    })
}

#[test]
fn a_code_that_is_no_unit_of_today_is_a_slip_and_no_name() {
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).by(leader(sample::COUNTY));
    let story = story
        .when(&referring("321322-XX"))
        .then_refused(CaseRefusal::CompetentUnknown);
    let ecology = UnitCode::of(sample::COUNTY_ECOLOGY);
    let merged = story.jurisdiction(|known| known.merge(&ecology, &UnitCode::of(sample::COUNTY)));
    merged
        .when(&referring(sample::COUNTY_ECOLOGY))
        .then_refused(CaseRefusal::CompetentUnknown);
}

/// What is said beside a class is passed over, as it always was.
#[test]
fn who_would_be_competent_for_none_does_not_matter_for_one() {
    let confirmed = CaseCommand::Classify(ClassifySite {
        class: Classification::C,
        basis: "无证无照".into(),
        refer_to: Some("321322-XX".into()),
    });
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity).by(leader(sample::COUNTY));
    story.when(&confirmed).then_done();
}

#[test]
fn whom_a_case_turns_out_to_be_about_while_it_is_looked_at_is_not_told_either() {
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity).by(leader(sample::COUNTY));
    let story = story.when(&referring(sample::COUNTY_ECOLOGY)).then_done();
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(sample::COUNTY_ECOLOGY)),
    };
    let agree = CaseCommand::ReviewCleanFinding(ReviewCleanFinding {
        agreed: true,
        note: "已看过照片".into(),
    });
    let story = story
        .given([noted])
        .by(leader(sample::CITY))
        .when(&agree)
        .then_done();
    assert_eq!(
        story.state().closed,
        Some(ClosingReason::NotSmallChemical { refer_to: None })
    );
}

#[test]
fn whom_a_case_is_about_is_not_asked_to_deal_with_the_rest_of_it() {
    let noted = CaseEvent::ConflictNoted {
        against: Against::unit(UnitCode::of(sample::COUNTY_ECOLOGY)),
    };
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).given([noted]);
    story
        .by(leader(sample::COUNTY))
        .when(&CaseCommand::Classify(ClassifySite {
            class: Classification::NotSmallChemical,
            basis: "喷漆房，废气直排".into(),
            refer_to: Some(sample::COUNTY_ECOLOGY.into()),
        }))
        .then_refused(CaseRefusal::CompetentInConflict);
}

#[test]
fn a_department_that_has_nothing_to_do_with_the_case_denies_nothing() {
    let story = inspected(sample::TOWNSHIP, Finding::Suspected).by(handler(sample::COUNTY_ECOLOGY));
    let story = story
        .when(&denial())
        .then_refused(CaseRefusal::NotSmallChemicalIsForHandlers);
    let story = story
        .by(county())
        .when(&co_handler(sample::COUNTY_ECOLOGY))
        .then_done();
    let story = story
        .by(handler(sample::COUNTY_ECOLOGY))
        .when(&denial())
        .then_done();
    assert_eq!(
        story.state().progress,
        Progress::CleanAwaitingReview,
        "nobody who handles it closes it alone"
    );
    let story = with_the_county().by(handler(sample::COUNTY_ECOLOGY));
    let story = story
        .when(&identify(false, None))
        .then_refused(CaseRefusal::NotSmallChemicalIsForHandlers);
    story
        .by(handler(sample::COUNTY))
        .when(&identify(false, None))
        .then_done();
}

/// Who inspects, denies and closes alone needs to have found nothing to be believed.
#[test]
fn on_the_word_of_those_who_handle_it_or_were_there_it_closes_only_once_the_level_above_agrees() {
    let story = inspected(sample::COUNTY_ECOLOGY, Finding::Suspected);
    let story = story.when(&denial()).then_done();
    assert_eq!(story.state().progress, Progress::CleanAwaitingReview);
    let story = story.by(leader(sample::COUNTY)).when(&review(true));
    let story = story.then_refused(CaseRefusal::NotReviewer);
    let story = story.by(leader(sample::CITY)).when(&review(true)).then_done();
    assert_eq!(story.state().closed, Some(reason()));

    // The county government helped: its handler was at the site, its leader was not.
    let helped = || {
        let story = acknowledged(sample::TOWNSHIP).by(city());
        let story = story.when(&co_handler(sample::COUNTY)).then_done();
        let story = story.by(handler(sample::COUNTY));
        let story = story.when(&inspect(Finding::Suspected)).then_done();
        let remove = CaseCommand::RemoveCoHandler(RemoveCoHandler {
            unit: UnitCode::of(sample::COUNTY),
            reason: "协查结束".into(),
        });
        story.by(city()).when(&remove).then_done()
    };
    let story = helped().by(handler(sample::COUNTY)).when(&denial()).then_done();
    assert_eq!(story.state().progress, Progress::CleanAwaitingReview);
    let story = helped().by(leader(sample::COUNTY)).when(&denial()).then_done();
    assert_eq!(story.state().closed, Some(reason()));
}

#[test]
fn a_denial_rests_on_a_picture() {
    let story = acknowledged(sample::TOWNSHIP);
    let story = story.when(&unphotographed(Finding::Suspected)).then_done();
    let story = story.by(handler(sample::COUNTY)).when(&denial());
    let story = story.then_refused(CaseRefusal::NotSmallChemicalNeedsPhoto);
    let story = story.by(handler(sample::TOWNSHIP)).when(&request()).then_done();
    let story = story.by(handler(sample::COUNTY)).when(&identify(false, None));
    let story = story.then_refused(CaseRefusal::NotSmallChemicalNeedsPhoto);
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story.when(&inspect(Finding::Suspected)).then_done();
    story
        .by(handler(sample::COUNTY))
        .when(&identify(false, None))
        .then_done();
}

#[test]
fn over_the_word_of_whoever_found_it_at_work_the_level_above_has_to_agree() {
    let story = denied();
    assert_eq!(story.state().progress, Progress::CleanAwaitingReview);
    assert_eq!(
        story.state().under_review_of(),
        Some(&UnitCode::of(sample::COUNTY))
    );
    for stranger in [
        leader(sample::COUNTY),
        leader(sample::TOWNSHIP),
        leader(sample::OTHER_COUNTY),
        handler(sample::CITY),
    ] {
        let story = denied().by(stranger).when(&review(true));
        story.then_refused(CaseRefusal::NotReviewer);
    }
    let story = story.by(leader(sample::CITY)).when(&review(true)).then([
        CaseEvent::CleanFindingReviewed {
            agreed: true,
            note: "已核对照片".into(),
        },
        CaseEvent::CaseClosed {
            reason: reason(),
            tips: vec![TipId::sample(1)],
            summary: "经核查不属于“小化工”，已转县市场监督管理局处理。".into(),
        },
    ]);
    assert_eq!(story.state().denials.len(), 1);
}

#[test]
fn a_denial_that_the_level_above_does_not_share_sends_them_out_again() {
    let story = denied().by(leader(sample::CITY)).when(&review(false)).then_done();
    let state = story.state();
    assert_eq!((state.progress, state.denied), (Progress::Acknowledged, false));
    assert_eq!(state.under_review_of(), Some(&UnitCode::of(sample::TOWNSHIP)));
}

/// A co-handler found it at work, the owner found nothing later: the county's identification does not end it alone either.
#[test]
fn the_county_s_identification_needs_the_review_as_well() {
    let story = inspected(sample::TOWNSHIP, Finding::ConfirmedActivity);
    let story = story.when(&request()).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&identify(false, None));
    let story = story.then_done();
    assert_eq!(story.state().progress, Progress::CleanAwaitingReview);
    let story = story.by(leader(sample::CITY)).when(&review(true)).then_done();
    let closed = story.state().closed;
    assert_eq!(closed, Some(ClosingReason::NotSmallChemical { refer_to: None }));
}

#[test]
fn whoever_gets_the_case_meanwhile_looks_for_themselves() {
    let story = denied().by(city());
    let story = story.when(&reassign(sample::OTHER_TOWNSHIP)).then_done();
    assert!(!story.state().denied);
    assert_eq!(story.state().progress, Progress::Assigned);
}
