//! Limits, ladder, thresholds, rewards, custody: what may be set, and from when it holds.

use super::*;

#[test]
fn limits_are_more_than_nothing_and_urgent_ones_are_not_longer() {
    let set = |normal, urgent| {
        Command::SetLimits([(Obligation::Acknowledge, ObligationLimits { normal, urgent })].into())
    };
    let story = admin()
        .when(&Command::SetLimits([].into()))
        .then_refused(Refusal::LimitMissing);
    let story = story
        .when(&set(Limit::WorkingDays(1), Limit::Hours(0)))
        .then_refused(Refusal::LimitMissing);
    let story = story
        .when(&set(Limit::Hours(2), Limit::WorkingDays(1)))
        .then_refused(Refusal::UrgentLonger);
    let story = story
        .when(&set(Limit::WorkingDays(121), Limit::Hours(4)))
        .then_refused(Refusal::LimitTooLong);
    story
        .when(&set(Limit::WorkingDays(2), Limit::Hours(4)))
        .then_done();
}

#[test]
fn the_ladder_rises() {
    let story = admin();
    let flat = Ladder {
        interview_after: 1,
        ..Ladder::default()
    };
    let silent = Ladder {
        repeat_days: 0,
        ..Ladder::default()
    };
    let story = story
        .when(&Command::SetLadder(flat))
        .then_refused(Refusal::LadderNotRising);
    let story = story
        .when(&Command::SetLadder(silent))
        .then_refused(Refusal::LadderNotRising);
    let late = Ladder {
        referral_after: 61,
        ..Ladder::default()
    };
    let rare = Ladder {
        repeat_days: 32,
        ..Ladder::default()
    };
    let story = [late, rare].into_iter().fold(story, |story, ladder| {
        story
            .when(&Command::SetLadder(ladder))
            .then_refused(Refusal::LadderTooSlow)
    });
    story.when(&Command::SetLadder(Ladder::default())).then_done();
}

#[test]
fn thresholds_count_over_some_days_and_are_not_all_switched_off() {
    let whole = SupervisionThresholds::default();
    let nothing = SupervisionNumbers::default();
    let without_days = SupervisionThresholds {
        window_days: 0,
        ..whole.clone()
    };
    let without_counties = SupervisionThresholds {
        county: nothing,
        ..whole.clone()
    };
    let without_townships = SupervisionThresholds {
        township: nothing,
        ..whole.clone()
    };
    for wrong in [without_days, without_counties, without_townships] {
        let story = admin().when(&Command::SetSupervision(wrong));
        story.then_refused(Refusal::ThresholdsMissing);
    }
    let set = Command::SetSupervision(whole.clone());
    let story = admin().when(&set);
    let story = story.then([Event::SupervisionSet { thresholds: whole }]);
    story.when(&set).then_nothing();
}

/// The scenario begins on 1 June 2020.
#[test]
fn a_setting_for_a_day_to_come_is_checked_like_one_for_now() {
    let schedule = |from, setting| Command::Schedule(Scheduled { from, setting });
    let (today, tomorrow) = (Date::constant(2020, 6, 1), Date::constant(2020, 6, 2));
    let ladder = || Setting::Ladder(Ladder::default());
    let flat = Setting::Ladder(Ladder {
        interview_after: 1,
        ..Ladder::default()
    });
    let nothing = Setting::Supervision(SupervisionThresholds {
        window_days: 0,
        ..SupervisionThresholds::default()
    });
    for (command, refusal) in [
        (schedule(today, ladder()), Refusal::DayNotToCome),
        (schedule(tomorrow, flat), Refusal::LadderNotRising),
        (schedule(tomorrow, nothing), Refusal::ThresholdsMissing),
        (
            schedule(tomorrow, Setting::Limits([].into())),
            Refusal::LimitMissing,
        ),
        (
            schedule(tomorrow, Setting::RecheckDays(RecheckDays::new(vec![0]))),
            Refusal::RecheckDays,
        ),
        (
            schedule(tomorrow, Setting::Custody(Custody { approval_hours: 0 })),
            Refusal::ApprovalHours,
        ),
    ] {
        admin().when(&command).then_refused(refusal);
    }
    let story = admin().when(&schedule(tomorrow, ladder()));
    story.then([Event::SettingScheduled {
        scheduled: Scheduled {
            from: tomorrow,
            setting: ladder(),
        },
    }]);
}

#[test]
fn a_scheduled_setting_holds_from_its_day_and_one_set_later_overrules_it() {
    let at = |text: &str| -> Timestamp { text.parse().expect("a timestamp") };
    let repeated = |days| Ladder {
        repeat_days: days,
        ..Ladder::default()
    };
    let mut view = crate::DirectoryView::default();
    let scheduled = Scheduled {
        from: Date::constant(2020, 7, 1),
        setting: Setting::Ladder(repeated(3)),
    };
    view.apply(&Event::SettingScheduled { scheduled }, at("2020-06-01T00:00:00Z"));
    let days = |view: &crate::DirectoryView, instant| view.jurisdiction.ladder_on(at(instant)).repeat_days;
    assert_eq!(days(&view, "2020-06-30T15:59:59Z"), 7);
    assert_eq!(days(&view, "2020-06-30T16:00:00Z"), 3);
    let later = Event::LadderSet { ladder: repeated(5) };
    view.apply(&later, at("2020-07-02T00:00:00Z"));
    assert_eq!(days(&view, "2020-07-03T00:00:00Z"), 5);
}

#[test]
fn settings_are_kept_with_the_campaign_that_they_are_of() {
    let ladder = Command::SetLadder(Ladder::default());
    assert_eq!(stream_of(&ladder, "2020"), "campaign-2020");
    assert_eq!(stream_of(&ladder, "2021"), "campaign-2021");
}

#[test]
fn rewards_follow_rules_that_are_dated_and_bounded() {
    let of_2018 = || {
        let rules = RewardRules::default();
        rules.iter().next().expect("a rule").clone()
    };
    let changed = |change: fn(&mut RewardRule)| {
        let mut rule = of_2018();
        change(&mut rule);
        Command::SetRewardRules(vec![rule])
    };
    let mut story = admin();
    for (command, refusal) in [
        (Command::SetRewardRules(vec![]), Refusal::RewardVersionMissing),
        (
            changed(|rule| rule.version = " ".into()),
            Refusal::RewardVersionMissing,
        ),
        (
            Command::SetRewardRules(vec![of_2018(), of_2018()]),
            Refusal::RewardVersionTwice,
        ),
        (changed(|rule| rule.least_yuan = 0), Refusal::RewardBounds),
        (changed(|rule| rule.most_yuan = 2_999), Refusal::RewardBounds),
        (changed(|rule| rule.share_percent = 101), Refusal::RewardShare),
        (changed(|rule| rule.insider_percent = 99), Refusal::InsiderFactor),
    ] {
        story = story.when(&command).then_refused(refusal);
    }
    let rules = Command::SetRewardRules(vec![of_2018()]);
    let story = story.when(&rules).then_done();
    story.when(&rules).then_nothing();
}

#[test]
fn an_approval_to_open_an_identity_holds_for_hours_and_not_for_ever() {
    let hours = |approval_hours| Command::SetCustody(Custody { approval_hours });
    let story = admin().when(&hours(0)).then_refused(Refusal::ApprovalHours);
    let story = story.when(&hours(169)).then_refused(Refusal::ApprovalHours);
    story.when(&hours(12)).then_done();
}

#[test]
fn the_watch_after_closing_never_ends() {
    let story = admin();
    let set = |days: &[u16]| Command::SetRecheckDays(RecheckDays::new(days.iter().copied()));
    let story = story.when(&set(&[])).then_refused(Refusal::RecheckDays);
    let story = story.when(&set(&[0, 30])).then_refused(Refusal::RecheckDays);
    let story = story.when(&set(&[3651])).then_refused(Refusal::RecheckDays);
    let days_set = Event::RecheckDaysSet {
        days: RecheckDays::new([30, 60]),
    };
    let story = story.when(&set(&[60, 30])).then([days_set.clone()]);
    let story = knowing(story, &[days_set]);
    story.when(&set(&[30, 60])).then_nothing();
}

fn announced(text: &str) -> Command {
    let mut file: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let year = file.as_object_mut().expect("a year").remove("year");
    let year = year.and_then(|year| year.as_i64()).expect("its number");
    Command::SetYear {
        year: i16::try_from(year).expect("a year"),
        calendar: serde_json::from_value(file).expect("a calendar"),
        basis: String::new(),
    }
}

/// With all days off no deadline would ever come: one form, and the city's time stands still.
#[test]
fn a_year_takes_off_as_many_weekdays_as_a_year_may() {
    let first_of = |days: usize| {
        let weekdays = Date::constant(2020, 1, 1).series(jiff::ToSpan::days(1));
        let worked = |day: &Date| day.weekday().to_monday_one_offset() <= 5;
        let holidays = weekdays.filter(worked).take(days);
        // Weekends may be listed and take nothing off.
        let weekend = [Date::constant(2020, 12, 26), Date::constant(2020, 12, 27)];
        Command::SetYear {
            year: 2020,
            calendar: YearCalendar {
                holidays: holidays.chain(weekend).collect(),
                ..YearCalendar::default()
            },
            basis: String::new(),
        }
    };
    let story = admin().when(&first_of(41));
    let story = story.then_refused(Refusal::TooManyDaysOff);
    story.when(&first_of(40)).then_done();
}

#[test]
fn the_years_of_the_state_council_are_taken_in() {
    macro_rules! years {
        ($($year:literal),*) => {
            [$(include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../deploy/campaign/calendar-",
                $year,
                ".json"
            ))),*]
        };
    }
    for year in years!(2020, 2021, 2022, 2023, 2024, 2025, 2026) {
        admin().when(&announced(year)).then_done();
    }
}
