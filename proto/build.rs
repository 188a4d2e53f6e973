//! Placeholder until the protos are written.
fn main() {}
