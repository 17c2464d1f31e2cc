//! `verify` of types.
