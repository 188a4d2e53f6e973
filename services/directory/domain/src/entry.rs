//! One entry of the directory: state, decisions, evolution.

use crate::{DirectoryCommand as Command, DirectoryEvent as Event, DirectoryRefusal as Refusal};
use decider::{Decider, Given, Stamp};
use jurisdiction::{
    Custody, Jurisdiction, Ladder, Limit, Obligation, ObligationLimits, RecheckDays, RewardRule, RewardRules,
    Role, Scheduled, Setting, StaffMember, SupervisionNumbers, SupervisionThresholds, Unit, UnitCode,
    UnitKind, YearCalendar, campaign_time,
};
use serde::Serialize;
use standing::stands;
use std::collections::{BTreeMap, BTreeSet};

mod standing;

const LONGEST_WATCH_DAYS: u16 = 3650;
const LONGEST_ADVANCE_SECONDS: i64 = 400 * 24 * 3600;
/// A week; an agreement that holds for longer is no decision on a case any more.
const LONGEST_APPROVAL_HOURS: u32 = 7 * 24;

/// The latest facts of one entry's stream.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryState {
    /// The last of each kind of fact: repeating it records nothing while the directory still stands as it says.
    latest: Vec<Event>,
}

/// The aggregate.
#[derive(Debug)]
pub struct DirectoryEntry;

/// The stream that a command writes to; `campaign` is the id of the campaign whose settings these are.
pub fn stream_of(command: &Command, campaign: &str) -> String {
    match command {
        Command::RegisterUnit(Unit { code, .. }) | Command::HandOver { unit: code, .. } => {
            format!("unit-{code}")
        }
        Command::RegisterStaff(StaffMember { account, .. })
        | Command::RetireStaff { account, .. }
        | Command::SetPassword { account } => format!("staff-{account}"),
        Command::SetStages(_)
        | Command::SetLimits(_)
        | Command::SetLadder(_)
        | Command::SetSupervision(_)
        | Command::Schedule(_)
        | Command::SetRecheckDays(_)
        | Command::SetRewardRules(_)
        | Command::SetCustody(_) => format!("campaign-{campaign}"),
        Command::SetYear { year, .. } => format!("calendar-{year}"),
        Command::PublishHotline(hotline) => format!("hotline-{}", hotline.number),
        Command::WithdrawHotline { number, .. } => format!("hotline-{number}"),
        Command::AdvanceClock { .. } => "clock-simulated".to_owned(),
    }
}

impl Decider for DirectoryEntry {
    const CATEGORY: &'static str = "directory";
    type State = EntryState;
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(state: &EntryState, command: &Command, given: Given<'_>) -> Result<Vec<Event>, Refusal> {
        if !given.by.is_system() && !given.by.is(Role::Admin) {
            return Err(Refusal::NotAdmin);
        }
        if is_done(command, given.jurisdiction) {
            return Ok(vec![]);
        }
        if let Command::Schedule(scheduled) = command {
            check_day(scheduled, given)?;
        }
        let event = fact(command, given.jurisdiction)?;
        // Both, for the directory as it is known here may lag behind the stream.
        let repeats = state.latest.contains(&event) && stands(&event, given.jurisdiction, given.at);
        Ok(if repeats { vec![] } else { vec![event] })
    }

    fn evolve(state: &mut EntryState, event: &Event, _: &Stamp) {
        let kind = std::mem::discriminant(event);
        state
            .latest
            .retain(|earlier| std::mem::discriminant(earlier) != kind);
        if matches!(event, Event::StaffRetired { .. } | Event::HotlineWithdrawn { .. }) {
            state.latest.clear();
        }
        state.latest.push(event.clone());
    }
}

/// Whether a handover has taken place already.
fn is_done(command: &Command, jurisdiction: &Jurisdiction) -> bool {
    match command {
        Command::HandOver { unit, to, .. } => {
            responsible(unit, jurisdiction).is_some_and(|now| now.account == *to)
        }
        _ => false,
    }
}

fn responsible<'a>(unit: &UnitCode, jurisdiction: &'a Jurisdiction) -> Option<&'a StaffMember> {
    let staff = &mut jurisdiction.staff.values();
    staff.find(|member| member.first_responsible && member.unit == *unit)
}

fn fact(command: &Command, jurisdiction: &Jurisdiction) -> Result<Event, Refusal> {
    Ok(match command {
        Command::RegisterUnit(unit) => {
            check_unit(unit, jurisdiction)?;
            Event::UnitRegistered { unit: unit.clone() }
        }
        Command::RegisterStaff(member) => {
            check_staff(member, jurisdiction)?;
            Event::StaffRegistered {
                member: member.clone(),
            }
        }
        Command::HandOver { unit, to, reason } => {
            jurisdiction.unit(unit).ok_or(Refusal::UnknownUnit)?;
            let successor = jurisdiction.staff.get(to).ok_or(Refusal::UnknownSuccessor)?;
            if successor.unit != *unit || !successor.roles.contains(&Role::Leader) {
                return Err(Refusal::SuccessorElsewhere);
            }
            if reason.trim().is_empty() {
                return Err(Refusal::HandoverReasonMissing);
            }
            Event::HandedOver {
                unit: unit.clone(),
                from: responsible(unit, jurisdiction).map(|before| before.account.clone()),
                to: to.clone(),
                reason: reason.trim().to_owned(),
            }
        }
        Command::RetireStaff { account, reason } => {
            jurisdiction.staff.get(account).ok_or(Refusal::UnknownStaff)?;
            Event::StaffRetired {
                account: account.clone(),
                reason: reason.clone(),
            }
        }
        Command::SetPassword { account } => Event::PasswordSet {
            account: account.clone(),
        },
        Command::SetStages(stages) => {
            if stages
                .iter()
                .any(|stage| stage.to.is_some_and(|to| to < stage.from))
            {
                return Err(Refusal::StageEndsBeforeStart);
            }
            Event::StagesSet {
                stages: stages.clone(),
            }
        }
        Command::SetLimits(limits) => {
            check_limits(limits)?;
            Event::LimitsSet {
                limits: limits.clone(),
            }
        }
        Command::SetLadder(ladder) => {
            check_ladder(ladder)?;
            Event::LadderSet {
                ladder: ladder.clone(),
            }
        }
        Command::SetSupervision(thresholds) => {
            check_thresholds(thresholds)?;
            Event::SupervisionSet {
                thresholds: thresholds.clone(),
            }
        }
        Command::Schedule(scheduled) => {
            match &scheduled.setting {
                Setting::Limits(limits) => check_limits(limits)?,
                Setting::Ladder(ladder) => check_ladder(ladder)?,
                Setting::Supervision(thresholds) => check_thresholds(thresholds)?,
                Setting::RecheckDays(days) => check_recheck_days(days)?,
                Setting::Custody(custody) => check_custody(*custody)?,
            }
            Event::SettingScheduled {
                scheduled: scheduled.clone(),
            }
        }
        Command::SetRecheckDays(days) => {
            check_recheck_days(days)?;
            Event::RecheckDaysSet { days: days.clone() }
        }
        Command::SetRewardRules(rules) => {
            check_rewards(rules)?;
            Event::RewardRulesSet {
                rules: RewardRules::new(rules.clone()),
            }
        }
        Command::SetCustody(custody) => {
            check_custody(*custody)?;
            Event::CustodySet { custody: *custody }
        }
        Command::SetYear { year, calendar } => {
            check_year(*year, calendar)?;
            Event::YearSet {
                year: *year,
                calendar: calendar.clone(),
            }
        }
        Command::PublishHotline(hotline) => {
            let number = &hotline.number;
            if !(3..=20).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
                return Err(Refusal::HotlineNumber);
            }
            Event::HotlinePublished {
                hotline: hotline.clone(),
            }
        }
        Command::WithdrawHotline { number, reason } => {
            if !jurisdiction.hotlines.contains_key(number) {
                return Err(Refusal::UnknownHotline);
            }
            if jurisdiction.hotlines.len() == 1 {
                return Err(Refusal::LastHotline);
            }
            if reason.trim().is_empty() {
                return Err(Refusal::WithdrawalReasonMissing);
            }
            Event::HotlineWithdrawn {
                number: number.clone(),
                reason: reason.trim().to_owned(),
            }
        }
        Command::AdvanceClock { seconds } => {
            if !(1..=LONGEST_ADVANCE_SECONDS).contains(seconds) {
                return Err(Refusal::OnlyForward);
            }
            Event::ClockAdvanced { seconds: *seconds }
        }
    })
}

/// No time at all is no limit but an accusation, and what is urgent never has longer than what is not.
fn check_limits(limits: &BTreeMap<Obligation, ObligationLimits>) -> Result<(), Refusal> {
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
    }
    Ok(())
}

/// Each version and each first day once, so that every tip has one rule; and nobody loses by being from inside.
fn check_rewards(rules: &[RewardRule]) -> Result<(), Refusal> {
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
fn check_ladder(ladder: &Ladder) -> Result<(), Refusal> {
    let rungs = [
        0,
        ladder.supervision_order_after,
        ladder.interview_after,
        ladder.criticism_after,
        ladder.referral_after,
    ];
    if rungs.is_sorted_by(|lower, higher| lower < higher) && ladder.repeat_days > 0 {
        Ok(())
    } else {
        Err(Refusal::LadderNotRising)
    }
}

/// A window of no days counts nothing; thresholds of nothing but zeros switch special supervision off altogether.
fn check_thresholds(thresholds: &SupervisionThresholds) -> Result<(), Refusal> {
    let nothing = SupervisionNumbers::default();
    if thresholds.window_days == 0 || thresholds.county == nothing || thresholds.township == nothing {
        return Err(Refusal::ThresholdsMissing);
    }
    Ok(())
}

fn check_recheck_days(days: &RecheckDays) -> Result<(), Refusal> {
    let possible = |day: &u16| (1..=LONGEST_WATCH_DAYS).contains(day);
    if days.days().is_empty() || !days.days().iter().all(possible) {
        return Err(Refusal::RecheckDays);
    }
    Ok(())
}

fn check_custody(custody: Custody) -> Result<(), Refusal> {
    if !(1..=LONGEST_APPROVAL_HOURS).contains(&custody.approval_hours) {
        return Err(Refusal::ApprovalHours);
    }
    Ok(())
}

/// What holds from today on is set at once; what held yesterday was decided yesterday.
fn check_day(scheduled: &Scheduled, given: Given<'_>) -> Result<(), Refusal> {
    if scheduled.from <= campaign_time(given.at).date() {
        return Err(Refusal::DayNotToCome);
    }
    Ok(())
}

fn check_unit(unit: &Unit, jurisdiction: &Jurisdiction) -> Result<(), Refusal> {
    if unit.name.trim().is_empty() {
        return Err(Refusal::NameMissing);
    }
    check_email(unit.email.as_deref())?;
    let above = if unit.kind == UnitKind::Government {
        unit.level.above()
    } else {
        Some(unit.level)
    };
    match (above, &unit.parent) {
        (None, None) => Ok(()),
        (Some(level), Some(parent)) => {
            let parent = jurisdiction.unit(parent).ok_or(Refusal::UnknownParent)?;
            if parent.level == level && parent.kind == UnitKind::Government {
                Ok(())
            } else {
                Err(Refusal::ParentLevelMismatch)
            }
        }
        _ => Err(Refusal::UnknownParent),
    }
}

fn check_staff(member: &StaffMember, jurisdiction: &Jurisdiction) -> Result<(), Refusal> {
    if member.name.trim().is_empty() {
        return Err(Refusal::NameMissing);
    }
    check_email(member.email.as_deref())?;
    jurisdiction.unit(&member.unit).ok_or(Refusal::UnknownUnit)?;
    if member.roles.is_empty() {
        return Err(Refusal::RolesMissing);
    }
    let taken = jurisdiction
        .staff
        .values()
        .any(|other| other.first_responsible && other.unit == member.unit && other.account != member.account);
    if member.first_responsible && taken {
        Err(Refusal::AnotherFirstResponsible)
    } else {
        Ok(())
    }
}

fn check_email(email: Option<&str>) -> Result<(), Refusal> {
    let Some(email) = email else { return Ok(()) };
    match email.split_once('@') {
        Some((local, domain))
            if !local.is_empty() && domain.contains('.') && !email.contains(char::is_whitespace) =>
        {
            Ok(())
        }
        _ => Err(Refusal::BadEmail),
    }
}

fn check_year(year: i16, calendar: &YearCalendar) -> Result<(), Refusal> {
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
        Err(Refusal::DayBothWays)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
