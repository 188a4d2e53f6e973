//! What every stored fact is called in Chinese.

/// The title of an event name; the name itself for one this program does not know.
pub(crate) fn title(name: &str) -> &str {
    TITLES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(name, |(_, title)| title)
}

const TITLES: &[(&str, &str)] = &[
    ("tip.received.v1", "收到举报"),
    ("tip.danger_raised.v1", "紧急险情报警"),
    ("tip.evidence_added.v1", "补充证据"),
    ("tip.reporter_wrote.v1", "举报人补充说明"),
    ("tip.reply_sent.v1", "答复举报人"),
    ("tip.accepted.v1", "受理线索"),
    ("tip.rejected.v1", "不予受理"),
    ("tip.diverted.v1", "转交其他部门"),
    ("tip.outcome_told.v1", "告知办理结果"),
    ("case.opened.v1", "立案"),
    ("case.tip_linked.v1", "并入线索"),
    ("case.assigned.v1", "交办"),
    ("case.co_handler_added.v1", "增加协办单位"),
    ("case.acknowledged.v1", "签收"),
    ("case.returned.v1", "退回"),
    ("case.designated.v1", "指定管辖"),
    ("case.reassigned.v1", "改派"),
    ("case.inspection_recorded.v1", "现场核查"),
    ("case.identification_requested.v1", "提请甄别"),
    ("case.site_identified.v1", "甄别确认"),
    ("case.site_classified.v1", "定性分类"),
    ("case.site_found_clean.v1", "核查未发现"),
    ("case.clean_finding_reviewed.v1", "复核“未发现”结论"),
    ("case.confirmed.v1", "确认为小化工"),
    ("case.closed.v1", "结案"),
    ("case.reopened.v1", "重新办理"),
    ("disposal.ordered.v1", "下达处置措施"),
    ("disposal.safety_plan_submitted.v1", "提交安全方案"),
    ("disposal.safety_plan_approved.v1", "批准安全方案"),
    ("disposal.safety_plan_rejected.v1", "退回安全方案"),
    ("disposal.measure_completed.v1", "完成一项措施"),
    ("disposal.measure_reopened.v1", "措施须重做"),
    ("disposal.party_referred.v1", "移送责任人"),
    ("disposal.referral_answered.v1", "移送有结果"),
    ("disposal.review_passed.v1", "复核签字"),
    ("disposal.review_failed.v1", "复核不通过"),
    ("disposal.closed.v1", "销号"),
    ("disposal.spot_check_drawn.v1", "抽中抽查"),
    ("disposal.spot_check_passed.v1", "抽查合格"),
    ("disposal.spot_check_failed.v1", "抽查不合格"),
    ("disposal.recheck_due.v1", "到期回头看"),
    ("disposal.recheck_passed.v1", "回头看未反弹"),
    ("disposal.relapse_found.v1", "发现死灰复燃"),
    ("accountability.clock_started.v1", "开始计时"),
    ("accountability.clock_stopped.v1", "停止计时"),
    ("accountability.clock_moved.v1", "期限变更"),
    ("accountability.deadline_missed.v1", "逾期"),
    ("accountability.reminder_issued.v1", "催办"),
    ("accountability.supervision_ordered.v1", "督办"),
    ("accountability.interview_ordered.v1", "约谈"),
    ("accountability.criticism_circulated.v1", "通报批评"),
    ("accountability.referred_to_discipline.v1", "移送纪委监委"),
    ("accountability.failure_recorded.v1", "记录失职情形"),
    ("accountability.explanation_submitted.v1", "提交说明"),
    ("accountability.explanation_judged.v1", "认定说明"),
    ("accountability.inquiry_opened.v1", "立案调查"),
    ("accountability.inquiry_decided.v1", "作出决定"),
    ("accountability.inquiry_closed.v1", "调查结案"),
    ("report.guarantee_given.v1", "作出保证"),
    ("report.drafted.v1", "生成报告草稿"),
    ("report.signed.v1", "负责人签字"),
    ("report.returned.v1", "退回报告"),
    ("report.sealed.v1", "县区盖章"),
    ("report.filed.v1", "报市备案"),
    ("report.contradicted.v1", "报告被证明不实"),
    ("notification.requested.v1", "拟发通知"),
    ("notification.sent.v1", "通知已送出"),
    ("notification.failed.v1", "通知未送达"),
    ("notification.abandoned.v1", "通知放弃发送"),
    ("unit.registered.v1", "登记单位"),
    ("staff.registered.v1", "登记人员"),
    ("staff.retired.v1", "人员离任"),
    ("staff.password_set.v1", "修改密码"),
    ("campaign.stages_set.v1", "设定阶段"),
    ("campaign.limits_set.v1", "设定时限"),
    ("campaign.ladder_set.v1", "设定督办阶梯"),
    ("calendar.year_set.v1", "设定工作日历"),
    ("hotline.published.v1", "公布举报电话"),
    ("clock.advanced.v1", "拨动演示时钟"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Golden files name every event ever written.
    #[test]
    fn every_event_of_every_domain_has_a_title() {
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut seen = 0;
        for service in std::fs::read_dir(services).expect("services") {
            let golden = service.expect("a service").path().join("domain/tests/golden");
            let Ok(files) = std::fs::read_dir(golden) else {
                continue;
            };
            for file in files {
                let path = file.expect("a file").path();
                let name = path
                    .file_stem()
                    .and_then(|stem| stem.to_str())
                    .expect("a name")
                    .to_owned();
                assert_ne!(title(&name), name, "{name} has no title");
                seen += 1;
            }
        }
        assert!(seen > 50, "golden files found: {seen}");
    }
}
