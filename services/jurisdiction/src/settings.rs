//! Settings that are decided for a day to come: limits, ladder, thresholds, re-checks, custody of identities.

use crate::calendar::start_of_day;
use crate::{
    Custody, Jurisdiction, Ladder, Limit, Obligation, ObligationLimits, RecheckDays, RecheckHistory,
    SupervisionThresholds, Urgency, campaign_time,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One setting of the campaign, whole or, of limits, those that change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    Limits(BTreeMap<Obligation, ObligationLimits>),
    Ladder(Ladder),
    Supervision(SupervisionThresholds),
    RecheckDays(RecheckDays),
    Custody(Custody),
}

/// A setting and the first day on which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheduled {
    pub from: Date,
    pub setting: Setting,
}

impl Jurisdiction {
    /// Takes in a setting for a day to come; of two for the same day the later decision holds.
    pub fn schedule(&mut self, scheduled: Scheduled) {
        let after = self
            .scheduled
            .partition_point(|earlier| earlier.from <= scheduled.from);
        self.scheduled.insert(after, scheduled);
    }
    /// Takes in a setting that holds from `at` on. What had come into force before is overruled by it, what has yet to come
    /// is not.
    pub fn set(&mut self, setting: &Setting, at: Timestamp) {
        let today = campaign_time(at).date();
        let kind = std::mem::discriminant(setting);
        let (come, to_come) = std::mem::take(&mut self.scheduled)
            .into_iter()
            .partition(|known| known.from <= today && std::mem::discriminant(&known.setting) == kind);
        self.scheduled = to_come;
        let come: Vec<Scheduled> = come;
        let come = come
            .iter()
            .map(|known| (start_of_day(known.from), &known.setting));
        for (from, known) in come.chain([(at, setting)]) {
            match known {
                Setting::Limits(limits) => {
                    for (obligation, limits) in limits {
                        self.limits.set(*obligation, *limits);
                    }
                }
                Setting::Ladder(ladder) => self.ladder = ladder.clone(),
                Setting::Supervision(thresholds) => self.supervision = thresholds.clone(),
                Setting::RecheckDays(days) => self.rechecks.hold_from(from, days.clone()),
                Setting::Custody(custody) => self.custody = *custody,
            }
        }
    }

    /// The limit for what starts at an instant.
    pub fn limit_on(&self, obligation: Obligation, urgency: Urgency, at: Timestamp) -> Limit {
        let scheduled = self.in_force(at).find_map(|setting| match setting {
            Setting::Limits(limits) => limits.get(&obligation),
            _ => None,
        });
        match (scheduled, urgency) {
            (Some(limits), Urgency::Normal) => limits.normal,
            (Some(limits), Urgency::Urgent) => limits.urgent,
            (None, _) => self.limits.of(obligation, urgency),
        }
    }
    /// The ladder for what starts at an instant.
    pub fn ladder_on(&self, at: Timestamp) -> &Ladder {
        let scheduled = self.in_force(at).find_map(|setting| match setting {
            Setting::Ladder(ladder) => Some(ladder),
            _ => None,
        });
        scheduled.unwrap_or(&self.ladder)
    }
    /// The thresholds that hold at an instant.
    pub fn supervision_on(&self, at: Timestamp) -> &SupervisionThresholds {
        let scheduled = self.in_force(at).find_map(|setting| match setting {
            Setting::Supervision(thresholds) => Some(thresholds),
            _ => None,
        });
        scheduled.unwrap_or(&self.supervision)
    }

    /// The days after closing on which a site is looked at again, as they stand at an instant.
    pub fn rechecks_on(&self, at: Timestamp) -> &RecheckDays {
        let scheduled = self.in_force(at).find_map(|setting| match setting {
            Setting::RecheckDays(days) => Some(days),
            _ => None,
        });
        scheduled.unwrap_or_else(|| self.rechecks.on(at))
    }
    /// Which of them held when, and will: those that are decided for days to come as well.
    pub fn recheck_history(&self) -> RecheckHistory {
        let mut history = self.rechecks.clone();
        for Scheduled { from, setting } in &self.scheduled {
            if let Setting::RecheckDays(days) = setting {
                history.hold_from(start_of_day(*from), days.clone());
            }
        }
        history
    }
    /// How reporters' identities are kept at an instant.
    pub fn custody_on(&self, at: Timestamp) -> Custody {
        let scheduled = self.in_force(at).find_map(|setting| match setting {
            Setting::Custody(custody) => Some(*custody),
            _ => None,
        });
        scheduled.unwrap_or(self.custody)
    }

    /// Scheduled settings whose day has come, the latest first.
    fn in_force(&self, at: Timestamp) -> impl Iterator<Item = &Setting> {
        let day = campaign_time(at).date();
        let come = self.scheduled.iter().rev();
        come.filter(move |scheduled| scheduled.from <= day)
            .map(|scheduled| &scheduled.setting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }
    fn from(day: i8, setting: Setting) -> Scheduled {
        let from = Date::constant(2020, 7, day);
        Scheduled { from, setting }
    }
    fn repeated_after(days: u16) -> Setting {
        Setting::Ladder(Ladder {
            repeat_days: days,
            ..Ladder::default()
        })
    }
    fn review(days: u16) -> Setting {
        let normal = Limit::WorkingDays(days);
        let urgent = Limit::WorkingDays(1);
        Setting::Limits([(Obligation::Review, ObligationLimits { normal, urgent })].into())
    }
    fn limit(jurisdiction: &Jurisdiction, instant: &str) -> Limit {
        jurisdiction.limit_on(Obligation::Review, Urgency::Normal, at(instant))
    }

    /// 23:59:59 on 30 June in Suqian, and a second later.
    const BEFORE: &str = "2020-06-30T15:59:59Z";
    const AFTER: &str = "2020-06-30T16:00:00Z";

    #[test]
    fn a_setting_holds_from_its_day_in_suqian() {
        let mut jurisdiction = Jurisdiction::default();
        jurisdiction.schedule(from(1, review(9)));
        jurisdiction.schedule(from(1, repeated_after(3)));
        assert_eq!(limit(&jurisdiction, BEFORE), Limit::WorkingDays(3));
        assert_eq!(limit(&jurisdiction, AFTER), Limit::WorkingDays(9));
        assert_eq!(jurisdiction.ladder_on(at(BEFORE)).repeat_days, 7);
        assert_eq!(jurisdiction.ladder_on(at(AFTER)).repeat_days, 3);
        let other = jurisdiction.limit_on(Obligation::Identify, Urgency::Normal, at(AFTER));
        assert_eq!(other, Limit::WorkingDays(5), "what is not named stays");
    }
    #[test]
    fn re_checks_and_custody_change_on_their_day() {
        let mut jurisdiction = Jurisdiction::default();
        let (days, custody) = (RecheckDays::new(vec![10]), Custody { approval_hours: 4 });
        jurisdiction.schedule(from(1, Setting::RecheckDays(days.clone())));
        jurisdiction.schedule(from(1, Setting::Custody(custody)));
        assert_eq!(jurisdiction.rechecks_on(at(BEFORE)), &RecheckDays::default());
        assert_eq!(jurisdiction.rechecks_on(at(AFTER)), &days);
        assert_eq!(jurisdiction.custody_on(at(BEFORE)), Custody::default());
        assert_eq!(jurisdiction.custody_on(at(AFTER)), custody);
        let at_once = Setting::Custody(Custody { approval_hours: 9 });
        jurisdiction.set(&at_once, at(AFTER));
        assert_eq!(jurisdiction.custody_on(at(AFTER)).approval_hours, 9);
        assert_eq!(jurisdiction.rechecks_on(at(AFTER)), &days, "another setting");
    }
    #[test]
    fn re_checks_of_the_past_stay_what_they_were() {
        let mut jurisdiction = Jurisdiction::default();
        let days = |day| Setting::RecheckDays(RecheckDays::new([day]));
        jurisdiction.schedule(from(1, days(10)));
        jurisdiction.set(&days(20), at("2020-07-10T00:00:00Z"));
        jurisdiction.schedule(from(20, days(40)));
        for (instant, held) in [
            (BEFORE, &[30, 90, 180][..]),
            (AFTER, &[10]),
            ("2020-07-09T23:59:59Z", &[10]),
            ("2020-07-10T00:00:00Z", &[20]),
            ("2020-07-19T15:59:59Z", &[20]),
            ("2020-07-19T16:00:00Z", &[40]),
        ] {
            assert_eq!(jurisdiction.rechecks_on(at(instant)).days(), held, "{instant}");
            let history = jurisdiction.recheck_history();
            assert_eq!(history.on(at(instant)).days(), held, "{instant}");
        }
    }
    #[test]
    fn of_several_the_latest_day_holds_and_of_one_day_the_latest_decision() {
        let mut jurisdiction = Jurisdiction::default();
        jurisdiction.schedule(from(20, review(8)));
        jurisdiction.schedule(from(10, review(6)));
        jurisdiction.schedule(from(10, review(7)));
        assert_eq!(
            limit(&jurisdiction, "2020-07-12T00:00:00Z"),
            Limit::WorkingDays(7)
        );
        assert_eq!(
            limit(&jurisdiction, "2020-07-25T00:00:00Z"),
            Limit::WorkingDays(8)
        );
    }
    #[test]
    fn what_is_set_at_once_overrules_what_had_come_and_nothing_that_is_to_come() {
        let mut jurisdiction = Jurisdiction::default();
        let strict = SupervisionThresholds {
            window_days: 10,
            ..SupervisionThresholds::default()
        };
        jurisdiction.schedule(from(1, review(9)));
        jurisdiction.schedule(from(1, Setting::Supervision(strict)));
        jurisdiction.schedule(from(20, review(8)));
        jurisdiction.set(&review(4), at("2020-07-10T00:00:00Z"));
        assert_eq!(
            limit(&jurisdiction, "2020-07-12T00:00:00Z"),
            Limit::WorkingDays(4)
        );
        assert_eq!(
            limit(&jurisdiction, "2020-07-25T00:00:00Z"),
            Limit::WorkingDays(8)
        );
        assert_eq!(
            jurisdiction
                .supervision_on(at("2020-07-12T00:00:00Z"))
                .window_days,
            10
        );
        assert_eq!(jurisdiction.supervision_on(at(BEFORE)).window_days, 30);
    }
}
