//! The one binary of mingcha.

fn main() {}
