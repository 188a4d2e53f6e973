//! Settings of the campaign between RPC and domain: limits, ladder, thresholds, re-checks and custody, at once or for a day to come.

use directory_domain::{DirectoryCommand, DirectoryRefusal};
use jiff::Timestamp;
use jiff::civil::Date;
use jurisdiction::{
    Custody, Jurisdiction, Ladder, Limit, Obligation, ObligationLimits, RecheckDays, Scheduled, Setting,
    SupervisionNumbers, SupervisionThresholds, Urgency, YearCalendar,
};
use mingcha_proto::directory::{
    ObligationLimit, RewardRule, ScheduledSetting, SetCalendarYearRequest, SetCustodyRequest,
    SetLadderRequest, SetSupervisionRequest, SupervisionThresholds as Thresholds, TimeLimit,
};
use platform::{invalid, read_value, refuse};
use std::collections::BTreeMap;
use tonic::Status;

/// Each obligation at most once: which of two values should hold would be a guess.
pub(crate) fn limits(rows: &[ObligationLimit], from: Option<&str>) -> Result<DirectoryCommand, Status> {
    let mut limits = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let at = |field: &str| format!("limits[{index}].{field}");
        let obligation = Obligation::ALL
            .into_iter()
            .find(|known| known.code() == row.obligation);
        let obligation = obligation.ok_or_else(|| invalid(&at("obligation"), "没有这项义务。"))?;
        let limit = |field: &str, limit: Option<&TimeLimit>| {
            let rule = "写明 working_days、hours、minutes 中的一个。";
            let limit = limit.ok_or_else(|| invalid(&at(field), rule))?;
            platform::read_value::<_, Limit>(limit).map_err(|_| invalid(&at(field), rule))
        };
        let normal = limit("normal", row.normal.as_ref())?;
        let urgent = limit("urgent", row.urgent.as_ref())?;
        if limits
            .insert(obligation, ObligationLimits { normal, urgent })
            .is_some()
        {
            return Err(invalid(&at("obligation"), "同一项义务写了两次。"));
        }
    }
    Ok(match day(from)? {
        Some(from) => scheduled(from, Setting::Limits(limits)),
        None => DirectoryCommand::SetLimits(limits),
    })
}

pub(crate) fn ladder(request: &SetLadderRequest) -> Result<DirectoryCommand, Status> {
    let ladder: Ladder = read_value(&SetLadderRequest {
        from: None,
        ..request.clone()
    })?;
    Ok(match day(request.from.as_deref())? {
        Some(from) => scheduled(from, Setting::Ladder(ladder)),
        None => DirectoryCommand::SetLadder(ladder),
    })
}

pub(crate) fn supervision(request: &SetSupervisionRequest) -> Result<DirectoryCommand, Status> {
    let thresholds: SupervisionThresholds = read_value(&SetSupervisionRequest {
        from: None,
        ..request.clone()
    })?;
    Ok(match day(request.from.as_deref())? {
        Some(from) => scheduled(from, Setting::Supervision(thresholds)),
        None => DirectoryCommand::SetSupervision(thresholds),
    })
}

pub(crate) fn recheck_days(days: &[u32], from: Option<&str>) -> Result<DirectoryCommand, Status> {
    let of_a_watch = |day: &u32| u16::try_from(*day).map_err(|_| refuse(DirectoryRefusal::RecheckDays));
    let days = RecheckDays::new(days.iter().map(of_a_watch).collect::<Result<Vec<_>, _>>()?);
    Ok(match day(from)? {
        Some(from) => scheduled(from, Setting::RecheckDays(days)),
        None => DirectoryCommand::SetRecheckDays(days),
    })
}

pub(crate) fn custody(request: &SetCustodyRequest) -> Result<DirectoryCommand, Status> {
    let custody = Custody {
        approval_hours: request.approval_hours,
    };
    Ok(match day(request.from.as_deref())? {
        Some(from) => scheduled(from, Setting::Custody(custody)),
        None => DirectoryCommand::SetCustody(custody),
    })
}

pub(crate) fn calendar(request: &SetCalendarYearRequest) -> Result<DirectoryCommand, Status> {
    let year = i16::try_from(request.year).map_err(|_| invalid("year", "年份不正确。"))?;
    let dates =
        serde_json::json!({ "holidays": request.holidays, "make_up_workdays": request.make_up_workdays });
    let calendar: YearCalendar = read_value(&dates)?;
    Ok(DirectoryCommand::SetYear {
        year,
        calendar,
        basis: request.basis.clone(),
    })
}

pub(crate) fn rewards(rows: &[RewardRule]) -> Result<DirectoryCommand, Status> {
    let rules = rows.iter().enumerate().map(|(index, row)| {
        // The day is the only field that a message can spell wrongly.
        read_value(row).map_err(|_| invalid(&format!("rules[{index}].from"), "起始日期应写作 2018-01-04。"))
    });
    Ok(DirectoryCommand::SetRewardRules(rules.collect::<Result<_, _>>()?))
}

fn scheduled(from: Date, setting: Setting) -> DirectoryCommand {
    DirectoryCommand::Schedule(Scheduled { from, setting })
}

fn day(from: Option<&str>) -> Result<Option<Date>, Status> {
    let read = |text: &str| {
        text.parse()
            .map_err(|_| invalid("from", "日期应写作 2020-07-01。"))
    };
    from.map(read).transpose()
}

/// The limits of everything that starts at an instant.
pub(crate) fn limits_told(known: &Jurisdiction, at: Timestamp) -> Vec<ObligationLimit> {
    let limit = |obligation, urgency| Some(time_limit(known.limit_on(obligation, urgency, at)));
    let told = Obligation::ALL.map(|obligation| ObligationLimit {
        obligation: obligation.code().to_owned(),
        normal: limit(obligation, Urgency::Normal),
        urgent: limit(obligation, Urgency::Urgent),
    });
    told.into()
}

pub(crate) fn ladder_told(ladder: &Ladder) -> SetLadderRequest {
    SetLadderRequest {
        supervision_order_after: ladder.supervision_order_after.into(),
        interview_after: ladder.interview_after.into(),
        criticism_after: ladder.criticism_after.into(),
        referral_after: ladder.referral_after.into(),
        repeat_days: ladder.repeat_days.into(),
        from: None,
    }
}

pub(crate) fn supervision_told(thresholds: &SupervisionThresholds) -> SetSupervisionRequest {
    let numbers = |numbers: &SupervisionNumbers| {
        Some(Thresholds {
            open_findings: numbers.open_findings,
            grave_findings: numbers.grave_findings,
            failures: numbers.failures,
            overdue: numbers.overdue,
        })
    };
    SetSupervisionRequest {
        window_days: thresholds.window_days.into(),
        county: numbers(&thresholds.county),
        township: numbers(&thresholds.township),
        from: None,
    }
}

pub(crate) fn recheck_days_told(days: &RecheckDays) -> Vec<u32> {
    days.days().iter().map(|days| u32::from(*days)).collect()
}

pub(crate) fn custody_told(custody: Custody) -> SetCustodyRequest {
    SetCustodyRequest {
        approval_hours: custody.approval_hours,
        from: None,
    }
}

/// What has been decided for days that have yet to come.
pub(crate) fn scheduled_told(known: &Jurisdiction, at: Timestamp) -> Vec<ScheduledSetting> {
    let today = jurisdiction::campaign_time(at).date();
    let to_come = known.scheduled.iter().filter(|scheduled| scheduled.from > today);
    to_come
        .map(|scheduled| {
            let mut told = ScheduledSetting {
                from: scheduled.from.to_string(),
                ..ScheduledSetting::default()
            };
            match &scheduled.setting {
                Setting::Limits(limits) => told.limits = limits.iter().map(limits_row).collect(),
                Setting::Ladder(ladder) => told.ladder = Some(ladder_told(ladder)),
                Setting::Supervision(thresholds) => told.supervision = Some(supervision_told(thresholds)),
                Setting::RecheckDays(days) => told.recheck_days = recheck_days_told(days),
                Setting::Custody(custody) => told.custody = Some(custody_told(*custody)),
            }
            told
        })
        .collect()
}

fn limits_row((obligation, limits): (&Obligation, &ObligationLimits)) -> ObligationLimit {
    ObligationLimit {
        obligation: obligation.code().to_owned(),
        normal: Some(time_limit(limits.normal)),
        urgent: Some(time_limit(limits.urgent)),
    }
}

fn time_limit(limit: Limit) -> TimeLimit {
    match limit {
        Limit::WorkingDays(days) => TimeLimit {
            working_days: Some(days.into()),
            ..TimeLimit::default()
        },
        Limit::Hours(hours) => TimeLimit {
            hours: Some(hours.into()),
            ..TimeLimit::default()
        },
        Limit::Minutes(minutes) => TimeLimit {
            minutes: Some(minutes.into()),
            ..TimeLimit::default()
        },
    }
}
