//! case-domain.
