//! Audit and replay against a real store, over gRPC, with minted identities.

mod conflict;
mod reading;
mod replaying;
mod searching;
mod story;
#[path = "../../../ledger/tests/support/mod.rs"]
mod support;
mod threads;
mod verifying;
