//! The steps of a tip and its case, as its reporter may know them: what has happened and what is due, nothing more hopeful.

use super::words::moment;
use crate::api::TipStatus;
use jiff::Timestamp;
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
    let mut steps = vec![step("done", "已收到", format!("{}。", moment(&tip.received_at)))];
    if let Some(review) = &tip.review {
        let first = format!("此前核对后没有受理。{}", review.told);
        steps.push(step("done", "已核对", first));
        let says = match review.by_reporter {
            true => format!("{} 您提出异议，由{}复核。", moment(&review.at), review.office),
            false => format!("{} 上级决定由{}重新核对。", moment(&review.at), review.office),
        };
        steps.push(step("done", "提请复核", says));
    }
    let reviewed = tip.review.is_some();
    let told = tip.told.clone().unwrap_or_default();
    let screened = match reviewed {
        true => step("done", "已复核", on(tip, "上级重新看过了您的举报。")),
        false => step("done", "已核对", on(tip, "工作人员看过了您的举报。")),
    };
    match tip.progress.as_str() {
        "accepted" => {
            steps.push(step("done", "已受理", taken_up(status)));
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
            let says = format!("由{authority}办理。{told}");
            steps.extend([screened, step("done", "已转交", says)]);
        }
        _ => steps.extend(waiting(tip)),
    }
    steps
}

fn waiting(tip: &GetTipByReceiptResponse) -> [Step; 2] {
    let due = tip.screening_due.as_deref().map_or_else(
        || "工作人员会尽快核对您的举报。".to_owned(),
        |due| format!("工作人员会在 {} 前核对完您的举报。", moment(due)),
    );
    let name = match tip.review {
        Some(_) => "等待复核",
        None => "等待核对",
    };
    let ahead = step("ahead", "受理查处", "受理后交承办单位核查处置。");
    [step("now", name, due), ahead]
}

/// The case was opened when the tip was taken up, or stood already.
fn taken_up(status: &TipStatus) -> String {
    let says = "情况已经核对，立案查处。";
    let steps = status.case_progress.iter().flat_map(|case| &case.steps);
    let opened = steps
        .filter(|happened| happened.code == "opened")
        .map(|step| &step.at)
        .next();
    let instant = |text: &str| text.parse::<Timestamp>().ok();
    match opened {
        Some(opened) if instant(opened) >= instant(&status.tip.received_at) => {
            format!("{}，{says}", moment(opened))
        }
        Some(_) => on(&status.tip, "情况已经核对，并入正在查处的案件。"),
        None => on(&status.tip, says),
    }
}

/// With the day on which it was screened, where that is known.
fn on(tip: &GetTipByReceiptResponse, says: &str) -> String {
    let at = tip.screened_at.as_deref().map(moment);
    at.map_or_else(|| says.to_owned(), |at| format!("{at}，{says}"))
}

/// Who has it is told by level, never by name.
fn case_steps(status: &TipStatus) -> Vec<Step> {
    let Some(case) = &status.case_progress else {
        return vec![step("now", "正在查处", "已进入查处程序；有答复会显示在本页。")];
    };
    let happened = case.steps.iter().filter(|happened| happened.code != "opened");
    let mut steps: Vec<Step> = happened.map(case_step).collect();
    if let (true, Some(how)) = (case.state == "closed", case.closed_as.as_deref().and_then(closed))
        && let Some(last) = steps.last_mut()
    {
        last.says = format!("{}{how}", last.says);
    }
    // A relapse is handled as a case of its own: of this one nothing more is due.
    if !matches!(case.state.as_str(), "closed" | "relapse") {
        let says = match (&case.next_due, case.overdue) {
            (_, true) => "下一步已经超过期限，系统正在督办。".to_owned(),
            (Some(due), false) => format!("下一步应当在 {} 前完成。", moment(due)),
            (None, false) => "有进展会显示在本页。".to_owned(),
        };
        steps.push(step("now", "正在查处", says));
    }
    steps
}

/// How it ended; what was found is in the answer.
fn closed(how: &str) -> Option<&'static str> {
    match how {
        "disposed" => Some("已经依法处置完毕，之后还会再到现场检查。"),
        "found_clean" => Some("现场核查没有发现“小化工”，由上一级复核过。"),
        "not_small_chemical" => Some("不属于“小化工”，违反其他规定的已转有关部门。"),
        _ => None,
    }
}

fn case_step(happened: &PublicStep) -> Step {
    let level = match happened.level.as_deref() {
        Some("city") => "，由市级承办",
        Some("county") => "，由县区承办",
        Some("township") => "，由乡镇（街道）承办",
        Some("village") => "，由村居（社区）承办",
        _ => "",
    };
    let why = happened
        .note
        .as_deref()
        .map(|note| format!("，理由：{}", note.trim_end_matches('。')));
    step(
        "done",
        &happened.title,
        format!("{}{level}{}。", moment(&happened.at), why.unwrap_or_default()),
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
    fn taking_up_has_its_date_unless_the_case_stood_already() {
        let mut progress = assigned(false);
        progress.steps.insert(
            0,
            PublicStep {
                code: "opened".to_owned(),
                title: "已立案".to_owned(),
                at: "2020-06-01T02:30:00Z".to_owned(),
                ..PublicStep::default()
            },
        );
        let says =
            |progress: &PublicProgressResponse| steps(&accepted(Some(progress.clone())))[1].says.clone();
        assert!(says(&progress).contains("2020年6月1日 10:30"));
        progress.steps[0].at = "2020-05-21T02:30:00Z".to_owned();
        assert!(says(&progress).contains("并入正在查处的案件") && !says(&progress).contains("5月21日"));
    }
    #[test]
    fn what_was_turned_down_has_the_day_on_which_it_was() {
        let mut status = accepted(None);
        status.tip.progress = "rejected".to_owned();
        status.tip.screened_at = Some("2020-06-01T02:30:00Z".to_owned());
        status.tip.told = Some("已由消防部门处理过。".to_owned());
        let steps = steps(&status);
        assert!(
            steps[1].says.starts_with("2020年6月1日 10:30"),
            "{}",
            steps[1].says
        );
        assert!(steps[2].says.contains("消防部门"));
    }
    #[test]
    fn the_end_says_how_it_ended() {
        let mut progress = assigned(false);
        progress.steps[0] = PublicStep {
            code: "closed".to_owned(),
            title: "已办结".to_owned(),
            at: "2020-07-01T03:00:00Z".to_owned(),
            ..PublicStep::default()
        };
        progress.state = "closed".to_owned();
        for (how, says) in [
            ("disposed", "再到现场检查"),
            ("found_clean", "没有发现"),
            ("not_small_chemical", "有关部门"),
        ] {
            progress.closed_as = Some(how.to_owned());
            let steps = steps(&accepted(Some(progress.clone())));
            assert!(steps[2].says.contains(says) && steps.len() == 3, "{how}");
        }
        progress.state = "relapse".to_owned();
        let steps = steps(&accepted(Some(progress)));
        assert!(steps.iter().all(|step| step.state == "done"), "handled elsewhere");
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
