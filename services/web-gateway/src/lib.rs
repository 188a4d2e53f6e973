//! web-gateway.
