//! What people read who reported or ask by SMS: short, for a screen that others may see.

use crate::receipt::Receipt;
use jiff::Timestamp;
use jurisdiction::campaign_time;
use tip_domain::{Progress, TipState};

/// Longer ones are split by the carriers, and the parts come in any order.
const LONGEST_QUOTE: usize = 120;

/// A tip came by SMS.
pub(crate) fn received(receipt: &Receipt) -> String {
    format!(
        "【明察】您的举报已收到。查询码：{}。凭查询码可在网站查询进展或补充情况，也可以把查询码发到本号码查询，请勿告诉他人。如遇火灾、爆炸、泄漏请立即拨打119。",
        receipt.grouped()
    )
}

/// Words of danger came for a tip that is here.
pub(crate) fn in_danger() -> String {
    "【明察】已收到，正在通知值班人员。请立即离开现场，并拨打119、110；有人受伤请拨打120。".to_owned()
}

/// No tip has that receipt.
pub(crate) fn unknown() -> String {
    "【明察】没有查到这个查询码，请逐位核对16位数字后再发。查询码遗失的，可以重新举报。".to_owned()
}

/// How a tip stands, and what its reporter can do now. Nothing in it says what it is about.
pub(crate) fn standing(tip: &TipState, screening_due: Option<Timestamp>) -> String {
    let says = match &tip.progress {
        Progress::Absent | Progress::Received => match screening_due {
            Some(due) => format!("您的举报正在核对，最迟{}前有结果。", day(due)),
            None => "您的举报正在核对。".to_owned(),
        },
        Progress::Accepted { .. } if tip.not_fixed => "您反映没有解决，正在重新办理。".to_owned(),
        Progress::Accepted { .. } => match tip.replies.last() {
            Some(reply) if tip.outcome_told => format!(
                "您的举报已有结果：{}不同意的，请回复查询码加“没解决”。",
                quoted(&reply.text)
            ),
            _ => "您的举报已受理，正在核查处置。".to_owned(),
        },
        Progress::Rejected { told } => format!("您的举报未受理：{}{}", quoted(told), objecting(tip)),
        Progress::Diverted { authority, told } => {
            format!("您的举报已转交{authority}：{}{}", quoted(told), objecting(tip))
        }
    };
    format!("【明察】{says}详情请凭查询码在网站查看。")
}

fn objecting(tip: &TipState) -> &'static str {
    match tip.objected {
        true => "",
        false => "不同意的，请回复查询码加“不同意”，由上一级复核。",
    }
}

/// A sentence that ends.
fn quoted(text: &str) -> String {
    let text = text.trim_end_matches('。');
    match text.chars().count() > LONGEST_QUOTE {
        true => format!("{}……", text.chars().take(LONGEST_QUOTE).collect::<String>()),
        false => format!("{text}。"),
    }
}

fn day(at: Timestamp) -> String {
    campaign_time(at).strftime("%-m月%-d日%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::CaseId;
    use tip_domain::Reply;

    fn tip(progress: Progress) -> TipState {
        TipState {
            progress,
            ..TipState::default()
        }
    }
    fn replied(text: &str) -> TipState {
        let case = CaseId::sample(7);
        TipState {
            replies: vec![Reply {
                at: Timestamp::UNIX_EPOCH,
                text: text.to_owned(),
            }],
            outcome_told: true,
            ..tip(Progress::Accepted { case })
        }
    }

    #[test]
    fn whoever_asks_learns_how_it_stands_and_what_to_do() {
        let due = "2020-06-02T15:59:00Z".parse().expect("a timestamp");
        let waiting = standing(&tip(Progress::Received), Some(due));
        assert!(waiting.contains("最迟6月2日23:59前"), "{waiting}");
        let told = "现场为食品加工。".to_owned();
        let mut rejected = tip(Progress::Rejected { told });
        assert!(standing(&rejected, None).contains("现场为食品加工。不同意的，请回复查询码加“不同意”"));
        rejected.objected = true;
        assert!(!standing(&rejected, None).contains("不同意"));
        assert!(standing(&replied("已依法处置"), None).contains("已有结果：已依法处置。"));
        let again = TipState {
            not_fixed: true,
            ..replied("已依法处置")
        };
        assert!(standing(&again, None).contains("重新办理"));
    }
    #[test]
    fn an_answer_stays_short() {
        let long = standing(&replied(&"长".repeat(2000)), None);
        assert!(long.chars().count() < 200, "{}", long.chars().count());
    }
    #[test]
    fn a_question_is_no_answer() {
        let asked = TipState {
            outcome_told: false,
            ..replied("请问厂门朝哪个方向？")
        };
        assert!(standing(&asked, None).contains("正在核查处置"));
    }
}
