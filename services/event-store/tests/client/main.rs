//! The store as the official Rust client sees it.

mod batch;
mod crash;
mod deletion;
mod faults;
mod metadata;
mod program;
mod refusals;
mod revisions;
mod streams;
mod subscriptions;
mod support;
