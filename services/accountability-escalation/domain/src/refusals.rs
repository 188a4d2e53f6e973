//! Every reason for which a command on an accountability stream is refused.

decider::refusals! {
    /// Why a command on an accountability stream was not carried out.
    pub enum AccountabilityRefusal {
        NotAPolicy => Forbidden, "accountability.not_a_policy", "",
            "时限和督促由系统按规则记录，任何人不能手工启停或改动。", "确需延期的，请在案件里申请延期，由上一级批准。", "domain.md §3 Accountability";
        SubjectDiffers => Conflict, "accountability.subject_differs", "subject",
            "这条问责记录属于另一个对象。", "请核对线索、案件或单位的编号。", "domain.md §3 Accountability";
        NoDesk => Conflict, "accountability.no_desk", "unit",
            "还没有可以承担时限的单位。", "请先在名录里建立市安委办，系统会重试。", "domain.md §3 Accountability";
        NotFound => NotFound, "accountability.not_found", "",
            "没有找到这条问责记录。", "请核对编号。", "domain.md §3 Accountability";
        UnknownClock => NotFound, "accountability.unknown_clock", "clock",
            "没有找到这个时限。", "请刷新页面，从时限列表里选择。", "domain.md §3 Accountability";
        MovedBackwards => Invalid, "accountability.moved_backwards", "to",
            "延期后的日期早于原来的期限。", "请填写晚于原期限的日期。", "domain.md §3 Case";
        ExtensionTooLate => Conflict, "accountability.extension_too_late", "granted",
            "期限已过，不能再延期。", "请尽快办结，并就超期作出说明。", "domain.md §3 Case";
        NothingToExplain => Conflict, "accountability.nothing_to_explain", "rung",
            "这一级督促没有发出，或者已经失效，不需要说明。", "请刷新页面，在待说明列表里选择。", "domain.md §3 Accountability";
        NotAddressed => Forbidden, "accountability.not_addressed", "",
            "这次督促不是发给您的。", "请由被督促人或者被督促单位的负责人说明。", "domain.md §3 Accountability";
        AlreadyExplained => Conflict, "accountability.already_explained", "rung",
            "已经提交过说明。", "请等待上一级认定；被退回后可以重新说明。", "domain.md §3 Accountability";
        NothingToJudge => Conflict, "accountability.nothing_to_judge", "rung",
            "没有待认定的说明。", "请刷新页面，在待认定列表里选择。", "domain.md §3 Accountability";
        NotAJudge => Forbidden, "accountability.not_a_judge", "",
            "您不能认定这份说明。", "请由被督促单位的上一级负责人、督导组或纪委监委认定；移送后的说明只由纪委监委认定。", "domain.md §3 Accountability";
        JudgesOwn => Forbidden, "accountability.judges_own", "",
            "不能认定自己提交的说明。", "请由上一级的其他负责人、督导组或纪委监委认定。", "domain.md §3 Accountability";
        UnknownFailure => NotFound, "accountability.unknown_failure", "failure",
            "没有找到这项问责事项。", "请刷新页面，从问责事项列表里选择。", "domain.md §3 Accountability";
        NotHeldAgainst => Forbidden, "accountability.not_held_against", "",
            "这项问责事项不是针对您单位的。", "请由责任单位的第一责任人或者负责人说明。", "domain.md §3 Accountability";
        NotInspector => Forbidden, "accountability.not_inspector", "",
            "只有纪委监委可以立案、决定和结案。", "请把线索移送纪委监委。", "宿政办发〔2020〕24号 四";
        UnknownInquiry => NotFound, "accountability.unknown_inquiry", "inquiry",
            "没有找到这次问责调查。", "请核对调查序号。", "domain.md §3 Accountability";
        InquiryAlreadyOpen => Conflict, "accountability.inquiry_already_open", "clock",
            "这件事已经有一次未结的调查。", "请在原调查里作出决定。", "domain.md §3 Accountability";
        InquiryIsClosed => Conflict, "accountability.inquiry_is_closed", "inquiry",
            "这次调查已经结案。", "如有新的情况，请另行立案。", "domain.md §3 Accountability";
        NotDecided => Conflict, "accountability.not_decided", "inquiry",
            "还没有作出决定，不能结案。", "请先对至少一人作出决定；不予追究也是决定，要写明依据。", "domain.md §3 Accountability";
        UnknownPerson => Invalid, "accountability.unknown_person", "person",
            "名录里没有这个人员账号。", "请从名录里选择，或者留空只写姓名。", "domain.md §3 Directory";
        NotAnOfficial => Invalid, "accountability.not_an_official", "person",
            "只有公职人员才填写人员账号。", "对经营者、出租人、法定代表人请只写姓名。", "宿政办发〔2020〕24号 五（二）";
        TextMissing => Invalid, "accountability.text_missing", "text",
            "没有填写说明。", "请写明没有按期完成的原因和补救措施。", "domain.md §3 Accountability";
        NoteMissing => Invalid, "accountability.note_missing", "note",
            "没有填写意见。", "请写明理由，被督促人会看到这段话。", "domain.md §3 Accountability";
        ReasonMissing => Invalid, "accountability.reason_missing", "reason",
            "没有填写立案理由。", "请写明要查的问题。", "domain.md §3 Accountability";
        NameMissing => Invalid, "accountability.name_missing", "name",
            "没有写明追究谁。", "请填写被追究人的姓名。", "宿政办发〔2020〕24号 五（二）";
        BasisMissing => Invalid, "accountability.basis_missing", "basis",
            "没有写明依据的条款。", "请写明法规或办法的名称和条款，例如《宿迁市安全生产事故隐患排查治理责任追究办法（试行）》的具体条款。", "宿政办发〔2020〕24号 五（二）";
        DecisionMissing => Invalid, "accountability.decision_missing", "decision",
            "没有填写决定内容。", "请写明给予什么处理，或者不予追究。", "宿政办发〔2020〕24号 五（二）";
        NotASupervisor => Forbidden, "accountability.not_a_supervisor", "",
            "只有督导组可以记录、认定督导问题和结束专项督查，而且只限督导范围内的单位。", "请由派驻该地区的督导组办理。", "宿政办发〔2020〕24号 五（四）";
        UnknownUnit => Invalid, "accountability.unknown_unit", "unit",
            "名录里没有这个单位。", "请从单位列表里选择。", "domain.md §3 Directory";
        NotSupervised => Invalid, "accountability.not_supervised", "unit",
            "督导组、纪委监委和政法委不在督导范围内。", "请选择政府、部门或者安委办；对这些单位的问题请报市委。", "宿政办发〔2020〕24号 五（四）";
        FindingMissing => Invalid, "accountability.finding_missing", "text",
            "没有写明发现了什么问题。", "请写明地点、情形和依据。", "宿政办发〔2020〕24号 五（四）";
        EvidenceMissing => Invalid, "accountability.evidence_missing", "evidence",
            "突出问题没有附证据。", "请先上传照片或者材料；记录突出问题和答复突出问题都要附证据。", "宿政办发〔2020〕24号 五（四）";
        TooMuchEvidence => Invalid, "accountability.too_much_evidence", "evidence",
            "附件超过 20 件。", "请选取最能说明问题的材料。", "domain.md §3 Accountability";
        UnknownFinding => NotFound, "accountability.unknown_finding", "finding",
            "没有找到这个督导问题。", "请刷新页面，从问题列表里选择。", "domain.md §3 Accountability";
        NotTheUnitsLeader => Forbidden, "accountability.not_the_units_leader", "",
            "只有被督导单位的负责人可以答复。", "请由该单位第一责任人或者负责人登录答复。", "宿政办发〔2020〕24号 五（四）";
        AnswerMissing => Invalid, "accountability.answer_missing", "text",
            "没有写明做了什么。", "请写明整改或者办理的措施和结果。", "domain.md §3 Accountability";
        AlreadyAnswered => Conflict, "accountability.already_answered", "",
            "已经答复，正在等待认定。", "请等待督导组或者联席会议办公室认定；被退回后可以重新答复。", "domain.md §3 Accountability";
        AlreadyAccepted => Conflict, "accountability.already_accepted", "",
            "答复已经被认定，这一项已经办结。", "不必重复答复；有新问题请另行记录。", "domain.md §3 Accountability";
        NothingAnswered => Conflict, "accountability.nothing_answered", "",
            "没有待认定的答复。", "请等单位答复后再认定。", "domain.md §3 Accountability";
        NotTheOffice => Forbidden, "accountability.not_the_office", "",
            "只有联席会议办公室可以交办、认定和退回任务。", "请由市安委办（或市政府）的负责人或派单员办理。", "宿政办发〔2020〕24号 五（一）";
        TakesNoTasks => Invalid, "accountability.takes_no_tasks", "unit",
            "这个单位不承担联席会议任务。", "请选择政府、成员部门或者政法委。", "宿政办发〔2020〕24号 五（一）";
        MeetingMissing => Invalid, "accountability.meeting_missing", "meeting",
            "没有写明是哪次会议决定的。", "请填写会议名称或者纪要编号。", "宿政办发〔2020〕24号 五（一）";
        TaskMissing => Invalid, "accountability.task_missing", "text",
            "没有写明任务内容。", "请写明要做什么、做到什么程度。", "宿政办发〔2020〕24号 五（一）";
        DueInThePast => Invalid, "accountability.due_in_the_past", "due",
            "完成期限已经过去。", "请填写今天或者以后的日期。", "宿政办发〔2020〕24号 五（一）";
        UnknownTask => NotFound, "accountability.unknown_task", "task",
            "没有找到这项任务。", "请刷新页面，从任务列表里选择。", "domain.md §3 Accountability";
        NotTheUnitsTask => Forbidden, "accountability.not_the_units_task", "",
            "这不是您单位的任务。", "请由承担任务单位的负责人或者承办人报告。", "宿政办发〔2020〕24号 五（一）";
        NotUnderSpecialSupervision => Conflict, "accountability.not_under_special_supervision", "",
            "这个单位没有被专项督查。", "请刷新页面，从专项督查列表里选择。", "宿政办发〔2020〕24号 三（四）";
        StillAboveThresholds => Conflict, "accountability.still_above_thresholds", "",
            "问题数量还没有降到标准以下，不能结束专项督查。", "请先督促整改；列表里写明了各项数量和标准。", "宿政办发〔2020〕24号 三（四）";
        TooLong => Invalid, "accountability.too_long", "",
            "内容超过 2000 个字。", "请写得简短一些，材料另附。", "domain.md §3 Accountability";
    }
}
