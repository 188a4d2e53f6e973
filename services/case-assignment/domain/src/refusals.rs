//! Every reason for which a command on a case is refused.

decider::refusals! {
    /// Why a command on a case was not carried out.
    pub enum CaseRefusal {
        // Opening.
        AlreadyOpened => Conflict, "case.already_opened", "",
            "这个案件已经立案。", "请刷新页面查看；同一点位的新线索可以并入本案。", "domain.md §3 Case";
        NotOpened => NotFound, "case.not_found", "",
            "没有找到这个案件。", "请核对案件编号。", "domain.md §3 Case";
        NotOpener => Forbidden, "case.not_opener", "",
            "您不能立案。", "请由辖区派单员立案；督导组只能就督导发现的问题立案。", "domain.md §1";
        OriginIsForPolicies => Invalid, "case.origin_is_for_policies", "origin",
            "线索和死灰复燃案件由系统自动立案。", "请在线索页面受理，或者在原案件的处置页面登记死灰复燃。", "domain.md §3 Case";
        OriginMissing => Invalid, "case.origin_missing", "origin",
            "没有写明案件从哪里来。", "请写明发现、移交或者比对的情况，以便核对。", "宿政办发〔2020〕24号 二(二)";
        NotASweepMethod => Invalid, "case.not_a_sweep_method", "origin.method",
            "举报核查不是排查方式。", "请选择全面普查、明察暗访、突击夜查、回头检查或者交叉互查；举报线索请通过受理立案。", "宿政办发〔2020〕24号 二(二)";
        ProvincialIsForTheCity => Forbidden, "case.provincial_is_for_the_city", "origin",
            "省督导发现的问题由市级登记立案。", "请由市安委办派单员或者市督导组登记。", "宿政办发〔2020〕24号 五(二)";
        PersonInSummary => Invalid, "case.person_in_summary", "summary",
            "案情摘要里像是写了手机号、身份证号或者邮箱。", "请删去手机号、身份证号和邮箱：这段话会明文留存并交给承办单位；举报人的联系方式已在密封的身份信息里。", "domain.md §7";
        PersonInEnterprise => Invalid, "case.person_in_enterprise", "enterprise",
            "企业名称里像是写了手机号、身份证号或者邮箱。", "请删去手机号、身份证号和邮箱：这段话会明文留存并交给承办单位；举报人的联系方式已在密封的身份信息里。", "domain.md §7";
        PersonInPlace => Invalid, "case.person_in_place", "place.text",
            "地点里像是写了手机号、身份证号或者邮箱。", "请删去手机号、身份证号和邮箱：这段话会明文留存并交给承办单位；举报人的联系方式已在密封的身份信息里。", "domain.md §7";
        PersonInOrigin => Invalid, "case.person_in_origin", "origin",
            "来源说明里像是写了手机号、身份证号或者邮箱。", "请删去手机号、身份证号和邮箱：这段话会明文留存并交给承办单位；举报人的联系方式已在密封的身份信息里。", "domain.md §7";
        PersonInInstructions => Invalid, "case.person_in_instructions", "instructions",
            "交办要求里像是写了手机号、身份证号或者邮箱。", "请删去手机号、身份证号和邮箱：这段话会明文留存并交给承办单位；举报人的联系方式已在密封的身份信息里。", "domain.md §7";
        SummaryMissing => Invalid, "case.summary_missing", "summary",
            "没有填写案情摘要。", "请用自己的话概括案情，不要照抄举报原文。", "domain.md §7";
        PlaceMissing => Invalid, "case.place_missing", "place",
            "案件没有地点。", "请写下地点，或者标出位置。", "domain.md §3 Case";
        PlaceTooLong => Invalid, "case.place_too_long", "place.text",
            "地点超过 200 个字。", "请写得简短一些，其余写在案情摘要里。", "domain.md §3 Case";
        CoordinatesOutOfRange => Invalid, "case.coordinates_out_of_range", "coordinates",
            "位置坐标超出范围。", "纬度应在 -90 到 90 之间，经度应在 -180 到 180 之间。", "domain.md §3 Case";
        UnknownDivision => Invalid, "case.unknown_division", "place.division",
            "没有这个区划代码。", "请从列表里选择所在的县区、乡镇或村居，也可以留空。", "domain.md §1";
        TextTooLong => Invalid, "case.text_too_long", "",
            "内容超过 2000 个字。", "请写得简短一些，其余作为证据附上。", "domain.md §3 Case";
        OutsideSubtree => Forbidden, "case.outside_subtree", "",
            "这个案件不在您的辖区。", "请由案件所在地或上级的派单员处理。", "domain.md §1";

        // Assignment.
        NotAssigner => Forbidden, "case.not_assigner", "",
            "您不能交办这个案件。", "请由派单员交办，或者由承办单位交给下级。", "domain.md §3 Case";
        DepartmentsDoNotAssign => Forbidden, "case.departments_do_not_assign", "",
            "部门不能向下交办案件。", "请退回并说明理由，由本级派单员另行交办。", "domain.md §3 Case";
        UnknownUnit => Invalid, "case.unknown_unit", "to",
            "没有这个单位。", "请从列表里选择承办单位。", "domain.md §1";
        UnitMerged => Conflict, "case.unit_merged", "to",
            "该单位已经撤并。", "请选择它并入的单位。", "domain.md §3 Directory";
        TargetOutsideSubtree => Forbidden, "case.target_outside_subtree", "to",
            "该单位不在您的辖区。", "只能交办给本辖区的单位；跨辖区的请报上级。", "domain.md §3 Case";
        NotDownward => Invalid, "case.not_downward", "to",
            "案件只能交给下级或者本级部门。", "请选择下级单位或者本级部门。", "domain.md §3 Case";
        NotAHandlingUnit => Invalid, "case.not_a_handling_unit", "to",
            "该单位不承办案件。", "请选择县区、乡镇、村居或者部门。", "domain.md §3 Case";
        AlreadyOwner => Invalid, "case.already_owner", "to",
            "该单位正是承办单位。", "请选择其他单位。", "domain.md §3 Case";
        CoHandlerUnfit => Invalid, "case.co_handler_unfit", "co_handlers",
            "协办单位不合适。", "协办单位应是本辖区的县区、乡镇、村居或者部门，并且不是主办单位。", "domain.md §3 Case";
        ConflictOfInterest => Invalid, "case.conflict_of_interest", "to",
            "该单位或者其上级正是被反映的对象，不能主办、协办。", "请交给不受其管辖的单位：涉及村居的由乡镇、涉及乡镇的由县区、涉及县区的由市级部门办理，涉及市级的移送纪委监委。", "domain.md §7";
        NotACoHandler => Conflict, "case.not_a_co_handler", "unit",
            "该单位不是协办单位。", "请刷新页面。", "domain.md §3 Case";
        AlreadyAssigned => Conflict, "case.already_assigned", "",
            "案件已经交办，有且只能有一个承办单位。", "如需更换承办单位，请改派并写明理由。", "domain.md §3 Case";
        NotAssignedYet => Conflict, "case.not_assigned", "",
            "案件还没有交办。", "请先由派单员交办。", "domain.md §3 Case";
        NotOwner => Forbidden, "case.not_owner", "",
            "您不是承办单位的人员。", "请由承办单位办理。", "domain.md §3 Case";
        NotAcknowledged => Conflict, "case.not_acknowledged", "",
            "案件还没有签收。", "请承办单位先签收。", "domain.md §3 Case";
        AlreadyAcknowledged => Conflict, "case.already_acknowledged", "",
            "案件已经签收。", "请刷新页面。", "domain.md §3 Case";
        ReasonMissing => Invalid, "case.reason_missing", "reason",
            "没有填写理由。", "请写明理由，以后有据可查。", "domain.md §3 Case";
        ReturnedBefore => Conflict, "case.returned_before", "",
            "本单位已经退回过一次，不能再退。", "请签收办理；确有管辖争议的，请报上级。", "domain.md §3 Case";
        NobodyToReturnTo => Conflict, "case.nobody_to_return_to", "",
            "案件就是由本单位交办的，无处可退。", "请另行交办。", "domain.md §3 Case";
        DesignatedCannotReturn => Conflict, "case.designated_cannot_return", "",
            "案件经上级指定管辖，不能退回。", "请签收办理。", "domain.md §3 Case";
        InspectedCannotReturn => Conflict, "case.inspected_cannot_return", "",
            "已经现场核查的案件不能退回。", "性质有疑问的请提请县区甄别，需要支援的请申请协办。", "domain.md §3 Case";
        DesignationNeeded => Conflict, "case.designation_needed", "",
            "案件已经两次退回，必须由上级指定管辖。", "请由退回单位的共同上级指定管辖。", "domain.md §3 Case";
        NotDesignator => Forbidden, "case.not_designator", "",
            "您不能为这个案件指定管辖。", "请由所有退回单位的共同上级的派单员指定。", "domain.md §3 Case";
        NotDisputed => Conflict, "case.not_disputed", "",
            "只有两次退回的案件才需要指定管辖。", "请用交办或者改派。", "domain.md §3 Case";
        NotReassigner => Forbidden, "case.not_reassigner", "",
            "您不能改派这个案件。", "请由承办单位上级的派单员改派。", "domain.md §3 Case";
        DesignatedStays => Conflict, "case.designated_stays", "",
            "案件经上级指定管辖，不能改派。", "如需变更，请由共同上级重新指定管辖。", "domain.md §3 Case";

        // Inspection.
        NotInspector => Forbidden, "case.not_inspector", "",
            "您不能登记这个案件的现场核查。", "请由主办或者协办单位的承办人、负责人登记。", "domain.md §3 Case";
        NobodyWent => Invalid, "case.nobody_went", "went",
            "没有写明谁去了现场。", "请逐个填写参加核查的人员。", "domain.md §3 Case";
        InspectedInFuture => Invalid, "case.inspected_in_future", "inspected_at",
            "核查时间晚于现在。", "请填写实际到场的时间。", "domain.md §3 Case";
        InspectedBeforeOpened => Invalid, "case.inspected_before_opened", "inspected_at",
            "核查时间早于立案，或者早于要求重新核查的时间。", "请在立案以后、需要重查的在退回重查以后到现场核查，填写实际到场的时间。", "domain.md §3 Case";
        CoordinatesMissing => Invalid, "case.coordinates_missing", "coordinates",
            "没有现场坐标，也没有写明原因。", "请在现场定位；确实无法定位的，请在“未定位原因”中写明。", "domain.md §3 Case";
        VisitElsewhere => Invalid, "case.visit_elsewhere", "note",
            "核查的位置离案件地点超过一公里。", "请在“情况说明”里写明为什么：例如举报的位置有误，实际在哪里。复核人会看到相距多远。", "domain.md §3 Case";
        NothingChecked => Invalid, "case.nothing_checked", "five",
            "五项检查全部“不适用”，等于没有查。", "认定“未发现”的，“五个有没有”中至少一项要查明“没有”，并写明依据或者附上照片。", "宿政办发〔2020〕24号 二(二)";
        ActivityUnproven => Invalid, "case.activity_unproven", "finding",
            "“确有”没有依据。", "请在检查项中注明查到了什么，并至少附一张现场照片；拿不准的请登记为疑似，由县区甄别确认。", "宿政办发〔2020〕24号 四";
        BareNo => Invalid, "case.bare_no", "five",
            "有的“没有”既没有说明，也没有证据。", "“五个有没有”和“翻墙三查”中每一项“没有”都要写明依据或者附上照片。", "宿政办发〔2020〕24号 二(二); domain.md §3 Case";
        ThreeChecksMissing => Invalid, "case.three_checks_missing", "three",
            "停产企业和闲置厂房必须“翻墙三查”。", "请查明有无生产设备、有无堆放化工原料、有无私拉乱接电线或水管。", "宿政办发〔2020〕24号 二(二)";
        PartyNameMissing => Invalid, "case.party_name_missing", "parties",
            "当事人没有姓名或者名称。", "请填写姓名或者名称；查不清的先不要登记。", "domain.md §3 Case";
        TooMuchEvidence => Invalid, "case.too_much_evidence", "evidence",
            "一次核查最多附 50 个文件。", "请挑选最能说明情况的文件。", "domain.md §3 Case";
        CleanNeedsPhoto => Invalid, "case.clean_needs_photo", "evidence",
            "“未发现”至少要有一张现场照片。", "请上传能看清现场的照片。", "domain.md §3 Case";
        OldPicture => Invalid, "case.old_picture", "evidence",
            "照片里有以前核查或者别的案件用过的。", "“未发现”要有这一次的现场照片，请到现场重新拍摄。", "24号文 二（二）";
        CleanContradicted => Invalid, "case.clean_contradicted", "finding",
            "查到了“有”，就不能认定“未发现”。", "请改为疑似或者确有，或者更正检查项。", "宿政办发〔2020〕24号 二(二)";
        CleanAfterIdentification => Conflict, "case.clean_after_identification", "finding",
            "县区已经甄别确认为“小化工”，不能再认定“未发现”。", "请按甄别结论定性分类；现场已经清空的，写进定性依据，由处置环节复核销号。", "宿政办发〔2020〕24号 四";
        NotInspected => Conflict, "case.not_inspected", "",
            "还没有现场核查。", "请先到现场核查并登记。", "domain.md §3 Case";
        AlreadyInspected => Conflict, "case.already_inspected", "",
            "案件已经现场核查，等待定性。", "请定性分类；有疑问的请提请县区甄别。", "domain.md §3 Case";

        // Identification and classification.
        DoubtMissing => Invalid, "case.doubt_missing", "doubt",
            "没有写明哪里无法界定。", "请写明疑点，供县区甄别。", "宿政办发〔2020〕24号 四";
        CountyDecidesItself => Conflict, "case.county_decides_itself", "",
            "县区及以上单位承办的案件不用提请甄别。", "请直接定性分类。", "宿政办发〔2020〕24号 四";
        AlreadyIdentified => Conflict, "case.already_identified", "",
            "县区已经甄别确认。", "请按甄别结论定性分类。", "宿政办发〔2020〕24号 四";
        WithCounty => Conflict, "case.with_county", "",
            "案件正由县区甄别确认。", "请等待县区的甄别结论。", "宿政办发〔2020〕24号 四";
        NotCounty => Forbidden, "case.not_county", "",
            "疑似点位一律由县区甄别确认。", "请由所在县区的承办人或者负责人甄别。", "宿政办发〔2020〕24号 四";
        NoIdentificationRequested => Conflict, "case.no_identification_requested", "",
            "没有提请甄别。", "请由承办单位提请，或者直接定性分类。", "宿政办发〔2020〕24号 四";
        ClassContradicts => Invalid, "case.class_contradicts", "class",
            "分类和甄别结论矛盾。", "不属于“小化工”的不填分类；已确认为“小化工”的请选择 A、B、C 类。", "宿政办发〔2020〕24号 二(三)";
        BasisMissing => Invalid, "case.basis_missing", "basis",
            "没有写明依据。", "请写明认定的事实和依据。", "宿政办发〔2020〕24号 二(三)";
        CompetentUnknown => Invalid, "case.competent_unknown", "refer_to",
            "没有这个单位，或者该单位已经撤并。", "请从列表里选择；名册里没有的主管部门，请写它的名称。", "domain.md §4";
        CompetentInConflict => Invalid, "case.competent_in_conflict", "refer_to",
            "该单位或者其上级正是被反映的对象，不能把本案转给它处理。", "请转给不受其管辖的主管部门。", "domain.md §7";
        NotClassifier => Forbidden, "case.not_classifier", "",
            "您不能为这个案件定性。", "请由辖区内乡镇或者县区的承办人、负责人定性。", "domain.md §3 Case";
        VillagesNeverClassify => Forbidden, "case.villages_never_classify", "",
            "村居不能定性分类。", "请报乡镇定性；有疑问的由县区甄别。", "宿政办发〔2020〕24号 四";
        DoubtfulGoesToCounty => Forbidden, "case.doubtful_goes_to_county", "",
            "乡镇、村居不能决定疑似点位。", "请提请县区甄别确认。", "宿政办发〔2020〕24号 四";
        NotSmallChemicalIsForCounty => Forbidden, "case.not_small_chemical_is_for_county", "class",
            "乡镇不能自行认定不属于“小化工”。", "请提请县区甄别确认；确实没有发现的，请按“未发现”登记核查。", "宿政办发〔2020〕24号 四";
        ClassNotFound => Conflict, "case.class_not_found", "class",
            "核查结果里没有这一类的情形：A 类须查到四个一批遗漏的化工企业，B 类须查到擅自变更经营范围的企业。", "请选 C 类；情况确属 A、B 类的，先登记一次查到该情形的现场核查，或者提请县区甄别确认。", "宿政办发〔2020〕24号 二(二)、二(三)";
        NotSmallChemicalIsForHandlers => Forbidden, "case.not_small_chemical_is_for_handlers", "",
            "您的单位不承办这个案件，不能认定不属于“小化工”。", "请由主办、协办单位或者县区政府认定；需要参与的，请先申请协办。", "宿政办发〔2020〕24号 四";
        NotSmallChemicalNeedsPhoto => Conflict, "case.not_small_chemical_needs_photo", "",
            "还没有附照片的现场核查，不能认定不属于“小化工”。", "请到现场核查，登记并附上能看清现场的照片，再作认定。", "宿政办发〔2020〕24号 二(二)";

        // Extensions.
        NotExtendable => Invalid, "case.not_extendable", "obligation",
            "这项期限不能延长。", "只有现场核查、定性、甄别、安全方案和其余处置措施可以申请延期；断水断电、停产、关闭须立即进行。", "domain.md §3 Case";
        NoSuchDeadline => Conflict, "case.no_such_deadline", "obligation",
            "这项期限没有在计时。", "请刷新页面查看正在计时的期限；已经办结的不用延期。", "domain.md §3 Case";
        NotDeadlineUnit => Forbidden, "case.not_deadline_unit", "",
            "这项期限不是您单位的。", "请由承担这项期限的单位申请延期。", "domain.md §3 Case";
        DeadlineExpired => Conflict, "case.deadline_expired", "",
            "期限已经过了，不能再延期。", "请立即办结，并在督办中说明没有按期完成的原因。", "domain.md §3 Case";
        ExtendedBefore => Conflict, "case.extended_before", "obligation",
            "这项期限已经申请过延期，最多延长一次。", "请在期限内办结；还没有答复的，请等待上一级答复。", "domain.md §3 Case";
        ExtensionNotLater => Invalid, "case.extension_not_later", "to",
            "申请的新期限并不比原期限晚。", "请填写晚于原期限的时间。", "domain.md §3 Case";
        ExtensionTooLong => Invalid, "case.extension_too_long", "to",
            "申请的时间太长。", "最多再延长一个原定的时长；其余处置措施还不得超过集中整治阶段的最后一天。请改成更早的时间。", "宿政办发〔2020〕24号 三(三); domain.md §5";
        NoExtensionRequested => Conflict, "case.no_extension_requested", "obligation",
            "没有等待答复的延期申请。", "请刷新页面。", "domain.md §3 Case";
        NotExtensionApprover => Forbidden, "case.not_extension_approver", "",
            "您不能答复这个延期申请。", "请由申请单位上一级的负责人答复，单位自己不能批准。", "domain.md §3 Case";

        // Merging.
        NoSuchSurvivor => Invalid, "case.no_such_survivor", "into",
            "没有找到要并入的案件。", "请核对案件编号；案件不能并入自己。", "domain.md §3 Case";
        NotMerger => Forbidden, "case.not_merger", "",
            "您不能并案。", "请由两个案件共同辖区的派单员并案。", "domain.md §1";
        ConfirmedIsNotMerged => Conflict, "case.confirmed_is_not_merged", "",
            "已经确认并进入处置的案件，只能并入同一分类、同样在处置中的案件。", "请把另一个案件并入本案；两案分类不同的，分别处置完毕。", "domain.md §3 Case";
        MergeTheOtherWay => Conflict, "case.merge_the_other_way", "into",
            "本案对点位查得更深，不能并入查得较浅的案件。", "请反过来，把另一个案件并入本案，查到的情况才不会丢。", "domain.md §3 Case";
        OlderCaseGoesOn => Conflict, "case.older_case_goes_on", "into",
            "本案立案更早，时限已经在走，不能并入立案较晚的案件。", "请反过来，把后立的案件并入本案。", "domain.md §5";
        SurvivorClosed => Conflict, "case.survivor_closed", "into",
            "要并入的案件已经办结。", "请并入正在办理的案件；死灰复燃的请在原案件的处置页面登记。", "domain.md §3 Case";

        // Clean findings, closing, reopening.
        UnderReview => Conflict, "case.under_review", "",
            "“未发现”或者不属于“小化工”的结论正由上级复核。", "请等待复核结果。", "domain.md §3 Case";
        NothingToReview => Conflict, "case.nothing_to_review", "",
            "没有等待复核的结论。", "请刷新页面。", "domain.md §3 Case";
        NotReviewer => Forbidden, "case.not_reviewer", "",
            "您不能复核这个结论。", "请由作出结论的单位上一级的负责人复核。", "domain.md §3 Case";
        OwnWork => Forbidden, "case.own_work", "",
            "不能复核自己参与的核查或者认定。", "请由没有参加的负责人复核。", "domain.md §3 Disposal";
        NoteMissing => Invalid, "case.note_missing", "note",
            "没有写明为什么不同意。", "请写明还要查什么。", "domain.md §3 Case";
        NotForPeople => Forbidden, "case.not_for_people", "",
            "这一步由系统根据事实自动完成。", "请在线索页面关联案件，或者在处置页面完成复核销号。", "domain.md §3 Case";
        NotConfirmed => Conflict, "case.not_confirmed", "",
            "案件还没有定性，没有处置可言。", "请先定性分类。", "domain.md §3 Case";
        AlreadyConfirmed => Conflict, "case.already_confirmed", "",
            "案件已经定性并进入处置。", "请在处置页面办理。", "domain.md §3 Case";
        AlreadyClosed => Conflict, "case.already_closed", "",
            "案件已经办结。", "有新情况的，请申请重新办理或者登记死灰复燃。", "domain.md §3 Case";
        NotClosed => Conflict, "case.not_closed", "",
            "案件没有办结，不用重新办理。", "请直接办理。", "domain.md §3 Case";
        NotReopener => Forbidden, "case.not_reopener", "",
            "您不能决定重新办理。", "请由辖区派单员、负责人或者督导组决定。", "domain.md §1";
        RelapseIsANewCase => Conflict, "case.relapse_is_a_new_case", "",
            "处置销号的案件不重新办理。", "请在处置页面登记死灰复燃，系统会另立新案并关联本案。", "domain.md §3 Disposal";
    }
}
