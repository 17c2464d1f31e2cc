//! The slips of a Chinese office in YAML: full-width punctuation, tabs, a missing space after a colon.
