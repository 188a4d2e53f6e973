//! Every reason for which a command on the directory is refused.

decider::refusals! {
    /// Why a command on the directory was not carried out.
    pub enum DirectoryRefusal {
        NotAdmin => Forbidden, "directory.not_admin", "",
            "只有系统管理员可以维护机构、人员和日期。", "请联系系统管理员。", "domain.md §1";
        NameMissing => Invalid, "directory.name_missing", "name",
            "没有填写名称。", "请填写名称。", "domain.md §3 Directory";
        UnknownParent => Invalid, "directory.unknown_parent", "parent",
            "上级单位不存在。", "请先登记上级单位，再登记本单位；除市一级外都要有上级。", "domain.md §1";
        ParentLevelMismatch => Invalid, "directory.parent_level_mismatch", "level",
            "单位层级与上级不衔接。", "乡镇的上级是县区，村居的上级是乡镇，部门与所属政府同级。", "domain.md §1";
        CityOnly => Invalid, "directory.city_only", "level",
            "督导组、纪委监委和政法委只设在市一级。", "督导组、纪检监察机关看得到全市的情况；县区的相应部门请登记为部门。", "domain.md §1";
        UnknownUnit => Invalid, "directory.unknown_unit", "unit",
            "人员所属单位不存在。", "请先登记单位。", "domain.md §1";
        UnitMerged => Conflict, "directory.unit_merged", "unit",
            "这个单位已经撤并，不再登记人员和下级单位。", "请登记到并入的单位。", "domain.md §3 Directory";
        MergeElsewhere => Invalid, "directory.merge_elsewhere", "into",
            "只能并入另一个同级、同类、没有撤并的单位。", "请核对并入单位的代码；市级单位不能撤并。", "domain.md §3 Directory";
        UnitHasLower => Conflict, "directory.unit_has_lower", "unit",
            "这个单位还有下级单位。", "请先把下级单位改到其他上级之下，或者先撤并下级单位。", "domain.md §3 Directory";
        UnitHasStaff => Conflict, "directory.unit_has_staff", "unit",
            "这个单位还有在任人员。", "请先把人员改到并入的单位，或者登记离任，再撤并。", "domain.md §3 Directory";
        MergeReasonMissing => Invalid, "directory.merge_reason_missing", "reason",
            "没有写明撤并的依据。", "请写明批准撤并的文件。", "domain.md §3 Directory";
        RolesMissing => Invalid, "directory.roles_missing", "roles",
            "没有指定角色。", "请至少指定一个角色。", "domain.md §1";
        RoleOfAnotherOffice => Invalid, "directory.role_of_another_office", "roles",
            "督导员只能在督导组任职，监察员只能在纪委监委任职。", "请改选角色，或者把此人登记到督导组、纪委监委。", "domain.md §1";
        OwnAccount => Forbidden, "directory.own_account", "account",
            "不能更改自己的角色、单位和第一责任人身份，也不能给自己登记离任、接任。", "请由另一位系统管理员办理。", "domain.md §1";
        AnotherFirstResponsible => Conflict, "directory.another_first_responsible", "first_responsible",
            "该单位已有第一责任人。", "请先登记原负责人离任，再登记新任。", "方案四：各乡镇和县区主要负责人为第一责任人";
        BadEmail => Invalid, "directory.bad_email", "email",
            "邮箱地址不正确。", "请填写形如 name@example.com 的地址，也可以留空。", "domain.md §3 Directory";
        UnknownStaff => NotFound, "directory.unknown_staff", "account",
            "没有这个人员账号。", "请核对账号。", "domain.md §3 Directory";
        UnknownSuccessor => Invalid, "directory.unknown_successor", "to",
            "没有这个接任人账号。", "请先登记接任人，再办理交接。", "方案四：各乡镇和县区主要负责人为第一责任人";
        SuccessorElsewhere => Invalid, "directory.successor_elsewhere", "to",
            "接任人不在该单位任职，或者没有负责人角色。", "请先把接任人登记到该单位并给予负责人角色。", "方案四：各乡镇和县区主要负责人为第一责任人";
        HandoverReasonMissing => Invalid, "directory.handover_reason_missing", "reason",
            "没有写明交接原因。", "请写明任免文件或者其他原因。", "domain.md §3 Directory";
        LimitMissing => Invalid, "directory.limit_missing", "limits",
            "时限必须大于零。", "每项义务都要写明普通和紧急两种时限。", "domain.md §5";
        UrgentLonger => Invalid, "directory.urgent_longer", "limits",
            "紧急时限不能比普通时限长。", "请核对两种时限。", "domain.md §5";
        LimitTooLong => Invalid, "directory.limit_too_long", "limits",
            "时限太长，最多 120 天。", "请按方案的阶段和办理步骤设定时限；个别案件确需更久的，由承办单位申请延期。", "domain.md §5";
        LadderTooSlow => Invalid, "directory.ladder_too_slow", "ladder",
            "督促阶梯太慢：移送最迟在超期后 60 个工作日，最高一级至少每 31 天重复一次。", "请减少相应的天数。", "domain.md §5";
        LadderNotRising => Invalid, "directory.ladder_not_rising", "ladder",
            "督促阶梯的天数必须逐级增加，最高一级的重复间隔至少一天。", "请按催办、督办、约谈、通报批评、移送的顺序填写。", "domain.md §5";
        ThresholdsMissing => Invalid, "directory.thresholds_missing", "thresholds",
            "督查线不完整：统计天数必须大于零，县区和乡镇各至少有一项标准。", "请填写统计天数和各项数量；不用的单项填零。", "宿政办发〔2020〕24号 三（四）";
        DayNotToCome => Invalid, "directory.day_not_to_come", "from",
            "生效日期必须在今天以后。", "要立即生效的，请不填生效日期。", "domain.md §2";
        RecheckDays => Invalid, "directory.recheck_days", "days",
            "回头看的天数不对。", "请至少填写一个 1 到 3650 之间的天数，例如 30、90、180；回头看不能取消。", "domain.md §3 Disposal";
        RewardVersionMissing => Invalid, "directory.reward_version_missing", "rules",
            "奖励标准至少要有一个版本，每个版本都要有名称。", "请填写版本，例如 2018。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardVersionTwice => Invalid, "directory.reward_version_twice", "rules",
            "奖励标准的版本名称和起始日期都不能重复。", "请核对各版本的名称和起始日期。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardBounds => Invalid, "directory.reward_bounds", "rules",
            "奖励下限必须大于零，并且不高于上限。", "请核对奖励的下限和上限，单位是元。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardShare => Invalid, "directory.reward_share", "rules",
            "奖励占罚款的比例应在 1% 到 100% 之间。", "请填写百分数，例如 15。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        InsiderFactor => Invalid, "directory.insider_factor", "rules",
            "内部知情人的奖励应为普通奖励的 100% 到 1000%。", "请填写百分数，例如 120；内部知情人不能比别人少。", "《生产经营单位从业人员安全生产举报处理规定》（应急〔2020〕69号）";
        ApprovalHours => Invalid, "directory.approval_hours", "custody",
            "批准查看举报人身份的有效时间应在 1 到 168 小时之间。", "请填写小时数，例如 24。", "domain.md §7";
        StageEndsBeforeStart => Invalid, "directory.stage_ends_before_start", "stages",
            "阶段的结束日期早于开始日期。", "请核对日期。", "方案三：进度安排";
        DayBothWays => Invalid, "directory.day_both_ways", "calendar",
            "同一天不能既是假日又是调休上班日，且日期必须属于该年份。", "请对照国务院办公厅放假通知核对。", "domain.md §5";
        TooManyDaysOff => Invalid, "directory.too_many_days_off", "holidays",
            "一年里放假的周一至周五超过 40 天。", "请对照国务院办公厅放假通知核对：2020 年至 2026 年每年不到 20 天。工作日停摆，全市的时限就都停了。", "domain.md §5";
        HotlineNumber => Invalid, "directory.hotline_number", "number",
            "举报电话只能由数字和连字符组成，3 到 20 位。", "请核对号码。", "方案五（五）强化社会监督";
        UnknownHotline => NotFound, "directory.unknown_hotline", "number",
            "没有公布过这个举报电话。", "请从已公布的号码里选择。", "方案五（五）强化社会监督";
        LastHotline => Conflict, "directory.last_hotline", "number",
            "这是唯一公布的举报电话，不能撤下。", "请先公布新的举报电话，再撤下这一个。", "方案五（五）强化社会监督";
        CalendarBasisMissing => Invalid, "directory.calendar_basis_missing", "basis",
            "更正已经生效的工作日历，没有写明依据。", "请写明依据的文件，例如国务院办公厅节假日安排通知的文号：更正会移动正在计算的时限。", "domain.md §3 Accountability";
        WithdrawalReasonMissing => Invalid, "directory.withdrawal_reason_missing", "reason",
            "没有写明为什么撤下。", "请写明理由，例如号码变更，以后有据可查。", "方案五（五）强化社会监督";
        OnlyForward => Invalid, "directory.clock_only_forward", "seconds",
            "演示时钟只能向前拨，一次最多 400 天。", "请填写 1 到 34560000 之间的秒数。", "architecture.md §2 Clocks";
    }
}
