//! What the codes in a state mean in Chinese, in one catalogue; a word of the domain is asked of the domain itself.

use crate::lanes::Lane;
use accountability_domain::{FailureKind, FindingSource};
use case_domain::{Method, Premises};
use disposal_domain::Measure;
use jurisdiction::{Level, Obligation, Role, Rung};
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};
use tip_domain::RejectionReason;

/// The word for a code that stands in the field `name` of a lane; `None` for what is no code, e.g. words that people typed.
pub(crate) fn word(lane: Lane, name: &str, code: &str) -> Option<&'static str> {
    const TYPED: [&str; 6] = ["summary", "enterprise", "text", "note", "reason", "instructions"];
    if TYPED.contains(&name)
        || code.is_empty()
        || !code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        return None;
    }
    in_place(lane, name, code)
        .or_else(|| of_the_domains(code))
        .or_else(|| progress(code))
        .or_else(|| kinds(code))
}

/// Codes that mean something of their own where they stand.
fn in_place(lane: Lane, name: &str, code: &str) -> Option<&'static str> {
    Some(match (lane, name, code) {
        (_, "source", _) => return read(code, |source: FindingSource| source.in_chinese()),
        (Lane::Accountability, "kind", _) if read(code, |kind: FailureKind| kind.in_chinese()).is_some() => {
            return read(code, |kind: FailureKind| kind.in_chinese());
        }
        (Lane::Case | Lane::Disposal, "role", "operator")
        | (Lane::Accountability, "against", "operator")
        | (Lane::Disposal, "party", "operator") => "经营者",
        (Lane::Tip, "authenticity", "signed") => "有签名",
        (Lane::Tip, "authenticity", "operator") => "话务员登记",
        (Lane::Tip, _, "accepted") => "已受理",
        (Lane::Tip, _, "rejected") => "不予受理",
        (Lane::Case, "progress", _) => return read(code, case_domain::Progress::in_chinese),
        (Lane::Disposal, "progress", _) => return read(code, disposal_domain::Progress::in_chinese),
        (Lane::Report, "progress", _) => return read(code, report_domain::Progress::in_chinese),
        (Lane::Accountability, _, "accepted") => "已认可",
        _ => return None,
    })
}

fn of_the_domains(code: &str) -> Option<&'static str> {
    read(code, |measure: Measure| measure.in_chinese())
        .or_else(|| read(code, |obligation: Obligation| obligation.in_chinese()))
        .or_else(|| read(code, |rung: Rung| rung.in_chinese()))
        .or_else(|| read(code, |method: Method| method.in_chinese()))
        .or_else(|| read(code, |premises: Premises| premises.in_chinese()))
        .or_else(|| read(code, |reason: RejectionReason| reason.in_chinese()))
        .or_else(|| read(code, |level: Level| level.in_chinese()))
        .or_else(|| read(code, |role: Role| role.in_chinese()))
        .or_else(|| read(code, |kind: FailureKind| kind.in_chinese()))
}

fn read<T: DeserializeOwned>(code: &str, say: fn(T) -> &'static str) -> Option<&'static str> {
    let code: serde::de::value::StrDeserializer<'_, Error> = code.into_deserializer();
    T::deserialize(code).ok().map(say)
}

fn progress(code: &str) -> Option<&'static str> {
    Some(match code {
        "absent" => "无",
        "received" => "待甄审",
        "accepted" => "已同意",
        "rejected" => "不予同意",
        "diverted" => "已转办",
        "opened" => "已立案",
        "assigned" => "已交办",
        "returned" => "已退回",
        "awaiting_designation" => "待指定管辖",
        "acknowledged" => "已签收",
        "inspected" => "已核查",
        "identification" => "待甄别确认",
        "clean_awaiting_review" => "未发现问题，待复核",
        "confirmed" => "已确认属实",
        "closed" => "已办结",
        "merged" => "已并案",
        "in_progress" => "处置中",
        "awaiting_review" => "待复核",
        "drafted" => "已起草",
        "signed" => "已签字",
        "sealed" => "已盖章",
        "filed" => "已备案",
        "proposed" => "已提出",
        "submitted" => "已提交",
        "approved" => "已批准",
        "refused" => "未批准",
        "granted" => "已同意",
        "published" => "已公布",
        "paid" => "已发放",
        "passed" => "合格",
        "relapsed" => "死灰复燃",
        "waiting" => "待发送",
        "sent" => "已发送",
        "abandoned" => "已放弃",
        "fulfilled" => "已办理",
        "withdrawn" => "已撤回",
        "ended" => "事项终结",
        _ => return None,
    })
}

fn kinds(code: &str) -> Option<&'static str> {
    Some(match code {
        "normal" => "一般",
        "urgent" => "紧急",
        "ordinary" => "一般",
        "grave" => "突出问题",
        "a" | "A" => "A 类",
        "b" | "B" => "B 类",
        "c" | "C" => "C 类",
        "not_small_chemical" => "不属于“小化工”",
        "disposed" => "处置完成销号",
        "found_clean" => "核查未发现",
        "clean" => "未发现问题",
        "suspected" => "有疑点（需要甄别）",
        "confirmed_activity" => "确有化工生产或储存",
        "yes" => "有",
        "no" => "没有",
        "not_applicable" => "不适用",
        "tip" => "群众举报",
        "sweep" => "拉网式排查",
        "night_load" => "夜间用电量排查",
        "list_matching" => "名单比对",
        "supervision_finding" => "督导发现",
        "provincial_supervision" => "省级督导",
        "department_transfer" => "部门移送",
        "site" => "点位",
        "person" => "人员",
        "product" => "产品",
        "equipment" => "设备",
        "landlord" => "出租人",
        "legal_representative" => "法定代表人",
        "official" => "公职人员",
        "public_security" => "公安机关",
        "market_supervision" => "市场监管部门",
        "landlord_liability" => "追究出租人责任",
        "web" => "网站",
        "phone" => "电话",
        "sms" => "短信",
        "open311" => "开放接口",
        "counter" => "窗口",
        "mail" => "邮件",
        "unsigned" => "未签名",
        "barrels" => "桶装物料",
        "smell" => "异味",
        "waste_water" => "废水",
        "night_work" => "夜间生产",
        "private_wiring" => "私拉电线",
        "identity" => "身份",
        "content" => "举报内容",
        "staff" => "人员",
        "unit" => "单位",
        "government" => "政府",
        "department" => "部门",
        "office" => "安委办",
        "supervision" => "督导组",
        "discipline" => "纪委监委",
        "receipt" => "凭查询码",
        "citizen" => "群众",
        "system" => "系统规则",
        "extension" => "准予延期",
        "calendar_change" => "工作日历变更",
        "resumed" => "恢复办理",
        "reassigned" => "改派",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_said_as_it_is_meant_where_it_stands() {
        assert_eq!(word(Lane::Tip, "progress", "accepted"), Some("已受理"));
        assert_eq!(word(Lane::Report, "progress", "accepted"), Some("已验收"));
        assert_eq!(word(Lane::Case, "progress", "confirmed"), Some("处置中"));
        assert_eq!(word(Lane::Disposal, "progress", "closed"), Some("已销号"));
        assert_eq!(word(Lane::Case, "obligation", "screen_tip"), Some("线索甄审"));
        assert_eq!(word(Lane::Case, "role", "operator"), Some("经营者"));
        assert_eq!(word(Lane::Tip, "role", "operator"), Some("话务员"));
        assert_eq!(word(Lane::Case, "class", "c"), Some("C 类"));
    }
    #[test]
    fn words_that_people_typed_stay_theirs() {
        for typed in ["胡集镇老砖瓦厂", "a b", "", "someone@example.com", "321322102"] {
            assert_eq!(word(Lane::Case, "summary", typed), None, "{typed}");
        }
    }
}
