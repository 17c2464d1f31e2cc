//! Messages of the phase `source`.
