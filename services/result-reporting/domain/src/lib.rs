//! report-domain.
