//! The one door from a node to a value.

use super::{Kind, Value, Zone};
use crate::diagnostic::{Diagnostics, Said, SitePath};
use crate::source::Node;

/// What a reader needs to know beside the node: where it is and how the field is called.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The file.
    pub file: &'a SitePath,
    /// The dotted path of the field in English keys.
    pub path: &'a str,
    /// What the field is called.
    pub label: &'a Said,
    /// The site's zone.
    pub zone: &'a Zone,
}

/// Reads one value (not a list) of any kind but `markdown` and `group`.
///
/// `None` after an error was noted. A null node is the caller's business.
pub fn read(kind: &Kind, node: &Node, reading: &Reading<'_>, diagnostics: &mut Diagnostics) -> Option<Value> {
    let _ = (kind, node, reading, diagnostics);
    None
}
