//! Site patches: `content/_types/<type>.yaml` adds, relabels, reorders, requires and narrows; it never removes or opens.

use super::{Field, Schemas};
use crate::diagnostic::{Diagnostics, SitePath};
use crate::source::Node;

/// Lays a patch over its type.
pub fn apply(schemas: &mut Schemas, shared: &[Field], file: &SitePath, node: &Node, diagnostics: &mut Diagnostics) {
    let _ = (schemas, shared, file, node, diagnostics);
}
