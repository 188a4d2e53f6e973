//! One entry of the directory: state, decisions, evolution.

use crate::{DirectoryCommand as Command, DirectoryEvent as Event, DirectoryRefusal as Refusal};
use decider::{Decider, Given, Stamp};
use jurisdiction::{Jurisdiction, Level, RewardRules, Role, StaffId, StaffMember, Unit, UnitCode, UnitKind};
use serde::Serialize;
use settings::{
    check_custody, check_day, check_ladder, check_limits, check_recheck_days, check_rewards, check_setting,
    check_thresholds, check_year,
};
use standing::stands;

mod settings;
mod standing;

const LONGEST_ADVANCE_SECONDS: i64 = 400 * 24 * 3600;

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
        Command::RegisterUnit(Unit { code, .. })
        | Command::MergeUnit { unit: code, .. }
        | Command::HandOver { unit: code, .. } => format!("unit-{code}"),
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
        let own = matches!(command, Command::SetPassword { account } if given.by.person() == Some(account));
        if !own && !given.by.is_system() && !given.by.is(Role::Admin) {
            return Err(Refusal::NotAdmin);
        }
        if is_done(command, given.jurisdiction) {
            return Ok(vec![]);
        }
        if is_about_oneself(command, given) {
            return Err(Refusal::OwnAccount);
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

/// Whether a handover or a merger has taken place already.
fn is_done(command: &Command, jurisdiction: &Jurisdiction) -> bool {
    match command {
        Command::HandOver { unit, to, .. } => {
            responsible(unit, jurisdiction).is_some_and(|now| now.account == *to)
        }
        Command::MergeUnit { unit, into, .. } => jurisdiction.merged.get(unit) == Some(into),
        _ => false,
    }
}

/// Whether somebody would give or take their own roles, post or responsibility. Name and address are nobody's power.
fn is_about_oneself(command: &Command, given: Given<'_>) -> bool {
    let own = |account: &StaffId| given.by.person() == Some(account);
    match command {
        Command::RegisterStaff(member) if own(&member.account) => {
            let post = |member: &StaffMember| {
                let roles = member.roles.clone();
                (roles, member.unit.clone(), member.first_responsible)
            };
            let now = given.jurisdiction.staff.get(&member.account);
            now.map(post) != Some(post(member))
        }
        Command::RetireStaff { account, .. } | Command::HandOver { to: account, .. } => own(account),
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
        Command::MergeUnit { unit, into, reason } => {
            check_merger(unit, into, jurisdiction)?;
            if reason.trim().is_empty() {
                return Err(Refusal::MergeReasonMissing);
            }
            Event::UnitMerged {
                unit: unit.clone(),
                into: into.clone(),
                reason: reason.trim().to_owned(),
            }
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
        Command::SetPassword { account } => {
            // One that is left behind for a name to come would let its author in later.
            jurisdiction.staff.get(account).ok_or(Refusal::UnknownStaff)?;
            Event::PasswordSet {
                account: account.clone(),
            }
        }
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
            check_setting(&scheduled.setting)?;
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
        Command::SetYear {
            year,
            calendar,
            basis,
        } => {
            check_year(*year, calendar)?;
            let known = jurisdiction.calendar.years().find(|(known, _)| *known == *year);
            let corrects = known.is_some_and(|(_, known)| known != calendar);
            if corrects && basis.trim().is_empty() {
                return Err(Refusal::CalendarBasisMissing);
            }
            Event::YearSet {
                year: *year,
                calendar: calendar.clone(),
                basis: basis.trim().to_owned(),
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

fn check_unit(unit: &Unit, jurisdiction: &Jurisdiction) -> Result<(), Refusal> {
    if unit.name.trim().is_empty() {
        return Err(Refusal::NameMissing);
    }
    check_email(unit.email.as_deref())?;
    if jurisdiction.is_merged(&unit.code) {
        return Err(Refusal::UnitMerged);
    }
    // They see the whole city, and sign for it: none is made up below it.
    let of_the_city = matches!(
        unit.kind,
        UnitKind::Supervision | UnitKind::Discipline | UnitKind::PoliticalLegal
    );
    if of_the_city && unit.level != Level::City {
        return Err(Refusal::CityOnly);
    }
    let above = if unit.kind == UnitKind::Government {
        unit.level.above()
    } else {
        Some(unit.level)
    };
    match (above, &unit.parent) {
        (None, None) => Ok(()),
        (Some(level), Some(parent)) => {
            let parent = jurisdiction.unit(parent).ok_or(Refusal::UnknownParent)?;
            if jurisdiction.is_merged(&parent.code) {
                Err(Refusal::UnitMerged)
            } else if parent.level == level && parent.kind == UnitKind::Government {
                Ok(())
            } else {
                Err(Refusal::ParentLevelMismatch)
            }
        }
        _ => Err(Refusal::UnknownParent),
    }
}

/// Nobody is left without a desk, and nothing without a unit above it. Whatever the unit still has in hand is passed on by
/// the level above, whose desk shows it.
fn check_merger(unit: &UnitCode, into: &UnitCode, jurisdiction: &Jurisdiction) -> Result<(), Refusal> {
    let known = jurisdiction.unit(unit).ok_or(Refusal::UnknownUnit)?;
    if jurisdiction.is_merged(unit) {
        return Err(Refusal::UnitMerged);
    }
    let alike = |other: &Unit| {
        other.level == known.level && other.kind == known.kind && other.department == known.department
    };
    let other = jurisdiction.open_units().find(|other| other.code == *into);
    if known.level == Level::City || unit == into || !other.is_some_and(alike) {
        return Err(Refusal::MergeElsewhere);
    }
    if jurisdiction
        .open_units()
        .any(|lower| lower.parent.as_ref() == Some(unit))
    {
        return Err(Refusal::UnitHasLower);
    }
    if jurisdiction.staff.values().any(|member| member.unit == *unit) {
        return Err(Refusal::UnitHasStaff);
    }
    Ok(())
}

fn check_staff(member: &StaffMember, jurisdiction: &Jurisdiction) -> Result<(), Refusal> {
    if member.name.trim().is_empty() {
        return Err(Refusal::NameMissing);
    }
    check_email(member.email.as_deref())?;
    jurisdiction.unit(&member.unit).ok_or(Refusal::UnknownUnit)?;
    if jurisdiction.is_merged(&member.unit) {
        return Err(Refusal::UnitMerged);
    }
    if member.roles.is_empty() {
        return Err(Refusal::RolesMissing);
    }
    if !fits(member, jurisdiction) {
        return Err(Refusal::RoleOfAnotherOffice);
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

/// Nobody supervises from an office that is supervised, and nobody but the discipline inspectors inspects.
fn fits(member: &StaffMember, jurisdiction: &Jurisdiction) -> bool {
    let kind = jurisdiction.unit(&member.unit).map(|unit| unit.kind);
    let mut roles = member.roles.iter();
    roles.all(|role| match role {
        Role::Supervisor => kind == Some(UnitKind::Supervision),
        Role::Inspector => kind == Some(UnitKind::Discipline),
        _ => true,
    })
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

#[cfg(test)]
mod tests;
