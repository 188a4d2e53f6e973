//! What each fact is called in Chinese, in one catalogue.

/// The title of a fact by its stored name; later versions of a fact keep its title. `None` for a name nobody knows.
pub fn title(name: &str) -> Option<&'static str> {
    let fact = name.rsplit_once(".v").map_or(name, |(fact, _)| fact);
    of_tips(fact)
        .or_else(|| of_cases(fact))
        .or_else(|| of_disposals(fact))
        .or_else(|| of_accountability(fact))
        .or_else(|| of_reports_and_mail(fact))
        .or_else(|| of_the_directory(fact))
        .or_else(|| of_readings(fact))
}

fn of_tips(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "tip.received" => "收到举报线索",
        "tip.danger_raised" => "报告紧急险情",
        "tip.evidence_added" => "举报人补充照片",
        "tip.reporter_wrote" => "举报人补充情况",
        "tip.reply_sent" => "答复或询问举报人",
        "tip.conflict_noted" => "线索涉及单位或干部，实行回避",
        "tip.not_fixed_said" => "举报人反映没有解决",
        "tip.linked_to_case" => "线索关联到案件",
        "tip.unlinked" => "线索解除与案件的关联",
        "tip.screening_objected" => "举报人对甄审结果提出异议",
        "tip.screening_reconsidered" => "复核甄审",
        "tip.accepted" => "线索受理",
        "tip.rejected" => "线索不予受理",
        "tip.diverted" => "线索转交其他部门",
        "tip.outcome_told" => "向举报人反馈结果",
        "tip.recording_added" => "存入通话录音",
        "tip.transcript_recorded" => "整理通话记录",
        "tip.placed" => "补记地点",
        "tip.identity_reveal_requested" => "申请查看举报人身份",
        "tip.identity_reveal_approved" => "批准查看举报人身份",
        "tip.identity_reveal_refused" => "不同意查看举报人身份",
        "tip.identity_revealed" => "查看举报人身份",
        "tip.reporter_erased" => "销毁举报人信息",
        "tip.reward_proposed" => "提出举报奖励",
        "tip.reward_approved" => "批准举报奖励",
        "tip.reward_refused" => "不同意举报奖励",
        "tip.reward_paid" => "发放举报奖励",
        _ => return None,
    })
}

fn of_cases(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "case.opened" => "立案",
        "case.tip_linked" => "并入线索",
        "case.tip_unlinked" => "撤回并入的线索",
        "case.conflict_noted" => "登记回避情形",
        "case.merged" => "并案",
        "case.made_confidential" => "改为保密案件",
        "case.made_urgent" => "改为紧急案件",
        "case.assigned" => "交办",
        "case.co_handler_added" => "增加协办单位",
        "case.co_handler_removed" => "撤销协办单位",
        "case.acknowledged" => "签收",
        "case.returned" => "退回",
        "case.designated" => "指定管辖",
        "case.reassigned" => "改派",
        "case.extension_requested" => "申请延期",
        "case.extension_granted" => "同意延期",
        "case.extension_refused" => "不同意延期",
        "case.inspection_recorded" => "现场核查",
        "case.identification_requested" => "提请甄别确认",
        "case.site_identified" => "甄别确认",
        "case.site_classified" => "定性分类",
        "case.site_found_clean" => "核查未发现问题",
        "case.clean_finding_reviewed" => "复核“未发现”结论",
        "case.class_corrected" => "更正类别",
        "case.confirmed" => "确认为小化工",
        "case.closed" => "案件办结",
        "case.reopened" => "重新办理",
        _ => return None,
    })
}

fn of_disposals(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "disposal.ordered" => "下达处置要求",
        "disposal.conflict_noted" => "登记处置回避情形",
        "disposal.handed_over" => "处置移交其他单位",
        "disposal.merged" => "处置并入另案",
        "disposal.unmerged" => "处置恢复单独进行",
        "disposal.absorbed" => "并入的案件还有措施没完成，一并重做",
        "disposal.reclassified" => "更正类别，重新下达措施",
        "disposal.made_urgent" => "处置列为紧急",
        "disposal.safety_plan_submitted" => "提交处置安全方案",
        "disposal.safety_plan_approved" => "批准处置安全方案",
        "disposal.safety_plan_rejected" => "退回处置安全方案",
        "disposal.measure_completed" => "完成处置措施",
        "disposal.measure_reopened" => "处置措施重做",
        "disposal.party_referred" => "移送责任人",
        "disposal.referral_answered" => "移送结果反馈",
        "disposal.review_passed" => "复核通过并签字",
        "disposal.review_failed" => "复核不通过",
        "disposal.closed" => "处置销号",
        "disposal.spot_check_drawn" => "抽中验收抽查",
        "disposal.spot_check_passed" => "抽查合格",
        "disposal.spot_check_failed" => "抽查不合格",
        "disposal.reopened" => "没有解决，重新处置",
        "disposal.recheck_due" => "回头看到期",
        "disposal.recheck_passed" => "回头看合格",
        "disposal.relapse_found" => "发现死灰复燃",
        "disposal.relapse_confirmed" => "死灰复燃查实",
        "disposal.exposure_proposed" => "提出警示曝光",
        "disposal.exposure_published" => "批准警示曝光",
        "disposal.exposure_withdrawn" => "撤回警示曝光",
        "draw.announced" => "公告验收抽签",
        "draw.cancelled" => "撤销抽签",
        "draw.made" => "按公布的号码抽签",
        _ => return None,
    })
}

fn of_accountability(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "accountability.clock_started" => "时限开始计时",
        "accountability.clock_stopped" => "时限停止计时",
        "accountability.clock_moved" => "时限调整",
        "accountability.deadline_missed" => "超期",
        "accountability.reminder_issued" => "催办",
        "accountability.supervision_ordered" => "督办",
        "accountability.interview_ordered" => "约谈",
        "accountability.criticism_circulated" => "通报批评",
        "accountability.referred_to_discipline" => "移送纪委监委",
        "accountability.failure_recorded" => "记录问责事项",
        "accountability.failure_explained" => "说明问责事项",
        "accountability.failure_judged" => "认定问责事项说明",
        "accountability.explanation_submitted" => "提交情况说明",
        "accountability.explanation_judged" => "认定说明",
        "accountability.inquiry_opened" => "立案调查",
        "accountability.inquiry_decided" => "问责决定",
        "accountability.inquiry_closed" => "问责调查结案",
        "accountability.finding_recorded" => "督导组记录问题",
        "accountability.finding_answered" => "答复督导问题",
        "accountability.finding_judged" => "认定督导问题整改",
        "accountability.task_assigned" => "联席会议交办任务",
        "accountability.task_reported" => "报告任务完成情况",
        "accountability.task_accepted" => "认定任务完成",
        "accountability.task_returned" => "退回任务",
        "accountability.special_supervision_opened" => "开始专项督查",
        "accountability.special_supervision_closed" => "结束专项督查",
        _ => return None,
    })
}

fn of_reports_and_mail(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "report.guarantee_given" => "作出责任保证",
        "report.drafted" => "起草结果报告",
        "report.signed" => "负责人签字上报",
        "report.returned" => "退回上报结果",
        "report.sealed" => "县区盖章",
        "report.filed" => "市级备案",
        "report.contradicted" => "签字后发现遗漏",
        "report.draft_outdated" => "上报草稿遗漏新确认点位",
        "report.due" => "到期催报结果",
        "report.guarantee_due" => "到期催签责任保证",
        "report.accepted" => "验收通过",
        "report.acceptance_refused" => "验收不通过",
        "notification.requested" => "拟发通知",
        "notification.sent" => "通知已发出",
        "notification.failed" => "通知发送失败",
        "notification.abandoned" => "通知放弃发送",
        _ => return None,
    })
}

fn of_the_directory(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "unit.registered" => "登记单位",
        "unit.handed_over" => "第一责任人交接",
        "staff.registered" => "登记人员",
        "staff.retired" => "人员离任",
        "staff.password_set" => "设置密码",
        "campaign.stages_set" => "设定行动阶段",
        "campaign.limits_set" => "设定各项时限",
        "campaign.recheck_days_set" => "设定回头看天数",
        "campaign.ladder_set" => "设定督促阶梯",
        "campaign.supervision_set" => "设定督查线",
        "campaign.setting_scheduled" => "预定设置生效日",
        "campaign.reward_rules_set" => "设定举报奖励标准",
        "campaign.custody_set" => "设定身份查看有效期",
        "calendar.year_set" => "设定工作日历",
        "hotline.published" => "公布举报电话",
        "unit.merged" => "撤并单位",
        "hotline.withdrawn" => "撤下举报电话",
        "clock.advanced" => "拨动演示时钟",
        _ => return None,
    })
}

fn of_readings(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "reading.case_replayed" => "回放案件全过程",
        "reading.thread_replayed" => "回放全过程",
        "reading.stream_replayed" => "回放单项记录",
        "reading.sight_examined" => "查看谁能看到案件",
        "reading.tip_sight_examined" => "查看谁能看到线索",
        "reading.recording_heard" => "听通话录音",
        "reading.content_opened" => "打开举报内容",
        "reading.evidence_opened" => "打开举报照片",
        "reading.case_read" => "查看案件",
        "reading.tip_read" => "查看线索",
        "reading.report_read" => "查看结果报告",
        "reading.list_exported" => "导出台账",
        "reading.dossier_printed" => "打印案卷",
        "reading.thread_printed" => "打印卷宗",
        "reading.facts_searched" => "查找记录",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::title;
    use std::path::Path;

    /// The golden files hold one file for every version of every fact ever written.
    fn stored_names() -> Vec<String> {
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut names = Vec::new();
        for service in std::fs::read_dir(services).expect("services").flatten() {
            let golden = service.path().join("domain/tests/golden");
            for file in std::fs::read_dir(golden).into_iter().flatten().flatten() {
                let path = file.path();
                let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
                names.push(name.to_owned());
            }
        }
        names
    }

    #[test]
    fn every_fact_of_every_domain_has_a_title() {
        let names = stored_names();
        assert!(names.len() > 70, "only {} names found", names.len());
        let untitled: Vec<_> = names.iter().filter(|name| title(name).is_none()).collect();
        assert!(untitled.is_empty(), "without a title: {untitled:?}");
    }
    #[test]
    fn titles_tell_facts_apart() {
        let names = stored_names();
        let titles: std::collections::BTreeSet<_> = names.iter().filter_map(|name| title(name)).collect();
        assert_eq!(titles.len(), names.len());
        assert_eq!(title("tip.forgotten.v1"), None);
        assert_eq!(title("case.assigned.v2"), title("case.assigned.v1"));
    }
}
