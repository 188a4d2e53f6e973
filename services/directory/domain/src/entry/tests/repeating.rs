//! What was said before is said again: nothing if it still holds, a fact if something came in between.

use super::*;

const DECIDED: &str = "2020-06-01T01:00:00Z";
/// Nine days after the settings for 1 July have come into force.
const LATER: &str = "2020-07-10T01:00:00Z";

fn review_within(days: u16) -> BTreeMap<Obligation, ObligationLimits> {
    let limits = ObligationLimits {
        normal: Limit::WorkingDays(days),
        urgent: Limit::WorkingDays(1),
    };
    [(Obligation::Review, limits)].into()
}
fn repeated_after(days: u16) -> Ladder {
    Ladder {
        repeat_days: days,
        ..Ladder::default()
    }
}
fn over(window_days: u16) -> SupervisionThresholds {
    SupervisionThresholds {
        window_days,
        ..SupervisionThresholds::default()
    }
}
fn from_july(setting: Setting) -> Event {
    Event::SettingScheduled {
        scheduled: Scheduled {
            from: Date::constant(2020, 7, 1),
            setting,
        },
    }
}

#[test]
fn what_is_set_again_after_another_setting_came_into_force_takes_that_back() {
    let stories = [
        (
            Command::SetLimits(review_within(2)),
            Event::LimitsSet {
                limits: review_within(2),
            },
            Setting::Limits(review_within(1)),
        ),
        (
            Command::SetLadder(repeated_after(5)),
            Event::LadderSet {
                ladder: repeated_after(5),
            },
            Setting::Ladder(repeated_after(3)),
        ),
        (
            Command::SetSupervision(over(20)),
            Event::SupervisionSet { thresholds: over(20) },
            Setting::Supervision(over(10)),
        ),
        (
            Command::SetRecheckDays(RecheckDays::new(vec![20])),
            Event::RecheckDaysSet {
                days: RecheckDays::new(vec![20]),
            },
            Setting::RecheckDays(RecheckDays::new(vec![10])),
        ),
        (
            Command::SetCustody(Custody { approval_hours: 8 }),
            Event::CustodySet {
                custody: Custody { approval_hours: 8 },
            },
            Setting::Custody(Custody { approval_hours: 4 }),
        ),
    ];
    for (command, set, setting) in stories {
        let scheduled = from_july(setting);
        let facts = [set.clone(), scheduled];
        let story = knowing_at(admin().given(facts.clone()), DECIDED, &facts);
        // Before its day nothing is to be taken back.
        let story = story.when(&command).then_nothing();
        let story = story.at(LATER).when(&command).then([set.clone()]);
        let story = knowing_at(story, LATER, &[set]);
        story.when(&command).then_nothing();
    }
}

#[test]
fn limits_that_name_less_repeat_only_what_they_name() {
    let both = {
        let mut limits = review_within(2);
        limits.insert(Obligation::Identify, limits[&Obligation::Review]);
        limits
    };
    let facts = [Event::LimitsSet { limits: both }];
    let story = knowing(admin().given(facts.clone()), &facts);
    // Another fact than the last one, even if nothing changes by it.
    story.when(&Command::SetLimits(review_within(2))).then_done();
}

#[test]
fn a_day_that_was_decided_otherwise_meanwhile_is_decided_again() {
    let first = from_july(Setting::Ladder(repeated_after(3)));
    let second = from_july(Setting::Ladder(repeated_after(2)));
    let command = |event: &Event| match event {
        Event::SettingScheduled { scheduled } => Command::Schedule(scheduled.clone()),
        other => panic!("{other:?}"),
    };
    let story = knowing(admin().given([first.clone()]), std::slice::from_ref(&first));
    let story = story.when(&command(&first)).then_nothing();
    let story = story.when(&command(&second)).then([second.clone()]);
    let story = knowing(story, &[second]);
    story.when(&command(&first)).then([first]);
}

/// A's post went to B, who has retired since.
#[test]
fn whoever_was_succeeded_takes_the_post_again_when_it_is_vacant() {
    let first = StaffMember {
        account: StaffId::of("leader-321322102"),
        unit: UnitCode::of(sample::TOWNSHIP),
        roles: [Role::Leader].into(),
        first_responsible: true,
        ..a_person()
    };
    let registered = Event::StaffRegistered {
        member: first.clone(),
    };
    let register = Command::RegisterStaff(first.clone());
    let story = admin()
        .jurisdiction(|known| *known = with_a_successor())
        .given([registered.clone()]);
    let story = knowing(story, std::slice::from_ref(&registered));
    let story = story.when(&register).then_nothing();
    let handed_over = Event::HandedOver {
        unit: first.unit.clone(),
        from: Some(first.account.clone()),
        to: StaffId::of("leader-new"),
        reason: "任免通知".into(),
    };
    let retired = Event::StaffRetired {
        account: StaffId::of("leader-new"),
        reason: "退休".into(),
    };
    let story = knowing(story, &[handed_over, retired]);
    let story = story.when(&register).then([registered.clone()]);
    let story = knowing(story, &[registered]);
    story.when(&register).then_nothing();
}

#[test]
fn a_post_that_comes_back_is_handed_over_with_the_same_words_again() {
    let handed_over = Event::HandedOver {
        unit: UnitCode::of(sample::TOWNSHIP),
        from: Some(StaffId::of("leader-321322102")),
        to: StaffId::of("leader-new"),
        reason: "任免通知".into(),
    };
    let command = hand_over("leader-new", "任免通知");
    let story = admin()
        .jurisdiction(|known| *known = with_a_successor())
        .given([handed_over.clone()]);
    // The first one has been registered as responsible again: the directory here still stands as before the handover.
    story.when(&command).then([handed_over]);
}

#[test]
fn whoever_came_back_retires_again_for_the_same_reason() {
    let member = a_person();
    let retired = Event::StaffRetired {
        account: member.account.clone(),
        reason: "调离".into(),
    };
    let registered = Event::StaffRegistered { member };
    let retire = Command::RetireStaff {
        account: StaffId::of("handler-new"),
        reason: "调离".into(),
    };
    let facts = [registered.clone(), retired.clone(), registered];
    let story = knowing(admin().given(facts.clone()), &facts);
    story.when(&retire).then([retired]);
}
