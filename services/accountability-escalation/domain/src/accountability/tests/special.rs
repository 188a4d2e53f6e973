//! Special supervision: opened when the numbers reach the thresholds, closed when they fell, both with what was seen.

use super::*;
use jurisdiction::{SupervisionNumbers, SupervisionThresholds};

fn group() -> Actor {
    sample::acting(Role::Supervisor, sample::SUPERVISION)
}
fn seen(overdue: u32) -> SeenNumbers {
    SeenNumbers {
        numbers: SupervisionNumbers {
            overdue,
            ..Default::default()
        },
        thresholds: SupervisionThresholds::default().township,
        since: at("2020-05-02T01:00:00Z"),
    }
}
fn open(overdue: u32) -> AccountabilityCommand {
    AccountabilityCommand::OpenSpecialSupervision(OpenSpecialSupervision {
        unit: township(),
        seen: seen(overdue),
    })
}
fn close(overdue: u32, note: &str) -> AccountabilityCommand {
    AccountabilityCommand::CloseSpecialSupervision(CloseSpecialSupervision {
        seen: seen(overdue),
        note: note.into(),
    })
}

#[test]
fn too_many_problems_put_a_unit_under_special_supervision_once() {
    let story = Scenario::<Accountability>::new().by(policy());
    let story = story.when(&open(9)).then_nothing();
    let story = story
        .when(&open(10))
        .then([AccountabilityEvent::SpecialSupervisionOpened {
            supervision: 1,
            unit: township(),
            seen: seen(10),
        }]);
    assert!(story.state().special_supervision().is_some());
    story.when(&open(40)).then_nothing();
}

#[test]
fn a_group_ends_it_when_the_numbers_have_fallen_and_it_may_begin_again() {
    let story = Scenario::<Accountability>::new()
        .by(policy())
        .when(&open(10))
        .then_done();
    let story = story
        .by(group())
        .when(&close(10, "整改到位"))
        .then_refused(AccountabilityRefusal::StillAboveThresholds)
        .when(&close(2, " "))
        .then_refused(AccountabilityRefusal::NoteMissing)
        .when(&close(2, "整改到位"))
        .then([AccountabilityEvent::SpecialSupervisionClosed {
            supervision: 1,
            seen: seen(2),
            note: "整改到位".into(),
        }]);
    let story = story
        .when(&close(2, "整改到位"))
        .then_refused(AccountabilityRefusal::NotUnderSpecialSupervision);
    let state = story.by(policy()).when(&open(11)).then_done().state();
    assert_eq!(state.special.len(), 2);
    assert_eq!(state.special[0].seen_at_closing, Some(seen(2)));
}

#[test]
fn only_the_rule_opens_and_only_a_group_closes() {
    let story = Scenario::<Accountability>::new().by(group());
    story
        .when(&open(10))
        .then_refused(AccountabilityRefusal::NotAPolicy);
    // A county's own group would end what the city's numbers began.
    let of_county = sample::acting(Role::Supervisor, sample::COUNTY);
    for by in [
        leader(sample::TOWNSHIP),
        leader(sample::CITY),
        inspector(),
        of_county,
    ] {
        let story = Scenario::<Accountability>::new()
            .by(policy())
            .when(&open(10))
            .then_done();
        story
            .by(by)
            .when(&close(2, "整改到位"))
            .then_refused(AccountabilityRefusal::NotASupervisor);
    }
    let of_a_case = running().when(&open(10));
    of_a_case.then_refused(AccountabilityRefusal::SubjectDiffers);
}
