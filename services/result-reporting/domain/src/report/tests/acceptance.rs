//! The verdict of the supervision group on what a county has put on file.

use super::*;

const LAST_DAY_OF_ACCEPTANCE: &str = "2020-08-31T01:00:00Z";

fn supervisor() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}
fn of_acceptance(progress: Progress) -> Scenario<Report> {
    let drafted = at_the_end()
        .at(LAST_DAY_OF_ACCEPTANCE)
        .by(handler(sample::COUNTY));
    let mut story = drafted
        .when(&draft(a_draft_of(sample::COUNTY, "acceptance")))
        .then_done();
    let steps = [
        (Progress::Signed, leader(sample::COUNTY), sign()),
        (Progress::Sealed, leader(sample::COUNTY), seal()),
        (Progress::Filed, leader(sample::OFFICE), file()),
    ];
    for (reached, actor, command) in steps {
        if story.state().progress != progress {
            story = story.by(actor).when(&command).then_done();
            assert_eq!(story.state().progress, reached);
        }
    }
    story
}

#[test]
fn a_supervision_group_accepts_what_is_on_file_once() {
    let of_county = sample::acting(Role::Supervisor, sample::COUNTY);
    let story = of_acceptance(Progress::Filed).by(of_county);
    let story = story.when(&accept()).then_refused(ReportRefusal::NotASupervisor);
    let story = story.by(supervisor());
    let story = story
        .when(&accept())
        .then([ReportEvent::ReportAccepted { note: String::new() }]);
    assert_eq!(story.state().acceptance.expect("a verdict").by, supervisor());
    let story = story.when(&accept()).then_refused(ReportRefusal::AcceptedAlready);
    let story = story
        .when(&refuse_acceptance())
        .then_refused(ReportRefusal::AcceptedAlready);
    let story = story.by(leader(sample::OFFICE));
    let story = story.when(&send_back()).then_refused(ReportRefusal::FiledAlready);
    let story = story.when(&file()).then_refused(ReportRefusal::FiledAlready);
    let story = story.by(leader(sample::COUNTY));
    story.when(&seal()).then_refused(ReportRefusal::FiledAlready);
}

#[test]
fn what_is_not_accepted_goes_all_the_way_again() {
    let story = of_acceptance(Progress::Filed).by(supervisor());
    let mute = ReportCommand::RefuseAcceptance(RefuseAcceptance { reason: " ".into() });
    let story = story.when(&mute).then_refused(ReportRefusal::ReasonMissing);
    let story = story
        .when(&refuse_acceptance())
        .then([ReportEvent::AcceptanceRefused {
            reason: "抽查的三处点位没有清理到位".into(),
        }]);
    let state = story.state();
    assert_eq!(
        (state.progress, state.signature, state.filing),
        (Progress::Returned, None, None)
    );
    let story = story.when(&accept()).then_refused(ReportRefusal::NotFiled);
    let anew = draft(a_draft_of(sample::COUNTY, "acceptance"));
    let story = story.by(leader(sample::COUNTY)).when(&anew).then_done();
    let story = story.when(&sign()).then_done().when(&seal()).then_done();
    let story = story.by(leader(sample::OFFICE)).when(&file()).then_done();
    story.by(supervisor()).when(&accept()).then_done();
}

#[test]
fn a_verdict_comes_after_the_filing_and_only_in_the_stage_of_acceptance() {
    for progress in [Progress::Drafted, Progress::Signed, Progress::Sealed] {
        for verdict in [accept(), refuse_acceptance()] {
            let story = of_acceptance(progress).by(supervisor()).when(&verdict);
            story.then_refused(ReportRefusal::NotFiled);
        }
    }
    for verdict in [accept(), refuse_acceptance()] {
        let story = filed().by(supervisor()).when(&verdict);
        story.then_refused(ReportRefusal::NotOfAcceptance);
        let village = signed(sample::VILLAGE).by(supervisor()).when(&verdict);
        village.then_refused(ReportRefusal::NotACounty);
    }
}

#[test]
fn only_the_supervision_group_gives_a_verdict() {
    for actor in [
        leader(sample::CITY),
        leader(sample::OFFICE),
        leader(sample::COUNTY),
        sample::acting(Role::Inspector, sample::DISCIPLINE),
        policy(),
    ] {
        for verdict in [accept(), refuse_acceptance()] {
            let story = of_acceptance(Progress::Filed).by(actor.clone()).when(&verdict);
            story.then_refused(ReportRefusal::NotASupervisor);
        }
    }
}
