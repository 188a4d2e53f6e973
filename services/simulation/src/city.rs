//! The whole city as it is published, and what changes in it during the year: officials rotate, calendars are corrected.

use crate::random::Random;
use decider::{Decider, Given, Stamp};
use directory_domain::{DirectoryCommand, DirectoryEntry, DirectoryView, EntryState, stream_of};
use jiff::{SignedDuration, Timestamp};
use jurisdiction::{
    Actor, Jurisdiction, Ladder, Level, Limit, Obligation, ObligationLimits, Role, StaffId, StaffMember,
    Stage, Unit, UnitCode, UnitKind, YearCalendar,
};
use serde::Deserialize;
use std::collections::BTreeMap;

const UNITS: &str = include_str!("../../../deploy/campaign/units.json");
const STAFF: &str = include_str!("../../../deploy/campaign/staff.json");
const CAMPAIGN: &str = include_str!("../../../deploy/campaign/campaign.json");
const CALENDARS: [&str; 2] = [
    include_str!("../../../deploy/campaign/calendar-2020.json"),
    include_str!("../../../deploy/campaign/calendar-2021.json"),
];

/// The campaign whose settings these are.
pub const CAMPAIGN_ID: &str = "2020";
pub const DISPATCHER: &str = "dispatcher-city";
/// Dispatches, and leads the office.
const BOTH: &str = "dispatching-leader";
pub const CITY: &str = "321300";
pub const OFFICE: &str = "321300-AWB";
pub const INSPECTORS: &str = "321300-JW";
pub const SUPERVISION: &str = "321300-DDZ";

/// When the directory changes, how, and what it then amounts to.
#[derive(Debug)]
pub struct Change {
    pub at: Timestamp,
    pub commands: Vec<DirectoryCommand>,
    pub after: Jurisdiction,
}

#[derive(Deserialize)]
struct Campaign {
    stages: Vec<Stage>,
    limits: Vec<NamedLimits>,
    ladder: Ladder,
}

#[derive(Deserialize)]
struct NamedLimits {
    obligation: Obligation,
    normal: Limit,
    urgent: Limit,
}

#[derive(Deserialize)]
struct Year {
    year: i16,
    #[serde(flatten)]
    calendar: YearCalendar,
}

/// Everything that is loaded at the start, in an order in which each entry finds what it needs.
fn founding() -> Vec<DirectoryCommand> {
    let units: Vec<Unit> = serde_json::from_str(UNITS).expect("units.json");
    let staff: Vec<StaffMember> = serde_json::from_str(STAFF).expect("staff.json");
    let campaign: Campaign = serde_json::from_str(CAMPAIGN).expect("campaign.json");
    let named = |limits: NamedLimits| {
        let (normal, urgent) = (limits.normal, limits.urgent);
        (limits.obligation, ObligationLimits { normal, urgent })
    };
    let limits: BTreeMap<_, _> = campaign.limits.into_iter().map(named).collect();
    let mut commands: Vec<_> = units.into_iter().map(DirectoryCommand::RegisterUnit).collect();
    commands.extend(staff.into_iter().map(DirectoryCommand::RegisterStaff));
    commands.extend(tempted().map(DirectoryCommand::RegisterStaff));
    commands.push(DirectoryCommand::SetStages(campaign.stages));
    commands.push(DirectoryCommand::SetLimits(limits));
    commands.push(DirectoryCommand::SetLadder(campaign.ladder));
    commands
}

/// Two who could be both of two persons: a second inspector beside the first, and a dispatcher who also leads the office.
fn tempted() -> [StaffMember; 2] {
    let member = |account: &str, name: &str, unit: &str, roles: &[Role]| StaffMember {
        account: StaffId::of(account),
        name: name.to_owned(),
        unit: UnitCode::of(unit),
        roles: roles.iter().copied().collect(),
        email: None,
        first_responsible: false,
    };
    [
        member("inspector-2", "演示·市监察员乙", INSPECTORS, &[Role::Inspector]),
        member(
            BOTH,
            "演示·市派单负责人",
            OFFICE,
            &[Role::Dispatcher, Role::Leader],
        ),
    ]
}

fn year(index: usize) -> (i16, YearCalendar) {
    let year: Year = serde_json::from_str(CALENDARS[index]).expect("a calendar");
    (year.year, year.calendar)
}

fn set_year((year, calendar): (i16, YearCalendar)) -> DirectoryCommand {
    DirectoryCommand::SetYear {
        year,
        calendar,
        basis: "国务院办公厅关于节假日安排的通知".to_owned(),
    }
}

/// The directory over the year. The October holiday is first announced a day too short, and the next year in November.
pub fn timeline(begin: Timestamp, random: &mut Random) -> Vec<Change> {
    let mut planned = vec![];
    let mut first = founding();
    let (number, mut short) = year(0);
    short.holidays.remove(&jiff::civil::date(2020, 10, 8));
    short.make_up_workdays.remove(&jiff::civil::date(2020, 10, 10));
    first.push(set_year((number, short)));
    planned.push((begin, first));
    let day = |days: i64| begin + SignedDuration::from_hours(24 * days + 3);
    planned.push((day(131), vec![set_year(year(0))]));
    planned.push((day(194), vec![set_year(year(1))]));
    let gentler = Ladder {
        interview_after: 4,
        criticism_after: 6,
        ..Ladder::default()
    };
    planned.push((day(100), vec![DirectoryCommand::SetLadder(gentler)]));
    let heads: Vec<_> = township_heads();
    for number in 0..12 {
        let Some(unit) = random.pick(&heads).cloned() else {
            break;
        };
        planned.push((day(0) + random.days(10, 330), rotation(&unit, number)));
    }
    planned.sort_by_key(|(at, _)| *at);
    work_out(planned)
}

fn township_heads() -> Vec<UnitCode> {
    let units: Vec<Unit> = serde_json::from_str(UNITS).expect("units.json");
    let townships = units
        .into_iter()
        .filter(|unit| unit.level == Level::Township && unit.kind == UnitKind::Government);
    townships.map(|unit| unit.code).collect()
}

/// 轮岗: somebody new comes to the unit and takes over from whoever heads it.
fn rotation(unit: &UnitCode, number: usize) -> Vec<DirectoryCommand> {
    let account = StaffId::of(&format!("successor-{number}-{unit}"));
    let successor = StaffMember {
        account: account.clone(),
        name: format!("演示·继任者{number}"),
        unit: unit.clone(),
        roles: [Role::Leader].into_iter().collect(),
        email: None,
        first_responsible: false,
    };
    vec![
        DirectoryCommand::RegisterStaff(successor),
        DirectoryCommand::HandOver {
            unit: unit.clone(),
            to: account,
            reason: "轮岗".into(),
        },
    ]
}

/// Asks the directory's own domain, step by step.
fn work_out(planned: Vec<(Timestamp, Vec<DirectoryCommand>)>) -> Vec<Change> {
    let (mut view, mut entries) = (DirectoryView::default(), BTreeMap::<String, EntryState>::new());
    let by = Actor::system("directory/campaign");
    let mut changes = Vec::new();
    for (at, commands) in planned {
        for command in &commands {
            let entry = entries.entry(stream_of(command, CAMPAIGN_ID)).or_default();
            let given = Given {
                at,
                by: &by,
                jurisdiction: &view.jurisdiction,
            };
            let facts = DirectoryEntry::decide(entry, command, given).expect("the campaign holds together");
            let stamp = Stamp { at, by: by.clone() };
            for fact in &facts {
                DirectoryEntry::evolve(entry, fact, &stamp);
                view.apply(fact, at);
            }
        }
        let after = view.jurisdiction.clone();
        changes.push(Change { at, commands, after });
    }
    changes
}

/// The first person who serves in a unit in a role.
pub fn acting(jurisdiction: &Jurisdiction, unit: &UnitCode, role: Role) -> Option<Actor> {
    let mut staff: Vec<_> = jurisdiction.staff_of(unit, role).collect();
    staff.sort_by_key(|member| (!member.first_responsible, member.account.clone()));
    let member = staff.first()?;
    Some(Actor::staff(member.account.clone(), unit.clone(), role))
}

pub fn leader(jurisdiction: &Jurisdiction, unit: &UnitCode) -> Option<Actor> {
    acting(jurisdiction, unit, Role::Leader)
}

/// The desk of the city.
pub fn dispatcher() -> Actor {
    Actor::staff(StaffId::of(DISPATCHER), UnitCode::of(OFFICE), Role::Dispatcher)
}

/// Somebody who holds two posts at that desk, acting in one of them.
pub fn dispatching_leader(role: Role) -> Actor {
    Actor::staff(StaffId::of(BOTH), UnitCode::of(OFFICE), role)
}

pub fn inspector() -> Actor {
    let unit = UnitCode::of(INSPECTORS);
    Actor::staff(StaffId::of("inspector"), unit, Role::Inspector)
}

/// A colleague of the same post.
pub fn second_inspector() -> Actor {
    let unit = UnitCode::of(INSPECTORS);
    Actor::staff(StaffId::of("inspector-2"), unit, Role::Inspector)
}

pub fn supervisor() -> Actor {
    let unit = UnitCode::of(SUPERVISION);
    Actor::staff(StaffId::of("supervisor"), unit, Role::Supervisor)
}
