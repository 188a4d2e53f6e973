//! notification-domain.
