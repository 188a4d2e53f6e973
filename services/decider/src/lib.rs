//! decider.
