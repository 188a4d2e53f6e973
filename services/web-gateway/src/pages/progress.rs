//! The steps of a tip and its case, as its reporter may know them: what has happened and what is due, nothing more hopeful.

use super::words::moment;
use crate::api::TipStatus;
use mingcha_proto::intake::GetTipByReceiptResponse;
use mingcha_proto::ledger::PublicStep;

/// One step on the way.
pub(super) struct Step {
    /// `done`, `now` or `ahead`
    pub(super) state: &'static str,
    pub(super) name: String,
    pub(super) says: String,
}

fn step(state: &'static str, name: &str, says: impl Into<String>) -> Step {
    Step {
        state,
        name: name.to_owned(),
        says: says.into(),
    }
}

pub(super) fn steps(status: &TipStatus) -> Vec<Step> {
    let tip = &status.tip;
    let mut steps = vec![step("done", "已收到", moment(&tip.received_at))];
    if let Some(review) = &tip.review {
        let first = format!("此前甄审没有受理。{}", review.told);
        steps.push(step("done", "已甄审", first));
        let says = match review.by_reporter {
            true => format!("{} 您提出异议，由{}复核。", moment(&review.at), review.office),
            false => format!("{} 上级决定由{}重新甄审。", moment(&review.at), review.office),
        };
        steps.push(step("done", "提请复核", says));
    }
    let reviewed = tip.review.is_some();
    let told = tip.told.clone().unwrap_or_default();
    let screened = match reviewed {
        true => step("done", "已复核", "上级重新看过了您的举报。"),
        false => step("done", "已甄审", "工作人员看过了您的举报。"),
    };
    match tip.progress.as_str() {
        "accepted" => {
            steps.push(step("done", "已受理", "情况已经核对，立案查处。"));
            steps.extend(case_steps(status));
        }
        "rejected" => {
            let name = if reviewed {
                "复核后仍不予受理"
            } else {
                "不予受理"
            };
            steps.extend([screened, step("done", name, told)]);
        }
        "diverted" => {
            let authority = tip.authority.as_deref().unwrap_or("有管辖权的部门");
            let says = format!("已转交{authority}办理。{told}");
            steps.extend([screened, step("done", "已转交", says)]);
        }
        _ => steps.extend(waiting(tip)),
    }
    steps
}

fn waiting(tip: &GetTipByReceiptResponse) -> [Step; 2] {
    let due = tip.screening_due.as_deref().map_or_else(
        || "工作人员会尽快核对您的举报。".to_owned(),
        |due| format!("最迟 {} 前核对完您的举报。", moment(due)),
    );
    let name = match tip.review {
        Some(_) => "等待复核",
        None => "等待甄审",
    };
    let ahead = step("ahead", "受理查处", "受理后交承办单位核查处置。");
    [step("now", name, due), ahead]
}

/// Who has it is told by level, never by name.
fn case_steps(status: &TipStatus) -> Vec<Step> {
    let Some(case) = &status.case_progress else {
        return vec![step("now", "正在查处", "已进入查处程序；有答复会显示在本页。")];
    };
    let happened = case.steps.iter().filter(|happened| happened.code != "opened");
    let mut steps: Vec<Step> = happened.map(case_step).collect();
    if case.state != "closed" {
        let says = match (&case.next_due, case.overdue) {
            (_, true) => "下一步已经超过期限，系统正在督办。".to_owned(),
            (Some(due), false) => format!("下一步最迟 {} 前完成。", moment(due)),
            (None, false) => "有进展会显示在本页。".to_owned(),
        };
        steps.push(step("now", "正在查处", says));
    }
    steps
}

fn case_step(happened: &PublicStep) -> Step {
    let level = match happened.level.as_deref() {
        Some("city") => "，由市级承办",
        Some("county") => "，由县区承办",
        Some("township") => "，由乡镇（街道）承办",
        Some("village") => "，由村居（社区）承办",
        _ => "",
    };
    let why = happened.note.as_deref().map(|note| format!("，理由：{note}"));
    step(
        "done",
        &happened.title,
        format!("{}{level}{}", moment(&happened.at), why.unwrap_or_default()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::ledger::PublicProgressResponse;

    fn accepted(case_progress: Option<PublicProgressResponse>) -> TipStatus {
        let tip = GetTipByReceiptResponse {
            progress: "accepted".to_owned(),
            received_at: "2020-06-01T02:05:00Z".to_owned(),
            ..GetTipByReceiptResponse::default()
        };
        TipStatus { tip, case_progress }
    }
    fn assigned(overdue: bool) -> PublicProgressResponse {
        PublicProgressResponse {
            steps: vec![PublicStep {
                code: "assigned".to_owned(),
                title: "已交办".to_owned(),
                at: "2020-06-01T03:00:00Z".to_owned(),
                level: Some("township".to_owned()),
                note: None,
            }],
            state: "assigned".to_owned(),
            next_due: Some("2020-06-02T15:59:59Z".to_owned()),
            overdue,
            ..PublicProgressResponse::default()
        }
    }

    #[test]
    fn the_level_that_has_it_is_told_and_when_the_next_step_is_due() {
        let steps = steps(&accepted(Some(assigned(false))));
        assert!(steps[2].says.contains("由乡镇（街道）承办"));
        assert!(steps[3].says.contains("2020年6月2日 23:59"));
    }
    #[test]
    fn the_reporter_reads_why_it_takes_longer() {
        let mut progress = assigned(false);
        progress.steps.push(PublicStep {
            code: "extended".to_owned(),
            title: "经上一级同意延期".to_owned(),
            at: "2020-06-02T03:00:00Z".to_owned(),
            level: None,
            note: Some("连日暴雨，道路中断".to_owned()),
        });
        let steps = steps(&accepted(Some(progress)));
        assert!(steps[3].says.contains("理由：连日暴雨，道路中断"));
    }
    #[test]
    fn lateness_is_not_hidden() {
        assert!(
            steps(&accepted(Some(assigned(true))))[3]
                .says
                .contains("超过期限")
        );
    }
    #[test]
    fn without_the_ledger_the_tip_itself_is_still_told() {
        assert_eq!(steps(&accepted(None)).len(), 3);
    }
}
