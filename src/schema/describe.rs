//! `describe` of types.
