//! Every reason for which a command on an area report is refused.

decider::refusals! {
    /// Why a command on an area report was not carried out.
    pub enum ReportRefusal {
        NotReported => NotFound, "report.not_found", "",
            "没有找到这份结果上报。", "请核对单位和阶段。", "domain.md §3 Area report";
        OtherReport => Conflict, "report.other_report", "unit",
            "这份上报属于另一个单位或阶段。", "请核对单位和阶段。", "domain.md §3 Area report";
        NotAnArea => Invalid, "report.not_an_area", "unit",
            "只有县区、乡镇和村居上报结果。", "请选择本级政府、管委会或村居委员会。", "宿政办发〔2020〕24号 四";
        UnknownStage => Invalid, "report.unknown_stage", "stage",
            "没有这个工作阶段。", "请从阶段列表里选择。", "宿政办发〔2020〕24号 三";
        StageNotOver => Conflict, "report.stage_not_over", "stage",
            "本阶段还没有结束，或者草稿是在阶段最后一天之前起草的，不能作为本阶段的结果上报。",
            "请在本阶段最后一天或之后起草，再签字；在此之前可以预览台账清单。没有截止日的阶段不用上报。", "domain.md §3 Area report";
        NotFirstResponsible => Forbidden, "report.not_first_responsible", "",
            "只有本单位的第一责任人可以亲自办理。", "请由第一责任人本人登录办理，不能代签。", "宿政办发〔2020〕24号 四";
        GuaranteeMissing => Invalid, "report.guarantee_missing", "text",
            "没有填写保证内容。", "请写明向上一级保证什么。", "宿政办发〔2020〕24号 五（一）";
        AlreadyGuaranteed => Conflict, "report.already_guaranteed", "",
            "本单位已经向上一级作出保证。", "不必重复提交。", "宿政办发〔2020〕24号 五（一）";
        NotDrafter => Forbidden, "report.not_drafter", "",
            "您不能起草这个单位的上报。", "请由本单位的承办人或负责人起草。", "domain.md §3 Area report";
        LowerReportMissing => Conflict, "report.lower_report_missing", "lower",
            "下一级还没有全部签字上报。", "请在下级列表里查看未报单位，催其签字上报。", "宿政办发〔2020〕24号 四";
        ForeignLowerReport => Invalid, "report.foreign_lower_report", "lower",
            "附有不属于下一级的上报，或者同一单位附了两份。", "请只附直接下级单位的上报，每个单位一份。", "宿政办发〔2020〕24号 四";
        RepeatedSite => Invalid, "report.repeated_site", "list",
            "清单里有重复的点位。", "请合并重复的案件后重新起草。", "宿政办发〔2020〕24号 二（二）";
        SignedAlready => Conflict, "report.signed_already", "",
            "已经签字的上报不能改动。", "请由上一级写明理由退回后重新起草。", "domain.md §3 Area report";
        NotDrafted => Conflict, "report.not_drafted", "",
            "还没有可以签字的上报。", "请先起草。", "domain.md §3 Area report";
        DigestDiffers => Conflict, "report.digest_differs", "digest",
            "您看到的清单已经不是最新的。", "请刷新页面，重新审阅清单后再签字。", "宿政办发〔2020〕24号 四";
        DraftOutdated => Conflict, "report.draft_outdated", "digest",
            "起草之后又确认了清单里没有的点位，这份草稿不能签字。", "请重新起草，把新确认的点位列入清单后再签字。", "宿政办发〔2020〕24号 四";
        LowerReportChanged => Conflict, "report.lower_report_changed", "lower",
            "起草所依据的下级上报已经被退回或者改签。", "请等下级重新签字上报后，重新起草再签字。", "宿政办发〔2020〕24号 四";
        SignsTwoLevels => Forbidden, "report.signs_two_levels", "",
            "您已经在下级的上报上签过字。", "任何人不能同时为两级签字，请由本级第一责任人签字。", "domain.md §3 Area report";
        NotSigned => Conflict, "report.not_signed", "",
            "这份上报还没有签字。", "请先由第一责任人审核签字。", "domain.md §3 Area report";
        NotLevelAbove => Forbidden, "report.not_level_above", "",
            "只有上一级的负责人可以退回。", "请由上一级政府的负责人办理；县区的上报由市政府或市安委办负责人退回。", "domain.md §3 Area report";
        SignedAbove => Conflict, "report.signed_above", "",
            "上一级已经在这份上报的基础上签字，不能单独退回。", "请先由再上一级退回上一级的上报，再退回这一份。", "domain.md §3 Area report";
        ReasonMissing => Invalid, "report.reason_missing", "reason",
            "没有填写退回理由。", "请写明哪里不清、哪里不实、哪里没有整治到位。", "domain.md §3 Area report";
        FiledAlready => Conflict, "report.filed_already", "",
            "这份上报已经备案。", "备案后发现遗漏的，将作为底数不清追究。", "domain.md §3 Area report";
        NotACounty => Conflict, "report.not_a_county", "",
            "只有县区的上报需要盖章和备案。", "村居、乡镇的上报签字后报上一级即可。", "宿政办发〔2020〕24号 四";
        NotSealer => Forbidden, "report.not_sealer", "",
            "只有本县区的负责人可以盖章。", "请由县区政府（管委会）负责人办理。", "宿政办发〔2020〕24号 四";
        NotSealed => Conflict, "report.not_sealed", "",
            "还没有加盖县区公章，不能备案。", "请由县区政府（管委会）先盖章。", "宿政办发〔2020〕24号 四";
        NotFiler => Forbidden, "report.not_filer", "",
            "只有市级可以备案。", "请由市安委办的派单员或者市级负责人办理。", "宿政办发〔2020〕24号 四";
        NumberMissing => Invalid, "report.number_missing", "number",
            "没有填写备案编号。", "请填写市政府的备案编号。", "宿政办发〔2020〕24号 四";
        NotASupervisor => Forbidden, "report.not_a_supervisor", "",
            "只有督导组可以验收，而且只限督导范围内的地区。", "请由市安全生产督导组办理。", "宿政办发〔2020〕24号 三（四）";
        NotOfAcceptance => Conflict, "report.not_of_acceptance", "stage",
            "只有检查验收阶段的上报才验收。", "请选择检查验收阶段的上报。", "宿政办发〔2020〕24号 三（四）";
        NotFiled => Conflict, "report.not_filed", "",
            "这份上报还没有备案，不能验收。", "请等县区盖章、市级备案后再验收。", "宿政办发〔2020〕24号 三（四）";
        AcceptedAlready => Conflict, "report.accepted_already", "",
            "这份上报已经验收通过。", "验收后发现的问题请作为督导问题记录，或者作为案件登记。", "宿政办发〔2020〕24号 三（四）";
        TooLong => Invalid, "report.too_long", "",
            "内容超过 2000 个字。", "请写得简短一些，材料另附。", "domain.md §3 Area report";
        NotAPolicy => Forbidden, "report.not_a_policy", "",
            "到期催报和与事实不符由系统按规则记录。", "发现漏报点位的，请作为线索或案件登记。", "domain.md §3 Area report";
    }
}
