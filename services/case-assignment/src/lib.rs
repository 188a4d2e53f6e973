//! case-assignment.
