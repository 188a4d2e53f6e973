//! One message to one addressee: requested, tried, sent or given up; never anything about the reporter.

mod commands;
mod events;

pub use commands::{MarkFailed, MarkSent, NotificationCommand, RequestNotification};
pub use events::{Addressee, Channel, NotificationEvent};
