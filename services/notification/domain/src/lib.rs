//! One message to one addressee: requested, tried, sent or given up; never anything about the reporter.

mod commands;
mod events;
mod notification;
mod numbers;
mod refusals;
mod retry;

pub use commands::{MarkFailed, MarkSent, NotificationCommand, RequestNotification};
pub use events::{Addressee, Channel, NotificationEvent};
pub use notification::{Delivery, Message, Notification, NotificationState};
pub use refusals::{NotificationRefusal, RetryRefusal};
pub use retry::{MOST_ATTEMPTS, retry_after};
