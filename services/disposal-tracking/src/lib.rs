//! disposal-tracking.
