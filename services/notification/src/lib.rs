//! notification.
