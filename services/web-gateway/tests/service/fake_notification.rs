//! Notices as far as an open screen hears of them: that there is a newer one.

use crate::fakes::Answer;
use mingcha_proto::common::CommandReply;
use mingcha_proto::notification::notifications_server::Notifications;
use mingcha_proto::notification::*;
use std::sync::{Arc, Mutex};
use tonic::{Request, Response, Status};

#[derive(Clone, Default)]
pub struct FakeNotification {
    newest: Arc<Mutex<Option<String>>>,
}

impl FakeNotification {
    /// Somebody is written to.
    pub fn sends(&self, notification_id: &str) {
        *self.newest.lock().expect("lock") = Some(notification_id.to_owned());
    }
}

#[tonic::async_trait]
impl Notifications for FakeNotification {
    async fn list_own_notifications(
        &self,
        _: Request<ListOwnNotificationsRequest>,
    ) -> Answer<ListOwnNotificationsResponse> {
        let newest = self.newest.lock().expect("lock").clone();
        let notices = newest.into_iter().map(|notification_id| Notification {
            notification_id,
            ..Notification::default()
        });
        Ok(Response::new(ListOwnNotificationsResponse {
            notifications: notices.collect(),
            ..ListOwnNotificationsResponse::default()
        }))
    }
    async fn list_notifications(
        &self,
        _: Request<ListNotificationsRequest>,
    ) -> Answer<ListNotificationsResponse> {
        Err(Status::unimplemented("not here"))
    }
    async fn retry_notification(&self, _: Request<RetryNotificationRequest>) -> Answer<CommandReply> {
        Err(Status::unimplemented("not here"))
    }
}
