//! Audit and replay against a real store, over gRPC, with minted identities.

mod conflict;
mod replaying;
mod story;
#[path = "../../../ledger/tests/support/mod.rs"]
mod support;
mod verifying;
