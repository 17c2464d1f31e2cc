//! Lays common fields under a type.
