//! What may be asked of a notification; only policies ask.

use crate::{Addressee, Channel};
use jurisdiction::Subject;

/// Every command of the aggregate.
#[derive(Clone, Debug)]
pub enum NotificationCommand {
    Request(RequestNotification),
    MarkSent(MarkSent),
    MarkFailed(MarkFailed),
}

#[derive(Clone, Debug)]
pub struct RequestNotification {
    pub channel: Channel,
    pub addressee: Addressee,
    /// Code of the text template.
    pub template: String,
    pub subject: String,
    pub body: String,
    pub about: Subject,
}

#[derive(Clone, Debug)]
pub struct MarkSent {
    /// From 1.
    pub attempt: u16,
    /// The provider's name for the message, if it gave one.
    pub provider_id: Option<String>,
}

#[derive(Clone, Debug)]
pub struct MarkFailed {
    /// From 1.
    pub attempt: u16,
    pub reason: String,
    /// Trying again is pointless, e.g. there is no such address.
    pub permanent: bool,
}
