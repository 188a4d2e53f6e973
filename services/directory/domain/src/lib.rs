//! directory-domain.
