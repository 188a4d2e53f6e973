//! The store as the official Rust client sees it.

mod streams;
mod support;
