//! How a value is given to machines.
