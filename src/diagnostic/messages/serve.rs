//! Messages of the phase `serve`.
