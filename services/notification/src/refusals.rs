//! Every reason for which this service refuses to try a notification again.

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
