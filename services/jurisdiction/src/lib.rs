//! jurisdiction.
