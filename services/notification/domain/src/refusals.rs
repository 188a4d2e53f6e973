//! Every reason for which a command on a notification, or another attempt at sending one, is refused.

decider::refusals! {
    /// Why a command on a notification was not carried out.
    pub enum NotificationRefusal {
        NotAPolicy => Forbidden, "notification.not_a_policy", "",
            "通知由系统按规则发出，不能手工记录。", "需要告诉群众或单位的话，请在线索或案件里填写。", "domain.md §3 Accountability";
        OtherRequest => Conflict, "notification.other_request", "",
            "同一编号的通知内容不同。", "一条通知只记一次内容；请用新的编号。", "architecture.md §2";
        NotRequested => NotFound, "notification.not_found", "",
            "没有找到这条通知。", "请核对通知编号。", "architecture.md §2";
        TemplateMissing => Invalid, "notification.template_missing", "template",
            "没有写明通知模板。", "请填写模板代码。", "architecture.md §3";
        SubjectMissing => Invalid, "notification.subject_missing", "subject",
            "邮件没有标题。", "请填写标题。", "architecture.md §3";
        BodyMissing => Invalid, "notification.body_missing", "body",
            "通知没有正文。", "请填写正文。", "architecture.md §3";
        TooLong => Invalid, "notification.too_long", "body",
            "通知太长。", "短信正文不超过 500 个字，邮件不超过 10000 个字。", "architecture.md §3";
        TokenNotOpaque => Invalid, "notification.token_not_opaque", "addressee.token",
            "举报人的收信标识不合规定。", "只能用 16 到 128 位含字母的标识，不能用电话号码、查询码或邮箱。", "domain.md §7";
        OnlyByMessage => Invalid, "notification.only_by_message", "channel",
            "举报人只能用短信通知。", "请改用短信；邮件地址不在通知里保存。", "domain.md §7";
        NumberInText => Invalid, "notification.number_in_text", "body",
            "通知里有电话号码、证件号或查询码。", "请删去：通知会永久保存，不得含有举报人的信息。", "domain.md §7";
        AttemptSkipped => Invalid, "notification.attempt_skipped", "attempt",
            "发送次数不连续。", "请先记录前一次发送的结果。", "architecture.md §2";
    }
}

decider::refusals! {
    /// Why a notification was not tried again.
    pub enum RetryRefusal {
        NotAbandoned => Conflict, "notification.not_abandoned", "notification_id",
            "这条通知还没有被放弃，或者已经送达。", "未送达的会按规则自动重发，不必手工处理。", "domain.md §3 Accountability";
        NotDelivered => Conflict, "notification.not_delivered", "notification_id",
            "重发没有成功：", "请先更正收件人邮箱，或者改用其他方式通知。", "domain.md §3 Accountability";
        ServerAway => Conflict, "notification.server_away", "",
            "邮件服务器暂时不可用：", "请检查邮件服务器和 smtp 配置，恢复后再试。", "architecture.md §2";
    }
}
