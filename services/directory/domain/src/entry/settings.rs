//! What every setting of the campaign must meet, whether it holds at once or from a day to come.

use crate::DirectoryRefusal as Refusal;
use decider::Given;
use jiff::civil::{Date, Weekday};
use jurisdiction::{
    Custody, Ladder, Limit, Obligation, ObligationLimits, RecheckDays, RewardRule, Scheduled, Setting,
    SupervisionNumbers, SupervisionThresholds, YearCalendar, campaign_time,
};
use std::collections::{BTreeMap, BTreeSet};

const LONGEST_WATCH_DAYS: u16 = 3650;
/// The State Council's years 2020 to 2026 take 18 or 19 weekdays off, make-up days apart. Twice that leaves room for another
/// festival and for what is prolonged; more would only stop every deadline of the city.
const MOST_WEEKDAYS_OFF: usize = 40;
/// A quarter and a month; the longest limit of the order is a stage of the campaign.
const LONGEST_LIMIT_MINUTES: u32 = 120 * 24 * 60;
/// Working days until the top rung, and days until it is said again: beyond them nobody would ever be called.
const SLOWEST_LADDER: u16 = 60;
const LONGEST_SILENCE: u16 = 31;
/// A week; an agreement that holds for longer is no decision on a case any more.
const LONGEST_APPROVAL_HOURS: u32 = 7 * 24;

pub(super) fn check_setting(setting: &Setting) -> Result<(), Refusal> {
    match setting {
        Setting::Limits(limits) => check_limits(limits),
        Setting::Ladder(ladder) => check_ladder(ladder),
        Setting::Supervision(thresholds) => check_thresholds(thresholds),
        Setting::RecheckDays(days) => check_recheck_days(days),
        Setting::Custody(custody) => check_custody(*custody),
    }
}

/// No time at all is no limit but an accusation, and what is urgent never has longer than what is not.
pub(super) fn check_limits(limits: &BTreeMap<Obligation, ObligationLimits>) -> Result<(), Refusal> {
    if limits.is_empty() {
        return Err(Refusal::LimitMissing);
    }
    for limits in limits.values() {
        let [normal, urgent] = [limits.normal, limits.urgent].map(Limit::shortest_minutes);
        if normal == 0 || urgent == 0 {
            return Err(Refusal::LimitMissing);
        }
        if urgent > normal {
            return Err(Refusal::UrgentLonger);
        }
        if normal > LONGEST_LIMIT_MINUTES {
            return Err(Refusal::LimitTooLong);
        }
    }
    Ok(())
}

/// Each version and each first day once, so that every tip has one rule; and nobody loses by being from inside.
pub(super) fn check_rewards(rules: &[RewardRule]) -> Result<(), Refusal> {
    if rules.is_empty() || rules.iter().any(|rule| rule.version.trim().is_empty()) {
        return Err(Refusal::RewardVersionMissing);
    }
    let versions: BTreeSet<_> = rules.iter().map(|rule| rule.version.trim()).collect();
    let days: BTreeSet<_> = rules.iter().map(|rule| rule.from).collect();
    if versions.len() < rules.len() || days.len() < rules.len() {
        return Err(Refusal::RewardVersionTwice);
    }
    let bounded = |rule: &RewardRule| rule.least_yuan > 0 && rule.least_yuan <= rule.most_yuan;
    if !rules.iter().all(bounded) {
        return Err(Refusal::RewardBounds);
    }
    if !rules.iter().all(|rule| (1..=100).contains(&rule.share_percent)) {
        return Err(Refusal::RewardShare);
    }
    if !rules
        .iter()
        .all(|rule| (100..=1000).contains(&rule.insider_percent))
    {
        return Err(Refusal::InsiderFactor);
    }
    Ok(())
}

/// Every rung lies above the one before it, and the top one is repeated.
pub(super) fn check_ladder(ladder: &Ladder) -> Result<(), Refusal> {
    let rungs = [
        0,
        ladder.supervision_order_after,
        ladder.interview_after,
        ladder.criticism_after,
        ladder.referral_after,
    ];
    if !rungs.is_sorted_by(|lower, higher| lower < higher) || ladder.repeat_days == 0 {
        return Err(Refusal::LadderNotRising);
    }
    if ladder.referral_after > SLOWEST_LADDER || ladder.repeat_days > LONGEST_SILENCE {
        return Err(Refusal::LadderTooSlow);
    }
    Ok(())
}

/// A window of no days counts nothing; thresholds of nothing but zeros switch special supervision off altogether.
pub(super) fn check_thresholds(thresholds: &SupervisionThresholds) -> Result<(), Refusal> {
    let nothing = SupervisionNumbers::default();
    if thresholds.window_days == 0 || thresholds.county == nothing || thresholds.township == nothing {
        return Err(Refusal::ThresholdsMissing);
    }
    Ok(())
}

pub(super) fn check_recheck_days(days: &RecheckDays) -> Result<(), Refusal> {
    let possible = |day: &u16| (1..=LONGEST_WATCH_DAYS).contains(day);
    if days.days().is_empty() || !days.days().iter().all(possible) {
        return Err(Refusal::RecheckDays);
    }
    Ok(())
}

pub(super) fn check_custody(custody: Custody) -> Result<(), Refusal> {
    if !(1..=LONGEST_APPROVAL_HOURS).contains(&custody.approval_hours) {
        return Err(Refusal::ApprovalHours);
    }
    Ok(())
}

/// What holds from today on is set at once; what held yesterday was decided yesterday.
pub(super) fn check_day(scheduled: &Scheduled, given: Given<'_>) -> Result<(), Refusal> {
    if scheduled.from <= campaign_time(given.at).date() {
        return Err(Refusal::DayNotToCome);
    }
    Ok(())
}

pub(super) fn check_year(year: i16, calendar: &YearCalendar) -> Result<(), Refusal> {
    let both = calendar
        .holidays
        .intersection(&calendar.make_up_workdays)
        .next()
        .is_some();
    let foreign = calendar
        .holidays
        .iter()
        .chain(&calendar.make_up_workdays)
        .any(|day| day.year() != year);
    if both || foreign {
        return Err(Refusal::DayBothWays);
    }
    let is_weekday = |day: &&Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    if calendar.holidays.iter().filter(is_weekday).count() > MOST_WEEKDAYS_OFF {
        return Err(Refusal::TooManyDaysOff);
    }
    Ok(())
}
