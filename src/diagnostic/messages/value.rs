//! Messages of the phase `value`.
