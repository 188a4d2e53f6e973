//! Pictures as proof: what shows the site as it is now was shown nowhere before.

use super::*;

fn shown(measure: Measure, before: u8, after: u8) -> DisposalCommand {
    DisposalCommand::CompleteMeasure(CompleteMeasure {
        before: vec![EvidenceId::sample(before)],
        after: vec![EvidenceId::sample(after)],
        ..proof_of(measure)
    })
}

#[test]
fn after_a_failed_review_the_old_pictures_prove_nothing() {
    let story = ordered(Class::A, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&shown(Measure::Close, 1, 2)).then_done();
    let story = story.by(leader(sample::COUNTY));
    let story = story.when(&fail_review(&[Measure::Close])).then_done();
    let story = story.by(handler(sample::TOWNSHIP));
    let story = story.when(&shown(Measure::Close, 1, 2));
    let story = story.then_refused(DisposalRefusal::EvidenceUsed);
    // What was there before does not show what is there now either.
    let story = story.when(&shown(Measure::Close, 3, 1));
    let story = story.then_refused(DisposalRefusal::EvidenceUsed);
    story.when(&shown(Measure::Close, 1, 3)).then_done();
}

#[test]
fn one_picture_from_before_serves_several_measures_and_none_from_after_does() {
    let story = planned(sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&shown(Measure::CutWaterAndPower, 1, 2)).then_done();
    let story = story.when(&shown(Measure::ClearPremises, 1, 2));
    let story = story.then_refused(DisposalRefusal::EvidenceUsed);
    story.when(&shown(Measure::ClearPremises, 1, 3)).then_done();
}

#[test]
fn a_picture_of_another_disposal_proves_nothing_here() {
    let mut proof = proof_of(Measure::Close);
    proof.elsewhere = proof.after.clone();
    let story = ordered(Class::A, sample::TOWNSHIP).by(handler(sample::TOWNSHIP));
    let story = story.when(&DisposalCommand::CompleteMeasure(proof));
    story.then_refused(DisposalRefusal::EvidenceUsed);
}

#[test]
fn who_looks_again_brings_pictures_of_that_day() {
    let old = |story: &Story| {
        story
            .state()
            .shown
            .iter()
            .next_back()
            .cloned()
            .expect("a picture")
    };
    let story = closed()
        .by(policy())
        .later(jiff::SignedDuration::from_hours(24 * 30));
    let story = story.when(&raise_recheck(30)).then_done();
    let story = story.when(&draw(1)).then_done();
    let recheck = DisposalCommand::PassRecheck(PassRecheck {
        after_days: 30,
        note: String::new(),
        evidence: vec![old(&story)],
        elsewhere: vec![],
    });
    let check = DisposalCommand::PassSpotCheck(PassSpotCheck {
        note: "看过".into(),
        evidence: vec![old(&story)],
        elsewhere: vec![],
    });
    let story = story.by(supervisor()).when(&recheck);
    let story = story.then_refused(DisposalRefusal::OldPicture);
    let story = story.when(&check).then_refused(DisposalRefusal::OldPicture);
    let story = story.when(&pass_spot_check()).then_done();
    assert!(story.state().shown.contains(&EvidenceId::sample(4)));
}

#[test]
fn a_picture_of_another_site_or_of_the_inspection_shows_no_check_either() {
    let seen = || vec![EvidenceId::sample(9)];
    let story = closed()
        .by(policy())
        .later(jiff::SignedDuration::from_hours(24 * 30));
    let story = story.when(&raise_recheck(30)).then_done();
    let mut story = story.when(&draw(1)).then_done().by(supervisor());
    for command in [
        DisposalCommand::PassRecheck(PassRecheck {
            after_days: 30,
            note: String::new(),
            evidence: seen(),
            elsewhere: seen(),
        }),
        DisposalCommand::PassSpotCheck(PassSpotCheck {
            note: "看过".into(),
            evidence: seen(),
            elsewhere: seen(),
        }),
        DisposalCommand::FailSpotCheck(FailSpotCheck {
            measures: vec![Measure::ClearPremises],
            finding: "后院仍有原料桶".into(),
            evidence: seen(),
            elsewhere: seen(),
        }),
    ] {
        story = story.when(&command).then_refused(DisposalRefusal::OldPicture);
    }
}
