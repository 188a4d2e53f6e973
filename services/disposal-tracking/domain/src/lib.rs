//! disposal-domain.
