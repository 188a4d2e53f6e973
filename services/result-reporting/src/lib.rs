//! result-reporting.
