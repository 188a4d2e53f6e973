//! Every story against a city of its own, one at a time.
