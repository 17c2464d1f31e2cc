//! Messages of the phase `resolve`.
