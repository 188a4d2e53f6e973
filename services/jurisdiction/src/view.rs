//! The jurisdiction as it stands: the tree of units, who serves where, stages, hotlines, calendar and limits.

use crate::calendar::end_of_day;
use crate::{
    Actor, Custody, Department, Ladder, Level, Limit, Obligation, RecheckHistory, RewardRules, Role,
    Scheduled, StaffId, SupervisionThresholds, TimeLimits, UnitCode, UnitKind,
};
use crate::{Urgency, WorkingCalendar};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A unit of the campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub code: UnitCode,
    pub name: String,
    pub level: Level,
    pub kind: UnitKind,
    /// `None` only for the city.
    #[serde(default)]
    pub parent: Option<UnitCode>,
    #[serde(default)]
    pub department: Option<Department>,
    /// Where the unit's official mail goes.
    #[serde(default)]
    pub email: Option<String>,
}

/// A person who works in the campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffMember {
    pub account: StaffId,
    pub name: String,
    pub unit: UnitCode,
    pub roles: BTreeSet<Role>,
    #[serde(default)]
    pub email: Option<String>,
    /// 第一责任人 of the unit.
    #[serde(default)]
    pub first_responsible: bool,
}

/// A stage of the campaign, both days included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// e.g. `sweep`, `rectification`.
    pub code: String,
    pub name: String,
    pub from: Date,
    /// Open-ended for the watch against relapse.
    #[serde(default)]
    pub to: Option<Date>,
    /// What every area owes at its end. Facts from before it was kept say nothing: see [`Stage::duty`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owes: Option<StageDuty>,
    /// Whether remaining measures never outlast it. Likewise: see [`Stage::caps_measures`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps_measures: Option<bool>,
}

/// What every village, township and county owes at the end of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageDuty {
    /// 保证 to the level above.
    Guarantee,
    /// Its report of results.
    Report,
    /// A report of results that the supervision group accepts or does not.
    Acceptance,
}

impl Stage {
    /// What it asks of every area; of a stage that does not say, what the order's own stages ask.
    pub fn duty(&self) -> StageDuty {
        self.owes.unwrap_or(match self.code.as_str() {
            "mobilisation" => StageDuty::Guarantee,
            "acceptance" => StageDuty::Acceptance,
            _ => StageDuty::Report,
        })
    }
    /// Whether remaining measures never outlast it; of a stage that does not say, the order's own rectification.
    pub fn caps_measures(&self) -> bool {
        self.caps_measures.unwrap_or(self.code == "rectification")
    }
}

/// A published telephone line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hotline {
    pub number: String,
    pub name: String,
    #[serde(default)]
    pub hours: String,
    /// Nobody answers a call there: it takes messages.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_sms: bool,
}

/// Everything a decision may know about units, people and dates. Built by folding the directory's events.
#[derive(Clone, Debug, Default)]
pub struct Jurisdiction {
    pub units: BTreeMap<UnitCode, Unit>,
    /// Units that were merged 撤并, each with the one that took it over and that it lies below since then.
    pub merged: BTreeMap<UnitCode, UnitCode>,
    pub staff: BTreeMap<StaffId, StaffMember>,
    pub stages: Vec<Stage>,
    pub hotlines: BTreeMap<String, Hotline>,
    pub calendar: WorkingCalendar,
    pub limits: TimeLimits,
    pub ladder: Ladder,
    /// When closed sites are looked at again, and were before.
    pub rechecks: RecheckHistory,
    /// How much is too much of a unit.
    pub supervision: SupervisionThresholds,
    /// Settings for days to come, in the order of their days; see [`Jurisdiction::limit_on`].
    pub scheduled: Vec<Scheduled>,
    /// What first valid tips earn.
    pub rewards: RewardRules,
    /// How reporters' identities are kept.
    pub custody: Custody,
}

impl Jurisdiction {
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.get(code)
    }
    /// The name for people; the code itself if the unit is unknown.
    pub fn unit_name(&self, code: &UnitCode) -> String {
        self.unit(code)
            .map_or_else(|| code.to_string(), |unit| unit.name.clone())
    }
    /// Those that have not been merged into others.
    pub fn open_units(&self) -> impl Iterator<Item = &Unit> {
        let units = self.units.values();
        units.filter(|unit| !self.is_merged(&unit.code))
    }
    pub fn is_merged(&self, code: &UnitCode) -> bool {
        self.merged.contains_key(code)
    }
    /// 撤并: whatever lay in the unit lies in the other from now on, and whoever answers for that answers for it.
    pub fn merge(&mut self, unit: &UnitCode, into: &UnitCode) {
        if let Some(unit) = self.units.get_mut(unit) {
            unit.parent = Some(into.clone());
        }
        self.merged.insert(unit.clone(), into.clone());
    }
    pub fn level(&self, code: &UnitCode) -> Option<Level> {
        self.unit(code).map(|unit| unit.level)
    }
    pub fn parent(&self, code: &UnitCode) -> Option<&Unit> {
        self.unit(code)?
            .parent
            .as_ref()
            .and_then(|parent| self.unit(parent))
    }
    /// The unit and everything above it, itself first. Ends on unknown units and on cycles.
    pub fn lineage<'a>(&'a self, code: &'a UnitCode) -> impl Iterator<Item = &'a Unit> {
        let mut next = self.unit(code);
        let mut left = 8;
        std::iter::from_fn(move || {
            let unit = next.filter(|_| left > 0)?;
            left -= 1;
            next = unit.parent.as_ref().and_then(|parent| self.unit(parent));
            Some(unit)
        })
    }
    /// Whether `unit` is `area` or lies below it.
    pub fn is_within(&self, unit: &UnitCode, area: &UnitCode) -> bool {
        self.lineage(unit).any(|above| above.code == *area)
    }
    /// Where a unit stands in the tree of governments: offices and departments act for the government they belong to.
    pub fn seat<'a>(&'a self, code: &'a UnitCode) -> Option<&'a Unit> {
        self.lineage(code).find(|unit| unit.kind == UnitKind::Government)
    }
    /// Whether `unit` lies in the subtree that `authority` acts for (its own seat included).
    pub fn covers(&self, authority: &UnitCode, unit: &UnitCode) -> bool {
        let Some(seat) = self.seat(authority) else {
            return false;
        };
        self.lineage(unit).any(|above| above.code == seat.code)
    }
    /// Whether the actor's unit covers `unit`. Citizens cover nothing, policies everything.
    pub fn actor_covers(&self, actor: &Actor, unit: &UnitCode) -> bool {
        match actor {
            Actor::Staff { unit: own, .. } => self.covers(own, unit),
            Actor::Citizen => false,
            Actor::System { .. } => true,
        }
    }
    /// Whether the actor's unit covers the city itself: what the order gives to the city, a county does not do for it.
    pub fn actor_covers_city(&self, actor: &Actor) -> bool {
        let city = self.city().map(|city| &city.code);
        city.is_some_and(|city| self.actor_covers(actor, city))
    }
    /// The government at `level` on the way up from `unit`, e.g. the county of a village.
    pub fn government_at<'a>(&'a self, unit: &'a UnitCode, level: Level) -> Option<&'a Unit> {
        self.lineage(unit)
            .find(|above| above.level == level && above.kind == UnitKind::Government)
    }
    /// The city itself.
    pub fn city(&self) -> Option<&Unit> {
        self.units
            .values()
            .find(|unit| unit.level == Level::City && unit.kind == UnitKind::Government)
    }
    /// The first unit of a kind, e.g. the discipline inspectors.
    pub fn unit_of_kind(&self, kind: UnitKind) -> Option<&Unit> {
        self.units.values().find(|unit| unit.kind == kind)
    }
    /// The staff member if active in that role.
    pub fn holds(&self, account: &StaffId, role: Role) -> bool {
        self.staff
            .get(account)
            .is_some_and(|member| member.roles.contains(&role))
    }
    /// 第一责任人 of the unit, or of the nearest unit above that has one.
    pub fn first_responsible<'a>(&'a self, unit: &'a UnitCode) -> Option<&'a StaffMember> {
        self.lineage(unit).find_map(|above| {
            self.staff
                .values()
                .find(|member| member.first_responsible && member.unit == above.code)
        })
    }
    /// Staff of one unit with one role.
    pub fn staff_of<'a>(&'a self, unit: &'a UnitCode, role: Role) -> impl Iterator<Item = &'a StaffMember> {
        self.staff
            .values()
            .filter(move |member| member.unit == *unit && member.roles.contains(&role))
    }
    pub fn stage(&self, code: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.code == code)
    }
    /// When an obligation that starts at `from` falls due, by the limit for what starts then.
    pub fn due(&self, obligation: Obligation, urgency: Urgency, from: Timestamp) -> Timestamp {
        self.due_within(self.limit_on(obligation, urgency, from), obligation, from)
    }
    /// When it falls due by a limit that was fixed earlier, on the calendar of now. Remaining measures never outlast the
    /// stage that caps them, unless it is already over (domain.md §5).
    pub fn due_within(&self, limit: Limit, obligation: Obligation, from: Timestamp) -> Timestamp {
        let due = limit.due(from, &self.calendar);
        let capping = self.stages.iter().filter(|stage| stage.caps_measures());
        let ends = capping.filter_map(|stage| stage.to).map(end_of_day);
        let stage_end = ends.filter(|end| from < *end).min();
        match (obligation, stage_end) {
            (Obligation::RemainingMeasures, Some(end)) => due.min(end),
            _ => due,
        }
    }
    /// The limit that holds whatever was decided for days to come.
    pub fn limit(&self, obligation: Obligation, urgency: Urgency) -> Limit {
        self.limits.of(obligation, urgency)
    }
}
