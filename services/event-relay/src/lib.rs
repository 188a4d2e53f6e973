//! event-relay.
