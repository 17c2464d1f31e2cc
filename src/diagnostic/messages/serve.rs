//! The preview has no sentences of its own: it shows those of the other phases.
