//! What follows for tips from what happens to cases. Pure.
