//! Refusals that any service may give, whatever its domain.

decider::refusals! {
    /// Why a call was not even looked at, or could not be finished.
    pub enum PlatformRefusal {
        NoIdentity => Forbidden, "platform.no_identity", "",
            "没有登录，或者登录已过期。", "请重新登录后再试，已填写的内容不会丢失。", "architecture.md §2";
        BadShape => Invalid, "platform.bad_shape", "",
            "提交的内容格式不对。", "请按提示修改后重新提交。", "architecture.md §3";
        TooLarge => Invalid, "platform.too_large", "",
            "提交的内容太多，一次记不下。", "请删减文字和名单，或者分几次提交。", "architecture.md §3";
        BadIdentifier => Invalid, "platform.bad_identifier", "",
            "编号格式不对。", "请核对编号是否完整。", "architecture.md §3";
        StaleRevision => Conflict, "platform.conflict", "",
            "刚才有别人处理了同一事项。", "请刷新页面，看过最新情况后再提交。", "architecture.md §2 Execute";
        OutdatedView => Conflict, "platform.outdated_view", "If-Match",
            "您看过之后，刚才有别人处理了同一事项，您的操作没有生效。",
            "请刷新页面，看过最新情况后再提交；已填写的内容可以保留。", "architecture.md §2 Execute";
        BadRevision => Invalid, "platform.bad_revision", "If-Match",
            "版本号应是 0 或正整数。", "请照抄查询时得到的 revision，例如 If-Match: \"3\"。", "architecture.md §2 Execute";
        WrongRole => Forbidden, "platform.wrong_role", "",
            "您的角色不能进行这项操作。", "请由有相应职责的人员办理。", "domain.md §1";
        OutsideSubtree => Forbidden, "platform.outside_subtree", "",
            "这件事不在您的辖区，也没有交给您的单位办理。",
            "请由有管辖权的单位办理；刚上报的线索，交办以后才能查看。", "domain.md §1";
        NotFound => NotFound, "platform.not_found", "",
            "没有找到。", "请核对编号，或者返回列表重新选择。", "domain.md §1";
        ClockIsReal => Forbidden, "platform.clock_is_real", "",
            "正式环境不能拨动时钟。", "只有演示环境允许此操作。", "architecture.md §2 Clocks";
    }
}
