//! The fold of all directory facts: what every service keeps in memory.

use crate::DirectoryEvent as Event;
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Setting};

/// Prefixes of the directory's streams, for subscriptions.
pub const STREAM_PREFIXES: [&str; 6] = ["unit-", "staff-", "campaign-", "calendar-", "hotline-", "clock-"];

/// The jurisdiction, and how far a demonstration's clock runs ahead.
#[derive(Clone, Debug, Default)]
pub struct DirectoryView {
    pub jurisdiction: Jurisdiction,
    /// Sum of all advances; zero in production.
    pub clock_offset_seconds: i64,
}

impl DirectoryView {
    /// Takes in a fact that was recorded at `at`.
    pub fn apply(&mut self, event: &Event, at: Timestamp) {
        let jurisdiction = &mut self.jurisdiction;
        match event {
            Event::UnitRegistered { unit } => {
                jurisdiction.units.insert(unit.code.clone(), unit.clone());
            }
            Event::UnitMerged { unit, into, .. } => jurisdiction.merge(unit, into),
            Event::StaffRegistered { member } => {
                jurisdiction.staff.insert(member.account.clone(), member.clone());
            }
            Event::HandedOver { from, to, .. } => {
                for (account, responsible) in from.iter().map(|from| (from, false)).chain([(to, true)]) {
                    if let Some(member) = jurisdiction.staff.get_mut(account) {
                        member.first_responsible = responsible;
                    }
                }
            }
            Event::StaffRetired { account, .. } => {
                jurisdiction.staff.remove(account);
            }
            Event::PasswordSet { .. } => {}
            Event::StagesSet { stages } => jurisdiction.stages.clone_from(stages),
            Event::LimitsSet { limits } => jurisdiction.set(&Setting::Limits(limits.clone()), at),
            Event::LadderSet { ladder } => jurisdiction.set(&Setting::Ladder(ladder.clone()), at),
            Event::SupervisionSet { thresholds } => {
                jurisdiction.set(&Setting::Supervision(thresholds.clone()), at);
            }
            Event::SettingScheduled { scheduled } => jurisdiction.schedule(scheduled.clone()),
            Event::RecheckDaysSet { days } => jurisdiction.set(&Setting::RecheckDays(days.clone()), at),
            Event::RewardRulesSet { rules } => jurisdiction.rewards.clone_from(rules),
            Event::CustodySet { custody } => jurisdiction.set(&Setting::Custody(*custody), at),
            Event::YearSet { year, calendar, .. } => jurisdiction.calendar.set_year(*year, calendar.clone()),
            Event::HotlinePublished { hotline } => {
                jurisdiction
                    .hotlines
                    .insert(hotline.number.clone(), hotline.clone());
            }
            Event::HotlineWithdrawn { number, .. } => {
                jurisdiction.hotlines.remove(number);
            }
            Event::ClockAdvanced { seconds } => self.clock_offset_seconds += seconds,
        }
    }
}
