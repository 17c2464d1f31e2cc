//! Messages of the phase `read`.
