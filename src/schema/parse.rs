//! `parse` of types.
