//! tip-intake.
