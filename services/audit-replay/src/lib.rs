//! audit-replay.
