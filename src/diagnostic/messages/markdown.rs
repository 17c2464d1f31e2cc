//! Messages of the phase `markdown`.
