//! DESK: the helpers of the person who writes. What a file would become, worked out in memory.
//!
//! In: the texts of a site and what somebody wants done. Out: new texts, and what could not be done with its reason.
//! Never: touches the disk, asks a person, or reads a clock; `cli/` asks and `write::edit` writes.

pub mod diff;
pub mod fix;
mod same;

use crate::diagnostic::SitePath;

/// A file that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: SitePath,
    /// Its bytes as they were read; `None` where it is new.
    pub before: Option<Vec<u8>>,
    /// Its bytes as they shall be; `None` where it goes.
    pub after: Option<Vec<u8>>,
}
