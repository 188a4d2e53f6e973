//! accountability-escalation.
