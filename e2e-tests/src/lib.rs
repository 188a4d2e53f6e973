//! e2e-tests.
