//! Unit tests over whole small sites.
