//! Messages of the phase `render`.
