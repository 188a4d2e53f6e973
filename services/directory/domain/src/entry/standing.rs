//! Whether the directory already stands as a fact would leave it: only then does a command repeat another.

use crate::DirectoryEvent as Event;
use jiff::Timestamp;
use jurisdiction::{Jurisdiction, Obligation, ObligationLimits, Scheduled, Setting, Urgency, campaign_time};
use std::collections::BTreeMap;
use std::mem::discriminant;

/// The last fact of a kind on one stream is not what holds: a handover is on another stream, and a setting comes into force
/// on its day. So whoever says again what was said before may well mean to take back what came after it.
pub(super) fn stands(event: &Event, known: &Jurisdiction, at: Timestamp) -> bool {
    match event {
        Event::UnitRegistered { unit } => known.unit(&unit.code) == Some(unit),
        Event::UnitMerged { unit, into, .. } => known.merged.get(unit) == Some(into),
        Event::StaffRegistered { member } => known.staff.get(&member.account) == Some(member),
        Event::StaffRetired { account, .. } => !known.staff.contains_key(account),
        Event::StagesSet { stages } => known.stages == *stages,
        Event::LimitsSet { limits } => {
            let setting = Setting::Limits(limits.clone());
            overrules_nothing(&setting, known, at) && limits_stand(limits, known)
        }
        Event::LadderSet { ladder } => {
            overrules_nothing(&Setting::Ladder(ladder.clone()), known, at) && known.ladder == *ladder
        }
        Event::SupervisionSet { thresholds } => {
            let setting = Setting::Supervision(thresholds.clone());
            overrules_nothing(&setting, known, at) && known.supervision == *thresholds
        }
        Event::SettingScheduled { scheduled } => is_scheduled(scheduled, known),
        Event::RecheckDaysSet { days } => {
            overrules_nothing(&Setting::RecheckDays(days.clone()), known, at) && known.rechecks.last() == days
        }
        Event::RewardRulesSet { rules } => known.rewards == *rules,
        Event::CustodySet { custody } => {
            overrules_nothing(&Setting::Custody(*custody), known, at) && known.custody == *custody
        }
        Event::YearSet { year, calendar, .. } => known.calendar.years().any(|kept| kept == (*year, calendar)),
        Event::HotlinePublished { hotline } => known.hotlines.get(&hotline.number) == Some(hotline),
        Event::HotlineWithdrawn { number, .. } => !known.hotlines.contains_key(number),
        // One that has taken place is recognised before there is a fact; the other two are done every time anew.
        Event::HandedOver { .. } | Event::PasswordSet { .. } | Event::ClockAdvanced { .. } => false,
    }
}

/// No setting of the kind has come into force on its day: one that is set at once would undo it.
fn overrules_nothing(setting: &Setting, known: &Jurisdiction, at: Timestamp) -> bool {
    let today = campaign_time(at).date();
    !known
        .scheduled
        .iter()
        .any(|other| other.from <= today && discriminant(&other.setting) == discriminant(setting))
}

fn limits_stand(limits: &BTreeMap<Obligation, ObligationLimits>, known: &Jurisdiction) -> bool {
    limits.iter().all(|(obligation, limits)| {
        let now = |urgency| known.limit(*obligation, urgency);
        now(Urgency::Normal) == limits.normal && now(Urgency::Urgent) == limits.urgent
    })
}

/// Of two for one day the later decision holds.
fn is_scheduled(scheduled: &Scheduled, known: &Jurisdiction) -> bool {
    let mut of_the_day = known.scheduled.iter().rev().filter(|other| {
        other.from == scheduled.from && discriminant(&other.setting) == discriminant(&scheduled.setting)
    });
    of_the_day.next() == Some(scheduled)
}
