//! Tips about units and officials: nothing for those they are about, everything for the level above.

use super::*;
use jurisdiction::StaffId;
use std::collections::BTreeSet;

fn about(unit: &str) -> Against {
    Against::unit(UnitCode::of(unit))
}
fn received_about(against: Against) -> Scenario<Tip> {
    let report = ReceiveTip {
        against: Some(against),
        ..a_report()
    };
    Scenario::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_done()
}
fn accept() -> TipCommand {
    TipCommand::Accept(an_acceptance())
}
fn reject() -> TipCommand {
    TipCommand::Reject(RejectTip {
        reason: RejectionReason::NotChemical,
        explanation: "现场为食品加工".into(),
    })
}
fn divert(authority: &str) -> TipCommand {
    TipCommand::Divert(crate::DivertTip {
        authority: authority.into(),
        explanation: "已转有权机关处理".into(),
    })
}
fn note(units: &[&str], persons: &[&str]) -> TipCommand {
    TipCommand::NoteConflict(NoteConflict {
        units: units.iter().map(|unit| UnitCode::of(unit)).collect(),
        persons: persons.iter().map(|person| StaffId::of(person)).collect(),
    })
}
fn all_commands() -> Vec<TipCommand> {
    vec![
        accept(),
        reject(),
        divert("市公安局"),
        note(&[sample::VILLAGE], &[]),
        TipCommand::AddEvidence(crate::AddEvidence { evidence: vec![] }),
        TipCommand::SendReply(SendReply {
            text: "请问".into()
        }),
        TipCommand::TellOutcome(TellOutcome {
            text: "已办".into(),
            of: None,
            interim: false,
            case: FoundCase::Closed,
        }),
        TipCommand::Link(LinkTip {
            case: CaseId::sample(7),
            found: FoundCase::Open,
        }),
        TipCommand::Unlink(UnlinkTip {
            reason: "另一处".into(),
        }),
    ]
}

#[test]
fn whoever_it_is_about_is_answered_as_if_there_were_no_tip() {
    for unit in [sample::TOWNSHIP, sample::COUNTY] {
        for actor in [
            sample::acting(Role::Dispatcher, sample::TOWNSHIP),
            sample::acting(Role::Leader, sample::TOWNSHIP),
            sample::acting(Role::Handler, sample::VILLAGE),
        ] {
            for command in all_commands() {
                let absent = Scenario::<Tip>::new().by(actor.clone()).when(&command);
                absent.then_refused(TipRefusal::NotReceived);
                let hidden = received_about(about(unit)).by(actor.clone()).when(&command);
                hidden.then_refused(TipRefusal::NotReceived);
            }
        }
    }
}

#[test]
fn the_level_above_screens_it() {
    let of_township = || received_about(about(sample::TOWNSHIP));
    for screener in [sample::COUNTY, sample::OFFICE] {
        let acting = sample::acting(Role::Dispatcher, screener);
        of_township().by(acting).when(&accept()).then_done();
    }
    let elsewhere = sample::acting(Role::Dispatcher, sample::OTHER_COUNTY);
    of_township()
        .by(elsewhere)
        .when(&accept())
        .then_refused(TipRefusal::OutsideSubtree);
    let inspector = sample::acting(Role::Inspector, sample::DISCIPLINE);
    of_township()
        .by(inspector)
        .when(&accept())
        .then_refused(TipRefusal::NotDispatcher);
}

#[test]
fn what_is_about_the_city_itself_only_the_inspectors_screen() {
    let inspector = || sample::acting(Role::Inspector, sample::DISCIPLINE);
    for unit in [sample::CITY, sample::OFFICE] {
        let story = || received_about(about(unit));
        story()
            .by(dispatcher())
            .when(&accept())
            .then_refused(TipRefusal::NotReceived);
        let accepted = story().by(inspector()).when(&accept());
        match unit {
            // Every unit of the city lies below it: a case of it would lie on a desk for ever.
            sample::CITY => drop(accepted.then_refused(TipRefusal::NobodyMayHandle)),
            _ => drop(accepted.then_done()),
        }
        story().by(inspector()).when(&reject()).then_done();
        let diverted = story().by(inspector()).when(&divert(" ")).then_done();
        assert!(matches!(
            &diverted.state().progress,
            Progress::Diverted { authority, .. } if authority == "市纪委监委"
        ));
    }
}

#[test]
fn the_case_of_an_accepted_tip_is_about_the_same_people() {
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    received_about(about(sample::TOWNSHIP))
        .by(county)
        .when(&accept())
        .then([TipEvent::TipAccepted {
            case: CaseId::sample(7),
            opens_case: true,
            summary: "砖瓦厂内疑似生产化工产品".into(),
            enterprise: None,
            place: a_report().place,
            urgency: Urgency::Normal,
            confidential: false,
            against: about(sample::TOWNSHIP),
        }]);
}

#[test]
fn a_reporter_who_does_not_say_which_official_is_protected_from_the_whole_county() {
    let story = received_about(Against::default());
    assert_eq!(story.state().against, about(sample::COUNTY));
    let nowhere = ReceiveTip {
        place: Place {
            division: None,
            ..a_report().place
        },
        against: Some(Against::default()),
        ..a_report()
    };
    let story = Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(nowhere))
        .then_done();
    assert_eq!(story.state().against, about(sample::CITY));
}

#[test]
fn a_conflict_that_is_noticed_later_takes_the_tip_away_from_whom_it_is_about() {
    let county = sample::acting(Role::Dispatcher, sample::COUNTY);
    let head = format!("leader-{}", sample::COUNTY);
    let expected = Against {
        units: [UnitCode::of(sample::COUNTY)].into(),
        persons: [StaffId::of(&head)].into(),
    };
    let story = received()
        .by(county.clone())
        .when(&note(&[], &[&head]))
        .then([TipEvent::ConflictNoted { against: expected }]);
    let story = story.when(&accept()).then_refused(TipRefusal::NotReceived);
    let story = story.by(dispatcher());
    let story = story.when(&note(&[sample::COUNTY], &[])).then_nothing();
    // Who is once in conflict stays so.
    let story = story.when(&note(&[sample::VILLAGE], &[])).then_done();
    story
        .by(county)
        .when(&accept())
        .then_refused(TipRefusal::NotReceived);
}

#[test]
fn a_conflict_names_somebody_who_exists() {
    let story = received().by(dispatcher());
    let story = story
        .when(&note(&[], &[]))
        .then_refused(TipRefusal::ConflictMissing);
    let story = story
        .when(&note(&["329999"], &[]))
        .then_refused(TipRefusal::UnknownSubject);
    story
        .when(&note(&[], &["nobody"]))
        .then_refused(TipRefusal::UnknownSubject);
    let report = ReceiveTip {
        against: Some(about("329999")),
        ..a_report()
    };
    Scenario::<Tip>::new()
        .by(Actor::Citizen)
        .when(&TipCommand::Receive(report))
        .then_refused(TipRefusal::UnknownSubject);
}

#[test]
fn a_conflict_leaves_nobody_without_somebody_who_sees_it() {
    // About the city and about its inspectors: nobody stands above both, so the inspectors see it after all.
    let both = about(sample::CITY).and(about(sample::DISCIPLINE));
    let story = received_about(both).by(sample::acting(Role::Inspector, sample::DISCIPLINE));
    let story = story.when(&reject()).then_done();
    assert!(matches!(story.state().progress, Progress::Rejected { .. }));
    // Once there is a case, whoever is left has to be able to handle it.
    let accepted = received().by(dispatcher()).when(&accept()).then_done();
    let story = accepted
        .when(&note(&[sample::CITY], &[]))
        .then_refused(TipRefusal::NobodyWouldBeLeft);
    story.when(&note(&[sample::TOWNSHIP], &[])).then_done();
}

#[test]
fn only_those_who_screen_note_a_conflict() {
    let leader = sample::acting(Role::Leader, sample::COUNTY);
    received()
        .by(leader)
        .when(&note(&[sample::TOWNSHIP], &[]))
        .then_refused(TipRefusal::NotDispatcher);
    let policy = Actor::system("tip-intake/conflict-of-a-case-is-its-tips");
    let story = received()
        .by(policy)
        .when(&note(&[sample::TOWNSHIP], &[]))
        .then_done();
    let units: BTreeSet<_> = [UnitCode::of(sample::TOWNSHIP)].into();
    assert_eq!(story.state().against.units, units);
}
