//! What the directory holds, for people: units, staff, the campaign's settings, and each entry over time.

use crate::settings;
use decider::decode;
use directory_domain::{DirectoryEvent, STREAM_PREFIXES};
use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, Role, StaffMember, StageDuty, Unit, UnitCode};
use mingcha_proto::directory::{
    EntryFact, GetCampaignResponse, GetEntryHistoryResponse, ListStaffRequest, ListStaffResponse,
    ListUnitsRequest, ListUnitsResponse, PublishHotlineRequest, RewardRule, SetCalendarYearRequest,
    StaffEntry, Stage, UnitEntry,
};
use platform::{Caller, PlatformRefusal, Store, invalid, refuse};
use tonic::Status;

const ORDINARY_PAGE: u32 = 200;
const LONGEST_PAGE: u32 = 1000;

/// Who works where is for those who work here.
pub(crate) fn staff_only(caller: &Caller) -> Result<(), Status> {
    match caller.actor {
        Actor::Staff { .. } | Actor::System { .. } => Ok(()),
        Actor::Citizen => Err(refuse(PlatformRefusal::WrongRole)),
    }
}

pub(crate) fn units(known: &Jurisdiction, request: &ListUnitsRequest) -> Result<ListUnitsResponse, Status> {
    let within = unit_asked_for(known, request.within.as_deref())?;
    let wanted = |unit: &&Unit| {
        let texts = [unit.code.as_str(), unit.name.as_str()];
        lies_within(known, within.as_ref(), &unit.code) && mentions(&texts, &request.text)
    };
    let all: Vec<&Unit> = known.units.values().filter(wanted).collect();
    let page = page(&all, |unit| unit.code.as_str(), &request.after, request.limit)?;
    Ok(ListUnitsResponse {
        units: page.items.iter().map(|unit| unit_entry(known, unit)).collect(),
        total: page.total,
        next: page.next,
    })
}

pub(crate) fn staff(known: &Jurisdiction, request: &ListStaffRequest) -> Result<ListStaffResponse, Status> {
    let within = unit_asked_for(known, request.within.as_deref())?;
    let role: Option<Role> = match &request.role {
        Some(role) => Some(role.parse().map_err(|rule| invalid("role", rule))?),
        None => None,
    };
    let wanted = |member: &&StaffMember| {
        let texts = [member.account.as_str(), member.name.as_str()];
        lies_within(known, within.as_ref(), &member.unit)
            && role.is_none_or(|role| member.roles.contains(&role))
            && mentions(&texts, &request.text)
    };
    let all: Vec<&StaffMember> = known.staff.values().filter(wanted).collect();
    let page = page(
        &all,
        |member| member.account.as_str(),
        &request.after,
        request.limit,
    )?;
    Ok(ListStaffResponse {
        staff: page
            .items
            .iter()
            .map(|member| staff_entry(known, member))
            .collect(),
        total: page.total,
        next: page.next,
    })
}

pub(crate) fn campaign(known: &Jurisdiction, now: Timestamp) -> GetCampaignResponse {
    let stages = known.stages.iter().map(|stage| Stage {
        code: stage.code.clone(),
        name: stage.name.clone(),
        from: stage.from.to_string(),
        to: stage.to.map(|to| to.to_string()),
        owes: Some(duty(stage.duty()).to_owned()),
        caps_measures: Some(stage.caps_measures()),
    });
    let hotlines = known.hotlines.values().map(|hotline| PublishHotlineRequest {
        number: hotline.number.clone(),
        name: hotline.name.clone(),
        hours: hotline.hours.clone(),
        by_sms: hotline.by_sms,
    });
    let days = |days: &mut dyn Iterator<Item = &jiff::civil::Date>| days.map(ToString::to_string).collect();
    let calendars = known
        .calendar
        .years()
        .map(|(year, calendar)| SetCalendarYearRequest {
            year: year.into(),
            holidays: days(&mut calendar.holidays.iter()),
            make_up_workdays: days(&mut calendar.make_up_workdays.iter()),
            // What it followed stands in the history of the year.
            basis: String::new(),
        });
    GetCampaignResponse {
        stages: stages.collect(),
        limits: settings::limits_told(known, now),
        ladder: Some(settings::ladder_told(known.ladder_on(now))),
        hotlines: hotlines.collect(),
        recheck_days: settings::recheck_days_told(known.rechecks_on(now)),
        calendars: calendars.collect(),
        supervision: Some(settings::supervision_told(known.supervision_on(now))),
        scheduled: settings::scheduled_told(known, now),
        reward_rules: known.rewards.iter().map(reward_rule).collect(),
        custody: Some(settings::custody_told(known.custody_on(now))),
    }
}

fn duty(duty: StageDuty) -> &'static str {
    match duty {
        StageDuty::Guarantee => "guarantee",
        StageDuty::Report => "report",
        StageDuty::Acceptance => "acceptance",
    }
}

fn reward_rule(rule: &jurisdiction::RewardRule) -> RewardRule {
    RewardRule {
        version: rule.version.clone(),
        document: rule.document.clone(),
        from: rule.from.to_string(),
        share_percent: rule.share_percent,
        least_yuan: rule.least_yuan,
        most_yuan: rule.most_yuan,
        insider_percent: rule.insider_percent,
    }
}

/// Everything that was ever recorded of one entry.
///
/// # Errors
/// If it is no entry of the directory, is unknown, or the store is away.
pub(crate) async fn history(store: &Store, entry: &str) -> Result<GetEntryHistoryResponse, Status> {
    if !STREAM_PREFIXES.iter().any(|prefix| entry.starts_with(prefix)) {
        return Err(invalid(
            "entry",
            "应写作 unit-代码、staff-账号、campaign-编号、calendar-年份或 hotline-号码。",
        ));
    }
    let facts = store.read_stream(entry).await?;
    // Settings and years that nobody has touched are there all the same.
    let is_there = ["campaign-", "calendar-", "clock-"]
        .iter()
        .any(|prefix| entry.starts_with(prefix));
    if facts.is_empty() && !is_there {
        return Err(refuse(PlatformRefusal::NotFound));
    }
    let facts = facts.into_iter().map(|fact| EntryFact {
        revision: fact.revision,
        at: fact.metadata.at.to_string(),
        title: decode(&fact.name, fact.data.clone())
            .map_or("无法识别的记录", |event| title(&event))
            .to_owned(),
        name: fact.name,
        actor: fact.metadata.actor.to_string(),
        data_json: fact.data.to_string(),
    });
    Ok(GetEntryHistoryResponse {
        facts: facts.collect(),
    })
}

fn title(event: &DirectoryEvent) -> &'static str {
    match event {
        DirectoryEvent::UnitRegistered { .. } => "登记单位",
        DirectoryEvent::HandedOver { .. } => "第一责任人交接",
        DirectoryEvent::StaffRegistered { .. } => "登记人员",
        DirectoryEvent::StaffRetired { .. } => "人员离任",
        DirectoryEvent::PasswordSet { .. } => "修改密码",
        DirectoryEvent::StagesSet { .. } => "设定行动阶段",
        DirectoryEvent::LimitsSet { .. } => "设定各项时限",
        DirectoryEvent::LadderSet { .. } => "设定督促阶梯",
        DirectoryEvent::SupervisionSet { .. } => "设定督查线",
        DirectoryEvent::SettingScheduled { .. } => "预定设置生效日",
        DirectoryEvent::RecheckDaysSet { .. } => "设定回头看天数",
        DirectoryEvent::RewardRulesSet { .. } => "设定举报奖励标准",
        DirectoryEvent::CustodySet { .. } => "设定身份查看有效期",
        DirectoryEvent::YearSet { .. } => "设定工作日历",
        DirectoryEvent::HotlinePublished { .. } => "公布举报电话",
        DirectoryEvent::UnitMerged { .. } => "撤并单位",
        DirectoryEvent::HotlineWithdrawn { .. } => "撤下举报电话",
        DirectoryEvent::ClockAdvanced { .. } => "拨动演示时钟",
    }
}

fn unit_asked_for(known: &Jurisdiction, code: Option<&str>) -> Result<Option<UnitCode>, Status> {
    let Some(code) = code else { return Ok(None) };
    let code: UnitCode = code.parse().map_err(|rule| invalid("within", rule))?;
    match known.unit(&code) {
        Some(_) => Ok(Some(code)),
        None => Err(invalid("within", "没有这个单位。")),
    }
}

fn lies_within(known: &Jurisdiction, area: Option<&UnitCode>, unit: &UnitCode) -> bool {
    area.is_none_or(|area| known.lineage(unit).any(|above| above.code == *area))
}

fn mentions(texts: &[&str], part: &str) -> bool {
    let part = part.trim();
    part.is_empty() || texts.iter().any(|text| text.contains(part))
}

fn unit_entry(known: &Jurisdiction, unit: &Unit) -> UnitEntry {
    let responsible = known
        .staff
        .values()
        .find(|member| member.first_responsible && member.unit == unit.code);
    UnitEntry {
        code: unit.code.to_string(),
        name: unit.name.clone(),
        level: word(&unit.level),
        kind: word(&unit.kind),
        parent: unit.parent.as_ref().map(ToString::to_string),
        department: unit.department.as_ref().map(word),
        email: unit.email.clone(),
        first_responsible: responsible.map(|member| member.account.to_string()),
        first_responsible_name: responsible.map(|member| member.name.clone()),
        merged_into: known.merged.get(&unit.code).map(ToString::to_string),
    }
}

fn staff_entry(known: &Jurisdiction, member: &StaffMember) -> StaffEntry {
    StaffEntry {
        account: member.account.to_string(),
        name: member.name.clone(),
        unit: member.unit.to_string(),
        unit_name: known.unit_name(&member.unit),
        roles: member.roles.iter().map(|role| role.code().to_owned()).collect(),
        email: member.email.clone(),
        first_responsible: member.first_responsible,
    }
}

/// The word by which a code is spelled in events and JSON.
pub(crate) fn word(code: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(code).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

struct Page<'a, T> {
    items: &'a [T],
    total: u32,
    next: Option<String>,
}

/// The items are in order of their keys; the page begins behind `after`.
fn page<'a, T>(
    all: &'a [T],
    key: impl Fn(&T) -> &str,
    after: &str,
    limit: u32,
) -> Result<Page<'a, T>, Status> {
    let limit = match limit {
        0 => ORDINARY_PAGE,
        1..=LONGEST_PAGE => limit,
        _ => return Err(invalid("limit", "一页最多 1000 条。")),
    };
    let begin = all.partition_point(|item| key(item) <= after);
    let end = all.len().min(begin + limit as usize);
    let next = (end < all.len()).then(|| key(&all[end - 1]).to_owned());
    Ok(Page {
        items: &all[begin..end],
        total: u32::try_from(all.len()).unwrap_or(u32::MAX),
        next,
    })
}
