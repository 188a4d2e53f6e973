//! Reviews level by level, closing, spot checks.

use super::*;

fn reopened(measure: Measure, reason: &str) -> DisposalEvent {
    DisposalEvent::MeasureReopened {
        measure,
        reason: reason.into(),
    }
}

#[test]
fn village_work_is_reviewed_by_township_then_county_and_closes() {
    let story = worked_off(sample::VILLAGE);
    assert_eq!(story.state().progress, Progress::AwaitingReview);
    assert_eq!(story.state().next_review(), Some(Level::Township));
    let story = story.by(leader(sample::COUNTY)).when(&PASS);
    let story = story.then_refused(DisposalRefusal::LevelSkipped);
    let story = story.by(leader(sample::TOWNSHIP)).when(&PASS);
    let story = story.then([DisposalEvent::ReviewPassed {
        level: Level::Township,
    }]);
    let signatures = story.state().signatures;
    let signature = signatures.last().expect("it is known who signed");
    let signer = leader(sample::TOWNSHIP);
    assert_eq!(
        (signature.level, signature.unit.as_ref(), signature.by.as_ref()),
        (Level::Township, signer.unit(), signer.person())
    );
    let story = story.when(&PASS).then_refused(DisposalRefusal::AlreadyReviewed);
    let story = story.by(leader(sample::COUNTY)).when(&PASS).then([
        DisposalEvent::ReviewPassed { level: Level::County },
        DisposalEvent::DisposalClosed {},
    ]);
    assert_eq!(story.state().progress, Progress::Closed);
    story.when(&PASS).then_refused(DisposalRefusal::AlreadyClosed);
}

#[test]
fn township_work_is_reviewed_by_the_county_alone() {
    let story = worked_off(sample::TOWNSHIP);
    for stranger in [
        leader(sample::TOWNSHIP),
        leader(sample::CITY),
        leader(sample::COUNTY_ECOLOGY),
        leader(sample::OTHER_COUNTY),
        handler(sample::COUNTY),
        supervisor(),
        policy(),
    ] {
        let story = worked_off(sample::TOWNSHIP).by(stranger).when(&PASS);
        story.then_refused(DisposalRefusal::NotReviewer);
    }
    let story = story.by(leader(sample::COUNTY)).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

#[test]
fn a_county_departments_work_is_reviewed_by_the_city() {
    for reviewer in [supervisor(), leader(sample::CITY), leader(sample::OFFICE)] {
        let story = worked_off(sample::COUNTY_ECOLOGY).by(leader(sample::COUNTY));
        let story = story.when(&PASS).then_refused(DisposalRefusal::NotReviewer);
        let story = story.by(reviewer).when(&PASS).then_done();
        assert_eq!(story.state().progress, Progress::Closed);
    }
    let story = worked_off(sample::COUNTY_ECOLOGY).by(leader(sample::POLITICAL_LEGAL));
    story.when(&PASS).then_refused(DisposalRefusal::NotReviewer);
}

#[test]
fn a_village_does_not_review_itself() {
    let story = worked_off(sample::VILLAGE)
        .by(leader(sample::VILLAGE))
        .when(&PASS);
    story.then_refused(DisposalRefusal::NotReviewer);
}

#[test]
fn who_did_the_work_does_not_review_it_from_another_chair() {
    let moved = Actor::staff(
        handler(sample::TOWNSHIP).person().expect("a person").clone(),
        UnitCode::of(sample::COUNTY),
        Role::Leader,
    );
    let story = worked_off(sample::TOWNSHIP).by(moved).when(&PASS);
    story.then_refused(DisposalRefusal::OwnWork);
}

fn moved(from: &str, to: &str) -> Actor {
    let person = leader(from).person().expect("a person").clone();
    Actor::staff(person, UnitCode::of(to), Role::Leader)
}

#[test]
fn nobody_signs_for_two_levels_of_one_round() {
    let promoted = || moved(sample::TOWNSHIP, sample::COUNTY);
    let story = worked_off(sample::VILLAGE).by(leader(sample::TOWNSHIP));
    let story = story.when(&PASS).then_done().by(promoted());
    let story = story.when(&PASS).then_refused(DisposalRefusal::OwnWork);
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&fail_review(&[Measure::ClearMaterials])).then_done();
    // Another signs for the township now, and what was signed before is void.
    let story = story.by(handler(sample::VILLAGE));
    let story = story.when(&complete(Measure::ClearMaterials)).then_done();
    let story = story.by(moved(sample::OTHER_TOWNSHIP, sample::TOWNSHIP));
    let story = story.when(&PASS).then_done();
    let story = story.by(promoted()).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

#[test]
fn whoever_signed_a_review_does_not_check_the_site() {
    let another = || {
        Actor::staff(
            StaffId::of("second-supervisor"),
            UnitCode::of(sample::SUPERVISION),
            Role::Supervisor,
        )
    };
    let signed = worked_off(sample::COUNTY_ECOLOGY).by(supervisor());
    let signed = signed.when(&PASS).then_done();
    let story = signed.by(policy()).when(&draw(1)).then_done().by(supervisor());
    let story = story
        .when(&pass_spot_check())
        .then_refused(DisposalRefusal::OwnWork);
    let story = story.when(&fail_spot_check(&[Measure::ClearPremises]));
    let story = story.then_refused(DisposalRefusal::OwnWork);
    // The signature of a round that is over is still a signature.
    let story = story.by(another());
    let story = story
        .when(&fail_spot_check(&[Measure::ClearPremises]))
        .then_done();
    let story = story.by(handler(sample::COUNTY_ECOLOGY));
    let story = story.when(&complete(Measure::ClearPremises)).then_done();
    let story = story.by(leader(sample::CITY)).when(&PASS).then_done();
    let story = story.by(policy()).when(&draw(2)).then_done().by(supervisor());
    let story = story
        .when(&pass_spot_check())
        .then_refused(DisposalRefusal::OwnWork);
    story.by(another()).when(&pass_spot_check()).then_done();
}

#[test]
fn without_all_measures_there_is_no_review() {
    let story = planned(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::CutWaterAndPower)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&PASS);
    story.then_refused(DisposalRefusal::MeasuresOpen);
}

#[test]
fn a_failed_review_reopens_measures_and_every_level_looks_again() {
    let story = worked_off(sample::VILLAGE)
        .by(leader(sample::TOWNSHIP))
        .when(&PASS);
    let story = story.then_done().by(leader(sample::COUNTY));
    let measures = [Measure::ClearMaterials, Measure::ClearMaterials];
    let story = story.when(&fail_review(&measures)).then([
        DisposalEvent::ReviewFailed {
            level: Level::County,
            reason: "后院仍有原料桶".into(),
            measures: vec![Measure::ClearMaterials],
        },
        reopened(Measure::ClearMaterials, "后院仍有原料桶"),
    ]);
    let state = story.state();
    assert_eq!(state.progress, Progress::InProgress);
    assert_eq!(state.next_review(), Some(Level::Township));
    let story = story
        .by(handler(sample::VILLAGE))
        .when(&complete(Measure::ClearMaterials));
    let story = story.then_done().by(leader(sample::COUNTY)).when(&PASS);
    let story = story.then_refused(DisposalRefusal::LevelSkipped);
    let story = story.by(leader(sample::TOWNSHIP)).when(&PASS).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

#[test]
fn a_failed_review_says_why_and_what_to_do_again() {
    let mute = DisposalCommand::FailReview(FailReview {
        reason: " ".into(),
        measures: vec![Measure::ClearMaterials],
    });
    let story = worked_off(sample::TOWNSHIP).by(leader(sample::COUNTY));
    let story = story.when(&mute).then_refused(DisposalRefusal::ReasonMissing);
    let story = story
        .when(&fail_review(&[]))
        .then_refused(DisposalRefusal::MeasuresMissing);
    let story = story.when(&fail_review(&[Measure::Close]));
    story.then_refused(DisposalRefusal::MeasureNotPrescribed);
}

#[test]
fn spot_checks_are_drawn_from_closed_disposals_by_a_published_seed() {
    let story = worked_off(sample::TOWNSHIP).by(policy()).when(&draw(1));
    story.then_refused(DisposalRefusal::NotClosed);
    let story = closed().by(leader(sample::COUNTY)).when(&draw(1));
    let story = story.then_refused(DisposalRefusal::NotSupervisor);
    let seedless = DisposalCommand::DrawSpotCheck(DrawSpotCheck {
        seed: " ".into(),
        round: 1,
    });
    let story = story.by(policy()).when(&seedless);
    let story = story.then_refused(DisposalRefusal::SeedMissing);
    let story = story.when(&draw(1)).then_done();
    let story = story.when(&draw(1)).then_nothing();
    let story = story
        .when(&draw(2))
        .then_refused(DisposalRefusal::SpotCheckPending);
    let story = story.by(supervisor()).when(&pass_spot_check()).then_done();
    let story = story.by(policy()).when(&draw(1)).then_nothing();
    story.when(&draw(2)).then_done();
}

#[test]
fn only_supervisors_check_and_only_what_was_drawn() {
    let story = closed().by(supervisor()).when(&pass_spot_check());
    let story = story.then_refused(DisposalRefusal::NotDrawn);
    let story = story.by(policy()).when(&draw(1)).then_done();
    let story = story.by(leader(sample::CITY));
    let story = story
        .when(&pass_spot_check())
        .then_refused(DisposalRefusal::NotSupervisor);
    let story = story.when(&fail_spot_check(&[Measure::ClearPremises]));
    let story = story.then_refused(DisposalRefusal::NotSupervisor);
    let of_county = sample::acting(Role::Supervisor, sample::COUNTY);
    let story = story.by(of_county).when(&pass_spot_check());
    let story = story.then_refused(DisposalRefusal::NotSupervisor);
    let story = story.by(supervisor()).when(&pass_spot_check()).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
    let story = story.when(&pass_spot_check());
    story.then_refused(DisposalRefusal::NotDrawn);
}

#[test]
fn a_check_that_nobody_made_passes_nothing() {
    let refused = |change: fn(&mut PassSpotCheck), refusal| {
        let mut command = PassSpotCheck {
            note: "厂房已清空".into(),
            evidence: vec![EvidenceId::sample(4)],
            elsewhere: vec![],
        };
        change(&mut command);
        let story = closed().by(policy()).when(&draw(1)).then_done().by(supervisor());
        story
            .when(&DisposalCommand::PassSpotCheck(command))
            .then_refused(refusal);
    };
    refused(|c| c.evidence.clear(), DisposalRefusal::SpotCheckUnproven);
    refused(|c| c.note = " ".into(), DisposalRefusal::SpotCheckNoteMissing);
    refused(
        |c| c.evidence = (0..51).map(EvidenceId::sample).collect(),
        DisposalRefusal::TooMuchEvidence,
    );
}

#[test]
fn a_failed_spot_check_opens_everything_up_again() {
    let story = closed().by(policy()).when(&draw(1)).then_done();
    let story = story.by(supervisor());
    let mute = DisposalCommand::FailSpotCheck(FailSpotCheck {
        measures: vec![Measure::DismantleEquipment],
        finding: String::new(),
        evidence: vec![],
        elsewhere: vec![],
    });
    let story = story.when(&mute).then_refused(DisposalRefusal::FindingMissing);
    // What the unit had shown of its own work is no picture of a check.
    let old = story
        .state()
        .shown
        .iter()
        .next()
        .cloned()
        .expect("a picture shown before");
    let with_old = DisposalCommand::FailSpotCheck(FailSpotCheck {
        measures: vec![Measure::DismantleEquipment],
        finding: "反应釜只移到隔壁仓库".into(),
        evidence: vec![old],
        elsewhere: vec![],
    });
    let story = story.when(&with_old).then_refused(DisposalRefusal::OldPicture);
    let story = story
        .when(&fail_spot_check(&[]))
        .then_refused(DisposalRefusal::MeasuresMissing);
    let story = story
        .when(&fail_spot_check(&[Measure::DismantleEquipment]))
        .then([
            DisposalEvent::SpotCheckFailed {
                measures: vec![Measure::DismantleEquipment],
                finding: "反应釜只移到隔壁仓库".into(),
                evidence: vec![],
            },
            reopened(Measure::DismantleEquipment, "反应釜只移到隔壁仓库"),
        ]);
    let state = story.state();
    assert_eq!((state.progress, state.closed_at), (Progress::InProgress, None));
    assert_eq!(state.next_review(), Some(Level::County));
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story.when(&complete(Measure::DismantleEquipment)).then_done();
    let story = story.by(leader(sample::COUNTY)).when(&PASS).then_done();
    assert_eq!(story.state().progress, Progress::Closed);
}

fn reopen(reason: &str) -> DisposalCommand {
    DisposalCommand::Reopen(crate::ReopenDisposal {
        reason: reason.into(),
    })
}

#[test]
fn what_a_reporter_sees_is_not_fixed_is_all_done_and_looked_at_again() {
    let story = closed().by(supervisor()).when(&reopen("没有解决"));
    let story = story.then_refused(DisposalRefusal::NotForPeople);
    let story = story.by(policy()).when(&reopen(" "));
    let story = story.then_refused(DisposalRefusal::ReasonMissing);
    let story = story.when(&draw(1)).then_done();
    let story = story.when(&reopen("没有解决")).then_done();
    let state = story.state();
    assert_eq!((state.progress, state.closed_at), (Progress::InProgress, None));
    assert!(
        state
            .measures
            .iter()
            .all(|record| record.done.is_none() && !record.reopened.is_empty())
    );
    assert!(state.awaits_spot_check(), "nobody talks a site out of the lot");
    assert_eq!(state.next_review(), Some(Level::County));
    // Said by a second reporter while it is under way.
    let story = story.when(&reopen("没有解决")).then_nothing();
    let story = story.by(supervisor());
    let check = fail_spot_check(&[Measure::ClearMaterials]);
    story.when(&check).then_refused(DisposalRefusal::NotClosed);
    // What was found in order is forgotten: it was of the work before.
    let story = closed().by(policy()).when(&draw(1)).then_done();
    let story = story.by(supervisor()).when(&pass_spot_check()).then_done();
    let story = story.by(policy()).when(&reopen("没有解决")).then_done();
    assert!(story.state().spot_check.is_none());
}
