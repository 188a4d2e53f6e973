//! What the codes in a state mean in Chinese: the catalogue's words, by the place where a code stands, and what only histories say.

use crate::lanes::Lane;
use vocabulary::List;

/// Where nothing says of which list a code is, the first of these that has it.
const ANYWHERE: [List; 23] = [
    List::Measure,
    List::Obligation,
    List::Rung,
    List::Method,
    List::Premises,
    List::Rejection,
    List::Level,
    List::Role,
    List::Failure,
    List::Urgency,
    List::Gravity,
    List::Closing,
    List::Finding,
    List::CheckAnswer,
    List::Origin,
    List::Accountable,
    List::Receiver,
    List::Channel,
    List::Seen,
    List::Compartment,
    List::UnitKind,
    List::StopReason,
    List::CaseState,
];

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
    let among = |lists: &[List]| lists.iter().find_map(|list| list.word(code));
    among(in_place(lane, name))
        .or_else(|| happened(lane, code))
        .or_else(|| among(&ANYWHERE))
}

/// The lists of a field, where the same code means something else elsewhere.
fn in_place(lane: Lane, name: &str) -> &'static [List] {
    match (lane, name) {
        (Lane::Tip, "progress") => &[List::TipState],
        (Lane::Case, "progress") => &[List::CaseState],
        (Lane::Disposal, "progress") => &[List::DisposalState],
        (Lane::Report, "progress") => &[List::ReportState],
        (Lane::Tip, "authenticity") => &[List::Authenticity],
        (Lane::Tip, "seen") => &[List::Seen],
        (Lane::Disposal, "standing") => &[List::PlanStanding, List::ExposureStanding],
        (Lane::Disposal, "to") => &[List::Receiver],
        (Lane::Case | Lane::Disposal, "role" | "party") => &[List::PartyRole],
        (Lane::Accountability, "against") => &[List::Accountable],
        (Lane::Accountability, "kind") => &[List::Failure],
        (Lane::Accountability, "by") => &[List::StopReason],
        (Lane::Directory, "kind") => &[List::UnitKind],
        (_, "source") => &[List::FindingSource],
        (_, "class") => &[List::Class],
        (_, "link") => &[List::RelapseLink],
        (_, "stage") => &[List::Stage],
        (_, "owes") => &[List::StageDuty],
        (_, "department") => &[List::Department],
        _ => &[],
    }
}

/// What somebody did or what became of something, as only a history puts it.
fn happened(lane: Lane, code: &str) -> Option<&'static str> {
    Some(match (lane, code) {
        (Lane::Tip, "accepted") => "已受理",
        (Lane::Tip, "rejected") => "不予受理",
        (Lane::Accountability, "accepted") => "已认可",
        (Lane::Case, "absent") => "未立案",
        (Lane::Disposal, "absent") => "未开始处置",
        (_, "absent") => "无",
        (_, "accepted") => "已同意",
        (_, "rejected") => "不予同意",
        (_, "returned") => "已退回",
        (_, "proposed") => "已提出",
        (_, "submitted") => "已提交",
        (_, "approved") => "已批准",
        (_, "refused") => "未批准",
        (_, "granted") => "已同意",
        (_, "published") => "已公布",
        (_, "paid") => "已发放",
        (_, "passed") => "合格",
        (_, "relapsed") => "死灰复燃",
        (_, "waiting") => "待发送",
        (_, "sent") => "已发送",
        (_, "abandoned") => "已放弃",
        (_, "withdrawn") => "已撤回",
        (_, "mail") => "邮件",
        (_, "staff") => "人员",
        (_, "unit") => "单位",
        (_, "receipt") => "凭查询码",
        (_, "citizen") => "群众",
        (_, "system") => "系统规则",
        (_, "extension") => "准予延期",
        (_, "calendar_change") => "工作日历变更",
        (_, "resumed") => "恢复办理",
        (_, "reassigned") => "改派",
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
        assert_eq!(word(Lane::Case, "class", "c"), List::Class.word("c"));
        assert_eq!(word(Lane::Accountability, "by", "withdrawn"), Some("已交他人"));
        assert_eq!(word(Lane::Disposal, "standing", "withdrawn"), Some("已撤回"));
        assert_eq!(word(Lane::Report, "stage", "sweep"), Some("排查摸底"));
        assert_eq!(word(Lane::Case, "kind", "sweep"), Some("拉网式排查"));
    }
    #[test]
    fn words_that_people_typed_stay_theirs() {
        for typed in ["胡集镇老砖瓦厂", "a b", "", "someone@example.com", "321322102"] {
            assert_eq!(word(Lane::Case, "summary", typed), None, "{typed}");
        }
    }
}
