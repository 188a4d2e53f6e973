//! What can happen to a notification, as stored.

use decider::StoredEvent;
use jurisdiction::{StaffId, Subject, UnitCode};
use serde::{Deserialize, Serialize};

/// By which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Mail,
    Sms,
}

/// To whom, without any address: addresses are looked up when sending.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Addressee {
    Staff {
        staff: StaffId,
    },
    Unit {
        unit: UnitCode,
    },
    /// A reporter, by an opaque token; the number behind it is sealed with the tip.
    Receipt {
        token: String,
    },
}

/// Facts of the stream `notification-<uuid>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum NotificationEvent {
    #[serde(rename = "notification.requested.v1")]
    NotificationRequested {
        channel: Channel,
        addressee: Addressee,
        template: String,
        subject: String,
        body: String,
        about: Subject,
    },
    #[serde(rename = "notification.sent.v1")]
    NotificationSent {
        attempt: u16,
        provider_id: Option<String>,
    },
    #[serde(rename = "notification.failed.v1")]
    NotificationFailed { attempt: u16, reason: String },
    #[serde(rename = "notification.abandoned.v1")]
    NotificationAbandoned { attempts: u16, reason: String },
}

impl StoredEvent for NotificationEvent {}

/// One of each, for golden files and property tests.
#[cfg(test)]
pub(crate) fn samples() -> Vec<NotificationEvent> {
    vec![
        NotificationEvent::NotificationRequested {
            channel: Channel::Mail,
            addressee: Addressee::Staff {
                staff: StaffId::of("leader-321322102"),
            },
            template: "supervision_order".into(),
            subject: "督办：老砖瓦厂首次现场核查逾期".into(),
            body: "请于三个工作日内说明原因。".into(),
            about: Subject::Case(jurisdiction::CaseId::sample(7)),
        },
        NotificationEvent::NotificationFailed {
            attempt: 1,
            reason: "连接超时".into(),
        },
        NotificationEvent::NotificationSent {
            attempt: 2,
            provider_id: Some("smtp-4711".into()),
        },
        NotificationEvent::NotificationAbandoned {
            attempts: 9,
            reason: "连接超时".into(),
        },
    ]
}
