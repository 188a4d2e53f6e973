//! Every reason for which a command on a tip is refused.

decider::refusals! {
    /// Why a command on a tip was not carried out.
    pub enum TipRefusal {
        AlreadyReceived => Conflict, "tip.already_received", "",
            "这条线索已经登记过。", "请用原查询码查看进展，不必重复提交。", "domain.md §3 Tip";
        NotReceived => NotFound, "tip.not_found", "",
            "没有找到这条线索。", "请核对线索编号。", "domain.md §3 Tip";
        ReceiptUnknown => NotFound, "tip.receipt_unknown", "receipt",
            "没有找到对应的举报。", "请逐位核对 16 位查询码。", "domain.md §3 Tip";
        NothingReported => Invalid, "tip.nothing_reported", "narrative",
            "举报没有内容。", "请写下看到的情况，或者上传照片、录音，两者至少有一项。", "domain.md §3 Tip";
        PlaceMissing => Invalid, "tip.place_missing", "place",
            "举报没有地点。", "请写下地点（村、路、厂名都可以），或者标出位置。", "domain.md §3 Tip";
        CoordinatesOutOfRange => Invalid, "tip.coordinates_out_of_range", "place.coordinates",
            "位置坐标超出范围。", "纬度应在 -90 到 90 之间，经度应在 -180 到 180 之间。", "domain.md §3 Tip";
        PlaceTooLong => Invalid, "tip.place_too_long", "place.text",
            "地点超过 200 个字。", "请写得简短一些，其余写在情况说明里。", "domain.md §3 Tip";
        UnknownDivision => Invalid, "tip.unknown_division", "place.division",
            "没有这个区划代码。", "请从列表里选择所在的县区、乡镇或村居，也可以留空。", "domain.md §1";
        DivisionMissing => Invalid, "tip.division_missing", "place.division",
            "还没有选择所在的乡镇或者村居。", "请从列表里选择；只知道县区的，选择县区。", "domain.md §3 Tip";
        PlaceTold => Conflict, "tip.place_told", "",
            "举报人已经写明所在地区，不能另行补记。", "需要更正的，由派单员在受理时更正。", "domain.md §3 Tip";
        PlaceElsewhere => Invalid, "tip.place_elsewhere", "place.division",
            "改正后的区划不在您的辖区。", "请选择辖区内的乡镇、村居；点位确实在别处的，请转告市安委办派单员受理。", "domain.md §3 Tip";
        PlaceCoarser => Invalid, "tip.place_coarser", "place.division",
            "改正后的区划没有举报的具体。", "举报写到乡镇、村居的，受理时也要写到乡镇、村居；写错了的，请改成正确的那一个，不能改成它的上级或者留空。", "domain.md §3 Tip";
        NotForOperators => Forbidden, "tip.not_for_operators", "",
            "您不能代群众登记线索。", "电话和窗口举报由话务员或派单员登记。", "domain.md §1";
        NotDispatcher => Forbidden, "tip.not_dispatcher", "",
            "只有派单员可以甄审和答复线索。", "请转交本级派单员。", "domain.md §1";
        OutsideSubtree => Forbidden, "tip.outside_subtree", "",
            "这条线索不在您的辖区。", "请由市安委办或所在县区的派单员处理。", "domain.md §1";
        AlreadyScreened => Conflict, "tip.already_screened", "",
            "这条线索已经甄审过。", "请刷新页面查看甄审结果；关联案件可另行调整。", "domain.md §3 Tip";
        NobodyMayHandle => Conflict, "tip.nobody_may_handle", "",
            "这条线索反映的可能是全市任何单位，本市没有单位可以承办，不能立案。",
            "请转上级机关办理；点位需要先查的，请市督导组按督导发现另行立案，不写明来由。", "domain.md §7";
        NobodyWouldBeLeft => Conflict, "tip.nobody_would_be_left", "units",
            "这样回避以后，全市没有单位可以承办已经立的案件。",
            "请先解除关联、重新甄审，再注明回避；点位需要继续查的，请市督导组按督导发现另行立案。", "domain.md §7";
        NoSuchCase => Invalid, "tip.no_such_case", "case_id",
            "您的辖区里没有找到要并入的案件。", "请核对案件编号；没有相应案件的，不填案件编号即可立案；案件在别的辖区的，请转告市安委办派单员。", "domain.md §3 Tip";
        CaseClosed => Conflict, "tip.case_closed", "case_id",
            "要并入的案件已经办结。", "请不填案件编号另行立案；已经并案的，请填写并入的那个案件。", "domain.md §3 Tip";
        ConflictMissing => Invalid, "tip.conflict_missing", "units",
            "没有写明反映的是哪个单位或者干部。", "请至少选择一个单位或者一名人员。", "domain.md §7";
        UnknownSubject => Invalid, "tip.unknown_subject", "against",
            "没有这个单位或者人员。", "请从列表里选择；列表里没有的，选择其所在单位，并写在情况说明里。", "domain.md §7";
        SummaryMissing => Invalid, "tip.summary_missing", "summary",
            "没有填写案情摘要。", "请用自己的话概括案情，不要照抄举报原文。", "domain.md §7";
        ExplanationMissing => Invalid, "tip.explanation_missing", "explanation",
            "没有填写理由。", "请写明理由，举报人会看到这段话。", "domain.md §3 Tip";
        AuthorityMissing => Invalid, "tip.authority_missing", "authority",
            "没有写明移交给哪个部门。", "请写明有管辖权的部门。", "domain.md §3 Tip";
        TextMissing => Invalid, "tip.text_missing", "text",
            "没有填写内容。", "请填写要告诉举报人的话。", "domain.md §3 Tip";
        TextTooLong => Invalid, "tip.text_too_long", "text",
            "内容超过 2000 个字。", "请分几次填写。", "domain.md §3 Tip";
        NotScreenedYet => Conflict, "tip.not_screened", "",
            "线索还没有甄审，不能告知结果。", "请先受理、不予受理或转办。", "domain.md §3 Tip";
        CaseStillOpen => Conflict, "tip.case_still_open", "",
            "这条线索的案件还在办理，还没有结果可以告知。", "要告诉举报人进展或者提问的，请用“答复”；案件办结时会自动把结果告知举报人。", "domain.md §3 Tip";
        OutcomeNotTold => Conflict, "tip.outcome_not_told", "",
            "还没有告知办理结果，说不上没有解决。", "请等待办理结果；不同意不予受理或者转交的，可以提出一次异议；有新情况的，可以补充说明或者照片。", "domain.md §3 Tip";
        AlreadySaidNotFixed => Conflict, "tip.already_said_not_fixed", "",
            "您已经反映没有解决，正在重新办理。", "请等待新的办理结果；有新情况的，可以补充说明或者照片。", "domain.md §3 Tip";
        NotTurnedDown => Conflict, "tip.not_turned_down", "",
            "这条线索没有被不予受理或者转交，不需要复核甄审。", "请刷新页面查看进展；有新情况的，可以补充说明或者照片。", "domain.md §3 Tip";
        AlreadyObjected => Conflict, "tip.already_objected", "",
            "您已经提出过一次异议，上一级正在复核或者已经复核。", "请凭查询码查看复核结果；有新情况的，可以补充说明或者照片，也可以重新举报。", "domain.md §3 Tip";
        NotReviewer => Forbidden, "tip.not_reviewer", "",
            "您不能对这条线索复核甄审。", "县区甄审的，由市级派单员、市级负责人或者纪委监委复核；市级甄审的，由市级负责人或者纪委监委复核；不能复核自己的决定。", "domain.md §3 Tip";
        ReviewReasonMissing => Invalid, "tip.review_reason_missing", "reason",
            "没有写明为什么重新甄审。", "请写明理由，以后有据可查。", "domain.md §3 Tip";
        UnderReview => Forbidden, "tip.under_review", "",
            "这条线索正由上一级复核甄审。", "请由负责复核的单位作出决定；了解情况的，请向其说明。", "domain.md §3 Tip";
        AlreadyLinked => Conflict, "tip.already_linked", "case_id",
            "这条线索已经关联案件。", "请先解除关联并写明理由，再关联到正确的案件。", "domain.md §3 Tip";
        NotLinked => Conflict, "tip.not_linked", "",
            "这条线索没有关联案件。", "请刷新页面查看；未甄审的请先甄审。", "domain.md §3 Tip";
        UnlinkReasonMissing => Invalid, "tip.unlink_reason_missing", "reason",
            "没有写明为什么解除关联。", "请写明理由，以后有据可查。", "domain.md §3 Tip";
        NotTranscriber => Forbidden, "tip.not_transcriber", "",
            "只有话务员和派单员可以补存通话录音、整理通话记录、补记地点。", "请转交话务员。", "domain.md §1";
        NotACall => Conflict, "tip.not_a_call", "",
            "这条线索不是电话举报，没有通话录音可以补存或者整理。", "请核对线索编号和举报渠道。", "domain.md §3 Tip";
        TooManyRecordings => Invalid, "tip.too_many_recordings", "recording",
            "一条线索最多存 10 段通话录音。", "请把同一通电话的录音合成一段；另一件事请另行登记。", "domain.md §3 Tip";
        NotCustodian => Forbidden, "tip.not_custodian", "",
            "您不能申请查看举报人身份。", "只有纪委监委和市级派单员可以申请，并须写明理由。", "domain.md §7";
        NotSecondCustodian => Forbidden, "tip.not_second_custodian", "",
            "您不能审批查看举报人身份的申请。", "由纪委监委，或者市政府、市安委办、市纪委监委的负责人审批。", "domain.md §7";
        NotDangerRaiser => Forbidden, "tip.not_danger_raiser", "",
            "您不能对这条线索发出险情警报。", "有人身危险的，请立即拨打 119、110，并告知所在县区或市安委办的派单员。", "domain.md §3 Tip";
        NoIdentity => Conflict, "tip.no_identity", "",
            "举报人没有留下身份信息。", "需要联系的，由甄审人员用“答复或提问”写给举报人，举报人凭查询码能看到。", "domain.md §7";
        RevealReasonMissing => Invalid, "tip.reveal_reason_missing", "reason",
            "没有写明理由。", "请用通俗的话写明理由，举报人会看到这段话。", "domain.md §7";
        NumbersInReason => Invalid, "tip.numbers_in_reason", "reason",
            "理由里像是写了号码或者邮箱。", "这段话会明文留存，请不要写电话、证件号码、邮箱等能指认举报人的内容。", "domain.md §7";
        PersonInPlace => Invalid, "tip.person_in_place", "place.text",
            "地点里像是写了手机号、身份证号或者邮箱。", "地点会明文留存，请只写村、路、厂名；联系方式填在联系方式栏，其余写在情况说明里，这两处都加密保存。", "domain.md §7";
        PersonInSeenWhen => Invalid, "tip.person_in_seen_when", "seen_when",
            "“什么时候看到的”里像是写了手机号、身份证号或者邮箱。", "这一栏会明文留存，请只写时间；联系方式填在联系方式栏，其余写在情况说明里，这两处都加密保存。", "domain.md §7";
        PersonInSummary => Invalid, "tip.person_in_summary", "summary",
            "案情摘要里像是写了手机号、身份证号或者邮箱。", "摘要会明文留存并交给承办单位，请删去号码；举报人的联系方式已在密封的身份信息里。", "domain.md §7";
        PersonInEnterprise => Invalid, "tip.person_in_enterprise", "enterprise",
            "企业名称里像是写了手机号、身份证号或者邮箱。", "这一栏会明文留存，请只写企业名称。", "domain.md §7";
        PersonInAuthority => Invalid, "tip.person_in_authority", "authority",
            "部门名称里像是写了手机号、身份证号或者邮箱。", "这一栏会明文留存，请只写部门名称。", "domain.md §7";
        PersonInExplanation => Invalid, "tip.person_in_explanation", "explanation",
            "理由里像是写了手机号、身份证号或者邮箱。", "这段话会明文留存，请删去；要留联系电话的，请写单位的固定电话。", "domain.md §7";
        PersonInText => Invalid, "tip.person_in_text", "text",
            "内容里像是写了手机号、身份证号或者邮箱。", "这段话会明文留存，请删去；要留联系电话的，请写举报电话或者单位的固定电话。", "domain.md §7";
        RevealPending => Conflict, "tip.reveal_pending", "",
            "已有一份申请在审批，或者已经批准还没有查看。", "请等待审批；批准过期后可以重新申请。", "domain.md §7";
        NoRevealPending => Conflict, "tip.no_reveal_pending", "",
            "没有待审批的申请。", "请刷新页面查看最新情况。", "domain.md §7";
        RevealOwnRequest => Forbidden, "tip.reveal_own_request", "",
            "不能审批自己的申请。", "请由另一个岗位的保管人审批。", "domain.md §7";
        RevealSamePost => Forbidden, "tip.reveal_same_post", "",
            "审批人与申请人在同一岗位。", "请由另一个岗位的保管人审批，例如申请人是纪委监委的，由市政府或市安委办负责人审批。", "domain.md §7";
        RevealNotApproved => Conflict, "tip.reveal_not_approved", "",
            "查看举报人身份还没有得到批准，或者批准已经用过。", "请先申请并等待另一位保管人批准；每次批准只能查看一次。", "domain.md §7";
        RevealNotYours => Forbidden, "tip.reveal_not_yours", "",
            "这次批准是给另一位申请人的。", "请由申请人本人查看，或者重新申请。", "domain.md §7";
        RevealExpired => Conflict, "tip.reveal_expired", "",
            "批准已经过期。", "请重新申请。", "domain.md §7";
        Erased => Conflict, "tip.erased", "",
            "举报人信息已按规定销毁，不能再查看或补充。", "如有新情况，请重新举报。", "domain.md §7";
        NotEraser => Forbidden, "tip.not_eraser", "",
            "您不能销毁举报人信息。", "由举报人凭查询码自行销毁，或者由纪委监委决定。", "domain.md §7";
        NothingToErase => Invalid, "tip.nothing_to_erase", "compartments",
            "没有写明销毁什么。", "请选择 identity（身份）、content（内容），或者两项都选。", "domain.md §7";
        EraseReasonMissing => Invalid, "tip.erase_reason_missing", "reason",
            "没有写明销毁的依据。", "请写明依据，例如举报人书面申请、保存期满。", "domain.md §7";
        RewardNotAccepted => Conflict, "tip.reward_not_accepted", "",
            "线索还没有受理立案，不能奖励。", "请先受理线索。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardNotConfirmed => Conflict, "tip.reward_not_confirmed", "",
            "举报的点位还没有查实，不能奖励。", "请等案件确认属于小化工以后再提出。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardNotFirst => Conflict, "tip.reward_not_first", "",
            "同一点位已有更早的有效举报。", "同一事项只奖励最先举报的人，请对最早的线索提出奖励。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardGivenForSite => Conflict, "tip.reward_given_for_site", "",
            "同一点位的另一条举报已经提出或者得到奖励。", "同一事项只奖励一次。那份奖励还在审批的，请先由市级负责人作出决定。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardedStays => Conflict, "tip.rewarded_stays", "",
            "这条线索已经因这个案件批准奖励，不能再解除关联。", "请核对奖励；确有错误的，请报市级负责人和纪委监委处理。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardPending => Conflict, "tip.reward_pending", "",
            "这条线索已经提出过奖励。", "请等待审批；已批准的请登记发放。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        FineOutOfRange => Invalid, "tip.fine_out_of_range", "fine_fen",
            "罚款金额过大。", "请核对金额，单位是分；没有罚款的填 0。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        NoRewardRules => Conflict, "tip.no_reward_rules", "",
            "收到举报的那一天还没有奖励标准。", "请联系系统管理员核对奖励标准的起始日期。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        NotRewardApprover => Forbidden, "tip.not_reward_approver", "",
            "您不能审批举报奖励。", "由市政府、市安委办或市纪委监委的负责人审批。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        NoRewardProposed => Conflict, "tip.no_reward_proposed", "",
            "没有待审批的奖励。", "请先由派单员提出奖励。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        OwnReward => Forbidden, "tip.own_reward", "",
            "不能审批自己提出的奖励。", "请由另一位负责人审批。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardReasonMissing => Invalid, "tip.reward_reason_missing", "reason",
            "没有写明不同意的理由。", "请写明理由，举报人会看到这段话。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        RewardNotApproved => Conflict, "tip.reward_not_approved", "",
            "奖励还没有批准，不能登记发放。", "请等待审批。", "《安全生产领域举报奖励办法》（安监总财〔2018〕19号）";
        TooMuchEvidence => Invalid, "tip.too_much_evidence", "evidence",
            "一条线索最多附 50 个文件。", "请挑选最能说明情况的文件。", "domain.md §3 Tip";
    }
}
