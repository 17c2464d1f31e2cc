//! SERVE
