//! accountability-domain.
