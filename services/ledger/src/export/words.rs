//! Codes as officials write them.

use crate::messages::{obligation_title, rung_title, said, state_title};

pub(super) fn yes(holds: bool) -> &'static str {
    if holds { "是" } else { "" }
}

pub(super) fn origin(code: &str) -> &'static str {
    match code {
        "tip" => "群众举报",
        "relapse" => "死灰复燃",
        "sweep" => "拉网式排查",
        "night_load" => "夜间用电量排查",
        "list_matching" => "名单比对",
        "supervision_finding" => "督导发现",
        "provincial_supervision" => "省级督导",
        "department_transfer" => "部门移送",
        _ => "其他",
    }
}

pub(super) fn class(code: Option<&str>) -> &'static str {
    match code {
        Some("A") => "A 类（漏列化工企业）",
        Some("B") => "B 类（超范围生产化工）",
        Some("C") => "C 类（无证无照及非法储存）",
        Some(_) => "其他",
        None => "",
    }
}

pub(super) fn channel(code: &str) -> &'static str {
    match code {
        "web" => "网站",
        "phone" => "电话",
        "sms" => "短信",
        "open311" => "开放接口",
        "counter" => "窗口",
        _ => "",
    }
}

pub(super) fn tip_progress(code: &str) -> &'static str {
    match code {
        "received" => "待甄审",
        "accepted" => "已受理",
        "rejected" => "不予受理",
        "diverted" => "已转办",
        _ => "",
    }
}

pub(super) fn level(code: &str) -> &'static str {
    match code {
        "city" => "市级",
        "county" => "县区",
        "township" => "乡镇",
        "village" => "村居",
        _ => "",
    }
}

pub(super) fn spot_check(code: &str) -> &'static str {
    match code {
        "pending" => "抽查待查",
        "passed" => "抽查合格",
        "failed" => "抽查不合格",
        _ => "",
    }
}

pub(super) fn closed_as(code: &str) -> &'static str {
    match code {
        "disposed" => "处置完成销号",
        "found_clean" => "核查未发现",
        "not_small_chemical" => "不属于小化工",
        "merged" => "并入其他案件",
        _ => "",
    }
}

pub(super) fn explanation(code: &str) -> &'static str {
    match code {
        "awaited" => "待说明",
        "submitted" => "已说明，待认定",
        "accepted" => "说明成立",
        "not_accepted" => "说明不成立，须重新说明",
        "not_owed" => "不用说明",
        "overtaken" => "已由更高一级督促代替",
        "open" => "没有了结的",
        _ => "",
    }
}

pub(super) fn stopped_by(code: Option<&str>) -> &'static str {
    match code {
        Some("fulfilled") => "已办理",
        Some("withdrawn") => "已交他人",
        Some("ended") => "事项终结",
        Some(_) => "其他",
        None => "在办",
    }
}

pub(super) fn source(code: &str) -> &'static str {
    match code {
        "city" => "市级",
        "county" => "县级",
        "province" => "省级",
        _ => "",
    }
}

pub(super) fn gravity(code: &str) -> &'static str {
    match code {
        "grave" => "突出问题",
        "ordinary" => "一般",
        _ => "",
    }
}

pub(super) fn standing(code: &str) -> &'static str {
    match code {
        "open" => "待答复",
        "answered" => "已答复，待认定",
        "returned" => "退回重办",
        "accepted" => "已完成",
        _ => "",
    }
}

/// The number of a tip or case, the code of a unit.
pub(super) fn number(subject: &str) -> String {
    let number = subject.split_once('-').map(|(_, number)| number);
    number.unwrap_or(subject).to_owned()
}

/// What the code of a condition means; days, numbers and what has no word stay as they are.
pub(super) fn value<'a>(name: &str, code: &'a str) -> &'a str {
    let word = match name {
        "explanation" => explanation(code),
        "progress" => tip_progress(code),
        "channel" => channel(code),
        "origin" => origin(code),
        "class" if code == "none" => "尚未定性",
        "class" => class(Some(code)),
        "closed_as" => closed_as(code),
        "spot_check" => spot_check(code),
        "gravity" => gravity(code),
        "rung" => rung_title(code),
        "obligation" => obligation_title(code),
        "state" if code == "open" => "未办结",
        "state" if state_title(code).is_empty() => said(code, report_domain::Progress::in_chinese),
        "state" => state_title(code),
        _ => "",
    };
    if word.is_empty() { code } else { word }
}

/// What a condition is about.
pub(super) fn condition(name: &str) -> &str {
    match name {
        "state" | "progress" => "状态",
        "class" => "类别",
        "overdue" => "超期",
        "missed" => "有过超期",
        "origin" => "来源",
        "obligation" => "事项",
        "spot_check" => "抽查",
        "relapsed" => "死灰复燃",
        "measures" => "处置措施",
        "closed_as" => "销号方式",
        "owner" => "责任单位",
        "urgency" => "紧急程度",
        "text" => "关键词",
        "from" => "起",
        "until" => "止",
        "stage" => "阶段",
        "closed_from" => "销号起",
        "closed_until" => "销号止",
        "channel" => "渠道",
        "screened" => "已甄审",
        "screened_from" => "甄审起",
        "screened_until" => "甄审止",
        "rung" => "督办层级",
        "explanation" => "说明情况",
        "gravity" => "程度",
        "open" => "未解除",
        "reached" => "已到环节",
        "running" => "在办",
        "week" => "周次",
        "kind" => "类型",
        "mine" => "点名本人",
        other => other,
    }
}
