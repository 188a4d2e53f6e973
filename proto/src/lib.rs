//! mingcha-proto.
