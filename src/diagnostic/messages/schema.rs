//! Messages of the phase `schema`.
