//! tip-domain.
