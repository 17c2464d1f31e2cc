//! Messages of the phase `write`.
