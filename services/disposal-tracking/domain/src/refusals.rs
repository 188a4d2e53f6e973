//! Every reason for which a command on a disposal is refused.

decider::refusals! {
    /// Why a command on a disposal was not carried out.
    pub enum DisposalRefusal {
        // Ordering.
        AlreadyOrdered => Conflict, "disposal.already_ordered", "",
            "这个案件的处置已经下达。", "请刷新页面。", "domain.md §3 Disposal";
        NotOrdered => NotFound, "disposal.not_found", "",
            "没有找到这个案件的处置。", "请核对案件编号；案件定性后才有处置。", "domain.md §3 Disposal";
        NotForPeople => Forbidden, "disposal.not_for_people", "",
            "这一步由系统根据事实自动完成。", "请先完成案件定性；回头看由系统按期提出。", "domain.md §3 Disposal";
        UnknownUnit => Invalid, "disposal.unknown_unit", "unit",
            "没有这个承办单位。", "请核对单位代码。", "domain.md §1";
        TextTooLong => Invalid, "disposal.text_too_long", "",
            "内容超过 2000 个字。", "请写得简短一些，其余作为证据附上。", "domain.md §3 Disposal";
        TooMuchEvidence => Invalid, "disposal.too_much_evidence", "",
            "一次最多附 50 个文件。", "请挑选最能说明情况的文件。", "domain.md §3 Disposal";
        NotOwner => Forbidden, "disposal.not_owner", "",
            "您不是承办单位的承办人或者负责人。", "请由承办单位办理。", "domain.md §3 Disposal";
        OutsideSubtree => Forbidden, "disposal.outside_subtree", "",
            "您不能办理这个案件的处置。", "请由承办单位或其上级的承办人、负责人办理；回头看也可以由督导组登记。", "domain.md §1";
        AlreadyClosed => Conflict, "disposal.already_closed", "",
            "处置已经销号。", "再次发现的，请登记死灰复燃。", "domain.md §3 Disposal";
        NotClosed => Conflict, "disposal.not_closed", "",
            "处置还没有销号。", "请先完成全部措施并逐级复核。", "domain.md §3 Disposal";

        MergedElsewhere => Conflict, "disposal.merged", "",
            "案件已经并案，处置在并入的案件里进行。", "请到并入的案件办理；并案有误的，请先由派单员撤销并案。", "domain.md §3 Disposal";

        // Safety plan.
        PlanNotNeeded => Conflict, "disposal.plan_not_needed", "",
            "这类处置没有拆除和清理，不需要安全方案。", "请直接关闭。", "宿政办发〔2020〕24号 二(三)";
        PlanIncomplete => Invalid, "disposal.plan_incomplete", "",
            "安全方案不完整。", "请写明辨识出的风险、安全措施和责任人，缺一不可。", "宿政办发〔2020〕24号 五(三)";
        PlanAlreadySubmitted => Conflict, "disposal.plan_already_submitted", "",
            "安全方案已经提交，正等县区审批。", "请等待审批结果。", "宿政办发〔2020〕24号 五(三)";
        PlanAlreadyApproved => Conflict, "disposal.plan_already_approved", "",
            "安全方案已经批准。", "请按批准的方案处置。", "宿政办发〔2020〕24号 五(三)";
        NoPlanToDecide => Conflict, "disposal.no_plan_to_decide", "",
            "没有等待审批的安全方案。", "请刷新页面；还没有提交的，请督促承办单位提交。", "宿政办发〔2020〕24号 五(三)";
        NotPlanApprover => Forbidden, "disposal.not_plan_approver", "",
            "您不能审批安全方案。", "请由县区负责人审批；县区承办的由县区政府或者市级负责人审批。", "domain.md §3 Disposal";
        ReasonMissing => Invalid, "disposal.reason_missing", "reason",
            "没有填写理由。", "请写明哪里不行、要怎么改。", "domain.md §3 Disposal";
        PlanNotApproved => Conflict, "disposal.plan_not_approved", "measure",
            "安全方案还没有批准，不能拆除和清理。", "请先提交安全方案并等县区批准；断水断电、停产、关闭可以立即进行。", "宿政办发〔2020〕24号 五(三)";

        // Measures and referrals.
        MeasureNotPrescribed => Invalid, "disposal.measure_not_prescribed", "measure",
            "这一类“小化工”没有规定这项措施。", "请选择本案规定的处置措施；“小化工”只关不整。", "宿政办发〔2020〕24号 二(三)";
        AlreadyCompleted => Conflict, "disposal.already_completed", "measure",
            "这项措施已经完成。", "请刷新页面。", "domain.md §3 Disposal";
        BeforeMissing => Invalid, "disposal.before_missing", "before",
            "没有处置前的证据。", "请至少上传一张处置前的照片。", "domain.md §3 Disposal";
        AfterMissing => Invalid, "disposal.after_missing", "after",
            "没有处置后的证据。", "请至少上传一张处置后的照片。", "domain.md §3 Disposal";
        SameEvidence => Invalid, "disposal.same_evidence", "after",
            "处置前后用了同一张照片。", "请分别上传处置前和处置后的照片。", "domain.md §3 Disposal";
        EvidenceUsed => Invalid, "disposal.evidence_used", "after",
            "处置后的照片里有已经用过的。", "请到现场重新拍摄；重做的措施、别的措施、别的案件和现场核查用过的照片都不能再用。", "domain.md §3 Disposal";
        OldPicture => Invalid, "disposal.old_picture", "evidence",
            "现场照片里有已经用过的。", "请到现场重新拍摄；核查、处置、上次检查时的照片和别的案件的照片都不能再用。", "domain.md §3 Disposal";
        PartyNameMissing => Invalid, "disposal.party_name_missing", "party",
            "当事人没有姓名或者名称。", "请填写姓名或者名称。", "宿政办发〔2020〕24号 五(二)";
        GroundsMissing => Invalid, "disposal.grounds_missing", "grounds",
            "没有写明移送的事实和依据。", "请写明涉嫌的违法犯罪事实和依据。", "宿政办发〔2020〕24号 五(二)";
        AlreadyReferred => Conflict, "disposal.already_referred", "party",
            "该当事人已经移送，还没有结果。", "请登记移送结果，不要重复移送。", "domain.md §3 Disposal";
        NoReceiver => Conflict, "disposal.no_receiver", "to",
            "名册里没有可以接收的部门。", "请先由系统管理员登记县区或者市级的公安、市场监管、应急管理部门，再移送。", "宿政办发〔2020〕24号 五(二)";
        NotReceiver => Forbidden, "disposal.not_receiver", "",
            "移送结果只能由接收部门登记。", "请由接收移送的部门的承办人或者负责人登记，移送单位不能代填。", "宿政办发〔2020〕24号 五(二)";
        UnknownReferral => NotFound, "disposal.unknown_referral", "referral",
            "没有这次移送。", "请核对移送的序号。", "domain.md §3 Disposal";
        AlreadyAnswered => Conflict, "disposal.already_answered", "referral",
            "这次移送已经有结果。", "有新的结果的，请另行移送。", "domain.md §3 Disposal";
        ResultMissing => Invalid, "disposal.result_missing", "result",
            "没有填写移送结果。", "请写明接收部门的处理结果。", "domain.md §3 Disposal";

        // Reviews.
        NotReviewer => Forbidden, "disposal.not_reviewer", "",
            "您不能复核这个案件的处置。", "村居的由乡镇、县区负责人先后复核，乡镇的由县区负责人复核，县区部门的由市级负责人或者督导组复核。", "宿政办发〔2020〕24号 三(四); domain.md §3 Disposal";
        MeasuresOpen => Conflict, "disposal.measures_open", "",
            "规定的措施还没有全部完成，不能复核。", "请等全部措施完成。", "宿政办发〔2020〕24号 二(三)";
        LevelSkipped => Conflict, "disposal.level_skipped", "",
            "下一级还没有复核，不能越级。", "请等下一级负责人复核。", "domain.md §3 Disposal";
        AlreadyReviewed => Conflict, "disposal.already_reviewed", "",
            "本级已经复核通过。", "请等上一级复核。", "domain.md §3 Disposal";
        NotReclassifier => Forbidden, "disposal.not_reclassifier", "",
            "您不能更正这个案件的类别。", "请由县区负责人更正；县区和县区部门承办的，由市级负责人或者督导组更正。", "宿政办发〔2020〕24号 二(三)";
        SameClass => Conflict, "disposal.same_class", "class",
            "案件已经是这一类。", "请刷新页面，核对类别。", "domain.md §4";
        BasisMissing => Invalid, "disposal.basis_missing", "basis",
            "没有写明更正类别的依据。", "请写明查实的情况和依据的条款。", "domain.md §4";
        OwnWork => Forbidden, "disposal.own_work", "",
            "不能复核、抽查、审批自己参与过的工作。", "请由没有参与的人员办理。做过措施的，在另一层级或者复核时签过字的，改为较轻的类别、使还没有完成的措施不必再做的，都算参与；本级没有别的负责人的，请改回原来的类别，由上级更正。", "domain.md §3 Disposal";
        MeasuresMissing => Invalid, "disposal.measures_missing", "measures",
            "没有指明哪些措施要重做。", "请至少选择一项本案规定的措施。", "domain.md §3 Disposal";

        // Exposure.
        EnterpriseMissing => Invalid, "disposal.enterprise_missing", "enterprise",
            "没有写明企业或者窝点的名称。", "请填写企业、作坊或者窝点的名称。", "宿政办发〔2020〕24号 五(五)";
        NotAnEnterprise => Invalid, "disposal.not_an_enterprise", "enterprise",
            "曝光的对象看起来是个人。", "只曝光企业、作坊、窝点；没有字号的请写作“某某村某化工加工点”之类。", "domain.md §7";
        NamesAPerson => Invalid, "disposal.names_a_person", "facts",
            "曝光内容里有个人的姓名或者号码。", "请把姓名写作“张某”，删去电话和身份证号码。", "domain.md §7";
        FactsMissing => Invalid, "disposal.facts_missing", "facts",
            "没有写明曝光的事实。", "请写明查实的违法事实和处理结果。", "宿政办发〔2020〕24号 五(五)";
        NotToBeExposed => Conflict, "disposal.not_to_be_exposed", "",
            "这个案件有须回避的单位或者人员，暂不曝光。", "请待有关调查结束以后，由纪委监委决定是否公开。", "domain.md §7";
        AlreadyExposed => Conflict, "disposal.already_exposed", "",
            "这个点位已经曝光。", "内容有变化的，请先撤回再重新提出。", "domain.md §3 Disposal";
        NoExposureProposed => Conflict, "disposal.no_exposure_proposed", "",
            "没有等待审批的曝光。", "请先由承办单位或者其上级提出。", "domain.md §3 Disposal";
        NotExposer => Forbidden, "disposal.not_exposer", "",
            "您不能决定曝光。", "请由市政府或者市安委办负责人审批、撤回。", "宿政办发〔2020〕24号 五(五)";
        NotExposed => Conflict, "disposal.not_exposed", "",
            "这个点位没有曝光。", "请刷新页面。", "domain.md §3 Disposal";

        // Spot checks, re-checks, relapse.
        NotSupervisor => Forbidden, "disposal.not_supervisor", "",
            "只有督导组可以抽查。", "请由市安全生产督导组办理。", "宿政办发〔2020〕24号 三(四)";
        DrawnByLot => Forbidden, "disposal.drawn_by_lot", "",
            "抽查对象不能由人指定。", "请先公告名单和随机种子的来源，再按公布的种子抽签；只有须回避、不能公开的案件由督导组直接抽查。", "domain.md §3 Disposal";
        SeedMissing => Invalid, "disposal.seed_missing", "seed",
            "没有公布随机种子。", "请填写公布过的随机种子，任何人都能重新抽签验证。", "domain.md §3 Disposal";
        SpotCheckPending => Conflict, "disposal.spot_check_pending", "",
            "上一轮抽查还没有结果。", "请先登记上一轮抽查的结果。", "domain.md §3 Disposal";
        NotDrawn => Conflict, "disposal.not_drawn", "",
            "这个案件没有被抽中，或者抽查已有结果。", "抽查对象按公布的随机种子抽取，不能自选。", "domain.md §3 Disposal";
        SpotCheckUnproven => Invalid, "disposal.spot_check_unproven", "evidence",
            "抽查合格没有现场照片。", "请至少上传一张抽查现场的照片。", "宿政办发〔2020〕24号 三(四)";
        SpotCheckNoteMissing => Invalid, "disposal.spot_check_note_missing", "note",
            "没有写明抽查了什么。", "请写明查看了哪些措施、现场是什么样子。", "宿政办发〔2020〕24号 三(四)";
        FindingMissing => Invalid, "disposal.finding_missing", "finding",
            "没有写明抽查发现的问题。", "请写明问题，作为追责的依据。", "宿政办发〔2020〕24号 五(二)";
        RecheckNotDue => Conflict, "disposal.recheck_not_due", "after_days",
            "没有到期的这次回头看，或者已经有结果。", "请刷新页面；提前发现死灰复燃的，请直接登记。", "domain.md §3 Disposal";
        EvidenceMissing => Invalid, "disposal.evidence_missing", "evidence",
            "回头看没有现场照片。", "请至少上传一张现场照片。", "domain.md §3 Disposal";
        NoteMissing => Invalid, "disposal.note_missing", "note",
            "没有写明死灰复燃的情况。", "请写明在哪里、是什么，和原案件有什么联系。", "domain.md §3 Disposal";
        PlaceMissing => Invalid, "disposal.place_missing", "place",
            "没有写明现在在哪里。", "人员、出租人、产品、设备在别处出现的，请写下新的地点或者标出位置；只有原址复燃的可以不填。", "domain.md §3 Disposal";
        PlaceTooLong => Invalid, "disposal.place_too_long", "place.text",
            "地点超过 200 个字。", "请写得简短一些，其余写在情况说明里。", "domain.md §3 Disposal";
        CoordinatesOutOfRange => Invalid, "disposal.coordinates_out_of_range", "place.coordinates",
            "位置坐标超出范围。", "纬度应在 -90 到 90 之间，经度应在 -180 到 180 之间。", "domain.md §3 Disposal";
        UnknownDivision => Invalid, "disposal.unknown_division", "place.division",
            "没有这个区划代码。", "请从列表里选择所在的县区、乡镇或村居，也可以留空。", "domain.md §1";
    }
}
