//! `patch` of types.
