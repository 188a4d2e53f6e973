//! Every reason for which a command on a tip is refused.

decider::refusals! {
    /// Why a command on a tip was not carried out.
    pub enum TipRefusal {
        AlreadyReceived => Conflict, "tip.already_received", "",
            "这条线索已经登记过。", "请用原查询码查看进展，不必重复提交。", "domain.md §3 Tip";
        NotReceived => NotFound, "tip.not_found", "",
            "没有找到这条线索。", "请核对线索编号。", "domain.md §3 Tip";
        UnknownReceipt => NotFound, "tip.unknown_receipt", "receipt",
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
        NotForOperators => Forbidden, "tip.not_for_operators", "",
            "您不能代群众登记线索。", "电话和窗口举报由话务员或派单员登记。", "domain.md §1";
        NotDispatcher => Forbidden, "tip.not_dispatcher", "",
            "只有派单员可以甄审和答复线索。", "请转交本级派单员。", "domain.md §1";
        OutsideSubtree => Forbidden, "tip.outside_subtree", "",
            "这条线索不在您的辖区。", "请由市安委办或所在县区的派单员处理。", "domain.md §1";
        AlreadyScreened => Conflict, "tip.already_screened", "",
            "这条线索已经甄审过。", "请刷新页面查看甄审结果；关联案件可另行调整。", "domain.md §3 Tip";
        NoSuchCase => Invalid, "tip.no_such_case", "case_id",
            "没有找到要并入的案件。", "请核对案件编号；没有相应案件的，不填案件编号即可立案。", "domain.md §3 Tip";
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
        OutcomeNotTold => Conflict, "tip.outcome_not_told", "",
            "还没有告知办理结果，说不上没有解决。", "请等待办理结果；有新情况的，可以补充说明或者照片。", "domain.md §3 Tip";
        AlreadySaidNotFixed => Conflict, "tip.already_said_not_fixed", "",
            "您已经反映没有解决，正在重新办理。", "请等待新的办理结果；有新情况的，可以补充说明或者照片。", "domain.md §3 Tip";
        AlreadyLinked => Conflict, "tip.already_linked", "case_id",
            "这条线索已经关联案件。", "请先解除关联并写明理由，再关联到正确的案件。", "domain.md §3 Tip";
        NotLinked => Conflict, "tip.not_linked", "",
            "这条线索没有关联案件。", "请刷新页面查看；未甄审的请先甄审。", "domain.md §3 Tip";
        UnlinkReasonMissing => Invalid, "tip.unlink_reason_missing", "reason",
            "没有写明为什么解除关联。", "请写明理由，以后有据可查。", "domain.md §3 Tip";
        TooMuchEvidence => Invalid, "tip.too_much_evidence", "evidence",
            "一条线索最多附 50 个文件。", "请挑选最能说明情况的文件。", "domain.md §3 Tip";
    }
}
