//! Entries of notification: what was mailed to whom, and another try for what could not be delivered.

use crate::routes::{Entry, Section};
use crate::rpc;
use jurisdiction::Role;
use mingcha_proto::notification::{
    ListNotificationsRequest, ListOwnNotificationsRequest, RetryNotificationRequest,
};

const EVERYBODY: &[Role] = &Role::ALL;
const LOOKING: &[Role] = &[Role::Inspector, Role::Admin];
const RETRYING: &[Role] = &[Role::Admin];

pub(crate) fn entries() -> Vec<Entry> {
    let notifications = Section::staff("通知", LOOKING);
    vec![
        notifications
            .get("/api/v1/notifications", "通知及其送达情况")
            .calls(rpc!(notification.list_notifications(ListNotificationsRequest))),
        Section::staff("通知", EVERYBODY)
            .get("/api/v1/notifications/mine", "发给我本人和本单位的通知")
            .calls(rpc!(
                notification.list_own_notifications(ListOwnNotificationsRequest)
            )),
        notifications
            .post(
                "/api/v1/notifications/{notification_id}/retry",
                "重新发送未送达的通知",
            )
            .roles(RETRYING)
            .calls(rpc!(notification.retry_notification(RetryNotificationRequest))),
    ]
}
